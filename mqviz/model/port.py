"""The AMQP port of the window: where it listens, and who is connected."""

from __future__ import annotations

from msgspec import Struct

LOOPBACK = "127.0.0.1"
USER = PASSWORD = "guest"
"""Who may come in, as with a fresh RabbitMQ: from this machine alone."""


class Port(Struct, frozen=True):
    """An open port: its address, and the names of the clients that are connected."""

    host: str
    number: int
    clients: tuple[str, ...] = ()

    @property
    def uri(self) -> str:
        """What a client library is given."""
        return f"amqp://{USER}:{PASSWORD}@{self.host}:{self.number}/"
