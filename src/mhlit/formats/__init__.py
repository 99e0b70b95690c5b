"""Text to and from entries, one module a format; no service, no screen."""
