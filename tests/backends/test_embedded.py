"""The simulator as the window knows it: paced, stepped, asked, started again."""

from __future__ import annotations

from mqviz.backends.embedded import EmbeddedBackend
from mqviz.clock import ManualClock
from mqviz.model.amqp import QueueSpec
from mqviz.model.backend import FinalResult, Inject, Pause, Restart, Resume, SetSpeed, Step
from mqviz.model.distributions import Constant
from mqviz.model.faults import Kill
from mqviz.model.load import ConstantLoad
from mqviz.model.scenario import ConsumerSpec, ProducerSpec, Scenario

WORK = Scenario(
    duration=10.0,
    queues=(QueueSpec(name="work"),),
    producers=(ProducerSpec(name="shop", routing_key="work", load=(ConstantLoad(rate=10.0),)),),
    consumers=(ConsumerSpec(name="server", queue="work", prefetch=1, service=Constant(mean=0.05)),),
)


def test_virtual_time_follows_the_clock(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    clock.advance(0.45)
    backend.run(1.0)
    assert backend.observe().snapshot.time == 0.45
    assert backend.observe().snapshot.producers[0].published == 5


def test_it_says_when_to_be_run_again(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    clock.advance(0.42)
    assert round(backend.run(1.0) or 0.0, 9) == 0.03


def test_nothing_moves_while_it_is_paused(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    backend.submit(Pause())
    assert backend.run(1.0) is None
    clock.advance(3.0)
    backend.run(1.0)
    assert backend.observe().snapshot.time == 0.0
    backend.submit(Resume())
    backend.run(1.0)
    clock.advance(0.25)
    backend.run(1.0)
    assert backend.observe().snapshot.time == 0.25


def test_speed_is_virtual_seconds_for_each_wall_second(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    backend.submit(SetSpeed(speed=10.0))
    backend.run(1.0)
    clock.advance(0.3)
    backend.run(1.0)
    assert backend.observe().snapshot.time == 3.0


def test_a_step_does_one_thing_and_pauses(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    backend.submit(Step(number=7))
    update = backend.observe()
    assert update.paused
    assert [(outcome.number, outcome.answer) for outcome in update.outcomes] == [(7, True)]
    assert update.snapshot.producers[0].published == 1


def test_it_ends_with_the_scenario(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    backend.submit(SetSpeed(speed=float("inf")))
    assert backend.run(1.0) is None
    update = backend.observe()
    assert update.snapshot.finished
    assert update.snapshot.time == 10.0
    assert [entry.code for entry in update.log if entry.code.startswith("run")] == ["run_started", "run_finished"]


def test_a_slot_that_is_used_up_leaves_the_rest_for_the_next(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    backend.submit(SetSpeed(speed=float("inf")))
    assert backend.run(0.0) == 0.0
    assert 0.0 < backend.observe().snapshot.time < 10.0


def test_a_fault_by_hand_is_seen_at_once(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    clock.advance(0.2)
    backend.run(1.0)
    backend.submit(Inject(number=3, fault=Kill(target="server.1")))
    update = backend.observe()
    assert update.outcomes[0].answer == 1
    assert [fault.id for fault in update.snapshot.faults] == [1]
    assert update.snapshot.consumers[0].state == "killed"


def test_a_restart_begins_again_without_what_was_done_by_hand(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    clock.advance(1.0)
    backend.run(1.0)
    backend.submit(Inject(fault=Kill(target="server.1")))
    backend.submit(Restart())
    snapshot = backend.observe().snapshot
    assert (snapshot.time, snapshot.faults) == (0.0, ())
    clock.advance(0.5)
    backend.run(1.0)
    assert backend.observe().snapshot.time == 0.5


def test_the_result_can_be_asked_for_at_any_time(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    backend.submit(FinalResult(number=1))
    result = backend.observe().outcomes[0].answer
    assert result.interrupted
    assert result.ledger.balanced


def test_events_are_sampled_for_the_animation(clock: ManualClock) -> None:
    backend = EmbeddedBackend(WORK, clock)
    clock.advance(0.06)
    backend.run(1.0)
    seen = [(event.kind, event.source, event.target) for event in backend.observe().events]
    assert seen == [
        ("publish", "producer:shop.1", "exchange:"),
        ("route", "exchange:", "queue:work"),
        ("deliver", "queue:work", "consumer:server.1"),
        ("ack", "consumer:server.1", "queue:work"),
    ]
    assert backend.observe().events == ()
