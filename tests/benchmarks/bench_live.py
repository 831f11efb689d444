"""A broker with 5,000 queues, 5,000 bindings and 1,000 consumers, watched: python -m tests.benchmarks.bench_live [--json]

Told are: when the first picture was there and when the whole, beside the broker's own time for the same answers asked one after the
other; our CPU and memory at an interval of 5 s; and the CPU of the broker for a round of ours, beside the requests that the pages of
its own management interface make every 5 s. Backend alone: the window has a benchmark of its own.
"""

import http.client
import json
import os
import resource
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Event

from mqviz.backends import management
from mqviz.backends.management import Ask
from mqviz.backends.rabbitmq import RabbitBackend
from mqviz.clock import WallClock
from mqviz.model.backend import Refresh, SetInterval
from mqviz.model.feed import FeedState, LiveBroker
from tests.backends.crowd import Crowd, fill
from tests.rabbitmq_node import HOST, Node, NodeError, Vhost

INTERVAL = 5.0
WATCHED = 60.0
FRAMES = 30
RUNS, WINDOWS, TRIES = 5, 4, 5

UI_QUEUES = (
    "/api/overview",
    "/api/queues?page=1&page_size=100&name=&use_regex=false&pagination=true",
    "/api/vhosts",
)
UI_OVERVIEW = (
    "/api/overview?lengths_age=60&lengths_incr=5&msg_rates_age=60&msg_rates_incr=5",
    "/api/nodes",
    "/api/vhosts",
)
UI_ALL = ("/api/queues",)
"""What a script asks that wants to see all queues."""


def main() -> None:
    """Measure once, and print."""
    with Node() as node, node.vhost() as vhost:
        fill(vhost)
        with Crowd(vhost):
            found = measured(vhost)
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    for name, value in found.items():
        print(f"{name:52} {value:10.4g}")


def measured(vhost: Vhost) -> dict[str, float]:
    """All figures; seconds, bytes, shares."""
    settle(vhost)
    found = first_look(vhost)
    raw = [raw_round(vhost) for _ in range(RUNS)]
    found["the broker's own time for the same answers, s"] = median(raw)
    found["whole / the broker's own time"] = found["whole picture after, s"] / found["the broker's own time for the same answers, s"]
    found |= steady(vhost)
    return found | broker_load(vhost)


def settle(vhost: Vhost) -> None:
    """Until the broker has statistics of the last queue."""
    deadline = time.monotonic() + 120.0
    while True:
        queues = vhost.api("GET", "/api/queues/{vhost}?columns=messages")
        consumers = vhost.api("GET", "/api/consumers/{vhost}?columns=consumer_tag")
        if len(consumers) >= 1000 and all("messages" in each for each in queues):
            return
        assert time.monotonic() < deadline


def backend_of(vhost: Vhost, news: Event) -> RabbitBackend:
    """Looks every 5 s."""
    node = vhost.node
    broker = LiveBroker(port=node.port, management=f"http://{HOST}:{node.management_port}", virtual_host=vhost.name, interval=INTERVAL)
    return RabbitBackend(broker, "guest", WallClock(), wake=news.set)


def first_look(vhost: Vhost) -> dict[str, float]:
    """From the start to the first and to the whole picture."""
    began = time.monotonic()
    news = Event()
    backend, first = backend_of(vhost, news), None
    while True:
        update = backend.observe()
        if update.snapshot.queues and first is None:
            first = time.monotonic() - began
        if update.feed is not None and update.feed.state is FeedState.SEEING:
            break
        news.wait(0.01)
    whole = time.monotonic() - began
    snapshot = update.snapshot
    assert (len(snapshot.queues), len(snapshot.bindings), len(snapshot.consumers)) == (5000, 5000, 1000)
    backend.close()
    return {"first picture after, s": first or whole, "whole picture after, s": whole}


def asks(vhost: Vhost) -> list[Ask]:
    """The questions of a first round."""
    name = vhost.name
    pages = [management.queues(name, page) for page in range(1, 11)]
    clients = [management.connections(), management.channels(), management.channels(2), management.channels(3), management.consumers(name)]
    once = [management.whoami(), management.overview(), management.vhosts(), management.policies(name), management.exchanges(name)]
    return [*once, *pages, management.bindings(name), *clients, management.nodes()]


def raw_round(vhost: Vhost) -> float:
    """The same questions on one plain connection, thrown away."""
    return ask_all(vhost, [ask.path for ask in asks(vhost)])


def ask_all(vhost: Vhost, paths: list[str] | tuple[str, ...]) -> float:
    connection = http.client.HTTPConnection(HOST, vhost.node.management_port, timeout=60)
    headers = {"Authorization": f"Basic {b64encode(b'guest:guest').decode()}", "Accept-Encoding": "gzip"}
    began = time.monotonic()
    for path in paths:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, path
    connection.close()
    return time.monotonic() - began


def steady(vhost: Vhost) -> dict[str, float]:
    """Our CPU and memory while it is watched and observed as a window does."""
    frames = Event()
    backend = backend_of(vhost, Event())
    while backend.observe().feed.state is not FeedState.SEEING:  # type: ignore[union-attr]
        frames.wait(0.01)
    feed = backend.observe().feed
    assert feed is not None
    before, cpu, began = (feed.requests, feed.bytes), time.process_time(), time.monotonic()
    longest = 0.0
    while time.monotonic() - began < WATCHED:
        frame = time.thread_time()
        backend.observe()
        longest = max(longest, time.thread_time() - frame)
        frames.wait(1 / FRAMES)
    spent, seconds = time.process_time() - cpu, time.monotonic() - began
    feed = backend.observe().feed
    assert feed is not None
    backend.close()
    return {
        "share of a core": spent / seconds,
        "longest observation, s of CPU": longest,
        "memory (peak), MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "requests each 5 s": (feed.requests - before[0]) / seconds * INTERVAL,
        "bytes each 5 s": (feed.bytes - before[1]) / seconds * INTERVAL,
    }


def broker_load(vhost: Vhost) -> dict[str, float]:
    """CPU seconds and million reductions (Erlang's steps of work, which other programs do not disturb) of the node in 5 s, by who asks.

    What it does by itself in the same time, measured in turns, is taken off.
    """
    backend = backend_of(vhost, Event())
    backend.submit(SetInterval(seconds=None))
    ways: dict[str, Callable[[], object]] = {
        "nobody": lambda: None,
        "ours": lambda: refresh(backend),
        "the interface's page of queues": lambda: ask_all(vhost, UI_QUEUES),
        "the interface's overview": lambda: ask_all(vhost, UI_OVERVIEW),
        "all queues in one answer": lambda: ask_all(vhost, UI_ALL),
    }
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    process = _told(vhost, "list_to_integer(os:getpid())")
    for _ in range(WINDOWS):
        for name, do in ways.items():
            spent[name].append(in_a_window(vhost, process, do))
    backend.close()
    found = {}
    for place, unit in enumerate(("CPU s", "million reductions")):
        alone = median(each[place] for each in spent["nobody"])
        found |= {f"broker in 5 s, {name}, {unit}": median(each[place] for each in every) - alone for name, every in spent.items()}
        found[f"broker in 5 s, nobody, {unit}"] = alone
    return found


def in_a_window(vhost: Vhost, process: int, do: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds and million reductions in 5 s in which this is done once."""
    before, began = (_cpu(process), _reductions(vhost)), time.monotonic()
    do()
    Event().wait(max(0.0, began + INTERVAL - time.monotonic()))
    share = INTERVAL / (time.monotonic() - began)
    return (_cpu(process) - before[0]) * share, (_reductions(vhost) - before[1]) * share / 1e6


def _reductions(vhost: Vhost) -> int:
    return _told(vhost, "element(1, erlang:statistics(exact_reductions))")


def _told(vhost: Vhost, expression: str) -> int:
    """A busy node now and then does not take the call."""
    for _ in range(TRIES - 1):
        try:
            return int(vhost.node.evaluate(expression))
        except NodeError:
            Event().wait(0.5)
    return int(vhost.node.evaluate(expression))


def refresh(backend: RabbitBackend) -> None:
    """One round, to its end."""
    before = backend.observe().snapshot
    began = before.time - before.age
    backend.submit(Refresh())
    while (now := backend.observe().snapshot).time - now.age <= began + 1e-6:
        Event().wait(0.005)


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
