"""Faults: from the file or by hand, repeated, overlapping, ended; whom they strike."""

from __future__ import annotations

from typing import Any

import pytest

from mqviz.model.amqp import QueueSpec
from mqviz.model.backend import Apply, EndFault, Inject, Peek
from mqviz.model.distributions import Constant
from mqviz.model.faults import (
    Changed,
    Cut,
    Delay,
    Down,
    Fault,
    Hang,
    Kill,
    MemoryAlarm,
    Poison,
    Purge,
    RestartFault,
    Slow,
    Spike,
)
from mqviz.model.load import ConstantLoad
from mqviz.model.scenario import Change, Declared, Network, Scenario
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import as_bytes, at, burst, run, server, shop, world


def codes(simulation: Simulation) -> list[str]:
    return [entry.code for entry in simulation.drain_log()]


def test_a_fault_begins_ends_and_is_seen_in_between() -> None:
    simulation = at(world(shop(), server(), faults=(Hang(target="server", at=2.0, lasts=3.0),)), 1.9)
    assert simulation.snapshot().faults == ()
    simulation.run_until(2.5)
    active = simulation.snapshot().faults[0]
    assert (active.id, active.since, active.until, active.fault.target) == (1, 2.0, 5.0, "server")  # type: ignore[union-attr]
    simulation.run_until(5.0)
    assert simulation.snapshot().faults == ()
    seen = [(entry.time, entry.code, entry.subject) for entry in simulation.drain_log() if entry.code.startswith("fault")]
    assert seen == [(2.0, "fault_started", "server"), (5.0, "fault_ended", "server")]


def test_a_fault_at_the_very_beginning_is_in_time() -> None:
    assert run(world(burst(5), server(), faults=(Hang(target="shop", at=0.0),))).ledger.messages.published == 0


def test_a_fault_comes_again_and_again() -> None:
    fault = Slow(target="shop", factor=1e9, at=1.0, lasts=0.5, every=2.0)
    result = run(world(shop(load=(ConstantLoad(rate=10.0),)), faults=(fault,)))
    assert result.ledger.messages.published == pytest.approx(101 - 5 * 5, abs=1)
    spikes = Spike(target="shop", messages=7, at=1.0, every=3.0)
    assert run(world(shop(), faults=(spikes,))).ledger.messages.published == 101 + 4 * 7


def test_ending_a_fault_that_comes_again_ends_all_of_it() -> None:
    simulation = at(world(shop(), faults=(Spike(target="shop", messages=7, at=1.0, every=3.0),)), 5.0)
    active = simulation.snapshot().faults[0]
    assert (active.id, active.until) == (1, None)
    assert simulation.apply(EndFault(id=1)).done
    simulation.run_until(10.0)
    assert simulation.result().ledger.messages.published == 101 + 2 * 7


def test_overlapping_faults_of_one_kind_end_when_the_last_does() -> None:
    kills = (Kill(target="server", at=1.0, lasts=3.0), Kill(target="server.1", at=2.0, lasts=4.0))
    simulation = at(world(shop(), server(), faults=kills), 4.5)
    assert simulation.snapshot().consumers[0].state == "killed"
    simulation.run_until(6.1)
    assert simulation.snapshot().consumers[0].state != "killed"


def test_overlapping_outages_end_when_the_last_does() -> None:
    outages = (Down(at=1.0, lasts=3.0), RestartFault(at=2.0, lasts=4.0), RestartFault(at=3.0), MemoryAlarm(at=1.0, lasts=1.0))
    simulation = at(world(shop(), server(), faults=outages), 5.9)
    assert simulation.snapshot().broker.state == "down"
    simulation.run_until(6.0)
    assert simulation.snapshot().broker.state == "running"
    assert [code for code in codes(simulation) if code.startswith("broker")] == ["broker_stopped", "broker_started"]


def test_a_restart_forgets_what_is_transient_and_keeps_the_rest() -> None:
    clients = (burst(5, name="kept", persistent=True), burst(5, name="gone"))
    result = run(world(*clients, faults=(RestartFault(at=1.0),)))
    assert (result.queues["work"].ready, result.queues["work"].lost) == (5, 5)
    assert not result.ledger.nothing_lost


def test_a_restart_hands_out_again_what_was_unacknowledged() -> None:
    fault = RestartFault(at=0.5, lasts=1.0)
    result = run(world(burst(3, persistent=True), server(prefetch=3, service=Constant(mean=1.0)), faults=(fault,)))
    assert result.queues["work"].redelivered == 3
    assert result.ledger.work.completed + result.ledger.work.repeated == 4


def test_a_cut_of_one_side_leaves_the_other() -> None:
    simulation = at(world(shop(), server(), faults=(Cut(side="consumers", at=1.0, lasts=5.0),)), 3.0)
    snapshot = simulation.snapshot()
    assert (snapshot.producers[0].state, snapshot.consumers[0].state) == ("running", "disconnected")
    both = at(world(shop(), server(), faults=(Cut(at=1.0, lasts=5.0),)), 3.0).snapshot()
    assert (both.producers[0].state, both.consumers[0].state) == ("disconnected", "disconnected")
    assert both.broker.connections == 0


def test_more_latency_for_one_or_for_all() -> None:
    def latency(*faults: Fault) -> float:
        return run(world(burst(1), server(service=Constant(mean=0.0)), faults=faults)).latency.mean or 0.0

    assert latency(Delay(seconds=0.5)) == pytest.approx(1.0)
    assert latency(Delay(seconds=0.5, target="server")) == pytest.approx(0.5)
    assert latency(Delay(seconds=0.5, target="shop"), Delay(seconds=0.25)) == pytest.approx(1.0)


def test_what_is_under_way_when_the_latency_ends_keeps_its_order() -> None:
    scenario = world(
        shop(load=(ConstantLoad(rate=10.0, messages=20),), body="{number}"),
        faults=(Delay(seconds=0.55, at=0.95, lasts=0.3),),
        network=Network(),
    )
    simulation = at(scenario, 5.0)
    bodies = [int(each.body) for each in simulation.apply(Peek(queue="work", count=50)).answer]
    assert bodies == list(range(1, 21))


def test_a_purge_throws_away_what_is_ready() -> None:
    for target in ("work", "queue:work"):
        result = run(world(burst(10), server(service=Constant(mean=5.0)), faults=(Purge(target=target, at=1.0),)))
        assert (result.queues["work"].purged, result.ledger.work.completed) == (9, 1)
        assert not result.ledger.nothing_lost


def test_jitter_delays_but_keeps_order() -> None:
    scenario = world(shop(load=(ConstantLoad(rate=100.0, messages=200),), body="{number}"), network=Network(latency=0.05, jitter=0.04))
    bodies = [int(each.body) for each in at(scenario, 9.0).apply(Peek(queue="work", count=500)).answer]
    assert bodies == list(range(1, 201))


def test_who_comes_during_a_fault_for_all_has_it_too() -> None:
    simulation = at(world(shop(), faults=(Cut(at=1.0, lasts=5.0), Delay(seconds=0.5, at=1.0))), 2.0)
    simulation.apply(Apply(change=Change(declare=Declared(consumers=(server(),)))))
    assert simulation.snapshot().consumers[0].state == "disconnected"
    more = at(world(shop(), server(), faults=(Hang(target="server", at=1.0),)), 2.0)
    more.apply(Apply(change=Change(target="server", set=Changed(count=2))))
    more.run_until(4.0)
    assert [(each.state, each.completed) for each in more.snapshot().consumers] == [("hanging", 10), ("disconnected", 0)]


# -- by hand --------------------------------------------------------------------------------------------

EVERY: list[Fault] = [
    Spike(target="shop", factor=3.0),
    Spike(target="shop", messages=20),
    Kill(target="server"),
    Hang(target="server"),
    Slow(target="server", factor=5.0),
    Poison(target="shop"),
    Delay(seconds=0.2),
    Cut(),
    RestartFault(),
    RestartFault(lasts=1.0),
    Down(),
    MemoryAlarm(),
    Purge(target="queue:work"),
]
SCENARIO: Scenario = world(shop(load=(ConstantLoad(rate=30.0),)), server(count=2), queues=(QueueSpec(name="work", durable=True),))


@pytest.mark.parametrize("fault", EVERY, ids=lambda fault: type(fault).__name__)
def test_every_fault_can_be_done_and_ended_by_hand_and_is_in_the_record(fault: Any) -> None:
    simulation = at(SCENARIO, 2.0)
    id = simulation.apply(Inject(fault=fault)).answer
    simulation.run_until(5.0)
    if id is not None and fault.lasts is None:
        assert [active.id for active in simulation.snapshot().faults] == [id]
        assert simulation.apply(EndFault(id=id)).done
        assert simulation.snapshot().faults == ()
    simulation.run_until(10.0)
    record = simulation.recording()
    assert len(record.faults) == 1
    assert record.faults[0].at == pytest.approx(2.0, abs=1e-5)
    assert (record.faults[0].lasts == pytest.approx(3.0, abs=1e-5)) is (id is not None and fault.lasts is None)
    assert as_bytes(run(record)) == as_bytes(simulation.result())


def test_a_fault_of_the_file_that_was_ended_by_hand_is_shorter_in_the_record() -> None:
    simulation = at(world(shop(), server(), faults=(Hang(target="server", at=1.0),)), 3.0)
    simulation.apply(EndFault(id=1))
    simulation.run_until(10.0)
    record = simulation.recording()
    assert [(each.at, round(each.lasts or 0.0, 4)) for each in record.faults] == [(1.0, 2.0)]
    assert as_bytes(run(record)) == as_bytes(simulation.result())


def test_what_is_not_there_cannot_be_ended() -> None:
    simulation = at(SCENARIO, 1.0)
    for id in (0, 1, -1, 99):
        outcome = simulation.apply(EndFault(number=5, id=id))
        assert (outcome.number, outcome.done, outcome.reason) == (5, False, "no_such_fault")


def test_nothing_is_done_by_hand_after_the_end() -> None:
    simulation = at(SCENARIO, 10.0)
    before = as_bytes(simulation.result())
    assert simulation.apply(Inject(fault=Kill(target="server"))).reason == "finished"
    assert as_bytes(simulation.result()) == before


def test_the_result_tells_each_time_that_a_fault_struck() -> None:
    faults = (
        Kill(target="server.1", at=1.0, lasts=2.0),
        Spike(target="shop", messages=5, at=2.0),
        Spike(target="shop", factor=3.0, at=4.0, lasts=0.5, every=3.0),
        Cut(side="consumers", at=9.0),
        Down(at=20.0, lasts=1.0),
    )
    told = [(each.kind, each.target, each.begin, each.end, each.figures) for each in run(world(shop(), server(), faults=faults)).faults]
    assert told == [
        ("kill", "server.1", 1.0, 3.0, {}),
        ("spike", "shop", 2.0, 2.0, {"messages": 5}),
        ("spike", "shop", 4.0, 4.5, {"factor": 3.0}),
        ("spike", "shop", 7.0, 7.5, {"factor": 3.0}),
        ("cut", None, 9.0, None, {"side": "consumers"}),
        ("spike", "shop", 10.0, None, {"factor": 3.0}),
    ]


def test_a_fault_that_is_ended_by_hand_is_told_as_it_went() -> None:
    simulation = at(world(shop(), server()), 1.0)
    number = simulation.apply(Inject(fault=Slow(target="server", factor=2.0))).answer
    simulation.run_until(3.0)
    simulation.apply(EndFault(id=number))
    simulation.run_until(10.0)
    result = simulation.result()
    (told,) = result.faults
    assert (told.begin, told.end) == pytest.approx((1.0, 3.0), abs=1e-5)
    assert run(simulation.recording()).faults == result.faults
    sizes = [entry.figures.get("factor") for entry in simulation.drain_log() if entry.code.startswith("fault")]
    assert sizes == [2.0, 2.0]
