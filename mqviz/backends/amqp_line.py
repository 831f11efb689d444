"""One AMQP connection, spoken step by step, for who wants to know how far it gets: address, socket, TLS, login, virtual host, queues.

A client library would do all steps at once and wrap what went wrong. This one waits with a deadline at each step, can be broken off
from another thread, and asks for nothing but counts: it never consumes, gets or publishes.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

from pamqp import commands, exceptions, frame, heartbeat
from pamqp.header import ProtocolHeader

from mqviz.backends.tls import context_for
from mqviz.backends.troubles import TroubleError, trouble_of
from mqviz.model.feed import LiveBroker, Trouble

M = TypeVar("M")

_CHANNEL = 1
_MOST = 1 << 20
_TLS_ALERT = b"\x15\x03"
_PROPERTIES: dict[str, Any] = {
    "product": "mqviz",
    "connection_name": "mqviz",
    "capabilities": {"authentication_failure_close": True, "consumer_cancel_notify": True},
}


class _Declare(commands.Queue.Declare):
    """pamqp holds names to the specification, RabbitMQ takes any."""

    def validate(self) -> None:
        """Any name."""


class _Open(commands.Connection.Open):
    """As above."""

    def validate(self) -> None:
        """Any name."""


class Counts(NamedTuple):
    """What a passive declaration tells of a queue."""

    messages_ready: int
    consumers: int


class AmqpLine:
    """The steps in their order: `resolve`, `connect`, `secure`, `login`, `enter`; then `counts` as often as wanted. Raises TroubleError."""

    def __init__(self, broker: LiveBroker, password: str, virtual_host: str | None = None) -> None:
        self._broker = broker
        self.virtual_host = broker.virtual_host if virtual_host is None else virtual_host
        self._password = password
        self._addresses: list[Any] = []
        self._socket: socket.socket | None = None
        self._received = b""
        self._has_channel = self._is_broken_off = False
        self.version = ""

    def open(self) -> None:
        """All steps."""
        for step in (self.resolve, self.connect, self.secure, self.login, self.enter):
            step()

    def resolve(self) -> None:
        """Find the host's addresses."""
        try:
            self._addresses = socket.getaddrinfo(self._broker.host, self._broker.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise TroubleError(Trouble.NAME, str(getattr(error, "strerror", "") or "")) from None

    def connect(self) -> None:
        """Reach the port, by the first address that answers."""
        trouble = TroubleError(Trouble.NAME)
        for family, kind, protocol, _, address in self._addresses:
            self._socket = socket.socket(family, kind, protocol)
            self._socket.settimeout(self._broker.connect_timeout)
            try:
                self._socket.connect(address)
            except OSError as error:
                trouble = trouble_of(error)
                self._socket.close()
            else:
                return
        raise trouble

    def secure(self) -> None:
        """TLS, where it is wanted."""
        tls = self._broker.tls
        if tls is None:
            return
        context = context_for(tls)
        try:
            self._socket = context.wrap_socket(self._line, server_hostname=tls.server_name or self._broker.host)
        except (OSError, ssl.SSLError) as error:
            raise trouble_of(error) from None

    def login(self) -> None:
        """Greet, and say who we are."""
        self._line.settimeout(self._broker.answer_timeout)
        self._send(ProtocolHeader(), 0)
        start = self._expect(commands.Connection.Start)
        server: dict[str, Any] = start.server_properties or {}
        self.version = f"{server.get('version', '')}"
        response = f"\0{self._broker.user}\0{self._password}"
        self._send(commands.Connection.StartOk(_PROPERTIES, "PLAIN", response, "en_US"), 0)
        tune = self._expect(commands.Connection.Tune)
        self._send(commands.Connection.TuneOk(tune.channel_max, tune.frame_max, 0), 0)

    def enter(self) -> None:
        """Enter the virtual host."""
        self._send(_Open(self.virtual_host), 0)
        self._expect(commands.Connection.OpenOk)

    def counts(self, queue: str) -> Counts | None:
        """Ready messages and consumers of a queue; None where there is none, or it is somebody else's own."""
        if not self._has_channel:
            self._send(commands.Channel.Open(), _CHANNEL)
            self._expect(commands.Channel.OpenOk)
            self._has_channel = True
        self._send(_Declare(queue=queue, passive=True), _CHANNEL)
        answer = self._read()
        if isinstance(answer, commands.Channel.Close):
            self._has_channel = False
            self._send(commands.Channel.CloseOk(), _CHANNEL)
            if answer.reply_code == 403:
                raise TroubleError(Trouble.RIGHTS, answer.reply_text)
            return None
        told = self._checked(answer, commands.Queue.DeclareOk)
        return Counts(told.message_count or 0, told.consumer_count or 0)

    def break_off(self) -> None:
        """Whoever waits gets an error at once. From any thread."""
        self._is_broken_off = True
        if self._socket is not None:
            try:
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return

    def close(self) -> None:
        """Say goodbye and hang up; does not wait for an answer."""
        if self._socket is None:
            return
        with suppress(TroubleError):
            self._send(commands.Connection.Close(200, "goodbye", 0, 0), 0)
        self._socket.close()
        self._socket = None

    # -- frames -----------------------------------------------------------------------------------------------

    @property
    def _line(self) -> socket.socket:
        if self._socket is None or self._is_broken_off:
            raise TroubleError(Trouble.LOST)
        return self._socket

    def _send(self, what: Any, channel: int) -> None:
        try:
            self._line.sendall(frame.marshal(what, channel))
        except (ConnectionError, ssl.SSLEOFError):
            raise self._hung_up() from None
        except OSError as error:
            raise trouble_of(error) from None

    def _expect(self, kind: type[M]) -> M:
        return self._checked(self._read(), kind)

    def _checked(self, answer: Any, kind: type[M]) -> M:
        if isinstance(answer, kind):
            return answer
        if isinstance(answer, commands.Connection.Close):
            raise TroubleError(_meaning(answer.reply_code or 0), answer.reply_text or "")
        raise TroubleError(Trouble.PROTOCOL, type(answer).__name__)

    def _read(self) -> Any:
        """The next frame that is not a heartbeat."""
        while True:
            try:
                taken, _, found = frame.unmarshal(self._received)
            except exceptions.UnmarshalingException:
                # Not whole yet.
                self._receive()
                continue
            except (exceptions.AMQPFrameError, ValueError, LookupError) as error:
                raise TroubleError(Trouble.PROTOCOL, str(error)) from None
            self._received = self._received[taken:]
            if isinstance(found, ProtocolHeader):
                raise TroubleError(Trouble.PROTOCOL, "another version of AMQP")
            if not isinstance(found, heartbeat.Heartbeat):
                return found

    def _receive(self) -> None:
        try:
            piece = self._line.recv(65536)
        except (ConnectionError, ssl.SSLEOFError):
            piece = b""
        except OSError as error:
            raise trouble_of(error) from None
        if not piece:
            raise self._hung_up()
        self._received += piece
        if not _may_be_amqp(self._received):
            is_tls = self._received.startswith(_TLS_ALERT)
            raise TroubleError(Trouble.PLAIN if is_tls else Trouble.PROTOCOL, "" if is_tls else _first_words(self._received))

    def _hung_up(self) -> TroubleError:
        """Who hangs up on our greeting does not speak our language."""
        tls = self._broker.tls
        if tls is not None and not tls.certificate and not self.version:
            # In TLS 1.3 a server that misses our certificate hangs up after the handshake.
            return TroubleError(Trouble.CERTIFICATE, "none was given")
        has_spoken = bool(self.version) and not self._received
        return TroubleError(Trouble.LOST if has_spoken else Trouble.PROTOCOL, _first_words(self._received))


def _may_be_amqp(received: bytes) -> bool:
    """A method on channel 0 or 1, a heartbeat, or the greeting of another version; nothing without an end."""
    return received[:1] in (b"\x01", b"\x08", b"A") and len(received) < _MOST


def _first_words(received: bytes) -> str:
    return received[:40].decode("ascii", "replace").split("\r")[0]


def _meaning(code: int) -> Trouble:
    """RabbitMQ refuses a login by 403, and a virtual host that is not there, or not for us, by 530."""
    if code == 403:
        return Trouble.LOGIN
    if code == 530:
        return Trouble.VHOST
    return Trouble.LOST if code == 320 else Trouble.FAILED
