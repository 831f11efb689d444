"""The conversation in the window: listening, reading, filtering, holding still, copying."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from mqviz.gui.conversation_panel import ConversationPanel
from mqviz.gui.frame_meanings import FrameMeanings
from mqviz.gui.frame_words import FrameWords
from mqviz.gui.main_window import MainWindow
from mqviz.model.frames import Frame, Part
from mqviz.viewmodel.document import Document, open_shipped
from tests.sim.worlds import server, world

TOLD = (
    "connection.start connection.start-ok connection.tune connection.tune-ok connection.open connection.open-ok connection.close "
    "connection.close-ok connection.blocked connection.unblocked channel.open channel.open-ok channel.close channel.close-ok "
    "exchange.declare queue.declare queue.bind basic.qos basic.consume basic.consume-ok basic.cancel basic.publish basic.return "
    "basic.deliver basic.ack basic.nack basic.reject confirm.select protocol header body heartbeat lost"
).split()


@pytest.fixture
def panel(window: MainWindow, turn: Callable[[float], None]) -> ConversationPanel:
    """The panel of a running scenario; nobody is listened to yet."""
    window.open(open_shipped("topic-routing"))
    window.complete()
    window.timeline.setCurrentWidget(window.timeline.conversation)
    turn(1.0)
    return window.timeline.conversation


def methods(panel: ConversationPanel) -> list[str]:
    lines = [panel.model.line(row) for row in range(panel.model.rowCount())]
    return [line.method for line in lines if isinstance(line, Frame)]


def frame(method: str, *, to_broker: bool = True) -> Frame:
    return Frame(number=1, time=0.0, to_broker=to_broker, channel=1, method=method)


@pytest.mark.parametrize("method", TOLD)
@pytest.mark.parametrize("to_broker", [True, False])
def test_every_method_is_explained(qtbot: QtBot, method: str, to_broker: bool) -> None:
    words, meanings = FrameWords(), FrameMeanings()
    told = frame(method, to_broker=to_broker)
    assert words.name(told) and "{" not in words.brief(told)
    assert len(meanings.of(told)) > 15
    assert words.section(told) or method == "lost"


def test_an_ack_of_the_broker_is_a_confirm(qtbot: QtBot) -> None:
    meanings = FrameMeanings()
    assert meanings.of(frame("basic.ack")) != meanings.of(frame("basic.ack", to_broker=False))


def test_sections_and_extensions(qtbot: QtBot) -> None:
    words = FrameWords()
    assert words.section(frame("basic.ack")) == "AMQP 0-9-1, 1.8.3.13"
    assert words.section(frame("queue.delete-ok")) == "AMQP 0-9-1, 1.7.2.10"
    assert words.section(frame("basic.nack")) == words.section(frame("confirm.select")) == "an extension of RabbitMQ"


def test_words_of_a_frame(qtbot: QtBot) -> None:
    parts = (Part("exchange", "", 0, 1), Part("routing-key", "work", 1, 5))
    published = Frame(number=1, time=0.0, to_broker=True, channel=1, method="basic.publish", parts=parts)
    assert FrameWords().brief(published) == "to the default exchange with key work"


def test_listening_to_the_client_one_looks_at(window: MainWindow, panel: ConversationPanel, turn: Callable[[float], None]) -> None:
    assert panel.model.rowCount() == 0
    window.view.canvas.select(("consumer:warehouse.1",))
    turn(0.2)
    panel.listen("warehouse.1")
    turn(0.5)
    assert methods(panel)[:3] == ["protocol", "connection.start", "connection.start-ok"]
    assert {"basic.deliver", "header", "body", "basic.ack"} <= set(methods(panel))
    assert panel.head.client.currentText() == "warehouse.1"


def test_the_menu_of_a_client_leads_there(window: MainWindow, turn: Callable[[float], None]) -> None:
    window.open(open_shipped("topic-routing"))
    window.complete()
    turn(0.5)
    window.node_menu.open(window.view, "producer:shop-eu.1", QPoint(0, 0))
    menu = window.view.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if "conversation" in action.text()).trigger()
    menu.close()
    turn(0.5)
    assert window.timeline.currentWidget() is window.timeline.conversation
    assert "basic.publish" in methods(window.timeline.conversation)


def test_filters_show_a_part(panel: ConversationPanel, turn: Callable[[float], None], qtbot: QtBot) -> None:
    QAbstractItemModelTester(panel.model)
    panel.listen("shop-eu.1")
    turn(0.5)
    panel.head.family.setCurrentText("connection")
    panel.head.family.activated.emit(panel.head.family.currentIndex())
    assert {each.partition(".")[0] for each in methods(panel)} == {"connection"}
    panel.head.family.setCurrentIndex(0)
    panel.head.channel.setCurrentText("Channel 1")
    panel.head.channel.activated.emit(panel.head.channel.currentIndex())
    assert {each.partition(".")[0] for each in methods(panel)} == {"channel", "basic", "header", "body"}


def test_heartbeats_are_hidden_until_they_are_wanted(window: MainWindow, turn: Callable[[float], None], qtbot: QtBot) -> None:
    window.open(Document(world(server(), duration=None)))
    window.timeline.setCurrentWidget(panel := window.timeline.conversation)
    panel.follow(window.session)
    panel.listen("server")
    window.runs.set_speed(100.0)
    turn(1.0)
    assert "heartbeat" not in methods(panel)
    panel.head.heartbeats.click()
    assert methods(panel).count("heartbeat") >= 4


def test_it_holds_still(panel: ConversationPanel, turn: Callable[[float], None], qtbot: QtBot) -> None:
    panel.listen("shop-eu.1")
    turn(0.5)
    qtbot.mouseClick(panel.head.pause, Qt.MouseButton.LeftButton)
    before = panel.model.rowCount()
    turn(1.0)
    assert panel.model.rowCount() == before
    qtbot.mouseClick(panel.head.pause, Qt.MouseButton.LeftButton)
    assert panel.model.rowCount() > before


def test_a_chosen_frame_is_explained_and_copied(panel: ConversationPanel, turn: Callable[[float], None], qtbot: QtBot) -> None:
    panel.listen("shop-eu.1")
    turn(0.5)
    row = methods(panel).index("basic.publish")
    panel.list.setCurrentIndex(panel.model.index(row, 0))
    assert panel.detail.name.text() == "basic.publish" and "1.8.3.7" in panel.detail.source.text()
    assert "order.eu.new" in panel.detail.fields.accessibleDescription()
    assert panel.detail.bytes.accessibleDescription().startswith("01 00 01")
    qtbot.mouseClick(panel.head.copy, Qt.MouseButton.LeftButton)
    text = QApplication.clipboard().text()
    assert "basic.publish to events with key order.eu.new" in text and "01 00 01 00 00" in text and text.count("\n") == 2


def test_the_byte_under_the_mouse_marks_its_field(panel: ConversationPanel, turn: Callable[[float], None], qtbot: QtBot) -> None:
    panel.listen("shop-eu.1")
    turn(0.5)
    row = methods(panel).index("basic.publish")
    panel.list.setCurrentIndex(panel.model.index(row, 0))
    line = panel.model.line(row)
    assert isinstance(line, Frame)
    QApplication.processEvents()
    index = next(at for at, part in enumerate(line.parts) if part.name == "routing-key")
    with qtbot.waitSignal(panel.detail.bytes.picked, check_params_cb=lambda found: found == index):
        place = panel.detail.bytes.cell(line.parts[index].begin).center().toPoint()
        qtbot.mouseMove(panel.detail.bytes, place)


def test_beginning_again_hears_the_first_word(window: MainWindow, panel: ConversationPanel, turn: Callable[[float], None]) -> None:
    panel.listen("warehouse.1")
    turn(0.5)
    assert isinstance(first := panel.model.line(0), Frame) and first.recalled
    panel.head.beginning.click()
    turn(0.5)
    assert isinstance(first := panel.model.line(0), Frame) and not first.recalled and first.method == "protocol"


def test_whoever_has_no_connection_is_not_offered(window: MainWindow, turn: Callable[[float], None]) -> None:
    window.open(open_shipped("ten-thousand-direct"))
    window.timeline.setCurrentWidget(window.timeline.conversation)
    turn(0.5)
    head = window.timeline.conversation.head
    assert [head.client.itemText(at) for at in range(head.client.count())] == ["Nobody"]
