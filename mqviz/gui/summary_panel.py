"""The card over the picture when a run has ended: what it came to, what was lost and why, what limited it, and where to go next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mqviz.gui import theme
from mqviz.gui.chart_axes import duration, figure
from mqviz.gui.controls.figure_label import FigureLabel
from mqviz.gui.controls.glyphs import StateGlyph, glyph_path
from mqviz.gui.controls.icon_button import IconButton, dress
from mqviz.gui.controls.labels import ElidedLabel, label, rule
from mqviz.gui.controls.painting import begin, box, faint
from mqviz.gui.finding_words import FindingWords
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius, Space, State, set_role
from mqviz.viewmodel.findings import Severity
from mqviz.viewmodel.summary import RunSummary

WIDTH = 500
_SHADOW = 14
_MOST_CAUSES = 5


class _Verdict(QWidget):
    """A tick or a cross before the headline."""

    def __init__(self) -> None:
        super().__init__()
        self._bad = False
        self.setFixedSize(QSize(16, 16))

    def set_bad(self, bad: bool) -> None:
        """A cross, else a tick."""
        self._bad = bad
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it."""
        painter, skin = begin(self), theme.current()
        shape = glyph_path(State.DROPPED if self._bad else State.OK, QRectF(1, 1, 14, 14))
        painter.fillPath(shape, skin.dead_lettered if self._bad else skin.ok)
        painter.end()


class SummaryPanel(QFrame):
    """Lies over its parent. Escape or the cross closes it; the buttons only wish."""

    restart_requested = Signal()
    next_requested = Signal()
    save_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Summary of the run"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words = FindingWords(self)
        self.headline = label("", "", Size.TITLE, Weight.SEMIBOLD)
        self._sign = _Verdict()
        self._about = ElidedLabel("", "third", Size.CAPTION, Weight.MEDIUM)
        self.figures: list[FigureLabel] = []
        self._causes = QVBoxLayout()
        self._lines: list[QWidget] = []
        self.limit = label("", "second", Size.LIST)
        self.limit.setWordWrap(True)
        self.restart_button = QPushButton(self.tr("Restart"))
        self.next_button = QPushButton(self.tr("Next scenario"))
        self.save_button = QPushButton(self.tr("Save result…"))
        self._close = IconButton("close", self.tr("Close"), size=14)
        self._lay_out()
        self._connect()
        parent.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        margin = _SHADOW + Space.XL
        column.setContentsMargins(margin, _SHADOW + Space.L, margin, margin)
        column.setSpacing(Space.M)
        column.addLayout(self._head())
        column.addWidget(rule())
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        self._row = row
        column.addLayout(row)
        self._causes.setSpacing(Space.XS)
        column.addLayout(self._causes)
        column.addWidget(self.limit)
        column.addSpacing(Space.XS)
        column.addLayout(self._buttons())

    def _head(self) -> QHBoxLayout:
        titles = QVBoxLayout()
        titles.setSpacing(1)
        titles.addWidget(self.headline)
        titles.addWidget(self._about)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(titles, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _buttons(self) -> QHBoxLayout:
        set_role(self.restart_button, "primary")
        dress(self.restart_button, "restart", "text_on_accent", 14)
        dress(self.next_button, "chevron-right", "text_second", 14)
        dress(self.save_button, "save", "text_second", 14)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button in (self.restart_button, self.next_button, self.save_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.restart_button.clicked.connect(self._wish_restart)
        self.next_button.clicked.connect(self._wish_next)
        self.save_button.clicked.connect(self.save_requested)
        self._close.clicked.connect(self.dismiss)

    def _wish_restart(self) -> None:
        self.dismiss()
        self.restart_requested.emit()

    def _wish_next(self) -> None:
        self.dismiss()
        self.next_requested.emit()

    def show_summary(self, summary: RunSummary) -> None:
        """Tell about this run, and take the keyboard."""
        self.headline.setText(self._words.headline(summary))
        bad = bool(summary.lost_count) or summary.balanced is False or (summary.calls and bool(summary.thrown_count))
        self._sign.set_bad(bad)
        set_role(self.headline, "danger" if bad else "")
        text = self.tr("stopped after {0}") if summary.interrupted else self.tr("{0} simulated")
        self._about.set_whole_text(" · ".join(part for part in (summary.scenario, text.format(duration(summary.virtual_time))) if part))
        self._show_figures(summary)
        self._show_causes(summary)
        self.limit.setText(self._words.sentence(summary.limited_by))
        set_role(self.limit, "second" if summary.limited_by.severity is Severity.NOTE else "")
        self.adjustSize()
        self._centre()
        self.show()
        self.raise_()
        self.restart_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_figures(self, summary: RunSummary) -> None:
        shown = (self._backlog(summary), self._latency(summary), self._lost(summary), self._finished(summary))
        for old in self.figures:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.figures = [FigureLabel(caption) for caption, _, _ in shown]
        for widget, (_, text, below) in zip(self.figures, shown, strict=True):
            widget.set_figure(text, below)
            self._row.addWidget(widget, 1)
            widget.show()

    def _backlog(self, summary: RunSummary) -> tuple[str, str, str]:
        """Caption, figure and what stands below: how long the backlog took, or what is left of it, or how much there was."""
        most = self.tr("at most {0} waiting").format(figure(summary.most_waiting))
        if summary.drained_in is not None:
            return self.tr("Drained in"), duration(summary.drained_in), most
        if summary.left:
            return self.tr("Not finished"), figure(summary.left), most
        return self.tr("Most waiting"), figure(summary.most_waiting), self.tr("at one time")

    def _latency(self, summary: RunSummary) -> tuple[str, str, str]:
        return self.tr("Latency p95"), duration(summary.p95), self.tr("end to end")

    def _lost(self, summary: RunSummary) -> tuple[str, str, str]:
        balance = self.tr("both sums balance") if summary.balanced else ""
        if summary.calls:
            return self.tr("Failed"), figure(summary.thrown_count), balance
        also = self.tr("{0} by a rule").format(figure(summary.thrown_count)) if summary.thrown_count else balance
        return self.tr("Lost"), figure(summary.lost_count), also

    def _finished(self, summary: RunSummary) -> tuple[str, str, str]:
        of = self.tr("of {0}") if summary.calls else self.tr("{0} published")
        return self.tr("Finished"), figure(summary.completed), of.format(figure(summary.asked))

    def _show_causes(self, summary: RunSummary) -> None:
        for line in self._lines:
            self._causes.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        every = [*((code, count, "danger") for code, count in summary.lost), *((code, count, "") for code, count in summary.thrown_away)]
        for code, count, role in sorted(every, key=lambda each: (not each[2], -each[1]))[:_MOST_CAUSES]:
            line = self._cause(code, count, role)
            self._causes.addWidget(line)
            self._lines.append(line)

    def _cause(self, code: str, count: int, role: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(StateGlyph(State.DEAD_LETTERED if code == "dead_lettered" else State.DROPPED))
        row.addWidget(label(self._words.cause(code, count), role or "second", Size.BODY, Weight.MEDIUM, tabular=True), 1)
        return line

    def dismiss(self) -> None:
        """Close it, and give the keyboard back to what lies below."""
        if self.isVisible():
            self.hide()
            parent = self.parentWidget()
            if parent is not None:
                parent.setFocus(Qt.FocusReason.OtherFocusReason)
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; Enter presses the button that has the keyboard."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays in the middle of what it lies over."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._centre()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Takes its place."""
        super().showEvent(event)
        self._centre()

    def _centre(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(WIDTH + 2 * _SHADOW, parent.width())
        height = min(self._needed(width, parent.height()), parent.height())
        self.setGeometry((parent.width() - width) // 2, max(0, (parent.height() - height) // 2), width, height)

    def _needed(self, width: int, room: int) -> int:
        """The height it takes; where that is too much, the smallest causes are left out."""
        lines = [*self._lines]
        for line in lines:
            line.show()
        while (needed := self._height(width)) > room and lines:
            lines.pop().hide()
        return needed

    def _height(self, width: int) -> int:
        for layout in (self._causes, self._column):
            layout.invalidate()  # of what is hidden a layout hears only later
        return max(self._column.heightForWidth(width), self._column.minimumSize().height())

    def sizeHint(self) -> QSize:
        """As wide as four figures need."""
        return QSize(WIDTH + 2 * _SHADOW, self._column.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card with a soft shadow."""
        painter, skin = begin(self), theme.current()
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW - 4, -_SHADOW, -_SHADOW)
        for step in range(_SHADOW, 0, -1):
            grown = card.adjusted(-step, -step + 5, step, step)
            box(painter, grown, Radius.CARD + step, faint(skin.shadow, skin.shadow.alphaF() * 0.14 * (1.0 - step / (_SHADOW + 1))))
        box(painter, card, Radius.CARD, skin.card, skin.border)
        painter.end()
