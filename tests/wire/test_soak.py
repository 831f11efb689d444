"""Half an hour at full load, with clients that come and go: the server's memory stays flat."""

import os
import statistics
import time

import pytest

from tests.benchmarks import port_load as load
from tests.benchmarks.bench_port import our_server, resident

SECONDS = float(os.environ.get("MQVIZ_SOAK_SECONDS", "1800"))
WARM_UP = 0.2
"""Share of the time in which caches fill and the allocator takes what it needs."""


@pytest.mark.long
@pytest.mark.timeout(2 * SECONDS + 300)
def test_memory_is_flat_under_full_load() -> None:
    with our_server() as (port, process):
        found: list[tuple[float, int]] = []
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < SECONDS:
            load.raw_through(port, 20_000)
            load.pika_through(port, 500)
            load.crowd(port, 20, 20)
            found.append((passed, resident(process)))
    settled = [size for passed, size in found if passed > WARM_UP * SECONDS]
    third = len(settled) // 3
    early, late = statistics.median(settled[:third]), statistics.median(settled[-third:])
    print(f"{len(found)} rounds, {early / 2**20:.1f} MiB early, {late / 2**20:.1f} MiB late")
    assert late < 1.05 * early + 2**20
