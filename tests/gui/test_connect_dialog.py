"""The dialog that says where a live broker is: addresses that follow each other, TLS, saved connections, the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mqviz.clock import ManualClock
from mqviz.gui.connect_dialog import ConnectDialog
from mqviz.gui.parts import Connection
from mqviz.model.feed import Check, LiveBroker, Tls, Trouble
from tests.gui import live_pictures
from tests.gui.live_fake import Brokers

CHECKS = (Check(step="name"), Check(step="port", trouble=Trouble.PORT, detail="127.0.0.1:5672"))


@pytest.fixture
def brokers() -> Brokers:
    return Brokers(ManualClock(), live_pictures.backlog, CHECKS)


@pytest.fixture
def dialog(qtbot: QtBot, brokers: Brokers) -> Iterator[ConnectDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ConnectDialog(brokers.live(), parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    parent.close()


def type_into(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_it_begins_with_a_broker_on_this_machine(dialog: ConnectDialog) -> None:
    assert dialog.form.broker() == LiveBroker(name="127.0.0.1:5672")


def test_the_management_address_follows_until_it_is_edited(qtbot: QtBot, dialog: ConnectDialog) -> None:
    form = dialog.form
    type_into(qtbot, form.amqp, "mq.example.org:5673")
    assert form.management.text() == "http://mq.example.org:15673"
    type_into(qtbot, form.management, "http://admin.example.org:8080")
    type_into(qtbot, form.amqp, "other.example.org")
    broker = form.broker()
    assert broker is not None
    assert (broker.host, broker.port, broker.management) == ("other.example.org", 5672, "http://admin.example.org:8080")


def test_the_amqp_address_follows_the_management_address(qtbot: QtBot, dialog: ConnectDialog) -> None:
    type_into(qtbot, dialog.form.management, "http://mq.example.org:15674")
    assert dialog.form.amqp.text() == "amqp://mq.example.org:5674"


def test_without_a_management_address_only_amqp_is_spoken(qtbot: QtBot, dialog: ConnectDialog) -> None:
    dialog.form.management.setFocus()
    dialog.form.management.selectAll()
    qtbot.keyClick(dialog.form.management, Qt.Key.Key_Delete)
    broker = dialog.form.broker()
    assert broker is not None and broker.management == ""


def test_queues_are_named_for_a_broker_without_management(qtbot: QtBot, dialog: ConnectDialog) -> None:
    type_into(qtbot, dialog.form.queues, "orders.new, audit.log,")
    broker = dialog.form.broker()
    assert broker is not None and broker.queues == ("orders.new", "audit.log")


def test_a_whole_address_is_taken_apart(qtbot: QtBot, dialog: ConnectDialog) -> None:
    form = dialog.form
    type_into(qtbot, form.amqp, "amqps://shop:s%2Fcret@mq.example.org/orders")
    qtbot.keyClick(form.amqp, Qt.Key.Key_Tab)
    broker = form.broker()
    assert broker is not None
    assert (broker.user, broker.virtual_host, broker.port, broker.tls) == ("shop", "orders", 5671, Tls())
    assert form.password.text() == "s/cret"
    assert "s/cret" not in form.amqp.text()
    assert form.management.text() == "https://mq.example.org:15671"


def test_tls_moves_the_usual_port_and_verifies(qtbot: QtBot, dialog: ConnectDialog) -> None:
    dialog.form.tls.on.click()
    broker = dialog.form.broker()
    assert broker is not None
    assert (broker.port, broker.tls, broker.management) == (5671, Tls(verify=True), "https://127.0.0.1:15671")
    dialog.form.tls.on.click()
    assert dialog.form.amqp.text() == "amqp://127.0.0.1:5672"
    assert not dialog.form.tls.verify.isEnabled()


def test_a_wrong_address_is_marked_and_not_connected_to(qtbot: QtBot, dialog: ConnectDialog) -> None:
    type_into(qtbot, dialog.form.amqp, "mq:port")
    assert dialog.form.broker() is None
    wanted: list[Connection] = []
    dialog.wanted.connect(lambda connection, beside: wanted.append(connection))
    qtbot.mouseClick(dialog.connect_button, Qt.MouseButton.LeftButton)
    assert wanted == [] and dialog.says.text() == "Write it as amqp://HOST:5672"


def test_the_test_shows_each_check_and_how_to_mend(qtbot: QtBot, dialog: ConnectDialog, brokers: Brokers) -> None:
    qtbot.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.checks.lines) == 2 and dialog.test_button.isEnabled())
    assert dialog.checks.lines[0] == "Name: all well"
    assert dialog.checks.lines[1].startswith("Port: Nobody listens on this port. Is the broker running?")
    assert brokers.probes[0].closed


def test_another_field_makes_what_was_found_void(qtbot: QtBot, dialog: ConnectDialog) -> None:
    qtbot.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.checks.lines) == 2)
    type_into(qtbot, dialog.form.user, "shop")
    assert dialog.checks.lines == ()


def test_cancelling_ends_the_test(qtbot: QtBot, dialog: ConnectDialog, brokers: Brokers) -> None:
    qtbot.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert brokers.probes[0].closed and not dialog.isVisible()


def test_connecting_saves_the_connection_but_not_the_password(qtbot: QtBot, dialog: ConnectDialog, brokers: Brokers) -> None:
    dialog.form.name.setText("mine")
    dialog.form.password.setText("secret")
    wanted: list[Connection] = []
    dialog.wanted.connect(lambda connection, beside: wanted.append(connection))
    qtbot.mouseClick(dialog.connect_button, Qt.MouseButton.LeftButton)
    assert [each.name for each in brokers.saved] == ["mine"] and brokers.passwords == {}
    assert wanted == [Connection(LiveBroker(name="mine"), "secret")]
    assert "secret" not in repr(wanted)


def test_the_password_is_kept_in_the_keyring(qtbot: QtBot, dialog: ConnectDialog, brokers: Brokers) -> None:
    dialog.form.password.setText("secret")
    dialog.form.keep.setChecked(True)
    qtbot.mouseClick(dialog.connect_button, Qt.MouseButton.LeftButton)
    assert brokers.passwords == {"127.0.0.1": "secret"}


def test_without_a_keyring_nothing_can_be_kept(qtbot: QtBot, brokers: Brokers) -> None:
    brokers.has_keyring = False
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ConnectDialog(brokers.live(), parent)
    assert not dialog.form.keep.isEnabled() and "no keyring" in dialog.form.keep.toolTip()


def test_a_saved_connection_fills_the_fields_and_can_be_forgotten(qtbot: QtBot, brokers: Brokers) -> None:
    brokers.saved = [LiveBroker(name="staging", host="mq-staging", tls=Tls(verify=False), port=5671)]
    brokers.passwords = {"mq-staging": "kept"}
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ConnectDialog(brokers.live(), parent)
    dialog.choice.setCurrentIndex(1)
    dialog.choice.activated.emit(1)
    assert dialog.form.broker() == brokers.saved[0] and dialog.form.password.text() == "kept"
    qtbot.mouseClick(dialog.forget_button, Qt.MouseButton.LeftButton)
    assert brokers.saved == [] and dialog.choice.count() == 1
