"""Small scenarios, and shorthands to run them."""

from __future__ import annotations

from typing import Any

import msgspec

from mqviz.model.amqp import QueueSpec
from mqviz.model.distributions import Constant
from mqviz.model.load import BurstLoad, ConstantLoad
from mqviz.model.result import Result
from mqviz.model.scenario import ConsumerSpec, ProducerSpec, Scenario
from mqviz.sim.simulation import Simulation


def shop(**settings: Any) -> ProducerSpec:
    """A producer that publishes ten messages a second to the queue "work", unless told otherwise."""
    return ProducerSpec(**{"name": "shop", "routing_key": "work", "load": (ConstantLoad(rate=10.0),), **settings})


def burst(messages: int, at: float = 0.0, **settings: Any) -> ProducerSpec:
    """A producer that publishes so many messages at once."""
    return shop(load=(BurstLoad(messages=messages, at=at),), **settings)


def server(**settings: Any) -> ConsumerSpec:
    """A consumer of "work" that takes 50 ms for each message, unless told otherwise."""
    return ConsumerSpec(**{"name": "server", "queue": "work", "prefetch": 1, "service": Constant(mean=0.05), **settings})


def world(*clients: ProducerSpec | ConsumerSpec, duration: float | None = 10.0, **settings: Any) -> Scenario:
    """A scenario with the queue "work" and these clients."""
    return Scenario(
        **{
            "duration": duration,
            "queues": (QueueSpec(name="work", durable=True),),
            "producers": tuple(each for each in clients if isinstance(each, ProducerSpec)),
            "consumers": tuple(each for each in clients if isinstance(each, ConsumerSpec)),
            **settings,
        }
    )


def run(scenario: Scenario, until: float = 1000.0) -> Result:
    """The result of a whole run, which balances."""
    simulation = Simulation(scenario)
    simulation.run_until(until)
    result = simulation.result()
    assert result.ledger.balanced, result.ledger
    return result


def at(scenario: Scenario, time: float) -> Simulation:
    """A run that has come so far."""
    simulation = Simulation(scenario)
    simulation.run_until(time)
    return simulation


def as_bytes(result: Result) -> bytes:
    """A result to be compared to the last bit."""
    return msgspec.json.encode(result)
