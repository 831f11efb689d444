"""The shape of large topologies: as large as possible in the view, and nothing moves for less."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from mqviz.model.snapshot import ConsumerStats, QueueStats, Snapshot
from mqviz.viewmodel.graph import Graph, graph_of
from mqviz.viewmodel.layout import PLAIN, Shape, arrange, extent, overlapping
from mqviz.viewmodel.picture import Picture
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.shaping import covered, shape_for
from tests.viewmodel.pictures import binding, consumer, producer, shop
from tests.viewmodel.test_layout import snapshots

WIDE = 2.2


def company(queues: int = 36) -> Snapshot:
    """Queues of one exchange, each with a consumer and the same dead-letter exchange."""
    names = [f"q{i}" for i in range(queues)]
    consumers: tuple[ConsumerStats, ...] = tuple(consumer(f"c{i}.1", name) for i, name in enumerate(names))
    return replace(
        shop(),
        queues=(*(QueueStats(name=name, dead_letter_exchange="dlx") for name in names), QueueStats(name="dead")),
        bindings=(*(binding("shop", name) for name in names), binding("dlx", "dead")),
        consumers=consumers,
        producers=(producer("web.1", "shop", "x"),),
    )


def seen(graph: Graph, shape: Shape, aspect: float) -> float:
    """How large all cards are seen in a view that is 1 high."""
    wide, high = covered(graph, arrange(graph, {}, shape))
    return min(aspect / wide, 1.0 / high)


def test_a_large_topology_is_seen_much_larger_in_a_wide_view() -> None:
    graph = graph_of(company())
    shape = shape_for(graph, WIDE)
    assert seen(graph, shape, WIDE) > 1.4 * seen(graph, PLAIN, WIDE)
    assert overlapping(graph, arrange(graph, {}, shape)) == []
    assert shape_for(graph_of(company()), WIDE) == shape


def test_a_wider_view_gets_a_wider_picture() -> None:
    graph = graph_of(company())
    wide, narrow = (covered(graph, arrange(graph, {}, shape_for(graph, aspect))) for aspect in (2.6, 1.0))
    assert wide[0] / wide[1] > narrow[0] / narrow[1]


@pytest.mark.parametrize("aspect", [1.0, WIDE, 2.6])
@pytest.mark.parametrize("snapshot", [Snapshot(time=0.0), shop()])
def test_an_ordinary_topology_keeps_one_column_for_each_layer(snapshot: Snapshot, aspect: float) -> None:
    assert shape_for(graph_of(snapshot), aspect) == PLAIN


def test_what_nobody_could_read_in_any_shape_is_not_measured() -> None:
    assert shape_for(graph_of(company(200)), WIDE) == PLAIN


@settings(max_examples=40, deadline=None)
@given(snapshots(), st.sampled_from([120.0, 450.0, 1500.0]), st.integers(0, 4))
def test_nothing_overlaps_in_any_shape(snapshot: Snapshot, tallest: float, bands: int) -> None:
    graph = graph_of(snapshot)
    assert overlapping(graph, arrange(graph, {}, Shape(tallest, bands, is_dense=True))) == []


@pytest.mark.parametrize("tallest", [1500.0, 900.0, 450.0])
def test_the_extent_is_told_without_arranging(tallest: float) -> None:
    graph, shape = graph_of(company()), Shape(tallest, 1, is_dense=True)
    assert extent(graph, shape) == pytest.approx(covered(graph, arrange(graph, {}, shape)), rel=0.15)


def shown(aspect: float) -> Picture:
    picture = Picture()
    picture.suit(aspect)
    picture.begin(company(), Recorder())
    return picture


def test_a_view_of_another_form_arranges_anew_and_a_little_wider_one_does_not() -> None:
    picture = shown(1.0)
    before = dict(picture.positions)
    assert not picture.suit(1.3)
    assert picture.positions == before
    assert picture.suit(2.6)
    assert picture.positions == arrange(picture.graph, {}, shape_for(picture.graph, 2.6)) != before


def test_what_was_placed_by_hand_is_left_where_it_is() -> None:
    picture = shown(1.0)
    picture.place({"queue:q3": (5000.0, 5000.0)})
    before = dict(picture.positions)
    assert not picture.suit(2.6)
    assert picture.positions == before


def test_figures_and_new_queues_move_nothing() -> None:
    picture = shown(WIDE)
    before = dict(picture.positions)
    full = tuple(replace(queue, messages_ready=900) for queue in company().queues)
    picture.begin(replace(company(), time=5.0, queues=full), Recorder())
    assert picture.positions == before
    picture.begin(replace(company(40), time=10.0), Recorder())
    assert {id: picture.positions[id] for id in before} == before
    assert overlapping(picture.graph, picture.positions) == []
