"""Lines: from port to port, around what is between, and their labels."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from mqviz.model.snapshot import ExchangeStats, QueueStats, Snapshot
from mqviz.viewmodel.curves import SAMPLES, Curve, curve, flowing, rounded
from mqviz.viewmodel.graph import EdgeKind, Graph, graph_of
from mqviz.viewmodel.labels import place
from mqviz.viewmodel.layout import arrange
from mqviz.viewmodel.routes import Box, boxes, routes
from tests.viewmodel.pictures import binding, called, consumer, producer, shop, translated
from tests.viewmodel.test_layout import snapshots


def lines_of(graph: Graph) -> tuple[dict[str, Box], dict[tuple[str, str, EdgeKind], Curve]]:
    positions = arrange(graph, {})
    return boxes(graph, positions), routes(graph, positions)


def covers(box: Box, line: Curve, inset: float = 3.0) -> bool:
    x, y = line.samples.T
    return bool(((x > box.left + inset) & (x < box.right - inset) & (y > box.top + inset) & (y < box.bottom - inset)).any())


points = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


@given(st.lists(points, min_size=2, max_size=5, unique=True))
def test_samples_go_from_end_to_end_at_equal_distances(through: list[tuple[float, float]]) -> None:
    line = curve(rounded(through, 10.0))
    assert line.samples.shape == (SAMPLES, 2)
    assert line.samples[0] == pytest.approx(through[0]) and line.samples[-1] == pytest.approx(through[-1])
    steps = np.hypot(*np.diff(line.samples, axis=0).T)
    assert steps.max() <= line.length / (SAMPLES - 1) * 1.01 + 1e-9


def test_a_line_is_level_where_it_meets_cards() -> None:
    (x0, y0), (x1, y1), *_ = flowing([(0.0, 0.0), (100.0, 80.0)])
    assert y0 == y1 and x1 > x0


@pytest.mark.parametrize("snapshot", [shop(), translated(), called()], ids=["shop", "translated", "called"])
def test_no_line_runs_behind_a_card(snapshot: Snapshot) -> None:
    graph = graph_of(snapshot)
    cards, lines = lines_of(graph)
    hidden = [(key, id) for key, line in lines.items() for id, box in cards.items() if id not in key[:2] and covers(box, line)]
    assert hidden == []


def test_a_line_over_a_column_of_cards_takes_a_lane_between_them() -> None:
    queues = tuple(QueueStats(name=f"q{i}") for i in range(5))
    keys = tuple(binding(f"e{i}", f"q{i}") for i in range(4))
    exchanges = tuple(ExchangeStats(name=f"e{i}", type="direct") for i in range(4))
    publishing = tuple(producer(f"p{i}.1", f"e{i}") for i in range(4))
    straight = (producer("straight.1", "", "q4"),)
    graph = graph_of(Snapshot(time=0.0, exchanges=exchanges, queues=queues, bindings=keys, producers=publishing + straight))
    positions = arrange(graph, {}) | {"producer:straight.1": arrange(graph, {})["producer:p2.1"], "producer:p2.1": (0.0, 900.0)}
    line = routes(graph, positions)["producer:straight.1", "queue:q4", EdgeKind.PUBLISH]
    assert not any(covers(box, line) for id, box in boxes(graph, positions).items() if id.startswith("exchange"))


def test_lines_of_one_side_meet_it_at_ports_of_their_own() -> None:
    _, lines = lines_of(graph_of(shop()))
    starts = [line.controls[0] for key, line in lines.items() if key[0] == "queue:orders.new" and key[2] is EdgeKind.DELIVER]
    assert len(starts) == 3 and len({y for _, y in starts}) == 3


def test_dead_letters_leave_at_the_left_and_arrive_at_the_right() -> None:
    cards, lines = lines_of(graph_of(shop()))
    line = lines["queue:orders.new", "exchange:dlx", EdgeKind.DEAD_LETTER]
    assert line.controls[0][0] == cards["queue:orders.new"].left
    assert line.controls[-1][0] == pytest.approx(cards["exchange:dlx"].right, abs=17)


def test_a_reply_goes_back_below_everything() -> None:
    graph = graph_of(shop(), [("consumer:worker.1", "producer:checkout.1")])
    cards, lines = lines_of(graph)
    line = lines["consumer:worker.1", "producer:checkout.1", EdgeKind.REPLY]
    assert line.box[3] > max(box.bottom for box in cards.values())


@settings(max_examples=40, deadline=None)
@given(snapshots())
def test_every_edge_of_any_picture_has_a_line(snapshot: Snapshot) -> None:
    graph = graph_of(snapshot)
    _, lines = lines_of(graph)
    assert lines.keys() == {edge.key for edge in graph.edges}
    assert all(np.isfinite(line.samples).all() for line in lines.values())


def test_labels_keep_off_cards_and_each_other() -> None:
    graph = graph_of(shop())
    cards, lines = lines_of(graph)
    sizes = {edge.key: (70.0, 20.0) for edge in graph.edges if edge.labels}
    places = place(lines, sizes, cards.values())
    assert places.keys() == sizes.keys()
    rects = [Box(x - 35, y - 10, x + 35, y + 10) for x, y in places.values()]
    everything = [*rects, *cards.values()]
    for index, rect in enumerate(rects):
        for other in everything[index + 1 :]:
            apart = rect.right <= other.left or other.right <= rect.left or rect.bottom <= other.top or other.bottom <= rect.top
            assert apart


def test_a_label_without_room_is_left_out() -> None:
    graph = graph_of(Snapshot(time=0.0, queues=(QueueStats(name="q"),), consumers=(consumer("c.1", "q"),)))
    cards, lines = lines_of(graph)
    key = next(iter(lines))
    assert place(lines, {key: (400.0, 20.0)}, cards.values()) == {}
