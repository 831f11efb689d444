"""Figures that are told instead of recorded."""

from __future__ import annotations

from mqviz.viewmodel.trends import Trend


class Told:
    """Knows the rates and trends that it was given, and no others."""

    def __init__(self, rates: dict[tuple[str, str], float] | None = None, trends: dict[str, Trend] | None = None) -> None:
        self._rates, self._trends = rates or {}, trends or {}

    def rate(self, node: str, what: str) -> float | None:
        return self._rates.get((node, what))

    def trend(self, queue: str) -> Trend:
        return self._trends.get(queue, Trend())
