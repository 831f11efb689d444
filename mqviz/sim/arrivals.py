"""When the messages of one producer arrive: absolute times of its loads, merged, with a rate that can be scaled as it runs.

Scaling by f at a moment stretches what is left of the way to the next message by 1/f and all that follows, so a spike
neither repeats nor skips luck: the numbers drawn are the same, only the times they mean change.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from math import inf

import numpy as np

from mqviz.model.load import BurstLoad, ConstantLoad, Load, OnOffLoad, PoissonLoad, ScheduleLoad, SineLoad, TraceLoad
from mqviz.sim.chance import Luck, block_sizes, stream
from mqviz.sim.profiles import Array, profile_of


class _Source:
    """The times of one load, drawn ahead in blocks.

    `_steps` are positions on a way where one message is due at every unit (on average, where random); the profile says
    when a position is reached. Those behind `_placed` lie beyond `until`, or are never reached at the present scale.
    """

    def __init__(self, load: Load, luck: Luck, since: float) -> None:
        self._load = load
        self._profile = profile_of(load)
        self._luck = luck if isinstance(load, PoissonLoad) or load.random else None
        self._most = inf if isinstance(load, BurstLoad) or load.messages is None else load.messages
        self._until = inf if load.until is None else load.until
        self._since = since
        self._sizes: Iterator[int] = block_sizes()
        self._steps: Array = np.empty(0)
        self._placed = 0
        self._drawn = 0
        self._reached = 0.0
        self._scale = 1.0
        self._anchor = (0.0, 0.0)
        self.ahead: list[float] = []
        self.is_over = False

    def rate(self, time: float) -> float:
        """Messages a second at that moment, unscaled."""
        return self._profile.rate(time) if time < self._until else 0.0

    def written_rate(self, time: float) -> float:
        """The rate that the file names, for what is left of the load; a step's or a ramp's is that of the moment."""
        load = self._load
        if time >= self._until or (self.is_over and not self.ahead):
            return 0.0
        return load.rate if isinstance(load, OnOffLoad | SineLoad) else self._profile.rate(max(time, load.start))

    @property
    def is_endless(self) -> bool:
        """Whether it has no end by itself."""
        load = self._load
        ends = load.until is not None or isinstance(load, TraceLoad) or (isinstance(load, ScheduleLoad) and not load.cyclic)
        is_single = isinstance(load, BurstLoad) and load.every is None
        return not (ends or is_single or self._most < inf)

    def look_ahead(self) -> None:
        """Fill `ahead` where it is empty and there is more."""
        while not self.ahead and not self.is_over:
            self._steps = self._next_steps(next(self._sizes))
            self._place()

    def _next_steps(self, size: int) -> Array:
        if self._luck is None:
            numbers: Array = np.arange(self._drawn, self._drawn + size, dtype=np.float64)
        else:
            numbers = self._reached + np.cumsum(self._luck.generator.standard_exponential(size))
            self._reached = float(numbers[-1])
        self._drawn += size
        return numbers[: max(0, int(min(size, self._most - self._drawn + size)))]

    def _place(self) -> None:
        """Find the times of all steps at hand."""
        from_step, from_expected = self._anchor
        steps = self._steps if self._scale > 0.0 else np.empty(0)
        times = self._profile.inverse(from_expected + (steps - from_step) / (self._scale or 1.0))
        self._placed = int(np.searchsorted(times, self._until, side="left"))
        self.is_over = self._placed < len(self._steps) or self._drawn >= self._most
        missed = int(np.searchsorted(times, self._since, side="left"))
        self.ahead = times[missed : self._placed].tolist()

    def rescale(self, now: float, scale: float) -> None:
        """From now on so many times the rate; `ahead` holds all that was not used."""
        from_step, from_expected = self._anchor
        expected = self._profile.cumulated(now)
        self._anchor = (from_step + (expected - from_expected) * self._scale, expected)
        self._scale = scale
        self._steps = self._steps[self._placed - len(self.ahead) :]
        self._place()
        self.ahead = [max(time, now) for time in self.ahead]


class Arrivals:
    """The merged times of a list of loads of one producer, from `since` on; ties in the order of the list.

    `upcoming` holds the next times, the soonest last: take them with `pop`, then call `refill`. Luck comes from the
    streams (seed, name, "load.0"), "load.1" ...: one for each load.
    """

    def __init__(self, loads: tuple[Load, ...], seed: int, name: str, since: float = 0.0) -> None:
        self._seed, self._name = seed, name
        self._sources: list[_Source] = []
        self._owners: list[int] = []
        self._scale = 1.0
        self.upcoming = array("d")
        for load in loads:
            self._add(load, since)

    def _add(self, load: Load, since: float) -> None:
        luck = stream(self._seed, self._name, f"load.{len(self._sources)}")
        self._sources.append(_Source(load, luck, since))

    def refill(self) -> bool:
        """Look further ahead when `upcoming` is used up; whether there is more (at the present scale)."""
        for source in self._sources:
            source.look_ahead()
        horizon = min((each.ahead[-1] for each in self._sources if each.ahead), default=inf)
        if len(self._sources) == 1:
            self.upcoming.extend(reversed(self._sources[0].ahead))
            self._sources[0].ahead = []
        else:
            self._merge(horizon)
        return bool(self.upcoming)

    def _merge(self, horizon: float) -> None:
        """Move what comes up to the horizon, behind which some source may still have more."""
        merged: list[tuple[float, int]] = []
        for i, source in enumerate(self._sources):
            count = int(np.searchsorted(source.ahead, horizon, side="right"))
            merged.extend((time, i) for time in source.ahead[:count])
            source.ahead = source.ahead[count:]
        merged.sort(reverse=True)
        self.upcoming.extend(time for time, _ in merged)
        self._owners = [i for _, i in merged]

    def _unmerge(self) -> None:
        """Give what was not used back to its sources."""
        unused: list[list[float]] = [[] for _ in self._sources]
        for position, time in enumerate(self.upcoming):
            unused[self._owners[position] if len(self._sources) > 1 else 0].append(time)
        for source, times in zip(self._sources, unused, strict=True):
            source.ahead = [*reversed(times), *source.ahead]
        del self.upcoming[:]

    def give_back(self, time: float) -> None:
        """Put the time that was taken last back again, unused."""
        self.upcoming.append(time)

    @property
    def is_over(self) -> bool:
        """Whether nothing will come any more, at the present scale."""
        return not self.upcoming and all(each.is_over and not each.ahead for each in self._sources)

    @property
    def is_endless(self) -> bool:
        """Whether some load has no end by itself."""
        return any(each.is_endless for each in self._sources)

    def rate(self, time: float) -> float:
        """Messages a second that are asked for at that moment, as scaled."""
        return self._scale * sum(source.rate(time) for source in self._sources)

    def written_rate(self, time: float) -> float:
        """The same as the file has it, and with the rate of "on" for a load that is switched off just now."""
        return sum(source.written_rate(time) for source in self._sources)

    def scale(self, now: float, factor: float) -> None:
        """From now on so many times the rate of the file."""
        self._unmerge()
        self._scale = factor
        for source in self._sources:
            source.rescale(now, factor)

    def add_constant(self, now: float, rate: float) -> None:
        """An even load more, from now on: the only way to a rate for loads that have none."""
        self._unmerge()
        self._add(ConstantLoad(start=now, rate=rate), now)
