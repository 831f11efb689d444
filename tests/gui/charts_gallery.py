"""Draws the lower part of the window with a plausible run: `python -m tests.gui.charts_gallery FOLDER [NAME ...]`. To be looked at."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt, QTranslator
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mqviz.bundle import resource
from mqviz.gui import theme
from mqviz.gui.chart_frame import Source
from mqviz.gui.charts import ChartPanel
from mqviz.gui.event_log import EventLogPanel
from mqviz.gui.ledger_strip import LedgerStrip
from mqviz.gui.summary_panel import SummaryPanel
from mqviz.model.faults import Hang, Kill, MemoryAlarm, RestartFault
from mqviz.model.result import CopyLedger, Ledger, MessageLedger, Reasons, WorkLedger
from mqviz.model.snapshot import LogEntry
from mqviz.viewmodel.chart_rows import Row
from mqviz.viewmodel.findings import Severity, finding
from mqviz.viewmodel.summary import RunSummary
from tests.gui.plausible import FAULTS, Run, recorder

ENTRIES = (
    LogEntry(time=0.0, code="run_started"),
    LogEntry(time=0.0, code="connection_opened", subject="consumer:server.1"),
    LogEntry(time=0.0, code="queue_declared", subject="queue:work"),
    LogEntry(time=30.0, code="fault_started", subject="consumer:server.1", figures={"id": 1, "kind": "kill"}),
    LogEntry(time=30.0, code="connection_closed", subject="consumer:server.1", figures={"reason": "crash"}),
    LogEntry(time=38.25, code="fault_ended", subject="consumer:server.1", figures={"id": 1, "kind": "kill"}),
    LogEntry(time=41.0, code="change_applied", subject="producer:shop", figures={"rate": 300.0}),
    LogEntry(time=44.2, code="memory_alarm_set"),
    LogEntry(time=44.2, code="connection_blocked", subject="producer:shop.1", figures={"reason": "low on memory"}),
    LogEntry(time=49.0, code="memory_alarm_cleared"),
    LogEntry(time=49.0, code="connection_unblocked", subject="producer:shop.1"),
    LogEntry(time=60.0, code="fault_started", subject="", figures={"id": 2, "kind": "restart"}),
    LogEntry(time=60.0, code="broker_stopped"),
    LogEntry(time=60.0, code="messages_lost", figures={"messages": 1161}),
    LogEntry(time=63.0, code="broker_started"),
    LogEntry(
        time=71.5,
        code="channel_closed",
        subject="consumer:server.2",
        figures={"reply_code": 406, "text": "PRECONDITION_FAILED - delivery acknowledgement timed out"},
    ),
    LogEntry(time=3671.5, code="command_refused", subject="consumer:server.9"),
    LogEntry(time=3720.0, code="run_finished"),
)

LEDGERS = (
    Ledger(
        messages=MessageLedger(published=10000, routed=10000),
        copies=CopyLedger(enqueued=10000, acknowledged=6312, ready=3646, unacknowledged=42),
        work=WorkLedger(completed=6312),
        balanced=True,
        nothing_lost=True,
    ),
    Ledger(
        messages=MessageLedger(published=120000, routed=118839, refused=1161),
        copies=CopyLedger(
            enqueued=118839, acknowledged=118700, unacknowledged=18, dead_lettered=41, expired=80, reasons=Reasons(delivery_limit=41)
        ),
        work=WorkLedger(completed=118700),
        balanced=True,
        nothing_lost=True,
    ),
    Ledger(
        messages=MessageLedger(published=5210, routed=5022, lost_in_transit=148, in_transit=12, unroutable=28),
        copies=CopyLedger(enqueued=5022, acknowledged=2222, ready=1800, unacknowledged=300, lost=700),
        work=WorkLedger(completed=2222),
        balanced=True,
        nothing_lost=False,
    ),
    None,
)

SUMMARIES = (
    RunSummary(
        "Ten thousand at once",
        120.0,
        False,
        False,
        10000,
        10000,
        0,
        49.8,
        47.2,
        9980,
        (),
        (),
        True,
        finding("consumers_saturated", Severity.WARNING, "queue:work", utilisation=1.0, count=2),
    ),
    RunSummary(
        "Broker restart without durability",
        60.0,
        True,
        False,
        5210,
        2222,
        2112,
        None,
        0.342,
        2400,
        (("lost", 700), ("lost_in_transit", 148)),
        (("unroutable", 28),),
        True,
        finding("backlog_grows", Severity.NOTE, "queue:work"),
    ),
    RunSummary(
        "Ten thousand at once, without a queue",
        120.0,
        False,
        True,
        10000,
        412,
        0,
        2.0,
        1.98,
        200,
        (),
        (("refused", 9388), ("timed_out", 200)),
        True,
        finding("service_overloaded", Severity.DANGER, "service:shop", refused=9388, timed_out=200, utilisation=0.4),
    ),
)


def hover(widget: QWidget, share: float) -> None:
    """The mouse at a share of the width."""
    _mouse(widget, QEvent.Type.MouseMove, share, Qt.MouseButton.NoButton)


def drag(widget: QWidget, start: float, end: float) -> None:
    """The left button from one share of the width to another."""
    _mouse(widget, QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)
    _mouse(widget, QEvent.Type.MouseMove, end, Qt.MouseButton.LeftButton)
    _mouse(widget, QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.LeftButton)


def _mouse(widget: QWidget, kind: QEvent.Type, share: float, button: Qt.MouseButton) -> None:
    place = QPointF(share * widget.width(), widget.height() / 2)
    QApplication.sendEvent(widget, QMouseEvent(kind, place, widget.mapToGlobal(place), button, button, Qt.KeyboardModifier.NoModifier))


def panel(width: int = 1150, height: int = 264, node: str = "queue:orders.new", seconds: float = 144.0) -> ChartPanel:
    """Curves of the plausible run."""
    result = ChartPanel()
    result.resize(width, height)
    result.set_sources([Source("run", recorder(seconds))])
    result.select(node)
    result.show()
    return result


def with_theory() -> QWidget:
    """A queue against its model."""
    result = panel()
    result.set_theory(Row.LATENCY, 0.06)
    result.set_theory(Row.DEPTH, None, "ρ ≥ 1")
    return result


def with_crosshair(width: int = 1150) -> QWidget:
    """The mouse over a moment in the past."""
    result = panel(width)
    plot = result.plot
    hover(plot, 0.47)
    return result


def with_range() -> QWidget:
    """A stretch of time that was dragged over."""
    result = panel()
    plot = result.plot
    drag(plot, 0.40, 0.58)
    return result


def zoomed() -> QWidget:
    """A moment in the past, large."""
    result = panel()
    result.view.show(66.0, 84.0)
    result.show_curve("p95", False)
    result.redraw()
    return result


def with_many_faults() -> QWidget:
    """More flags than there is room for."""
    result = ChartPanel()
    result.resize(1150, 264)
    kills = tuple((Kill(target=f"worker-{k}"), 30.0 + 1.3 * k, 34.0 + 1.3 * k) for k in range(9))
    faults = (
        *kills,
        (MemoryAlarm(), 60.0, 71.0),
        (Hang(target="worker-1"), 72.5, None),
        (RestartFault(lasts=3.0), 100.0, 103.0),
        *FAULTS[2:],
    )
    result.set_sources([Source("run", recorder(144.0, Run(faults=faults)))])
    result.show()
    return result


def compared() -> QWidget:
    """Two runs over one axis."""
    result = ChartPanel()
    result.resize(1150, 264)
    result.set_sources([Source("one", recorder()), Source("other", recorder(144.0, Run(seed=9, faults=FAULTS[:1])))])
    result.select("queue:orders.new")
    result.show()
    return result


def empty() -> QWidget:
    """Before anything is known."""
    result = ChartPanel()
    result.resize(1150, 264)
    result.show()
    return result


def log(search: str = "", count: int = 1) -> QWidget:
    """Every code of the event log."""
    result = EventLogPanel()
    result.resize(1150, 264)
    result.append(ENTRIES * count)
    result.search.setText(search)
    result.show()
    return result


def ledgers(width: int) -> QWidget:
    """All is well, something is thrown away, something is lost, nothing is known."""
    result = QWidget()
    theme.set_role(result, "window")
    result.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(result)
    for ledger in LEDGERS:
        strip = LedgerStrip()
        strip.set_ledger(ledger)
        strip.setFixedWidth(width)
        column.addWidget(strip)
    column.addStretch(1)
    result.resize(width + 22, 10)
    result.adjustSize()
    result.show()
    return result


def summary(which: int) -> QWidget:
    """The card over a picture."""
    result = QWidget()
    theme.set_role(result, "canvas")
    result.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    result.resize(900, 520)
    result.show()
    SummaryPanel(result).show_summary(SUMMARIES[which])
    return result


SCENES: dict[str, Callable[[], QWidget]] = {
    "wide": panel,
    "whole": lambda: panel(node=""),
    "narrow": lambda: panel(700, 240),
    "large": lambda: panel(2400, 420),
    "young": lambda: panel(seconds=7.0),
    "theory": with_theory,
    "crosshair": with_crosshair,
    "crosshair-narrow": lambda: with_crosshair(700),
    "range": with_range,
    "zoomed": zoomed,
    "faults": with_many_faults,
    "compared": compared,
    "empty": empty,
    "log": log,
    "log-found": lambda: log("fault"),
    "log-empty": lambda: log("nothing like it"),
    "ledger": lambda: ledgers(292),
    "ledger-wide": lambda: ledgers(900),
    "summary-good": lambda: summary(0),
    "summary-lost": lambda: summary(1),
    "summary-calls": lambda: summary(2),
}


KOREAN = ("crosshair", "faults", "log", "ledger", "summary-calls")


def main(folder: Path, names: list[str]) -> None:
    """Write a picture of every scene, light and dark; of some in Korean, too."""
    app = QApplication([])
    assert isinstance(app, QApplication)
    for skin in ("light", "dark"):
        theme.apply(app, theme.load(skin))
        for name in names or SCENES:
            _save(app, name, folder / f"{name}-{skin}.png")
    korean = QTranslator()
    if korean.load(str(resource("translations/mqviz_ko.qm"))):
        app.installTranslator(korean)
        for name in KOREAN:
            _save(app, name, folder / f"{name}-ko.png")


def _save(app: QApplication, name: str, path: Path) -> None:
    widget = SCENES[name]()
    app.processEvents()
    widget.grab().save(str(path))
    widget.close()
    widget.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
