"""What the canvas says: legend, tooltips, menus, screen readers, and the picture for a file."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from mqviz.gui import theme
from mqviz.gui.canvas import TopologyView
from mqviz.gui.legend import Legend
from mqviz.gui.zoom_bar import ZoomBar
from mqviz.model.backend import Update
from mqviz.model.snapshot import QueueStats, Snapshot
from tests.gui.canvas_hands import (
    QUEUE,
    at,
    colours,
    empty_place,
    happened,
)
from tests.viewmodel.pictures import producer, shop

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
