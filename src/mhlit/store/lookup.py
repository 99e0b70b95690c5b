"""Which works an identifier, an address or a citation key names exactly."""

from mhlit.store.reading import Store


def names_something(text: str) -> bool:
    """Tell whether a text is an identifier or an address, of whatever work."""
    from mhlit.identifiers import recognise

    return ("://" in text and " " not in text) or recognise(text) is not None


def named_by(store: Store, text: str) -> list[int]:
    """Return the works that an identifier or an address names, in no order; none where it is neither."""
    from mhlit.identifiers import lookup_forms, lookup_url, recognise

    identifier = recognise(text)
    forms = [*lookup_forms(identifier)] if identifier else []
    if "/" in text and " " not in text:
        forms.append(lookup_url(text))
    return store.lookup("identifiers", "form", forms) if forms else []
