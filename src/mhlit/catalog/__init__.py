"""The catalog: read and validate its folder, compile it, find the compiled file."""
