"""The canvas with a real mouse and real keys."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.camera import READABLE
from mqviz.gui.canvas import TopologyView
from mqviz.gui.minimap import Minimap
from mqviz.gui.zoom_bar import ZoomBar
from mqviz.model.backend import Update
from mqviz.model.snapshot import QueueStats
from tests.gui import live_pictures
from tests.gui.canvas_hands import (
    CTRL,
    LEFT,
    NONE,
    QUEUE,
    SHIFT,
    WORKER,
    at,
    click,
    colours,
    drag,
    empty_place,
    picture,
    pinch,
    wheel,
)
from tests.viewmodel.pictures import consumer, shop

# Selecting


def test_a_click_selects_and_a_click_beside_selects_nothing(view: TopologyView) -> None:
    spy = QSignalSpy(view.selected)
    click(view, at(view, QUEUE))
    assert view.selection == (QUEUE,)
    click(view, empty_place(view))
    assert view.selection == ()
    assert [spy.at(index)[0] for index in range(spy.count())] == [(QUEUE,), ()]


def test_ctrl_adds_and_takes_away(view: TopologyView) -> None:
    click(view, at(view, QUEUE))
    click(view, at(view, WORKER), CTRL)
    assert set(view.selection) == {QUEUE, WORKER}
    click(view, at(view, QUEUE), CTRL)
    assert view.selection == (WORKER,)


def test_shift_pulls_a_rubber_band(view: TopologyView) -> None:
    start = view.rect_of("queue:email.send").topLeft() - QPoint(10, 8)
    end = view.rect_of("queue:audit.log").bottomRight() + QPoint(10, 8)
    drag(view, start, end, modifier=SHIFT)
    assert set(view.selection) == {"queue:email.send", "queue:audit.log"}


def test_a_selected_card_is_framed_in_the_accent(view: TopologyView) -> None:
    rect = view.rect_of(QUEUE).adjusted(-4, -4, 4, 4)
    assert colours(picture(view).copy(rect), theme.load("light").accent) == 0
    view.select((QUEUE,))
    assert colours(picture(view).copy(rect), theme.load("light").accent) > 100


def test_selecting_a_member_selects_its_group(view: TopologyView) -> None:
    crowd = tuple(consumer(f"worker.{i}", "orders.new") for i in range(1, 20))
    view.set_update(Update(snapshot=replace(shop(), time=2.0, consumers=crowd), paused=True))
    view.select(("consumer:worker.7",))
    assert view.selection == ("consumer:worker",)


def test_what_is_gone_is_not_selected(view: TopologyView) -> None:
    view.select((QUEUE,))
    view.set_update(Update(snapshot=replace(shop(), time=2.0, queues=shop().queues[:1], bindings=()), paused=True))
    assert view.selection == ()


# Dragging


def test_dragging_a_node_moves_it_and_says_so_once(view: TopologyView) -> None:
    spy, before = QSignalSpy(view.moved), view.positions
    drag(view, at(view, WORKER), at(view, WORKER) + QPoint(-40, 25))
    assert spy.count() == 1
    (moved,) = spy.at(0)
    x, y = before[WORKER]
    assert moved[WORKER] == pytest.approx((x - 40 / view.zoom, y + 25 / view.zoom), abs=2.0)
    assert view.positions == {**before, **moved}
    assert view.moved_from == {WORKER: before[WORKER]}


def test_all_selected_nodes_are_dragged_together(view: TopologyView) -> None:
    view.select((QUEUE, WORKER))
    spy, before = QSignalSpy(view.moved), view.positions
    drag(view, at(view, QUEUE), at(view, QUEUE) + QPoint(0, 40))
    (moved,) = spy.at(0)
    assert moved.keys() == {QUEUE, WORKER}
    assert moved[QUEUE][1] - before[QUEUE][1] == pytest.approx(moved[WORKER][1] - before[WORKER][1])


def test_a_click_moves_nothing(view: TopologyView) -> None:
    spy = QSignalSpy(view.moved)
    click(view, at(view, WORKER))
    assert spy.count() == 0


def test_positions_that_are_set_are_taken(view: TopologyView) -> None:
    view.set_positions({WORKER: (900.0, 1000.0)})
    assert view.positions[WORKER] == (900.0, 1000.0)
    click(view, at(view, WORKER))
    assert view.selection == (WORKER,)


def test_arranging_anew_forgets_what_was_dragged(view: TopologyView) -> None:
    before = view.positions
    drag(view, at(view, WORKER), at(view, WORKER) + QPoint(60, 0))
    view.rearrange()
    assert view.positions == before


# Looking


def test_ctrl_and_the_wheel_zoom_about_the_mouse(view: TopologyView, qtbot: QtBot) -> None:
    place = at(view, QUEUE)
    before, scene = view.zoom, view.mapToScene(place)
    wheel(view, place, 120, CTRL)
    assert view.zoom == pytest.approx(before * 1.2, rel=1e-6)
    moved = view.mapToScene(place) - scene
    assert abs(moved.x()) < 2 and abs(moved.y()) < 2


def test_a_pinch_zooms_about_the_fingers(view: TopologyView) -> None:
    place = at(view, QUEUE)
    before, scene = view.zoom, view.mapToScene(place)
    pinch(view, place, 0.25)
    assert view.zoom == pytest.approx(before * 1.25, rel=1e-6)
    moved = view.mapFromScene(scene) - place
    assert abs(moved.x()) <= 1 and abs(moved.y()) <= 1
    pinch(view, place, -0.2)
    assert view.zoom == pytest.approx(before, rel=1e-6)


def test_two_fingers_that_turn_do_not_zoom(view: TopologyView) -> None:
    before = view.zoom
    pinch(view, at(view, QUEUE), 30.0, Qt.NativeGestureType.RotateNativeGesture)
    assert view.zoom == before


def test_the_wheel_alone_moves(view: TopologyView) -> None:
    before = at(view, QUEUE)
    wheel(view, before, -120)
    assert at(view, QUEUE).y() < before.y() and at(view, QUEUE).x() == before.x()


def test_pulling_the_empty_canvas_moves_it(view: TopologyView) -> None:
    before = at(view, QUEUE)
    drag(view, empty_place(view), empty_place(view) + QPoint(-50, 30))
    assert at(view, QUEUE) - before == QPoint(-50, 30)


def test_the_middle_button_and_the_space_bar_pull_everywhere(view: TopologyView) -> None:
    before, positions = at(view, QUEUE), view.positions
    drag(view, before, before + QPoint(20, 0), Qt.MouseButton.MiddleButton)
    assert at(view, QUEUE) - before == QPoint(20, 0)
    QTest.keyPress(view, Qt.Key.Key_Space)
    drag(view, at(view, QUEUE), at(view, QUEUE) + QPoint(20, 0))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert at(view, QUEUE) - before == QPoint(40, 0)
    assert view.positions == positions and view.selection == ()


def test_a_tap_on_the_space_bar_is_for_others(view: TopologyView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.space_tapped, timeout=500):
        QTest.keyClick(view, Qt.Key.Key_Space)


def test_plus_minus_and_f(view: TopologyView) -> None:
    fitted = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > fitted
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom < fitted
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.zoom == pytest.approx(fitted)


def test_zoom_has_its_limits(view: TopologyView) -> None:
    for _ in range(60):
        view.zoom_in()
    assert view.zoom == 4.0
    for _ in range(80):
        view.zoom_out()
    assert view.zoom == 0.05


def test_buttons_zoom_and_fit(view: TopologyView) -> None:
    fitted = view.zoom
    (bar,) = view.findChildren(ZoomBar)
    names = {button.accessibleName(): button for button in bar.findChildren(QToolButton)}
    QTest.mouseClick(names["Zoom in"], LEFT)
    assert view.zoom == pytest.approx(fitted * 1.2)
    QTest.mouseClick(names["Zoom: back to 100 %"], LEFT)
    assert view.zoom == 1.0
    assert names["Zoom: back to 100 %"].text() == "100%"
    QTest.mouseClick(names["Fit"], LEFT)
    assert view.zoom == pytest.approx(fitted)


def test_a_large_broker_is_first_shown_as_small_as_names_can_be_read_and_whole_when_asked_again(view: TopologyView) -> None:
    view.resize(480, 330)
    view.set_update(Update(snapshot=live_pictures.company(5.0)))
    view.advance(1.0)
    assert view.zoom == READABLE
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.zoom < READABLE
    area = view.viewport().rect()
    assert all(area.contains(view.rect_of(id)) for id in view.positions)
    view.zoom_in()
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.zoom == READABLE


def test_the_minimap_is_there_while_not_everything_is_seen(view: TopologyView) -> None:
    (minimap,) = view.findChildren(Minimap)
    assert not minimap.isVisible()
    for _ in range(6):
        view.zoom_in()
    assert minimap.isVisible()
    before = view.mapToScene(view.viewport().rect().center())
    QTest.mouseClick(minimap, LEFT, NONE, QPoint(minimap.width() - 12, minimap.height() // 2))
    assert view.mapToScene(view.viewport().rect().center()).x() > before.x() + 100


def test_whoever_has_looked_elsewhere_is_left_there(view: TopologyView) -> None:
    view.zoom_in()
    before = view.zoom
    view.resize(1300, 800)
    view.set_update(Update(snapshot=replace(shop(), time=2.0, queues=(*shop().queues, QueueStats(name="new"))), paused=True))
    assert view.zoom == before


# Keys


def test_arrows_select_along_the_lines(view: TopologyView) -> None:
    view.select(("producer:billing.1",))
    for key, expected in (
        (Qt.Key.Key_Right, "exchange:events"),
        (Qt.Key.Key_Left, "producer:billing.1"),
    ):
        QTest.keyClick(view, key)
        assert view.selection == (expected,)


def test_the_first_arrow_selects_the_first_node(view: TopologyView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.selection[0].startswith("producer")


def test_escape_selects_nothing_and_ctrl_a_everything(view: TopologyView) -> None:
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    assert len(view.selection) == len(view.positions)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection == ()


def test_arrows_bring_into_view_what_they_select(view: TopologyView) -> None:
    for _ in range(8):
        view.zoom_in()
    view.select(("queue:audit.log",))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.viewport().rect().contains(at(view, view.selection[0]))


# Aiming


def test_a_click_on_a_target_hits_it(view: TopologyView) -> None:
    spy = QSignalSpy(view.hit)
    view.highlight_targets((WORKER, "consumer:mailer.1"))
    click(view, at(view, QUEUE))
    assert spy.count() == 0
    click(view, at(view, WORKER))
    assert [spy.at(0)[0], spy.count()] == [WORKER, 1]
    click(view, at(view, "consumer:mailer.1"))
    assert spy.count() == 1


def test_what_cannot_be_hit_steps_back(view: TopologyView) -> None:
    rect = view.rect_of(QUEUE)
    before = colours(picture(view).copy(rect), theme.load("light").text)
    view.highlight_targets((WORKER,))
    assert colours(picture(view).copy(rect), theme.load("light").text) == 0 < before
    view.highlight_targets(())
    assert colours(picture(view).copy(rect), theme.load("light").text) == before


def test_arrows_and_enter_choose_a_target(view: TopologyView) -> None:
    spy = QSignalSpy(view.hit)
    view.highlight_targets((WORKER, "consumer:mailer.1"))
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [spy.at(0)[0], spy.count()] == ["consumer:mailer.1", 1]


def test_escape_lets_the_targets_be(view: TopologyView) -> None:
    hits, cancelled = QSignalSpy(view.hit), QSignalSpy(view.aim_cancelled)
    view.highlight_targets((WORKER,))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    click(view, at(view, WORKER))
    assert (hits.count(), cancelled.count()) == (0, 1)
    assert view.selection == (WORKER,)


def test_a_group_is_hit_in_a_member(view: TopologyView) -> None:
    crowd = tuple(consumer(f"worker.{i}", "orders.new") for i in range(1, 20))
    view.set_update(Update(snapshot=replace(shop(), time=2.0, consumers=crowd), paused=True))
    spy = QSignalSpy(view.hit)
    view.highlight_targets(("consumer:worker.3", "consumer:worker.4"))
    click(view, at(view, "consumer:worker"))
    assert spy.at(0)[0] == "consumer:worker.3"
