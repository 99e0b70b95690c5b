"""mhlit: a reference manager for research on language models and mental health."""

__version__ = "0.1.0"
