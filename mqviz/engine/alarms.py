"""The memory watermark: above it publishing connections are blocked until there is room again.

Sums over all queues are dear, so the sum is taken anew only when what has entered (or left) since the last
one may have crossed the watermark; by then it is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker

REASON = "low on memory"
"""What connection.blocked says."""


class Alarms:
    """Whether memory is low: because of the watermark in bytes (None: there is none), or because somebody says so."""

    __slots__ = ("_above", "_asked", "_broker", "_forced", "_room", "limit")

    def __init__(self, broker: Broker, limit: int | None) -> None:
        self._broker = broker
        self.limit = limit
        self._forced = False
        self._above = False
        self._asked = False
        self._room = limit or 0

    @property
    def memory(self) -> bool:
        """Whether the alarm is on."""
        return self._above or self._forced

    def force(self, on: bool) -> None:
        """Raise the alarm whatever the queues hold, or leave it to the watermark again."""
        self._change(forced=on, above=self._above)

    def set_limit(self, limit: int | None) -> None:
        """Another watermark."""
        self.limit = limit
        if limit is None:
            self._change(forced=self._forced, above=False)
        else:
            self.look()

    def entered(self, size: int) -> None:
        """So many bytes entered queues."""
        self._room -= size
        if self.limit is not None and self._room < 0 and not self._above:
            self.look()

    def left(self, size: int) -> None:
        """So many bytes left queues; told only while the watermark's alarm is on."""
        self._room += size
        if self._room >= 0:
            self.look_soon()

    def look_soon(self) -> None:
        """Look when what goes on now is done: whoever may go on then publishes, perhaps to the queue in hand."""
        if self._above and not self._asked:
            self._asked = True
            self._broker.scheduler.call_in(0.0, _look, self)

    def look(self) -> None:
        """Take the sum anew."""
        self._asked = False
        if self.limit is None:
            return
        self._room = self.limit - self._broker.memory
        self._change(forced=self._forced, above=self._room < 0)

    def _change(self, *, forced: bool, above: bool) -> None:
        before = self.memory
        self._forced, self._above = forced, above
        watching = above or self._broker.store is not None
        if watching != self._broker.watching:
            self._broker.watching = watching
            self._broker.reconsider()
        if self.memory == before:
            self._broker.guard()
            return
        self._broker.guarded = True
        for connection in list(self._broker.connections.values()):
            if self.memory:
                connection.alarmed()
            else:
                connection.unblock()
        self._broker.guard()


def _look(alarms: Alarms) -> None:
    alarms.look()
