"""Which addresses may be asked: those of the world, none inside the machine's own network.

Sources: RFC 6890 and the IANA special-purpose registries (through `ipaddress`), RFC 4291 §2.5.5 (IPv4 in IPv6),
RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo).
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from mhlit.errors import MhlitError

# What carries an IPv4 address in its last 32 bits: NAT64, and the form that RFC 4291 has given up.
_CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
_PORTS = {"http": 80, "https": 443}
_INNER_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")

Resolve = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses of a host name. Raises OSError where it has none."""


class Origin(NamedTuple):
    """A host and port: what an exemption holds for."""

    host: str
    port: int


class Forbidden(MhlitError):
    """An address that is not asked, whoever gives it."""


def origin_of(url: str) -> Origin:
    """Return host and port of an http(s) address. Raises Forbidden for any other address, or one with a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Forbidden(f"not an address: {url}") from None
    if parts.scheme not in _PORTS:
        raise Forbidden(f"only http and https are asked, not {parts.scheme or url}")
    if not parts.hostname or parts.username is not None:
        raise Forbidden(f"not an address that can be asked: {url}")
    return Origin(parts.hostname.rstrip("."), _PORTS[parts.scheme] if port is None else port)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the world's, whatever form it is dressed in."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _dressed(found)
    return found.is_global and not found.is_multicast and (inner is None or is_public(str(inner)))


def _dressed(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address only carries."""
    if isinstance(address, IPv4Address):
        return None
    if any(address in carrier for carrier in _CARRIERS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def resolved(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, each once, as the system's resolver has them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(origin: Origin, exempt: frozenset[Origin], resolve: Resolve = resolved) -> Sequence[str]:
    """Return the IP addresses at which a host may be asked: whoever connects must connect to one of these.

    Raises Forbidden where one of them is inside the machine's own network, OSError where the host has none.
    """
    if _is_inner_name(origin.host) and origin not in exempt:
        raise _inside(origin.host)
    try:
        found = resolve(origin.host, origin.port)
    except UnicodeError:  # a label of over 63 letters
        raise Forbidden(f"not the name of a host: {origin.host}") from None
    if origin not in exempt and not all(map(is_public, found)):
        raise _inside(origin.host)
    return found


def check_for_proxy(origin: Origin, exempt: frozenset[Origin], resolve: Resolve = resolved) -> None:
    """Refuse what can be seen from here to be inside; names that only the proxy knows are the proxy's to judge."""
    try:
        checked(origin, exempt, resolve)
    except OSError:
        return


def _is_inner_name(host: str) -> bool:
    return any(host == name or (name[0] == "." and host.endswith(name)) for name in _INNER_NAMES)


def _inside(host: str) -> Forbidden:
    return Forbidden(f"{host} is inside this machine's own network, which is never asked")
