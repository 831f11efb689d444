"""How much load our own clients can make on a private RabbitMQ: python -m tests.benchmarks.bench_experiment

One producer publishes evenly without confirms, two consumers take with prefetch 100 and no service time. `late`: by how much clients
were late; CPU is that of this process, and so leaves the broker out.
"""

import os
import tempfile
import time
from pathlib import Path

from mqviz.model.scenario import Scenario
from tests.backends.live_scenarios import live, scenario_of
from tests.rabbitmq_node import Node

SECONDS = 6.0
RATES = (500, 1_000, 2_000, 4_000, 8_000)
TEXT = """
name = "Rate"
duration = {seconds}
queues = [{{ name = "work" }}]
producers = [{{ name = "shop", routing_key = "work", load = {{ shape = "constant", rate = {rate} }} }}]
consumers = [{{ name = "server", queue = "work", count = 2, prefetch = 100 }}]
"""


def scenario(rate: int) -> Scenario:
    """So many a second for some seconds."""
    return scenario_of(TEXT.format(seconds=SECONDS, rate=rate))


def main() -> None:
    """Print a row a rate."""
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'asked/s':>8} {'made/s':>8} {'done/s':>8} {'late p99':>10} {'behind':>8} {'kept up':>8} {'us CPU/message':>15}")
    with Node() as node, tempfile.TemporaryDirectory() as folder:
        for rate in RATES:
            began = time.process_time()
            result = live(node, Path(folder), scenario(rate))
            spent = time.process_time() - began
            clients, done = result.clients, result.ledger.copies.acknowledged or 0
            assert clients is not None
            figures = f"{clients.late.p99 or 0.0:>9.3f}s {clients.behind:>7.3f}s {clients.kept_up!s:>8} {spent / max(1, done) * 1e6:>15.0f}"
            print(f"{clients.asked / SECONDS:>8.0f} {clients.made / SECONDS:>8.0f} {done / SECONDS:>8.0f} {figures}")


if __name__ == "__main__":
    main()
