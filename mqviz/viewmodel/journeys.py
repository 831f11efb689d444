"""From events to dots: which line a step of a message runs along, in what shape, and when it begins.

The steps of one message happen in one virtual instant where the network takes no time; on the screen each begins when the one
before has arrived, so that one sees the message come in, be routed and be delivered. Luck comes from the message's number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import count, cycle
from math import exp, inf, log10
from typing import NamedTuple

from mqviz.model.amqp import MessageKind
from mqviz.model.snapshot import Event, EventKind
from mqviz.viewmodel.curves import Curve
from mqviz.viewmodel.graph import EdgeKind, Graph, target_of
from mqviz.viewmodel.particles import Dot
from mqviz.viewmodel.routes import Key

SHORTEST, LONGEST = 0.6, 1.0
"""Seconds that a dot travels, by the length of its line, at usual speed."""
AT_MOST = 300.0
"""Messages a second that are still a dot each."""

_LONGEST_CHAIN = 2.5
_SPREAD_PER_DOT = 0.02
_SPREAD = 0.8
_FALL = 0.9
_MEMORY = 1.0


class Shape(IntEnum):
    """What a dot looks like when colours go by state."""

    READY = 0
    UNACKED = 1
    REDELIVERED = 2
    DEAD_LETTERED = 3
    DROPPED = 4


KINDS = tuple(MessageKind)
PRIORITIES = 10


def look(shape: Shape, kind: MessageKind, priority: int) -> int:
    """Shape, kind and priority of a message as one number."""
    return (shape * len(KINDS) + KINDS.index(kind)) * PRIORITIES + min(max(priority, 0), PRIORITIES - 1)


_EDGES: dict[EventKind, tuple[EdgeKind, ...]] = {
    EventKind.PUBLISH: (EdgeKind.PUBLISH, EdgeKind.INVALID),
    EventKind.ROUTE: (EdgeKind.BINDING, EdgeKind.ALTERNATE, EdgeKind.PUBLISH, EdgeKind.INVALID),
    EventKind.DELIVER: (EdgeKind.DELIVER,),
    EventKind.REQUEUE: (EdgeKind.DELIVER,),
    EventKind.DEAD_LETTER: (EdgeKind.DEAD_LETTER,),
    EventKind.RETURN: (EdgeKind.PUBLISH,),
    EventKind.CALL: (EdgeKind.CALL,),
    EventKind.ANSWER: (EdgeKind.CALL,),
    EventKind.REPLY: (EdgeKind.REPLY,),
}
_BACK = {EventKind.REQUEUE, EventKind.RETURN, EventKind.ANSWER}
_FALLS = {
    EventKind.DROP,
    EventKind.EXPIRE,
    EventKind.REJECT,
    EventKind.REFUSE,
    EventKind.UNROUTABLE,
    EventKind.LOST,
}
# An ack is no dot: it would double every delivery and tell nothing that the counts do not.
_NUMBERLESS = {EventKind.CALL, EventKind.ANSWER, EventKind.REPLY}
_AT_TARGET = {EventKind.REFUSE}


def fall_of(node: str) -> Hashable:
    """The key of the path on which messages fall off a node."""
    return "fall", node


class Journeys:
    """Makes dots of events; remembers where each message is on the screen, and how dense the traffic is."""

    def __init__(self) -> None:
        self._graph = Graph()
        self._lines: Mapping[Key, Curve] = {}
        self._between: dict[tuple[str, str], dict[EdgeKind, Key]] = {}
        self._arrivals: dict[tuple[int, str], float] = {}
        self._density = _Density()
        self._crowd = _Density()
        self._serial = count(1 << 40)
        self._swept = 0.0
        self._share = 1
        self._weights: dict[int, float] = {}
        self.replies: set[tuple[str, str]] = set()
        """Pairs (consumer, producer) between which replies were seen, as ids of backends."""

    @property
    def stands_for(self) -> Weight:
        """How many messages a dot on the screen is, at least and at most."""
        weights = self._weights or {1: 0.0}
        return Weight(self._share * min(weights), self._share * max(weights))

    def set_graph(self, graph: Graph, lines: Mapping[Key, Curve]) -> None:
        """What the dots run along from now on."""
        self._graph, self._lines = graph, lines
        self._between = {}
        for key in lines:
            self._between.setdefault(key[:2], {})[key[2]] = key

    def forget(self) -> None:
        """A new run begins."""
        self._arrivals.clear()
        self._density, self._crowd = _Density(), _Density()
        self._weights.clear()
        self.replies.clear()

    def dots(self, events: Sequence[Event], now: float, speed: float) -> list[Dot]:
        """The dots of what happened since the last call, at second `now` of the animation."""
        self._take_in(events, now)
        events = [event for event in events if self._is_shown(event)]
        steps = [(event, step) for event in events for step in self._steps(event)]
        crowd = Counter(step.path for _, step in steps)
        return [self._dot(event, step, now, speed, crowd[step.path]) for event, step in steps]

    def _steps(self, event: Event) -> Iterator[_Step]:
        """What is drawn of an event: a step along a line, a fall from a node; of an error, both."""
        source, target = self._node(event.source, event.via), self._node(event.target, event.via)
        node = (target or source) if event.kind in _AT_TARGET else (source or target)
        is_error = event.kind is EventKind.ANSWER and event.kind_of_message is MessageKind.ERROR
        if node and (event.kind in _FALLS or is_error):
            yield _Step(fall_of(node), node, node, Shape.DROPPED)
        if source and target and event.kind in _EDGES:
            yield from self._along(event, source, target)

    def _along(self, event: Event, source: str, target: str) -> Iterator[_Step]:
        """The line between two nodes that this kind of event runs along, if there is one."""
        there = self._between.get((target, source) if event.kind in _BACK else (source, target), {})
        key = next((there[kind] for kind in _EDGES[event.kind] if kind in there), None)
        if key is not None:
            yield _Step(key, source, target, self._shape(event, key), event.kind in _BACK)

    def _take_in(self, events: Sequence[Event], now: float) -> None:
        for event in events:
            self._crowd.count(event.kind, now)
            self._weights[event.weight] = now
            if event.kind is EventKind.REPLY:
                self.replies.add((event.source, event.target))
        self._share = _share(self._crowd.greatest(now), self._share)
        if now - self._swept > _MEMORY:
            self._swept = now
            self._weights = {weight: at for weight, at in self._weights.items() if at > now - _MEMORY}
            self._arrivals = {key: at for key, at in self._arrivals.items() if at > now}

    def _is_shown(self, event: Event) -> bool:
        return self._share == 1 or _lot(event.message, 0) < 1.0 / self._share

    def _node(self, id: str, via: str) -> str | None:
        """The node for an id; behind the default exchange stands the queue of the routing key."""
        return self._graph.node_of.get(id if id != "exchange:" else target_of("", via))

    def _shape(self, event: Event, key: Key) -> Shape:
        if event.kind is EventKind.RETURN or (event.kind is EventKind.ANSWER and event.kind_of_message is MessageKind.ERROR):
            return Shape.DROPPED
        if event.redelivered or event.kind is EventKind.REQUEUE:
            return Shape.REDELIVERED
        if key in self._graph.dead_letter_edges:
            return Shape.DEAD_LETTERED
        return Shape.UNACKED if key[2] is EdgeKind.DELIVER else Shape.READY

    def _dot(self, event: Event, step: _Step, now: float, speed: float, crowd: int) -> Dot:
        self._density.count(step.path, now)
        number = event.message if event.kind not in _NUMBERLESS else next(self._serial)
        line = self._lines.get(step.path)  # type: ignore[call-overload]  # a fall is no line
        lasts = travel(line.length, speed) if line else _FALL
        spread = min(_SPREAD, _SPREAD_PER_DOT * (crowd - 1))
        ready = self._arrivals.get((number, step.source), now)
        begins = min(max(now, ready), now + _LONGEST_CHAIN) + spread * _lot(number, 1)
        if line:
            self._arrivals[number, step.target] = begins + lasts
        reach = min(7.0, 1.5 + 0.07 * self._density.of(step.path, now)) if line else 24.0
        shown = look(step.shape, event.kind_of_message, event.priority)
        return Dot(step.path, begins, lasts, reach * (2.0 * _lot(number, 2) - 1.0), shown, step.is_back)


class Weight(NamedTuple):
    """How many messages a dot stands for; both are 1 where each message is a dot."""

    least: int = 1
    most: int = 1


class _Step(NamedTuple):
    path: Hashable
    source: str
    target: str
    shape: Shape
    is_back: bool = False


class _Density:
    """How many a second of each thing, over about the last second."""

    def __init__(self) -> None:
        self._counts: dict[Hashable, tuple[float, float]] = {}

    def count(self, thing: Hashable, now: float) -> None:
        """One more."""
        self._counts[thing] = self.of(thing, now) + 1.0, now

    def of(self, thing: Hashable, now: float) -> float:
        """A second now."""
        count, at = self._counts.get(thing, (0.0, now))
        return count * exp(at - now)

    def greatest(self, now: float) -> float:
        """Of the thing that there is most of."""
        return max((self.of(thing, now) for thing in self._counts), default=0.0)


def _share(rate: float, before: int) -> int:
    """Every how manieth message is shown: 1, 2, 5, 10 ...; goes down only when the traffic is clearly less."""
    wanted = 1
    steps = cycle((2.0, 2.5, 2.0))
    while rate / wanted > AT_MOST:
        wanted = round(wanted * next(steps))
    return before if wanted < before and rate / before > AT_MOST / 4 else wanted


def travel(length: float, speed: float) -> float:
    """Seconds that a dot takes for a line of so many pixels; less at high speed, more in slow motion."""
    usual = min(LONGEST, SHORTEST + max(0.0, length - 100.0) / 1500.0)
    pace = 1.0 + 0.35 * log10(min(max(speed, 0.1), 100.0)) if speed != inf else 1.7
    return usual / max(0.6, pace)


def _lot(message: int, use: int) -> float:
    """A number from 0 to 1 that looks drawn by lot but is always the same for a message and a use (an integer hash)."""
    value = ((message + 1) * 2654435761 + use * 2246822519) & 0xFFFFFFFF
    value = (value ^ value >> 15) * 2246822519 & 0xFFFFFFFF
    return (value ^ value >> 13) / 0x100000000
