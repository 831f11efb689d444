"""Keys of the canvas as a table: which key means what."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Deed(StrEnum):
    """What a key asks for."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    FIT = "fit"
    FULL_SIZE = "full_size"
    CHOOSE = "choose"
    CANCEL = "cancel"
    SELECT_ALL = "select_all"


_PLAIN = {
    Qt.Key.Key_Left: Deed.LEFT,
    Qt.Key.Key_Right: Deed.RIGHT,
    Qt.Key.Key_Up: Deed.UP,
    Qt.Key.Key_Down: Deed.DOWN,
    Qt.Key.Key_Plus: Deed.ZOOM_IN,
    Qt.Key.Key_Equal: Deed.ZOOM_IN,
    Qt.Key.Key_Minus: Deed.ZOOM_OUT,
    Qt.Key.Key_F: Deed.FIT,
    Qt.Key.Key_Return: Deed.CHOOSE,
    Qt.Key.Key_Enter: Deed.CHOOSE,
    Qt.Key.Key_Escape: Deed.CANCEL,
}
_CTRL = {
    Qt.Key.Key_A: Deed.SELECT_ALL,
    Qt.Key.Key_Plus: Deed.ZOOM_IN,
    Qt.Key.Key_Equal: Deed.ZOOM_IN,
    Qt.Key.Key_Minus: Deed.ZOOM_OUT,
    Qt.Key.Key_0: Deed.FULL_SIZE,
}
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def deed(event: QKeyEvent) -> Deed | None:
    """What a key press asks of the canvas; None where it is not for the canvas."""
    modifiers = event.modifiers() & ~_IGNORED
    if modifiers == Qt.KeyboardModifier.NoModifier:
        return _PLAIN.get(Qt.Key(event.key()))
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return _CTRL.get(Qt.Key(event.key()))
    return None
