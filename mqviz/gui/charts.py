"""The curves of one run, or of two, over one time axis: rates, depth, latency and failures.

Painted by `QPainter` and not by pyqtgraph: the same four rows took pyqtgraph 30 ms of CPU for a drawing, this takes a few, and half
a second of import is saved, so the module may be loaded at any time. A drawing is made at most ten times a second.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from mqviz.gui import fonts, theme
from mqviz.gui.chart_frame import AXIS, Frame, Source, Theory, Wish, build
from mqviz.gui.chart_legend import RowHeader
from mqviz.gui.chart_menu import ChartMenu
from mqviz.gui.chart_plot import PlotArea
from mqviz.gui.chart_readings import Reading, at, latest, over
from mqviz.gui.chart_words import ChartWords
from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.segmented import SegmentedControl
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space, set_role
from mqviz.viewmodel.chart_rows import Plan, Row, plan_of
from mqviz.viewmodel.time_view import LENGTHS, TimeView

REDRAW_MS = 100
_FIGURES_EVERY = 3
LEFT = 206
_WIDE_LEFT = 344
_HEADER_TOP = 1


class ChartPanel(QWidget):
    """Give it runs by `set_sources`, say what is selected, and call `refresh` after each update. `fault_clicked(id)`: of a flag.

    `pause_ms`: at least so long between two drawings.
    """

    fault_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, pause_ms: int = REDRAW_MS) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Curves"))
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = ChartWords(self)
        self._sources: tuple[Source, ...] = ()
        self._node, self._hidden = "", frozenset[str]()
        self._theories: dict[Row, Theory] = {}
        self._left = LEFT
        self._is_relative, self._is_due, self._turn = True, False, 0
        self.view = TimeView()
        self.plot = PlotArea(self.view, self._words, self)
        self.headers = {row: RowHeader(row, self._words, self) for row in Row}
        self.lengths = self._make_lengths()
        self.menu_button = IconButton("more", self.tr("More"), parent=self)
        self.now_button = self._make_button(self.tr("Back to now"))
        self.zoom_button = self._make_button(self.tr("Zoom in"))
        self._empty = EmptyState("chart", self.tr("No data yet"), self.tr("Curves appear here as soon as the run begins."), parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._connect()
        self.redraw()

    def _make_lengths(self) -> SegmentedControl:
        words = {30.0: self.tr("30 s"), 120.0: self.tr("2 min"), 600.0: self.tr("10 min"), None: self.tr("All")}
        choices = [(str(length), words[length]) for length in LENGTHS]
        return SegmentedControl(self.tr("Time shown"), choices, str(self.view.length), self)

    def _make_button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setFont(fonts.font(Size.CAPTION, Weight.SEMIBOLD))  # before the role: polishing again would forget it
        set_role(button, "chart")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.hide()
        return button

    def _connect(self) -> None:
        self.plot.read_at = self._read_at
        self.plot.read_over = self._read_over
        self.plot.fault_clicked.connect(self.fault_clicked)
        self.plot.looked.connect(self.redraw)
        self.plot.range_changed.connect(self._place_buttons)
        self.lengths.chosen.connect(self._choose_length)
        self.now_button.clicked.connect(self.plot.follow)
        self.zoom_button.clicked.connect(self.plot.zoom_to_range)
        self.menu_button.clicked.connect(lambda: self._menu().popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft())))
        self._timer.timeout.connect(self._redraw_if_due)
        for header in self.headers.values():
            header.toggled.connect(self.show_curve)

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Draw these runs; the legend reads the first."""
        self._sources = tuple(sources)
        self.plot.has_several = len(self._sources) > 1
        self._place()
        self.view.follow()
        self.redraw()

    def select(self, node: str) -> None:
        """Show the curves of this node (its id); of the whole where it is ""."""
        if node != self._node:
            self._node, self._hidden = node, frozenset()
            self.redraw()

    def show_curve(self, code: str, shown: bool) -> None:
        """Show a curve, or hide it."""
        self._hidden = self._hidden - {code} if shown else self._hidden | {code}
        self.redraw()

    def set_theory(self, row: Row, value: float | None, reason: str = "") -> None:
        """What theory expects of a row (rates per second, messages, seconds); None: why it has nothing to say, for the user to read."""
        self._theories[row] = Theory(value, reason)
        self.redraw()

    def set_relative(self, relative: bool) -> None:
        """Write moments as seconds before now (while it follows), or as minutes and seconds."""
        self._is_relative = relative
        self.redraw()

    @property
    def is_relative(self) -> bool:
        """Whether moments are written as seconds before now."""
        return self._is_relative

    def refresh(self) -> None:
        """There is something new. Drawn at once, or a little later where the last drawing was less than 0.1 s ago."""
        if self._timer.isActive() or not self.isVisible():
            self._is_due = True
        else:
            self._turn += 1
            self._draw(with_figures=self._turn % _FIGURES_EVERY == 0)
            self._timer.start()

    def _redraw_if_due(self) -> None:
        if self._is_due:
            self.refresh()

    def redraw(self) -> None:
        """Draw what is now known."""
        self._draw(with_figures=True)

    def _draw(self, *, with_figures: bool) -> None:
        """Figures that change ten times a second cannot be read, so they change less often than the curves."""
        self._is_due = False
        starts = [(source.recorder.start, source.recorder.now) for source in self._sources]
        known = [(start, now) for start, now in starts if start is not None and now is not None]
        if known:
            self.view.advance(min(start for start, _ in known), max(now for _, now in known))
        wish = self._current_wish()
        self._make_room(wish.plan)
        self.plot.show_frame(build(wish, self.plot.layout_now) if known else None)
        self._empty.setVisible(not known)
        if with_figures:
            self._show_legend(wish)
        self._place_buttons()

    def _wish(self, plan: Plan) -> Wish:
        return Wish(self._sources, plan, self._hidden, self.view.interval, self._is_relative and self.view.follows, self._theories)

    def _show_legend(self, wish: Wish) -> None:
        for row, header in self.headers.items():
            header.set_about(self._words.about(row, wish.plan), self._theories.get(row, Theory(None)).reason)
            header.set_curves(wish.plan.curves(row), self._hidden, dense=wish.plan.counted and row is Row.RATES)
            for item in header.items:
                item.set_figure(latest(wish, item.curve, row))

    def _current_wish(self) -> Wish:
        first, *others = [source.recorder.snapshot for source in self._sources] or [None]
        return self._wish(plan_of(self._node, first, others))

    def _make_room(self, plan: Plan) -> None:
        """Some plans have fewer rows, and many curves in one."""
        left = _WIDE_LEFT if plan.counted else LEFT
        if (plan.shares, left) != (self.plot.shares, self._left):
            self.plot.shares, self._left = plan.shares, left
            with QSignalBlocker(self.plot):  # it is being drawn already
                self._place()

    def _read_at(self, time: float) -> dict[Row, list[Reading]]:
        return at(self._current_wish(), self._frame, time)

    def _read_over(self, first: float, last: float) -> dict[Row, list[Reading]]:
        return over(self._current_wish(), self._frame, first, last)

    @property
    def _frame(self) -> Frame:
        frame = self.plot.frame
        assert frame is not None
        return frame

    def _choose_length(self, key: str) -> None:
        self.plot.clear_range()
        self.view.show_latest(None if key == str(None) else float(key))
        self.redraw()

    def _menu(self) -> ChartMenu:
        return ChartMenu(self, self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu as behind the three dots."""
        self._menu().popup(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        """Draws what came while it was hidden."""
        super().showEvent(event)
        if self._is_due:
            self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places everything anew."""
        self._place()

    def _place(self) -> None:
        left = self._left + Space.L
        self.plot.setGeometry(left, 0, max(self.width() - left, 100), self.height())
        layout = self.plot.layout_now
        for row, header in self.headers.items():
            rect = layout.row(row)
            header.setVisible(not rect.isEmpty())
            header.setGeometry(Space.L - 2, round(rect.top()) - _HEADER_TOP, self._left - Space.M, max(round(rect.height()) + 6, 44))
        self.lengths.setGeometry(Space.L - 2, 1, LEFT - Space.M, 24)
        self.menu_button.setGeometry(self.width() - 34, 2, 24, 24)
        self._empty.setGeometry(self.plot.geometry())
        self._place_buttons()

    def _place_buttons(self) -> None:
        """ "Back to now" over the end of the axis while the view is elsewhere; "Zoom in" beside the moments of a range."""
        plot, origin, height = self.plot.layout_now.plot, self.plot.geometry().topLeft(), round(AXIS) - 2
        top = round(plot.bottom()) + 2
        now = self.now_button.sizeHint().width()
        self.now_button.setVisible(self.plot.frame is not None and not self.view.follows)
        self.now_button.setGeometry(self.width() - now - 6, top, now, height)
        bubble, zoom = self.plot.bubble_of_range().translated(origin), self.zoom_button.sizeHint().width()
        self.zoom_button.setVisible(not bubble.isEmpty() and not self.plot.is_dragging)
        right = round(bubble.right()) + 6
        self.zoom_button.setGeometry(right if right + zoom <= self.width() - now else round(bubble.left()) - zoom - 6, top, zoom, height)

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(1150, 264)

    def minimumSizeHint(self) -> QSize:
        """So that every figure can be read."""
        return QSize(LEFT + 300, 240)

    def picture(self, ratio: float = 2.0) -> QImage:
        """The panel as it is now, without its buttons, at `ratio` times the resolution."""
        image = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(theme.current().panel)
        painter = QPainter(image)
        for header in self.headers.values():
            if not header.isHidden():
                header.render(painter, header.pos(), renderFlags=QWidget.RenderFlag.DrawChildren)
        painter.translate(self.plot.pos())
        if self.plot.frame is not None:
            self.plot.paint_export(painter)
        painter.end()
        return image

    def csv(self) -> str:
        """All rows of the first run, as comma-separated values."""
        return self._sources[0].recorder.to_csv() if self._sources else ""
