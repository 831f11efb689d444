"""Nothing is ever forgotten: whatever happens in a scenario, the accounts balance."""

from __future__ import annotations

from hypothesis import given

from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.sim.simulation import Simulation
from tests.sim.scenarios import DURATION, scenarios


def check(result: Result) -> None:
    ledger = result.ledger
    assert ledger.messages.balances, ledger.messages
    assert ledger.copies.balances, ledger.copies
    assert all(service.balances for service in result.services.values()), result.services
    assert ledger.balanced
    assert ledger.copies.enqueued >= sum(queue.enqueued or 0 for queue in result.queues.values())
    for consumer in result.consumers.values():
        assert consumer.acknowledged <= consumer.delivered
        assert consumer.abandoned <= consumer.delivered
        assert consumer.utilisation is None or -1e-9 <= consumer.utilisation <= 1.0 + 1e-9
    for translator in result.translators.values():
        assert translator.taken >= translator.translated + translator.invalid


@given(scenarios())
def test_every_scenario_balances_at_every_moment(scenario: Scenario) -> None:
    simulation = Simulation(scenario)
    for time in (0.0, 0.5, 1.0, 3.3, 7.5, DURATION):
        simulation.run_until(time)
        check(simulation.result())
    assert simulation.finished
