"""Menus, docks, and who listens to whom; nothing else."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtGui import QUndoGroup
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from mqviz.gui import icons
from mqviz.gui.acting import Acting
from mqviz.gui.actions import Actions
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.dialogs import Dialogs
from mqviz.gui.docks import Docks
from mqviz.gui.experiment_wiring import ExperimentWiring
from mqviz.gui.fault_hand import FaultHand
from mqviz.gui.files import Files
from mqviz.gui.inspector import Inspector
from mqviz.gui.keeper import Keeper
from mqviz.gui.ledger_strip import LedgerStrip
from mqviz.gui.letters_first import LettersFirst
from mqviz.gui.library_panel import LibraryPanel
from mqviz.gui.live_wiring import LiveWiring
from mqviz.gui.menus import Menus
from mqviz.gui.node_menu import NodeMenu
from mqviz.gui.parts import Connection, Parts
from mqviz.gui.port_wiring import PortWiring
from mqviz.gui.pump import Pump
from mqviz.gui.readouts import Readouts
from mqviz.gui.runs import Runs
from mqviz.gui.session_view import SessionView
from mqviz.gui.shelf import Shelf
from mqviz.gui.shell import Shell
from mqviz.gui.side_column import SideColumn
from mqviz.gui.theme import Appearance
from mqviz.gui.timeline import Timeline
from mqviz.gui.toast import Toast
from mqviz.gui.top_bar import TopBar
from mqviz.gui.view_wiring import Around, ViewWiring
from mqviz.gui.words import Words
from mqviz.gui.workspace import Workspace
from mqviz.model.backend import Can, Outcome
from mqviz.settings import Settings, changed
from mqviz.viewmodel.document import Document
from mqviz.viewmodel.session import Session

_OF_A_RUN = ("save", "save_as", "export_definitions", "save_json", "save_html", "save_csv")


class MainWindow(QObject):
    """What is in the window. `language_chosen(code)`: it wants to be made anew in another language."""

    language_chosen = Signal(str)

    def __init__(self, shell: Shell, parts: Parts, appearance: Appearance, language: str) -> None:
        super().__init__(shell)
        self.shell = shell
        self._parts, self._appearance, self._language = parts, appearance, language
        self.settings = parts.settings
        self._words = Words()
        shell.setWindowIcon(icons.window_icon())
        self._make_panels()
        self._make_helpers()
        self._arrange()
        self._listen()
        self._restore()
        LettersFirst(self)

    # Building

    def _make_panels(self) -> None:
        self.pump = Pump(self._parts.clock, self)
        self.top = TopBar()
        self.library = LibraryPanel()
        self.workspace = Workspace(self.pump, self._parts.backend_for)
        self.inspector = Inspector()
        self.ledger = LedgerStrip()
        self.timeline = Timeline()
        self._centre = QWidget()
        column = QVBoxLayout(self._centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.workspace)
        self.toast = Toast(self._centre)

    def _make_helpers(self) -> None:
        self.actions_by_code = Actions(self.shell)
        self.files = Files(self.shell, self._parts.exports)
        self.hand = FaultHand(self)
        self.runs = Runs(self.workspace)
        self.readouts = Readouts(self.top, self.inspector, self.ledger, self.timeline)
        self.shelf = Shelf(self.library, self._language, self._parts.recovery)
        self.keeper = Keeper(self.workspace, self._parts.recovery)
        self.undo = QUndoGroup(self)
        around = Around(self.workspace, self.inspector, self.readouts, self.timeline, self.hand, self.undo)
        self.wiring = ViewWiring(around, self)
        self.node_menu = NodeMenu(self.actions_by_code, self.hand, self)
        self.live = LiveWiring(self.shell, self.workspace, self.pump, self._parts.live)
        self.experiments = ExperimentWiring(self.shell, self.workspace, self.pump, self._parts.live)
        self.acting = Acting(self.shell, self.workspace, self.hand)
        self.ports = PortWiring(self.shell, self.workspace, self.pump)
        self._dialogs = Dialogs(self.shell)
        self._docks = Docks(self.shell)

    def _arrange(self) -> None:
        self.shell.setMenuWidget(self.top)
        self.shell.setCentralWidget(self._centre)
        side = Qt.DockWidgetArea
        self._docks.add("library", self.tr("Scenarios"), side.LeftDockWidgetArea, self.library)
        self._docks.add("inspector", self.tr("Inspector"), side.RightDockWidgetArea, SideColumn(self.inspector, self.ledger))
        self._docks.add("timeline", self.tr("Curves and events"), side.BottomDockWidgetArea, self.timeline)
        button = IconButton("menu", self.tr("Menu"))
        menu = QMenu(button)
        Menus(self).fill(menu, self.actions_by_code, self._docks)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.top.add_trailing(button)

    def _listen(self) -> None:
        self._listen_to_panels()
        self._listen_to_actions()
        self._listen_to_live()
        for code, fault in self.actions_by_code.faults.items():
            fault.triggered.connect(lambda _=False, code=code: self.hand.request(code))
        for name in ("system", "light", "dark"):
            self.actions_by_code[f"theme_{name}"].triggered.connect(lambda _=False, name=name: self._choose_theme(name))
        for name in ("system", "en", "ko"):
            self.actions_by_code[f"language_{name}"].triggered.connect(lambda _=False, name=name: self._choose_language(name))
        for name in ("state", "kind", "priority"):
            self.actions_by_code[f"colour_{name}"].triggered.connect(lambda _=False, name=name: self._colour_by(name))

    def _listen_to_panels(self) -> None:
        top, hand = self.top, self.hand
        top.restart_requested.connect(self.runs.restart)
        top.play_toggled.connect(self.runs.play)
        top.step_requested.connect(self.runs.step)
        top.speed_chosen.connect(self.runs.set_speed)
        top.fault_requested.connect(hand.request)
        hand.armed.connect(self._armed)
        hand.said.connect(lambda code: self.toast.say(self._words.why_not(code)))
        self.runs.speed_changed.connect(lambda speed: self._prefer(speed=speed))
        self.shelf.chosen.connect(lambda document: self.open(document))
        self.shelf.failed.connect(self.files.complain)
        self.library.open_requested.connect(self.files.ask_open)
        self.files.opened.connect(lambda document, beside: self.open(document, beside=beside))
        self.files.told.connect(self.toast.say)
        self.ports.said.connect(self.toast.say)
        self.pump.updated.connect(self._updated)
        self.pump.framed.connect(self._framed)
        self.pump.refused.connect(self._refused)
        self.workspace.changed.connect(self._follow)
        self.workspace.view_added.connect(self._joined)
        self.wiring.menu_wanted.connect(self.node_menu.open)
        self.node_menu.peek_wanted.connect(self.wiring.look_into)
        self.node_menu.conversation_wanted.connect(self.timeline.converse)
        self.timeline.conversation.restart_wanted.connect(self.runs.restart)
        self.wiring.play_wanted.connect(self.runs.toggle)
        self.wiring.restart_wanted.connect(self.runs.restart)
        self.wiring.next_wanted.connect(self.shelf.next)
        self.wiring.save_wanted.connect(self.actions_by_code["save_html"].trigger)
        self.inspector.picked.connect(lambda node: self._select(node))
        self.inspector.turned.connect(self.wiring.turn)
        self.inspector.peek_wanted.connect(self.wiring.peek)
        self.timeline.fault_picked.connect(self.wiring.end_fault)
        self.shell.closing.connect(self._close)
        self.shell.escaped.connect(hand.drop)
        self.shell.dropped.connect(self._dropped)

    def _listen_to_live(self) -> None:
        live, acting = self.live, self.acting
        live.changed.connect(self.shelf.fill)
        live.failed.connect(self.toast.say)
        self.shelf.connections = live.entries
        self.shelf.connection_chosen.connect(live.open_saved)
        self.library.connect_requested.connect(live.ask)
        acting.told.connect(self.toast.say)
        self.experiments.told.connect(self.toast.say)
        self.pump.updated.connect(self.experiments.follow)
        acting.cloned.connect(self._cloned)
        self.node_menu.message_wanted.connect(acting.message)
        calls = {"connect": live.ask, "connect_beside": lambda: live.ask(beside=True), "clone": acting.clone, "message": acting.message}
        calls |= {"experiment": self.experiments.ask, "compare": self.experiments.compare}
        for code, call in calls.items():
            self.actions_by_code[code].triggered.connect(lambda _=False, call=call: call())
        for code in ("connect", "connect_beside", "experiment"):
            self.actions_by_code[code].setEnabled(live.is_possible)
        if live.is_possible:
            self.library.offer_connecting()

    def _listen_to_actions(self) -> None:
        calls = {
            "open": self.files.ask_open,
            "open_beside": lambda: self.files.ask_open(beside=True),
            "import": self.files.ask_import,
            "port": self.ports.open,
            "save": lambda: self.files.save(self.session),
            "save_as": lambda: self.files.ask_save(self.session),
            "export_definitions": lambda: self.files.export_definitions(self.session),
            "save_json": lambda: self.files.export(self.session, "json", self._language),
            "save_html": lambda: self.files.export(self.session, "html", self._language),
            "save_csv": lambda: self.files.export(self.session, "csv", self._language),
            "save_picture": lambda: self.files.save_picture(self.shell.grab()),
            "copy_picture": lambda: self.files.copy_picture(self.shell.grab()),
            "close_beside": lambda: self.workspace.close_view(self.view),
            "quit": self.shell.close,
            "undo": self.undo.undo,
            "redo": self.undo.redo,
            "restart": self.runs.restart,
            "play": self.runs.toggle,
            "step": self.runs.step,
            "faster": self.runs.faster,
            "slower": self.runs.slower,
            "next": self.shelf.next,
            "end_faults": self.runs.end_faults,
            "fit": lambda: self.view.canvas.fit(),
            "zoom_in": lambda: self.view.canvas.zoom_in(),
            "zoom_out": lambda: self.view.canvas.zoom_out(),
            "find": self.library.focus_search,
            "reduced_motion": self._reduce_motion,
            "move_panels": lambda: self._docks.set_movable(self.actions_by_code["move_panels"].isChecked()),
            "reset_panels": self._docks.arrange,
            "help": lambda: self._dialogs.help(self._language).open(),
            "keys": lambda: self._dialogs.keys(self.actions_by_code.bound).open(),
            "about": lambda: self._dialogs.about(self._language).open(),
        }
        for code, call in calls.items():
            self.actions_by_code[code].triggered.connect(lambda _=False, call=call: call())

    # What is open

    @property
    def view(self) -> SessionView:
        """The active view."""
        view = self.workspace.active
        assert view is not None
        return view

    @property
    def session(self) -> Session:
        """The active session."""
        return self.view.session

    def open(self, document: Document, *, beside: bool = False) -> None:
        """Show a document, running, at the pace of now."""
        speed = self.runs.speed if self.workspace.active else self.settings.speed
        self.workspace.open(document, document.title(self._language), beside=beside)
        self.runs.set_speed(speed)
        if beside:
            self.runs.restart()  # both begin at 0, so that the curves can be compared
        if document.path is not None:
            self.shelf.remember(document.path)
            self._prefer(recent_files=self.shelf.recent)
        self.shelf.mark(document)

    def open_again(self, thing: Document | Connection, *, beside: bool = False) -> None:
        """Open what was open in another window, or what the command line names; behind a question the first scenario."""
        if isinstance(thing, Document):
            self.open(thing, beside=beside)
        elif not self.live.open(thing, beside) and self.workspace.active is None:
            self.shelf.next()

    @property
    def opened(self) -> list[Document | Connection]:
        """What is open, from left to right."""
        return [self.live.connection_of(session) or session.document for session in self.workspace.sessions]

    def _cloned(self, document: Document, notes: tuple[str, ...]) -> None:
        self.open(document, beside=True)
        if notes:
            self.files.complain(self.tr("Cloned into the simulator. Not everything could be taken over:"), notes, warn=False)

    def complete(self) -> None:
        """Do what can wait for the first paint: the list of scenarios, and the one hint."""
        self._place_panels()
        self.shelf.fill()
        if self.workspace.active is not None:
            self.shelf.mark(self.session.document)
            self.view.canvas.setFocus()
            if not self.settings.hint_closed and self.session.document.scenario.consumers:
                self.view.hint.say(self.tr("Press 2 to kill a consumer, and watch its messages come back"))

    def _place_panels(self) -> None:
        """As they were when the window was closed. Sizes hold only once everything is in the window and laid out."""
        for widget in (self.top, self._centre):
            widget.show()  # in a window that is shown already Qt would do so only later
        layout = self.shell.layout()
        assert layout is not None
        layout.activate()
        state = self.settings.window_state
        if not state or not self.shell.restoreState(QByteArray(b64decode(state))):
            self._docks.arrange()

    def _joined(self, view: SessionView) -> None:
        self.wiring.join(view)
        self.live.join(view)
        view.hint.closed.connect(lambda: self._prefer(hint_closed=True))
        view.canvas.set_colour_by(self.settings.colour_by)
        view.canvas.set_reduced_motion(self.settings.reduced_motion)

    def _follow(self) -> None:
        view = self.workspace.active
        if view is None:
            return
        self.hand.lead(view.session, view.canvas)
        self.undo.setActiveStack(view.undo)
        others = [each for each in self.workspace.views if each is not view]
        self.timeline.follow([(each.title, each.session) for each in (view, *others)])
        self.timeline.select(next(iter(view.canvas.selection), ""))
        self.readouts.follow(view)
        self.shelf.mark(view.session.document)
        title = view.session.document.title(self._language)
        self.shell.setWindowTitle(f"{title} — mqviz")
        self.actions_by_code["close_beside"].setEnabled(len(self.workspace.views) > 1)
        can = view.session.backend.can
        self.actions_by_code["clone"].setEnabled(Can.CLONE in can)
        for code in _OF_A_RUN:  # what is only looked at has neither a scenario nor a result
            self.actions_by_code[code].setEnabled(Can.CHOOSE_FEED not in can)

    def _updated(self, session: Session) -> None:
        for view in self.workspace.views:
            if view.session is session:
                self.wiring.refresh(view)

    def _framed(self, seconds: float) -> None:
        for view in self.workspace.views:
            view.canvas.advance(seconds)
        if self.workspace.active is not None:
            self.readouts.frame(self.workspace.active, seconds)

    def _refused(self, session: Session, outcome: Outcome) -> None:
        self.toast.say(" ".join(filter(None, (self._words.why_not(outcome.reason), outcome.detail))))

    def _armed(self, code: str) -> None:
        for kind in self.top.faults:
            self.top.set_armed(kind, kind == code)
        name = self._words.fault(code)
        ask = self.tr("{0}: click its target. Its key again takes the first one, Esc cancels.").format(name)
        self.toast.say(ask if code else "")
        self.view.hint.say("")  # two lines would cover the picture, and who aims has found the keys

    def _select(self, node: str) -> None:
        self.view.canvas.select((node,))

    # Preferences

    def _prefer(self, **changes: object) -> None:
        self.settings = changed(self.settings, **changes)
        self._parts.save_settings(self.settings)

    def _choose_theme(self, name: str) -> None:
        self._appearance.choose(name)  # type: ignore[arg-type]  # one of the three in the menu
        self._prefer(theme=name)

    def _choose_language(self, name: str) -> None:
        self._prefer(language=name)
        self.language_chosen.emit(name)

    def _colour_by(self, name: str) -> None:
        for view in self.workspace.views:
            view.canvas.set_colour_by(name)
        self._prefer(colour_by=name)

    def _reduce_motion(self) -> None:
        reduced = self.actions_by_code["reduced_motion"].isChecked()
        for view in self.workspace.views:
            view.canvas.set_reduced_motion(reduced)
        self._prefer(reduced_motion=reduced)

    def _restore(self) -> None:
        settings: Settings = self.settings
        for code in (f"theme_{settings.theme}", f"language_{settings.language}", f"colour_{settings.colour_by}"):
            self.actions_by_code[code].setChecked(True)
        self.actions_by_code["reduced_motion"].setChecked(settings.reduced_motion)
        self.shelf.recent = settings.recent_files

    def _close(self) -> None:
        """Remember the window, end everything."""
        self.keeper.close()
        geometry, state = self.shell.saveGeometry(), self.shell.saveState()
        self._prefer(window_geometry=b64encode(geometry.data()).decode(), window_state=b64encode(state.data()).decode())
        self.pump.stop()

    def _dropped(self, paths: list[Path], beside: bool) -> None:
        for path in paths:
            self.files.open(path, beside=beside)
