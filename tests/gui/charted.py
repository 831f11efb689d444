"""A run with known figures, and hands for the chart that shows it."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mqviz.gui.chart_frame import RowFrame, Source
from mqviz.gui.chart_legend import LegendItem
from mqviz.gui.charts import ChartPanel
from mqviz.model.faults import Kill, Slow
from mqviz.model.snapshot import ActiveFault
from mqviz.viewmodel.chart_rows import Row
from mqviz.viewmodel.recorder import Recorder
from tests.viewmodel.observed import Latencies, queue, recorded, update

SECONDS = 300
KILL = ActiveFault(id=7, fault=Kill(target="worker.1"), since=250.0)
SLOW = ActiveFault(id=8, fault=Slow(target="worker.2"), since=150.0)


def run(seconds: float = SECONDS, *faults: ActiveFault) -> Recorder:
    """40 messages a second come, ready grows by 2 a second, one in ten seconds is redelivered."""
    ended = Latencies()

    def at(place: int) -> object:
        time = place / 10
        work = queue(
            ready=round(2 * time), unacked=30, enqueued=4 * place, delivered=4 * place, acknowledged=3 * place, redelivered=place // 100
        )
        active = tuple(fault for fault in faults if fault.since <= time)
        return update(time, work, faults=active, **ended(0.05))

    return recorded(at(place) for place in range(round(seconds * 10) + 1))  # type: ignore[misc]


@cache
def finished() -> Recorder:
    """The run of most tests, made once; nobody appends to it."""
    return run(SECONDS, KILL, SLOW)


def shown(qtbot: QtBot) -> ChartPanel:
    """A panel with that run, its queue selected."""
    result = ChartPanel()
    qtbot.addWidget(result)
    result.resize(1150, 264)
    result.set_sources([Source("run", finished())])
    result.select("queue:work")
    with qtbot.waitExposed(result):
        result.show()
    return result


def row_of(panel: ChartPanel, row: Row) -> RowFrame:
    frame = panel.plot.frame
    assert frame is not None
    return next(each for each in frame.rows if each.row is row)


def item(panel: ChartPanel, code: str) -> LegendItem:
    return next(each for header in panel.headers.values() for each in header.items if each.curve.code == code)


def place(panel: ChartPanel, time: float, row: Row = Row.DEPTH) -> QPoint:
    frame = panel.plot.frame
    assert frame is not None
    return QPointF(frame.x(time), row_of(panel, row).rect.center().y()).toPoint()


def wheel(panel: ChartPanel, time: float, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QPointF(place(panel, time))
    turn = QPoint(0, 120 * notches)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(where, panel.plot.mapToGlobal(where), QPoint(), turn, buttons, modifiers, phase, False)
    QApplication.sendEvent(panel.plot, event)


def drag(qtbot: QtBot, panel: ChartPanel, start: float, end: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    begin, finish = place(panel, start), place(panel, end)
    qtbot.mousePress(panel.plot, button, pos=begin)
    qtbot.mouseMove(panel.plot, begin + (finish - begin) / 2)
    qtbot.mouseMove(panel.plot, finish)
    qtbot.mouseRelease(panel.plot, button, pos=finish)
