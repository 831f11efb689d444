"""A publisher: what waits, what is confirmed, what is tried again, and what is lost on the way."""

from __future__ import annotations

import pytest

from mqviz.model.amqp import ExchangeSpec, MessageKind, QueueSpec
from mqviz.model.backend import Apply, Inject, Peek
from mqviz.model.distributions import Constant, Uniform
from mqviz.model.faults import Changed, Cut, Down, Hang, Kill, MemoryAlarm, Names, Slow, Spike, Stop
from mqviz.model.load import ConstantLoad
from mqviz.model.scenario import BrokerSpec, Change, Network, Request, Retry
from mqviz.model.snapshot import ProducerStats
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import at, burst, run, server, shop, world

FULL = (QueueSpec(name="work", arguments={"x-max-length": 3, "x-overflow": "reject-publish"}),)


def producer(simulation: Simulation) -> ProducerStats:
    return simulation.snapshot().producers[0]


def test_messages_are_as_the_file_says() -> None:
    spec = burst(
        1,
        persistent=True,
        priority=3,
        kind=MessageKind.REQUEST,
        headers={"region": "eu"},
        expiration=5.0,
        body='{"order": {number}, "from": "{name}"}',
    )
    message = at(world(spec), 1.0).apply(Peek(queue="work")).answer[0]
    properties = message.properties
    assert message.body == b'{"order": 1, "from": "shop.1"}'
    assert message.size == len(message.body)
    assert (properties.delivery_mode, properties.priority, properties.type) == (2, 3, "request")
    assert (properties.headers, properties.expiration, properties.app_id) == ({"region": "eu"}, "5000", "shop.1")


def test_sizes_can_be_drawn() -> None:
    sizes = {each.size for each in at(world(burst(50, size=Uniform(low=10.0, high=99.0))), 1.0).apply(Peek(queue="work", count=50)).answer}
    assert len(sizes) > 20
    assert min(sizes) >= 10
    assert max(sizes) <= 99


def test_the_confirm_window_bounds_what_is_under_way() -> None:
    simulation = Simulation(world(burst(10, confirm=4), network=Network(latency=0.5)))
    seen = []
    for when in (0.1, 0.9, 1.1, 2.1, 3.1):
        simulation.run_until(when)
        stats = producer(simulation)
        seen.append((stats.published, stats.unconfirmed, stats.confirmed, stats.waiting))
    assert seen == [(4, 4, 0, 6), (4, 4, 0, 6), (8, 4, 4, 2), (10, 2, 8, 0), (10, 0, 10, 0)]


def test_confirm_latency_is_from_the_publish_and_latency_from_the_arrival() -> None:
    result = run(world(burst(10, confirm=5), server(prefetch=10, service=Constant(mean=0.0)), network=Network(latency=0.5)))
    assert result.producers["shop"].confirm_latency.mean == pytest.approx(1.0)
    assert result.latency.max == pytest.approx(2.0)
    assert result.producers["shop"].blocked_time == pytest.approx(1.0)


def test_without_confirms_a_full_queue_refuses_in_silence() -> None:
    messages = run(world(burst(5), queues=FULL)).ledger.messages
    assert (messages.published, messages.routed, messages.refused, messages.nacked) == (5, 3, 2, 0)


def test_nacked_messages_are_given_up_without_retry() -> None:
    result = run(world(burst(5, confirm=10), queues=FULL))
    assert (result.producers["shop"].confirmed, result.producers["shop"].nacked) == (3, 2)
    assert result.ledger.messages.published == 5


def test_nacked_messages_are_tried_again_after_a_backoff_that_doubles() -> None:
    simulation = Simulation(world(burst(4, confirm=10, retry=Retry(attempts=3, backoff=1.0)), queues=FULL, duration=20.0))
    nacks = []
    for tenth in range(1, 100):
        simulation.run_until(tenth / 10)
        nacks.append(producer(simulation).nacked)
    assert [nacks.index(n) / 10 + 0.1 for n in (1, 2, 3, 4)] == pytest.approx([0.1, 1.0, 3.0, 7.0])
    assert producer(simulation).retried == 3
    assert producer(simulation).waiting == 0


def test_retry_without_backoff_uses_up_its_attempts_at_once() -> None:
    simulation = at(world(burst(4, confirm=10, retry=Retry(attempts=3)), queues=FULL), 0.0)
    assert (producer(simulation).nacked, producer(simulation).retried) == (4, 3)


def test_retry_gets_through_when_there_is_room_again() -> None:
    result = run(world(burst(9, confirm=10, retry=Retry(attempts=5, backoff=0.2)), server(), queues=FULL))
    assert result.ledger.work.completed == 9
    assert result.ledger.messages.refused > 0


def test_mandatory_messages_come_back_and_are_tried_again() -> None:
    spec = burst(3, routing_key="nowhere", mandatory=True, confirm=10, retry=Retry(attempts=2, backoff=0.1))
    result = run(world(spec))
    assert result.ledger.messages.returned == 9
    assert result.producers["shop"].returned == 9
    assert result.producers["shop"].confirmed == 9
    assert run(world(burst(3, routing_key="nowhere", mandatory=True))).ledger.messages.returned == 3
    assert run(world(burst(3, routing_key="nowhere"))).ledger.messages.unroutable == 3


def test_what_arises_without_a_connection_is_lost() -> None:
    result = run(world(shop(), faults=(Down(at=2.05, lasts=3.0),)))
    messages = result.ledger.messages
    assert (messages.published, messages.routed, messages.lost_in_transit) == (101, 71, 30)


def test_an_outbox_keeps_what_arises_without_a_connection() -> None:
    simulation = at(world(shop(outbox=True), faults=(Down(at=2.05, lasts=3.0),)), 5.0)
    assert producer(simulation).waiting == 30
    simulation.run_until(10.0)
    messages = simulation.result().ledger.messages
    assert (messages.published, messages.routed, messages.lost_in_transit) == (101, 101, 0)


def test_retry_without_backoff_is_no_help_in_an_outage_but_with_it_is() -> None:
    outage = (Down(at=2.05, lasts=1.0),)
    lost = [
        run(world(shop(retry=retry), faults=outage)).ledger.messages.lost_in_transit
        for retry in (Retry(attempts=5), Retry(attempts=2, backoff=0.1), Retry(attempts=5, backoff=0.5))
    ]
    assert lost == [20, 17, 0]


def test_unconfirmed_messages_of_a_lost_connection_are_published_again() -> None:
    scenario = world(
        shop(confirm=20, retry=Retry(attempts=5, backoff=0.5)),
        server(prefetch=50, service=Constant(mean=0.01), idempotent=True),
        network=Network(latency=0.3),
        faults=(Cut(side="producers", at=5.05, lasts=1.0),),
    )
    result = run(scenario)
    assert result.ledger.messages.lost_in_transit > 0
    assert result.ledger.messages.published > 101
    arrived = 101 - 4
    assert result.ledger.work.completed >= arrived - 5
    assert result.ledger.work.repeated == 0


def test_a_retry_that_was_not_needed_is_repeated_work() -> None:
    scenario = world(
        shop(confirm=20, retry=Retry(attempts=5, backoff=0.5)),
        server(prefetch=50, service=Constant(mean=0.01)),
        network=Network(latency=0.3),
        faults=(Cut(side="producers", at=5.05, lasts=1.0),),
    )
    assert run(scenario).ledger.work.repeated == 3


def test_a_cut_loses_what_is_under_way_and_no_more() -> None:
    scenario = world(shop(), network=Network(latency=0.35), faults=(Cut(side="producers", at=5.05, lasts=0.01),), duration=8.0)
    messages = run(scenario).ledger.messages
    assert messages.lost_in_transit == 4 + 10
    assert messages.in_transit == 4


def test_a_killed_producer_produces_nothing_and_loses_what_it_had_in_memory() -> None:
    full = world(burst(10, confirm=4), network=Network(latency=0.5), faults=(Kill(target="shop", at=0.25),))
    messages = run(full).ledger.messages
    assert (messages.published, messages.routed, messages.lost_in_transit) == (10, 0, 10)
    gone = run(world(shop(), faults=(Kill(target="shop", at=2.05, lasts=5.0),)))
    assert gone.ledger.messages.published == 21 + 30
    assert gone.ledger.messages.lost_in_transit == 0


def test_the_outbox_outlives_its_producer() -> None:
    fault = Kill(target="shop", at=0.25, lasts=1.0)
    messages = run(world(burst(10, confirm=4, outbox=True), network=Network(latency=0.5), faults=(fault,))).ledger.messages
    assert (messages.published, messages.routed, messages.lost_in_transit) == (10, 6, 4)


def test_a_stopped_producer_leaves_in_good_order() -> None:
    fault = Stop(target="shop", at=0.25, lasts=5.0)
    simulation = at(world(burst(10, confirm=4), network=Network(latency=0.5), faults=(fault,)), 0.3)
    assert producer(simulation).state == "closing"
    simulation.run_until(4.0)
    assert producer(simulation).state == "stopped"
    assert producer(simulation).confirmed == 10
    assert simulation.result().ledger.messages.lost_in_transit == 0


def test_a_hanging_producer_publishes_later_what_arose_meanwhile() -> None:
    simulation = at(world(shop(), faults=(Hang(target="shop", at=2.05, lasts=3.0),)), 5.0)
    assert (producer(simulation).published, producer(simulation).waiting, producer(simulation).state) == (21, 30, "hanging")
    simulation.run_until(5.06)
    assert (producer(simulation).published, producer(simulation).waiting) == (51, 0)


def test_a_memory_alarm_blocks_who_publishes() -> None:
    simulation = at(world(shop(), server(), faults=(MemoryAlarm(at=2.05, lasts=3.0),)), 5.0)
    assert producer(simulation).state == "blocked"
    assert producer(simulation).published == 22
    simulation.run_until(10.0)
    result = simulation.result()
    assert result.ledger.work.completed >= 100
    assert result.producers["shop"].blocked_time == pytest.approx(2.85, abs=0.01)
    assert [entry.code for entry in simulation.drain_log() if "blocked" in entry.code or "alarm" in entry.code] == [
        "memory_alarm_set",
        "connection_blocked",
        "memory_alarm_cleared",
        "connection_unblocked",
    ]


def test_flow_control_holds_a_fast_publisher_to_the_broker_s_pace() -> None:
    scenario = world(shop(load=(ConstantLoad(rate=200.0),)), server(service=Constant(mean=0.0)), broker=BrokerSpec(flow=50.0))
    result = run(scenario)
    assert result.ledger.work.completed == pytest.approx(500, abs=10)
    assert result.ledger.messages.waiting == pytest.approx(1500, abs=10)


def test_a_spike_multiplies_the_rate_while_it_lasts() -> None:
    result = run(world(shop(), faults=(Spike(target="shop", factor=5.0, at=2.0, lasts=2.0),)))
    assert result.ledger.messages.published == pytest.approx(80 + 100, abs=1)


def test_a_spike_of_messages_comes_at_once_for_each_member() -> None:
    result = run(world(shop(count=2), faults=(Spike(target="shop", messages=30, at=2.0),)))
    assert result.ledger.messages.published == 2 * (101 + 30)


def test_a_slow_producer_has_longer_gaps() -> None:
    result = run(world(shop(), faults=(Slow(target="shop", factor=5.0, at=0.0, lasts=5.0),)))
    assert result.ledger.messages.published == pytest.approx(10 + 50, abs=1)


def test_spike_and_slow_on_one_producer_multiply() -> None:
    faults = (Spike(target="shop", factor=6.0, at=0.0, lasts=4.0), Slow(target="shop", factor=2.0, at=2.0, lasts=4.0))
    assert run(world(shop(), faults=faults)).ledger.messages.published == pytest.approx(120 + 60 + 10 + 40, abs=2)


def test_the_rate_can_be_turned() -> None:
    simulation = at(world(shop(load=(ConstantLoad(rate=10.0), ConstantLoad(rate=30.0)))), 1.0)
    simulation.apply(Apply(change=Change(target="shop", set=Changed(rate=4.0))))
    assert producer(simulation).rate == 4.0
    before = producer(simulation).published
    simulation.run_until(6.0)
    assert producer(simulation).published - before == pytest.approx(20, abs=1)


def test_the_rate_of_one_that_has_none_can_be_turned_too() -> None:
    simulation = at(world(burst(5)), 1.0)
    assert producer(simulation).rate == 0.0
    simulation.apply(Apply(change=Change(target="shop", set=Changed(rate=4.0))))
    simulation.run_until(6.0)
    assert producer(simulation).published == pytest.approx(25, abs=1)


def test_confirm_window_size_and_priority_can_be_turned() -> None:
    simulation = at(world(burst(10, confirm=2), network=Network(latency=0.5)), 0.1)
    simulation.apply(Apply(change=Change(target="shop", set=Changed(confirm=6, size=7.0, priority=4))))
    simulation.run_until(0.2)
    assert producer(simulation).unconfirmed == 6
    simulation.run_until(3.0)
    last = simulation.apply(Peek(queue="work")).answer[-1]
    assert (last.size, last.properties.priority) == (7, 4)


def test_a_request_waits_for_its_reply_before_the_next_is_sent() -> None:
    spec = burst(3, request=Request(timeout=5.0))
    result = run(world(spec, server(reply=True, service=Constant(mean=1.0))))
    producer = result.producers["shop"]
    assert (producer.replied, producer.timed_out) == (3, 0)
    assert producer.response.max == pytest.approx(3.0)
    assert producer.blocked_time == pytest.approx(2.0)


def test_a_request_without_an_answer_times_out_and_a_late_answer_is_ignored() -> None:
    result = run(world(burst(2, request=Request(timeout=0.6)), server(reply=True, service=Constant(mean=1.0))))
    producer = result.producers["shop"]
    assert (producer.replied, producer.timed_out) == (0, 2)
    assert result.ledger.work.completed == 2


def test_requests_are_answered_over_a_slow_network_and_after_an_outage() -> None:
    spec = shop(load=(ConstantLoad(rate=1.0),), request=Request(timeout=0.8), outbox=True)
    faults = (Down(at=3.1, lasts=1.0),)
    result = run(world(spec, server(reply=True), network=Network(latency=0.05), faults=faults))
    assert result.producers["shop"].replied >= 8
    assert result.producers["shop"].response.p50 == pytest.approx(0.25, rel=0.02)


def test_an_exchange_that_is_deleted_costs_the_connection_and_the_message() -> None:
    scenario = world(shop(exchange="orders"), exchanges=(ExchangeSpec(name="orders"),))
    simulation = at(scenario, 2.05)
    simulation.apply(Apply(change=Change(delete=Names(exchanges=("orders",)))))
    simulation.run_until(5.0)
    assert producer(simulation).state == "disconnected"
    messages = simulation.result().ledger.messages
    assert messages.balances
    assert messages.unroutable == 21
    assert messages.lost_in_transit == 30


def test_a_fault_by_hand_on_one_member_leaves_the_others() -> None:
    simulation = at(world(shop(count=2)), 1.05)
    simulation.apply(Inject(fault=Kill(target="shop.2")))
    simulation.run_until(2.05)
    assert [each.published for each in simulation.snapshot().producers] == [21, 11]
