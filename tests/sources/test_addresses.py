"""Which addresses are the world's."""

from contextlib import suppress
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhlit.sources.addresses import Forbidden, Origin, checked, is_public, origin_of


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:1.1.1.1", "64:ff9b::101:101"],
)
def test_the_worlds_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
        "2002:a00:1::1", "2001:db8::1", "::127.0.0.1", "", "example.org", "1.1.1.1.1",
    ],
)  # fmt: skip
def test_addresses_inside_are_not(address: str) -> None:
    assert not is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_an_address_dressed_as_ipv6_is_judged_by_what_it_is(number: int) -> None:
    bare = str(IPv4Address(number))
    for dress in ("::ffff:{}", "64:ff9b::{}", "::{}"):
        assert is_public(bare) or not is_public(dress.format(bare))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Example.org/x", ("example.org", 443)),
        ("http://example.org", ("example.org", 80)),
        ("http://example.org.:8080/", ("example.org", 8080)),
        ("http://[::1]:8/", ("::1", 8)),
    ],
)
def test_an_origin_is_a_host_and_a_port(url: str, origin: tuple[str, int]) -> None:
    assert origin_of(url) == Origin(*origin)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "data:text/html,x", "example.org", "", "http://", "http://a:b@c.org/",
     "http://example.org:x/", "http://example.org:70000/", "http://[::1/"],
)  # fmt: skip
def test_other_addresses_are_not_asked(url: str) -> None:
    with pytest.raises(Forbidden):
        origin_of(url)


@given(st.text())
def test_any_text_is_an_origin_or_forbidden(text: str) -> None:
    with suppress(Forbidden):
        assert origin_of(text).host


@pytest.mark.parametrize("host", ["localhost", "x.localhost", "printer.local", "wiki.internal", "router.lan"])
def test_names_of_the_inside_are_not_even_resolved(host: str) -> None:
    with pytest.raises(Forbidden):
        checked(Origin(host, 80), frozenset(), lambda host, port: pytest.fail("was resolved"))


def test_an_exemption_is_for_one_host_and_port() -> None:
    exempt = frozenset({Origin("127.0.0.1", 81)})
    inside = lambda host, port: ["127.0.0.1"]  # noqa: E731  # a resolver in a line
    assert checked(Origin("127.0.0.1", 81), exempt, inside) == ["127.0.0.1"]
    for other in (Origin("127.0.0.1", 82), Origin("127.0.0.2", 81)):
        with pytest.raises(Forbidden):
            checked(other, exempt, inside)
