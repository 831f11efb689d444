"""A choice of a few, side by side on a track."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from mqviz.gui import fonts, theme
from mqviz.gui.controls.painting import begin, box, focus_ring, write
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius

_HEIGHT = 28
_INSET = 3


class _Segment(QRadioButton):
    """One choice; a radio button to Qt and to screen readers, so arrows move between the choices."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key
        self.setFont(fonts.font(Size.BODY, Weight.MEDIUM))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the text."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 20, _HEIGHT - 2 * _INSET)

    def minimumSizeHint(self) -> QSize:
        """The text with little air."""
        return self.sizeHint() - QSize(8, 0)

    def hitButton(self, position: QPoint) -> bool:
        """All of it is the button."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws a raised key when chosen."""
        skin, rect, painter = theme.current(), QRectF(self.rect()), begin(self)
        if self.isChecked():
            box(painter, rect, Radius.SMALL + 1, skin.card, skin.border)
        elif self.underMouse() and self.isEnabled():
            box(painter, rect, Radius.SMALL + 1, skin.pressed)
        if self.hasFocus():
            focus_ring(painter, rect, skin, Radius.SMALL + 1)
        colour = skin.text if self.isChecked() else skin.text_second
        if not self.isEnabled():
            colour = skin.text_disabled
        write(painter, rect, self.text(), self.font(), colour, Qt.AlignmentFlag.AlignHCenter)
        painter.end()


class SegmentedControl(QWidget):
    """Exactly one of a few choices; `chosen(key)` tells what the user picked, never what the program set."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Iterable[tuple[str, str]], current: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(2)
        for key, text in choices:
            self._add(key, text)
        self._group.buttonClicked.connect(self._tell)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if self._segments:
            self.set_current(current or next(iter(self._segments)))

    def _add(self, key: str, text: str) -> None:
        segment = _Segment(key, text)
        segment.setAccessibleName(f"{self.accessibleName()}: {text}")
        self._segments[key] = segment
        self._group.addButton(segment)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(segment)

    def _tell(self, segment: _Segment) -> None:
        self.chosen.emit(segment.key)

    def current(self) -> str:
        """The key that is chosen."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Chooses without a signal; an unknown key raises `KeyError`."""
        self._segments[key].setChecked(True)

    def set_choice_enabled(self, key: str, enabled: bool, reason: str = "") -> None:
        """Greys one choice; the reason becomes its tooltip."""
        self._segments[key].setEnabled(enabled)
        self._segments[key].setToolTip("" if enabled else reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the track."""
        painter = begin(self)
        box(painter, QRectF(self.rect()), Radius.CONTROL + 1, theme.current().track)
        painter.end()
