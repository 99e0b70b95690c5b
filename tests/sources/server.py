"""A local HTTP server that plays every source from small answers written for the tests, in good days and bad.

    def test_a_title_is_read(world: World) -> None:
        world.tell("crossref", "/works/10.1000/1", as_json({"status": "ok", "message": {…}}))

Replies to one path are given in turn, the last of them for ever; what nobody has told is a 404. A query, where one is
named, must be among what is asked: `world.tell("arxiv", "/api/query", as_xml(…), id_list="2401.00001")`.
"""

import json
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

NAMES = (
    *("crossref", "datacite", "arxiv", "anthology", "pubmed"),
    *("openalex", "dblp", "semanticscholar", "openreview", "pages"),
)
"""What there is a base address for; `pages` stands for the web at large."""


class Reply(NamedTuple):
    """What the server gives, well or badly."""

    body: bytes = b""
    status: int = 200
    type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    missing: int = 0
    """So many bytes are announced and never sent."""
    drip: float = 0
    """Seconds between two bytes of the body."""
    drip_head: float = 0
    """Seconds between two bytes of a header that never ends."""
    wait: float = 0
    """Seconds before anything is said."""
    head: int = 0
    """The status that is given to HEAD, where it is another than to GET."""


def as_json(value: Any, **more: Any) -> Reply:
    return Reply(json.dumps(value).encode(), **more)


def as_xml(text: str, **more: Any) -> Reply:
    return Reply(text.encode(), **{"type": "application/xml; charset=utf-8", **more})


def as_text(text: str, **more: Any) -> Reply:
    return Reply(text.encode(), **{"type": "text/plain; charset=utf-8", **more})


def as_page(text: str, **more: Any) -> Reply:
    return Reply(text.encode(), **{"type": "text/html; charset=utf-8", **more})


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(b"", status, "text/plain", (("Location", to),))


def too_many(after: str = "1") -> Reply:
    """429 with Retry-After, in seconds or as a date; without it for an empty string."""
    return Reply(b"slow down", 429, "text/plain", (("Retry-After", after),) if after else ())


def huge(size: int) -> Reply:
    return Reply(b" " * size)


BROKEN_JSON = Reply(b'{"message": {"title": ["Half')
BROKEN_XML = Reply(b"<feed><entry><title>Half", type="application/atom+xml")
ENTITIES = Reply(
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&c;</title></feed>',
    type="application/atom+xml",
)
ERROR = Reply(b"oh no", 500, "text/plain")


class Asked(NamedTuple):
    """A request that the server got."""

    source: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    method: str = "GET"


class _Route(NamedTuple):
    source: str
    path: str
    query: dict[str, str]
    replies: list[Reply]


class World:
    """What the sources know, as a test tells it, and what they were asked."""

    def __init__(self, address: str) -> None:
        self.token = uuid.uuid4().hex[:12]
        """Part of every base address, so that nothing is answered from another test's cache."""
        self.address = address
        """`http://` with host and port."""
        self.asked: list[Asked] = []
        self.slept: list[float] = []
        """The pauses that would have been made before asking."""
        self._routes: list[_Route] = []

    def base(self, source: str) -> str:
        """Return the base address of a source, as MHLIT_SOURCE_<NAME> holds it."""
        return f"{self.address}/{self.token}/{source}"

    def environment(self) -> dict[str, str]:
        return {f"MHLIT_SOURCE_{name.upper()}": self.base(name) for name in NAMES}

    def tell(self, source: str, path: str, *replies: Reply, **query: str) -> None:
        """Let a source answer a path (as it is after percent-decoding); what is told last counts."""
        self._routes.insert(0, _Route(source, path, query, list(replies)))

    def paths(self, source: str) -> list[str]:
        """Return the paths that a source was asked for, in order."""
        return [one.path for one in self.asked if one.source == source]

    def reply(self, target: str, headers: dict[str, str], method: str = "GET") -> Reply:
        parts = urlsplit(target)
        _, token, source, *rest = parts.path.split("/", 3)
        asked = Asked(source, unquote("/" + "".join(rest)), dict(parse_qsl(parts.query)), headers, method)
        self.asked.append(asked)
        if token != self.token:
            return Reply(b"of another test", 410)
        for route in self._routes:
            named = (route.source, route.path) == (source, asked.path)
            if named and route.query.items() <= asked.query.items():
                return route.replies.pop(0) if len(route.replies) > 1 else route.replies[0]
        return Reply(b"Resource not found.", 404, "text/plain")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        reply = self.server.world.reply(self.path, {name.lower(): value for name, value in self.headers.items()})
        with suppress(OSError):  # who asked may be tired of waiting
            self._give(reply)

    def do_HEAD(self) -> None:
        reply = self.server.world.reply(
            self.path, {name.lower(): value for name, value in self.headers.items()}, "HEAD"
        )
        with suppress(OSError):
            self._give(reply._replace(status=reply.head or reply.status, body=b"", missing=0))

    def _give(self, reply: Reply) -> None:
        self._pause(reply.wait)
        if reply.drip_head:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not self.server.over.wait(reply.drip_head):
                self.wfile.write(b"x")
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(len(reply.body) + reply.missing))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if not reply.drip:
            self.wfile.write(reply.body)
        else:
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                self._pause(reply.drip)
        self.close_connection = bool(reply.missing)

    def _pause(self, seconds: float) -> None:
        if seconds:
            self.server.over.wait(seconds)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    world: World

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.over = threading.Event()
        """Set at the end, for whoever is still dripping."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that has gone."""


@contextmanager
def serving() -> Iterator[World]:
    """Play the sources until the block ends."""
    server = _Server()
    server.world = World(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.world
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
