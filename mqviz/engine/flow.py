"""Flow control: a publisher that is faster than the broker takes messages in is not read from for a while.

A bucket of credit refills with the broker's rate. RabbitMQ's connections go in and out of flow many times
a second; so do ours, since the bucket holds a twentieth of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.connection import Connection

BURST = 0.05
"""Seconds of the broker's rate that the bucket holds."""


class FlowControl:
    """Credit for messages, shared by all connections. `rate` in messages a second; None: any number."""

    __slots__ = ("_broker", "_credit", "_stopped", "_when", "rate")

    def __init__(self, broker: Broker, rate: float | None) -> None:
        self._broker = broker
        self._stopped: dict[Connection, None] = {}
        self._when = 0.0
        self._credit = 0.0
        self.rate = rate
        self.set_rate(rate)

    def set_rate(self, rate: float | None) -> None:
        """Take in so many messages a second from now on; those in flow may go on."""
        self.rate = rate
        self._when = self._broker.scheduler.now
        self._credit = self._full
        self._let_go()

    @property
    def _full(self) -> float:
        return max(1.0, (self.rate or 0.0) * BURST)

    def published(self, connection: Connection) -> None:
        """A message was taken in; without credit left its connection goes into flow."""
        if self.rate is None:
            return
        now = self._broker.scheduler.now
        self._credit = min(self._full, self._credit + (now - self._when) * self.rate) - 1.0
        self._when = now
        if self._credit < 1.0:
            self._stop(connection)

    def _stop(self, connection: Connection) -> None:
        if not self._stopped and self.rate:
            wait = (max(1.0, self._full / 2) - self._credit) / self.rate
            self._broker.scheduler.call_in(wait, _resume, self)
        if connection not in self._stopped:
            self._stopped[connection] = None
            connection.set_flow(True)

    def resume(self) -> None:
        """There is credit again."""
        self._when = self._broker.scheduler.now
        self._credit = max(1.0, self._full / 2)
        self._let_go()

    def _let_go(self) -> None:
        stopped, self._stopped = self._stopped, {}
        for connection in stopped:
            if connection.is_open:
                connection.set_flow(False)

    def forget(self, connection: Connection) -> None:
        """A connection is gone."""
        self._stopped.pop(connection, None)


def _resume(flow: FlowControl) -> None:
    flow.resume()
