"""Every scenario that ships is run to its end, and tells the story that its description promises."""

from functools import cache

import pytest

from mqviz.model.backend import Apply, EndFault, Inject, Publish
from mqviz.model.faults import Changed, Cut, Kill, Spike
from mqviz.model.library import path_of, read_scenario, shipped
from mqviz.model.parsing import parse
from mqviz.model.result import Result
from mqviz.model.scenario import Change
from mqviz.model.theory import mg1
from mqviz.model.writing import dump
from mqviz.report import as_json
from mqviz.sim.simulation import Simulation


@cache
def outcome(name: str) -> Result:
    """The result of a scenario that ships."""
    scenario = read_scenario(path_of(name))
    simulation = Simulation(scenario)
    assert scenario.duration is not None
    simulation.run_until(scenario.duration)
    return simulation.result()


@pytest.mark.parametrize("name", shipped())
def test_the_ledger_balances(name: str) -> None:
    result = outcome(name)
    ledger = result.ledger
    assert ledger.balanced is True
    assert ledger.messages.balances
    assert ledger.copies.balances
    assert all(service.balances for service in result.services.values())
    assert ledger.work.completed > 0
    assert len(result.series) == int(result.virtual_time)


def test_a_session_by_hand_is_saved_as_a_file_that_gives_the_same_bytes() -> None:
    simulation = Simulation(read_scenario(path_of("ten-thousand")))
    simulation.run_until(3.3)
    kill = simulation.apply(Inject(fault=Kill(target="server.2"))).answer
    simulation.apply(Inject(fault=Spike(target="visitors", factor=4.0, lasts=10.0)))
    simulation.apply(Inject(fault=Cut(lasts=2.0)))
    simulation.run_until(9.7)
    simulation.apply(EndFault(id=kill))
    simulation.apply(Apply(change=Change(target="server", set=Changed(count=5, prefetch=7))))
    simulation.apply(Apply(change=Change(target="queue:work", set=Changed(arguments={"x-max-length": 4000}))))
    simulation.apply(Publish(exchange="orders", routing_key="order.x", body="é".encode()))
    saved = dump(simulation.recording())
    again = Simulation(parse(saved))
    for each in (simulation, again):
        each.run_until(30.0)
    assert {consumer.prefetch_count for consumer in again.snapshot().consumers} == {7}
    assert len(again.snapshot().consumers) == 5
    assert as_json(again.result()) == as_json(simulation.result())


def test_maintenance_delivers_everything() -> None:
    orders = outcome("maintenance").queues["orders"]
    assert orders.delivered == orders.enqueued
    assert (orders.depth.max or 0) > 800
    assert outcome("maintenance").ledger.nothing_lost


def test_two_competing_consumers_fall_behind_and_four_catch_up() -> None:
    depth = [sample.queues["tasks"].ready or 0 for sample in outcome("competing-consumers").series]
    assert depth[39] > 300
    assert min(depth[45:70]) == 0


def test_a_slow_consumer_holds_up_half_of_the_work_only_without_a_prefetch_limit() -> None:
    held = [(sample.queues["unlimited"], sample.queues["one-each"]) for sample in outcome("fair-dispatch").series]
    assert held[24][0].unacknowledged > 30  # type: ignore[operator]
    assert (held[24][1].ready, held[24][1].unacknowledged) == (0, 0)


def test_a_consumer_far_away_keeps_up_with_prefetch_only() -> None:
    depth = [(sample.queues["one-by-one"].ready or 0, sample.queues["ten-ahead"].ready or 0) for sample in outcome("far-away").series]
    assert max(each for each, _ in depth[:20]) < 10 < 100 < depth[59][0]
    assert depth[89][0] < 10
    assert max(each for _, each in depth) < 15


def test_a_new_version_takes_over_without_a_loss_but_for_who_knew_the_old_one() -> None:
    result = outcome("new-version")
    assert result.queues["orders"].acknowledged == result.queues["orders"].enqueued
    assert result.queues["orders"].redelivered == 0
    assert result.services["version-1"].refused > 150
    assert result.services["version-1"].failed == 0
    assert result.services["version-2"].refused == 0


def test_topics_reach_their_queues() -> None:
    result = outcome("topic-routing")
    sent = {name: producer.published for name, producer in result.producers.items()}
    queues = {name: queue.enqueued for name, queue in result.queues.items()}
    assert queues == {
        "europe": sent["shop-eu"] + sent["till-eu"],
        "payments": sent["till-eu"] + sent["till-us"],
        "failures": sent["till-us"],
        "leftovers": sent["newsletter"],
    }


def test_a_late_subscriber_gets_what_comes_after_it() -> None:
    queues = outcome("multicast").queues
    assert queues["mobile"].enqueued == queues["mail"].enqueued
    assert 0 < (queues["archive"].enqueued or 0) < (queues["mail"].enqueued or 0)
    assert queues["urgent"].enqueued == outcome("multicast").producers["dunning"].published


def test_what_cannot_be_translated_goes_to_its_own_queue() -> None:
    result = outcome("translator")
    assert result.queues["invalid"].enqueued == result.producers["broken-sensor"].published > 0
    assert result.queues["notices"].enqueued == result.producers["sensor"].published
    assert result.translators["to-text"].invalid == 0


def test_requests_time_out_while_the_network_is_slow_only() -> None:
    client = outcome("request-reply").producers["client"]
    assert 50 < client.timed_out < client.replied
    assert client.response.p50 is not None
    assert client.response.p50 < 0.2


def test_only_the_waiting_form_feels_the_slow_server() -> None:
    result = outcome("synchronous")
    assert result.producers["waiting-form"].blocked_time > 20
    assert result.producers["publishing-form"].blocked_time == 0


def test_exactly_the_unacked_messages_of_the_killed_consumer_come_again() -> None:
    jobs = outcome("consumer-killed").queues["jobs"]
    assert jobs.redelivered == 20
    assert outcome("consumer-killed").ledger.nothing_lost
    assert outcome("consumer-killed").ledger.work.repeated == 0


def test_each_poison_message_is_tried_four_times_and_buried() -> None:
    result = outcome("poison")
    assert result.queues["graveyard"].enqueued == 6
    assert result.queues["orders"].redelivered == 6 * 3
    assert result.ledger.copies.reasons.delivery_limit == 6


def test_failing_work_goes_four_ways() -> None:
    result = outcome("failing-work")
    assert result.queues["aside"].dead_lettered == result.queues["dead"].enqueued > 150  # type: ignore[operator]
    assert result.ledger.work.abandoned == result.consumers["forgetter"].abandoned > 100
    assert (result.queues["crashing"].redelivered or 0) > 50
    assert all((queue.ready or 0) < 50 for name, queue in result.queues.items() if name != "dead")


def test_guarantees_differ() -> None:
    result = outcome("guarantees")
    assert result.consumers["careless"].abandoned > 10
    assert result.consumers["careful"].abandoned == 0
    assert result.ledger.work.repeated > 10
    assert result.consumers["bookkeeper"].redelivered > 10


def test_no_ack_in_time_gives_the_messages_to_the_other() -> None:
    result = outcome("ack-timeout")
    assert result.queues["jobs"].redelivered == 10
    assert result.ledger.nothing_lost


def test_confirms_and_an_outbox_survive_what_others_do_not() -> None:
    for name, careful, careless in (
        ("network-cut", "careful-branch", "branch"),
        ("broker-down", "careful", "careless"),
        ("broker-restart", "safe", "fleeting"),
    ):
        result = outcome(name)
        kept, lost = result.producers[careful], result.producers[careless]
        assert kept.confirmed >= kept.published - 5
        assert result.ledger.messages.lost_in_transit > 50
        assert lost.confirmed == 0


def test_a_restart_takes_what_is_transient_only() -> None:
    queues = outcome("broker-restart").queues
    assert queues["durable"].lost == 0
    assert (queues["half"].lost or 0) > 30
    assert (queues["transient"].lost or 0) > 30
    assert outcome("broker-restart").ledger.nothing_lost is False


def test_a_direct_call_needs_no_broker() -> None:
    result = outcome("broker-down")
    assert result.producers["direct"].replied >= 719
    assert result.producers["direct"].timed_out == 0


def test_a_full_queue_drops_refuses_or_keeps_elsewhere() -> None:
    queues = outcome("full-queue").queues
    assert queues["drop-oldest"].dropped == queues["keep-elsewhere"].dead_lettered == queues["elsewhere"].enqueued
    assert (queues["refuse-new"].enqueued or 0) < (queues["drop-oldest"].enqueued or 0)
    assert (queues["drop-oldest"].dropped or 0) > 200


def test_confirms_bring_every_order_through_a_full_queue() -> None:
    result = outcome("confirms-full-queue")
    assert result.producers["careful"].confirmed == result.producers["careless"].published == 1700
    assert result.producers["careful"].nacked > 500
    assert result.queues["orders"].enqueued < 2 * 1700  # type: ignore[operator]


@pytest.mark.parametrize("name", ["memory-alarm", "flow-control"])
def test_backpressure_loses_nothing(name: str) -> None:
    result = outcome(name)
    assert sum(producer.blocked_time for producer in result.producers.values()) > 10
    assert result.ledger.nothing_lost
    assert result.ledger.messages.published == result.ledger.messages.routed


def test_stale_messages_leave() -> None:
    queues = outcome("stale-messages").queues
    assert (queues["prices"].dead_lettered or 0) > 300
    assert outcome("stale-messages").ledger.copies.reasons.expired == queues["prices"].dead_lettered
    assert (queues["too-late"].purged or 0) > 200
    assert (queues["prices"].oldest.max or 0) <= 3.01


def test_the_wait_grows_with_the_spread_as_pollaczek_and_khinchine_say() -> None:
    queues = outcome("service-times").queues
    spreads = {"constant": 0.0, "uniform": 0.1 / 12**0.5, "exponential": 0.05, "lognormal": 0.1}
    measured = [queues[name].wait.mean or 0.0 for name in spreads]
    assert measured == sorted(measured)
    for name, sd in spreads.items():
        assert queues[name].wait.mean == pytest.approx(mg1(16.0, 0.05, sd).wait, rel=0.4)
