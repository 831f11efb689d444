"""Every command of the window as one action each: its words, its keys, its icon. Menus and the window share them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mqviz.gui.words import Words
from mqviz.viewmodel.faulting import BUTTONS, KINDS

_REPEATED = ("step", "faster", "slower", "zoom_in", "zoom_out", "undo", "redo")


@dataclass(frozen=True, slots=True)
class Item:
    """A command: its code, words, keys, and whether it is switched on and off."""

    code: str
    text: str
    keys: str = ""
    checkable: bool = False


class Actions(QObject):
    """The actions of one window, by code. Keys work in the whole window as long as no field has them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._words = Words()
        self._all: dict[str, QAction] = {}
        for item in self._items():
            self._make(item)
        self._group("theme_system", "theme_light", "theme_dark")
        self._group("language_system", "language_en", "language_ko")
        self._group("colour_state", "colour_kind", "colour_priority")

    def __getitem__(self, code: str) -> QAction:
        return self._all[code]

    def _items(self) -> Iterable[Item]:
        yield from self._file_items()
        yield from self._edit_items()
        yield from self._run_items()
        yield from self._view_items()
        for number, code in enumerate(BUTTONS, 1):
            yield Item(f"fault_{code}", self._words.fault(code), str(number))
        for code in KINDS:
            if code not in BUTTONS:
                yield Item(f"fault_{code}", self._words.fault(code))
        yield Item("end_faults", self.tr("End all faults"), "0")
        yield Item("help", self.tr("Help"), "F1")
        yield Item("keys", self.tr("Keyboard shortcuts"), "?")
        yield Item("about", self.tr("About mqviz"))

    def _file_items(self) -> Iterable[Item]:
        yield Item("open", self.tr("Open scenario…"), "Ctrl+O")
        yield Item("open_beside", self.tr("Open beside…"), "Ctrl+Shift+O")
        yield Item("import", self.tr("Import RabbitMQ definitions…"))
        yield Item("port", self.tr("AMQP port…"), "Ctrl+L")
        yield Item("connect", self.tr("Connect to RabbitMQ…"), "Ctrl+K")
        yield Item("connect_beside", self.tr("Connect to RabbitMQ beside…"), "Ctrl+Shift+K")
        yield Item("clone", self.tr("Clone into the simulator"))
        yield Item("save", self.tr("Save scenario"), "Ctrl+S")
        yield Item("save_as", self.tr("Save scenario as…"), "Ctrl+Shift+S")
        yield Item("export_definitions", self.tr("Export RabbitMQ definitions…"))
        yield Item("save_json", self.tr("Save result as JSON…"), "Ctrl+E")
        yield Item("save_html", self.tr("Save report as HTML…"), "Ctrl+Shift+E")
        yield Item("save_csv", self.tr("Save series as CSV…"))
        yield Item("save_picture", self.tr("Save picture…"), "Ctrl+P")
        yield Item("close_beside", self.tr("Close this side"), "Ctrl+W")
        yield Item("quit", self.tr("Quit"), "Ctrl+Q")

    def _edit_items(self) -> Iterable[Item]:
        yield Item("undo", self.tr("Undo"), "Ctrl+Z")
        yield Item("redo", self.tr("Redo"), "Ctrl+Shift+Z")
        yield Item("copy_picture", self.tr("Copy picture"), "Ctrl+Shift+C")

    def _run_items(self) -> Iterable[Item]:
        yield Item("restart", self.tr("Restart the run"), "Ctrl+R")
        yield Item("play", self.tr("Play or pause"), "Space")
        yield Item("step", self.tr("Step"), ".")
        yield Item("faster", self.tr("Faster"), "]")
        yield Item("slower", self.tr("Slower"), "[")
        yield Item("experiment", self.tr("Run on RabbitMQ beside…"), "Ctrl+Shift+R")
        yield Item("compare", self.tr("Compare the two runs"), "Ctrl+D")
        yield Item("message", self.tr("Where would a message go?…"), "Ctrl+M")
        yield Item("next", self.tr("Next scenario"), "Ctrl+PgDown")

    def _view_items(self) -> Iterable[Item]:
        yield Item("fit", self.tr("Fit the picture"), "F")
        yield Item("zoom_in", self.tr("Zoom in"), "Ctrl++")
        yield Item("zoom_out", self.tr("Zoom out"), "Ctrl+-")
        yield Item("find", self.tr("Find a scenario"), "Ctrl+F")
        yield Item("colour_state", self.tr("Colour messages by state"), checkable=True)
        yield Item("colour_kind", self.tr("Colour messages by kind"), checkable=True)
        yield Item("colour_priority", self.tr("Colour messages by priority"), checkable=True)
        yield Item("reduced_motion", self.tr("Reduced motion"), checkable=True)
        yield Item("theme_system", self.tr("Same as system"), checkable=True)
        yield Item("theme_light", self.tr("Light"), checkable=True)
        yield Item("theme_dark", self.tr("Dark"), checkable=True)
        yield Item("language_system", self.tr("Same as system"), checkable=True)
        yield Item("language_en", "English", checkable=True)
        yield Item("language_ko", "한국어", checkable=True)
        yield Item("move_panels", self.tr("Movable panels"), checkable=True)
        yield Item("reset_panels", self.tr("Reset panels"))

    def _make(self, item: Item) -> None:
        action = QAction(item.text, self._window)
        action.setObjectName(item.code)
        action.setCheckable(item.checkable)
        action.setAutoRepeat(item.code in _REPEATED)  # holding 2 shall not kill one consumer after the other
        if item.keys:
            action.setShortcut(QKeySequence(item.keys))
        self._all[item.code] = action
        self._window.addAction(action)

    def _group(self, *codes: str) -> None:
        group = QActionGroup(self)
        for code in codes:
            group.addAction(self._all[code])

    def fill(self, menu: QMenu, codes: str) -> None:
        """Put actions into a menu: codes parted by spaces, `|` is a line."""
        for code in codes.split():
            if code == "|":
                menu.addSeparator()
            else:
                menu.addAction(self._all[code])

    @property
    def faults(self) -> dict[str, QAction]:
        """The action of each kind of fault."""
        return {code: self._all[f"fault_{code}"] for code in KINDS}

    @property
    def bound(self) -> list[tuple[str, str]]:
        """Words and keys of all that have keys, in the order of the menus."""
        return [
            (action.text(), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in self._all.values()
            if not action.shortcut().isEmpty()
        ]
