"""The panels over the canvas, and where they lie: legend, zoom bar, minimap, and the words where there is nothing to see."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGraphicsView

from mqviz.gui.camera import Camera
from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.dots import ColourBy
from mqviz.gui.legend import Legend
from mqviz.gui.minimap import Minimap
from mqviz.gui.part_note import PartNote
from mqviz.gui.zoom_bar import ZoomBar
from mqviz.viewmodel.journeys import Weight
from mqviz.viewmodel.part import Part
from mqviz.viewmodel.picture import Picture
from mqviz.viewmodel.totals import Totals

_MARGIN = 16
_BETWEEN = 12
_ROOM_FOR_MINIMAP = 320
"""Pixels of height; in a lower view it would hide what it shows."""


class Trim(QObject):
    """Lives as long as its view."""

    def __init__(self, view: QGraphicsView, picture: Picture, camera: Camera) -> None:
        super().__init__(view)
        self._view, self._picture, self._camera = view, picture, camera
        self._said: object = None
        self._is_told = False
        """Whether it is known what there is: before that, emptiness means nothing."""
        self.legend = Legend(view)
        self.zoom_bar = ZoomBar(view)
        self.minimap = Minimap(view, picture)
        self.part_note = PartNote(view)
        self._empty = EmptyState("exchange", "", parent=view)
        self.translate()
        self.follow()

    def say(self, totals: Totals, stands_for: Weight, part: Part) -> None:
        """The totals of now, how much of it is drawn, and the minimap with them."""
        said = totals, stands_for, part.shown, part.matching, part.queues
        if said == self._said:
            return
        self._said = said
        if not self._is_told:
            self._is_told = True
            self.follow()
        self.part_note.show_part(part)
        self.legend.show_totals(totals, stands_for)
        self._put_legend()
        if self.minimap.isVisible():
            self.minimap.refresh()

    def set_colour_by(self, colour_by: ColourBy) -> None:
        """The legend explains other colours."""
        self.legend.set_colour_by(colour_by)
        self._put_legend()

    def follow(self) -> None:
        """The view looks elsewhere, or there is something else to see."""
        is_empty = not self._picture.graph.nodes
        for panel in (self.legend, self.zoom_bar):
            panel.setVisible(not is_empty)
        self._empty.setVisible(is_empty and self._is_told)
        self.zoom_bar.set_zoom(self._camera.zoom)
        has_room = self._view.height() >= _ROOM_FOR_MINIMAP
        self.minimap.setVisible(has_room and not is_empty and not self._camera.sees_all)
        self.minimap.set_view(self._camera.content, self._camera.seen)

    def lay_out(self) -> None:
        """The view has another size."""
        area = self._view.rect()
        self.zoom_bar.adjustSize()
        right, bottom = area.right() - _MARGIN, area.bottom() - _MARGIN
        self.zoom_bar.move(right - self.zoom_bar.width(), bottom - self.zoom_bar.height())
        self.minimap.move(right - self.minimap.width(), self.zoom_bar.y() - _BETWEEN - self.minimap.height())
        self.legend.set_room(self.zoom_bar.x() - _MARGIN - _BETWEEN)
        self._put_legend()
        self._empty.resize(min(360, area.width()), min(260, area.height()))
        self._empty.move(area.center() - self._empty.rect().center())

    def _put_legend(self) -> None:
        self.legend.move(_MARGIN, self._view.rect().bottom() - _MARGIN - self.legend.height())
        self.part_note.move(_MARGIN, self.legend.y() - _BETWEEN - self.part_note.height())

    def explain_emptiness(self, title: str, text: str) -> None:
        """What stands where there is nothing to see."""
        self._empty.set_texts(title, text)

    def translate(self) -> None:
        """The language is another."""
        self._empty.set_texts(
            self.tr("Nothing to see yet"), self.tr("Open a scenario on the left, or drop a scenario file or RabbitMQ definitions here.")
        )
