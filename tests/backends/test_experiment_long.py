"""The experiment of the mission on both brokers: ten thousand at once, and again with a consumer killed in the middle."""

from pathlib import Path

import msgspec
import pytest

from mqviz.model.ending import lasting
from mqviz.model.faults import Kill
from mqviz.model.library import find, read_scenario
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.viewmodel.compare import Comparison, drained_at
from tests.backends.live_scenarios import live, simulated
from tests.rabbitmq_node import Node

pytestmark = [pytest.mark.rabbitmq, pytest.mark.long, pytest.mark.alone]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Ten thousand at once, until all is drained."""
    return lasting(read_scenario(find("ten-thousand")), 85.0)


def assert_alike(told: Result, expected: Result) -> None:
    """The same identities; drained within a tenth of the time, depths within a tenth of the peak at any second."""
    assert told.ledger.balanced is True and told.ledger.nothing_lost is True
    assert told.ledger.messages == expected.ledger.messages
    assert told.ledger.copies.enqueued == expected.ledger.copies.enqueued
    first, second = drained_at(expected, "work"), drained_at(told, "work")
    assert first is not None and second is not None and abs(second - first) < 0.1 * first
    curve = Comparison(expected, told).curves["work"]
    both = [(one, other) for time, one, other in curve if time > 3.0 and one is not None and other is not None]
    assert len(both) > 80 and max(abs(one - other) for one, other in both) < 1_000


def test_ten_thousand_drain_alike(rabbitmq: Node, tmp_path: Path, scenario: Scenario) -> None:
    told = live(rabbitmq, tmp_path, scenario)
    assert_alike(told, simulated(scenario))
    assert told.clients is not None and told.clients.asked == told.clients.made


def test_with_a_consumer_killed_in_the_middle_what_it_held_comes_again(rabbitmq: Node, tmp_path: Path, scenario: Scenario) -> None:
    killed = msgspec.structs.replace(scenario, faults=(Kill(target="server.1", at=30.0, lasts=5.0),))
    told, expected = live(rabbitmq, tmp_path, killed), simulated(killed)
    assert_alike(told, expected)
    assert expected.queues["work"].redelivered == 20
    assert 18 <= (told.queues["work"].redelivered or 0) <= 22
