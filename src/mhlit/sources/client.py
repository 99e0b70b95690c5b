"""The one client that speaks HTTP: it asks with manners, waits with an end, and goes nowhere it should not.

Redirects are followed by hand, so that every address is judged; answers are kept (`mhlit.sources.cache`). Sources:
RFC 9110; what each source asks of its users is in docs/sources.md.
"""

from collections.abc import Container, Mapping
from typing import NamedTuple
from urllib.parse import urlencode, urljoin

import httpx

from mhlit.errors import MhlitError
from mhlit.sources.addresses import Origin, Resolve, origin_of, resolved
from mhlit.sources.cache import Cache, Response
from mhlit.sources.connecting import Connections, failures
from mhlit.sources.environment import agent, origins_of
from mhlit.sources.manners import Turns, now, pause_after, retry_after
from mhlit.sources.source import Answer, Request, Source, Unreadable

_PASSING = frozenset((408, 429, 500, 502, 503, 504))
"""Failures that may be over in a moment."""
_UNKNOWN = frozenset((404, 410))
_MOVED = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
_REFUSED = 400
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_TEXT = frozenset(("text/plain", "text/markdown", "text/x-markdown"))
_LINK = "link"


class Limits(NamedTuple):
    """How much is waited for and taken."""

    connect: float = 10
    """Seconds to wait for a connection."""
    read: float = 20
    """Seconds between two pieces of an answer."""
    total: float = 45
    """Seconds for one whole answer."""
    size: int = 20_000_000
    """Bytes of an answer, unpacked."""
    tries: int = 3
    redirects: int = 5
    patience: float = 30
    """Seconds that a server may ask to wait before it is asked again."""


class Link(NamedTuple):
    """What became of an address."""

    status: int
    """The HTTP status of what it leads to in the end."""
    address: str
    """Where it has moved for good; the address itself where it has not."""


class NotReached(MhlitError):
    """Somebody who was asked has not answered, or not with an answer."""

    def __init__(self, reason: str, absent: bool = False) -> None:
        """Keep the reason; `absent` where there was no connection at all, as without a network."""
        super().__init__(reason)
        self.absent = absent


class _Passing(Exception):
    """A failure after which another try is worth while, in so many seconds where the server has said so."""

    def __init__(self, error: NotReached, after: float | None = None, lasting: bool = True) -> None:
        super().__init__(error.message)
        self.error = error
        self.after = after
        self.lasting = lasting
        """Where it does not pass, the whole host is at fault and not this one question."""


class Client:
    """Asks sources and fetches pages; one serves a whole run."""

    def __init__(
        self,
        cache: Cache,
        turns: Turns,
        *,
        contact: str = "",
        offline: bool = False,
        bases: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        resolve: Resolve = resolved,
    ) -> None:
        """Begin without a connection.

        `contact` is who asks, an e-mail or other address; `bases` holds base addresses that stand for those of
        sources, by their names, and their hosts are asked wherever they are.
        """
        self._cache = cache
        self._turns = turns
        self.offline = offline
        self._bases = {name: base.rstrip("/") for name, base in (bases or {}).items()}
        self._exempt = origins_of(self._bases)
        self._limits = limits or Limits()
        limits = self._limits
        self._connections = Connections(self._exempt, resolve, agent(contact), limits.read, limits.connect)
        self._given_up: dict[Origin, NotReached] = {}

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def ask(self, source: Source, request: Request) -> Answer:
        """Return what a source answers; nothing found where it says that it has no such thing.

        Raises NotReached where it gives no answer, Unreadable where it gives one that is none.
        """
        base = self._bases.get(source.name)
        url = (base or source.base) + request.path
        url += "?" + urlencode(request.query) if request.query else ""
        kept = self._cache.get(url, request.accept)
        if kept:
            try:
                return _read(source, request, kept)
            except Unreadable:
                pass  # as if it were not there
        response = self._fetched(url, request.accept, 0 if base else source.interval)
        answer = _read(source, request, response)
        self._cache.put(url, request.accept, response)
        return answer

    def page(self, url: str) -> Response:
        """Return a web page that a reader names. Raises NotReached, Forbidden; Unreadable where it is no page."""
        return self._whole(url, "text/html", _HTML, "web page")

    def text(self, url: str) -> Response:
        """Return a plain text that a reader names, such as Markdown. Raises as `page` does."""
        return self._whole(url, "text/plain", _TEXT, "plain text")

    def _whole(self, url: str, accept: str, types: Container[str], what: str) -> Response:
        kept = self._cache.get(url, accept)
        if kept:
            return kept
        response = self._fetched(url, accept, 1.0)
        if response.status == 200 and response.type not in types:
            raise Unreadable(f"it is no {what} but {response.type or 'of no type'}")
        self._cache.put(url, accept, response)
        return response

    def link(self, url: str) -> Link:
        """Tell whether an address still leads somewhere, and where to: by HEAD, and by GET where HEAD is refused.

        Raises NotReached where nobody answers, Forbidden for an address that is not asked.
        """
        kept = self._cache.get(url, _LINK)
        if kept:
            status, _, address = kept.body.decode().partition(" ")
            return Link(int(status), address)
        found = self._tried_link(url)
        self._cache.put(url, _LINK, Response(200, _LINK, f"{found.status} {found.address}".encode()))
        return found

    def _tried_link(self, url: str) -> Link:
        if self.offline:
            raise NotReached("mhlit is offline, and has no answer that it keeps", absent=True)
        address = final = url
        for_good = True
        seen = {url}
        for _ in range(self._limits.redirects + 1):
            status, where = self._status("HEAD", address)
            if status >= _REFUSED:  # many servers know no HEAD
                status, where = self._status("GET", address)
            if status not in _MOVED or not where:
                return Link(status, final)
            address = urljoin(address, where).partition("#")[0]
            for_good = for_good and status in _FOR_GOOD
            final = address if for_good else final
            if address in seen:
                raise NotReached("it redirects in a circle")
            seen.add(address)
        raise NotReached(f"it redirects more than {self._limits.redirects} times")

    def _fetched(self, url: str, accept: str, interval: float) -> Response:
        """Ask, and ask again after failures that may pass."""
        if self.offline:
            raise NotReached("mhlit is offline, and has no answer that it keeps", absent=True)
        origin = origin_of(url)
        if origin in self._given_up:
            raise self._given_up[origin]
        whom = f"{origin.host} {origin.port}"
        for failed in range(1, self._limits.tries + 1):
            self._turns.wait(whom, interval)
            try:
                return self._followed(url, accept)
            except _Passing as passing:
                last = passing
                pause = pause_after(failed) if passing.after is None else passing.after
                if pause > self._limits.patience or passing.error.absent:
                    break
                if failed < self._limits.tries:
                    self._turns.later(whom, pause)
        if last.lasting:
            self._given_up[origin] = last.error
        raise last.error

    def _followed(self, url: str, accept: str) -> Response:
        """Return what is at an address, or where it leads."""
        seen = {url}
        for _ in range(self._limits.redirects + 1):
            found = self._once(url, accept)
            if isinstance(found, Response):
                return found
            url = urljoin(url, found).partition("#")[0]
            if url in seen:
                raise NotReached("it redirects in a circle")
            seen.add(url)
        raise NotReached(f"it redirects more than {self._limits.redirects} times")

    def _once(self, url: str, accept: str) -> Response | str:
        """Return the response at an address, or the address it redirects to."""
        transport, client = self._connections.through(url)
        transport.deadline.set(self._limits.total)
        try:
            with failures(), client.stream("GET", url, headers={"Accept": accept}) as response:
                status = response.status_code
                where = response.headers.get("Location", "")
                if status in _MOVED and where:
                    return str(where)
                if status in _PASSING:
                    after = retry_after(response.headers.get("Retry-After", ""), now())
                    raise _Passing(NotReached(_refusal(status, after)), after, lasting=status == 429)
                if status != 200 and status not in _UNKNOWN:
                    raise NotReached(f"it refuses the question ({status})")
                return Response(status, _media_type(response), b"" if status != 200 else self._body(response))
        except ConnectionError as error:
            raise _Passing(NotReached(str(error) or "it cannot be reached", absent=True)) from None
        except TimeoutError:
            raise _Passing(NotReached("it does not answer in time")) from None
        except EOFError:
            raise _Passing(NotReached("its answer breaks off"), lasting=False) from None
        except ValueError:
            raise NotReached("it redirects to what is no address") from None

    def _status(self, method: str, url: str) -> tuple[int, str]:
        """Return what an address answers, without its body, and where it redirects to."""
        origin = origin_of(url)
        if origin in self._given_up:
            raise self._given_up[origin]
        self._turns.wait(f"{origin.host} {origin.port}", 0 if origin in self._exempt else 1.0)
        transport, client = self._connections.through(url)
        transport.deadline.set(self._limits.total)
        try:
            with failures(), client.stream(method, url, headers={"Accept": "*/*"}) as response:
                return response.status_code, str(response.headers.get("Location", ""))
        except ConnectionError as error:
            failure = NotReached(str(error) or "it cannot be reached", absent=True)
        except TimeoutError:
            failure = NotReached("it does not answer in time")
        except EOFError:
            raise NotReached("its answer breaks off") from None
        except ValueError:
            raise NotReached("it redirects to what is no address") from None
        self._given_up[origin] = failure
        raise failure

    def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self._limits.size:
                raise NotReached(f"its answer is larger than {self._limits.size // 1_000_000} MB")
        return bytes(body)


def _read(source: Source, request: Request, response: Response) -> Answer:
    if response.status != 200:
        return Answer()
    if response.type in _HTML and request.accept not in _HTML:
        raise Unreadable("it answers with a web page")
    try:
        return source.read(response.body)
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError):
        # A reader trusts what a source documents; one that gives something else must not bring the run down.
        raise Unreadable("its answer is not in the form that it documents") from None


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _refusal(status: int, after: float | None) -> str:
    if status == 429:
        return "it is asked too much" + (f" and wants a pause of {after:.0f} seconds" if after else "")
    return f"it has a failure of its own ({status})"
