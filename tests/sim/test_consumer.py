"""A subscriber at work: prefetch, workers, acks, failures, faults, and what comes back when it is gone."""

from __future__ import annotations

from typing import Any

import pytest

from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, QueueSpec
from mqviz.model.backend import Apply, EndFault, Inject, Peek
from mqviz.model.distributions import Constant, Exponential
from mqviz.model.faults import Changed, Cut, FailFault, Hang, Kill, Poison, RestartFault, Slow, Stop
from mqviz.model.load import ConstantLoad, PoissonLoad
from mqviz.model.scenario import BrokerSpec, Change, Fail, Network, Retry, Scenario, ServiceSpec
from mqviz.model.snapshot import ConsumerStats
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import at, burst, run, server, shop, world

SECOND = Constant(mean=1.0)


def consumer(simulation: Simulation, number: int = 0) -> ConsumerStats:
    return simulation.snapshot().consumers[number]


def ready(simulation: Simulation) -> int:
    return simulation.snapshot().queues[0].messages_ready


def test_a_worker_works_on_its_deliveries_one_after_the_other() -> None:
    simulation = at(world(burst(5), server(prefetch=5, service=SECOND)), 2.5)
    stats = consumer(simulation)
    assert (stats.completed, stats.working, stats.messages_unacknowledged) == (2, 1, 3)


def test_several_workers_work_at_the_same_time() -> None:
    simulation = at(world(burst(5), server(prefetch=5, workers=2, service=SECOND)), 2.5)
    stats = consumer(simulation)
    assert (stats.completed, stats.working, stats.messages_unacknowledged) == (4, 1, 1)


def test_without_a_prefetch_limit_one_takes_the_whole_backlog() -> None:
    simulation = at(world(burst(50), server(prefetch=0, service=SECOND)), 0.5)
    assert (ready(simulation), consumer(simulation).messages_unacknowledged) == (0, 50)


def test_acknowledging_several_together_leaves_out_what_is_still_worked_on() -> None:
    service = Exponential(mean=0.1)
    simulation = Simulation(world(shop(load=(PoissonLoad(rate=25.0),)), server(prefetch=20, workers=4, multiple=5, service=service)))
    for tenth in range(1, 100):
        simulation.run_until(tenth / 10)
        stats = consumer(simulation)
        assert 0 <= stats.completed - stats.acknowledged <= 20
        assert stats.messages_unacknowledged >= stats.working
    assert simulation.snapshot().ledger.balanced  # type: ignore[union-attr]


def test_acks_come_n_together_and_the_rest_when_idle() -> None:
    simulation = Simulation(world(burst(5), server(prefetch=10, multiple=2, service=SECOND)))
    acknowledged = []
    for second in range(1, 6):
        simulation.run_until(second + 0.5)
        acknowledged.append(consumer(simulation).acknowledged)
    assert acknowledged == [0, 2, 2, 4, 5]


def test_a_killed_consumer_gives_back_exactly_what_it_held_in_order_to_the_other() -> None:
    """Prefetch 20, killed in the midst of its work."""
    simulation = at(world(burst(60), server(count=2, prefetch=20, service=Constant(mean=0.1))), 0.55)
    before = simulation.apply(Peek(queue="work", count=100)).answer
    held = [each.message for each in before if each.unacknowledged]
    first, second = simulation.snapshot().consumers
    assert (first.completed, second.completed) == (5, 5)
    assert (first.messages_unacknowledged, second.messages_unacknowledged) == (20, 20)
    assert len(held) == 40

    simulation.apply(Inject(fault=Kill(target="server.1")))
    after = simulation.apply(Peek(queue="work", count=100)).answer
    back = [each for each in after if each.redelivered]
    assert len(back) == 20
    assert {each.message for each in back} < set(held)
    assert [each.message for each in back] == sorted(each.message for each in back)
    waiting = [each for each in after if not each.unacknowledged]
    assert waiting[:20] == back
    assert not any(each.redelivered for each in waiting[20:])

    simulation.run_until(10.0)
    result = simulation.result()
    survivor = result.consumers["server"].members["server.2"]
    assert (survivor.redelivered, survivor.completed) == (20, 55)
    assert result.ledger.work.completed == 60
    assert result.ledger.nothing_lost
    assert result.queues["work"].redelivered == 20


def test_a_killed_consumer_comes_back_after_its_time_only() -> None:
    fault = Kill(target="server", at=1.0, lasts=2.0)
    simulation = at(world(shop(), server(), faults=(fault,)), 2.9)
    assert consumer(simulation).state == "killed"
    simulation.run_until(3.5)
    assert consumer(simulation).state in ("running", "idle")
    assert run(world(shop(), server(), faults=(Kill(target="server", at=1.0),))).ledger.work.completed == 10


def test_work_that_a_kill_interrupts_counts_as_busy_time() -> None:
    result = run(world(burst(1), server(service=SECOND), faults=(Kill(target="server", at=0.75),), duration=2.0))
    member = result.consumers["server"].members["server.1"]
    assert (member.busy_time, member.utilisation, member.completed) == (0.75, 1.0, 0)


def test_utilisation_is_of_the_time_present() -> None:
    fault = Kill(target="server", at=2.25, lasts=6.0)
    result = run(world(burst(4), server(service=Constant(mean=0.5)), faults=(fault,), duration=10.0))
    assert result.consumers["server"].utilisation == pytest.approx(0.5)


def test_a_consumer_that_is_stopped_finishes_and_settles_what_it_has() -> None:
    fault = Stop(target="server", at=0.5)
    simulation = at(world(burst(10), server(prefetch=3, service=SECOND), faults=(fault,)), 0.6)
    assert (consumer(simulation).state, ready(simulation)) == ("closing", 7)
    simulation.run_until(5.0)
    assert (consumer(simulation).state, ready(simulation)) == ("stopped", 7)
    result = simulation.result()
    assert result.queues["work"].redelivered == 0
    assert result.ledger.work.completed == 3


def test_a_stop_that_is_called_off_goes_on_with_the_same_connection() -> None:
    simulation = at(world(burst(10), server(prefetch=3, service=SECOND)), 0.5)
    id = simulation.apply(Inject(fault=Stop(target="server"))).answer
    simulation.run_until(0.75)
    simulation.apply(EndFault(id=id))
    simulation.run_until(9.0)
    assert simulation.result().queues["work"].redelivered == 0
    assert consumer(simulation).completed == 9


def test_hanging_means_neither_work_nor_ack() -> None:
    fault = Hang(target="server", at=1.25, lasts=5.0)
    simulation = at(world(burst(10), server(prefetch=2, service=SECOND), faults=(fault,), duration=20.0), 6.0)
    stats = consumer(simulation)
    assert (stats.state, stats.completed, stats.messages_unacknowledged) == ("hanging", 1, 2)
    simulation.run_until(6.9)
    assert consumer(simulation).completed == 1
    simulation.run_until(7.1)
    assert consumer(simulation).completed == 2
    assert simulation.result().consumers["server"].busy_time == pytest.approx(2.1)


def test_two_faults_on_one_target_end_independently() -> None:
    faults = (Slow(target="server", factor=2.0, at=0.0, lasts=4.0), Slow(target="server.1", factor=3.0, at=2.0, lasts=12.0))
    simulation = Simulation(world(burst(10), server(service=SECOND), faults=faults, duration=30.0))
    ends = []
    for tenth in range(1, 200):
        simulation.run_until(tenth / 10 + 0.05)
        ends.append(consumer(simulation).completed)
    assert [ends.index(n) / 10 + 0.1 for n in range(1, 6)] == pytest.approx([2.0, 8.0, 11.0, 14.0, 15.0])


def test_a_hanging_consumer_loses_its_channel_and_another_gets_the_message() -> None:
    """No ack within the time limit closes the channel."""
    fault = Hang(target="server.1", at=0.0)
    scenario = world(
        burst(2), server(count=2, service=Constant(mean=0.1)), faults=(fault,), broker=BrokerSpec(consumer_timeout=2.0), duration=200.0
    )
    simulation = at(scenario, 1.9)
    assert (consumer(simulation, 0).messages_unacknowledged, consumer(simulation, 1).completed) == (1, 1)
    simulation.run_until(199.0)
    result = simulation.result()
    assert result.ledger.work.completed == 2
    assert result.consumers["server"].members["server.2"].redelivered == 1
    assert any(entry.code == "channel_closed" for entry in simulation.drain_log())


def test_work_that_outlives_its_connection_is_done_again_by_another() -> None:
    fault = Cut(side="consumers", target="server.1", at=0.5, lasts=5.0)
    simulation = Simulation(world(burst(1), server(count=2, service=SECOND), faults=(fault,), duration=8.0))
    simulation.run_until(8.0)
    work = simulation.result().ledger.work
    assert (work.completed, work.repeated) == (1, 1)


def test_an_idempotent_consumer_does_no_work_twice() -> None:
    fault = Cut(side="consumers", target="server.1", at=0.5, lasts=5.0)
    scenario = world(burst(1), server(service=SECOND, idempotent=True), faults=(fault,), duration=8.0)
    result = run(scenario)
    assert (result.ledger.work.completed, result.ledger.work.repeated) == (1, 0)
    assert result.queues["work"].redelivered == 1
    assert result.queues["work"].acknowledged == 1


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("nack", {"acknowledged": 0, "rejected": 0, "abandoned": 0}),
        ("reject", {"acknowledged": 0, "rejected": 5, "abandoned": 0}),
        ("discard", {"acknowledged": 5, "rejected": 0, "abandoned": 5}),
        ("crash", {"acknowledged": 0, "rejected": 0, "abandoned": 0}),
    ],
)
def test_work_fails_in_the_way_that_the_file_says(how: Any, expected: dict[str, int]) -> None:
    result = run(world(burst(5), server(fail=Fail(share=1.0, how=how)), duration=4.0))
    copies, work = result.ledger.copies, result.ledger.work
    assert {"acknowledged": copies.acknowledged, "rejected": copies.rejected, "abandoned": work.abandoned} == expected
    assert work.completed == 0
    if how in ("nack", "crash"):
        assert (result.queues["work"].redelivered or 0) >= 3
    assert result.ledger.nothing_lost is (how != "discard")


def test_a_share_of_the_work_fails() -> None:
    scenario = world(shop(load=(ConstantLoad(rate=100.0),)), server(service=Constant(mean=0.001), fail=Fail(share=0.3, how="reject")))
    rejected = run(scenario).ledger.copies.rejected
    assert 240 < rejected < 360


def test_failing_without_taking_time_does_not_stop_time() -> None:
    result = run(world(burst(1), server(service=Constant(mean=0.0), fail=Fail(share=1.0)), duration=1.0))
    assert 900 < (result.queues["work"].redelivered or 0) <= 1000


def test_a_fault_makes_work_fail_for_a_while() -> None:
    fault = FailFault(target="server", share=1.0, how="reject", at=2.0, lasts=3.0)
    result = run(world(shop(), server(), faults=(fault,)))
    assert result.ledger.copies.rejected == 30


def test_automatic_acks_lose_what_a_killed_consumer_had() -> None:
    result = run(world(burst(20), server(ack="automatic", service=Constant(mean=0.1)), faults=(Kill(target="server", at=0.55),)))
    work = result.ledger.work
    assert (work.completed, work.abandoned) == (5, 15)
    assert not result.ledger.nothing_lost
    assert result.consumers["server"].acknowledged == 20


def test_a_poison_message_fails_wherever_it_goes() -> None:
    scenario = world(
        shop(load=(ConstantLoad(rate=10.0, messages=20),)),
        server(count=2, service=Constant(mean=0.01), fail=Fail(share=0.0, how="reject")),
        faults=(Poison(target="shop", at=1.05),),
        exchanges=(ExchangeSpec(name="dlx", type=ExchangeType.FANOUT),),
        queues=(QueueSpec(name="work", arguments={"x-dead-letter-exchange": "dlx"}), QueueSpec(name="dead")),
        bindings=(BindingSpec(source="dlx", destination="dead"),),
    )
    result = run(scenario)
    assert result.ledger.work.completed == 19
    assert result.ledger.copies.reasons.rejected == 1
    assert result.queues["dead"].ready == 1


def test_a_poison_message_that_is_always_requeued_holds_up_those_behind_it() -> None:
    scenario = world(shop(load=(ConstantLoad(rate=10.0, messages=5),)), server(), faults=(Poison(target="shop", at=0.15),), duration=3.0)
    result = run(scenario)
    assert result.ledger.work.completed == 2
    assert (result.queues["work"].redelivered or 0) > 50


def test_a_broken_connection_comes_back_after_its_delay() -> None:
    scenario = world(shop(), server(reconnect=0.5), faults=(Cut(side="consumers", at=1.0, lasts=0.1),))
    simulation = at(scenario, 1.4)
    assert consumer(simulation).state == "disconnected"
    simulation.run_until(1.6)
    assert consumer(simulation).state != "disconnected"


def test_without_reconnect_a_broken_connection_stays_broken() -> None:
    scenario = world(shop(), server(reconnect=None), faults=(Cut(side="consumers", at=1.0, lasts=0.1),))
    assert consumer(at(scenario, 9.0)).state == "disconnected"


def test_an_exclusive_consumer_keeps_others_out_until_it_is_gone() -> None:
    clients = (shop(), server(name="first", exclusive=True), server(name="second"))
    simulation = at(world(*clients, faults=(Kill(target="first", at=5.0),)), 4.0)
    assert [each.state for each in simulation.snapshot().consumers][1] == "disconnected"
    simulation.run_until(8.0)
    assert consumer(simulation, 1).completed > 10


def test_higher_priority_is_served_first() -> None:
    clients = (shop(), server(name="low", prefetch=10), server(name="high", prefetch=10, priority=5))
    result = run(world(*clients))
    assert (result.consumers["low"].delivered, result.consumers["high"].delivered) == (0, 101)


def test_latency_of_the_network_delays_deliveries_and_acks() -> None:
    simulation = Simulation(world(burst(2), server(service=SECOND), network=Network(latency=0.25), duration=10.0))
    finished = []
    for tenth in range(1, 60):
        simulation.run_until(tenth / 10 + 0.01)
        finished.append(consumer(simulation).completed)
    assert finished.index(1) == 14
    assert finished.index(2) == 29


def test_a_consumer_can_work_against_a_service() -> None:
    scenario = world(
        burst(6),
        server(call="kitchen", workers=3, prefetch=3),
        services=(ServiceSpec(name="kitchen", workers=2, service=SECOND),),
    )
    simulation = at(scenario, 1.5)
    assert (consumer(simulation).completed, consumer(simulation).working) == (2, 3)
    result = run(scenario)
    assert result.services["kitchen"].completed == 6
    assert result.ledger.work.completed == 6
    assert result.latency.max == pytest.approx(3.0)


def test_work_that_the_service_refuses_is_tried_again() -> None:
    scenario = world(
        burst(6),
        server(call="kitchen", workers=3, prefetch=3),
        services=(ServiceSpec(name="kitchen", workers=1, accept=0, service=Constant(mean=0.1)),),
    )
    result = run(scenario)
    assert result.services["kitchen"].refused > 0
    assert result.ledger.work.completed == 6


def test_a_consumer_that_hangs_takes_the_answer_of_its_service_later() -> None:
    scenario = world(
        burst(1),
        server(call="kitchen"),
        services=(ServiceSpec(name="kitchen", service=SECOND),),
        faults=(Hang(target="server", at=0.5, lasts=2.0),),
    )
    simulation = at(scenario, 2.4)
    assert consumer(simulation).completed == 0
    simulation.run_until(2.6)
    assert consumer(simulation).completed == 1


def test_settings_are_turned_while_it_runs() -> None:
    def turned(**settings: Any) -> Simulation:
        simulation = at(world(burst(100), server(service=SECOND)), 1.5)
        assert simulation.apply(Apply(change=Change(target="server", set=Changed(**settings)))).done
        simulation.run_until(5.65)
        return simulation

    assert consumer(turned(prefetch=10)).messages_unacknowledged == 10
    assert consumer(turned(prefetch=10, workers=4)).completed == 1 + 4 * 4
    assert consumer(turned(service=Constant(mean=0.1))).completed == 1 + 1 + 36
    more = turned(count=3)
    assert [each.completed for each in more.snapshot().consumers] == [5, 4, 4]
    assert turned(count=0).snapshot().consumers == ()


def test_a_member_that_comes_later_has_what_was_turned_before() -> None:
    simulation = at(world(burst(100), server(service=SECOND)), 1.5)
    simulation.apply(Apply(change=Change(target="server", set=Changed(prefetch=7))))
    simulation.apply(Apply(change=Change(target="server", set=Changed(count=2))))
    simulation.run_until(2.0)
    assert [each.prefetch_count for each in simulation.snapshot().consumers] == [7, 7]


def test_a_consumer_brings_its_queue_again_after_the_broker_forgot_it() -> None:
    scenario = Scenario(
        duration=10.0,
        exchanges=(ExchangeSpec(name="orders"),),
        queues=(QueueSpec(name="work"),),
        bindings=(BindingSpec(source="orders", destination="work", routing_key="new"),),
        producers=(shop(exchange="orders", routing_key="new", retry=Retry(attempts=5, backoff=0.1)),),
        consumers=(server(),),
        faults=(RestartFault(at=5.0),),
    )
    result = run(scenario)
    assert result.consumers["server"].completed > 80
