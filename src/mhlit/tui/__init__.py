"""The terminal browser: a screen to search, narrow down, read and cite; the only room that knows Textual."""
