"""Tooltips of the canvas: all figures of a node, and what runs along a line."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject

from mqviz.gui.cards.words import rate
from mqviz.gui.words import Words
from mqviz.model.snapshot import Snapshot
from mqviz.viewmodel.faces import ConsumerFace, Face, Figures, ProducerFace
from mqviz.viewmodel.facts import Facts, Figure, facts_of
from mqviz.viewmodel.graph import Edge, EdgeKind, Node


class Tips(QObject):
    """Puts nodes and lines into words; made anew when the language changes."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Words()
        self._kinds = {
            EdgeKind.PUBLISH: self.tr("publishes to"),
            EdgeKind.BINDING: self.tr("bound to"),
            EdgeKind.DELIVER: self.tr("delivers to"),
            EdgeKind.DEAD_LETTER: self.tr("dead-letters to"),
            EdgeKind.ALTERNATE: self.tr("alternate exchange"),
            EdgeKind.CALL: self.tr("calls"),
            EdgeKind.INVALID: self.tr("what cannot be translated goes to"),
            EdgeKind.REPLY: self.tr("replies to"),
        }

    def of_node(self, node: Node, face: Face, snapshot: Snapshot, figures: Figures) -> str:
        """All that is known of a node, as rich text."""
        facts = None if node.is_group else facts_of(snapshot, node.id, figures.rate)
        head = f"<b>{escape(node.title)}</b><br>{escape(self._kind(node, facts))}"
        said = [*facts.figures, *facts.details] if facts else _of_group(face)
        lines = "".join(self._line(figure) for figure in said)
        return f"{head}<table cellspacing=0 cellpadding=1>{lines}</table>"

    def in_words(self, node: Node, face: Face, snapshot: Snapshot, figures: Figures) -> str:
        """The most important of it as a plain sentence, for screen readers."""
        facts = None if node.is_group else facts_of(snapshot, node.id, figures.rate)
        figures_said = facts.figures if facts else _of_group(face)
        said = [f"{self._words.figure(each.code)} {self._words.number(each.value, each.unit)}" for each in figures_said]
        return ", ".join([self._kind(node, facts), *said])

    def of_edge(self, edge: Edge, source: Node, target: Node, flow: float | None) -> str:
        """What a line joins, its binding keys and its rate, as rich text."""
        head = f"<b>{escape(source.name)}</b> {escape(self._kinds[edge.kind])} <b>{escape(target.name)}</b>"
        keys = "".join(f"<br><code>{escape(key)}</code>" for key in edge.labels)
        flows = self.tr("{0} messages/s").format(rate(flow)) if flow is not None else ""
        return head + keys + (f"<br>{escape(flows)}" if flows else "")

    def _kind(self, node: Node, facts: Facts | None) -> str:
        traits = [self._words.trait(code) for code in facts.traits] if facts else []
        return self._words.kind(node.kind.value) + "".join(f" · {trait}" for trait in traits)

    def _line(self, figure: Figure) -> str:
        value = self._words.measured(figure)
        if figure.rate is not None:
            value += f" ({self._words.per_second(rate(figure.rate))})"
        return f"<tr><td>{escape(self._words.figure(figure.code))}&nbsp;&nbsp;</td><td align=right>{escape(value)}</td></tr>"


def _of_group(face: Face) -> tuple[Figure, ...]:
    """The figures of all members together."""
    match face:
        case ConsumerFace():
            return (
                Figure("ack_rate", face.rate, unit="/s"),
                Figure("held", face.held),
                Figure("working", face.working),
            )
        case ProducerFace():
            return Figure("publish_rate", face.rate, unit="/s"), Figure("waiting", face.waiting)
    return ()
