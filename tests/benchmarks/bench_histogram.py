"""Recording one latency: our histogram against hdrhistogram: python -m tests.benchmarks.bench_histogram

CPU time of a value: ours with all that follows (gathering each second's worth, folding), the peer's `record_value` in microseconds with
two digits, an error like ours. Runs are interleaved; the ratio is the median of five, with the smallest and the greatest.
"""

from __future__ import annotations

import statistics
import time

from hdrh.histogram import HdrHistogram

from mqviz.model.distributions import Exponential
from mqviz.model.histogram import Histogram
from mqviz.sim.chance import draws, stream

ROUNDS = 5
VALUES = 400_000
SECOND = 1_000
"""Values between two calls of `fold`, which a run makes once a second."""


def latencies() -> list[float]:
    """Seconds, 10 ms on the average."""
    draw = draws(Exponential(mean=0.01), stream(1, "bench", "latency"))
    return [draw() for _ in range(VALUES)]


def ours(values: list[float]) -> float:
    """CPU seconds for all of them, as a run records them; the statistics at the end included."""
    begun = time.process_time()
    histogram = Histogram()
    add = histogram.add
    for start in range(0, VALUES, SECOND):
        for value in values[start : start + SECOND]:
            add(value)
        histogram.fold()
    assert histogram.counts().count == VALUES
    return time.process_time() - begun


def hdrhistogram(values: list[float]) -> float:
    """CPU seconds of the peer for a tenth of them, times ten."""
    some = values[::10]
    begun = time.process_time()
    histogram = HdrHistogram(1, 3_600_000_000, 2)
    record = histogram.record_value
    for value in some:
        record(int(value * 1e6))
    assert histogram.get_total_count() == len(some)
    return (time.process_time() - begun) * VALUES / len(some)


def main() -> None:
    """Print one line."""
    values = latencies()
    pairs = [(ours(values), hdrhistogram(values)) for _ in range(ROUNDS)]
    ratios = sorted(peer / mine for mine, peer in pairs)
    mine, peer = (statistics.median(pair[i] for pair in pairs) / VALUES * 1e9 for i in (0, 1))
    print(
        f"one latency over hdrhistogram: {statistics.median(ratios):.1f}x ({ratios[0]:.1f} to {ratios[-1]:.1f}, {ROUNDS} runs; reach 10x);"
        f" {mine:.0f} against {peer:.0f} nanoseconds each"
    )


if __name__ == "__main__":
    main()
