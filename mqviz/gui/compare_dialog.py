"""How two runs differ in figures: a table beside the curves, which lie over each other. It is renewed while they run."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from mqviz.gui.controls.labels import label
from mqviz.gui.experiment_words import ExperimentWords
from mqviz.gui.fonts import Size, font
from mqviz.gui.theme import Space
from mqviz.model.backend import FinalResult, Outcome
from mqviz.model.result import Result
from mqviz.viewmodel.compare import Comparison
from mqviz.viewmodel.session import Session

_RENEW_MS = 1000
_ROW = 26


class CompareDialog(QDialog):
    """`first` is what the other is compared with."""

    def __init__(self, first: Session, second: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Comparison"))
        self._sessions = (first, second)
        self._results: dict[int, Result] = {}
        self._words = ExperimentWords(self)
        self.says = label("", "second", Size.BODY)
        self.says.setWordWrap(True)
        self.table = self._make_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.says)
        column.addWidget(self.table, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_RENEW_MS)
        self._timer.timeout.connect(self.renew)
        self._timer.start()
        self.resize(620, 560)
        self.renew()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setAccessibleName(self.tr("Comparison"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setFont(font(Size.LIST, tabular=True))
        return table

    def renew(self) -> None:
        """Ask both runs for their figures."""
        for place, session in enumerate(self._sessions):
            session.submit(FinalResult(), lambda outcome, place=place: self._answered(place, outcome))  # type: ignore[misc]

    def _answered(self, place: int, outcome: Outcome) -> None:
        if outcome.done and isinstance(outcome.answer, Result):
            self._results[place] = outcome.answer
            if len(self._results) == 2:
                self._show(Comparison(self._results[0], self._results[1]))

    def _show(self, comparison: Comparison) -> None:
        names = [self._name(result) for result in (comparison.first, comparison.second)]
        self.table.setHorizontalHeaderLabels([self.tr("Figure"), *names, self.tr("Difference")])
        differences = comparison.differences
        self.table.setRowCount(len(differences))
        for row, each in enumerate(differences):
            values = (self._words.value(each, value) for value in (each.first, each.second))
            texts = (self._words.figure(each), *values, self._words.share(each))
            for place, text in enumerate(texts):
                self._put(row, place, text)
        self.says.setText(self._said(comparison.second))

    def _name(self, result: Result) -> str:
        return self.tr("Simulated") if result.engine == "embedded" else result.engine

    def _put(self, row: int, place: int, text: str) -> None:
        item = self.table.item(row, place)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft))
            self.table.setItem(row, place, item)
        if item.text() != text:
            item.setText(text)

    def _said(self, result: Result) -> str:
        """Whether the figures of the live run can be trusted."""
        clients = result.clients
        if clients is None:
            return ""
        if clients.kept_up:
            return self.tr("Asked for {0} messages, made {1}; our clients kept up.").format(f"{clients.asked:,}", f"{clients.made:,}")
        return self.tr("Our clients could not keep up (up to {0} s behind): do not trust the times.").format(f"{clients.behind:.1f}")

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        self._timer.stop()
        super().hideEvent(event)
