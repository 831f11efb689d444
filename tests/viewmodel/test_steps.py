"""From node to node with the arrow keys."""

from __future__ import annotations

import pytest

from mqviz.viewmodel.graph import graph_of
from mqviz.viewmodel.layout import arrange
from mqviz.viewmodel.steps import Direction, first, step
from tests.viewmodel.pictures import shop

GRAPH = graph_of(shop())
POSITIONS = arrange(GRAPH, {})


def test_right_and_left_follow_the_lines() -> None:
    assert step(GRAPH, POSITIONS, "producer:billing.1", "right") == "exchange:events"
    assert step(GRAPH, POSITIONS, "queue:email.send", "right") == "consumer:mailer.1"
    assert step(GRAPH, POSITIONS, "consumer:mailer.1", "left") == "queue:email.send"
    assert step(GRAPH, POSITIONS, "queue:orders.dlq", "left") == "exchange:dlx"


def test_where_no_line_leads_on_the_nearest_node_does() -> None:
    there = step(GRAPH, POSITIONS, "queue:orders.dlq", "right")
    assert there is not None and there.startswith("consumer")


def test_up_and_down_stay_in_the_column() -> None:
    column = sorted((id for id in POSITIONS if id.startswith("queue")), key=lambda id: POSITIONS[id][1])
    assert [step(GRAPH, POSITIONS, id, "down") for id in column[:-1]] == column[1:]
    assert [step(GRAPH, POSITIONS, id, "up") for id in column[1:]] == column[:-1]


@pytest.mark.parametrize("direction", ["left", "right", "up", "down"])
def test_arrows_never_lead_nowhere_else_than_asked(direction: Direction) -> None:
    for id, (x, y) in POSITIONS.items():
        there = step(GRAPH, POSITIONS, id, direction)
        if there is not None:
            dx, dy = POSITIONS[there][0] - x, POSITIONS[there][1] - y
            assert {"left": dx < 0, "right": dx > 0, "up": dy < 0, "down": dy > 0}[direction]


def test_one_begins_at_the_left_upper_corner() -> None:
    start = first(POSITIONS)
    assert start is not None and start.startswith("producer")
    assert first({}) is None
