"""What the environment and the settings say about asking: who asks, whom elsewhere than usual, and whether at all."""

import os
from collections.abc import Mapping

from mhlit import __version__
from mhlit.errors import UsageError
from mhlit.sources.addresses import Forbidden, Origin, origin_of

BASE = "MHLIT_SOURCE_"
"""What the environment variable of a source's other base address begins with."""


def agent(contact: str) -> str:
    """Return the User-Agent: name, version, what it is, and whom to write to."""
    contact = "".join(c for c in contact if c.isascii() and c.isprintable() and c not in "();").strip()
    to = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    return f"mhlit/{__version__} ({'; '.join(filter(None, ('reference manager', to)))})"


def is_offline(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the environment wants nobody to be asked."""
    return environment.get("MHLIT_OFFLINE", "") not in ("", "0")


def bases_of(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the base addresses that the environment gives for sources, by the names of these."""
    return {
        name.removeprefix(BASE).lower(): value for name, value in environment.items() if name.startswith(BASE) and value
    }


def origins_of(bases: Mapping[str, str]) -> frozenset[Origin]:
    """Return the hosts and ports of base addresses. Raises UsageError for one that is no address, with its variable."""
    return frozenset(_origin(name, base) for name, base in bases.items())


def _origin(name: str, base: str) -> Origin:
    try:
        return origin_of(base)
    except Forbidden as error:
        raise UsageError(f"{BASE}{name.upper()}: {error.message}") from None
