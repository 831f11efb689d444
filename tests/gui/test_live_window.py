"""The window on live brokers that are made up: connecting, the bar, what is asked before it is done, cloning, going blind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace as changed_parts

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mqviz.app import parts
from mqviz.clock import ManualClock
from mqviz.gui.main_window import MainWindow
from mqviz.gui.parts import Connection
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance
from mqviz.model.backend import Inject, Publish, Refresh, SetInterval, SetReadOnly, SetVirtualHost
from mqviz.model.faults import Kill, Purge
from mqviz.model.feed import FeedState, LiveBroker, Missing, Trouble
from mqviz.model.snapshot import LogEntry
from mqviz.settings import Settings
from mqviz.viewmodel.document import open_shipped
from tests.gui import live_pictures
from tests.gui.live_fake import Brokers, FakeBroker

Turn = Callable[[float], None]
BROKER = LiveBroker(name="production", host="mq.example.org")


@pytest.fixture
def brokers(clock: ManualClock) -> Brokers:
    return Brokers(clock, live_pictures.backlog)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, clock: ManualClock, brokers: Brokers) -> Iterator[MainWindow]:
    shell = Shell()
    qtbot.addWidget(shell)
    made = changed_parts(parts(clock, Settings(), lambda settings: None), live=brokers.live())
    window = MainWindow(shell, made, Appearance(qapp, "light"), "en")
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    yield window
    shell.close()


@pytest.fixture
def live(window: MainWindow, brokers: Brokers, turn: Turn) -> FakeBroker:
    window.live.connect_to(Connection(BROKER, "secret"))
    window.complete()
    turn(12.0)
    return brokers.made[-1]


def test_a_live_broker_has_its_own_frame_and_says_which_it_is(window: MainWindow, live: FakeBroker) -> None:
    bar = window.view.live_bar
    assert window.view.property("role") == "live"
    assert bar.isVisible() and bar.sign.text() == "LIVE"
    assert bar.broker.whole_text == "production · RabbitMQ 3.10.8"
    assert bar.age.whole_text == "2 s old"
    assert bar.acting.text() == "Read-only"
    assert window.shell.windowTitle() == "production — mqviz"


def test_what_it_cannot_do_is_grey_with_the_reason(window: MainWindow, live: FakeBroker) -> None:
    tips = {button.toolTip() for button in window.top._faults.values()}
    assert tips == {"A live broker cannot do this.", "This connection is read-only."}
    window.hand.request("spike")
    assert window.toast.text == "A live broker cannot do this."
    assert live.commands == []


def test_the_bar_leads_the_feed(qtbot: QtBot, window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    bar = window.view.live_bar
    assert [bar.virtual_host.itemText(place) for place in range(bar.virtual_host.count())] == ["/", "orders"]
    bar.virtual_host.setCurrentIndex(1)
    bar.virtual_host.activated.emit(1)
    bar.interval.setCurrentIndex(2)
    bar.interval.activated.emit(2)
    qtbot.mouseClick(bar.refresh, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.acting, Qt.MouseButton.LeftButton)
    turn(0.3)
    asked = [replace(command, number=0) for command in live.commands]
    assert asked == [SetVirtualHost(name="orders"), SetInterval(seconds=30.0), Refresh(), SetReadOnly(read_only=False)]
    assert bar.acting.text() == "Acting on it"
    assert bar.interval.currentText() == "every 30 s"


def test_out_of_sight_it_says_since_when_and_leaves_a_gap(window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.feed = replace(live.feed, state=FeedState.BLIND, trouble=Trouble.LOST, blind_since=12.0, retry_in=4.0)
    turn(8.0)
    assert window.view.live_bar.age.whole_text == "blind for 12 s, again in 4 s. The connection broke."
    assert window.view.property("role") == "live-blind"
    live.feed = replace(live.feed, state=FeedState.SEEING, trouble=None)
    turn(11.0)
    depth = window.session.recorder.series("ready")
    assert [value != value for value in depth.values].count(True) == 1
    assert window.view.property("role") == "live"


def test_what_is_not_told_is_listed_with_the_reason(window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.feed = replace(live.feed, missing=(Missing(what="nodes", trouble=Trouble.RIGHTS),))
    turn(0.2)
    button = window.view.live_bar.missing
    assert button.isVisible() and button.text() == "1 not told"
    assert [action.text() for action in button.menu().actions()] == ["Nodes, memory and disk: The account may not see this."]


def test_rates_that_a_plugin_would_give_name_it_and_its_address(window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.feed = replace(live.feed, missing=(Missing(what="rates", trouble=Trouble.PORT, detail="http://rabbit:15692"),))
    turn(0.2)
    (said,) = [action.text() for action in window.view.live_bar.missing.menu().actions()]
    assert said == "Rates: Nobody listens on this port. The plugin rabbitmq_prometheus would give them at http://rabbit:15692."


def test_figures_that_cannot_be_told_are_dashes(window: MainWindow, live: FakeBroker) -> None:
    said = window.view.canvas._trim.legend.text
    assert "Dead-lettered –" in said and "Dropped –" in said
    assert "dots sampled from rates" in said


def test_the_thirteen_rates_stand_in_rabbitmqs_order(window: MainWindow, live: FakeBroker) -> None:
    items = next(header for header in window.timeline.charts.headers.values() if len(header.items) == 13).items
    assert [item.text() for item in items[:4]] == ["Publish", "Publisher confirm", "Publish (in)", "Publish (out)"]
    assert [item.text() for item in items[-2:]] == ["Unroutable return", "Unroutable drop"]


def test_a_purge_wants_the_name_of_the_queue(qtbot: QtBot, window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.feed = replace(live.feed, read_only=False)
    turn(0.2)
    window.hand.toggle("purge", "queue:orders.new")
    question = window.acting.question
    assert question is not None and not question.deed_button.isEnabled()
    assert question.deed_button.text().startswith("Purge 4")
    question.typed.setText("orders.ne")
    assert not question.deed_button.isEnabled()
    question.typed.setText("orders.new")
    qtbot.mouseClick(question.deed_button, Qt.MouseButton.LeftButton)
    turn(0.2)
    assert [command.fault for command in live.commands if isinstance(command, Inject)] == [Purge(target="queue:orders.new")]
    assert window.toast.text == "Purged: 4,000 messages are gone."


def test_key_2_closes_a_connection_once_it_was_agreed(qtbot: QtBot, window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.feed = replace(live.feed, read_only=False)
    turn(0.2)
    window.view.canvas.select(("consumer:mailer",))
    qtbot.keyClick(window.view.canvas, Qt.Key.Key_2)
    question = window.acting.question
    assert question is not None and live.commands == []
    qtbot.mouseClick(question.deed_button, Qt.MouseButton.LeftButton)
    assert [command.fault for command in live.commands if isinstance(command, Inject)] == [Kill(target="mailer")]
    turn(0.2)
    assert window.toast.text == "The connection is closed: mailer"


def test_where_a_message_would_go_lights_up(window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.routes = ("orders.new", "audit.log")
    window.acting.message("orders")
    dialog = window.acting.message_dialog
    assert dialog is not None
    dialog.routing_key.setText("order.eu")
    turn(0.2)
    assert dialog.answer.text() == "Into orders.new, audit.log"
    assert window.view.canvas.stage.front.lit == {"queue:orders.new", "queue:audit.log"}
    assert not dialog.publish_button.isEnabled() and dialog.publish_button.toolTip() == "This connection is read-only."
    dialog.close()
    assert window.view.canvas.stage.front.lit == frozenset()


def test_a_message_of_ones_own_is_published(qtbot: QtBot, window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.feed = replace(live.feed, read_only=False)
    window.acting.message("orders")
    dialog = window.acting.message_dialog
    assert dialog is not None
    dialog.headers.setText("tries=3, urgent=true, from=shop")
    dialog.body.setPlainText("안녕")
    qtbot.mouseClick(dialog.publish_button, Qt.MouseButton.LeftButton)
    turn(0.2)
    (sent,) = (command for command in live.commands if isinstance(command, Publish))
    assert sent.body == "안녕".encode() and sent.properties.headers == {"tries": 3, "urgent": True, "from": "shop"}
    assert window.toast.text == "Published, and routed."
    dialog.close()


def test_a_clone_opens_beside_with_its_notes(window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    said: list[tuple[str, ...]] = []
    window.acting.cloned.connect(lambda document, notes: said.append(notes))
    window.actions_by_code["clone"].trigger()
    turn(0.2)
    assert [view.session.update.snapshot.live for view in window.workspace.views] == [True, False]
    assert len(said) == 1 and "old" in said[0][0]
    QApplication.activeModalWidget().close()


def test_live_beside_simulated(window: MainWindow, brokers: Brokers, turn: Turn) -> None:
    window.open(open_shipped("topic-routing"))
    window.live.connect_to(Connection(BROKER, "secret"), True)
    turn(6.0)
    assert [view.session.update.snapshot.live for view in window.workspace.views] == [False, True]
    assert window.workspace.views[0].property("role") != "live"
    assert window.top._play.isEnabled() is False
    window.workspace.activate(window.workspace.views[0])
    assert window.top._play.isEnabled()
    assert len(window.timeline.charts.headers) == 4


def test_saved_connections_stand_in_the_list_and_open_with_the_kept_password(window: MainWindow, brokers: Brokers, turn: Turn) -> None:
    brokers.saved, brokers.passwords = [BROKER], {BROKER.host: "kept"}
    window.complete()
    assert window.library.shown()[0] == "connect:production"
    window.shelf.open("connect:production")
    turn(0.2)
    assert window.opened == [Connection(BROKER, "kept")]


def test_without_a_password_it_is_asked_for_over_the_first_scenario(window: MainWindow, brokers: Brokers) -> None:
    window.open_again(Connection(BROKER))
    assert brokers.made == []
    dialog = window.live.dialog
    assert dialog is not None and dialog.isVisible() and dialog.form.amqp.text() == "amqp://mq.example.org:5672"
    assert window.workspace.active is not None
    dialog.reject()


def test_what_a_live_broker_has_not_cannot_be_saved(window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    assert not window.actions_by_code["save"].isEnabled()
    window.open(open_shipped("topic-routing"))
    assert window.actions_by_code["save"].isEnabled() and not window.actions_by_code["clone"].isEnabled()


def test_the_log_tells_of_the_feed(window: MainWindow, live: FakeBroker, turn: Turn) -> None:
    live.tell(LogEntry(time=3.0, code="feed_lost", subject="production", figures={"reason": "lost"}))
    turn(0.3)
    assert window.session.log[-1].code == "feed_lost"


def test_a_large_broker_is_drawn_in_part_and_searched(clock: ManualClock, brokers: Brokers, window: MainWindow, turn: Turn) -> None:
    brokers.pictures = lambda time: live_pictures.huge(time, 500)
    window.live.connect_to(Connection(BROKER, "secret"))
    turn(6.0)
    canvas = window.view.canvas
    assert canvas._trim.part_note.text.startswith("28 of 500 queues")
    window.view.live_bar.search.setText("tenant-0005")
    assert [id for id in canvas.ids() if id.startswith("queue:")] == ["queue:tenant-0005.work"]
    window.view.live_bar.search.setText("")
    canvas.select(("queue:tenant-0005.work",))
    assert canvas.selection == ("queue:tenant-0005.work",)
