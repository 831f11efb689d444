"""What can be hit by a fault that waits for its target, and which of it the keyboard is at."""

from __future__ import annotations

from collections.abc import Iterable

from mqviz.viewmodel.graph import Graph


class Aim:
    """Targets are ids of backends; a group is hit in its first member that is a target, unless it is one as a whole."""

    def __init__(self) -> None:
        self._wanted: tuple[str, ...] = ()
        self._target_of: dict[str, str] = {}
        self.at = ""

    def __bool__(self) -> bool:
        return bool(self._target_of)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that can be hit, in their order."""
        return tuple(self._target_of)

    def take(self, ids: Iterable[str], graph: Graph) -> None:
        """From now on these can be hit; none: the aiming is over."""
        self._wanted = tuple(ids)
        self.at = ""
        self.keep(graph)

    def keep(self, graph: Graph) -> None:
        """The graph is another: what can be hit of it now."""
        self._target_of = {}
        for id in self._wanted:
            node = graph.by_id.get(id) or graph.by_id.get(graph.node_of.get(id, ""))
            if node is not None:
                self._target_of.setdefault(node.id, id)
        if self.at not in self._target_of:
            self.at = next(iter(self._target_of), "")

    def target(self, node: str) -> str | None:
        """What is hit when this node is chosen; None where it cannot be hit."""
        return self._target_of.get(node)

    def turn(self, by: int) -> None:
        """The keyboard goes on to the next, or back."""
        nodes = self.nodes
        self.at = nodes[(nodes.index(self.at) + by) % len(nodes)]
