"""The event log: words, search, copying, saving, and staying at the newest line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mqviz.gui.event_log import EventLogPanel
from mqviz.gui.event_model import EventLogModel
from mqviz.gui.event_words import EventWords, sign_of
from mqviz.gui.icons import names
from mqviz.model import snapshot
from mqviz.model.snapshot import LogEntry

CODES = re.findall(r"[a-z]+_[a-z_]+", (snapshot.LogEntry.__doc__ or "").partition("Codes:")[2])


def entry(time: float, code: str = "queue_declared", subject: str = "queue:work", **figures: object) -> LogEntry:
    return LogEntry(time=time, code=code, subject=subject, figures=figures)


def many(count: int, start: int = 0) -> list[LogEntry]:
    return [entry(float(k), subject=f"queue:q{k}") for k in range(start, start + count)]


@pytest.fixture
def panel(qtbot: QtBot) -> EventLogPanel:
    result = EventLogPanel()
    qtbot.addWidget(result)
    result.resize(800, 240)
    with qtbot.waitExposed(result):
        result.show()
    return result


def lines(panel: EventLogPanel) -> list[str]:
    return [panel.model.text(row) for row in range(panel.model.rowCount())]


def test_the_codes_are_those_of_the_contract() -> None:
    assert len(CODES) == 28 and "fault_started" in CODES and "command_refused" in CODES


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_words_and_an_icon(qtbot: QtBot, code: str) -> None:
    line = EventWords().line(entry(1.0, code, "consumer:server.1", kind="kill", id=1))
    assert code not in line and "_" not in line and "{" not in line
    assert sign_of(entry(1.0, code, kind="kill"))[0] in names()


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (entry(1.0, "fault_started", "server.1", id=1, kind="kill"), "Fault: Kill server.1"),
        (entry(1.0, "fault_started", "shop", id=1, kind="spike", factor=10.0), "Fault: Spike ×10"),
        (entry(1.0, "fault_started", "shop", id=1, kind="spike", messages=5000), "Fault: Spike +5,000"),
        (entry(1.0, "fault_started", "server", id=1, kind="slow", factor=4.0), "Fault: Slow server ×4"),
        (entry(1.0, "fault_started", "server", id=1, kind="fail", share=0.25, how="nack"), "Fault: server fails 25 %"),
        (entry(1.0, "fault_ended", "", id=1, kind="cut", side="both"), "Ended: Network cut"),
        (entry(1.0, "messages_lost", "", messages=1161), "1,161 transient messages were lost with the broker"),
        (entry(1.0, "connection_closed", "consumer:a.1", reason="crash"), "a.1 lost its connection · crash"),
        (entry(1.0, "channel_closed", "consumer:a.1", reply_code=406, text="NO"), "The broker closed the channel of a.1: 406 NO"),
        (entry(1.0, "change_applied", "producer:shop", rate=300.0), "Changed: shop · rate 300"),
        (entry(1.0, "something_new", "queue:a", depth=3), "something_new a · depth 3"),
        (entry(1.0, "connection_closed", "consumer:{0}"), "{0} lost its connection"),
    ],
)
def test_lines_tell_whom_and_how_many(qtbot: QtBot, event: LogEntry, text: str) -> None:
    assert EventWords().line(event) == text


def test_searching_shows_what_has_the_words(panel: EventLogPanel, qtbot: QtBot) -> None:
    panel.append([*many(5), entry(9.0, "memory_alarm_set", "")])
    qtbot.keyClicks(panel.search, "MEMORY")
    assert lines(panel) == ["Memory alarm: publishers are blocked"]
    panel.append([entry(10.0, "memory_alarm_cleared", ""), entry(11.0)])
    assert len(lines(panel)) == 2
    panel.search.clear()
    assert len(lines(panel)) == 8


def test_what_flaps_is_counted(panel: EventLogPanel) -> None:
    for k in range(20):
        panel.append([entry(1.0 + k / 50, "connection_blocked", "p.1", reason="low"), entry(1.01 + k / 50, "connection_unblocked", "p.1")])
    panel.append([entry(9.0, "connection_blocked", "p.1", reason="low"), entry(9.1, "connection_blocked", "p.2", reason="low")])
    assert lines(panel) == [
        "p.1 is blocked by the broker: low · ×20",
        "p.1 may publish again · ×20",
        "p.1 is blocked by the broker: low",
        "p.2 is blocked by the broker: low",
    ]


def test_the_newest_stays_in_sight_unless_one_has_scrolled_up(panel: EventLogPanel, qtbot: QtBot) -> None:
    bar = panel.list.verticalScrollBar()
    panel.append(many(100))
    assert bar.value() == bar.maximum() > 0
    bar.setValue(100)
    assert not panel.follows and panel.latest_button.isVisible()
    panel.append(many(50, 100))
    assert bar.value() == 100
    qtbot.mouseClick(panel.latest_button, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    panel.append(many(50, 150))
    assert bar.value() == bar.maximum() and not panel.latest_button.isVisible()


def test_memory_is_bounded(qtbot: QtBot) -> None:
    model = EventLogModel(EventWords(), most=300)
    tester = QAbstractItemModelTester(model)
    for start in range(0, 1500, 70):
        model.append(many(70, start))
        assert model.count <= 300
    assert model.text(model.rowCount() - 1) == "Queue q1539 was declared"
    assert model.rowCount() == model.count >= 200
    model.look_for("q153")
    model.append(many(600, 6000))
    assert model.rowCount() == 0
    del tester


def test_a_double_click_chooses_the_moment(panel: EventLogPanel, qtbot: QtBot) -> None:
    panel.append(many(3))
    where = panel.list.visualRect(panel.model.index(2)).center()
    with qtbot.waitSignal(panel.time_chosen, timeout=1000) as chosen:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
        qtbot.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == [2.0]


def test_enter_chooses_the_moment(panel: EventLogPanel, qtbot: QtBot) -> None:
    panel.append(many(3))
    panel.list.setCurrentIndex(panel.model.index(1))
    with qtbot.waitSignal(panel.time_chosen, timeout=1000) as chosen:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert chosen.args == [1.0]


def test_chosen_lines_are_copied_else_all(panel: EventLogPanel, qtbot: QtBot) -> None:
    panel.append(many(3))
    panel.copy()
    assert QApplication.clipboard().text().splitlines() == [f"00:0{k}.0  Queue q{k} was declared" for k in range(3)]
    panel.list.setCurrentIndex(panel.model.index(1))
    qtbot.keyClick(panel.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "00:01.0  Queue q1 was declared"


def test_it_is_saved_as_table_or_text(panel: EventLogPanel, tmp_path: Path) -> None:
    panel.append(many(2))
    panel.save(tmp_path / "events.csv")
    assert (tmp_path / "events.csv").read_text().splitlines()[1:] == [
        "0,queue_declared,queue:q0,1,Queue q0 was declared",
        "1,queue_declared,queue:q1,1,Queue q1 was declared",
    ]
    panel.save(tmp_path / "events.txt")
    assert (tmp_path / "events.txt").read_text() == "00:00.0  Queue q0 was declared\n00:01.0  Queue q1 was declared"


def test_another_run_has_other_events(panel: EventLogPanel) -> None:
    panel.append(many(50))
    panel.set_entries(many(3, 100))
    assert lines(panel) == [f"Queue q{k} was declared" for k in (100, 101, 102)]


def test_a_screen_reader_hears_moment_and_words(panel: EventLogPanel) -> None:
    panel.append(many(1))
    assert panel.model.data(panel.model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "00:00.0  Queue q0 was declared"
