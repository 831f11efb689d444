"""Flags of faults over the curves: beside one another where there is room, else as a sign only, else several in one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from mqviz.gui import icons
from mqviz.gui.chart_frame import Frame
from mqviz.gui.chart_ink import DASHES, SOLID
from mqviz.gui.chart_text import STRONG, width_of, write
from mqviz.gui.chart_words import ChartWords
from mqviz.gui.controls.painting import box, faint
from mqviz.gui.theme import Theme
from mqviz.viewmodel.fault_spans import FaultSpan

HEIGHT = 20.0
_ICON = 13.0
_PAD = 7.0
_GAP = 4.0
_AHEAD = 11.0
_GROUND = {False: 0.10, True: 0.16}
_SIGN = 2 * _PAD + _ICON

_DANGER = frozenset(("kill", "cut", "restart", "down", "memory_alarm", "poison", "purge"))
_WARNING = frozenset(("slow", "hang", "fail", "delay", "stop"))
_ICONS = {"restart": "broker-restart", "down": "broker-restart", "memory_alarm": "memory"}


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag: its place, what it says, and the faults it stands for."""

    rect: QRectF
    text: str
    spans: tuple[FaultSpan, ...]

    @property
    def kind(self) -> str:
        """The kind of fault, or the worst of several."""
        return min((span.kind for span in self.spans), key=_severity)

    @property
    def icon(self) -> str:
        """The icon of one fault, a flag for several."""
        return icon_of(self.kind) if len(self.spans) == 1 else "flag"


def icon_of(kind: str) -> str:
    """The icon of a kind of fault."""
    return _ICONS.get(kind, kind)


def _severity(kind: str) -> int:
    return 0 if kind in _DANGER else 1 if kind in _WARNING else 2


def colours(kind: str, skin: Theme) -> tuple[QColor, QColor]:
    """Line and ground by severity: what breaks is red, what hampers amber, more load grey."""
    if kind in _DANGER:
        return skin.dead_lettered, skin.danger_soft
    if kind in _WARNING:
        return skin.unacked, skin.warning_soft
    return skin.text_second, skin.chip


def lay_out(spans: list[tuple[float, FaultSpan]], lane: QRectF, words: ChartWords) -> list[Flag]:
    """Flags for faults at their places across (ascending), none over another."""
    clusters = _clusters(spans)
    texts = [words.fault(cluster[0][1]) if len(cluster) == 1 else words.faults(len(cluster)) for cluster in clusters]
    flags: list[Flag] = []
    left_most = lane.left()
    for place, (cluster, text) in enumerate(zip(clusters, texts, strict=True)):
        room_ends = _left(clusters[place + 1][0][0]) - _GAP if place + 1 < len(clusters) else lane.right()
        whole = 2 * _PAD + _ICON + 4.0 + width_of(text, STRONG)
        left = max(_left(cluster[0][0]), left_most)
        if left + whole > room_ends and place + 1 == len(clusters):
            left = max(left_most, min(left, lane.right() - whole))
        fits = left + whole <= room_ends + 0.5
        width = whole if fits or len(cluster) > 1 else _SIGN
        rect = QRectF(left, lane.center().y() - HEIGHT / 2, width, HEIGHT)
        flags.append(Flag(rect, text if width == whole else "", tuple(span for _, span in cluster)))
        left_most = rect.right() + _GAP
    return flags


def _left(x: float) -> float:
    return x - _AHEAD


def _clusters(spans: list[tuple[float, FaultSpan]]) -> list[list[tuple[float, FaultSpan]]]:
    """Faults so close together that not even their signs have room beside one another."""
    clusters: list[list[tuple[float, FaultSpan]]] = []
    for x, span in spans:
        first = clusters[-1][0][0] if clusters else None
        room = _SIGN + _GAP if not clusters or len(clusters[-1]) == 1 else _several()
        if first is not None and x - first < room:
            clusters[-1].append((x, span))
        else:
            clusters.append([(x, span)])
    return clusters


def _several() -> float:
    return _SIGN + 56.0


def paint_regions(painter: QPainter, frame: Frame, flags: list[Flag], skin: Theme) -> None:
    """The time that ended faults lasted, in every row; that of faults under one flag as one."""
    for flag in flags:
        ends = [_ends(frame, span) for span in flag.spans if span.until is not None and not span.is_moment]
        if not ends:
            continue
        left, right = min(each[0] for each in ends), max(each[1] for each in ends)
        tint = faint(colours(flag.kind, skin)[0], _GROUND[skin.dark] * (0.6 if _severity(flag.kind) == 2 else 1.0))
        for row in frame.rows:
            painter.fillRect(QRectF(left, row.rect.top(), right - left, row.rect.height()).toAlignedRect(), tint)


def paint_lines(painter: QPainter, frame: Frame, flags: list[Flag], skin: Theme) -> None:
    """A dashed line through all rows where a fault began; thin ones around one that ended; a bar above while it is at work."""
    for flag in flags:
        line, _ = colours(flag.kind, skin)
        single = flag.spans[0] if len(flag.spans) == 1 else None
        if single is not None and single.until is not None and not single.is_moment:
            _upright(painter, frame, _ends(frame, single), faint(line, 0.6), SOLID)
        else:
            _upright(painter, frame, (_ends(frame, flag.spans[0])[0],), line, DASHES)
        for span in flag.spans:
            if span.until is None:
                left, right = _ends(frame, span)
                painter.fillRect(QRectF(left, frame.layout.lane.bottom() - 3.0, right - left, 2.0).toRect(), faint(line, 0.45))


def _upright(painter: QPainter, frame: Frame, places: tuple[float, ...], line: QColor, dashes: tuple[float, ...]) -> None:
    """Lines from the flags to the axis, as narrow boxes: a pen takes ten times as long."""
    top, bottom = round(frame.layout.lane.bottom()) - 4, round(frame.layout.plot.bottom())
    on, period = (round(dashes[0]), round(sum(dashes))) if dashes else (bottom - top, bottom - top)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(line)
    for x in map(round, places):
        painter.drawRects([QRect(x, start, 1, min(on, bottom - start)) for start in range(top, bottom, period)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _ends(frame: Frame, span: FaultSpan) -> tuple[float, float]:
    """Left and right end on the screen, as far as it is in sight; what is at work lasts until now."""
    plot = frame.layout.plot
    until = frame.now if span.until is None else span.until
    return max(frame.x(span.since), plot.left()), min(frame.x(until), plot.right())


def flags_of(frame: Frame, words: ChartWords) -> list[Flag]:
    """The flags of a frame. The flag of a fault that began before is at the left edge."""
    places = [(max(frame.x(span.since), 0.0), span) for span in frame.faults]
    return lay_out(places, frame.layout.lane, words)


def paint_flag(painter: QPainter, flag: Flag, skin: Theme, *, hot: bool = False) -> None:
    """One flag; `hot`: it is under the mouse."""
    line, ground = colours(flag.kind, skin)
    rect = flag.rect
    box(painter, rect, HEIGHT / 2, skin.panel)
    box(painter, rect, HEIGHT / 2, skin.hover if hot else ground, line, 1.3)
    sign = QRectF(rect.left() + _PAD, rect.center().y() - _ICON / 2, _ICON, _ICON)
    icons.paint(painter, flag.icon, sign, line)
    if flag.text:
        write(painter, QRectF(sign.right() + 4.0, rect.top(), rect.width(), rect.height() - 0.5), flag.text, STRONG, skin.text)
