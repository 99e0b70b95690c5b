"""The reader's own works: one SQLite file, every change of which can be undone."""
