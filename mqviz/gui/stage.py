"""What is drawn: the picture of a session, its background, its traffic and its labels; without a widget and without hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil, sin, tau

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap, QTransform

from mqviz.gui import canvas_edges, theme
from mqviz.gui.backdrop import Backdrop
from mqviz.gui.cards import card
from mqviz.gui.cards.frame import Tone, shape
from mqviz.gui.controls.painting import faint
from mqviz.gui.dots import ColourBy, DotPainter
from mqviz.gui.ink import Ink, Style, width
from mqviz.gui.scenery import Detail, Scenery, to_rect
from mqviz.gui.theme import Theme
from mqviz.model.backend import Update
from mqviz.model.snapshot import ClientState
from mqviz.viewmodel.curves import Point
from mqviz.viewmodel.faces import ExchangeFace, Face, Figures, QueueFace
from mqviz.viewmodel.graph import Edge, EdgeKind, Node
from mqviz.viewmodel.labels import place
from mqviz.viewmodel.picture import Changes, Picture
from mqviz.viewmodel.totals import Totals, totals_of
from mqviz.viewmodel.traffic import Traffic

REFRESH = 0.12
"""Seconds between two readings of the figures: faster than that nobody reads."""
_LEAST_A_FRAME = 8
_FRAMES_A_READING = 9
_PATCHES = 8
_LABELS_FROM = 0.45
_CAPTIONS_FROM = 0.3
_CAPTION_STRIP = 44.0
_SIGN_TOP = 36.0
_BETWEEN_CAPTIONS = 8.0
_PULSE = 1.6
_MOST_PILLS = 500
_IMAGE_MARGIN = 32.0


class Stage:
    """Feed it with `take` and `advance`, then let it paint back and front."""

    def __init__(self) -> None:
        self.picture = Picture()
        self.scenery = Scenery(self.picture)
        self.backdrop = Backdrop(self._paint_scenery)
        self.traffic = Traffic()
        self.totals = Totals()
        self.colour_by = ColourBy.STATE
        self.reduced_motion = False
        self.selection: frozenset[str] = frozenset()
        self.targets: tuple[str, ...] = ()
        self.aimed_at = ""
        self._dots = DotPainter()
        self._zoom = 1.0
        self._clock = 0.0
        self._read_at = -REFRESH
        self._time = 0.0
        self._unread: list[str] = []
        self._hanging: list[Node] = []
        self._reasons: list[str] = []
        self._frames: dict[str, tuple[Tone, str]] = {}
        self._pending: tuple[Update, Figures] | None = None
        self._labels: list[tuple[QPointF, str, bool]] = []
        self._pills: dict[tuple[object, ...], QPixmap] = {}
        self._captions: list[tuple[float, str]] = []

    def take(self, update: Update, figures: Figures) -> Changes:
        """Takes in what is true now. Figures are read a few times a second only, unless the session stands still."""
        snapshot = update.snapshot
        is_new_run = snapshot.time < self._time
        if is_new_run:
            self.traffic.clear()
        self._time = snapshot.time
        self._pending = update, figures
        at_once = is_new_run or update.paused or snapshot.finished or not self.picture.graph.nodes
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
        (update, figures), self._pending = self._pending, None
        self._read_at = self._clock
        changes = self.picture.begin(update.snapshot, figures, self.traffic.replies)
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

    def _all_stale(self, changes: Changes) -> None:
        if changes != Changes():
            self._note_reasons()
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
            self._note_reasons()
        return changes

    def _has_other_frame(self, node: Node) -> bool:
        """Whether more than the inside of a card is to be painted; if so, it will be."""
        frame = self._frame(self.picture.faces[node.id])
        if self._frames.get(node.id) == frame:
            return False
        self._frames[node.id] = frame
        self.backdrop.invalidate(self.scenery.reach(node))
        return True

    def _note_reasons(self) -> None:
        """What hangs on figures but stands outside the cards: why letters are dead, and who hangs."""
        faces = self.picture.faces.values()
        reasons = [face.dead_reason for face in faces if isinstance(face, QueueFace)]
        if reasons != self._reasons:
            self._reasons = reasons
            self._place_labels()
        self._hanging = [node for node in self.picture.graph.nodes if _hangs(self.picture.faces[node.id])]

    def _frame(self, face: Face) -> tuple[Tone, str]:
        """What of a face shows outside the inside of its card."""
        return card.tone(face), card.below(self.scenery.words, face)

    def rearranged(self) -> None:
        """Nodes or lines stand elsewhere."""
        self.scenery.forget()
        self.traffic.follow(self.picture)
        self._place_labels()
        self._captions = self.scenery.captions()
        self._all_stale(Changes(topology=True))

    def drag(self, places: Mapping[str, Point]) -> None:
        """Nodes are being pulled: they and their lines follow at once, labels and lanes when they are let go."""
        self.scenery.forget(self.picture.drag(places))
        self.traffic.follow(self.picture)
        self._place_labels()
        self.backdrop.invalidate()

    def select(self, ids: frozenset[str]) -> None:
        """These are selected now."""
        self.selection = ids
        self.backdrop.invalidate()

    def image(self, scale: float) -> QImage:
        """All of the picture with its dots, so many pixels for each at 100 %."""
        area = self.scenery.content().adjusted(-_IMAGE_MARGIN, -_IMAGE_MARGIN - _CAPTION_STRIP, _IMAGE_MARGIN, _IMAGE_MARGIN)
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
        self._pills.clear()
        self.backdrop.invalidate()

    def translate(self) -> None:
        """The language is another."""
        self.scenery.translate()
        self._captions = self.scenery.captions()
        self.restyle()

    @property
    def is_moving(self) -> bool:
        """Whether the next frame will differ even if nothing new arrives."""
        pulses = bool(self.targets or self._hanging) and not self.reduced_motion
        return self.traffic.is_moving or bool(self._unread) or pulses

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
        skin = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.reduced_motion:
            self._paint_pulses(painter, transform, skin)
        self._dots.paint(painter, self.traffic.sight(self.reduced_motion), transform, skin, self.colour_by)
        if transform.m11() >= _LABELS_FROM:
            self._paint_labels(painter, transform, skin)
        self._paint_hanging(painter, transform, skin)
        if self.targets:
            self._paint_targets(painter, transform, size, skin)
        ink = Ink(painter, skin, self.scenery.words)
        if transform.m11() >= _CAPTIONS_FROM:
            self._paint_captions(ink, transform, size)
        self._paint_broker_sign(ink, transform)

    def _place_labels(self) -> None:
        picture = self.picture
        texts = {edge.key: text for edge in picture.graph.edges if (text := self._label(edge))}
        sizes = {key: canvas_edges.label_size(text) for key, text in texts.items()}
        places = place(picture.lines, sizes, picture.boxes.values())
        self._labels = [(QPointF(*at), texts[key], key in picture.graph.dead_letter_edges) for key, at in places.items()]

    def _label(self, edge: Edge) -> str:
        """Binding keys; of a dead letter line, why the letters are dead."""
        face = self.picture.faces.get(edge.source)
        if edge.kind is EdgeKind.DEAD_LETTER and isinstance(face, QueueFace):
            return self.scenery.words.reason(face.dead_reason)
        return canvas_edges.label_text(edge)

    def _paint_labels(self, painter: QPainter, transform: QTransform, skin: Theme) -> None:
        """Labels lie above the dots; each is painted once, into a pixmap of its own."""
        painter.setOpacity(0.4 if self.picture.marks.is_down else 1.0)
        for at, text, is_dead in self._labels:
            pill = self._pill(text, is_dead, transform.m11(), painter.device().devicePixelRatio(), skin)
            middle, size = transform.map(at), pill.deviceIndependentSize()
            painter.drawPixmap(QPointF(middle.x() - size.width() / 2, middle.y() - size.height() / 2), pill)
        painter.setOpacity(1.0)

    def _pill(self, text: str, is_dead: bool, zoom: float, ratio: float, skin: Theme) -> QPixmap:
        key = text, is_dead, zoom, ratio
        pill = self._pills.get(key)
        if pill is None:
            if len(self._pills) > _MOST_PILLS:
                self._pills.clear()
            pill = self._pills[key] = self._draw_pill(text, is_dead, zoom * ratio, skin)
            pill.setDevicePixelRatio(ratio)
        return pill

    def _draw_pill(self, text: str, is_dead: bool, scale: float, skin: Theme) -> QPixmap:
        wide, high = canvas_edges.label_size(text)
        pixmap = QPixmap(ceil((wide + 2) * scale), ceil((high + 2) * scale))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        canvas_edges.paint_label(Ink(painter, skin, self.scenery.words), QRectF(1, 1, wide, high), text, is_dead)
        painter.end()
        return pixmap

    def _paint_hanging(self, painter: QPainter, transform: QTransform, skin: Theme) -> None:
        strength = 0.5 if self.reduced_motion else 0.5 + 0.5 * sin(self._clock * tau / _PULSE)
        for node in self._hanging:
            self._outline(painter, transform, node, QPen(faint(skin.unacked, 0.15 + 0.5 * strength), 5.0))

    def _outline(self, painter: QPainter, transform: QTransform, node: Node, pen: QPen) -> None:
        painter.save()
        painter.setTransform(transform)
        painter.strokePath(shape(node, to_rect(self.picture.boxes[node.id]).adjusted(-2, -2, 2, 2)), pen)
        painter.restore()

    def _paint_targets(self, painter: QPainter, transform: QTransform, size: QSize, skin: Theme) -> None:
        """All but what can be hit steps back."""
        veil = QPainterPath()
        veil.addRect(QRectF(0, 0, size.width(), size.height()))
        nodes = [node for node in self.picture.graph.nodes if node.id in self.targets]
        for node in nodes:
            veil = veil.subtracted(transform.map(shape(node, to_rect(self.picture.boxes[node.id]))))
        painter.fillPath(veil, faint(skin.canvas, 0.6))
        strength = 1.0 if self.reduced_motion else 0.65 + 0.35 * sin(self._clock * tau / _PULSE)
        for node in nodes:
            wide = 4.0 if node.id == self.aimed_at else 2.0
            self._outline(painter, transform, node, QPen(faint(skin.dead_lettered, strength), wide))

    def _paint_broker_sign(self, ink: Ink, transform: QTransform) -> None:
        """Over the broker's area, but always where it can be read."""
        sign, area = self.scenery.broker_sign(), transform.mapRect(self.scenery.broker_area())
        if sign is None or area.isEmpty():
            return
        icon, text = sign
        wide = width(text, Style.STRONG) + 42
        rect = QRectF(area.center().x() - wide / 2, max(area.top() - 13, _SIGN_TOP), wide, 26)
        ink.box(rect, 13, ink.skin.danger_soft, ink.skin.dead_lettered, 1.5)
        ink.icon(icon, rect.x() + 12, rect.y() + 6, 14, ink.skin.dead_lettered)
        ink.write(rect.x() + 31, rect.y() + 17.5, text, Style.STRONG, ink.skin.dead_lettered)

    def _paint_pulses(self, painter: QPainter, transform: QTransform, skin: Theme) -> None:
        """Instead of motion: lines that messages are on are lit."""
        painter.save()
        painter.setTransform(transform)
        for key in self.traffic.busy():
            if key in self.picture.lines:
                painter.strokePath(self.scenery.path(key), QPen(faint(skin.ready, 0.35), 6.0))
        painter.restore()

    def _paint_captions(self, ink: Ink, transform: QTransform, size: QSize) -> None:
        """Headings stay at the top, whatever is moved under them."""
        if not self._captions:
            return
        shade = QLinearGradient(0.0, 0.0, 0.0, _CAPTION_STRIP)
        shade.setColorAt(0.0, ink.skin.canvas)
        shade.setColorAt(0.7, faint(ink.skin.canvas, 0.85))
        shade.setColorAt(1.0, faint(ink.skin.canvas, 0.0))
        ink.painter.fillRect(QRectF(0, 0, size.width(), _CAPTION_STRIP), shade)
        end = -_BETWEEN_CAPTIONS
        for x, text in sorted(self._captions):
            wide = width(text, Style.CAPTION)
            start = transform.map(QPointF(x, 0.0)).x() - wide / 2
            if start >= end + _BETWEEN_CAPTIONS:
                end = ink.write(start, 28.0, text, Style.CAPTION, ink.skin.text_third)


def _hangs(face: Face) -> bool:
    return not isinstance(face, ExchangeFace | QueueFace) and face.crew.state is ClientState.HANGING
