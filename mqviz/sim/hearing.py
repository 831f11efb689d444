"""Listening to one simulated client: what it calls and what it is told become what two AMQP peers would say to each other.

An ear notes names and values; how they look as bytes is not its business. It hears at the broker's end of the network, changes
nothing that happens, and takes part only in the conversation that somebody listens to.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import Signature, signature
from typing import Any, cast

from msgspec import Struct

from mqviz.clock import Scheduler
from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.engine.lane import Lane
from mqviz.engine.message import Copy, Message
from mqviz.engine.sink import Sink
from mqviz.errors import AmqpError
from mqviz.model.amqp import Properties

MOST_SAID = 24
"""Sayings that are kept between two drains: more passes in a frame of the window than anybody reads."""

HEARTBEAT = 30.0
"""Seconds of silence after which a peer says that it is there: half of the agreed timeout, as RabbitMQ and its clients do."""

CONNECT, LOST = "connect", "lost"
"""Sayings that are no method: the whole handshake up to channel.open, and the end of the network."""

Fields = dict[str, Any]
_Answer = Callable[[Any, Fields], Fields]


class Content(Struct, frozen=True):
    """What a message is like; where the body is only simulated, `size` is larger than it."""

    properties: Properties
    body: bytes
    size: int


class Said(Struct, frozen=True):
    """A method with its fields (those that are missing are 0 or empty), and the content it carries; or one of the words above."""

    time: float
    to_broker: bool
    method: str
    fields: Fields = {}
    content: Content | None = None
    recalled: bool = False


class Ear:
    """Hears one conversation on channel 1. `name`: what the client calls its connection."""

    def __init__(self, scheduler: Scheduler, name: str) -> None:
        self.name = name
        self._scheduler = scheduler
        self._kept: list[Said] = []
        self._left_out = 0
        self._is_open = False
        self._latest = {True: 0.0, False: 0.0}

    def drain(self) -> tuple[list[Said], int]:
        """What was said since the last call, up to a limit, and how many sayings more there were."""
        self._beat()
        kept, self._kept = self._kept, []
        left_out, self._left_out = self._left_out, 0
        return kept, left_out

    def say(self, to_broker: bool, method: str, fields: Fields | None = None, content: Content | None = None) -> None:
        """One of the two says something now."""
        self._beat()
        self._latest[to_broker] = now = self._scheduler.now
        self._keep(Said(now, to_broker, method, fields or {}, content))

    def place(self) -> int:
        """Where the next saying will stand, for `insert`."""
        return len(self._kept)

    def insert(self, place: int, method: str, fields: Fields) -> None:
        """An answer of the broker that stands before what came of the question: consume-ok before the first delivery."""
        if place < MOST_SAID:
            self._kept.insert(place, Said(self._scheduler.now, False, method, fields))
        else:
            self._left_out += 1

    def _keep(self, said: Said) -> None:
        if len(self._kept) < MOST_SAID:
            self._kept.append(said)
        else:
            self._left_out += 1

    def _beat(self) -> None:
        """The heartbeats that were due since something was said: nobody has to wake up for them."""
        if not self._is_open:
            return
        while True:
            to_broker, latest = min(self._latest.items(), key=_moment)
            if latest + HEARTBEAT > self._scheduler.now:
                return
            self._latest[to_broker] = latest + HEARTBEAT
            self._keep(Said(latest + HEARTBEAT, to_broker, "heartbeat"))

    # -- the connection -----------------------------------------------------------------------------

    def connected(self, since: float) -> None:
        """The client has connected, now or a while ago."""
        self._is_open = True
        self._latest = dict.fromkeys(self._latest, self._scheduler.now)
        self._keep(Said(since, True, CONNECT, {"name": self.name}, recalled=since < self._scheduler.now))

    def recall(self, channel: Channel, since: float) -> None:
        """What must have been said before anybody listened, told from the state of the channel."""
        self.connected(since)
        if channel.confirming:
            self._recall(since, "confirm.select", {})
        for consumer in channel.consumers.values():
            self._recall(since, "basic.qos", {"prefetch_count": consumer.prefetch_count})
            flags = {"no_ack": consumer.no_ack, "exclusive": consumer.exclusive, "arguments": consumer.arguments}
            asked = {"queue": consumer.queue.name, "consumer_tag": consumer.tag, **flags}
            self._recall(since, "basic.consume", asked, {"consumer_tag": consumer.tag})

    def _recall(self, since: float, method: str, asked: Fields, answered: Fields | None = None) -> None:
        self._keep(Said(since, True, method, asked, recalled=True))
        self._keep(Said(since, False, f"{method}-ok", answered or {}, recalled=True))

    def ended(self, connection: Connection | None, *, orderly: bool) -> None:
        """The client goes: in good order, or the network or its process is gone. (After the broker's own close it has gone already.)"""
        if not self._is_open:
            return
        if not orderly:
            self.say(True, LOST)
        elif connection is not None and connection.is_open:
            self.say(True, "connection.close", {"reply_code": 200, "reply_text": "Normal shutdown"})
            self.say(False, "connection.close-ok")
        self._is_open = False

    def failed(self, error: AmqpError, *, whole: bool) -> None:
        """The broker closes the channel, or the whole connection."""
        what = "connection" if whole else "channel"
        ids = {"class_id": error.class_id, "method_id": error.method_id}
        self.say(False, f"{what}.close", {"reply_code": int(error.code), "reply_text": error.text, **ids})
        self.say(True, f"{what}.close-ok")

    def channel(self, channel: Channel) -> Channel:
        """The same channel, of which every call is heard."""
        return cast(Channel, _HeardChannel(channel, self))


class _HeardChannel:
    """Writes down what is called, then calls it. Whatever is no verb is the channel's own. There is no short way past the ear."""

    unusual = True

    def __init__(self, channel: Channel, ear: Ear) -> None:
        self._channel = channel
        self._ear = ear

    def lane(self, exchange: str, routing_key: str, properties: Properties, *, size: int) -> Lane:
        """One that comes back here with every message."""
        return Lane(cast(Channel, self), exchange, routing_key, properties, size)

    def ack_and_take(self, tag: int) -> None:
        """basic.ack; what is delivered for it is heard as any other delivery."""
        self.ack(tag)

    def __getattr__(self, name: str) -> Any:
        found, spoken = getattr(self._channel, name), _VERBS.get(name)
        if spoken is None:
            return found
        call = self._call

        def heard(*args: Any, **kwargs: Any) -> Any:
            return call(spoken, found, args, kwargs)

        return heard

    def _call(self, spoken: _Spoken, verb: Callable[..., Any], args: tuple[Any, ...], kwargs: Fields) -> Any:
        ear, asked = self._ear, spoken.asked(args, kwargs)
        ear.say(True, spoken.method, asked, spoken.content(asked))
        place = ear.place()
        try:
            answer = verb(*args, **kwargs)
        except AmqpError as error:
            ear.failed(error, whole=error.closes_connection)
            raise
        if spoken.answered is not None:
            ear.insert(place, f"{spoken.method}-ok", spoken.answered(answer, asked))
        return answer


class _Spoken:
    """How a verb of the engine is said: its method, and those of its parameters that AMQP calls otherwise."""

    def __init__(self, verb: Callable[..., Any], method: str, answered: _Answer | None, **renamed: str) -> None:
        self.method = method
        self.answered = answered
        self._renamed = renamed
        found = signature(verb)
        self._signature = Signature(list(found.parameters.values())[1:])

    def asked(self, args: tuple[Any, ...], kwargs: Fields) -> Fields:
        """The fields, by the names of AMQP."""
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return {self._renamed.get(name, name): value for name, value in bound.arguments.items() if value is not None}

    def content(self, asked: Fields) -> Content | None:
        """What is published, if anything is."""
        if self.method != "basic.publish":
            return None
        return Content(asked["properties"], asked["body"], asked.get("size", len(asked["body"])))


def _moment(latest: tuple[bool, float]) -> float:
    return latest[1]


def _nothing(answer: Any, asked: Fields) -> Fields:
    return {}


def _the_tag(answer: Any, asked: Fields) -> Fields:
    return {"consumer_tag": answer or asked["consumer_tag"]}


def _the_count(answer: Any, asked: Fields) -> Fields:
    return {"message_count": answer}


def _the_queue(answer: Any, asked: Fields) -> Fields:
    return {"queue": answer.name, "message_count": answer.messages, "consumer_count": answer.consumers}


_TAG = {"tag": "delivery_tag"}
_VERBS = {
    "publish": _Spoken(Channel.publish, "basic.publish", None),
    "ack": _Spoken(Channel.ack, "basic.ack", None, **_TAG),
    "nack": _Spoken(Channel.nack, "basic.nack", None, **_TAG),
    "reject": _Spoken(Channel.reject, "basic.reject", None, **_TAG),
    "consume": _Spoken(Channel.consume, "basic.consume", _the_tag),
    "cancel": _Spoken(Channel.cancel, "basic.cancel", _the_tag),
    "qos": _Spoken(Channel.qos, "basic.qos", _nothing),
    "confirm_select": _Spoken(Channel.confirm_select, "confirm.select", _nothing),
    "declare_exchange": _Spoken(Channel.declare_exchange, "exchange.declare", _nothing, name="exchange", type="exchange_type"),
    "declare_queue": _Spoken(Channel.declare_queue, "queue.declare", _the_queue, name="queue"),
    "bind": _Spoken(Channel.bind, "queue.bind", _nothing),
    "bind_exchange": _Spoken(Channel.bind_exchange, "exchange.bind", _nothing),
    "purge": _Spoken(Channel.purge, "queue.purge", _the_count),
    "delete_queue": _Spoken(Channel.delete_queue, "queue.delete", _the_count, name="queue"),
}
"""The verbs that clients of a scenario call."""


class HeardSink:
    """Hears what the broker tells the client, then hands it on."""

    def __init__(self, client: Sink, ear: Ear) -> None:
        self._client = client
        self._ear = ear

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver."""
        message = copy.message
        where = {"exchange": message.exchange, "routing_key": message.routing_key}
        fields = {"consumer_tag": consumer_tag, "delivery_tag": delivery_tag, "redelivered": redelivered, **where}
        self._ear.say(False, "basic.deliver", fields, Content(copy.properties, message.body, message.size))
        self._client.deliver(channel, consumer_tag, delivery_tag, redelivered, copy)

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """basic.return."""
        where = {"exchange": message.exchange, "routing_key": message.routing_key}
        content = Content(message.properties, message.body, message.size)
        self._ear.say(False, "basic.return", {"reply_code": code, "reply_text": text, **where}, content)
        self._client.returned(channel, code, text, message)

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """basic.ack or basic.nack of a publish."""
        self._ear.say(False, "basic.ack" if ack else "basic.nack", {"delivery_tag": delivery_tag, "multiple": multiple})
        self._client.confirmed(channel, delivery_tag, multiple, ack)

    def committed(self, channel: Channel) -> None:
        """tx.commit-ok, after the store."""
        self._ear.say(False, "tx.commit-ok", {})
        self._client.committed(channel)

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """basic.cancel by the broker."""
        self._ear.say(False, "basic.cancel", {"consumer_tag": consumer_tag, "nowait": True})
        self._client.consumer_cancelled(channel, consumer_tag)

    def channel_closed(self, channel: Channel, error: AmqpError) -> None:
        """channel.close."""
        self._ear.failed(error, whole=False)
        self._client.channel_closed(channel, error)

    def blocked(self, connection: Connection, reason: str) -> None:
        """connection.blocked."""
        self._ear.say(False, "connection.blocked", {"reason": reason})
        self._client.blocked(connection, reason)

    def unblocked(self, connection: Connection) -> None:
        """connection.unblocked."""
        self._ear.say(False, "connection.unblocked")
        self._client.unblocked(connection)

    def flow(self, connection: Connection, active: bool) -> None:
        """TCP back-pressure: nothing is said."""
        self._client.flow(connection, active)

    def closed(self, connection: Connection, error: AmqpError) -> None:
        """connection.close."""
        self._ear.failed(error, whole=True)
        self._client.closed(connection, error)
