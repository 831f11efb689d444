"""The AMQP port in the window: opened, busy, clients shown, the pace held, programs to copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mqviz.gui.main_window import MainWindow
from mqviz.gui.port_dialog import PortDialog
from mqviz.model.backend import OpenPort
from mqviz.model.port import Port
from mqviz.viewmodel.document import open_shipped

PORT = Port("127.0.0.1", 5673)


@pytest.fixture
def dialog(window: MainWindow, turn: Callable[[float], None]) -> Iterator[PortDialog]:
    """The dialog over a running scenario; nothing is open."""
    window.open(open_shipped("topic-routing"))
    window.complete()
    turn(0.2)
    window.actions_by_code["port"].trigger()
    made = window.ports.dialog
    assert made is not None
    yield made
    made.close()


def test_a_program_for_each_exchange_and_queue(dialog: PortDialog) -> None:
    offered = [dialog.place.itemText(at) for at in range(dialog.place.count())]
    assert "consume queue europe" in offered and "publish to exchange events" in offered and "publish to queue europe" in offered
    dialog.choose("exchange:events")
    assert 'basic_publish("events"' in dialog.code.toPlainText()


def test_a_program_stands_in_letters_of_one_width(dialog: PortDialog) -> None:
    if not QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)).fixedPitch():
        pytest.skip("this system has no such font")
    metrics = QFontMetricsF(dialog.code.font())
    assert metrics.horizontalAdvance("iiii") == metrics.horizontalAdvance("MMMM")


def test_the_selected_node_is_chosen(window: MainWindow, turn: Callable[[float], None]) -> None:
    window.open(open_shipped("topic-routing"))
    window.complete()
    turn(0.2)
    window.view.canvas.select(("queue:payments",))
    window.ports.open()
    assert window.ports.dialog is not None
    assert 'consume("payments")' in window.ports.dialog.code.toPlainText()
    window.ports.dialog.close()


def test_another_language_is_another_program(dialog: PortDialog, qtbot: QtBot) -> None:
    dialog.language.set_current("go")
    dialog.language.chosen.emit("go")
    assert "package main" in dialog.code.toPlainText()
    qtbot.mouseClick(dialog.copy_code, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().startswith("package main")


def test_it_opens_shows_its_address_and_closes(window: MainWindow, dialog: PortDialog, turn: Callable[[float], None], qtbot: QtBot) -> None:
    window.session.submit(OpenPort(port=0))
    turn(0.3)
    port = window.session.update.port
    assert port is not None
    assert port.uri == dialog.uri.text() and port.uri in dialog.code.toPlainText() and not dialog.number.isEnabled()
    qtbot.mouseClick(dialog.copy_uri, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == port.uri
    qtbot.mouseClick(dialog.switch, Qt.MouseButton.LeftButton)
    turn(0.3)
    assert window.session.update.port is None and dialog.number.isEnabled()


def test_a_busy_port_offers_a_free_one(window: MainWindow, dialog: PortDialog, turn: Callable[[float], None], qtbot: QtBot) -> None:
    window.session.submit(OpenPort(port=0))
    turn(0.2)
    taken = window.session.update.port
    assert taken is not None
    window.open(open_shipped("consumer-killed"), beside=True)
    turn(0.2)
    window.ports.open()
    second = window.ports.dialog
    assert second is not None
    second.number.setValue(taken.number)
    qtbot.mouseClick(second.switch, Qt.MouseButton.LeftButton)
    turn(0.2)
    assert str(taken.number) in second.trouble.text() and second.number.value() != taken.number
    qtbot.mouseClick(second.switch, Qt.MouseButton.LeftButton)
    turn(0.2)
    assert window.session.update.port is not None and not second.trouble.text()
    second.close()


def test_clients_are_named(dialog: PortDialog) -> None:
    dialog.show_port(Port("127.0.0.1", 5673, ("my-script", "other")))
    assert "my-script, other" in dialog.clients.text()
    dialog.show_port(PORT)
    assert "Nobody" in dialog.clients.text()
