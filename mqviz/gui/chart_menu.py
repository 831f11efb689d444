"""What can be done with the chart beside looking at it: another axis, and taking it along as a picture or as numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget


class Chart(Protocol):
    """What the menu acts on."""

    @property
    def is_relative(self) -> bool:
        """Whether moments are written as seconds before now."""

    def set_relative(self, relative: bool) -> None:
        """Write them so, or as minutes and seconds."""

    def picture(self, ratio: float = 2.0) -> QImage:
        """As it is now."""

    def csv(self) -> str:
        """All rows."""


class ChartMenu(QMenu):
    """Lives as long as it is open."""

    def __init__(self, chart: Chart, parent: QWidget) -> None:
        super().__init__(parent)
        self._chart = chart
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        relative = self._add(self.tr("Seconds before now"), lambda: chart.set_relative(True))
        absolute = self._add(self.tr("Virtual time"), lambda: chart.set_relative(False))
        for action, is_on in ((relative, chart.is_relative), (absolute, not chart.is_relative)):
            action.setCheckable(True)
            action.setChecked(is_on)
        self.addSeparator()
        self._add(self.tr("Copy picture"), self.copy_picture)
        self._add(self.tr("Save picture…"), self._ask_for_picture)
        self._add(self.tr("Save curves as CSV…"), self._ask_for_csv)

    def _add(self, text: str, action: object) -> QAction:
        added = self.addAction(text)
        added.triggered.connect(action)
        return added

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self._chart.picture())

    def _ask_for_picture(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self.parentWidget(), self.tr("Save picture"), "mqviz.png", self.tr("PNG picture (*.png)"))
        if name:
            self.save_picture(Path(name))

    def save_picture(self, path: Path) -> None:
        """Write the picture as PNG (other suffixes of Qt's pictures do, too); what goes wrong is told."""
        if not self._chart.picture().save(str(path if path.suffix else path.with_suffix(".png"))):
            self._complain(path)

    def _ask_for_csv(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self.parentWidget(), self.tr("Save curves"), "mqviz.csv", self.tr("Table (*.csv)"))
        if name:
            self.save_csv(Path(name))

    def save_csv(self, path: Path) -> None:
        """Write all rows; what goes wrong is told."""
        try:
            path.write_text(self._chart.csv(), encoding="utf-8")
        except OSError:
            self._complain(path)

    def _complain(self, path: Path) -> None:
        QMessageBox.warning(self.parentWidget(), self.tr("Not saved"), self.tr("{0} cannot be written.").format(path))
