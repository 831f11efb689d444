"""The canvas with real mouse and keys, in time turned by hand."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QImage, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.canvas import TopologyView
from mqviz.gui.legend import Legend
from mqviz.gui.minimap import Minimap
from mqviz.gui.zoom_bar import ZoomBar
from mqviz.model.backend import Update
from mqviz.model.faults import Down, Kill
from mqviz.model.snapshot import ActiveFault, BrokerStats, ClientState, Event, EventKind, QueueStats, Snapshot
from tests.viewmodel.pictures import consumer, producer, shop

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
QUEUE, WORKER = "queue:orders.new", "consumer:worker.1"


@pytest.fixture
def view(qtbot: QtBot) -> TopologyView:
    made = TopologyView()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.set_update(Update(snapshot=shop()))
    QApplication.processEvents()
    return made


def at(view: TopologyView, id: str) -> QPoint:
    """The middle of a node in the viewport."""
    return view.rect_of(id).center()


def empty_place(view: TopologyView) -> QPoint:
    return at(view, "consumer:auditor.1") + QPoint(0, 60)


def click(view: TopologyView, place: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(view.viewport(), LEFT, modifier, place)


def drag(view: TopologyView, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, modifier: Qt.KeyboardModifier = NONE) -> None:
    viewport = view.viewport()
    QTest.mousePress(viewport, button, modifier, start)
    for step in range(1, 6):
        QTest.mouseMove(viewport, start + (end - start) * step / 5)
    QTest.mouseRelease(viewport, button, modifier, end)


def picture(view: TopologyView) -> QImage:
    QApplication.processEvents()
    return view.viewport().grab().toImage()


def happened(kind: EventKind = EventKind.PUBLISH, number: int = 1) -> Event:
    return Event(time=1.0, kind=kind, source="producer:billing.1", target="exchange:events", message=number)


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
    assert "Nothing to see" in words_of(empty)
    empty.set_update(Update(snapshot=shop()))
    assert "Nothing to see" not in words_of(empty)


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
    consumers = tuple(replace(one, state=ClientState.SLOW, messages_unacknowledged=3, prefetch_count=7) for one in shop().consumers)
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


def difference(one: QImage, other: QImage) -> int:
    """The greatest of all pixels and colours; Qt rounds differently by one or two where it clips."""
    ours, theirs = (np.frombuffer(image.constBits(), dtype=np.uint8).astype(int) for image in (one, other))
    return int(np.abs(ours - theirs).max())


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


def colours(image: QImage, wanted: QColor) -> int:
    """How many pixels have a colour."""
    return sum(image.pixelColor(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


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


def wheel(view: TopologyView, place: QPoint, turn: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    position = QPointF(place)
    event = QWheelEvent(
        position,
        view.viewport().mapToGlobal(position),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


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


# The legend


def legend(view: TopologyView) -> Legend:
    (found,) = view.findChildren(Legend)
    return found


def test_the_legend_says_the_totals(view: TopologyView) -> None:
    queues = tuple(replace(queue, messages_ready=1000, messages_unacknowledged=2, redelivered=1) for queue in shop().queues)
    view.set_update(Update(snapshot=replace(shop(), time=2.0, queues=queues), paused=True))
    assert legend(view).text == "Ready 5,000, Unacked 10, Redelivered 5, Dead-lettered 0, Dropped 0"
    assert legend(view).accessibleName() == legend(view).text


def test_the_legend_says_what_a_dot_stands_for(view: TopologyView) -> None:
    view.set_update(Update(snapshot=replace(shop(), time=2.0), events=(replace(happened(), weight=62),)))
    view.advance(0.2)
    assert "1 dot = 62 messages" in legend(view).text


def test_the_legend_explains_other_colours(view: TopologyView) -> None:
    view.set_colour_by("kind")
    assert legend(view).text == "requests, responses, errors, events"


def test_the_legend_fits_a_small_window(view: TopologyView) -> None:
    view.resize(480, 320)
    (bar,) = view.findChildren(ZoomBar)
    assert not legend(view).geometry().intersects(bar.geometry())
    assert view.rect().contains(legend(view).geometry())


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


# Menus, tooltips, screen readers, pictures


def test_a_menu_is_asked_for_where_the_mouse_is(view: TopologyView) -> None:
    spy = QSignalSpy(view.context_requested)
    place = at(view, QUEUE)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    assert spy.at(0)[0] == QUEUE and view.selection == (QUEUE,)


def test_enter_asks_for_the_menu_of_what_is_selected(view: TopologyView) -> None:
    spy = QSignalSpy(view.context_requested)
    QTest.keyClick(view, Qt.Key.Key_Return)
    view.select((QUEUE,))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [spy.count(), spy.at(0)[0]] == [1, QUEUE]


def test_a_tooltip_has_all_figures(view: TopologyView) -> None:
    queues = tuple(replace(queue, messages_ready=1284, enqueued=99_000) for queue in shop().queues)
    view.set_update(Update(snapshot=replace(shop(), time=2.0, queues=queues), paused=True))
    tip = view.tip_at(at(view, QUEUE))
    assert "orders.new" in tip and "1,284" in tip and "99,000" in tip


def test_a_tooltip_of_a_line_names_its_ends_and_keys(view: TopologyView) -> None:
    line = view.stage.picture.lines[next(key for key in view.stage.picture.lines if key[:2] == ("exchange:orders", QUEUE))]
    x, y = line.samples[10]
    tip = view.tip_at(view.mapFromScene(QPointF(float(x), float(y))))
    assert "orders" in tip and "order.#" in tip
    assert view.tip_at(empty_place(view)) == ""


def test_names_cannot_smuggle_markup_into_a_tooltip(view: TopologyView) -> None:
    snapshot = Snapshot(time=9.0, queues=(QueueStats(name="<b>x</b>"),), producers=(producer("p.1", "", "<b>x</b>"),))
    view.set_update(Update(snapshot=snapshot, paused=True))
    assert "&lt;b&gt;x" in view.tip_at(at(view, "queue:<b>x</b>"))


def test_a_screen_reader_finds_every_node(view: TopologyView) -> None:
    view.setAccessibleName("Topology")
    view.select((QUEUE,))
    found = QAccessible.queryAccessibleInterface(view)
    assert (found.role(), found.text(QAccessible.Text.Name)) == (QAccessible.Role.List, "Topology")
    entries = [found.child(index) for index in range(found.childCount())]
    nodes = {entry.text(QAccessible.Text.Name): entry for entry in entries if entry.role() == QAccessible.Role.ListItem}
    assert len(nodes) == len(view.positions)
    queue = nodes["orders.new"]
    assert "Queue" in queue.text(QAccessible.Text.Description)
    assert queue.rect().topLeft() == view.viewport().mapToGlobal(view.rect_of(QUEUE).topLeft())
    assert found.indexOfChild(queue) == entries.index(queue)
    assert queue.state().selected and not nodes["worker.1"].state().selected


def test_the_picture_for_a_file_shows_everything(view: TopologyView) -> None:
    for _ in range(8):
        view.zoom_in()
    image = view.picture(2.0)
    content = view.stage.scenery.content()
    assert image.width() > 2 * content.width() and image.height() > 2 * content.height()
    assert colours(image.scaled(image.size() / 4), theme.load("light").canvas) > 100
