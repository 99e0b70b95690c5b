"""The rules, by what they look at; importing this package registers them all, in the order of the documentation."""

from importlib import import_module

for _name in ("authors", "titles", "imprint", "versions", "identifiers", "addresses", "entries", "online", "files"):
    import_module(f"{__name__}.{_name}")
