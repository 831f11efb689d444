"""Load shapes as cumulated rates: how many messages a shape asks for until a moment, and when so many are reached.

A profile counts in "expected messages" from the beginning of its load: `cumulated(t)` of them until t, `inverse(x)` the last
moment at which no more than x were asked for (so that message 0 of a rate that begins later is not early). Deterministic
arrivals are `inverse(0, 1, 2 ...)`, a Poisson process is `inverse` of a unit-rate one: both exact, without drift.
"""

from __future__ import annotations

from bisect import bisect_right
from math import floor, inf, pi, sin
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mqviz.model.load import (
    BurstLoad,
    ConstantLoad,
    Load,
    OnOffLoad,
    PoissonLoad,
    RampLoad,
    ScheduleLoad,
    SineLoad,
    StepLoad,
    TraceLoad,
)

Array = NDArray[np.float64]
_BISECTIONS = 60


class Profile(Protocol):
    """One load shape, without luck, caps and `until`."""

    def rate(self, time: float) -> float:
        """Messages a second at that moment, as the file has it."""

    def cumulated(self, time: float) -> float:
        """Expected messages until that moment."""

    def inverse(self, expected: Array) -> Array:
        """The last moments at which no more than so many were expected; infinity where it never gets more."""


class Pieces:
    """A rate made of straight pieces, the last one for ever: constant, step and ramp."""

    def __init__(self, start: float, pieces: list[tuple[float, float, float]]) -> None:
        """`pieces` are (seconds, rate at the beginning, rate at the end), the seconds of the last one infinite."""
        self._times, self._rates, self._slopes, self._sums = [start], [], [], [0.0]
        for seconds, first, last in pieces:
            self._rates.append(first)
            self._slopes.append((last - first) / seconds)
            if seconds < inf:
                self._times.append(self._times[-1] + seconds)
                self._sums.append(self._sums[-1] + seconds * (first + last) / 2)
        self._arrays = tuple(np.asarray(each) for each in (self._times, self._rates, self._slopes, self._sums))

    def rate(self, time: float) -> float:
        """Messages a second at that moment."""
        i = self._piece(time)
        return self._rates[i] + self._slopes[i] * (time - self._times[i]) if i >= 0 else 0.0

    def cumulated(self, time: float) -> float:
        """Expected messages until that moment."""
        i = self._piece(time)
        if i < 0:
            return 0.0
        past = time - self._times[i]
        return self._sums[i] + past * (self._rates[i] + self._slopes[i] * past / 2)

    def _piece(self, time: float) -> int:
        return bisect_right(self._times, time) - 1

    def inverse(self, expected: Array) -> Array:
        """The last moments at which no more than so many were expected."""
        if len(self._rates) == 1 and self._rates[0] > 0.0:
            return self._times[0] + expected / self._rates[0]
        times, rates, slopes, sums = self._arrays
        i = np.searchsorted(sums, expected, side="right") - 1
        left, rate, slope = expected - sums[i], rates[i], slopes[i]
        root = rate + np.sqrt(np.maximum(rate * rate + 2.0 * slope * left, 0.0))
        with np.errstate(divide="ignore", invalid="ignore"):
            past = np.where(slope == 0.0, left / rate, 2.0 * left / root)
        return times[i] + np.where((rate <= 0.0) & (slope <= 0.0), inf, np.where(left > 0.0, past, 0.0))


class Cycle:
    """A rate that repeats: on_off and cyclic schedule. Pieces are (seconds, rate)."""

    def __init__(self, start: float, pieces: list[tuple[float, float]]) -> None:
        seconds, rates = [each[0] for each in pieces], [each[1] for each in pieces]
        self._start, self._rates = start, rates
        self._edges: list[float] = [0.0, *np.cumsum(seconds).tolist()]
        self._sums: list[float] = [0.0, *np.cumsum([s * r for s, r in pieces]).tolist()]
        self._period, self._each = self._edges[-1], self._sums[-1]
        self._arrays = tuple(np.asarray(each) for each in (self._edges, self._rates, self._sums))

    def rate(self, time: float) -> float:
        """Messages a second at that moment."""
        return 0.0 if time < self._start else self._rates[self._within(time)[1]]

    def cumulated(self, time: float) -> float:
        """Expected messages until that moment."""
        if time < self._start:
            return 0.0
        cycles, i, past = self._within(time)
        return cycles * self._each + self._sums[i] + past * self._rates[i]

    def _within(self, time: float) -> tuple[int, int, float]:
        cycles = floor((time - self._start) / self._period)
        rest = time - self._start - cycles * self._period
        i = min(bisect_right(self._edges, rest), len(self._rates)) - 1
        return cycles, i, max(0.0, rest - self._edges[i])

    def inverse(self, expected: Array) -> Array:
        """The last moments at which no more than so many were expected."""
        if self._each == 0.0:
            return np.full_like(expected, inf)
        edges, rates, sums = self._arrays
        cycles = np.floor(expected / self._each)
        rest = np.clip(expected - cycles * self._each, 0.0, None)
        late = rest >= self._each
        cycles, rest = cycles + late, np.where(late, 0.0, rest)
        i = np.searchsorted(sums, rest, side="right") - 1
        moments: Array = self._start + cycles * self._period + edges[i] + (rest - sums[i]) / rates[i]
        return moments


class Sine:
    """rate + amplitude * sin(2 pi (t + phase) / period), cut at 0, from `start` on; the moments are found by bisection."""

    def __init__(self, load: SineLoad) -> None:
        self._start, self._period = load.start, load.period
        self._rate, self._amplitude = load.rate, load.amplitude
        self._turn = 2.0 * pi / load.period
        self._phase = load.phase
        self._each = self._area(load.period)
        self._before = self._sum(load.start + load.phase)

    def rate(self, time: float) -> float:
        """Messages a second at that moment."""
        if time < self._start:
            return 0.0
        return max(0.0, self._rate + self._amplitude * sin(self._turn * (time + self._phase)))

    def cumulated(self, time: float) -> float:
        """Expected messages until that moment."""
        return max(0.0, self._sum(time + self._phase) - self._before)

    def _sum(self, shifted: float) -> float:
        cycles = floor(shifted / self._period)
        return cycles * self._each + self._area(shifted - cycles * self._period)

    def _area(self, past: float) -> float:
        return float(self._areas(np.asarray([past], dtype=np.float64))[0])

    def _areas(self, past: Array) -> Array:
        """The area under the rate from the beginning of a period, where it is cut between `low` and `high` only."""
        if self._amplitude <= self._rate:
            return self._uncut(past)
        dip = np.arcsin(self._rate / self._amplitude) / self._turn
        low, high = self._period / 2 + dip, self._period - dip
        whole = self._uncut(np.minimum(past, low))
        return whole + np.where(past > high, self._uncut(past) - self._uncut(np.full_like(past, high)), 0.0)

    def _uncut(self, past: Array) -> Array:
        return self._rate * past + self._amplitude / self._turn * (1.0 - np.cos(self._turn * past))

    def inverse(self, expected: Array) -> Array:
        """The last moments at which no more than so many were expected."""
        if self._each <= 0.0:
            return np.full_like(expected, inf)
        wanted = expected + self._before
        cycles = np.floor(wanted / self._each)
        rest = wanted - cycles * self._each
        low, high = np.zeros_like(rest), np.full_like(rest, self._period)
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            is_more = self._areas(middle) > rest
            low, high = np.where(is_more, low, middle), np.where(is_more, middle, high)
        return np.maximum(cycles * self._period + low - self._phase, self._start)


class Burst:
    """So many messages at one instant, and again every so many seconds; a burst counts as expected after its instant."""

    def __init__(self, load: BurstLoad) -> None:
        self._messages, self._every = float(load.messages), load.every
        missed = 0 if load.every is None else max(0, -floor(-(load.start - load.at) / load.every))
        self._first = load.at + missed * (load.every or 0.0)
        if self._first < load.start:
            self._first = inf

    def rate(self, time: float) -> float:
        """Messages a second on average; 0 where there is one burst only."""
        return self._messages / self._every if self._every else 0.0

    def cumulated(self, time: float) -> float:
        """Expected messages until that moment."""
        if time <= self._first:
            return 0.0
        return self._messages * (-floor((self._first - time) / self._every) if self._every else 1)

    def inverse(self, expected: Array) -> Array:
        """The last moments at which no more than so many were expected."""
        number = np.floor(expected / self._messages)
        if self._every is None:
            return np.where(number < 1.0, self._first, inf)
        return self._first + number * self._every


class Trace:
    """Times out of a file; between two of them the count rises evenly, so that a rate is defined."""

    def __init__(self, times: tuple[float, ...], start: float) -> None:
        self._times = np.sort(np.asarray([each for each in times if each >= start], dtype=np.float64))

    def rate(self, time: float) -> float:
        """Messages a second between the two times around that moment."""
        i = int(np.searchsorted(self._times, time, side="right"))
        if not 0 < i < len(self._times):
            return 0.0
        return 1.0 / float(self._times[i] - self._times[i - 1])

    def cumulated(self, time: float) -> float:
        """Expected messages until that moment."""
        count = len(self._times)
        i = int(np.searchsorted(self._times, time, side="right")) - 1
        if i < 0 or not count:
            return 0.0
        if i == count - 1:
            return float(count)
        return i + float((time - self._times[i]) / (self._times[i + 1] - self._times[i]))

    def inverse(self, expected: Array) -> Array:
        """The last moments at which no more than so many were expected."""
        count = len(self._times)
        if not count:
            return np.full_like(expected, inf)
        i = np.clip(np.floor(expected), 0, count - 1).astype(np.int64)
        following = np.minimum(i + 1, count - 1)
        between = self._times[i] + (expected - i) * (self._times[following] - self._times[i])
        return np.where(expected < count, between, inf)


def profile_of(load: Load) -> Profile:
    """The profile of a load shape."""
    start = load.start
    match load:
        case ConstantLoad(rate=rate) | PoissonLoad(rate=rate):
            return Pieces(start, [(inf, rate, rate)])
        case StepLoad(rate=rate, to=to, at=at):
            return Pieces(start, [*_until(at - start, rate, rate), (inf, to, to)])
        case RampLoad():
            return _ramp(load)
        case SineLoad():
            return Sine(load)
        case OnOffLoad(rate=rate, on=on, off=off):
            return Cycle(start, [(on, rate), (off, 0.0)])
        case ScheduleLoad(steps=steps, cyclic=True):
            return Cycle(start, [(seconds, rate) for rate, seconds in steps])
        case ScheduleLoad(steps=steps):
            return Pieces(start, [*((seconds, rate, rate) for rate, seconds in steps), (inf, 0.0, 0.0)])
        case BurstLoad():
            return Burst(load)
        case TraceLoad(times=times):
            return Trace(times, start)


def _until(seconds: float, first: float, last: float) -> list[tuple[float, float, float]]:
    return [(seconds, first, last)] if seconds > 0.0 else []


def _ramp(load: RampLoad) -> Pieces:
    """A ramp that begins before the load does is entered on the way."""
    start, at, over, rate, to = load.start, load.at, load.over, load.rate, load.to
    entered = min(max(start - at, 0.0), over)
    reached = rate + (to - rate) * entered / over
    way = _until(over - entered, reached, to)
    return Pieces(start, [*_until(at - start, rate, rate), *way, (inf, to, to)])
