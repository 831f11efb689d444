"""The memory watermark, and a full disk: publishing connections are blocked until there is room again.

RabbitMQ looks at its memory once a second (vm_memory_monitor, tried in tests/conformance), so memory may pass the
watermark by what is published in between, and an alarm stays for a second at least. So it is here. Sums over all
queues are dear, so a look is left out where what has entered (or left) since the last one cannot have crossed the watermark.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker

CHECK_INTERVAL = 1.0
"""Seconds between two looks: RabbitMQ's DEFAULT_MEMORY_CHECK_INTERVAL."""


def _nobody_listens(on: bool) -> None:
    """Nobody wants to hear of alarms."""


class Alarms:
    """Whether memory is low: because of the watermark in bytes (None: there is none), or because somebody says so.

    `told` hears when the memory alarm is set (true) and cleared. `disk`: whether the store has no room.
    """

    __slots__ = ("_above", "_asked", "_broker", "_forced", "_room", "disk", "limit", "told")

    def __init__(self, broker: Broker, limit: int | None) -> None:
        self._broker = broker
        self.limit = limit
        self._forced = False
        self._above = False
        self._asked = False
        self._room = limit or 0
        self.told: Callable[[bool], None] = _nobody_listens
        self.disk = False

    @property
    def on(self) -> bool:
        """Whether there is any alarm."""
        return self.memory or self.disk

    @property
    def reason(self) -> str:
        """What connection.blocked says, as RabbitMQ puts it."""
        return "low on " + " & ".join(["disk"] * self.disk + ["memory"] * self.memory)

    @property
    def memory(self) -> bool:
        """Whether the alarm is on."""
        return self._above or self._forced

    def force(self, on: bool) -> None:
        """Raise the alarm whatever the queues hold, or leave it to the watermark again."""
        self._change(forced=on, above=self._above)

    def set_disk(self, on: bool) -> None:
        """The store has no room, or has it again."""
        before, self.disk = self.on, on
        self._tell(before)

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
        if self._room < 0 and not self._above and self.limit is not None:
            self._look_later()

    def left(self, size: int) -> None:
        """So many bytes left queues; told only while the watermark's alarm is on."""
        self._room += size
        if self._room >= 0:
            self._look_later()

    def queue_gone(self) -> None:
        """A queue was deleted with all that it held."""
        if self._above:
            self._look_later()

    def _look_later(self) -> None:
        """Look at the next full interval."""
        if not self._asked:
            self._asked = True
            now = self._broker.scheduler.now
            self._broker.scheduler.call_at((now // CHECK_INTERVAL + 1.0) * CHECK_INTERVAL, _look, self)

    def look(self) -> None:
        """Take the sum anew."""
        self._asked = False
        if self.limit is None:
            return
        self._room = self.limit - self._broker.memory
        self._change(forced=self._forced, above=self._room < 0)

    def _change(self, *, forced: bool, above: bool) -> None:
        before, memory = self.on, self.memory
        self._forced, self._above = forced, above
        watching = above or self._broker.store is not None
        if watching != self._broker.watching:
            self._broker.watching = watching
            self._broker.reconsider()
        if self.memory != memory:
            self.told(self.memory)
        self._tell(before)

    def _tell(self, before: bool) -> None:
        if self.on == before:
            self._broker.guard()
            return
        self._broker.guarded = True
        self._broker.topology.forget()
        for connection in list(self._broker.connections.values()):
            if self.on:
                connection.alarmed()
            else:
                connection.unblock()
        self._broker.guard()


def _look(alarms: Alarms) -> None:
    alarms.look()
