"""Find works by words: the query, the engine, the ranking."""
