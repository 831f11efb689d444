"""The simulator against its peers: M/M/1 and M/M/5 over SimPy and Ciw, and a whole topology over SimPy.

    python -m tests.benchmarks.bench_sim

The same arrival and service rates, whole results: the peers keep each waiting time, ours keeps its ledger, histograms and series.
Compared is the CPU time of a customer, from the difference between a long and a short run, so that start-up drops out. Runs
are interleaved; a ratio is the median of five, with the smallest and the greatest.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Generator
from functools import partial
from typing import Any, NamedTuple

import ciw
import simpy

from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, QueueSpec
from mqviz.model.distributions import Exponential
from mqviz.model.load import PoissonLoad
from mqviz.model.scenario import ConsumerSpec, Fail, ProducerSpec, Scenario
from mqviz.sim.simulation import Simulation

ROUNDS = 5
ARRIVAL = 800.0
"""Customers a second; together the servers could serve 1,000."""

SERVICE = 1000.0

Run = Callable[[int], int]
"""Simulates about so many customers; how many there were."""


# -- one queue ----------------------------------------------------------------------------------------


def ours(workers: int, customers: int) -> int:
    """A producer, a queue, a consumer with so many workers."""
    scenario = Scenario(
        duration=customers / ARRIVAL,
        queues=(QueueSpec(name="line"),),
        producers=(ProducerSpec(name="source", routing_key="line", load=(PoissonLoad(rate=ARRIVAL),)),),
        consumers=(
            ConsumerSpec(name="server", queue="line", prefetch=workers, workers=workers, service=Exponential(mean=workers / SERVICE)),
        ),
    )
    simulation = Simulation(scenario)
    simulation.run_until(customers / ARRIVAL)
    return simulation.result().ledger.messages.published


def simpy_resource(workers: int, customers: int) -> int:
    """SimPy as its own examples model a queue: a process for each customer, who requests a resource."""
    environment, luck, waits = simpy.Environment(), random.Random(1), []
    resource, rate = simpy.Resource(environment, workers), SERVICE / workers

    def customer() -> Generator[Any, Any, None]:
        arrived = environment.now
        with resource.request() as request:
            yield request
            waits.append(environment.now - arrived)
            yield environment.timeout(luck.expovariate(rate))

    def source() -> Generator[Any, Any, None]:
        while True:
            yield environment.timeout(luck.expovariate(ARRIVAL))
            environment.process(customer())

    environment.process(source())
    environment.run(until=customers / ARRIVAL)
    return len(waits)


def simpy_store(workers: int, customers: int) -> int:
    """SimPy's fastest form: a store of arrival times, and a process for each server."""
    environment, luck, waits = simpy.Environment(), random.Random(1), []
    store, rate = simpy.Store(environment), SERVICE / workers

    def server() -> Generator[Any, Any, None]:
        while True:
            arrived = yield store.get()
            waits.append(environment.now - arrived)
            yield environment.timeout(luck.expovariate(rate))

    def source() -> Generator[Any, Any, None]:
        while True:
            yield environment.timeout(luck.expovariate(ARRIVAL))
            store.put(environment.now)

    for _ in range(workers):
        environment.process(server())
    environment.process(source())
    environment.run(until=customers / ARRIVAL)
    return len(waits)


def ciw_network(workers: int, customers: int) -> int:
    """Ciw's network of one node."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(ARRIVAL)],
        service_distributions=[ciw.dists.Exponential(SERVICE / workers)],
        number_of_servers=[workers],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(customers / ARRIVAL)
    return len(simulation.get_all_records())


# -- a topology ---------------------------------------------------------------------------------------

QUEUES, CONSUMERS_EACH, PRODUCERS, NACKED = 50, 10, 10, 0.05
TOPIC_RATE = 2000.0
KEYS = [f"area{i % 5}.kind{i}" for i in range(QUEUES)]
"""Every key reaches two queues: that of its own, and one more."""


def our_topology(messages: int) -> int:
    """Fifty queues bound to a topic exchange, ten consumers each; every message goes to two queues, one in twenty is nacked."""
    bindings = [BindingSpec(source="topics", destination=f"queue{i}", routing_key=f"*.kind{i}") for i in range(QUEUES)]
    bindings += [BindingSpec(source="topics", destination=f"queue{(i + 7) % QUEUES}", routing_key=f"#.kind{i}") for i in range(QUEUES)]
    service = Exponential(mean=0.6 * QUEUES * CONSUMERS_EACH / (2 * TOPIC_RATE))
    producers = [
        ProducerSpec(name=f"source{i}", exchange="topics", routing_key=key, load=(PoissonLoad(rate=TOPIC_RATE / QUEUES),))
        for i, key in enumerate(KEYS)
    ]
    scenario = Scenario(
        duration=messages / TOPIC_RATE,
        exchanges=(ExchangeSpec(name="topics", type=ExchangeType.TOPIC),),
        queues=tuple(QueueSpec(name=f"queue{i}") for i in range(QUEUES)),
        bindings=tuple(bindings),
        producers=tuple(producers),
        consumers=tuple(
            ConsumerSpec(
                name=f"server{i}", queue=f"queue{i}", count=CONSUMERS_EACH, prefetch=1, service=service, fail=Fail(share=NACKED)
            )
            for i in range(QUEUES)
        ),
    )
    simulation = Simulation(scenario)
    simulation.run_until(messages / TOPIC_RATE)
    return simulation.result().ledger.messages.published


def simpy_topology(messages: int) -> int:
    """The same with SimPy's stores: routes looked up in a table, a nacked message put back at the end."""
    environment, luck, waits = simpy.Environment(), random.Random(1), []
    stores = [simpy.Store(environment) for _ in range(QUEUES)]
    routes = {key: (stores[i], stores[(i + 7) % QUEUES]) for i, key in enumerate(KEYS)}
    rate = 2 * TOPIC_RATE / (0.6 * QUEUES * CONSUMERS_EACH)
    published = 0

    def server(store: simpy.Store) -> Generator[Any, Any, None]:
        while True:
            arrived = yield store.get()
            waits.append(environment.now - arrived)
            yield environment.timeout(luck.expovariate(rate))
            if luck.random() < NACKED:
                store.put(arrived)

    def source(key: str) -> Generator[Any, Any, None]:
        nonlocal published
        while True:
            yield environment.timeout(luck.expovariate(TOPIC_RATE / QUEUES))
            published += 1
            for store in routes[key]:
                store.put(environment.now)

    for store in stores:
        for _ in range(CONSUMERS_EACH):
            environment.process(server(store))
    for key in KEYS:
        environment.process(source(key))
    environment.run(until=messages / TOPIC_RATE)
    return published


# -- comparison ---------------------------------------------------------------------------------------


class Row(NamedTuple):
    """What is compared, with which peer, and the ratio to reach."""

    name: str
    ours: Run
    peer: Run
    reach: float
    customers: int


ROWS = (
    Row("M/M/1 over SimPy Resource", partial(ours, 1), partial(simpy_resource, 1), 4.0, 60_000),
    Row("M/M/5 over SimPy Resource", partial(ours, 5), partial(simpy_resource, 5), 4.0, 60_000),
    Row("M/M/1 over SimPy Store", partial(ours, 1), partial(simpy_store, 1), 2.5, 60_000),
    Row("M/M/5 over SimPy Store", partial(ours, 5), partial(simpy_store, 5), 2.5, 60_000),
    Row("M/M/1 over Ciw", partial(ours, 1), partial(ciw_network, 1), 8.0, 30_000),
    Row("M/M/5 over Ciw", partial(ours, 5), partial(ciw_network, 5), 8.0, 30_000),
    Row("50 queues, 500 consumers, topic, fan-out 2, 5 % nack over SimPy Store", our_topology, simpy_topology, 1.7, 40_000),
)


def seconds_each(run: Run, customers: int) -> float:
    """CPU seconds of a customer: a long run without what a short one takes."""
    times, counts = [], []
    for size in (customers // 10, customers):
        begun = time.process_time()
        counts.append(run(size))
        times.append(time.process_time() - begun)
    return (times[1] - times[0]) / (counts[1] - counts[0])


def compare(row: Row) -> None:
    """Print one line of the table."""
    pairs = [(seconds_each(row.ours, row.customers), seconds_each(row.peer, row.customers)) for _ in range(ROUNDS)]
    ratios = sorted(peer / mine for mine, peer in pairs)
    mine, peer = (statistics.median(pair[i] for pair in pairs) * 1e6 for i in (0, 1))
    print(
        f"{row.name}: {statistics.median(ratios):.2f}x ({ratios[0]:.2f} to {ratios[-1]:.2f}, {ROUNDS} runs; reach {row.reach}x);"
        f" {mine:.2f} against {peer:.2f} microseconds each"
    )


if __name__ == "__main__":
    for each in ROWS:
        compare(each)
