"""What the hand takes hold of: one item without contents for each node. The background pixmap shows it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsScene

from mqviz.viewmodel.curves import Point
from mqviz.viewmodel.graph import Node
from mqviz.viewmodel.picture import Picture


class NodeItem(QGraphicsRectItem):
    """Stands where its node stands, and can be selected and dragged; paints nothing."""

    def __init__(self, node: Node) -> None:
        width, height = node.size
        super().__init__(QRectF(-width / 2, -height / 2, width, height))
        self.id = node.id
        self.setFlag(self.GraphicsItemFlag.ItemHasNoContents)
        self.setFlag(self.GraphicsItemFlag.ItemIsSelectable)
        self.setFlag(self.GraphicsItemFlag.ItemIsMovable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def place(self) -> Point:
        """Where it has been dragged to."""
        return self.pos().x(), self.pos().y()


class Items:
    """Keeps one item for each node of a picture."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._items: dict[str, NodeItem] = {}

    def __getitem__(self, id: str) -> NodeItem:
        return self._items[id]

    def __contains__(self, id: str) -> bool:
        return id in self._items

    def follow(self, picture: Picture) -> None:
        """Makes, removes and moves items so that they are the nodes of the picture."""
        for id in [id for id in self._items if id not in picture.graph.by_id]:
            self._scene.removeItem(self._items.pop(id))
        for node in picture.graph.nodes:
            item = self._items.get(node.id)
            if item is None:
                item = self._items[node.id] = NodeItem(node)
                self._scene.addItem(item)
            if item.place != picture.positions[node.id]:
                item.setPos(*picture.positions[node.id])

    def moved(self, picture: Picture) -> dict[str, Point]:
        """Those that no longer stand where their nodes do."""
        return {id: item.place for id, item in self._items.items() if item.place != picture.positions[id]}

    def selected(self) -> tuple[str, ...]:
        """The ids of the selected ones, in the order of the picture."""
        return tuple(id for id, item in self._items.items() if item.isSelected())

    def select(self, ids: frozenset[str]) -> None:
        """Selects these and no others."""
        for id, item in self._items.items():
            item.setSelected(id in ids)
