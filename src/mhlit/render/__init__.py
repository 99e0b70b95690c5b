"""Results for people and programs: tables, cards, tab-separated lines, JSON. The only room that knows Rich."""
