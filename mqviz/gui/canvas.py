"""The canvas: the topology of a session, live. It is told what is true, and tells what the user selects, drags and points at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from weakref import proxy

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from mqviz.gui import canvas_access, theme
from mqviz.gui.canvas_aim import Aim
from mqviz.gui.canvas_keys import Deed, deed
from mqviz.gui.canvas_tips import Tips
from mqviz.gui.canvas_trim import Trim
from mqviz.gui.dots import ColourBy
from mqviz.gui.items import Items, NodeItem
from mqviz.gui.movable_view import MovableView
from mqviz.gui.scenery import to_rect
from mqviz.gui.stage import Stage
from mqviz.model.backend import Update
from mqviz.viewmodel.curves import Point
from mqviz.viewmodel.faces import Figures
from mqviz.viewmodel.picture import Changes
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.steps import Direction, first, step

_NEAR_LINE = 7.0

_ARROWS: dict[Deed, Direction] = {Deed.LEFT: "left", Deed.RIGHT: "right", Deed.UP: "up", Deed.DOWN: "down"}


class TopologyView(MovableView):
    """Ids are those of nodes: of a snapshot, or of a whole client where its members are shown as one.

    `selected(ids)`: the selection is another. `moved(positions)`: nodes were dragged there (`moved_from` says from where).
    `context_requested(id, global position)`: a menu is wanted for a node, or for the canvas (empty).
    `hit(id)`: a target was chosen; `aim_cancelled()`: none is.
    """

    selected = Signal(tuple)
    moved = Signal(dict)
    context_requested = Signal(str, QPoint)
    hit = Signal(str)
    aim_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage()
        self.moved_from: dict[str, Point] = {}
        self._update: Update | None = None
        self._own: Recorder | None = None
        self._figures: Figures = Recorder()
        self._drag: dict[str, Point] = {}
        self._items = Items(self.scene())
        self._aim = Aim()
        self._tips = Tips()
        self._trim = Trim(self, self.stage.picture, self._camera)
        self._follow_trim()
        canvas_access.describe(self, proxy(self))
        self.scene().selectionChanged.connect(self._selection_changed)
        theme.notifier().changed.connect(self._restyle)

    def _follow_trim(self) -> None:
        bar = self._trim.zoom_bar
        bar.zoom_in.connect(self.zoom_in)
        bar.zoom_out.connect(self.zoom_out)
        bar.full_size.connect(self.full_size)
        bar.fit.connect(self.fit)
        self._trim.minimap.looked_at.connect(lambda place: self._look(self._camera.look_at, place))

    # What is true

    def set_update(self, update: Update, figures: Figures | None = None) -> None:
        """What is true now, and the recorder that knows the rates (without one, the canvas keeps its own)."""
        if figures is None:
            figures = self._own = self._own or Recorder()
            figures.append(update)
        self._figures = figures
        self._update = update
        self._show(self.stage.take(update, self._figures))

    def advance(self, seconds: float) -> None:
        """Moves what moves by so many seconds of wall time."""
        was_moving = self.stage.is_moving
        changes = self.stage.advance(seconds)
        self._show(changes)
        if was_moving:
            self.viewport().update()

    def _show(self, changes: Changes) -> None:
        if changes.topology:
            self._rearranged()
        if self.stage.has_begun:
            self._trim.say(self.stage.totals, self.stage.traffic.stands_for, self.stage.part)
        if changes != Changes():
            self.viewport().update()

    def _rearranged(self) -> None:
        """Nodes are others, or stand elsewhere."""
        self._items.follow(self.stage.picture)
        self._camera.set_content(self.stage.scenery.content())
        self._aim.keep(self.stage.picture.graph)
        self._trim.follow()
        self._show_aim()

    # How it is shown

    @property
    def positions(self) -> dict[str, Point]:
        """Where each node stands: its centre, in pixels at 100 %."""
        return dict(self.stage.picture.positions)

    def set_positions(self, positions: Mapping[str, Point]) -> None:
        """Puts nodes there (those that are not here yet, when they come); the others stay."""
        self.stage.picture.place(positions)
        self._after_moving()

    def rearrange(self) -> None:
        """Arranges everything anew, as if nothing had ever been dragged."""
        self.stage.picture.rearrange()
        self._camera.is_following = True
        self._after_moving()

    def _after_moving(self) -> None:
        self.stage.rearranged()
        self._rearranged()

    def explain_emptiness(self, title: str, text: str) -> None:
        """What stands where there is nothing to see."""
        self._trim.explain_emptiness(title, text)

    def set_colour_by(self, colour_by: str) -> None:
        """What the colours of dots tell: `state`, `kind` or `priority`."""
        self.stage.front.colour_by = ColourBy(colour_by)
        self._trim.set_colour_by(self.stage.front.colour_by)
        self.viewport().update()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Dots stand and lines are lit instead."""
        self.stage.front.reduced_motion = reduced
        self.viewport().update()

    def picture(self, scale: float = 2.0) -> QImage:
        """All of the topology as it is now, for a file."""
        return self.stage.image(scale)

    # Selecting and aiming

    @property
    def selection(self) -> tuple[str, ...]:
        """The selected nodes."""
        return self._items.selected()

    def select(self, ids: Iterable[str]) -> None:
        """Selects these nodes (or those that stand for them) and no others. Queues that were left out are drawn from now on."""
        ids = tuple(ids)
        self._show(self.stage.pin(ids))
        graph = self.stage.picture.graph
        nodes = frozenset(id if id in graph.by_id else graph.node_of.get(id, "") for id in ids)
        with QSignalBlocker(self.scene()):
            self._items.select(nodes)
        self._selection_changed()

    def search(self, text: str) -> None:
        """Draws only the queues that match, with what stands around them; all again where it is empty."""
        self._show(self.stage.look_for(text, self.stage.choice.pinned))

    def light(self, ids: Iterable[str]) -> None:
        """Marks nodes as where a message would go; none: no more."""
        self.stage.front.lit = frozenset(ids)
        self.viewport().update()

    def highlight_targets(self, ids: Iterable[str]) -> None:
        """Lets the user choose one of these: by click, or by arrows and Enter; `hit` says which. None: no more."""
        self._aim.take(ids, self.stage.picture.graph)
        self._show_aim()
        if self._aim:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_aim(self) -> None:
        self.stage.front.targets, self.stage.front.aimed_at = self._aim.nodes, self._aim.at
        self.viewport().update()

    def _selection_changed(self) -> None:
        now = self._items.selected()
        if frozenset(now) != self.stage.selection:
            self.stage.select(frozenset(now))
            self.viewport().update()
            self.selected.emit(now)
            canvas_access.announce(self, ", ".join(f"{self.name_of(id)}, {self.description_of(id)}" for id in now))

    def ids(self) -> tuple[str, ...]:
        """All nodes, producers first."""
        return tuple(self.stage.picture.graph.by_id)

    def name_of(self, id: str) -> str:
        """What a node is called."""
        return self.stage.picture.graph.by_id[id].title

    def description_of(self, id: str) -> str:
        """What a node is, and its most important figures, as a sentence."""
        if self._update is None:
            return ""
        picture = self.stage.picture
        return self._tips.in_words(picture.graph.by_id[id], picture.faces[id], self._update.snapshot, self._figures)

    def rect_of(self, id: str) -> QRect:
        """Where a node is in the viewport."""
        return self.viewportTransform().mapRect(to_rect(self.stage.picture.boxes[id])).toAlignedRect()

    def node_at(self, place: QPoint) -> str:
        """The node under a point of the viewport, empty where there is none."""
        item = self.itemAt(place)
        return item.id if isinstance(item, NodeItem) else ""

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chooses a target, pulls the view, or takes hold of a node."""
        node = self.node_at(event.position().toPoint())
        if self._aim and event.button() is Qt.MouseButton.LeftButton and self._choose(node):
            return
        if not self._grip.press(event, bool(node)):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pulls the view, a node, or a rubber band."""
        if self._grip.move(event):
            return
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            dragged = self._items.moved(self.stage.picture)
            if dragged:
                self._dragged(dragged)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        if self._grip.release():
            if self._grip.was_click and event.button() is Qt.MouseButton.LeftButton:
                self.select(())
        else:
            super().mouseReleaseEvent(event)
            self.setDragMode(self.DragMode.NoDrag)
            self._dropped()
        event.accept()
        self.viewport().update()

    def _dropped(self) -> None:
        """Nodes that were dragged stay where they are now."""
        if self._drag:
            self.moved_from, self._drag = self._drag, {}
            places = {id: self._items[id].place for id in self.moved_from}
            self._camera.is_following = False
            self.stage.picture.place(places)
            self._after_moving()
            self.moved.emit(places)

    def _dragged(self, places: dict[str, Point]) -> None:
        self._drag = {**{id: self.stage.picture.positions[id] for id in places}, **self._drag}
        self.stage.drag(places)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for what is under the mouse, or for what is selected when a key asks."""
        node = self.node_at(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            node = next(iter(self.selection), "")
        if node and node not in self.selection:
            self.select((node,))
        self.context_requested.emit(node, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, place: QPoint) -> str:
        """All figures of the node, or of the line, under a point of the viewport; empty where there is none."""
        if self._update is None:
            return ""
        graph, snapshot = self.stage.picture.graph, self._update.snapshot
        node = graph.by_id.get(self.node_at(place))
        if node is not None:
            return self._tips.of_node(node, self.stage.picture.faces[node.id], snapshot, self._figures)
        at = self.mapToScene(place)
        edge = self.stage.picture.line_at((at.x(), at.y()), _NEAR_LINE / self.zoom)
        if edge is None:
            return ""
        flow = self.stage.picture.flow(edge, self._figures)
        return self._tips.of_edge(edge, graph.by_id[edge.source], graph.by_id[edge.target], flow)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go along the lines, + and - zoom, F fits, Escape lets be; see `canvas_keys`."""
        asked = deed(event)
        if asked is None or not self._do(asked):
            super().keyPressEvent(event)

    def _do(self, asked: Deed) -> bool:
        """Whether a key meant something now."""
        simple: dict[Deed, Callable[[], None]] = {
            Deed.ZOOM_IN: self.zoom_in,
            Deed.ZOOM_OUT: self.zoom_out,
            Deed.FIT: self.fit,
            Deed.FULL_SIZE: self.full_size,
            Deed.SELECT_ALL: lambda: self.select(self.stage.picture.graph.by_id),
        }
        if asked in simple:
            simple[asked]()
            return True
        return self._do_aiming(asked) if self._aim else self._do_selecting(asked)

    def _do_aiming(self, asked: Deed) -> bool:
        if asked is Deed.CANCEL:
            self.highlight_targets(())
            self.aim_cancelled.emit()
        elif asked is Deed.CHOOSE:
            self._choose(self._aim.at)
        else:
            self._aim.turn(1 if asked in (Deed.RIGHT, Deed.DOWN) else -1)
            self._show_aim()
        return True

    def _choose(self, node: str) -> bool:
        target = self._aim.target(node)
        if target is not None:
            self.highlight_targets(())
            self.hit.emit(target)
        return target is not None

    def _do_selecting(self, asked: Deed) -> bool:
        """Arrows select; Enter asks for the menu of what is selected; Escape selects nothing."""
        positions = self.stage.picture.positions
        here = next(iter(self.selection), None)
        if asked is Deed.CANCEL or asked is Deed.CHOOSE:
            if here is None:
                return False
            if asked is Deed.CANCEL:
                self.select(())
            else:
                middle = self.mapFromScene(*positions[here])
                self.context_requested.emit(here, self.viewport().mapToGlobal(middle))
            return True
        there = step(self.stage.picture.graph, positions, here, _ARROWS[asked]) if here else first(positions)
        if there:
            self.select((there,))
            self._look(self._camera.reveal, to_rect(self.stage.picture.boxes[there]))
        return bool(there)

    # Painting

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """All that stands still."""
        painter.save()
        painter.resetTransform()
        self.stage.paint_back(painter, self.viewportTransform(), self.viewport().size())
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """All that moves."""
        painter.save()
        painter.resetTransform()
        self.stage.paint_front(painter, self.viewportTransform(), self.viewport().size())
        painter.restore()

    def looked_elsewhere(self) -> None:
        """The zoom bar and the minimap say where."""
        super().looked_elsewhere()
        self._trim.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Legend and zoom bar stay in their corners."""
        self._trim.lay_out()
        if self.stage.picture.suit(self._camera.aspect):
            self._after_moving()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._tips = Tips()
            self._trim.translate()
            self.stage.translate()
            self.viewport().update()

    def _restyle(self) -> None:
        self.stage.restyle()
        self._trim.say(self.stage.totals, self.stage.traffic.stands_for, self.stage.part)
        self.viewport().update()
