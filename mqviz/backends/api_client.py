"""One pooled connection to the management API, which can be broken off from another thread at any moment."""

from __future__ import annotations

import socket
import ssl
from threading import Event
from typing import Any

import httpx
import msgspec

from mqviz.backends.answers import Refusal
from mqviz.backends.management import Ask
from mqviz.backends.tls import context_for
from mqviz.backends.troubles import TroubleError, trouble_of
from mqviz.clock import Clock
from mqviz.model.feed import LiveBroker, Trouble

_PATIENCE = 6.0
"""An answer that trickles in may take so many times the timeout."""

_TRIES = 2
"""A pooled connection may have been closed by the broker since it was last used."""


class RefusedError(TroubleError):
    """The API answered with an error: its status besides the trouble."""

    def __init__(self, status: int, trouble: Trouble, detail: str) -> None:
        super().__init__(trouble, detail)
        self.status = status


class ApiClient:
    """Asks, without a login where `password` is None, and counts what asking has cost. Raises TroubleError.

    Only `break_off` may be called from another thread.
    """

    def __init__(self, broker: LiveBroker, password: str | None, clock: Clock) -> None:
        self._clock = clock
        self._answer_timeout = broker.answer_timeout
        self._is_broken_off = Event()
        self._socket: socket.socket | None = None
        self._extensions: dict[str, Any] = {"trace": self._trace}
        if broker.tls is not None and broker.tls.server_name:
            self._extensions["sni_hostname"] = broker.tls.server_name
        self.requests = 0
        self.bytes = 0
        self._client = httpx.Client(
            base_url=broker.management,
            auth=None if password is None else httpx.BasicAuth(broker.user.encode(), password.encode()),
            # AMQP cannot go through a proxy, and passwords come from nowhere but here.
            trust_env=False,
            verify=_context(broker),
            timeout=httpx.Timeout(broker.answer_timeout, connect=broker.connect_timeout),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=40.0),
        )

    def content(self, ask: Ask) -> bytes:
        """The bytes of the answer. RefusedError for a status from 400."""
        for attempt in range(_TRIES):
            try:
                return self._content(ask)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
                if ask.method != "GET" or attempt + 1 == _TRIES or self._is_broken_off.is_set():
                    raise _translated(error) from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise _translated(error) from None
        raise AssertionError

    def _content(self, ask: Ask) -> bytes:
        headers = {"X-Reason": ask.reason} if ask.reason else {}
        request = self._client.build_request(
            ask.method, ask.path, content=ask.body or None, headers=headers, extensions=dict(self._extensions)
        )
        self.requests += 1
        deadline = self._clock.now() + _PATIENCE * self._answer_timeout
        answer = self._client.send(request, stream=True)
        try:
            content = b"".join(self._pieces(answer, deadline))
        finally:
            self.bytes += answer.num_bytes_downloaded
            answer.close()
        if answer.status_code >= 300:
            raise _refused(answer.status_code, content)
        return content

    def _pieces(self, answer: httpx.Response, deadline: float) -> Any:
        for piece in answer.iter_bytes():
            if self._is_broken_off.is_set():
                raise TroubleError(Trouble.LOST, "broken off")
            if self._clock.now() > deadline:
                raise TroubleError(Trouble.TIMEOUT)
            yield piece

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        """httpcore tells each step; the socket is wanted, to be able to break off who waits for it."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")
            if self._is_broken_off.is_set():
                self.break_off()

    def break_off(self) -> None:
        """Whoever waits for an answer gets an error at once. From any thread."""
        self._is_broken_off.set()
        if self._socket is not None:
            try:
                # Plain shutdown: the one of TLS would first talk to the peer.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return

    def close(self) -> None:
        """End the connection."""
        self._client.close()


def _context(broker: LiveBroker) -> ssl.SSLContext | bool:
    if not broker.management.startswith("https"):
        return False
    return True if broker.tls is None else context_for(broker.tls)


def _translated(error: Exception) -> TroubleError:
    if isinstance(error, httpx.TimeoutException):
        return TroubleError(Trouble.TIMEOUT)
    if isinstance(error, httpx.RemoteProtocolError):
        # What answers is no HTTP server, or one that hung up, or (a byte that begins no line, as h11 has it) sends TLS's alert.
        said = str(error)
        trouble = Trouble.LOST if "disconnected" in said else Trouble.PLAIN if said == "illegal request line" else Trouble.PROTOCOL
        return TroubleError(trouble, said)
    return trouble_of(error)


_MARKS = (
    (Trouble.VHOST, ("virtual host",)),
    (Trouble.RIGHTS, ("not management user", "not monitor", "not admin", "not polic", "to access object", "access_refused")),
    (Trouble.LOGIN, ("login failed",)),
)


def _refused(status: int, content: bytes) -> RefusedError:
    """RabbitMQ answers 401 to a wrong password and to missing rights alike; its words tell them apart."""
    try:
        refusal = msgspec.json.decode(content, type=Refusal)
        words = f"{refusal.reason or refusal.error}"
    except msgspec.MsgspecError:
        # Somebody else's server: what listens there is not the management plugin.
        trouble = Trouble.LOGIN if status == 401 else Trouble.FAILED if status >= 500 else Trouble.PROTOCOL
        return RefusedError(status, trouble, f"HTTP {status}")
    return RefusedError(status, _meaning(status, words.lower()), words)


def _meaning(status: int, words: str) -> Trouble:
    if status < 404:
        for trouble, marks in _MARKS:
            if any(mark in words for mark in marks):
                return trouble
    return {401: Trouble.LOGIN, 403: Trouble.RIGHTS}.get(status, Trouble.FAILED)
