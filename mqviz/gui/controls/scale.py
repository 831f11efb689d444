"""From a value to a place on a slider and back."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

STEPS = 1000
"""Places on a slider."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A range of values, rounded to `decimals`, linear or logarithmic.

    A logarithmic scale that begins at 0 keeps its first place for 0; the rest begins at the smallest value that can be written.
    """

    low: float
    high: float
    decimals: int = 0
    logarithmic: bool = False

    def __post_init__(self) -> None:
        if not self.low < self.high or (self.logarithmic and self.low < 0):
            raise ValueError(f"no scale from {self.low} to {self.high}")

    @property
    def _floor(self) -> float:
        return self.low or 10.0**-self.decimals

    def clamp(self, value: float) -> float:
        """The nearest value of the range, rounded."""
        return round(min(max(value, self.low), self.high), self.decimals)

    def value(self, place: int) -> float:
        """The value at a place from 0 to `STEPS`."""
        share = place / STEPS
        if not self.logarithmic:
            return self.clamp(self.low + share * (self.high - self.low))
        if self.low == 0 and place == 0:
            return 0.0
        return self.clamp(self._floor * exp(share * log(self.high / self._floor)))

    def place(self, value: float) -> int:
        """The place of a value, from 0 to `STEPS`."""
        value = self.clamp(value)
        if not self.logarithmic:
            return round(STEPS * (value - self.low) / (self.high - self.low))
        if value <= self._floor:
            return 0 if self.low or value == 0 else 1
        return max(1, round(STEPS * log(value / self._floor) / log(self.high / self._floor)))
