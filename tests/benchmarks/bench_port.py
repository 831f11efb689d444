"""The AMQP port against its peer: the same programs against `mqviz serve` and a private RabbitMQ, in turns.

    python -m tests.benchmarks.bench_port [ROUNDS]

The server is a process of its own each time; the clients run here. Ratios are of one round, ours to RabbitMQ's; the median is told
with the smallest and the greatest. For latency and memory lower is better.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks import port_load as load
from tests.cli.program import surroundings
from tests.rabbitmq_node import Node

Measure = Callable[[int], float]

RATES: tuple[tuple[str, float, Measure], ...] = (
    ("pika, no confirms, messages/s", 1.5, lambda port: load.pika_through(port, 4_000)),
    ("pika, confirms, messages/s", 1.0, lambda port: load.pika_confirmed(port, 1_500)),
    ("raw frames, prefetch 500, messages/s", 3.0, lambda port: load.raw_through(port, 30_000)),
)
"""What is measured, the ratio to reach, and how."""

CROWDS = (("1,000 connections with 10 channels", 1_000, 10), ("one connection with 2,047 channels", 1, 2_047))
QUEUED = 100_000
HANDLES = 8192


@contextmanager
def our_server() -> Iterator[tuple[int, int]]:
    """`mqviz serve`: its port and its process."""
    command = [sys.executable, "-m", "mqviz", "serve", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=surroundings()) as program:
        assert program.stderr is not None
        found = re.search(r":(\d+)/", program.stderr.readline())
        assert found is not None
        drain = subprocess.Popen(["cat"], stdin=program.stderr, stdout=subprocess.DEVNULL)
        try:
            yield int(found[1]), program.pid
        finally:
            program.terminate()
            program.wait()
            drain.wait()


def resident(process: int) -> int:
    """Bytes of memory that a process has."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def told(name: str, ours: list[float], theirs: list[float], reach: float, unit: str) -> str:
    """A line of the table."""
    ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    middle, spread = statistics.median(ratios), f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    figures = f"{statistics.median(ours):,.4g} against {statistics.median(theirs):,.4g} {unit}"
    return f"{name:44} {middle:5.2f}x ({spread}), to reach {reach:g}x; {figures}"


def compare(rounds: int, port: int, node: Node) -> None:
    """The rates and latencies."""
    for name, reach, measure in RATES:
        ours, theirs = [], []
        for _ in range(rounds):
            theirs.append(measure(node.port))
            ours.append(measure(port))
        print(told(name, ours, theirs, reach, ""), flush=True)
    p50: tuple[list[float], list[float]] = ([], [])
    p99: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for side, where in ((1, node.port), (0, port)):
            found = load.latencies(where, 1_000, 3.0)
            p50[side].append(found[len(found) // 2] * 1e6)
            p99[side].append(found[len(found) * 99 // 100] * 1e6)
    print(told("publish to deliver at 1,000/s, p50 (lower)", *p50, 1.0, "us"), flush=True)
    print(told("publish to deliver at 1,000/s, p99 (lower)", *p99, 1.0, "us"), flush=True)


def memory(port: int, ours: int, node: Node) -> None:
    """Bytes for a queued message of 1 KB."""
    theirs = int(re.sub(r"\D", "", node.evaluate("os:getpid()")))
    grown = []
    for where, process in ((port, ours), (node.port, theirs)):
        before = resident(process)
        load.fill(where, QUEUED, 1024)
        grown.append((resident(process) - before) / QUEUED)
        load.delete(where, "full")
    print(told("memory for a queued 1-KB message (lower)", grown[:1], grown[1:], 0.7, "bytes"), flush=True)


def crowds(port: int, node: Node) -> None:
    """Many connections, many channels, many busy clients."""
    for name, connections, channels in CROWDS:
        theirs, ours = load.crowd(node.port, connections, channels), load.crowd(port, connections, channels)
        print(told(f"{name}, seconds (lower)", [ours], [theirs], 1.0, "s"), flush=True)
    theirs_fair, ours_fair = load.fairness(node.port, 100, 3.0), load.fairness(port, 100, 3.0)
    print(f"100 busy clients, least over mean: {ours_fair[0]:.2f} against {theirs_fair[0]:.2f}")
    print(f"100 busy clients, messages/s: {ours_fair[1]:,.0f} against {theirs_fair[1]:,.0f}")


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(HANDLES, most), most))
    print(f"{rounds} rounds; load {os.getloadavg()[0]:.1f}")
    with Node() as node, our_server() as (port, process):
        compare(rounds, port, node)
        memory(port, process, node)
        crowds(port, node)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
