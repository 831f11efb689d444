"""The proof that nothing is lost: the ledger's two sums as bars and in figures, beneath the inspector or across the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mqviz.gui import theme
from mqviz.gui.chart_ink import brush
from mqviz.gui.chart_text import DIGITS, FIGURE, SMALL, STRONG_DIGITS, width_of, write
from mqviz.gui.controls.glyphs import glyph_path
from mqviz.gui.controls.painting import begin, rounded
from mqviz.gui.ledger_words import LOOKS, LedgerWords
from mqviz.gui.theme import Space, State, Theme, set_role
from mqviz.model.result import Ledger
from mqviz.model.snapshot import ServiceStats
from mqviz.viewmodel.accounts import Account, accounts_of, losses, unanswered

_HEAD = 22.0
_BAR = 8.0
_LINE = 17.0
_GLYPH = 11.0
_SWATCH = 8.0
_WIDE = 620.0
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of a sum: `code` is empty for signs. `rect` is where it lies."""

    text: str
    code: str
    rect: QRectF
    bold: bool = False


class LedgerStrip(QWidget):
    """`set_ledger` after each update. Every term says in its tooltip what it counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = LedgerWords(self)
        self._ledger: Ledger | None = None
        self._services: tuple[ServiceStats, ...] = ()
        self._accounts: tuple[Account, ...] = ()
        self._brief = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_ledger(None)

    def set_ledger(self, ledger: Ledger | None, services: tuple[ServiceStats, ...] = ()) -> None:
        """Show this one, and what became of requests to services; None where it cannot be told."""
        if ledger is not None and (ledger, services) == (self._ledger, self._services):
            return
        before = self._shape()
        self._ledger = ledger
        self._services = services
        self._accounts = accounts_of(ledger, services) if ledger is not None else ()
        if self._shape() != before:
            self.updateGeometry()
        self._describe()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Show the verdict alone, where there is no room for more; the sums are in its tooltip then."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def _shape(self) -> float:
        return self._height(self.width())

    def _describe(self) -> None:
        sums = [self.sentence(account) for account in self._accounts]
        self.setAccessibleName(self.verdict())
        self.setAccessibleDescription(". ".join(sums))

    def verdict(self) -> str:
        """Whether anything is lost, in words."""
        if self._ledger is None or self._ledger.nothing_lost is None:
            return self.tr("What was lost cannot be told")
        if self._ledger.balanced is False:
            return self.tr("The ledger does not balance")
        lost = sum(count for _, count in losses(self._ledger))
        if lost:
            return self.tr("{0} lost").format(f"{lost:,}")
        if self._ledger.nothing_lost:
            return self.tr("Nothing lost")
        return self.tr("{0} requests failed").format(f"{unanswered(self._services):,}")

    @property
    def _is_well(self) -> bool:
        """Whether everything is there: what was lost on the way to the broker counts, too."""
        ledger = self._ledger
        return ledger is not None and bool(ledger.nothing_lost) and ledger.balanced is not False and not losses(ledger)

    def sentence(self, account: Account) -> str:
        """A sum: 120,000 = 118,839 routed + 1,161 refused."""
        terms = " + ".join(f"{count:,} {self._words.term(code)}" for code, count in account.terms)
        return f"{account.total:,} {self._words.term(account.code)} = {terms}"

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for head, bars and sums."""
        return round(self._height(width))

    def sizeHint(self) -> QSize:
        """As wide as the inspector."""
        return QSize(292, self.heightForWidth(max(self.width(), 292)))

    def minimumSizeHint(self) -> QSize:
        """So that a term has room."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def _height(self, width: float) -> float:
        places = self._places(QRectF(0, 0, width, 0))
        bottoms = [words[-1].rect.bottom() for _, words in places if words]
        return max([_HEAD + 2 * Space.S, *(bottom + Space.M for bottom in bottoms)])

    def _places(self, rect: QRectF) -> list[tuple[QRectF, list[_Word]]]:
        """Bar and words of each sum: one below the other, or side by side where there is room."""
        wide = rect.width() >= _WIDE and len(self._accounts) > 1
        inner = rect.width() - 2 * Space.L
        each = (inner - Space.XL) / 2 if wide else inner
        left, top = rect.left() + Space.L, rect.top() + Space.S + _HEAD + 2
        result: list[tuple[QRectF, list[_Word]]] = []
        for account in self._shown:
            bar = QRectF(left, top, each, _BAR)
            words = self._flow(account, QRectF(left, bar.bottom() + 4, each, 0))
            result.append((bar, words))
            if wide:
                left += each + Space.XL
            else:
                top = words[-1].rect.bottom() + Space.S
        return result

    @property
    def _shown(self) -> tuple[Account, ...]:
        return () if self._brief else self._accounts

    def _flow(self, account: Account, room: QRectF) -> list[_Word]:
        """The words of a sum, on as many lines as they need."""
        pieces = [(f"{account.total:,}", account.code, True), (f"{self._words.term(account.code)}  = ", "", False)]
        for place, (code, count) in enumerate(account.terms):
            pieces.append((f"{'+  ' if place else ''}", "", False))
            pieces.append((f"{count:,} {self._words.term(code)}", code, False))
        placed: list[_Word] = []
        x, y = room.left(), room.top()
        for text, code, bold in pieces:
            width = self._width(text, code, bold)
            if x > room.left() and x + width > room.right():
                x, y = room.left(), y + _LINE
            placed.append(_Word(text, code, QRectF(x, y, width, _LINE), bold))
            x += width + 4.0 if text else 0.0
        return placed

    def _width(self, text: str, code: str, bold: bool) -> float:
        swatch = _SWATCH + 5.0 if code in LOOKS else 0.0
        return width_of(text, STRONG_DIGITS if bold else DIGITS) + swatch

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws head, bars and sums."""
        painter, skin = begin(self), theme.current()
        self._head(painter, skin)
        for account, (bar, words) in zip(self._shown, self._places(QRectF(self.rect())), strict=True):
            _paint_bar(painter, account, bar, skin)
            for word in words:
                _paint_word(painter, word, skin)
        painter.end()

    def _head(self, painter: QPainter, skin: Theme) -> None:
        ledger = self._ledger
        known = ledger is not None and ledger.nothing_lost is not None
        well = self._is_well
        colour: QColor = skin.ok if well else skin.dead_lettered if known else skin.text_third
        left = float(Space.L)
        if known:
            sign = QRectF(left, Space.S + (_HEAD - _GLYPH) / 2, _GLYPH, _GLYPH)
            painter.fillPath(glyph_path(State.OK if well else State.DROPPED, sign), colour)
            left += _GLYPH + 7.0
        write(painter, QRectF(left, Space.S, self.width() - left, _HEAD), self.verdict(), FIGURE, colour)
        if ledger is not None and ledger.balanced:
            rest = QRectF(left, Space.S, self.width() - left - Space.L, _HEAD)
            write(painter, rest, self._balance(), SMALL, skin.text_third, Qt.AlignmentFlag.AlignRight)

    def _balance(self) -> str:
        return self.tr("both sums balance") if len(self._accounts) == 2 else self.tr("it balances")

    def word_at(self, place: QPointF) -> str:
        """The code of the term at a place; "" between them."""
        for account, (bar, words) in zip(self._shown, self._places(QRectF(self.rect())), strict=True):
            for word in words:
                if word.code and word.rect.contains(place):
                    return word.code
            if bar.adjusted(0, -3, 0, 3).contains(place):
                return next((code for code, piece in _pieces(account, bar) if piece.right() >= place.x()), "")
        return ""

    def tip_at(self, place: QPointF) -> str:
        """What is said of a place: what its term counts; where there are no terms, the sums."""
        if self._brief:
            return "\n".join(self.sentence(account) for account in self._accounts)
        code = self.word_at(place)
        return f"{self._words.term(code)}: {self._words.meaning(code)}" if code else ""

    def event(self, event: QEvent) -> bool:
        """Explains the term under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self, QRect())
            return True
        return super().event(event)


def _pieces(account: Account, bar: QRectF) -> list[tuple[str, QRectF]]:
    """The part of the bar of each term; what is there at all can be seen."""
    whole = sum(count for _, count in account.terms) or 1
    widths = [max(_LEAST, bar.width() * count / whole) for _, count in account.terms]
    scale = bar.width() / sum(widths) if widths else 1.0
    result, left = [], bar.left()
    for (code, _), width in zip(account.terms, widths, strict=True):
        result.append((code, QRectF(left, bar.top(), width * scale, bar.height())))
        left += width * scale
    return result


def _paint_bar(painter: QPainter, account: Account, bar: QRectF, skin: Theme) -> None:
    painter.save()
    painter.fillPath(rounded(bar, 3.0), skin.track)
    painter.setClipPath(rounded(bar, 3.0))
    ratio = painter.device().devicePixelRatioF()
    for code, piece in _pieces(account, bar):
        painter.fillRect(piece, brush(LOOKS[code], skin, ratio))
        painter.fillRect(QRectF(piece.right() - 0.5, piece.top(), 1.0, piece.height()), skin.panel)
    painter.restore()


def _paint_word(painter: QPainter, word: _Word, skin: Theme) -> None:
    rect = word.rect
    if word.code in LOOKS:
        style = LOOKS[word.code]
        swatch = QRectF(rect.left(), rect.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
        painter.setPen(style.tint(skin))
        painter.setBrush(brush(style, skin, painter.device().devicePixelRatioF()))
        painter.drawRoundedRect(swatch, 2.0, 2.0)
        rect = rect.adjusted(_SWATCH + 5.0, 0, 0, 0)
    colour = skin.text if word.code else skin.text_third
    write(painter, rect, word.text, STRONG_DIGITS if word.bold else DIGITS, colour)
