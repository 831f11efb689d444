"""A message translator: takes from one queue, changes the format, publishes, and only then acknowledges what it took.

What it publishes is mandatory and confirmed. Confirmed: the original is acknowledged. Refused by a full queue: it is published
again a moment later. Returned, or not to be translated at all: the original goes to the invalid-message queue as it came, or where
there is none (or it is not there) is rejected. So nothing is lost, and a lost connection may translate something twice.
"""

from __future__ import annotations

from collections import deque

import msgspec
from msgspec import Struct

from mqviz.engine.channel import Channel
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError
from mqviz.model.amqp import Properties
from mqviz.model.distributions import Distribution
from mqviz.model.result import TranslatorResult
from mqviz.model.scenario import TranslatorSpec
from mqviz.model.snapshot import ClientState
from mqviz.sim.chance import draws, stream
from mqviz.sim.client import Client
from mqviz.sim.condition import Condition
from mqviz.sim.formats import InvalidMessageError
from mqviz.sim.rules import translate
from mqviz.sim.workers import Job, Workers
from mqviz.sim.world import World

RECONNECT = 1.0
"""Seconds until a translator connects again."""

AGAIN = 0.1
"""Seconds until it publishes again what a full queue refused."""


class Translated(Struct, eq=False):
    """What is published in place of a delivery; `is_valid` where it could be translated."""

    tag: int
    copy: Copy
    exchange: str
    routing_key: str
    body: bytes
    properties: Properties
    is_valid: bool


class Translator(Client):
    """The only member of a translator."""

    kind = "translator"

    def __init__(self, world: World, spec: TranslatorSpec, name: str) -> None:
        super().__init__(world, name, spec.name, RECONNECT)
        self.spec = spec
        self.tag = ""
        self.workers = Workers(world.scheduler, 1, self._finish)
        self._buffer: deque[tuple[int, Copy]] = deque()
        self._unconfirmed: dict[int, Translated] = {}
        self._returned = False
        self._sequence = self._under_way = self._life = self._held = 0
        self._luck = stream(world.seed, name, "service")
        self._wait = world.measures.of("wait", spec.queue)
        self.taken = self.translated = self.invalid = 0
        self.before = self.after = self.format_out = ""
        self.format_in = next((rule.format for rule in spec.rules if rule.do == "parse" and rule.format), "json" if spec.rules else "")
        self.set_service(spec.service)

    def set_service(self, service: Distribution) -> None:
        """Another time that a translation takes, from now on."""
        self.service = service
        self._draw = draws(service, self._luck)

    # -- taking -------------------------------------------------------------------------------------------

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver."""
        self._under_way += 1
        if self._link.direct:
            self._receive((delivery_tag, copy))
        else:
            self._link.down.send(self._receive, (delivery_tag, copy))

    def _receive(self, delivery: tuple[int, Copy]) -> None:
        self._under_way -= 1
        self._held += 1
        self.taken += 1
        self._buffer.append(delivery)
        self._go_on()

    def _go_on(self) -> None:
        if self._buffer and self.workers.has_free:
            tag, copy = self._buffer.popleft()
            self.workers.begin(tag, copy, self._draw() * self.workers.slow)

    def _finish(self, job: Job) -> None:
        if self.workers.end(job):
            self._publish(self._translate(job[0], job[1]))
            self._go_on()

    def _translate(self, tag: int, copy: Copy) -> Translated:
        message, spec = copy.message, self.spec
        try:
            draft = translate(message.body, spec.rules)
        except InvalidMessageError:
            return self._original(tag, copy)
        self.before, self.after = message.body.decode(errors="replace"), draft.body.decode(errors="replace")
        self.format_out = draft.format
        content_type = draft.content_type or message.properties.content_type
        properties = msgspec.structs.replace(message.properties, content_type=content_type, app_id=self.name)
        return Translated(tag, copy, spec.exchange, spec.routing_key or message.routing_key, draft.body, properties, True)

    def _original(self, tag: int, copy: Copy) -> Translated:
        """What goes to the invalid-message queue: the message as it came."""
        message = copy.message
        properties = msgspec.structs.replace(message.properties, app_id=self.name)
        return Translated(tag, copy, "", self.spec.invalid_queue or "", message.body, properties, False)

    # -- publishing ---------------------------------------------------------------------------------------

    def _publish(self, made: Translated) -> None:
        if not made.is_valid and self.spec.invalid_queue is None:
            self._reject(made)
            return
        self._sequence += 1
        self._unconfirmed[self._sequence] = made
        self.sent += 1
        self._under_way_up += 1
        self._send(self._reach_broker, made)

    def _reach_broker(self, made: Translated) -> None:
        message = made.copy.message
        self._under_way_up -= 1
        assert self._channel is not None
        try:
            self._channel.publish(
                made.exchange,
                made.routing_key,
                made.body,
                made.properties,
                mandatory=True,
                size=len(made.body) or message.size,
                arrival=message.arrival,
                origin=message.origin,
            )
        except AmqpError as error:
            self.lost_in_transit += 1
            self.world.note_error(self.node, error)
            self._disconnected()

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """basic.return; the confirm of the same message follows."""
        self._returned = True

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """basic.ack or basic.nack of a publish: the original can be settled now, but not from inside the broker."""
        heard = (self._life, delivery_tag, ack, self._returned)
        self._returned = False
        if self._link.direct:
            self._scheduler.call_at(self._scheduler.now, self._hear, heard)
        else:
            self._link.down.send(self._hear, heard)

    def _hear(self, heard: tuple[int, int, bool, bool]) -> None:
        life, sequence, ack, returned = heard
        if life != self._life:
            return
        made = self._unconfirmed.pop(sequence)
        if not ack:
            self._scheduler.call_in(AGAIN, self._publish_again, (life, made))
        elif not returned:
            self._settle(made)
        elif made.is_valid:
            self._publish(self._original(made.tag, made.copy))
        else:
            self._reject(made)

    def _publish_again(self, refused: tuple[int, Translated]) -> None:
        if refused[0] == self._life:
            self._publish(refused[1])

    # -- settling -----------------------------------------------------------------------------------------

    def _settle(self, made: Translated) -> None:
        self._count(made)
        self._send(self._ack, made.tag)

    def _reject(self, made: Translated) -> None:
        made.is_valid = False
        self._count(made)
        self._send(self._refuse, made.tag)

    def _count(self, made: Translated) -> None:
        self.translated += made.is_valid
        self.invalid += not made.is_valid
        self._held -= 1
        self._wait.add(made.copy.delivered - made.copy.entered)

    def _ack(self, tag: int) -> None:
        if self._channel is not None:
            self._channel.ack(tag)
        self._leave_if_done()

    def _refuse(self, tag: int) -> None:
        if self._channel is not None:
            self._channel.reject(tag, requeue=False)
        self._leave_if_done()

    # -- coming and going ---------------------------------------------------------------------------------

    def _open(self, channel: Channel) -> None:
        topology = self.world.topology
        topology.declare_queue(channel, self.spec.queue)
        topology.declare_exchange(channel, self.spec.exchange)
        channel.confirm_select()
        self._subscribe(channel)

    def _subscribe(self, channel: Channel) -> None:
        channel.qos(self.spec.prefetch)
        self.tag = channel.consume(self.spec.queue, f"{self.name}-{self._life}")

    def _leave(self) -> None:
        self._send(self._unsubscribe, None)
        self._leave_if_done()

    def _unsubscribe(self, _: object) -> None:
        if self._channel is not None and self.tag:
            self._channel.cancel(self.tag)
        self.tag = ""
        self._leave_if_done()

    def _leave_if_done(self) -> None:
        if self._leaving and not self.tag and not self._held and not self._under_way and not self._link.up.items:
            self._left()

    def _stay(self) -> None:
        if self._channel is not None and not self.tag:
            self._renew(self._channel)

    def _renew(self, channel: Channel) -> None:
        try:
            self._subscribe(channel)
        except AmqpError as error:
            self.world.note_error(self.node, error)
            self._disconnected()

    def _lose(self) -> None:
        """Everything taken and not settled goes back to its queue."""
        self.workers.drop()
        self._life += 1
        self.taken -= self._held
        self._held = self._under_way = self._sequence = 0
        self._buffer.clear()
        self._unconfirmed.clear()
        self.tag = ""

    def _adjusted(self, before: Condition) -> None:
        self.workers.slow = self.condition.slow
        if self.condition.hanging:
            self.workers.freeze()
        else:
            self.workers.thaw()
            self._go_on()

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """The queue is gone: connect anew, as far as there is a queue again."""
        super().consumer_cancelled(channel, consumer_tag)
        self._disconnected()

    # -- figures ------------------------------------------------------------------------------------------

    @property
    def is_done(self) -> bool:
        """Whether it has nothing in hand."""
        return not self._held and not self._under_way

    def _own_state(self) -> ClientState:
        if self.condition.slow > 1.0:
            return ClientState.SLOW
        return ClientState.RUNNING if self._held else ClientState.IDLE

    def result(self) -> TranslatorResult:
        """What it took and what became of it."""
        return TranslatorResult(taken=self.taken, translated=self.translated, invalid=self.invalid)
