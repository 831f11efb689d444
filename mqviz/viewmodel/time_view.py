"""Which stretch of virtual time the curves show: the latest so many seconds, or a place in the past."""

from __future__ import annotations

LENGTHS = (30.0, 120.0, 600.0, None)
"""Seconds that can be chosen; None is all."""

SHORTEST = 0.5
_FIRST = 10.0
_GROWTH = (10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0)
_STICKY = 0.01


class TimeView:
    """Follows the newest moment until the user looks elsewhere, and again when he comes back to it."""

    def __init__(self, length: float | None = 120.0) -> None:
        self._length = length
        self._start = 0.0
        self._now = 0.0
        self._held: tuple[float, float] | None = None

    @property
    def follows(self) -> bool:
        """Whether the right edge is the newest moment."""
        return self._held is None

    @property
    def length(self) -> float | None:
        """Seconds that are shown while following; None is all."""
        return self._length

    @property
    def interval(self) -> tuple[float, float]:
        """The first and the last virtual second to show.

        While following, a young run does not fill the length yet: then a shorter stretch is shown, that grows in steps.
        """
        if self._held is not None:
            return self._held
        return self._now - self._span(), self._now

    def _span(self) -> float:
        age = self._now - self._start
        if self._length is None:
            return max(age, _FIRST)
        grown = next((step for step in _GROWTH if step >= age), self._length)
        return min(self._length, grown)

    def advance(self, start: float, now: float) -> None:
        """The run has come to `now`; its curves begin at `start`. Where it began anew the view follows again."""
        if now < self._now:
            self._held = None
        self._start, self._now = start, now

    def show_latest(self, length: float | None) -> None:
        """Follow, with so many seconds (None: all)."""
        self._length = length
        self._held = None

    def follow(self) -> None:
        """Back to the newest moment, with the length chosen last."""
        self._held = None

    def show(self, first: float, last: float) -> None:
        """Look at this stretch."""
        first, last = sorted((first, last))
        self._hold(first, max(last, first + SHORTEST))

    def zoom(self, factor: float, at: float) -> None:
        """Show `factor` times as much time (below 1: less), leaving the moment `at` where it is on the screen."""
        first, last = self.interval
        whole = max(self._now - self._start, _FIRST)
        factor = min(max(factor, SHORTEST / (last - first)), max(whole / (last - first), 1.0))
        self._hold(at - (at - first) * factor, at + (last - at) * factor)

    def pan(self, seconds: float) -> None:
        """Look so much later (below 0: earlier), not past the newest moment nor wholly before the first."""
        first, last = self.interval
        earliest = self._start - (last - first) / 2
        seconds = max(min(seconds, self._now - last), min(earliest - first, 0.0))
        self._hold(first + seconds, last + seconds)

    def _hold(self, first: float, last: float) -> None:
        """Look there; where that ends at the newest moment, follow it."""
        if last >= self._now - _STICKY * (last - first):
            self._length, self._held = last - first, None
        else:
            self._held = first, last
