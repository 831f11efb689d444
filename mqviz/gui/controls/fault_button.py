"""A button that breaks something, and shows the key that does the same (the key itself belongs to the window's actions)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mqviz.gui import fonts, icons, theme
from mqviz.gui.controls.painting import begin, box, focus_ring, write
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Radius, Theme

_HEIGHT = 32
_PAD = 10
_ICON = 18
_GAP = 5
_CAP = 17


class FaultButton(QPushButton):
    """Active: the fault is in effect. Armed: it waits for the user to pick what it shall hit."""

    def __init__(self, icon: str, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._key = icon, key
        self._active = self._armed = self._compact = False
        self._reason = ""
        self.setFont(fonts.font(Size.BODY, Weight.MEDIUM))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str, hint: str = "") -> None:
        """The words on it, and a sentence for the tooltip."""
        self.setText(text.replace("&", "&&"))
        self._words, self._hint = text, hint
        self._describe()

    @property
    def active(self) -> bool:
        """Whether its fault is in effect."""
        return self._active

    @property
    def armed(self) -> bool:
        """Whether it waits for a target."""
        return self._armed

    def set_active(self, active: bool) -> None:
        """Shows that its fault is in effect, or over."""
        if active != self._active:
            self._active = active
            self._describe()

    def set_armed(self, armed: bool) -> None:
        """Shows that it waits for a target, or no more."""
        if armed != self._armed:
            self._armed = armed
            self._describe()

    def set_compact(self, compact: bool) -> None:
        """Only the picture and the key; the words go into the tooltip."""
        if compact != self._compact:
            self._compact = compact
            self._describe()
            self.updateGeometry()

    def set_reason(self, reason: str) -> None:
        """Greys it with a reason as its tooltip; an empty reason makes it usable."""
        if reason != self._reason:
            self._reason = reason
            self.setEnabled(not reason)
            self._describe()

    def _describe(self) -> None:
        state = self.tr("in effect") if self._active else self.tr("choose its target") if self._armed else ""
        hint = self._hint or (self._words if self._compact or state else "")
        told = f"{hint}: {state}" if hint and state else hint
        self.setToolTip(self._reason or told)
        self.setAccessibleName(self._words)
        self.setAccessibleDescription(self._reason or state)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for picture, words and key."""
        words = 0 if self._compact else self.fontMetrics().horizontalAdvance(self._words) + _GAP + 1
        return QSize(_PAD + _ICON + words + 7 + _CAP + 8, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same: words are not cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another width."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground, picture, words and key."""
        painter, skin = begin(self), theme.current()
        rect = QRectF(self.rect())
        self._paint_ground(painter, rect, skin)
        middle = rect.center().y()
        icons.paint(painter, self._icon, QRectF(_PAD, middle - _ICON / 2, _ICON, _ICON), self._ink(skin))
        if not self._compact:
            words = QRectF(_PAD + _ICON + _GAP, 0, rect.width(), rect.height())
            write(painter, words, self._words, self.font(), skin.text if self.isEnabled() else skin.text_disabled)
        self._paint_key(painter, QRectF(rect.right() - 8 - _CAP, middle - 9, _CAP, 18), skin)
        painter.end()

    def _paint_ground(self, painter: QPainter, rect: QRectF, skin: Theme) -> None:
        fill, line = skin.card, skin.border
        if not self.isEnabled():
            fill, line = skin.panel, skin.hairline
        elif self._active:
            fill, line = skin.danger_soft, skin.dead_lettered
        elif self._armed:
            fill, line = skin.accent_soft, skin.accent
        elif self.isDown():
            fill = skin.pressed
        elif self.underMouse():
            fill, line = skin.hover, skin.border_strong
        box(painter, rect, Radius.CONTROL, fill, line, 2.0 if self._armed else 1.0)
        if self.hasFocus():
            focus_ring(painter, rect, skin)

    def _ink(self, skin: Theme) -> QColor:
        if not self.isEnabled():
            return skin.text_disabled
        return skin.dead_lettered if self._active else skin.accent if self._armed else skin.text_second

    def _paint_key(self, painter: QPainter, rect: QRectF, skin: Theme) -> None:
        box(painter, rect, Radius.SMALL, skin.well, skin.hairline)
        colour = skin.text_second if self.isEnabled() else skin.text_disabled
        write(painter, rect, self._key, fonts.font(Size.CAPTION, Weight.MEDIUM), colour, Qt.AlignmentFlag.AlignHCenter)
