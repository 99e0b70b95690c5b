"""Works in SQLite: the schema, writing and reading works, filters as SQL, the full-text index."""
