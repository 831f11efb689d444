"""The sequence diagram: two life lines, and an arrow for each frame between them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mqviz.gui import fonts, theme
from mqviz.gui.controls.line_list import LineList
from mqviz.gui.controls.painting import box, write
from mqviz.gui.conversation_model import LINE, ConversationModel
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.frame_words import FrameWords
from mqviz.gui.theme import Radius, Space, Theme
from mqviz.model.frames import HEARTBEAT, LOST, Frame
from mqviz.viewmodel.conversation import Gap, is_content

ROW = 30
TIME = 64.0
LANE = 14.0
"""From a life line to the edge of the list."""

_HEAD = 6.0
_OUTCOMES = {"basic.nack": "unacked", "basic.reject": "unacked", "basic.return": "unacked", "channel.close": "dead_lettered"}
_COLOURS = {**_OUTCOMES, "connection.close": "dead_lettered", "basic.ack": "ok", "basic.publish": "ready", "basic.deliver": "ready"}


def colour_of(frame: Frame, skin: Theme) -> QColor:
    """The colour of an arrow: messages, acks, refusals and the end stand out; the rest is quiet."""
    name = "ready" if is_content(frame) else _COLOURS.get(frame.method, "text_third")
    return QColor(getattr(skin, name))


def life_lines(rect: QRectF) -> tuple[float, float]:
    """Where the client's line runs and where the broker's."""
    return rect.left() + TIME + LANE, rect.right() - LANE - Space.S


class ArrowDelegate(QStyledItemDelegate):
    """Draws one frame as an arrow."""

    def __init__(self, words: FrameWords, parent: LineList) -> None:
        super().__init__(parent)
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All lines are alike."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draws one."""
        skin, rect, line = theme.current(), QRectF(option.rect), index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, rect.adjusted(Space.XS, 1, -Space.XS, -1), Radius.SMALL, skin.accent_soft)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(painter, rect.adjusted(Space.XS, 1, -Space.XS, -1), Radius.SMALL, skin.hover)
        self._lives(painter, rect, skin)
        if isinstance(line, Gap):
            model = index.model()
            assert isinstance(model, ConversationModel)
            self._gap(painter, rect, skin, model.left_out(line.left_out))
        else:
            self._frame(painter, rect, skin, line)
        painter.restore()

    def _lives(self, painter: QPainter, rect: QRectF, skin: Theme) -> None:
        painter.setPen(QPen(skin.border_strong, 1.5))
        for x in life_lines(rect):
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))

    def _gap(self, painter: QPainter, rect: QRectF, skin: Theme, text: str) -> None:
        client, broker = life_lines(rect)
        middle = QRectF(client + Space.S, rect.top() + 5, broker - client - 2 * Space.S, ROW - 10)
        font = fonts.font(Size.CAPTION, Weight.MEDIUM)
        width = min(middle.width(), QFontMetricsF(font).horizontalAdvance(text) + 2 * Space.M)
        chip = QRectF(middle.center().x() - width / 2, middle.top(), width, middle.height())
        box(painter, chip, chip.height() / 2, skin.chip)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width - Space.M)
        write(painter, chip, shown, font, skin.text_second, Qt.AlignmentFlag.AlignHCenter)

    def _frame(self, painter: QPainter, rect: QRectF, skin: Theme, frame: Frame) -> None:
        client, broker = life_lines(rect)
        moment = QRectF(rect.left() + Space.S, rect.top(), TIME - Space.S, ROW)
        write(painter, moment, f"{frame.time:.3f}", fonts.font(Size.CAPTION, tabular=True), skin.text_third)
        colour = skin.text_third if frame.recalled else colour_of(frame, skin)
        y = rect.bottom() - 6
        begin, end = (client, broker) if frame.to_broker else (broker, client)
        if frame.method == LOST:
            self._cross(painter, client, y, skin)
        else:
            self._arrow(painter, QPointF(begin, y), QPointF(end, y), colour, frame)
        self._label(painter, QRectF(client + Space.M, rect.top() + 2, broker - client - 2 * Space.M, ROW - 10), frame, skin)

    def _arrow(self, painter: QPainter, begin: QPointF, end: QPointF, colour: QColor, frame: Frame) -> None:
        quiet = is_content(frame) or frame.method == HEARTBEAT or frame.recalled
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine if quiet else Qt.PenStyle.SolidLine))
        sense = 1.0 if end.x() > begin.x() else -1.0
        tip = end - QPointF(sense * 1.5, 0)
        painter.drawLine(begin, tip - QPointF(sense * _HEAD, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        back = tip.x() - sense * _HEAD * 1.4
        painter.drawPolygon(QPolygonF([tip, QPointF(back, tip.y() - _HEAD * 0.6), QPointF(back, tip.y() + _HEAD * 0.6)]))

    def _cross(self, painter: QPainter, x: float, y: float, skin: Theme) -> None:
        painter.setPen(QPen(skin.dead_lettered, 2.0))
        for sense in (-1, 1):
            painter.drawLine(QPointF(x - 5, y - 5 * sense), QPointF(x + 5, y + 5 * sense))

    def _label(self, painter: QPainter, rect: QRectF, frame: Frame, skin: Theme) -> None:
        """Its name, and what it says behind it, as far as there is room."""
        strong, plain = fonts.font(Size.BODY, Weight.SEMIBOLD), fonts.font(Size.BODY)
        name, brief = self._words.name(frame), self._words.brief(frame)
        quiet = frame.recalled or is_content(frame) or frame.method == HEARTBEAT
        ink = skin.dead_lettered if frame.method == LOST else skin.text_second if quiet else skin.text
        name = QFontMetricsF(strong).elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
        wide = QFontMetricsF(strong).horizontalAdvance(name)
        room = rect.width() - wide - Space.S
        brief = QFontMetricsF(plain).elidedText(brief, Qt.TextElideMode.ElideRight, room) if room > 24 else ""
        whole = wide + (Space.S + QFontMetricsF(plain).horizontalAdvance(brief) if brief else 0.0)
        left = rect.left() if frame.to_broker else rect.right() - whole
        write(painter, QRectF(left, rect.top(), wide + 2, rect.height()), name, strong, ink)
        write(painter, QRectF(left + wide + Space.S, rect.top(), max(room, 0.0), rect.height()), brief, plain, skin.text_second)


class ConversationList(LineList):
    """The arrows, the newest last."""

    def __init__(self, model: ConversationModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(ArrowDelegate(model.words, self))
