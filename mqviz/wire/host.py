"""What a connection needs of the server around it: who may come in, which virtual hosts there are, what time it is."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from typing import Protocol

from mqviz.clock import Clock
from mqviz.engine.broker import VERSION, Broker
from mqviz.model.amqp import Arguments
from mqviz.wire.limits import LIMITS, Limits

CAPABILITIES = (
    "publisher_confirms",
    "exchange_exchange_bindings",
    "basic.nack",
    "consumer_cancel_notify",
    "connection.blocked",
    "consumer_priorities",
    "authentication_failure_close",
    "per_consumer_qos",
    "direct_reply_to",
)
"""What clients look for in the server properties, as RabbitMQ 3.10 has it."""


class Journal(Protocol):
    """Is told what happens to connections, for a log."""

    def __call__(self, what: str, who: str, **facts: object) -> None:
        """`what` is a code: connected, opened, closed, refused, failed, lost ..."""


def unheard(what: str, who: str, **facts: object) -> None:
    """Nobody keeps a log."""


class Host:
    """A server's virtual hosts (each a broker), users with their passwords, limits and clock.

    `version`: clients choose how to talk to a server by product and version, so both are RabbitMQ's whose behaviour this is.
    """

    def __init__(
        self,
        vhosts: Mapping[str, Broker],
        users: Mapping[str, str],
        clock: Clock,
        *,
        limits: Limits = LIMITS,
        journal: Journal = unheard,
        version: str = VERSION,
    ) -> None:
        self.vhosts = vhosts
        self.limits = limits
        self.clock = clock
        self.journal = journal
        self._users = {name.encode(): password.encode() for name, password in users.items()}
        self.properties: Arguments = {
            "capabilities": dict.fromkeys(CAPABILITIES, True),
            "cluster_name": "mqviz",
            "information": "The broker inside mqviz, which speaks as this version of RabbitMQ does",
            "platform": "mqviz",
            "product": "RabbitMQ",
            "version": version,
        }

    def admits(self, user: bytes, password: bytes) -> bool:
        """Whether this is a user's password; it takes as long to find out, right or wrong."""
        return compare_digest(self._users.get(user, b""), password) and user in self._users
