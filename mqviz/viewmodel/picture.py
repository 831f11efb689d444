"""The picture of a session without Qt: what stands where, what it says, and what of it has changed.

Whoever draws gives it a snapshot with `begin`, lets it `read` the nodes, all at once or some in each frame, and repaints what
`Changes` names, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.curves import Curve, Point
from mqviz.viewmodel.faces import Face, Faces, Figures
from mqviz.viewmodel.flows import Flows, width_step
from mqviz.viewmodel.graph import Edge, Graph, Node, graph_of
from mqviz.viewmodel.layout import PLAIN, arrange, overlapping
from mqviz.viewmodel.marks import Marks, marks_of
from mqviz.viewmodel.recorder import Recorder
from mqviz.viewmodel.routes import Box, Key, boxes, routes
from mqviz.viewmodel.shaping import SCREEN, shape_for

_LITTLE = 1.4
"""A view that becomes less than so many times wider or narrower leaves everything where it is."""
_TOPOLOGY = (
    ("producers", attrgetter("name", "client", "exchange", "routing_key", "call")),
    ("exchanges", attrgetter("name", "type", "alternate")),
    ("queues", attrgetter("name", "dead_letter_exchange", "dead_letter_routing_key")),
    ("bindings", attrgetter("source", "destination", "destination_type", "routing_key")),
    ("consumers", attrgetter("name", "client", "queue", "call")),
    ("services", attrgetter("name")),
    ("translators", attrgetter("name", "queue", "exchange", "routing_key", "invalid_queue")),
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be painted anew. `topology`: nodes, places or lines are others, so everything."""

    topology: bool = False
    marks: bool = False
    faces: tuple[str, ...] = ()
    lines: tuple[Key, ...] = ()

    def __or__(self, other: Changes) -> Changes:
        """Both."""
        return Changes(self.topology or other.topology, self.marks or other.marks, self.faces + other.faces, self.lines + other.lines)


class Picture:
    """Nodes, places, lines and figures of the latest snapshot."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.positions: dict[str, Point] = {}
        self.boxes: dict[str, Box] = {}
        self.lines: dict[Key, Curve] = {}
        self.faces: dict[str, Face] = {}
        self.widths: dict[Key, int] = {}
        self.marks = Marks()
        self._fixed: dict[str, Point] = {}
        self._left: dict[str, Point] = {}
        self._aspect = SCREEN
        self._shape = PLAIN
        self._signature: object = None
        self._faces = Faces()
        self._flows = Flows(self.graph, ())
        self._figures: Figures = Recorder()

    def place(self, positions: Mapping[str, Point]) -> None:
        """From now on these nodes stand there, and the others where they stood or where there is room."""
        self._fixed.update(positions)
        self.positions.update((id, at) for id, at in positions.items() if id in self.positions)
        self._arrange(self.graph)

    def rearrange(self) -> None:
        """Forgets where things stood, and arranges them afresh."""
        for places in (self._fixed, self._left, self.positions):
            places.clear()
        self._arrange(self.graph)

    def suit(self, aspect: float) -> bool:
        """The view is so many times as wide as high. Whether it was arranged anew: not for a little, nor what hands have placed."""
        if 1 / _LITTLE < aspect / self._aspect < _LITTLE:
            return False
        self._aspect = aspect
        if self._fixed or not self.graph.nodes or shape_for(self.graph, aspect) == self._shape:
            return False
        self.rearrange()
        return True

    def drag(self, places: Mapping[str, Point]) -> tuple[Key, ...]:
        """Moves nodes for the time being: only their own lines follow. `place` makes it last. Gives the lines that moved."""
        self.positions.update(places)
        self.boxes = boxes(self.graph, self.positions)
        held = [edge for edge in self.graph.edges if edge.source in places or edge.target in places]
        self.lines.update(routes(self.graph, self.positions, held))
        return tuple(edge.key for edge in held)

    def flow(self, edge: Edge, figures: Figures) -> float | None:
        """Messages per second along a line; None where it cannot be told."""
        return self._flows.rate(edge, figures)

    def line_at(self, place: Point, near: float) -> Edge | None:
        """The edge whose line passes nearest to a place, if it does so within so many pixels."""
        found: tuple[float, Edge] | None = None
        for edge in self.graph.edges:
            distance = float(np.hypot(*(self.lines[edge.key].samples - place).T).min())
            if distance <= near + 4.0 and (found is None or distance < found[0]):
                found = distance, edge
        return found[1] if found else None

    def begin(self, snapshot: Snapshot, figures: Figures, replies: Iterable[tuple[str, str]] = ()) -> Changes:
        """Takes in what is true now; what the cards say of it is then asked for with `read`."""
        is_new = self._follow(snapshot, tuple(sorted(replies)))
        self._faces.begin(snapshot, self.graph, figures)
        self._figures = figures
        marks = marks_of(snapshot, self.graph)
        is_marked, self.marks = marks != self.marks, marks
        return Changes(is_new, is_marked)

    def read(self, ids: Iterable[str]) -> Changes:
        """Reads the figures of these nodes, and of the lines that leave them."""
        nodes = [self.graph.by_id[id] for id in ids if id in self.graph.by_id]
        return Changes(faces=tuple(self._new_faces(nodes)), lines=tuple(self._new_widths(nodes)))

    def _follow(self, snapshot: Snapshot, replies: tuple[tuple[str, str], ...]) -> bool:
        """Makes the graph anew where the topology is another; whether it was."""
        signature = (replies, *(tuple(map(key, getattr(snapshot, group))) for group, key in _TOPOLOGY))
        if signature == self._signature:
            return False
        self._signature = signature
        graph = graph_of(snapshot, replies)
        self._flows = Flows(graph, snapshot.bindings)
        if graph == self.graph:
            self.graph = graph
            return False
        self._arrange(graph)
        return True

    def _arrange(self, graph: Graph) -> None:
        """What was placed by hand stands there; who comes back gets its old place if nobody stands there now."""
        self._left.update(self.positions)
        here = {id: at for places in (self.positions, self._fixed) for id, at in places.items() if id in graph.by_id}
        for id in graph.by_id:
            if id not in here and id in self._left and not _is_taken(graph, {**here, id: self._left[id]}, id):
                here[id] = self._left[id]
        if not here:
            self._shape = shape_for(graph, self._aspect)
        self.graph = graph
        self.positions = arrange(graph, here, self._shape)
        self.boxes = boxes(graph, self.positions)
        self.lines = routes(graph, self.positions)
        self.faces = {id: face for id, face in self.faces.items() if id in graph.by_id}
        self.widths = {key: self.widths.get(key, 0) for key in self.lines}

    def _new_faces(self, nodes: Iterable[Node]) -> Iterator[str]:
        for node in nodes:
            face = self._faces.of(node)
            if self.faces.get(node.id) != face:
                self.faces[node.id] = face
                yield node.id

    def _new_widths(self, nodes: Iterable[Node]) -> Iterator[Key]:
        for node in nodes:
            for edge in self.graph.out_of.get(node.id, ()):
                width = width_step(self._flows.rate(edge, self._figures), self.widths[edge.key])
                if width != self.widths[edge.key]:
                    self.widths[edge.key] = width
                    yield edge.key


def _is_taken(graph: Graph, positions: Mapping[str, Point], id: str) -> bool:
    return any(id in pair for pair in overlapping(graph, positions))
