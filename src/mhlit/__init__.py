"""mhlit: a reference manager for research on language models and mental health.

From Python: ``mhlit.load().search("empathy")``; docs/api.md tells the rest. What stands in ``__all__`` is
stable under semantic versioning and is imported when it is first asked for, so that the command line,
which asks for none of it, starts as fast as without.
"""

__version__ = "0.1.0"

# What the package offers, and the module it comes from.
_FROM = {
    "load": "mhlit.api",
    "Works": "mhlit.api",
    "Filters": "mhlit.api",
    "Work": "mhlit.model",
    "Record": "mhlit.model",
    "Name": "mhlit.model",
    "Identifier": "mhlit.model",
    "PartialDate": "mhlit.model",
    "Listing": "mhlit.model",
    "Provenance": "mhlit.model",
    "Status": "mhlit.model",
    "Version": "mhlit.model",
    "MhlitError": "mhlit.errors",
    "UsageError": "mhlit.errors",
    "KeyProblem": "mhlit.errors",
}
__all__ = [
    "Filters", "Identifier", "KeyProblem", "Listing", "MhlitError", "Name", "PartialDate", "Provenance", "Record",
    "Status", "UsageError", "Version", "Work", "Works", "__version__", "load",
]  # fmt: skip

TYPE_CHECKING = False  # typing's own costs an import that --version need not pay
if TYPE_CHECKING:
    from mhlit.api import Filters, Works, load
    from mhlit.errors import KeyProblem, MhlitError, UsageError
    from mhlit.model import Identifier, Listing, Name, PartialDate, Provenance, Record, Status, Version, Work
else:  # to a type checker a name that is not offered does not exist

    def __getattr__(name: str) -> object:
        """Import what is asked for."""
        if name not in _FROM:
            raise AttributeError(f"module 'mhlit' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_FROM[name]), name)


def __dir__() -> list[str]:
    """Name what is offered, for completion in a shell or notebook."""
    return sorted(__all__)
