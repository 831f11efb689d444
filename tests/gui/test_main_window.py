"""The whole window with real clicks and keys, on a clock that is turned by hand."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from mqviz.gui.keeper import Keeper
from mqviz.gui.main_window import MainWindow
from mqviz.gui.shelf import Shelf
from mqviz.model.backend import EndFault, Inject
from mqviz.model.faults import Kill
from mqviz.model.library import read_scenario
from mqviz.model.snapshot import ClientState, ConsumerStats
from mqviz.report import as_json
from mqviz.sim.simulation import Simulation
from mqviz.viewmodel.document import open_document, open_shipped

Turn = Callable[[float], None]

TEXT = """format = 1
name = { en = "Small", ko = "작은 것" }
seed = 3
duration = 20.0
[[queues]]
name = "work"
[[producers]]
name = "shop"
routing_key = "work"
load = { shape = "constant", rate = 20.0 }
[[consumers]]
name = "server"
queue = "work"
count = 2
prefetch = 5
service = { distribution = "constant", mean = 0.15 }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def opened(window: MainWindow, path: Path, turn: Turn) -> MainWindow:
    window.open(open_document(path))
    window.complete()
    turn(2.0)
    return window


def server(window: MainWindow, number: int) -> ConsumerStats:
    return next(each for each in window.session.update.snapshot.consumers if each.name == f"server.{number}")


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(window.view.canvas, key)
    QApplication.processEvents()


def click_node(qtbot: QtBot, window: MainWindow, node: str) -> None:
    canvas = window.view.canvas
    place = canvas.mapFromScene(*canvas.positions[node])
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))


def test_what_is_opened_runs_at_once_with_one_hint(opened: MainWindow) -> None:
    assert opened.session.update.snapshot.time == pytest.approx(2.0, abs=0.11)
    assert "Press 2" in opened.view.hint.text
    assert opened.shell.windowTitle() == "Small — mqviz"
    assert opened.session.update.snapshot.queues[0].enqueued > 30


def test_pressing_2_asks_whom_and_a_click_kills(qtbot: QtBot, opened: MainWindow, turn: Turn) -> None:
    held = server(opened, 2).messages_unacknowledged
    assert held > 0
    press(qtbot, opened, Qt.Key.Key_2)
    assert opened.hand.code == "kill"
    click_node(qtbot, opened, "consumer:server.2")
    turn(0.2)
    assert server(opened, 2).state == ClientState.KILLED
    assert opened.view.hint.text == ""
    turn(3.0)
    assert opened.session.update.snapshot.queues[0].redelivered == held


def test_pressing_it_again_on_the_same_one_brings_it_back(qtbot: QtBot, opened: MainWindow, turn: Turn) -> None:
    opened.view.canvas.select(("consumer:server.1",))
    for expected in (ClientState.KILLED, ClientState.RUNNING):
        press(qtbot, opened, Qt.Key.Key_2)
        turn(0.5)
        assert server(opened, 1).state == expected


def test_escape_lets_it_be(qtbot: QtBot, opened: MainWindow, turn: Turn) -> None:
    press(qtbot, opened, Qt.Key.Key_2)
    press(qtbot, opened, Qt.Key.Key_Escape)
    turn(0.2)
    assert opened.hand.code == ""
    assert opened.session.update.snapshot.faults == ()


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_1, "Spike"), (Qt.Key.Key_4, "RestartFault"), (Qt.Key.Key_5, "Cut")])
def test_keys_break_things_and_0_mends_them(qtbot: QtBot, opened: MainWindow, turn: Turn, key: Qt.Key, kind: str) -> None:
    press(qtbot, opened, key)
    turn(0.2)
    assert [type(each.fault).__name__ for each in opened.session.update.snapshot.faults] == [kind]
    press(qtbot, opened, Qt.Key.Key_0)
    turn(0.2)
    assert opened.session.update.snapshot.faults == ()


def test_slow_hits_what_is_selected(qtbot: QtBot, opened: MainWindow, turn: Turn) -> None:
    opened.view.canvas.select(("consumer:server.1",))
    press(qtbot, opened, Qt.Key.Key_3)
    turn(0.2)
    assert (server(opened, 1).state, server(opened, 2).state) == (ClientState.SLOW, ClientState.RUNNING)


def test_space_pauses_and_goes_on(qtbot: QtBot, opened: MainWindow, turn: Turn) -> None:
    press(qtbot, opened, Qt.Key.Key_Space)
    turn(0.2)
    stood = opened.session.update.snapshot.time
    turn(1.0)
    assert opened.session.update.snapshot.time == stood
    press(qtbot, opened, Qt.Key.Key_Space)
    turn(1.0)
    assert opened.session.update.snapshot.time > stood + 0.5


def test_step_moves_on_by_one_happening(opened: MainWindow, turn: Turn) -> None:
    opened.runs.play(False)
    turn(0.2)
    before = opened.session.update.snapshot.time
    opened.actions_by_code["step"].trigger()
    turn(0.2)
    assert before < opened.session.update.snapshot.time < before + 0.1
    assert opened.session.update.paused


def test_faster_and_slower_take_the_usual_speeds(opened: MainWindow, turn: Turn) -> None:
    for code, expected in (("faster", 2.0), ("faster", 5.0), ("slower", 2.0), ("slower", 1.0), ("slower", 0.5)):
        opened.actions_by_code[code].trigger()
        turn(0.1)
        assert opened.session.update.speed == expected


def test_a_knob_turned_can_be_taken_back(opened: MainWindow, turn: Turn) -> None:
    opened.inspector.turned.emit("consumer:server.1", "prefetch", 1.0)
    turn(0.3)
    assert server(opened, 1).prefetch_count == 1
    opened.actions_by_code["undo"].trigger()
    turn(0.3)
    assert server(opened, 1).prefetch_count == 5
    opened.actions_by_code["redo"].trigger()
    turn(0.3)
    assert server(opened, 1).prefetch_count == 1


def test_a_dragged_node_stays_in_the_file(qtbot: QtBot, opened: MainWindow, turn: Turn, path: Path) -> None:
    canvas = opened.view.canvas
    start = canvas.mapFromScene(*canvas.positions["queue:work"])
    view = canvas.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(view, start + QPoint(0, 12 * step))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 60))
    opened.actions_by_code["save"].trigger()
    turn(0.2)
    moved = read_scenario(path).layout["queue:work"]
    assert moved == pytest.approx(canvas.positions["queue:work"])
    opened.actions_by_code["undo"].trigger()
    assert canvas.positions["queue:work"][1] < moved[1]


def test_the_saved_file_run_without_a_window_gives_the_same_result(
    qtbot: QtBot, opened: MainWindow, turn: Turn, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.view.canvas.select(("consumer:server.2",))
    press(qtbot, opened, Qt.Key.Key_2)
    turn(1.0)
    opened.inspector.turned.emit("producer:shop.1", "rate", 40.0)
    turn(2.0)
    press(qtbot, opened, Qt.Key.Key_2)
    opened.runs.set_speed(50.0)
    turn(3.0)
    assert opened.session.update.snapshot.finished
    target = tmp_path / "result.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    opened.actions_by_code["save"].trigger()
    opened.actions_by_code["save_json"].trigger()
    turn(0.2)
    again = Simulation(read_scenario(path))
    again.run_until(20.0)
    assert target.read_text("utf-8") == as_json(again.result())
    assert json.loads(target.read_text("utf-8"))["queues"]["work"]["redelivered"] > 0


def test_the_end_is_summed_up_and_restart_goes_on(opened: MainWindow, turn: Turn) -> None:
    opened.runs.set_speed(50.0)
    turn(2.0)
    assert opened.view.summary.isVisible()
    opened.actions_by_code["restart"].trigger()
    turn(0.1)
    assert not opened.view.summary.isVisible()
    assert opened.session.update.snapshot.time < 10.0


def test_two_runs_begin_together_and_one_can_be_closed(opened: MainWindow, turn: Turn, path: Path) -> None:
    opened.open(open_document(path), beside=True)
    turn(2.0)
    first, second = (session.update.snapshot for session in opened.workspace.sessions)
    assert first.time == second.time == pytest.approx(2.0, abs=0.11)
    assert first.queues == second.queues
    opened.actions_by_code["close_beside"].trigger()
    turn(0.2)
    assert len(opened.workspace.views) == 1


def test_a_file_full_of_mistakes_is_told_line_by_line(window: MainWindow, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(TEXT.replace('queue = "work"', 'queue = "wrok"').replace("rate = 20.0", "rate = -1.0"), encoding="utf-8")
    window.files.open(bad)
    box = window.shell.findChild(QMessageBox)
    assert box is not None
    assert "bad.toml" in box.text()
    assert "did you mean 'work'" in box.informativeText()
    assert len(box.informativeText().splitlines()) == 2
    box.close()


def test_the_theme_is_switched_while_it_runs(opened: MainWindow, turn: Turn) -> None:
    light = opened.shell.grab().toImage().pixelColor(30, 300)
    opened.actions_by_code["theme_dark"].trigger()
    turn(0.2)
    dark = opened.shell.grab().toImage().pixelColor(30, 300)
    assert light.lightness() > 200 > 60 > dark.lightness()
    assert opened.settings.theme == "dark"


def test_next_opens_what_follows_in_the_list(window: MainWindow, turn: Turn) -> None:
    window.open(open_shipped("ten-thousand"))
    window.complete()
    window.actions_by_code["next"].trigger()
    turn(0.1)
    assert window.session.document.key == "ten-thousand-direct"
    assert window.library.current() == "ten-thousand-direct"


def test_the_space_bar_on_a_button_presses_the_button(qtbot: QtBot, opened: MainWindow, turn: Turn) -> None:
    button = opened.timeline.charts.menu_button
    button.setFocus()
    qtbot.keyPress(button, Qt.Key.Key_Space)
    turn(0.2)
    assert not opened.session.update.paused


def test_a_refused_command_is_told_and_nothing_breaks(opened: MainWindow, turn: Turn) -> None:
    opened.session.submit(EndFault(id=999))
    turn(0.2)
    assert opened.toast.text


def test_messages_of_a_queue_are_looked_at_without_taking_them(opened: MainWindow, turn: Turn) -> None:
    opened.inspector.turned.emit("producer:shop.1", "rate", 200.0)
    turn(2.0)
    opened.view.canvas.select(("queue:work",))
    turn(0.2)
    before = opened.session.update.snapshot.queues[0].delivered
    opened.inspector.peek_wanted.emit("queue:work")
    opened.runs.play(False)
    turn(0.1)
    assert opened.inspector.messages.count > 0
    assert opened.session.update.snapshot.queues[0].delivered - before < 10


def test_the_menu_of_a_queue_shows_its_messages_and_purges(opened: MainWindow, turn: Turn) -> None:
    opened.inspector.turned.emit("producer:shop.1", "rate", 200.0)
    turn(2.0)
    opened.view.canvas.context_requested.emit("queue:work", QPoint(400, 300))
    menu = next(each for each in opened.view.findChildren(QMenu) if each.isVisible())
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Look at the oldest messages", "Purge"]
    menu.actions()[0].trigger()
    turn(0.1)
    assert opened.inspector.node == "queue:work"
    assert opened.inspector.messages.count > 0
    menu.actions()[-1].trigger()
    turn(0.1)
    assert opened.session.update.snapshot.queues[0].purged > 100
    menu.close()


def test_the_menu_of_a_consumer_breaks_it_and_mends_it(opened: MainWindow, turn: Turn) -> None:
    for words, state in (("Hang", ClientState.HANGING), ("End: Hang", ClientState.RUNNING)):
        opened.view.canvas.context_requested.emit("consumer:server.1", QPoint(600, 300))
        menu = next(each for each in opened.view.findChildren(QMenu) if each.isVisible())
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()
        turn(0.5)
        assert server(opened, 1).state == state


def test_what_was_not_saved_is_kept_and_offered(opened: MainWindow, turn: Turn, tmp_path: Path) -> None:
    folder = tmp_path / "unsaved"
    keeper = Keeper(opened.workspace, folder)
    keeper.keep_all()
    turn(0.1)
    assert not folder.exists()
    opened.session.submit(Inject(fault=Kill(target="server.1")))
    turn(0.2)
    keeper.close()
    kept = read_scenario(folder / "small.toml")
    assert [type(fault).__name__ for fault in kept.faults] == ["Kill"]
    shelf = Shelf(opened.library, "en", folder)
    shelf.fill()
    assert str(folder / "small.toml") in opened.library.shown()


def test_what_is_wrong_now_is_said_and_leads_there(qtbot: QtBot, opened: MainWindow, turn: Turn) -> None:
    assert opened.inspector.findings.sentences == ()
    opened.session.submit(Inject(fault=Kill(target="server")))
    turn(2.0)
    said = opened.inspector.findings.sentences
    assert said
    assert "Nobody consumes “work”" in said[0]
    qtbot.mouseClick(opened.inspector.findings.findChildren(QPushButton)[-len(said)], Qt.MouseButton.LeftButton)
    turn(0.2)
    assert opened.inspector.node == "queue:work"


def test_a_selected_queue_tells_how_long_messages_waited(opened: MainWindow, turn: Turn) -> None:
    opened.view.canvas.select(("queue:work",))
    turn(1.0)
    shown = [each.text() for each in opened.inspector.findChildren(QLabel)]
    p95 = shown[shown.index("Wait p95, all so far") + 1]
    assert p95[0].isdigit()


def test_in_a_low_window_the_line_that_asks_for_a_target_covers_neither_captions_nor_nodes(opened: MainWindow, turn: Turn) -> None:
    opened.shell.resize(1024, 640)
    opened.view.hint.say("a hint")
    turn(0.2)
    opened.hand.request("kill")
    assert opened.toast.text and not opened.view.hint.text
    canvas = opened.view.canvas
    nodes = [canvas.rect_of(node).bottom() for node in canvas.positions]
    assert opened.toast.geometry().top() > max(nodes)
