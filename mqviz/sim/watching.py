"""Watches the messages move, for the animation: a bounded, fair sample of what happens on each edge of the picture.

The sample is one of messages, so that whoever is seen entering is seen leaving: a lot drawn from its number says whether a message
is shown, and when too many are, only every second, fourth ... is from then on. The first steps of each edge are always kept, so a
quiet edge is not lost beside a busy one. Weights say for how many steps an event stands. Nothing here is ever asked by the
simulation: watched or not, a run is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from mqviz.clock import Scheduler
from mqviz.engine.consumer import Consumer
from mqviz.engine.message import Copy, Message
from mqviz.engine.queue import Queue
from mqviz.model.amqp import MessageKind
from mqviz.model.snapshot import Event, EventKind

MOST_EVENTS = 600
"""Events in one drain."""

_ALWAYS = 4
_KINDS: dict[str | None, MessageKind] = {kind.value: kind for kind in MessageKind}


class Publisher(Protocol):
    """Whose message it is, where its origin has an owner."""

    def published(self, exchange: str, routing_key: str) -> str:
        """It published a message; its node in the picture."""


@dataclass(slots=True)
class _Edge:
    """One kind of step between two nodes since the last drain: how many, and which are kept."""

    steps: int = 0
    kept: list[tuple[int, Event]] = field(default_factory=list)


class Watch:
    """The tap on a broker, and what clients tell of themselves. `node_of`: ids of nodes by names of clients."""

    def __init__(self, scheduler: Scheduler, node_of: dict[str, str]) -> None:
        self._scheduler = scheduler
        self._node_of = node_of
        self._edges: dict[tuple[EventKind, str, str], _Edge] = {}
        self._kept = 0
        self._serial = 0
        self._share = 1.0
        self._newest = 0

    # -- what is seen -----------------------------------------------------------------------------------

    def routed(self, message: Message, exchange: str, queue: Queue) -> None:
        """A copy entered a queue."""
        if message.number != self._newest:
            self._published(message, exchange)
        self._step(EventKind.ROUTE, f"exchange:{exchange}", f"queue:{queue.name}", message, message.routing_key)

    def _published(self, message: Message, exchange: str) -> None:
        """Its first step tells of its publishing, unless it is a dead letter, which nobody published."""
        headers = message.properties.headers
        if message.number > self._newest and not (headers and "x-death" in headers):
            self._newest = message.number
            source = self._source(message, exchange)
            self._step(EventKind.PUBLISH, source, f"exchange:{exchange}", message, message.routing_key)

    def _source(self, message: Message, exchange: str) -> str:
        """Who published it: an external client, who is told so, or the client of the file that wrote its name on it."""
        owner: Publisher | None = getattr(message.origin, "owner", None)
        if owner is not None:
            return owner.published(exchange, message.routing_key)
        return self._node_of.get(message.properties.app_id or "", "")

    def delivered(self, copy: Copy, queue: Queue, consumer: Consumer | None, redelivered: bool) -> None:
        """A copy went to a consumer."""
        if consumer is not None:
            self._step(EventKind.DELIVER, f"queue:{queue.name}", self._node(consumer), copy.message, redelivered=redelivered)

    def settled(self, copy: Copy, queue: Queue) -> None:
        """A copy was acknowledged."""
        consumer = copy.consumer
        if consumer is not None and not consumer.no_ack:
            self._step(EventKind.ACK, self._node(consumer), f"queue:{queue.name}", copy.message, redelivered=copy.redelivered)

    def requeued(self, copy: Copy, queue: Queue) -> None:
        """A copy went back to its queue."""
        source = self._node(copy.consumer) if copy.consumer is not None else ""
        self._step(EventKind.REQUEUE, source, f"queue:{queue.name}", copy.message, redelivered=True)

    def dead_lettered(self, copy: Copy, queue: Queue, exchange: str, reason: str) -> None:
        """A copy left its queue for a dead-letter exchange."""
        message = copy.message
        via = queue.limits.dead_letter_routing_key or message.routing_key
        self._step(EventKind.DEAD_LETTER, f"queue:{queue.name}", f"exchange:{exchange}", message, via, reason=str(reason))

    def dropped(self, copy: Copy, queue: Queue) -> None:
        """A copy gave way because its queue was too long."""
        self._step(EventKind.DROP, f"queue:{queue.name}", "", copy.message, reason="maxlen")

    def expired(self, copy: Copy, queue: Queue) -> None:
        """A copy was too old."""
        self._step(EventKind.EXPIRE, f"queue:{queue.name}", "", copy.message)

    def rejected(self, copy: Copy, queue: Queue) -> None:
        """A copy was rejected without requeue, or delivered too often."""
        self._step(EventKind.REJECT, f"queue:{queue.name}", "", copy.message)

    def purged(self, copy: Copy, queue: Queue) -> None:
        """A copy was purged, or went with its queue."""
        self._step(EventKind.DROP, f"queue:{queue.name}", "", copy.message, reason="purged")

    def lost(self, copy: Copy, queue: Queue) -> None:
        """A copy did not outlive the broker."""
        self._step(EventKind.LOST, f"queue:{queue.name}", "", copy.message)

    def refused(self, message: Message, queue: Queue) -> None:
        """A full queue did not take a message."""
        if message.number != self._newest:
            self._published(message, message.exchange)
        self._step(EventKind.REFUSE, f"exchange:{message.exchange}", f"queue:{queue.name}", message, message.routing_key)

    def returned(self, message: Message, exchange: str) -> None:
        """A mandatory message reached no queue."""
        self._published(message, exchange)
        source = self._node_of.get(message.properties.app_id or "", "")
        self._step(EventKind.RETURN, f"exchange:{exchange}", source, message, message.routing_key)

    def direct_reply(self, message: Message) -> None:
        """A direct reply: clients of the file tell of theirs by `replied`, an external client is told so."""
        if getattr(message.origin, "owner", None) is not None:
            self._published(message, "")

    def unroutable(self, message: Message, exchange: str) -> None:
        """A message reached no queue and is gone."""
        self._published(message, exchange)
        self._step(EventKind.UNROUTABLE, f"exchange:{exchange}", "", message, message.routing_key)

    def called(self, caller: str, service: str, kind: MessageKind) -> None:
        """A direct call."""
        self._speak(EventKind.CALL, caller, service, kind)

    def answered(self, service: str, caller: str, is_good: bool) -> None:
        """The answer to a direct call."""
        kind = MessageKind.RESPONSE if is_good else MessageKind.ERROR
        self._speak(EventKind.ANSWER, service, caller, kind)

    def replied(self, consumer: str, producer: str, kind: MessageKind) -> None:
        """A reply went from a consumer to the producer of that name."""
        self._speak(EventKind.REPLY, consumer, self._node_of.get(producer, ""), kind)

    def _node(self, consumer: Consumer) -> str:
        name = consumer.channel.connection.name
        return self._node_of.get(name, f"consumer:{name}")

    # -- the sample -------------------------------------------------------------------------------------

    def _step(
        self, kind: EventKind, source: str, target: str, message: Message, via: str = "", redelivered: bool = False, reason: str = ""
    ) -> None:
        edge = self._edge(kind, source, target)
        if edge.steps > _ALWAYS and _lot(message.number) >= self._share:
            return
        shown = _KINDS.get(message.properties.type, MessageKind.EVENT)
        self._keep(
            edge,
            Event(
                time=self._scheduler.now,
                kind=kind,
                source=source,
                target=target,
                message=message.number,
                via=via,
                redelivered=redelivered,
                kind_of_message=shown,
                priority=message.priority,
                reason=reason,
            ),
        )

    def _speak(self, kind: EventKind, source: str, target: str, kind_of_message: MessageKind) -> None:
        """A step of what has no number: chosen by its place on the edge."""
        edge = self._edge(kind, source, target)
        if edge.steps > _ALWAYS and _lot(edge.steps) >= self._share:
            return
        now = self._scheduler.now
        self._keep(edge, Event(time=now, kind=kind, source=source, target=target, message=edge.steps, kind_of_message=kind_of_message))

    def _edge(self, kind: EventKind, source: str, target: str) -> _Edge:
        key = (kind, source, target)
        edge = self._edges.get(key)
        if edge is None:
            edge = self._edges[key] = _Edge()
        edge.steps += 1
        return edge

    def _keep(self, edge: _Edge, event: Event) -> None:
        self._serial += 1
        edge.kept.append((self._serial, event))
        self._kept += 1
        if self._kept > MOST_EVENTS:
            self._thin()

    def _thin(self) -> None:
        """Show half as many messages from now on, and of what was kept."""
        self._share /= 2.0
        for edge in self._edges.values():
            always, others = edge.kept[:_ALWAYS], edge.kept[_ALWAYS:]
            edge.kept = always + [each for each in others if _lot(each[1].message) < self._share]
        self._kept = sum(len(edge.kept) for edge in self._edges.values())

    def drain(self) -> tuple[Event, ...]:
        """What was kept since the last drain, in the order in which it happened."""
        found = [(serial, _weighed(event, edge)) for edge in self._edges.values() for serial, event in edge.kept]
        found.sort(key=_serial)
        if self._kept < MOST_EVENTS // 4:
            self._share = min(1.0, self._share * 2.0)
        self._edges.clear()
        self._kept = 0
        stride = -(-len(found) // MOST_EVENTS) or 1
        return tuple(event for _, event in found[::stride])


def _serial(kept: tuple[int, Event]) -> int:
    return kept[0]


def _weighed(event: Event, edge: _Edge) -> Event:
    weight = round(edge.steps / len(edge.kept))
    return event if weight == 1 else msgspec.structs.replace(event, weight=weight)


def _lot(number: int) -> float:
    """A number from 0 to 1 that looks drawn by lot but is always the same for a message (an integer hash)."""
    value = (number * 2654435761) & 0xFFFFFFFF
    return (value ^ value >> 15) / 0x100000000
