"""What both backends promise, asked of each in the same words: the simulator, and a live RabbitMQ on the private node.

On the stage there is an exchange `orders` (topic) with a queue `work` bound by `order.*`, a queue `spare`, and a consumer `server`
of `work` that takes two messages and keeps them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from msgspec.structs import replace

from mqviz.backends.embedded import EmbeddedBackend
from mqviz.clock import ManualClock
from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, QueueSpec
from mqviz.model.backend import (
    Apply,
    Backend,
    Can,
    Clone,
    Command,
    EndFault,
    FinalResult,
    Inject,
    Outcome,
    Pause,
    Peek,
    Publish,
    Recording,
    Refresh,
    Restart,
    Resume,
    Route,
    SetInterval,
    SetReadOnly,
    SetSpeed,
    SetVirtualHost,
    Step,
    Update,
)
from mqviz.model.distributions import Constant
from mqviz.model.faults import Changed, Hang, Kill, Purge
from mqviz.model.scenario import Change, ConsumerSpec, Scenario
from mqviz.model.snapshot import QueueStats
from tests.backends.live import Live, Worker, broker_of, channel
from tests.rabbitmq_node import Node

SCENE = Scenario(
    exchanges=(ExchangeSpec(name="orders", type=ExchangeType.TOPIC),),
    queues=(QueueSpec(name="work"), QueueSpec(name="spare")),
    bindings=(BindingSpec(source="orders", destination="work", routing_key="order.*"),),
    consumers=(ConsumerSpec(name="server", queue="work", prefetch=2, service=Constant(mean=1e6)),),
)


class Stage:
    """A backend on the stage, and how time goes on for it."""

    def __init__(self, backend: Backend, go_on: Callable[[], Update]) -> None:
        self.backend = backend
        self._go_on = go_on
        self._numbers = count(1)
        self.outcomes: list[Outcome] = []

    def until(self, condition: Callable[[Update], object]) -> Update:
        """The first update of which the condition is true."""
        deadline = time.monotonic() + 30.0
        while True:
            update = self._go_on()
            self.outcomes.extend(update.outcomes)
            if condition(update):
                return update
            assert time.monotonic() < deadline, update.snapshot

    def ask(self, command: Command) -> Outcome:
        """The outcome of a command, of which there is one."""
        number = next(self._numbers)
        self.backend.submit(replace(command, number=number))
        self.until(lambda _: any(each.number == number for each in self.outcomes))
        (outcome,) = (each for each in self.outcomes if each.number == number)
        return outcome


@pytest.fixture
def simulated() -> Stage:
    clock = ManualClock()
    backend = EmbeddedBackend(SCENE, clock)

    def go_on() -> Update:
        clock.advance(0.1)
        backend.run(1.0)
        return backend.observe()

    return Stage(backend, go_on)


@pytest.fixture
def live(rabbitmq: Node) -> Iterator[Stage]:
    with rabbitmq.vhost() as vhost, channel(vhost) as amqp:
        amqp.exchange_declare("orders", "topic")
        for name in ("work", "spare"):
            amqp.queue_declare(name)
        amqp.queue_bind("work", "orders", "order.*")
        with Worker(vhost, "work", "server", prefetch=2, acks=False), Live(broker_of(vhost), read_only=False) as live:
            live.until(lambda update: update.snapshot.consumers)
            yield Stage(live.backend, lambda: live.until(lambda _: True))


@pytest.fixture(params=("simulated", pytest.param("live", marks=pytest.mark.rabbitmq)))
def stage(request: pytest.FixtureRequest) -> Stage:
    found: Stage = request.getfixturevalue(request.param)
    return found


def queue(update: Update, name: str) -> QueueStats:
    """A queue of the snapshot."""
    return next(each for each in update.snapshot.queues if each.name == name)


def depth(update: Update, name: str) -> tuple[int, int]:
    """Ready and unacknowledged."""
    return queue(update, name).messages_ready, queue(update, name).messages_unacknowledged


ALL: tuple[Command, ...] = (
    Step(),
    Pause(),
    Resume(),
    SetSpeed(speed=1.0),
    SetSpeed(speed=0.0),
    Inject(fault=Hang(target="server")),
    Inject(fault=Purge(target="queue:none")),
    EndFault(id=77),
    Apply(change=Change(target="server", set=Changed(prefetch=3))),
    Publish(exchange="none", routing_key=""),
    Peek(queue="spare"),
    Route(exchange="orders", routing_key="order.new"),
    SetReadOnly(read_only=False),
    SetInterval(seconds=0.3),
    SetVirtualHost(name="/"),
    Refresh(),
    Clone(),
    FinalResult(),
    Recording(),
    Restart(),
)


def test_every_command_gets_one_outcome_with_its_number(stage: Stage) -> None:
    for command in ALL:
        outcome = stage.ask(command)
        assert outcome.done or outcome.reason, command
    assert [each.number for each in stage.outcomes] == sorted({each.number for each in stage.outcomes})


def test_what_is_missing_has_a_reason_and_what_is_there_has_none(stage: Stage) -> None:
    for ability in Can:
        assert bool(stage.backend.why_not(ability)) == (ability not in stage.backend.can)


def test_a_question_of_routing_is_answered_alike(stage: Stage) -> None:
    assert stage.ask(Route(exchange="orders", routing_key="order.new")).answer == ("work",)
    assert stage.ask(Route(exchange="orders", routing_key="other")).answer == ()
    assert stage.ask(Route(exchange="", routing_key="spare")).answer == ("spare",)
    assert stage.ask(Route(exchange="none", routing_key="x")).reason == "no_such_exchange"


def test_a_message_by_hand_is_routed_and_counted(stage: Stage) -> None:
    assert stage.ask(Publish(exchange="", routing_key="spare", body=b"1")).answer is True
    assert stage.ask(Publish(exchange="orders", routing_key="nowhere")).answer is False
    update = stage.until(lambda update: depth(update, "spare") == (1, 0))
    assert queue(update, "spare").consumers == 0
    assert stage.ask(Publish(exchange="none", routing_key="x")).reason == "no_such_exchange"


def test_a_purge_empties_the_queue(stage: Stage) -> None:
    for _ in range(3):
        stage.ask(Publish(exchange="", routing_key="spare"))
    stage.until(lambda update: depth(update, "spare") == (3, 0))
    assert stage.ask(Inject(fault=Purge(target="queue:spare"))).done
    stage.until(lambda update: depth(update, "spare") == (0, 0))


def test_a_killed_consumer_gives_back_what_it_held(stage: Stage) -> None:
    for _ in range(3):
        stage.ask(Publish(exchange="orders", routing_key="order.new"))
    update = stage.until(lambda update: depth(update, "work") == (1, 2))
    (consumer,) = update.snapshot.consumers
    assert (consumer.client, consumer.queue, consumer.prefetch_count) == ("server", "work", 2)
    assert stage.ask(Inject(fault=Kill(target=consumer.name))).done
    stage.until(lambda update: depth(update, "work") == (3, 0))


def test_the_thing_that_an_event_or_a_consumer_names_is_in_the_snapshot(stage: Stage) -> None:
    names = {"", "exchange:"}
    for _ in range(3):
        stage.ask(Publish(exchange="orders", routing_key="order.new"))
    update = stage.until(lambda update: update.events)
    for kind in ("exchange", "queue", "producer", "consumer"):
        names |= {f"{kind}:{each.name}" for each in getattr(update.snapshot, f"{kind}s")}
    events = [each for each in update.events if not each.source.startswith("producer:hand")]
    assert {each.source for each in events} | {each.target for each in events} <= names
    assert {each.queue for each in update.snapshot.consumers} <= {each.name for each in update.snapshot.queues}


def test_time_goes_on_and_age_is_never_negative(stage: Stage) -> None:
    seen: list[Update] = []
    stage.until(lambda update: seen.append(update) or len(seen) > 20)
    times = [update.snapshot.time for update in seen]
    assert times == sorted(times) and times[-1] > times[0]
    assert all(0.0 <= update.snapshot.age <= update.snapshot.time for update in seen)
    assert all(update.snapshot.live == (update.feed is not None) for update in seen)


def test_a_closed_backend_is_quiet(stage: Stage) -> None:
    began = time.monotonic()
    stage.backend.close()
    stage.backend.close()
    assert time.monotonic() - began < 2.0
    stage.backend.submit(Pause())
    assert stage.backend.run(1.0) is None
    assert stage.backend.observe().snapshot.queues
