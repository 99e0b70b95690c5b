"""The one addition that CSL files need before processors agree on them."""

from typing import Any

NAMESPACE = "http://purl.org/net/xbiblio/csl"
TAG = f"{{{NAMESPACE}}}"


def complete(root: Any) -> None:
    """Give every `names` that has a label and no name an empty name, which changes nothing in CSL.

    Without it pandoc drops the space of "In, eds.Rogers A", and citeproc-py changes the tree while it renders.
    """
    for names in root.iter(f"{TAG}names"):
        if names.find(f"{TAG}name") is None and names.find(f"{TAG}label") is not None:
            names.insert(0, names.makeelement(f"{TAG}name"))
