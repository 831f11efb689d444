"""The right side: one selected thing, its figures first, then what can be turned, then what belongs to it.

It shows `Facts` and `Knob`s and knows nothing of brokers; what the user does comes out as signals.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from mqviz.gui.chart_axes import compact
from mqviz.gui.controls.figure_label import FigureLabel
from mqviz.gui.controls.labels import ElidedLabel, label, rule, section
from mqviz.gui.controls.level_bar import LevelBar
from mqviz.gui.finding_list import FindingList
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.inspector_rows import RowList, Sign
from mqviz.gui.knob_form import KnobForm
from mqviz.gui.message_list import MessageList
from mqviz.gui.theme import Space, State, set_role
from mqviz.gui.translation_view import TranslationPart
from mqviz.gui.words import Words
from mqviz.viewmodel.facts import Facts, Figure, Level
from mqviz.viewmodel.knobs import Knob

WIDTH = 292
_LONG = 100_000
"""From here on a great figure has no room beside two others."""


class Inspector(QScrollArea):
    """`turned(node, code, value)`: a knob; `picked(node)`: another node; `peek_wanted(queue)`: its messages."""

    turned = Signal(str, str, object)
    picked = Signal(str)
    peek_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Inspector"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(WIDTH - Space.XL)
        self._words = Words()
        self._node = ""
        self._shapes: tuple[tuple[str, ...], ...] = ((), ())
        self._figures: list[FigureLabel] = []
        self._details: dict[str, QLabel] = {}
        self._build()

    @property
    def node(self) -> str:
        """The id of the node that is shown; empty for the whole."""
        return self._node

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(self._head())
        self._figure_row = QHBoxLayout()
        self._figure_row.setSpacing(Space.XS)
        column.addLayout(self._figure_row)
        column.addWidget(self._level_part())
        self.findings = FindingList()
        self.findings.picked.connect(self.picked)
        column.addWidget(self.findings)
        column.addWidget(self._text_part())
        column.addWidget(self._knob_part())
        column.addWidget(self._row_part())
        column.addWidget(self._detail_part())
        self.messages = MessageList()
        self.messages.wanted.connect(lambda: self.peek_wanted.emit(self._node))
        column.addWidget(self.messages)
        column.addStretch(1)
        self.setWidget(inside)

    def _head(self) -> QHBoxLayout:
        self._sign = Sign()
        self._name = ElidedLabel("", "", Size.TITLE, Weight.SEMIBOLD, Qt.TextElideMode.ElideMiddle)
        self._subtitle = ElidedLabel("", "second", Size.BODY)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self._name)
        names.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        return head

    def _level_part(self) -> QWidget:
        self._level = QWidget()
        self._bar = LevelBar(16)
        self._share = label("", "second", Size.BODY, tabular=True)
        self._outlook = label("", "second", Size.BODY, tabular=True)
        below = QHBoxLayout()
        below.addWidget(self._share)
        below.addStretch(1)
        below.addWidget(self._outlook)
        column = QVBoxLayout(self._level)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        column.addLayout(below)
        return self._level

    def _part(self, heading: QLabel, *widgets: QWidget) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(rule())
        column.addWidget(heading)
        for widget in widgets:
            column.addWidget(widget)
        return part

    def _knob_part(self) -> QWidget:
        self._form = KnobForm(self._words)
        self._form.turned.connect(lambda code, value: self.turned.emit(self._node, code, value))
        self._knobs = self._part(section(self.tr("Adjust while it runs")), self._form)
        return self._knobs

    def _row_part(self) -> QWidget:
        self._rows_heading = section("")
        self._list = RowList(self._words)
        self._list.picked.connect(self.picked)
        self._rows = self._part(self._rows_heading, self._list)
        return self._rows

    def _text_part(self) -> QWidget:
        self.translation = TranslationPart(self._words.figure("before"), self._words.figure("after"))
        self._texts = self._part(section(self.tr("Newest message, translated")), self.translation)
        return self._texts

    def _detail_part(self) -> QWidget:
        host = QWidget()
        self._lines = QVBoxLayout(host)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self._figures_part = self._part(section(self.tr("Figures")), host)
        return self._figures_part

    def show_facts(self, facts: Facts | None, knobs: tuple[Knob, ...], outlook: str = "") -> None:
        """Show a node as it now is; `outlook` is a line such as "full in 16 s"."""
        if facts is None:
            self._gone()
            return
        if facts.node != self._node:
            self.messages.clear()
            self.translation.view.clear()
            self.verticalScrollBar().setValue(0)
        self._node = facts.node
        self._titles(facts)
        self._reshape(facts)
        for widget, figure in zip(self._figures, facts.figures, strict=True):
            exact = self._words.number(figure.value, figure.unit)
            is_long = figure.value is not None and figure.value >= _LONG and not figure.unit
            widget.set_figure(compact(figure.value or 0.0) if is_long else exact, self._delta(figure))
            widget.setToolTip(exact if is_long else "")
        for figure in facts.details:
            shown = self._details[figure.code]
            shown.setText(self._words.measured(figure))
            if (shown.property("role") == "danger") is not figure.is_alarming:
                set_role(shown, "danger" if figure.is_alarming else "")
        self._show_level(facts.level, outlook)
        self._knobs.setVisible(bool(knobs))
        self._form.set_knobs(knobs)
        self._rows.setVisible(bool(facts.rows))
        self._rows_heading.setText(self._words.rows(facts.rows_code))
        self._list.set_rows(facts.rows)
        self.messages.setVisible(facts.kind == "queue")
        self._show_texts(dict(facts.texts))
        self._settle()

    def _settle(self) -> None:
        """What appears above lays all out anew at once, but Qt gives it more height only later: for a frame all would be squeezed."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def set_knob_reason(self, reason: str) -> None:
        """Grey what can be turned, with the reason; an empty one makes it usable."""
        self._form.set_reason(reason)

    def _gone(self) -> None:
        self._subtitle.set_whole_text(self.tr("is not there any more"))
        self._form.set_reason(self.tr("It is not there any more."))

    def _titles(self, facts: Facts) -> None:
        self._sign.set_kind(facts.kind)
        whole = self.tr("Direct calls") if facts.kind == "service" else self._words.kind(facts.kind)
        self._name.set_whole_text(facts.name or whole)
        traits = [self._words.trait(code) for code in facts.traits if code]
        if facts.name and facts.kind in ("consumer", "producer", "service", "translator"):
            traits.insert(0, self._words.kind(facts.kind))
        self._subtitle.set_whole_text(" · ".join(traits))

    def _reshape(self, facts: Facts) -> None:
        """Make widgets anew only where other figures are to be shown than before."""
        shapes = tuple(tuple(figure.code for figure in group) for group in (facts.figures, facts.details))
        was, self._shapes = self._shapes, shapes
        if shapes[0] != was[0]:
            _discard(self._figures)
            self._figures = [self._figure(figure) for figure in facts.figures]
        if shapes[1] != was[1]:
            _discard(_emptied(self._lines))
            self._details = {figure.code: self._detail(figure) for figure in facts.details}
        self._figures_part.setVisible(bool(facts.details))

    def _figure(self, figure: Figure) -> FigureLabel:
        widget = FigureLabel(self._words.figure(figure.code), State(figure.state) if figure.state else None)
        self._figure_row.addWidget(widget, 1)
        return widget

    def _detail(self, figure: Figure) -> QLabel:
        """A line of its own: in columns, the longest name and the longest value would have to stand side by side."""
        value = label("", "", Size.BODY, Weight.MEDIUM, tabular=True)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(self._words.figure(figure.code), "second", Size.BODY), 1)
        row.addWidget(value)
        self._lines.addWidget(line)
        return value

    def _delta(self, figure: Figure) -> str:
        if figure.rate is None or abs(figure.rate) < 0.05:
            return ""
        text = f"{figure.rate:+,.0f}" if abs(figure.rate) >= 10 else f"{figure.rate:+.1f}"
        return self._words.per_second(text.replace("-", "\N{MINUS SIGN}"))

    def _show_level(self, level: Level | None, outlook: str) -> None:
        self._level.setVisible(level is not None)
        if level is None:
            return
        scale = level.limit or max(1, level.ready + level.unacked)
        share = self.tr("{0} of the limit").format(f"{level.ready / scale:.0%}") if level.limit else self.tr("no limit")
        self._bar.set_level(level.ready / scale, level.unacked / scale, share)
        self._share.setText(share)
        self._outlook.setText(outlook)

    def _show_texts(self, texts: dict[str, str]) -> None:
        self._texts.setVisible(bool(texts))
        self.translation.view.show_texts(texts.get("before") or "–", texts.get("after") or "–")


def _discard(widgets: Iterable[QWidget]) -> None:
    for widget in widgets:
        widget.hide()
        widget.deleteLater()


def _emptied(layout: QLayout) -> list[QWidget]:
    widgets = []
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widgets.append(widget)
    return widgets
