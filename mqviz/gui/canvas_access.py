"""The canvas for screen readers: a list of its nodes, each with its name, its figures, its place and whether it is selected.

Items of a graphics view are unknown to them. Qt keeps what the factory gives it but does not own the Python part, so that is kept
here for as long as the view lives.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QGraphicsView, QWidget


class Nodes(Protocol):
    """What a view tells of its nodes."""

    def ids(self) -> tuple[str, ...]:
        """All nodes, in reading order."""

    def name_of(self, id: str) -> str:
        """What a node is called."""

    def description_of(self, id: str) -> str:
        """Its figures as a sentence."""

    def rect_of(self, id: str) -> QRect:
        """Where it is in the viewport."""

    @property
    def selection(self) -> tuple[str, ...]:
        """Those that are selected."""


class _Node(QAccessibleInterface):
    """One node as an entry of the list."""

    def __init__(self, owner: _List, id: str) -> None:
        super().__init__()
        self._owner, self._id = owner, id

    def isValid(self) -> bool:
        return self._id in self._owner.nodes.ids()

    def object(self) -> QObject | None:  # type: ignore[override]  # there is none, says Qt's documentation of virtual children
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # not yet shown
        return self._owner.window()

    def parent(self) -> QAccessibleInterface:
        return self._owner

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # it has none
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # it has none
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        if kind == QAccessible.Text.Name:
            return self._owner.nodes.name_of(self._id)
        return self._owner.nodes.description_of(self._id) if kind == QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """It cannot be written."""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        rect = self._owner.nodes.rect_of(self._id)
        return QRect(self._owner.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state: Any = QAccessible.State()
        state.selectable = 1
        state.focusable = 1
        state.selected = int(self.isValid() and self._id in self._owner.nodes.selection)
        return state  # type: ignore[no-any-return]  # the stubs do not know its bits


class _List(QAccessibleWidget):
    """The view: first its widgets, then its nodes."""

    def __init__(self, view: QGraphicsView, nodes: Nodes) -> None:
        super().__init__(view, QAccessible.Role.List, "")
        self.nodes = nodes
        self._entries: dict[str, _Node] = {}

    def viewport(self) -> QWidget:
        """What the nodes are shown in."""
        view = self.widget()
        return view.viewport() if isinstance(view, QGraphicsView) else view

    def childCount(self) -> int:
        return super().childCount() + len(self.nodes.ids())

    def child(self, index: int) -> QAccessibleInterface:
        widgets = super().childCount()
        ids = self.nodes.ids()
        if 0 <= index - widgets < len(ids):
            return self._entry(ids[index - widgets])
        return super().child(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        for index, id in enumerate(self.nodes.ids()):
            if self._entries.get(id) is child:
                return super().childCount() + index
        return super().indexOfChild(child)

    def _entry(self, id: str) -> _Node:
        if id not in self._entries:
            self._entries[id] = _Node(self, id)
        return self._entries[id]


class _Kept(QObject):
    """A child of the view that keeps the Python part alive, no longer than the view."""

    def __init__(self, view: QWidget, nodes: Nodes) -> None:
        super().__init__(view)
        self.nodes = nodes
        self.list: _List | None = None


def describe(view: QGraphicsView, nodes: Nodes) -> None:
    """From now on screen readers find these nodes in the view. `nodes` must not keep the view alive."""
    _install()
    _Kept(view, nodes)


def announce(view: QWidget, text: str) -> None:
    """Has a screen reader say this, where there is one."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, text))


@cache
def _install() -> None:
    QAccessible.installFactory(_interface)


def _interface(kind: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, QGraphicsView):
        return None
    kept = thing.findChild(_Kept, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if kept is None:
        return None
    if kept.list is None:
        kept.list = _List(thing, kept.nodes)
    return kept.list
