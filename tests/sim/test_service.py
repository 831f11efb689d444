"""A server without a queue in front: workers, places to wait, patience, overload; and those who call it directly."""

from __future__ import annotations

from typing import Any

import pytest

from mqviz.model.backend import Apply, Inject
from mqviz.model.distributions import Constant, Exponential
from mqviz.model.faults import Changed, Cut, Delay, FailFault, Hang, Kill, Slow, Spike, Stop
from mqviz.model.load import BurstLoad, ConstantLoad, PoissonLoad
from mqviz.model.result import ServiceResult
from mqviz.model.scenario import Change, Network, ProducerSpec, Retry, Scenario, ServiceSpec
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import at, run

SECOND = Constant(mean=1.0)


def caller(**settings: Any) -> ProducerSpec:
    return ProducerSpec(**{"name": "guest", "call": "kitchen", "mode": "asynchronous", "load": (BurstLoad(messages=10),), **settings})


def kitchen(*callers: ProducerSpec, faults: tuple[Any, ...] = (), network: Network | None = None, **settings: Any) -> Scenario:
    spec = ServiceSpec(**{"name": "kitchen", "service": SECOND, **settings})
    return Scenario(
        duration=20.0,
        producers=callers or (caller(),),
        services=(spec,),
        faults=faults,
        network=network or Network(),
    )


def served(scenario: Scenario) -> ServiceResult:
    service = run(scenario).services["kitchen"]
    assert service.balances
    return service


def test_requests_are_served_by_so_many_workers() -> None:
    service = served(kitchen(workers=3))
    assert (service.completed, service.busy_time) == (10, 10.0)
    assert service.latency.max == pytest.approx(4.0)
    assert service.utilisation == pytest.approx(10.0 / 60.0)


def test_who_finds_no_place_is_refused() -> None:
    service = served(kitchen(workers=2, accept=3))
    assert (service.completed, service.refused) == (5, 5)


def test_whose_patience_ends_while_waiting_is_let_go() -> None:
    service = served(kitchen(workers=1, timeout=2.5))
    assert (service.completed, service.timed_out, service.busy_time) == (2, 8, 3.0)


def test_a_server_finishes_in_vain_what_nobody_waits_for_any_more() -> None:
    service = served(kitchen(caller(load=(BurstLoad(messages=2),)), timeout=0.5))
    assert (service.completed, service.timed_out, service.busy_time) == (0, 2, 1.0)


def test_in_the_midst_every_request_is_somewhere() -> None:
    service = at(kitchen(workers=2, accept=5, timeout=3.25), 1.5).result().services["kitchen"]
    assert (service.requests, service.completed, service.in_service, service.waiting, service.refused) == (10, 2, 2, 3, 3)


def test_service_takes_longer_the_more_wait() -> None:
    service = served(kitchen(caller(load=(BurstLoad(messages=3),)), overload=0.5))
    assert service.busy_time == pytest.approx(1.0 + 1.5 + 1.0)


def test_an_overloaded_server_gets_less_done() -> None:
    def completed(overload: float) -> int:
        load = (PoissonLoad(rate=15.0),)
        scenario = kitchen(caller(load=load), accept=100, timeout=2.0, overload=overload, service=Constant(mean=0.1))
        return served(scenario).completed

    assert completed(0.1) < completed(0.0) / 2


def test_without_limits_it_is_an_m_m_1() -> None:
    load = (PoissonLoad(rate=80.0),)
    service = served(kitchen(caller(load=load), service=Exponential(mean=0.01)))
    assert service.latency.mean == pytest.approx(0.05, rel=0.4)
    assert service.utilisation == pytest.approx(0.8, rel=0.1)


def test_killed_means_that_everybody_fails() -> None:
    service = served(kitchen(workers=2, faults=(Kill(target="kitchen", at=1.5, lasts=5.0),)))
    assert (service.completed, service.failed, service.busy_time) == (2, 8, 3.0)
    assert service.utilisation == pytest.approx(3.0 / 30.0)
    later = caller(load=(BurstLoad(messages=1, at=2.0), BurstLoad(messages=1, at=7.0)))
    service = served(kitchen(later, faults=(Kill(target="kitchen", at=1.5, lasts=5.0),)))
    assert (service.completed, service.failed) == (1, 1)


def test_stopped_means_that_newcomers_are_refused_and_the_rest_is_finished() -> None:
    load = (BurstLoad(messages=3), BurstLoad(messages=2, at=1.0))
    service = served(kitchen(caller(load=load), faults=(Stop(target="kitchen", at=0.5, lasts=5.0),)))
    assert (service.completed, service.refused) == (3, 2)


def test_hanging_workers_stand_and_go_on_later() -> None:
    simulation = at(kitchen(caller(load=(BurstLoad(messages=1),)), faults=(Hang(target="kitchen", at=0.25, lasts=2.0),)), 2.9)
    assert simulation.snapshot().services[0].completed == 0
    simulation.run_until(3.1)
    stats = simulation.snapshot().services[0]
    assert (stats.completed, stats.busy_time) == (1, 1.0)


def test_slow_and_failing_service() -> None:
    assert served(kitchen(faults=(Slow(target="kitchen", factor=1.5),))).busy_time == pytest.approx(15.0)
    service = served(kitchen(faults=(FailFault(target="kitchen", at=4.5, share=1.0, lasts=2.0),)))
    assert (service.completed, service.failed) == (8, 2)


def test_a_synchronous_caller_makes_one_call_after_the_other() -> None:
    scenario = kitchen(caller(mode="synchronous"), workers=5)
    assert at(scenario, 3.5).snapshot().services[0].completed == 3
    result = run(scenario)
    assert result.producers["guest"].replied == 10
    assert result.producers["guest"].blocked_time == pytest.approx(9.0)
    assert result.latency.max == pytest.approx(10.0)
    assert result.ledger.work.completed == 10


def test_a_call_that_fails_is_tried_again() -> None:
    spec = caller(load=(BurstLoad(messages=3),), retry=Retry(attempts=5, backoff=0.6))
    result = run(kitchen(spec, accept=0))
    assert result.services["kitchen"].refused > 0
    assert result.producers["guest"].replied == 3
    assert result.ledger.nothing_lost
    without = run(kitchen(caller(load=(BurstLoad(messages=3),)), accept=0))
    assert without.producers["guest"].replied == 1
    assert not without.ledger.nothing_lost


def test_calls_cross_the_network_there_and_back() -> None:
    spec = caller(load=(BurstLoad(messages=1),))
    assert run(kitchen(spec, network=Network(latency=0.25))).latency.mean == pytest.approx(1.5)
    delayed = kitchen(spec, faults=(Delay(seconds=0.5, target="guest"),))
    assert run(delayed).latency.mean == pytest.approx(2.0)


def test_a_cut_fails_the_calls_that_are_under_way() -> None:
    spec = caller(load=(ConstantLoad(rate=2.0, messages=10),), mode="synchronous")
    fault = Cut(side="producers", at=1.25, lasts=1.5)
    result = run(kitchen(spec, service=Constant(mean=0.1), faults=(fault,)))
    assert result.producers["guest"].replied == 7
    under_way = run(kitchen(caller(load=(BurstLoad(messages=1),)), faults=(Cut(side="producers", at=0.5, lasts=1.0),)))
    assert under_way.producers["guest"].replied == 0
    assert under_way.services["kitchen"].completed == 1


def test_a_killed_caller_has_failed_and_a_hanging_one_waits() -> None:
    spec = caller(load=(ConstantLoad(rate=2.0),), mode="synchronous")
    simulation = at(kitchen(spec, service=Constant(mean=0.9)), 1.2)
    simulation.apply(Inject(fault=Kill(target="guest", lasts=1.0)))
    stats = simulation.snapshot().producers[0]
    assert (stats.state, stats.failed, stats.replied) == ("killed", 2, 1)
    hanging = at(kitchen(caller(load=(ConstantLoad(rate=2.0),)), faults=(Hang(target="guest", at=0.25, lasts=3.0),)), 2.0)
    stats = hanging.snapshot().producers[0]
    assert (stats.state, stats.published, stats.waiting) == ("hanging", 1, 4)


def test_callers_take_spikes_and_stops() -> None:
    spec = caller(load=(ConstantLoad(rate=10.0),))
    faults = (Spike(target="guest", messages=30, at=1.0), Stop(target="guest", at=2.05))
    assert run(kitchen(spec, workers=100, faults=faults)).producers["guest"].replied == 21 + 30
    rate = at(kitchen(spec, workers=100), 1.05)
    rate.apply(Apply(change=Change(target="guest", set=Changed(rate=100.0))))
    rate.run_until(2.05)
    assert rate.snapshot().producers[0].published == pytest.approx(111, abs=1)


def test_settings_are_turned_while_it_runs() -> None:
    def turned(**settings: Any) -> Simulation:
        simulation = at(kitchen(caller(load=(BurstLoad(messages=20), BurstLoad(messages=20, at=2.0)))), 1.5)
        assert simulation.apply(Apply(change=Change(target="kitchen", set=Changed(**settings)))).done
        simulation.run_until(5.75)
        return simulation

    assert turned(workers=5).snapshot().services[0].completed == 1 + 4 * 5
    assert turned(accept=10).snapshot().services[0].refused == 20
    assert turned(timeout=3.0).snapshot().services[0].timed_out == 20
    assert turned(service=Constant(mean=0.1)).snapshot().services[0].completed == pytest.approx(1 + 1 + 37, abs=1)


def test_what_a_service_does_not_have_cannot_be_set() -> None:
    simulation = at(kitchen(), 1.0)
    outcome = simulation.apply(Apply(number=4, change=Change(target="kitchen", set=Changed(prefetch=3))))
    assert (outcome.number, outcome.done, outcome.reason) == (4, False, "not_settable")
