"""A button that shows only a picture: its name is its tooltip, and what a screen reader says."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from mqviz.gui import icons, theme


class _Tint(QObject):
    """Draws a button's icon anew when the theme changes; dies with the button."""

    def __init__(self, button: QAbstractButton, icon: str, token: str, size: int) -> None:
        super().__init__(button)
        self._button, self.icon, self.token, self._size = button, icon, token, size
        theme.notifier().changed.connect(self.refresh)

    def refresh(self) -> None:
        """Sets the icon in the colours of now."""
        colour = getattr(theme.current(), self.token)
        self._button.setIcon(icons.icon(self.icon, colour, self._size))
        self._button.setIconSize(QSize(self._size, self._size))


def dress(button: QAbstractButton, icon: str, token: str = "text_second", size: int = 16) -> None:
    """Gives any button an icon that follows the theme; `token` is a colour of `Theme`."""
    tint = button.findChild(_Tint)
    if tint is None:
        tint = _Tint(button, icon, token, size)
    tint.icon, tint.token = icon, token
    tint.refresh()


class IconButton(QToolButton):
    """A flat square button with an icon."""

    def __init__(self, icon: str, name: str, *, token: str = "text_second", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._token = token
        self._size = size
        self.set_name(name)
        self.set_icon(icon)

    def set_name(self, name: str, hint: str = "") -> None:
        """Its name, and optionally a longer tooltip, e.g. with the key or with the reason why it is grey."""
        self.setAccessibleName(name)
        self.setToolTip(hint or name)

    def set_icon(self, icon: str, token: str = "") -> None:
        """Shows another picture."""
        self._token = token or self._token
        dress(self, icon, self._token, self._size)
