"""What the canvas shows, in time turned by hand."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.canvas import TopologyView
from mqviz.gui.stage import REFRESH
from mqviz.model.backend import Update
from mqviz.model.faults import Down, Kill
from mqviz.model.snapshot import ActiveFault, BrokerStats, ClientState, Snapshot
from mqviz.viewmodel.part import MOST_QUEUES
from tests.gui import live_pictures
from tests.gui.canvas_hands import (
    QUEUE,
    colours,
    difference,
    drag,
    empty_place,
    happened,
    picture,
)
from tests.viewmodel.pictures import shop

# What is shown


def test_the_whole_topology_is_seen_at_first(view: TopologyView) -> None:
    area = view.viewport().rect()
    assert all(area.contains(view.rect_of(id)) for id in view.positions)


def test_a_bigger_view_shows_it_bigger(view: TopologyView) -> None:
    before = view.zoom
    view.resize(1400, 900)
    assert view.zoom > before


def test_nothing_to_see_is_said_in_words(qtbot: QtBot) -> None:
    empty = TopologyView()
    qtbot.addWidget(empty)
    empty.resize(600, 400)
    empty.show()
    assert "Nothing to see" not in words_of(empty)  # before the first look nobody knows
    empty.set_update(Update(snapshot=Snapshot(time=0.0)))
    assert "Nothing to see" in words_of(empty)
    empty.set_update(Update(snapshot=shop()))
    assert "Nothing to see" not in words_of(empty)


def test_the_first_picture_of_a_large_broker_has_a_frame_of_its_own(qtbot: QtBot) -> None:
    view = TopologyView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    view.set_update(Update(snapshot=live_pictures.huge(0.0, 600)))
    assert view.ids() == ()
    assert "Nothing to see" not in words_of(view)  # it is not known yet
    view.advance(REFRESH)
    assert sum(id.startswith("queue:") for id in view.ids()) == MOST_QUEUES


def words_of(view: TopologyView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def test_a_card_is_painted_anew_when_its_figures_change(view: TopologyView) -> None:
    rect = view.rect_of(QUEUE)
    before = picture(view).copy(rect)
    queues = tuple(replace(queue, messages_ready=500, max_length=600) for queue in shop().queues)
    view.set_update(Update(snapshot=replace(shop(), time=2.0, queues=queues)))
    for _ in range(20):
        view.advance(0.05)
    assert picture(view).copy(rect) != before


def test_what_is_patched_together_is_what_is_painted_at_once(view: TopologyView) -> None:
    picture(view)
    consumers = tuple(
        replace(one, state=ClientState.SLOW if index % 2 else ClientState.KILLED, messages_unacknowledged=3, prefetch_count=7)
        for index, one in enumerate(shop().consumers)
    )
    queues = tuple(replace(queue, messages_ready=77, consumers=1) for queue in shop().queues)
    view.set_update(Update(snapshot=replace(shop(), time=1.1, queues=queues, consumers=consumers)))
    for _ in range(40):
        view.advance(0.05)
        picture(view)
    drag(view, empty_place(view), empty_place(view) + QPoint(37, -21))
    patched, renders = picture(view), view.stage.backdrop.renders
    view.stage.backdrop.invalidate()
    assert difference(patched, picture(view)) <= 4
    assert view.stage.backdrop.renders == renders + 1


def test_the_background_is_not_painted_anew_when_nothing_has_changed(view: TopologyView) -> None:
    picture(view)
    backdrop = view.stage.backdrop
    before = backdrop.renders, backdrop.patches
    for frame in range(30):
        view.set_update(Update(snapshot=replace(shop(), time=1.0 + frame / 10), events=(happened(number=frame),)))
        view.advance(0.05)
        picture(view)
    assert (backdrop.renders, backdrop.patches) == before


def test_a_still_picture_asks_for_no_painting(view: TopologyView, qtbot: QtBot) -> None:
    for _ in range(20):
        view.advance(0.1)
    assert not view.stage.is_moving


def test_pulling_the_view_paints_only_what_comes_in(view: TopologyView) -> None:
    picture(view)
    renders = view.stage.backdrop.renders
    drag(view, empty_place(view), empty_place(view) + QPoint(30, 10))
    picture(view)
    assert view.stage.backdrop.renders == renders
    assert view.stage.backdrop.patches > 0


def test_dark_is_dark(view: TopologyView, qapp: QApplication) -> None:
    corner = QPoint(3, view.viewport().height() - 3)
    assert picture(view).pixelColor(corner) == theme.load("light").canvas
    theme.apply(qapp, theme.load("dark"))
    assert picture(view).pixelColor(corner) == theme.load("dark").canvas


def test_a_killed_consumer_is_marked(view: TopologyView) -> None:
    before = picture(view).copy(view.rect_of("consumer:worker.2").adjusted(-6, -12, 16, 6))
    killed = tuple(replace(one, state=ClientState.KILLED) if one.name == "worker.2" else one for one in shop().consumers)
    fault = ActiveFault(id=1, fault=Kill(target="worker.2"), since=1.0)
    view.set_update(Update(snapshot=replace(shop(), time=2.0, consumers=killed, faults=(fault,)), paused=True))
    after = picture(view).copy(view.rect_of("consumer:worker.2").adjusted(-6, -12, 16, 6))
    assert colours(after, theme.load("light").dead_lettered) > colours(before, theme.load("light").dead_lettered)


def test_a_broker_that_is_down_is_dim(view: TopologyView) -> None:
    inside = view.rect_of(QUEUE)
    dark_before = colours(picture(view).copy(inside), theme.load("light").text)
    down = replace(shop(), time=2.0, broker=BrokerStats(state="down"), faults=(ActiveFault(id=1, fault=Down(), since=1.0),))
    view.set_update(Update(snapshot=down, paused=True))
    assert colours(picture(view).copy(inside), theme.load("light").text) < dark_before


# Dots


def dots(view: TopologyView) -> int:
    return len(view.stage.traffic.sight().points)


def test_dots_run_along_their_line_and_vanish_at_its_end(view: TopologyView) -> None:
    view.set_update(Update(snapshot=shop(), events=(happened(),)))
    seen = []
    for _ in range(5):
        view.advance(0.1)
        seen.append(float(view.stage.traffic.sight().points[0][0]))
    assert seen == sorted(seen) and seen[-1] > seen[0] + 20
    left, right = view.positions["producer:billing.1"][0], view.positions["exchange:events"][0]
    assert left < seen[0] < seen[-1] < right
    for _ in range(10):
        view.advance(0.1)
    assert dots(view) == 0


def test_a_dot_is_painted(view: TopologyView) -> None:
    clear = picture(view)
    view.set_update(Update(snapshot=shop(), events=(happened(),)))
    view.advance(0.3)
    x, y = view.stage.traffic.sight().points[0]
    place = view.mapFromScene(QPointF(float(x), float(y)))
    assert picture(view).pixelColor(place) == theme.load("light").ready != clear.pixelColor(place)


def test_dots_stand_while_paused(view: TopologyView) -> None:
    view.set_update(Update(snapshot=shop(), events=(happened(),)))
    view.advance(0.2)
    before = view.stage.traffic.sight().points.tolist()
    view.set_update(Update(snapshot=shop(), paused=True))
    view.advance(0.5)
    assert view.stage.traffic.sight().points.tolist() == before


def test_with_reduced_motion_dots_stand(view: TopologyView) -> None:
    view.set_reduced_motion(True)
    view.set_update(Update(snapshot=shop(), events=(happened(),)))
    view.advance(0.1)
    before = view.stage.traffic.sight(standing=True).points.tolist()
    first = picture(view)
    view.advance(0.2)
    assert view.stage.traffic.sight(standing=True).points.tolist() == before
    assert picture(view) != first


def test_another_run_begins_without_the_dots_of_the_last(view: TopologyView) -> None:
    view.set_update(Update(snapshot=replace(shop(), time=50.0), events=(happened(),)))
    view.set_update(Update(snapshot=replace(shop(), time=0.0)))
    assert len(view.stage.traffic) == 0


def test_colours_by_kind_need_other_dots_and_another_legend(view: TopologyView) -> None:
    view.set_update(Update(snapshot=shop(), events=(happened(),)))
    view.advance(0.3)
    x, y = view.stage.traffic.sight().points[0]
    place = view.mapFromScene(QPointF(float(x), float(y)))
    before = picture(view)
    view.set_colour_by("kind")
    assert picture(view).pixelColor(place) != before.pixelColor(place)
