"""The top bar says what the user wants, shows what is true, and fits."""

from itertools import pairwise
from math import inf

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mqviz.gui.controls.fault_button import FaultButton
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.speed_slider import SpeedSlider
from mqviz.gui.controls.virtual_clock import VirtualClock
from mqviz.gui.top_bar import FAULTS, TopBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with the bar at its top."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(TopBar())
    column.addStretch(1)
    window.resize(1440, 200)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.setFocus()
    return window


@pytest.fixture
def bar(window: QWidget) -> TopBar:
    return window.findChild(TopBar)


def button(bar: TopBar, name: str) -> IconButton:
    return next(found for found in bar.findChildren(IconButton) if found.accessibleName() == name)


def faults(bar: TopBar) -> dict[str, FaultButton]:
    return dict(zip(FAULTS, bar.findChildren(FaultButton), strict=True))


def wishes(bar: TopBar) -> list[object]:
    told: list[object] = []
    bar.restart_requested.connect(lambda: told.append("restart"))
    bar.step_requested.connect(lambda: told.append("step"))
    bar.play_toggled.connect(lambda play: told.append(("play", play)))
    bar.speed_chosen.connect(lambda speed: told.append(("speed", speed)))
    bar.fault_requested.connect(lambda kind: told.append(("fault", kind)))
    return told


def test_clicks_become_wishes(qtbot: QtBot, bar: TopBar) -> None:
    told = wishes(bar)
    for name in ("Restart", "Pause", "Step"):
        qtbot.mouseClick(button(bar, name), LEFT)
    assert told == ["restart", ("play", False), "step"]


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_has_a_button(qtbot: QtBot, bar: TopBar, kind: str) -> None:
    told = wishes(bar)
    qtbot.mouseClick(faults(bar)[kind], LEFT)
    assert told == [("fault", kind)]
    assert bar.faults == tuple(FAULTS)


def test_play_can_be_wished_for_by_the_windows_own_key(bar: TopBar) -> None:
    told = wishes(bar)
    bar.toggle_play()
    bar.set_available("play", False)
    bar.toggle_play()
    assert told == [("play", False)]


def test_space_on_a_focused_button_presses_that_button(qtbot: QtBot, bar: TopBar) -> None:
    told = wishes(bar)
    step = button(bar, "Step")
    step.setFocus()
    qtbot.keyClick(step, Qt.Key.Key_Space)
    assert told == ["step"]


def test_the_play_button_shows_what_is_not_what_was_wished(qtbot: QtBot, bar: TopBar) -> None:
    told = wishes(bar)
    pause = button(bar, "Pause")
    qtbot.mouseClick(pause, LEFT)
    assert pause.accessibleName() == "Pause"
    bar.show_clock(1.0, 0.0, 1.0, True)
    assert pause.accessibleName() == "Play"
    qtbot.mouseClick(pause, LEFT)
    assert told == [("play", False), ("play", True)]


def test_the_clock_and_the_speed_are_shown(qtbot: QtBot, bar: TopBar) -> None:
    told = wishes(bar)
    bar.show_clock(161.38, 0.0, inf, False)
    assert bar.findChild(VirtualClock).text() == "02:41.380"
    assert bar.findChild(SpeedSlider).speed() == inf
    qtbot.keyClick(bar.findChild(SpeedSlider), Qt.Key.Key_Left)
    assert told == [("speed", 100.0)]


def test_what_is_not_possible_is_grey_and_says_why(bar: TopBar) -> None:
    cut, pause = faults(bar)["cut"], button(bar, "Pause")
    bar.set_available("cut", False, "A live broker's network cannot be cut from here")
    bar.set_available("play", False, "A live broker does not pause")
    assert (cut.isEnabled(), pause.isEnabled()) == (False, False)
    assert cut.toolTip() == "A live broker's network cannot be cut from here"
    assert pause.toolTip() == "A live broker does not pause"
    bar.set_available("cut", True)
    bar.set_available("play", True)
    assert (cut.isEnabled(), pause.isEnabled()) == (True, True)
    assert pause.toolTip() == "Pause (Space)"


@pytest.mark.parametrize("kind", ["restart_run", "play", "step", "speed"])
def test_every_control_can_be_greyed_without_a_reason(bar: TopBar, kind: str) -> None:
    bar.set_available(kind, False)
    greyed = [part for part in bar.findChildren(QWidget) if part.parentWidget() and not part.isEnabled()]
    assert [part.toolTip() for part in greyed] == ["Not possible here"]


def test_an_unknown_control_is_refused(bar: TopBar) -> None:
    with pytest.raises(KeyError, match="tea"):
        bar.set_available("tea", False)


def test_faults_in_effect_and_armed_are_marked(bar: TopBar) -> None:
    bar.set_active("kill", True)
    bar.set_armed("slow", True)
    assert [kind for kind, found in faults(bar).items() if found.active] == ["kill"]
    assert [kind for kind, found in faults(bar).items() if found.armed] == ["slow"]


@pytest.mark.parametrize("width", [1024, 1100, 1200, 1280, 1366, 1440, 1920])
def test_nothing_overlaps_or_leaves_the_bar(window: QWidget, bar: TopBar, width: int) -> None:
    window.resize(width, 200)
    QApplication.sendPostedEvents()
    parts = [part for part in bar.children() if isinstance(part, QWidget) and part.isVisible()]
    boxes = sorted((part.x(), part.x() + part.width(), part.minimumSizeHint().width()) for part in parts)
    assert bar.width() == width
    assert all(left[1] <= right[0] for left, right in pairwise(boxes))
    assert boxes[-1][1] <= width - 16
    assert all(end - start >= least for start, end, least in boxes)


def test_words_go_where_there_is_no_room_and_come_back(window: QWidget, bar: TopBar) -> None:
    kill = faults(bar)["kill"]
    wide = kill.width()
    window.resize(1024, 200)
    QApplication.sendPostedEvents()
    narrow = kill.width()
    window.resize(1440, 200)
    QApplication.sendPostedEvents()
    assert narrow < 0.6 * wide == 0.6 * kill.width()


def test_the_window_may_be_1024_wide(bar: TopBar) -> None:
    assert bar.minimumSizeHint().width() <= 1024


def test_something_can_stand_at_the_right_end(window: QWidget, bar: TopBar) -> None:
    extra = IconButton("settings", "Preferences")
    bar.add_trailing(extra)
    QApplication.sendPostedEvents()
    assert extra.isVisible()
    assert extra.x() > faults(bar)["cut"].x() + faults(bar)["cut"].width()


def test_another_language_is_spoken_at_once(bar: TopBar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TopBar, "tr", lambda _self, text, *_rest: {"Pause": "일시 정지", "Kill consumer": "소비자 종료"}.get(text, text))
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert button(bar, "일시 정지").isVisible()
    assert faults(bar)["kill"].accessibleName() == "소비자 종료"


def test_a_narrow_bar_knows_its_smallest_size_while_it_changes_its_language(window: QWidget, bar: TopBar) -> None:
    """Qt asks for it in between, and ends the process if there is none."""
    window.resize(1024, 200)
    QApplication.sendPostedEvents()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert 0 < bar.minimumSizeHint().width() <= 1024


def test_everything_has_a_name_for_screen_readers(bar: TopBar) -> None:
    parts = [*bar.findChildren(IconButton), *bar.findChildren(FaultButton), bar.findChild(SpeedSlider), bar.findChild(VirtualClock)]
    assert all(part.accessibleName() for part in parts)
