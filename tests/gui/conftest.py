"""Every widget under test wears the light theme, as in the program; the whole window runs by a clock turned by hand."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mqviz.app import parts
from mqviz.clock import ManualClock
from mqviz.gui import theme
from mqviz.gui.canvas import TopologyView
from mqviz.gui.main_window import MainWindow
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance
from mqviz.model.backend import Update
from mqviz.settings import Settings
from tests.viewmodel.pictures import shop


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The program's fonts, palette and style sheet."""
    theme.apply(qapp, theme.load("light"))


@pytest.fixture
def clock() -> ManualClock:
    """The clock of the window, turned by hand."""
    return ManualClock()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, clock: ManualClock) -> Iterator[MainWindow]:
    """The whole window on the embedded broker, with nothing open yet. `turn` lets time pass in it."""
    shell = Shell()
    qtbot.addWidget(shell)
    made = MainWindow(shell, parts(clock, Settings(), lambda settings: None), Appearance(qapp, "light"), "en")
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    yield made
    shell.close()


@pytest.fixture
def turn(window: MainWindow, clock: ManualClock) -> Callable[[float], None]:
    """Let so many seconds pass, in frames of a tenth, and Qt do what it has to."""

    def turned(seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            clock.advance(0.1)
            window.pump.beat()
        QApplication.processEvents()

    return turned


@pytest.fixture
def view(qtbot: QtBot) -> TopologyView:
    """A canvas with the picture of the design on it."""
    made = TopologyView()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.set_update(Update(snapshot=shop()))
    QApplication.processEvents()
    return made
