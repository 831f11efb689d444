"""Durations that a run measures: histograms by what they are of, folded now and then, forgotten at the end of the warm-up."""

from __future__ import annotations

from mqviz.model.histogram import Histogram
from mqviz.model.result import Summary


class Measures:
    """All histograms of a run. `latency`: from arrival to the end of the work."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, str], Histogram] = {}
        self.latency = self.of("latency", "")

    def of(self, kind: str, name: str) -> Histogram:
        """The histogram of a kind ("wait", "service" ...) and the name of what it is of."""
        key = (kind, name)
        histogram = self._all.get(key)
        if histogram is None:
            histogram = self._all[key] = Histogram()
        return histogram

    def summary(self, kind: str, name: str) -> Summary:
        """Its statistics so far."""
        histogram = self._all.get((kind, name))
        return summary(histogram) if histogram is not None else Summary()

    def fold(self) -> None:
        """Count what waits, where it is enough to be worth it."""
        for histogram in self._all.values():
            histogram.fold()

    def clear(self) -> None:
        """Forget all durations: the warm-up is over."""
        for histogram in self._all.values():
            histogram.clear()


def summary(histogram: Histogram) -> Summary:
    """Statistics of a histogram; None where nothing was counted."""
    counts = histogram.counts()
    return Summary(
        count=counts.count,
        mean=counts.mean,
        p50=counts.quantile(0.5),
        p95=counts.quantile(0.95),
        p99=counts.quantile(0.99),
        max=counts.greatest if counts.count else None,
    )
