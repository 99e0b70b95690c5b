"""Entries to text, one module a format: each offers `write(entries) -> str`."""
