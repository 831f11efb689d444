"""The menu of a node, or of the empty picture: what can be broken here, and what can be looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from mqviz.gui import icons
from mqviz.gui.actions import Actions
from mqviz.gui.fault_hand import FaultHand
from mqviz.gui.session_view import SessionView
from mqviz.gui.timeline import TALKERS
from mqviz.gui.words import Words
from mqviz.model.backend import Can
from mqviz.viewmodel.faulting import KINDS, active
from mqviz.viewmodel.knobs import split

_PICTURE = "fit zoom_in zoom_out | colour_state colour_kind colour_priority | save_picture copy_picture"
_ICONS = {"restart": "broker-restart", "memory_alarm": "memory", "down": "stop"}


class NodeMenu(QObject):
    """`peek_wanted(queue)`: its messages shall be shown; `message_wanted(exchange)`: one shall be made for it;
    `conversation_wanted(node)`: its frames shall be told.
    """

    peek_wanted = Signal(str)
    message_wanted = Signal(str)
    conversation_wanted = Signal(str)

    def __init__(self, actions: Actions, hand: FaultHand, parent: QObject) -> None:
        super().__init__(parent)
        self._actions, self._hand = actions, hand
        self._words = Words()

    def open(self, view: SessionView, node: str, place: QPoint) -> None:
        """Show it at a place of the screen."""
        menu = QMenu(view)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        if node:
            self._fill(menu, view, node)
        else:
            self._actions.fill(menu, _PICTURE)
        if not menu.isEmpty():
            menu.popup(place)

    def _fill(self, menu: QMenu, view: SessionView, node: str) -> None:
        kind = split(node)[0]
        if kind == "queue":
            look = menu.addAction(self.tr("Look at the oldest messages"))
            self._grey(look, view, Can.SEE_MESSAGES)
            look.triggered.connect(lambda: self.peek_wanted.emit(node))
            menu.addSeparator()
        if kind == "exchange":
            route = menu.addAction(icons.icon("route"), self.tr("Where would a message go?…"))
            route.triggered.connect(lambda: self.message_wanted.emit(split(node)[1]))
        if kind in TALKERS and Can.LISTEN in view.session.backend.can:
            listen = menu.addAction(icons.icon("conversation"), self.tr("Listen to its conversation"))
            listen.triggered.connect(lambda: self.conversation_wanted.emit(node))
            menu.addSeparator()
        for code, fault in KINDS.items():
            if kind in fault.hits:
                self._add(menu, view, code, node)

    def _add(self, menu: QMenu, view: SessionView, code: str, node: str) -> None:
        session = view.session
        is_on = active(code, session.update.snapshot, node) is not None
        words = self._words.fault_on(code)
        action = menu.addAction(self.tr("End: {0}").format(words) if is_on else words)
        action.setIcon(icons.icon(_ICONS.get(code, code)))
        self._grey(action, view, KINDS[code].needs)
        action.triggered.connect(lambda: self._hand.toggle(code, node))

    def _grey(self, action: QAction, view: SessionView, ability: Can) -> None:
        """Grey what this broker cannot do, with the reason."""
        backend = view.session.backend
        action.setEnabled(ability in backend.can)
        action.setToolTip("" if ability in backend.can else self._words.why_not(backend.why_not(ability)))
