"""Faults of the broker itself: down, restarted, out of memory. Overlapping ones hold as long as any of them."""

from __future__ import annotations

from mqviz.model.faults import Down, Fault, MemoryAlarm, RestartFault
from mqviz.sim.world import World


class Outage:
    """Counts what keeps the broker down, and what has set its memory alarm."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._downs = 0
        self._alarms = 0

    def begin(self, fault: Fault) -> None:
        """A fault of the broker begins; others are none of its business."""
        if isinstance(fault, Down | RestartFault):
            self._downs += 1
            self._stop()
        elif isinstance(fault, MemoryAlarm):
            self._alarms += 1
            if self._alarms == 1:
                self._world.broker.set_memory_alarm(True)

    def end(self, fault: Fault) -> None:
        """A fault of the broker ends."""
        if isinstance(fault, Down | RestartFault):
            self._downs -= 1
            if not self._downs:
                self._start()
        elif isinstance(fault, MemoryAlarm):
            self._alarms -= 1
            if not self._alarms:
                self._world.broker.set_memory_alarm(False)

    def restart(self) -> None:
        """Down and up again at once, unless it is down anyway."""
        if not self._downs:
            self._stop()
            self._start()

    def _stop(self) -> None:
        world = self._world
        if world.broker_is_down:
            return
        lost = world.broker.copies.lost or 0
        world.broker_is_down = True
        world.note("broker_stopped")
        world.broker.stop()
        lost = (world.broker.copies.lost or 0) - lost
        if lost:
            world.note("messages_lost", "", messages=lost)

    def _start(self) -> None:
        self._world.broker_is_down = False
        self._world.broker.start()
        self._world.note("broker_started")
