"""Several runs of one scenario: with different seeds, different values of one setting, or on different brokers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, to_builtins

from mqviz.model.intervals import Interval, interval
from mqviz.model.result import Result

_NO_FIGURES = {"seed", "series", "members"}


class Repeated(Struct, frozen=True, kw_only=True):
    """Runs that differ in their seed alone; the first stands for all where one is wanted."""

    runs: tuple[Result, ...]

    @property
    def first(self) -> Result:
        """The run with the scenario's own seed."""
        return self.runs[0]

    def figures(self) -> dict[str, Interval]:
        """Mean and 95 % interval of every figure, by its way through the result (`latency.p95`); without what was never told.

        A run that was interrupted does not count, unless there is no other.
        """
        found: dict[str, list[float]] = {}
        for run in [run for run in self.runs if not run.interrupted] or self.runs:
            for name, value in figures_of(run).items():
                found.setdefault(name, []).append(value)
        return {name: interval(values) for name, values in found.items()}


class Varied(Struct, frozen=True, kw_only=True):
    """The same scenario with one setting after the other: `path` is the setting, each value goes with its runs."""

    path: str
    values: tuple[str, ...]
    runs: tuple[Repeated, ...]


class Beside(Struct, frozen=True, kw_only=True):
    """A run on a live broker, with the same in the simulator beside it."""

    run: Result
    simulated: Result


Report = Result | Repeated | Varied | Beside


def figures_of(result: Result) -> dict[str, float]:
    """Every number of a result that a repetition may change, by its way through the result."""
    return dict(_numbers(to_builtins(result), ()))


def _numbers(table: Mapping[str, Any], way: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    for key, value in table.items():
        if key in _NO_FIGURES:
            continue
        if isinstance(value, dict):
            yield from _numbers(value, (*way, key))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield ".".join((*way, key)), value
