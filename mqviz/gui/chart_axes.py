"""Scales of the curves: round numbers on the right, moments below, decades for durations."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QCoreApplication

from mqviz.viewmodel.series import Floats

_NICE = (1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_AIR = 1.04
_TIME_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 36000, 86400)
_LEAST_DURATION = 1e-6


@dataclass(frozen=True, slots=True)
class Linear:
    """From 0 to a round number with a round half, so that three labels are enough."""

    top: float

    @staticmethod
    def reaching(peak: float) -> Linear:
        """The smallest such scale that `peak` fits in, with a little air."""
        if not peak > 0.0:
            return Linear(1.0)
        wanted = peak * _AIR
        power = 10.0 ** floor(log10(wanted))
        return Linear(next(power * step for step in _NICE if power * step >= wanted * 0.999999))

    def places(self, values: Floats) -> Floats:
        """Shares of the height, 0 at the bottom."""
        return values / self.top

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Places and labels."""
        return (0.0, "0"), (0.5, compact(self.top / 2)), (1.0, compact(self.top))


@dataclass(frozen=True, slots=True)
class Logarithmic:
    """Durations in seconds, over powers of ten from `low` to `high`."""

    low: float
    high: float

    @staticmethod
    def over(least: float, greatest: float) -> Logarithmic:
        """Half decades that hold both, two whole ones at least. Not numbers: 1 ms to 1 s."""
        if not greatest > 0.0:
            return Logarithmic(-3.0, 0.0)
        low = floor(2.0 * log10(max(least, _LEAST_DURATION)) + 1e-6) / 2.0
        high = ceil(2.0 * log10(max(greatest, _LEAST_DURATION)) - 1e-6) / 2.0
        middle = (low + high) / 2.0
        return Logarithmic(min(low, floor(2.0 * (middle - 1.0)) / 2.0), max(high, floor(2.0 * (middle - 1.0)) / 2.0 + 2.0))

    def places(self, values: Floats) -> Floats:
        """Shares of the height; what is less than the least goes on the floor."""
        with np.errstate(invalid="ignore"):
            shares: Floats = (np.log10(np.maximum(values, 10.0**self.low)) - self.low) / (self.high - self.low)
        return shares

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Places and labels of up to three decades."""
        decades = range(ceil(self.low), floor(self.high) + 1)
        shown = [*decades][:: ceil(len(decades) / 3)]
        return tuple(((decade - self.low) / (self.high - self.low), duration(10.0**decade)) for decade in shown)


Scale = Linear | Logarithmic


def compact(value: float) -> str:
    """A number in few letters: 0.25, 400, 1.5k, 20k, 3M."""
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.3g}{unit}"
    return f"{value:.3g}"


def figure(value: float | None) -> str:
    """A number as it stands under a legend: whole from 10 on, in thousands from 100,000 on."""
    if value is None:
        return "–"
    if abs(value) >= 99_999.5:
        return compact(value)
    if abs(value) >= 9.95 or value == round(value):
        return f"{round(value):,}"
    return f"{value:.1f}"


def duration(seconds: float | None) -> str:
    """A duration with three digits at most."""
    if seconds is None:
        return "–"
    if seconds >= 1.0:
        return in_seconds(_digits(seconds))
    return f"{_digits(seconds * 1e3)} ms" if seconds >= 1e-3 or seconds == 0.0 else f"{_digits(seconds * 1e6)} µs"


def in_seconds(digits: str) -> str:
    """Seconds with their unit in the language of the window."""
    return QCoreApplication.translate("ChartAxes", "{0} s").format(digits)


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 99.5 else f"{value:.2g}" if value < 9.95 else f"{value:.0f}"


def clock(seconds: float, step: float = 1.0) -> str:
    """A moment as mm:ss (h:mm:ss from an hour on), with tenths where the step needs them."""
    sign, seconds = ("−" if seconds < -1e-9 else ""), abs(seconds)
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    text = f"{rest / 10:04.1f}" if step < 1.0 else f"{rest // 10:02d}"
    return f"{sign}{hours}:{minutes:02d}:{text}" if hours else f"{sign}{minutes:02d}:{text}"


def time_step(span: float, most: int) -> float:
    """Seconds between moments of the axis: round, so that at most so many fit."""
    return next((step for step in _TIME_STEPS if span / step <= max(most, 1)), _TIME_STEPS[-1])


def moments(first: float, last: float, step: float, origin: float = 0.0) -> Floats:
    """All moments from `first` to `last` that lie whole steps from `origin`."""
    start = ceil((first - origin) / step - 1e-6)
    places = np.arange(start, floor((last - origin) / step + 1e-6) + 1, dtype=np.float64)
    return origin + step * places
