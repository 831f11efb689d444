"""How a connection begins and ends: a table of states, and what SASL and tune make of what the client says."""

from __future__ import annotations

from enum import Enum
from typing import Any

from mqviz.errors import AmqpError
from mqviz.model.amqp import Arguments, ReplyCode
from mqviz.wire.fields import MalformedError, Reader
from mqviz.wire.limits import Limits

PROTOCOL = b"AMQP\x00\x00\x09\x01"
"""The header of AMQP 0-9-1, and our answer to any other."""

ALSO_SPOKEN = frozenset({PROTOCOL, b"AMQP\x01\x01\x00\x09"})
"""RabbitMQ takes the header of 0-9 for 0-9-1, too; so do we. It speaks 0-8 as well, which we do not."""

FRAME_MIN = 4096
LONGEST_BEFORE_TUNE = 8192
"""Bytes of a frame during the handshake: client properties and passwords are shorter."""


class State(Enum):
    """Where a connection stands. CLOSING: we said connection.close, and wait for the answer.

    SHUNNED: the client broke the handshake; nothing is read from it any more, and after a while it is dropped.
    """

    HEADER = "expecting the protocol header"
    STARTING = "starting"
    TUNING = "tuning"
    OPENING = "opening"
    RUNNING = "running"
    CLOSING = "closing"
    SHUNNED = "shunned"
    OVER = "closed"


HANDSHAKE: dict[State, dict[str, State]] = {
    State.STARTING: {"connection.start-ok": State.TUNING},
    State.TUNING: {"connection.tune-ok": State.OPENING},
    State.OPENING: {"connection.open": State.RUNNING},
    State.RUNNING: {"connection.close": State.OVER, "connection.update-secret": State.RUNNING},
    State.CLOSING: {"connection.close": State.OVER, "connection.close-ok": State.OVER},
}
"""What may be said on channel 0 in a state, and the state it leads to."""


class HandshakeError(Exception):
    """The client does not know the rules or the password; `told` where it asked to be told so."""

    def __init__(self, reason: str, told: AmqpError | None = None) -> None:
        super().__init__(reason)
        self.told = told


def after(state: State, method: str) -> State:
    """The state that a method of channel 0 leads to; out of turn it is an AmqpError, during the handshake a HandshakeError."""
    following = HANDSHAKE.get(state, {}).get(method)
    if following is not None:
        return following
    if state is State.RUNNING:
        raise AmqpError(ReplyCode.CHANNEL_ERROR, f"CHANNEL_ERROR - unexpected method in connection state {state.value}")
    raise HandshakeError(f"{method} while {state.value}")


def credentials(mechanism: str, response: bytes) -> tuple[bytes, bytes]:
    """User and password from the answer to a SASL mechanism."""
    if mechanism == "PLAIN":
        parts = response.split(b"\0")
        if len(parts) == 3:
            return parts[1], parts[2]
    elif mechanism == "AMQPLAIN":
        table = _table(response)
        user, password = table.get("LOGIN"), table.get("PASSWORD")
        if isinstance(user, str) and isinstance(password, str):
            return user.encode(), password.encode()
    else:
        raise HandshakeError(f"unknown authentication mechanism '{mechanism[:40]}'")
    raise HandshakeError(f"invalid {mechanism} response")


def _table(response: bytes) -> Arguments:
    """AMQPLAIN's answer: a table without its length."""
    try:
        return Reader(len(response).to_bytes(4) + response).table()
    except MalformedError as error:
        raise HandshakeError(f"invalid AMQPLAIN response: {error}") from None


def refused(mechanism: str, understands: bool) -> HandshakeError:
    """Wrong user or password; told in words to a client that understands."""
    text = f"ACCESS_REFUSED - Login was refused using authentication mechanism {mechanism}. For details see the broker logfile."
    return HandshakeError("wrong user or password", AmqpError(ReplyCode.ACCESS_REFUSED, text) if understands else None)


def tuned(limits: Limits, asked: dict[str, Any]) -> tuple[int, int, int]:
    """channel_max, frame_max and heartbeat as agreed; more than was offered is against the rules, 0 (no limit) among it."""
    channels, frame, heartbeat = (int(asked[name]) for name in ("channel_max", "frame_max", "heartbeat"))
    if not 0 < channels <= limits.channels:
        raise HandshakeError(f"negotiated channel_max = {channels} is higher than the maximum allowed value ({limits.channels})")
    if not FRAME_MIN <= frame <= limits.frame:
        raise HandshakeError(f"negotiated frame_max = {frame} is not between {FRAME_MIN} and {limits.frame}")
    return channels, frame, heartbeat


def capabilities(client_properties: Arguments) -> frozenset[str]:
    """What a client says that it understands."""
    found = client_properties.get("capabilities")
    return frozenset(name for name, is_so in found.items() if is_so is True) if isinstance(found, dict) else frozenset()


def connection_name(client_properties: Arguments) -> str:
    """The name that a client gives its connection; empty where it gives none."""
    found = client_properties.get("connection_name")
    return found if isinstance(found, str) else ""
