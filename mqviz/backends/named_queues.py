"""What AMQP alone tells of a broker: the counts of queues whose names are known. For who has no management API to ask.

A passive declaration renews the lease of a queue that expires (`x-expires`), so that such a queue is never asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mqviz.backends.amqp_line import AmqpLine
from mqviz.backends.survey import Picture
from mqviz.backends.troubles import TroubleError
from mqviz.model.feed import LiveBroker, Missing, Trouble
from mqviz.model.snapshot import BrokerStats, QueueStats, Snapshot

MOST = 1000
"""Queues in one round: each is a question of its own."""

_NOT_TOLD = ("statistics", "rates", "unacknowledged", "connections", "channels", "consumers", "bindings", "nodes", "other_vhosts")


class NamedQueues:
    """Keeps one AMQP connection. Only `break_off` may be called from another thread."""

    def __init__(self, broker: LiveBroker, password: str) -> None:
        self._broker, self._password = broker, password
        self._line: AmqpLine | None = None
        self._is_broken_off = False

    def picture(self, vhost: str, names: Iterable[str], why: TroubleError) -> Picture:
        """Depth and consumers of these queues, and that all else is missing, because of `why`. Raises TroubleError."""
        try:
            line = self._opened(vhost)
            found = [(name, line.counts(name)) for name, _ in zip(names, range(MOST), strict=False)]
        except TroubleError:
            self.close()
            raise
        queues = [
            QueueStats(name=name, messages_ready=counts.messages_ready, consumers=counts.consumers, **_UNTOLD)
            for name, counts in found
            if counts is not None
        ]
        broker = BrokerStats(name=self._broker.host, version=line.version)
        snapshot = Snapshot(time=0.0, live=True, broker=broker, queues=tuple(queues))
        missing = tuple(Missing(what=what, trouble=why.trouble, detail=why.detail) for what in _NOT_TOLD)
        missing += (Missing(what="oldest", trouble=Trouble.UNTOLD),)
        return Picture(snapshot, (), (vhost,), missing, ("amqp",))

    def _opened(self, vhost: str) -> AmqpLine:
        if self._line is not None and self._line.virtual_host != vhost:
            self.close()
        if self._line is None:
            self._line = AmqpLine(self._broker, self._password, vhost)
            if self._is_broken_off:
                self._line.break_off()
            self._line.open()
        return self._line

    def break_off(self) -> None:
        """Whoever waits gets an error at once."""
        self._is_broken_off = True
        if self._line is not None:
            self._line.break_off()

    def close(self) -> None:
        """Hang up; the next round connects anew."""
        line, self._line = self._line, None
        if line is not None:
            line.close()


_UNTOLD: dict[str, Any] = dict.fromkeys(
    ("enqueued", "delivered", "redelivered", "acknowledged", "dropped", "refused", "expired", "rejected", "dead_lettered", "purged", "lost")
)
