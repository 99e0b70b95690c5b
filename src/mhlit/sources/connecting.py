"""How a connection is made: to an address that was checked and no other, and not for longer than is patient.

Below httpx stands a transport of our own over httpcore, since only whoever opens the socket can hold to the address
that was checked (a name may resolve otherwise the next time) and can end an answer that drips.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from mhlit.errors import MhlitError
from mhlit.sources.addresses import Origin, Resolve, check_for_proxy, checked, origin_of, resolved


class Deadline:
    """The moment by which whatever is under way must be over."""

    def __init__(self) -> None:
        """Begin without one."""
        self._until = float("inf")

    def set(self, seconds: float) -> None:
        """Give what comes so many seconds."""
        self._until = time.monotonic() + seconds

    def left(self, at_most: float | None) -> float:
        """Return the seconds that are left. Raises httpcore.ReadTimeout where there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("it takes too long")
        return left if at_most is None else min(left, at_most)


class _Stream(httpcore.NetworkStream):
    """A connection that knows of a deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections, each to one of the addresses that were checked."""

    def __init__(self, deadline: Deadline, exempt: frozenset[Origin], resolve: Resolve) -> None:
        self._deadline = deadline
        self._exempt = exempt
        self._resolve = resolve
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = checked(Origin(host, port), self._exempt, self._resolve)
        except OSError:
            raise httpcore.ConnectError(f"no host is known as {host}") from None
        failure: Exception = httpcore.ConnectError(f"no host is known as {host}")
        for address in addresses:
            left = self._deadline.left(timeout)
            try:
                stream = self._backend.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._deadline)
        raise failure


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class Transport(httpx.BaseTransport):
    """What httpx sends its requests through; directly, or to a proxy that the environment names."""

    def __init__(
        self, exempt: frozenset[Origin], proxy: str = "", resolve: Resolve = resolved, secure: bool = True
    ) -> None:
        """Begin without a connection; `exempt` are origins that are asked wherever they are.

        Reading the certificates takes a tenth of a second: one that is not `secure` asks http addresses alone.
        """
        self.deadline = Deadline()
        self._exempt = exempt
        self._resolve = resolve
        self._proxied = bool(proxy)
        certificates = httpx.create_ssl_context() if secure else None
        if proxy:
            at = httpx.URL(proxy)
            own = Origin(at.host, at.port or (443 if at.scheme == "https" else 80))
            backend = _Backend(self.deadline, frozenset({own}), resolve)
            login = (at.username.encode(), at.password.encode()) if at.username else None
            self._pool: httpcore.ConnectionPool = httpcore.HTTPProxy(
                proxy_url=str(at.copy_with(username="", password="")),
                proxy_auth=login,
                ssl_context=certificates,
                network_backend=backend,
            )
        else:
            backend = _Backend(self.deadline, exempt, resolve)
            self._pool = httpcore.ConnectionPool(ssl_context=certificates, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the response, its body still to be read."""
        url = request.url
        if self._proxied:
            port = url.port or (443 if url.scheme == "https" else 80)
            check_for_proxy(Origin(url.host, port), self._exempt, self._resolve)
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response.stream), extensions=response.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class Connections:
    """The connections of a run: to those who are asked, or to the proxies that the environment names."""

    def __init__(self, exempt: frozenset[Origin], resolve: Resolve, agent: str, read: float, connect: float) -> None:
        """Begin without one; `read` and `connect` are seconds to wait, `agent` says who asks."""
        self._exempt = exempt
        self._resolve = resolve
        self._headers = {"User-Agent": agent, "Accept-Encoding": "gzip, deflate"}
        self._timeout = httpx.Timeout(read, connect=connect)
        self._clients: dict[tuple[str, str], tuple[Transport, httpx.Client]] = {}

    def close(self) -> None:
        """Close every connection."""
        for _, client in self._clients.values():
            client.close()

    def through(self, url: str) -> tuple[Transport, httpx.Client]:
        """Return what an address is asked through: nothing between, or the environment's proxy."""
        host, scheme = origin_of(url).host, urlsplit(url).scheme
        proxies = getproxies()
        proxy = proxies.get(scheme) or proxies.get("all") or ""
        if proxy and proxy_bypass(host):
            proxy = ""
        if (scheme, proxy) not in self._clients:
            self._clients[scheme, proxy] = self._made(proxy, scheme == "https")
        return self._clients[scheme, proxy]

    def _made(self, proxy: str, secure: bool) -> tuple[Transport, httpx.Client]:
        if proxy and "://" not in proxy:
            proxy = f"http://{proxy}"
        if proxy and urlsplit(proxy).scheme not in ("http", "https"):
            raise MhlitError("the environment names a proxy that is neither http nor https")
        transport = Transport(self._exempt, proxy, self._resolve, secure)
        client = httpx.Client(transport=transport, timeout=self._timeout, headers=self._headers, trust_env=False)
        return transport, client


@contextmanager
def failures() -> Iterator[None]:
    """Raise what httpcore and httpx raise as an error of Python's own.

    ConnectionError where nobody is there, TimeoutError, EOFError where an answer breaks off, ValueError for a redirect
    to what is no address.
    """
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise ConnectionError(str(error) or "it cannot be reached") from None
    except httpcore.TimeoutException as error:
        raise TimeoutError(str(error)) from None
    except (httpcore.ProtocolError, httpcore.NetworkError, httpx.DecodingError) as error:
        raise EOFError(str(error)) from None
    except (httpx.RemoteProtocolError, httpx.InvalidURL) as error:
        raise ValueError(str(error)) from None
    except httpcore.ProxyError as error:
        raise ConnectionError(f"the proxy says: {error}") from None
