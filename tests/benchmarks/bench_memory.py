"""Memory of the whole process with a million small messages in one queue: python -m tests.benchmarks.bench_memory [MESSAGES]

Each message has a body of its own, of 16 bytes, and enters like any client's. The number printed is the most that was resident, in MB.
"""

from __future__ import annotations

import resource
import sys

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from tests.engine.clients import client, declare


def resident() -> float:
    """The most that this process ever had in memory, in MB of 10^6 bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def fill(messages: int) -> Broker:
    """A broker with so many messages in a queue."""
    broker = Broker(Scheduler())
    declare(broker, "work")
    publish = client(broker).channel.publish
    for number in range(messages):
        publish("", "work", b"%016d" % number)
    return broker


def main(messages: int) -> None:
    """Print the memory in MB."""
    before, broker = resident(), fill(messages)
    assert len(broker.queues["work"].ready) == messages
    print(f"{resident():.0f} MB with {messages:,} messages; {before:.0f} MB without")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
