"""Text to and from entries; no service, no screen."""
