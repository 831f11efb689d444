"""What is wrong right now, a sentence each, the worst first; a click leads to what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mqviz.gui.controls.icon_button import dress
from mqviz.gui.controls.labels import label
from mqviz.gui.finding_words import FindingWords
from mqviz.gui.fonts import Size
from mqviz.gui.theme import Space, set_role
from mqviz.viewmodel.findings import Finding, Severity

MOST = 3
_WIDTH = 216
_TOKENS = {Severity.DANGER: "dead_lettered", Severity.WARNING: "text_warning", Severity.NOTE: "text_second"}


class FindingList(QWidget):
    """`picked(node)`: the user wants to see what a finding is about."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = FindingWords(self)
        self._shown: tuple[tuple[str, Severity, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self.hide()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(text for text, _, _ in self._shown)

    def set_findings(self, found: Sequence[Finding]) -> None:
        """Show the worst of these; none hides the list."""
        shown = tuple((self._words.sentence(each), each.severity, each.subject) for each in found[:MOST])
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, severity, subject in shown:
            self._column.addWidget(self._line(text, severity, subject))
        self.setVisible(bool(shown))

    def _line(self, text: str, severity: Severity, subject: str) -> QWidget:
        line = QPushButton()
        set_role(line, "finding")
        line.setAccessibleName(text)
        line.setCursor(Qt.CursorShape.PointingHandCursor if subject else Qt.CursorShape.ArrowCursor)
        dress(line, "warning" if severity is not Severity.NOTE else "info", _TOKENS[severity], 14)
        words = label(text, "", Size.BODY)
        words.setWordWrap(True)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(line)
        column.setContentsMargins(28, 4, 6, 4)
        column.addWidget(words)
        line.setStyleSheet(f"min-height: {words.heightForWidth(_WIDTH) + 13}px")  # the program's sheet would override the widget's own
        if subject:
            line.clicked.connect(lambda: self.picked.emit(subject))
        return line
