"""Words in the type scale."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from mqviz.gui import fonts
from mqviz.gui.fonts import Size, Weight


def label(
    text: str = "",
    role: str = "",
    size: Size = Size.LIST,
    weight: Weight = Weight.REGULAR,
    *,
    tabular: bool = False,
) -> QLabel:
    """A plain label; `role` is one of `second`, `third`, `danger`, `warning`, `ok`, `accent`, `chip` of window.qss."""
    result = QLabel(text)
    _dress(result, role, size, weight, tabular)
    return result


def section(text: str) -> QLabel:
    """The small heading over a group, in capitals."""
    result = label(text, "section", Size.CAPTION, Weight.SEMIBOLD)
    font = result.font()
    font.setCapitalization(font.Capitalization.AllUppercase)
    result.setFont(font)
    return result


def rule() -> QFrame:
    """A hairline across."""
    result = QFrame()
    result.setProperty("role", "rule")
    result.setFixedHeight(1)
    return result


def _dress(widget: QLabel, role: str, size: Size, weight: Weight, tabular: bool) -> None:
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setFont(fonts.font(size, weight, tabular=tabular))
    if role:
        widget.setProperty("role", role)


class ElidedLabel(QLabel):
    """A label that shortens its text where there is no room, and then tells all of it in its tooltip."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        size: Size = Size.LIST,
        weight: Weight = Weight.REGULAR,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__()
        self._mode = mode
        self._whole = ""
        _dress(self, role, size, weight, tabular=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_whole_text(text)

    @property
    def whole_text(self) -> str:
        """The text before shortening."""
        return self._whole

    def set_whole_text(self, text: str) -> None:
        """Shows as much of `text` as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._shorten()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("mm…"), self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shortens anew."""
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        """Shortens anew for another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
            self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
