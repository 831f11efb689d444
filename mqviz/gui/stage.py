"""What is drawn: the picture of a session, its background, its traffic and its labels; without a widget and without hands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QTransform

from mqviz.gui import theme
from mqviz.gui.backdrop import Backdrop
from mqviz.gui.cards import card
from mqviz.gui.cards.frame import Tone
from mqviz.gui.foreground import Foreground
from mqviz.gui.scenery import Detail, Scenery
from mqviz.model.backend import Update
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.curves import Point
from mqviz.viewmodel.faces import Face, Figures
from mqviz.viewmodel.graph import Node
from mqviz.viewmodel.part import Choice, Part
from mqviz.viewmodel.picture import Changes, Picture
from mqviz.viewmodel.totals import Totals, totals_of
from mqviz.viewmodel.traffic import Traffic

REFRESH = 0.12
"""Seconds between two readings of the figures: faster than that nobody reads."""
_LARGE = 500
"""Queues. The first picture of a broker with more is chosen in a later frame than its first figures were written down in."""
_LEAST_A_FRAME = 8
_FRAMES_A_READING = 12
_PATCHES = 8
_IMAGE_MARGIN = 32.0
_IMAGE_TOP = 76.0


class Stage:
    """Feed it with `take` and `advance`, then let it paint back and front."""

    def __init__(self) -> None:
        self.picture = Picture()
        self.scenery = Scenery(self.picture)
        self.backdrop = Backdrop(self._paint_scenery)
        self.traffic = Traffic()
        self.totals = Totals()
        self.part = Part(Snapshot(time=0.0), 0, 0, 0)
        self.choice = Choice()
        self.front = Foreground(self.picture, self.scenery, self.traffic)
        self.selection: frozenset[str] = frozenset()
        self._zoom = 1.0
        self._clock = 0.0
        self._read_at = -REFRESH
        self._latest = Snapshot(time=0.0)
        self._unread: list[str] = []
        self._frames: dict[str, tuple[Tone, str]] = {}
        self._pending: tuple[Update, Figures] | None = None
        self._last: tuple[Update, Figures] | None = None

    @property
    def has_begun(self) -> bool:
        """Whether it is known what there is to draw."""
        return self._last is not None

    def take(self, update: Update, figures: Figures) -> Changes:
        """Takes in what is true now. Figures are read a few times a second only, unless the session stands still."""
        snapshot = update.snapshot
        is_new_run = snapshot.time < self._latest.time
        if is_new_run:
            self.traffic.clear()
        stands = (update.paused or snapshot.finished) and (self._pending is not None or snapshot != self._latest)
        is_first = not self.picture.graph.nodes
        is_large = len(snapshot.queues) > _LARGE
        if is_first and is_large and self._pending is None:
            self._read_at = self._clock
        self._latest = snapshot
        self._pending = update, figures
        at_once = is_new_run or stands or (is_first and not is_large)
        changes = self._begin(at_once) if at_once else Changes()
        self.traffic.take(update.events, update.speed, update.paused)
        return changes

    def advance(self, seconds: float) -> Changes:
        """Moves the dots, and reads what was not read yet."""
        self._clock += seconds
        self.traffic.advance(seconds)
        is_due = self._clock - self._read_at >= REFRESH and not self._unread
        changes = self._begin(at_once=False) if self._pending and is_due else Changes()
        return changes | self._read_some()

    def _begin(self, at_once: bool) -> Changes:
        """Begins to read what is true now, or reads it all."""
        if self._pending is None:
            return Changes()
        self._last = update, figures = self._pending
        self._pending = None
        self._read_at = self._clock
        part = self.choice.of(update.snapshot, figures)
        is_as_before, self.part = part is self.part and part.snapshot.live, part
        changes = self.picture.begin(part.snapshot, figures, self.traffic.replies)
        if is_as_before and not at_once and changes == Changes():
            return changes  # between two polls of a live broker nothing has to be read again
        self.totals = totals_of(update.snapshot)
        self._unread = list(self.picture.graph.by_id)
        if at_once or changes.topology:
            changes |= self.picture.read(self._unread)
            self._unread = []
            if changes.topology:
                self.rearranged()
            else:
                self._all_stale(changes)
        elif changes.marks:
            self.backdrop.invalidate()
        return changes

    def look_for(self, search: str, pinned: frozenset[str]) -> Changes:
        """Draw only what matches; `pinned` queues in any case."""
        if (search, pinned) == (self.choice.search, self.choice.pinned):
            return Changes()
        self.choice.search, self.choice.pinned = search, pinned
        self._pending = self._pending or self._last
        return self._begin(at_once=True)

    def pin(self, ids: Iterable[str]) -> Changes:
        """Draw these queues, too, if they are there and were left out."""
        known = {f"queue:{queue.name}" for queue in self._latest.queues} if not self.part.is_whole else set()
        wanted = frozenset(id.partition(":")[2] for id in ids if id in known and id not in self.picture.graph.by_id)
        return self.look_for(self.choice.search, wanted) if wanted else Changes()

    def _all_stale(self, changes: Changes) -> None:
        if changes != Changes():
            self.front.note_figures()
            self._frames = {id: self._frame(face) for id, face in self.picture.faces.items()}
            self.backdrop.invalidate()

    def _read_some(self) -> Changes:
        """Reads and repaints some cards; a frame has no time for all."""
        share = max(_LEAST_A_FRAME, len(self.picture.graph.nodes) // _FRAMES_A_READING)
        some, self._unread = self._unread[:share], self._unread[share:]
        if not some:
            return Changes()
        changes = self.picture.read(some)
        inside = [node for node in map(self.picture.graph.by_id.__getitem__, changes.faces) if not self._has_other_frame(node)]
        if inside:
            self.backdrop.touch(partial(self._repaint, inside))
        if len(changes.lines) > _PATCHES:
            self.backdrop.invalidate()
        for key in changes.lines:
            self.backdrop.invalidate(self.scenery.bounds(key))
        if not self._unread:
            self.front.note_figures()
        return changes

    def _has_other_frame(self, node: Node) -> bool:
        """Whether more than the inside of a card is to be painted; if so, it will be."""
        frame = self._frame(self.picture.faces[node.id])
        if self._frames.get(node.id) == frame:
            return False
        self._frames[node.id] = frame
        self.backdrop.invalidate(self.scenery.reach(node))
        graph = self.picture.graph
        for edge in (*graph.out_of.get(node.id, ()), *graph.into.get(node.id, ())):
            self.backdrop.invalidate(self.scenery.bounds(edge.key))
        return True

    def _frame(self, face: Face) -> tuple[Tone, str]:
        """What of a face shows outside the inside of its card."""
        return card.tone(face), card.below(self.scenery.words, face)

    def rearranged(self) -> None:
        """Nodes or lines stand elsewhere."""
        self.scenery.forget()
        self.traffic.follow(self.picture)
        self.front.rearranged()
        self._all_stale(Changes(topology=True))

    def drag(self, places: Mapping[str, Point]) -> None:
        """Nodes are being pulled: they and their lines follow at once, labels and lanes when they are let go."""
        self.scenery.forget(self.picture.drag(places))
        self.traffic.follow(self.picture)
        self.front.rearranged()
        self.backdrop.invalidate()

    def select(self, ids: frozenset[str]) -> None:
        """These are selected now."""
        self.selection = ids
        self.backdrop.invalidate()

    def image(self, scale: float) -> QImage:
        """All of the picture with its dots, so many pixels for each at 100 %."""
        area = self.scenery.content().adjusted(-_IMAGE_MARGIN, -_IMAGE_TOP, _IMAGE_MARGIN, _IMAGE_MARGIN)
        image = QImage((area.size() * scale).toSize(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        transform = QTransform.fromTranslate(-area.x(), -area.y())
        painter = QPainter(image)
        painter.setTransform(transform)
        self.scenery.paint(painter, area, theme.current(), Detail(1.0, self.selection))
        painter.resetTransform()
        self.paint_front(painter, transform, area.size().toSize())
        painter.end()
        return image

    def restyle(self) -> None:
        """Theme, language or selection are others."""
        self.front.labels.forget()
        self.backdrop.invalidate()

    def translate(self) -> None:
        """The language is another."""
        self.scenery.translate()
        self.front.rearranged()
        self.restyle()

    @property
    def is_moving(self) -> bool:
        """Whether the next frame will differ even if nothing new arrives."""
        return self.traffic.is_moving or bool(self._unread) or self.front.is_pulsing

    def _repaint(self, nodes: Sequence[Node], painter: QPainter) -> None:
        """The insides of cards over what was there."""
        self.scenery.repaint(painter, nodes, theme.current(), self._detail)

    @property
    def _detail(self) -> Detail:
        return Detail(self._zoom, self.selection)

    def _paint_scenery(self, painter: QPainter, clip: QRectF) -> None:
        self.scenery.paint(painter, clip, theme.current(), self._detail)

    def paint_back(self, painter: QPainter, transform: QTransform, size: QSize) -> None:
        """All that stands still, from the pixmap; the painter stands in the viewport's pixels."""
        self._zoom = transform.m11()
        painter.drawPixmap(0, 0, self.backdrop.pixmap(transform, size, painter.device().devicePixelRatio()))

    def paint_front(self, painter: QPainter, transform: QTransform, size: QSize) -> None:
        """What moves, and what lies above it."""
        self.front.clock = self._clock
        self.front.paint(painter, transform, size)
