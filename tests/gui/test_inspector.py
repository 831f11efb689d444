"""The inspector shows the facts of a node and tells what the user turns, with real clicks and keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDoubleSpinBox, QLabel, QPlainTextEdit, QPushButton, QSpinBox, QTreeWidget
from pytestqt.qtbot import QtBot

from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labels import ElidedLabel
from mqviz.gui.inspector import Inspector
from mqviz.gui.inspector_rows import RowList
from mqviz.model.amqp import Properties
from mqviz.model.backend import PeekedMessage
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import (
    BrokerStats,
    ClientState,
    ConsumerStats,
    ExchangeStats,
    MessageStats,
    NodeStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)
from mqviz.viewmodel.facts import facts_of
from mqviz.viewmodel.findings import Finding, Severity
from mqviz.viewmodel.knobs import knobs_of

PICTURE = Snapshot(
    time=4.0,
    exchanges=(ExchangeStats(name="", type="direct"), ExchangeStats(name="dead", type="fanout")),
    queues=(QueueStats(name="work", messages_ready=1284, messages_unacknowledged=96, max_length=2000, dropped=7),),
    consumers=(
        ConsumerStats(name="server.1", client="server", queue="work", prefetch_count=50, messages_unacknowledged=20, service_mean=0.25),
        ConsumerStats(name="server.2", client="server", queue="work", prefetch_count=50, state=ClientState.KILLED),
    ),
    services=(ServiceStats(name="bank", workers=4, accept=10, waiting=5),),
    translators=(TranslatorStats(name="fmt", queue="work", exchange="dead", routing_key="", before='{"a": 1}', after="<a>1</a>"),),
)


def show(inspector: Inspector, node: str, picture: Snapshot = PICTURE, outlook: str = "") -> None:
    facts = facts_of(picture, node, lambda at, what: 38.0 if what == "ready" else None)
    inspector.show_facts(facts, knobs_of(picture, Scenario(), node) if node else (), outlook)


def made(qtbot: QtBot, node: str, outlook: str = "") -> Inspector:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.resize(292, 900)
    show(inspector, node, outlook=outlook)
    inspector.show()
    return inspector


def texts(inspector: Inspector) -> list[str]:
    labels = [each for each in inspector.findChildren(QLabel) if each.isVisible()]
    return [each.whole_text if isinstance(each, ElidedLabel) else each.text() for each in labels]


def turned(inspector: Inspector) -> list[tuple[str, str, object]]:
    told: list[tuple[str, str, object]] = []
    inspector.turned.connect(lambda node, code, value: told.append((node, code, value)))
    return told


def test_a_queue_shows_its_figures_level_and_outlook(qtbot: QtBot) -> None:
    shown = texts(made(qtbot, "queue:work", "full in 16 s"))
    for text in ("work", "Classic queue", "1,284", "+38/s", "96", "64% of the limit", "full in 16 s", "Dropped", "7", "killed"):
        assert text in shown


def test_typing_a_limit_is_told_once(qtbot: QtBot) -> None:
    inspector = made(qtbot, "queue:work")
    told = turned(inspector)
    field = next(each for each in inspector.findChildren(QDoubleSpinBox) if each.accessibleName() == "Max length")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "500")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [("queue:work", "max_length", 500.0)]


def test_the_least_place_of_an_optional_limit_takes_it_away(qtbot: QtBot) -> None:
    inspector = made(qtbot, "queue:work")
    told = turned(inspector)
    field = next(each for each in inspector.findChildren(QDoubleSpinBox) if each.accessibleName() == "Max length")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [("queue:work", "max_length", None)]
    assert field.text() == "none"


def test_choosing_where_dead_letters_go(qtbot: QtBot) -> None:
    inspector = made(qtbot, "queue:work")
    told = turned(inspector)
    box = inspector.findChild(QComboBox)
    assert [box.itemText(index) for index in range(box.count())] == ["none", "(default exchange)", "dead"]
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert told == [("queue:work", "dead_letter_exchange", "dead")]


def test_service_time_is_typed_in_milliseconds_and_told_in_seconds(qtbot: QtBot) -> None:
    inspector = made(qtbot, "consumer:server.1")
    told = turned(inspector)
    field = next(each for each in inspector.findChildren(QDoubleSpinBox) if each.accessibleName() == "Service time")
    assert field.text() == "250 ms"
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "500")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [("consumer:server.1", "service_time", 0.5)]


def test_members_are_stepped(qtbot: QtBot) -> None:
    inspector = made(qtbot, "consumer:server.1")
    told = turned(inspector)
    box = next(each for each in inspector.findChildren(QSpinBox) if each.accessibleName() == "Members")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert told == [("consumer:server.1", "count", 3)]


def test_new_figures_fire_nothing_and_keep_the_widgets(qtbot: QtBot) -> None:
    inspector = made(qtbot, "queue:work")
    told = turned(inspector)
    before = inspector.findChildren(QDoubleSpinBox)
    queues = (QueueStats(name="work", messages_ready=7, max_length=90),)
    show(inspector, "queue:work", Snapshot(time=5.0, exchanges=PICTURE.exchanges, queues=queues))
    assert told == []
    assert inspector.findChildren(QDoubleSpinBox) == before
    QApplication.processEvents()
    assert "7" in texts(inspector)


def test_a_line_leads_to_the_consumer(qtbot: QtBot) -> None:
    inspector = made(qtbot, "queue:work")
    picked: list[str] = []
    inspector.picked.connect(picked.append)
    line = next(each for each in inspector.findChild(RowList).children() if getattr(each, "accessibleName", str)().startswith("server.2"))
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert picked == ["consumer:server.2", "consumer:server.2"]


def test_a_translator_shows_before_and_after(qtbot: QtBot) -> None:
    inspector = made(qtbot, "translator:fmt")
    view = inspector.translation.view
    assert view.isVisible() and view.before.x() < view.after.x()
    assert (view.before.text.toPlainText(), view.after.text.toPlainText()) == ('{"a": 1}', "<a>1</a>")
    assert {"From and to", "takes from", "dead"} <= set(texts(inspector))


def test_what_is_gone_says_so_and_cannot_be_turned(qtbot: QtBot) -> None:
    inspector = made(qtbot, "queue:work")
    show(inspector, "queue:work", Snapshot(time=6.0))
    assert "is not there any more" in texts(inspector)
    assert not inspector.findChild(QComboBox).isEnabled()


def test_messages_are_asked_for_and_shown_with_their_properties(qtbot: QtBot) -> None:
    inspector = made(qtbot, "queue:work")
    asked: list[str] = []
    inspector.peek_wanted.connect(asked.append)
    button = next(each for each in inspector.findChildren(QPushButton) if "oldest" in each.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["queue:work"]
    message = PeekedMessage(message=3, exchange="", routing_key="work", size=1536, age=2.5, properties=Properties(priority=4), body=b"hi")
    inspector.messages.show_messages([message])
    tree = inspector.findChild(QTreeWidget)
    top = tree.topLevelItem(0)
    assert [top.text(column) for column in range(3)] == ["work", "2.5 s", "1.5 kB"]
    assert {"priority: 4", "body: hi"} <= {top.child(index).text(0) for index in range(top.childCount())}
    inspector.messages.show_messages([])
    assert "The queue is empty." in texts(inspector)


def test_without_a_selection_the_fullest_queues_are_listed(qtbot: QtBot) -> None:
    shown = texts(made(qtbot, ""))
    assert "Broker" in shown
    assert "work" in shown


def test_both_texts_of_a_translation_are_copied_and_compared_in_a_larger_window(qtbot: QtBot, qapp: QApplication) -> None:
    inspector = made(qtbot, "translator:fmt")
    view = inspector.translation.view
    for sheet, text in ((view.before, '{"a": 1}'), (view.after, "<a>1</a>")):
        button = sheet.findChild(IconButton)
        assert isinstance(button, IconButton)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert QApplication.clipboard().text() == text
    qtbot.mouseClick(inspector.translation.findChild(QPushButton), Qt.MouseButton.LeftButton)
    dialog = next(each for each in qapp.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())
    shown = [each.toPlainText() for each in dialog.findChildren(QPlainTextEdit)]
    assert shown == ['{"a": 1}', "<a>1</a>"]
    dialog.close()


def test_a_text_that_somebody_marks_stays_until_another_translator_is_looked_at(qtbot: QtBot) -> None:
    inspector = made(qtbot, "translator:fmt")
    view = inspector.translation.view
    view.after.text.selectAll()
    view.show_texts("{}", "<b/>")
    assert (view.before.text.toPlainText(), view.after.text.toPlainText()) == ('{"a": 1}', "<a>1</a>")
    view.clear()
    view.show_texts("{}", "<b/>")
    assert (view.before.text.toPlainText(), view.after.text.toPlainText()) == ("{}", "<b/>")


def test_what_appears_above_squeezes_nothing_for_a_moment(qtbot: QtBot) -> None:
    """Before any event is handled: a paint may come first."""
    inspector = made(qtbot, "")
    inspector.resize(292, 300)
    QApplication.processEvents()
    for count in (0, 3, 1, 2):
        found = [Finding("backlog_grows", Severity.WARNING, f"queue:a queue with a long name {i}") for i in range(count)]
        inspector.findings.set_findings(found)
        show(inspector, "")
        figures = [each for each in inspector.findChildren(QLabel) if each.text() in ("Connections", "Memory of messages")]
        assert len(figures) == 2
        assert min(each.height() for each in figures) >= figures[0].minimumSizeHint().height()


def test_the_longest_name_and_the_longest_value_need_not_stand_side_by_side(qtbot: QtBot) -> None:
    """In the width of the panel, with the scroll bar that a low one has."""
    gigabytes = 9_400_000_000
    broker = BrokerStats(
        name="rabbit@a-host-with-a-rather-long-name",
        message_stats=MessageStats(publish=10, return_unroutable=3),
        nodes=(NodeStats(name="rabbit@one", memory=142_900_000, memory_limit=gigabytes, disk_free=gigabytes, disk_free_limit=976_600),),
    )
    inspector = made(qtbot, "")
    inspector.resize(292, 300)
    show(inspector, "", Snapshot(time=4.0, live=True, broker=broker, queues=PICTURE.queues))
    QApplication.processEvents()
    assert any("at least" in each for each in texts(inspector))
    assert inspector.widget().width() <= inspector.viewport().width()
