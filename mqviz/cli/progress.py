"""How far a run is, on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from math import inf
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from mqviz.cli.driving import Goal
from mqviz.clock import Clock
from mqviz.model.snapshot import Snapshot
from mqviz.sim.simulation import Simulation

_REDRAW = 0.25
_LINE = 5.0


class Teller(Protocol):
    """Puts a state of affairs somewhere."""

    every: float

    def begin(self, title: str) -> None:
        """A run begins."""

    def tell(self, share: float | None, text: str) -> None:
        """How far it is (None: nobody knows), and in words."""

    def end(self, text: str) -> None:
        """It has ended."""

    def close(self) -> None:
        """Leave the terminal as it was, whatever happened."""


class PlainTeller:
    """Lines, for files and pipes."""

    every = _LINE

    def begin(self, title: str) -> None:
        """Write the title."""
        self._write(title)

    def tell(self, share: float | None, text: str) -> None:
        """Write a line."""
        self._write(text if share is None else f"{share:4.0%}  {text}")

    def end(self, text: str) -> None:
        """Write the last line."""
        self._write(text)

    def close(self) -> None:
        """Lines leave nothing to be tidied."""

    @staticmethod
    def _write(text: str) -> None:
        print(text, file=sys.stderr, flush=True)


class BarTeller:
    """A bar that is drawn over itself."""

    every = _REDRAW

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=28), TextColumn("{task.fields[text]}"))
        self._progress = Progress(*columns, console=console, auto_refresh=False, transient=True)
        self._task = self._progress.add_task("", text="")
        self._title = ""

    def begin(self, title: str) -> None:
        """Draw an empty bar."""
        self._title = title
        self._progress.reset(self._task, start=True, total=1.0, completed=0, description=title, text="")
        self._progress.start()

    def tell(self, share: float | None, text: str) -> None:
        """Draw it anew."""
        total = None if share is None else 1.0
        self._progress.update(self._task, total=total, completed=share or 0.0, text=text, refresh=True)

    def end(self, text: str) -> None:
        """Take the bar away and leave a line."""
        self.close()
        self._progress.console.print(f"{self._title}: {text}", highlight=False, markup=False)

    def close(self) -> None:
        """Take the bar away and show the cursor again."""
        self._progress.stop()


def teller() -> Teller:
    """What fits standard error."""
    return BarTeller(Console(stderr=True)) if sys.stderr.isatty() else PlainTeller()


class RunProgress:
    """Tells how far one run is: virtual time, messages a second, and about how long it will still take."""

    def __init__(self, goal: Goal, clock: Clock, to: Teller) -> None:
        self._goal = goal
        self._clock = clock
        self._to = to
        self._began = self._told = clock.now()
        self._handled = 0

    def show(self, simulation: Simulation) -> None:
        """Tell it, if the last time is long enough ago."""
        now = self._clock.now()
        if now - self._told < self._to.every:
            return
        snapshot = simulation.snapshot()
        handled = _handled(snapshot)
        rate = (handled - self._handled) / (now - self._told)
        self._handled, self._told = handled, now
        share = self._share(snapshot)
        self._to.tell(share, f"{self._time(snapshot)}, {rate:,.0f} messages/s{self._estimate(share, now)}")

    def _share(self, snapshot: Snapshot) -> float | None:
        return None if self._goal.time == inf or self._goal.empty else snapshot.time / self._goal.time

    def _time(self, snapshot: Snapshot) -> str:
        if self._goal.empty:
            return f"{snapshot.time:,.1f} s, until empty: {_left(snapshot):,} left"
        return f"{snapshot.time:,.1f} of {self._goal.time:,.1f} s"

    def _estimate(self, share: float | None, now: float) -> str:
        if not share:
            return ""
        return f", about {(now - self._began) * (1 - share) / share:,.0f} s to go"

    def seconds(self) -> float:
        """Wall seconds since it began."""
        return self._clock.now() - self._began


def _handled(snapshot: Snapshot) -> int:
    """Messages published and requests made so far."""
    published = snapshot.ledger.messages.published if snapshot.ledger else 0
    return published + sum(service.requests for service in snapshot.services)


def _left(snapshot: Snapshot) -> int:
    waiting = sum(producer.waiting or 0 for producer in snapshot.producers)
    served = sum(service.waiting + service.in_service for service in snapshot.services)
    return waiting + served + sum(queue.messages for queue in snapshot.queues)
