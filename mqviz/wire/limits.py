"""How much one client, and all of them, may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from mqviz.engine.connection import CHANNEL_MAX
from mqviz.engine.publishing import MAX_MESSAGE_SIZE


@dataclass(frozen=True, slots=True)
class Limits:
    """`frame`, `body`, `output`, `unfinished` in bytes; `login`, `silence`, `farewell`, `stalled` in seconds.

    `login`: to be in by then; `silence`: before a client that broke the handshake is dropped, as RabbitMQ does, so that guessing
    passwords takes time; `farewell`: for the answer to connection.close; `stalled`: for a client to read anything at all.
    `output`: what may wait for a slow reader before its consumers pause and it is not read from; `unfinished`: bodies of
    one connection that are still coming in.
    """

    connections: int = 10_000
    channels: int = CHANNEL_MAX
    frame: int = 131_072
    body: int = MAX_MESSAGE_SIZE
    unfinished: int = MAX_MESSAGE_SIZE
    output: int = 1 << 20
    heartbeat: int = 60
    login: float = 10.0
    silence: float = 3.0
    farewell: float = 10.0
    stalled: float = 30.0


LIMITS = Limits()
"""What a server allows unless it is told otherwise; channels, frames, bodies, login and silence are RabbitMQ's."""
