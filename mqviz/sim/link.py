"""The network under one client: latency, jitter and order as TCP has them, and what a cut loses.

Without latency nothing is scheduled: who sends looks at `Link.direct` and does at once what would have arrived.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from mqviz.clock import Scheduler
from mqviz.sim.chance import Draw

Item = tuple[Callable[[Any], None], Any]


class Wire:
    """One direction: actions that are done when they arrive, one after the other."""

    __slots__ = ("_last", "_link", "items")

    def __init__(self, link: Link) -> None:
        self._link = link
        self._last = 0.0
        self.items: deque[Item] = deque()

    def send(self, action: Callable[[Any], None], argument: Any) -> None:
        """Do `action(argument)` at the other end."""
        link = self._link
        when = max(link.scheduler.now + link.delay(), self._last)
        self._last = when
        self.items.append((action, argument))
        link.scheduler.call_at(when, Wire._arrive, self)

    def _arrive(self) -> None:
        if not self.items:
            return
        action, argument = self.items.popleft()
        action(argument)
        if not self.items:
            self._link.refresh()


class Link:
    """Both directions. `extra` is added to the latency while the network is slow; changes hold for what is sent from then on.

    `direct`: nothing is delayed and nothing is under way; `changed` is called when that is so, or no longer.
    """

    __slots__ = ("_draw", "changed", "direct", "down", "extra", "jitter", "latency", "scheduler", "up")

    def __init__(self, scheduler: Scheduler, latency: float, jitter: float, draw: Draw) -> None:
        self.scheduler = scheduler
        self.latency, self.jitter, self.extra = latency, jitter, 0.0
        self._draw = draw
        self.up, self.down = Wire(self), Wire(self)
        self.direct = True
        self.changed: Callable[[], None] = _nobody_asks
        self.refresh()

    def delay(self) -> float:
        """The latency for what is sent now."""
        if not self.jitter:
            return self.latency + self.extra
        return max(0.0, self.latency + self.jitter * self._draw()) + self.extra

    def refresh(self) -> None:
        """Find out anew whether things arrive at once: no latency, and nothing under way that they would overtake."""
        is_instant = self.latency == 0.0 and self.jitter == 0.0 and self.extra == 0.0
        direct = is_instant and not self.up.items and not self.down.items
        if direct != self.direct:
            self.direct = direct
            self.changed()

    def set_latency(self, latency: float) -> None:
        """Another latency, for what is sent from now on; what is under way is not overtaken."""
        self.latency = latency
        self.refresh()

    def cut(self) -> None:
        """Lose all that is under way."""
        self.up.items.clear()
        self.down.items.clear()
        self.up, self.down = Wire(self), Wire(self)
        self.refresh()


def _nobody_asks() -> None:
    """A link of which nobody wants to know."""
