"""A channel on the real broker, behind the verbs that the simulator's clients know.

What the broker tells (deliveries, confirms, returns) is counted on the shadow of its topology that this process keeps; where
a message is routed is foretold by it, and told true or not by the depths that the broker itself reports.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pika

from mqviz.backends.loadgen.naming import from_pika, to_pika
from mqviz.backends.loadgen.stamps import Stamp, read, written
from mqviz.engine.channel import Channel
from mqviz.engine.consumer import Consumer
from mqviz.engine.message import Copy, Message
from mqviz.engine.queue import Queue
from mqviz.engine.routing import NO_HEADERS
from mqviz.errors import AmqpError
from mqviz.model.amqp import NO_PROPERTIES, Arguments, DeadReason, Properties
from mqviz.sim.requests import REPLY_TO

if TYPE_CHECKING:
    from mqviz.backends.loadgen.connection import RealConnection

Published = tuple[Message, tuple[Queue, ...]]


class RealChannel(Channel):
    """One channel. `awaiting`: what was published and is not confirmed, by its number on the channel."""

    __slots__ = ("_cancelled", "_line", "_real", "_returned", "awaiting", "published")

    def __init__(self, connection: RealConnection, number: int) -> None:
        super().__init__(connection, number)
        self._line = connection
        self._real: Any = None
        self._cancelled: dict[str, Consumer] = {}
        self._returned: dict[int, tuple[int, str]] = {}
        self.awaiting: dict[int, Published] = {}
        self.published = 0
        self.unusual = True  # so that no lane leads past `publish`
        connection.later(self._begin)

    def _begin(self, real: Any) -> None:
        self._real = real
        real.add_on_return_callback(self._on_return)
        real.add_on_cancel_callback(self._on_cancel)

    def _later(self, action: Callable[[Any], None]) -> None:
        self._line.later(action)

    # -- the topology, as far as one client brings it with it -------------------------------------------

    def declare_exchange(
        self,
        name: str,
        type: str = "direct",
        *,
        passive: bool = False,
        durable: bool = False,
        auto_delete: bool = False,
        internal: bool = False,
        arguments: Arguments | None = None,
    ) -> None:
        """exchange.declare."""
        flags = {"durable": durable, "auto_delete": auto_delete, "internal": internal}
        super().declare_exchange(name, type, passive=passive, arguments=arguments, **flags)
        names, given = self._line.real_broker.naming, dict(arguments or {})
        self._later(lambda real: real.exchange_declare(names.exchange(name), type, arguments=names.arguments(given), **flags))

    def declare_queue(
        self,
        name: str = "",
        *,
        passive: bool = False,
        durable: bool = False,
        exclusive: bool = False,
        auto_delete: bool = False,
        arguments: Arguments | None = None,
    ) -> Any:
        """queue.declare."""
        done = super().declare_queue(
            name, passive=passive, durable=durable, exclusive=exclusive, auto_delete=auto_delete, arguments=arguments
        )
        names, given = self._line.real_broker.naming, dict(arguments or {})
        self._later(
            lambda real: real.queue_declare(
                names.queue(name), durable=durable, exclusive=exclusive, auto_delete=auto_delete, arguments=names.arguments(given)
            )
        )
        return done

    def bind(self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        """queue.bind."""
        super().bind(queue, exchange, routing_key, arguments)
        names, given = self._line.real_broker.naming, dict(arguments or {})
        self._later(lambda real: real.queue_bind(names.queue(queue), names.exchange(exchange), routing_key, given))

    # -- publishing -------------------------------------------------------------------------------------

    def confirm_select(self) -> None:
        """confirm.select."""
        super().confirm_select()
        self._later(lambda real: real.confirm_delivery(self._on_confirm))

    def publish(
        self,
        exchange: str,
        routing_key: str,
        body: bytes = b"",
        properties: Properties = NO_PROPERTIES,
        *,
        mandatory: bool = False,
        immediate: bool = False,
        size: int | None = None,
        arrival: float | None = None,
        origin: object = None,
    ) -> None:
        """basic.publish; a body that is only simulated is sent as so many zeros."""
        broker = self._line.real_broker
        time = broker.time
        stamp = Stamp(broker.next_number(), time.due if arrival is None else arrival, time.now)
        sent = body or bytes(size or 0)
        message = Message(exchange, routing_key, properties, body, len(sent), stamp.number, stamp.arrival, origin)
        if origin is not None:
            broker.origins[stamp.number] = origin
        queues = self._foretell(message, mandatory)
        self.published += 1
        if self.confirming:
            self.awaiting[self.published] = (message, queues)
        names, real_properties = broker.naming, to_pika(properties, written(stamp))
        key = names.key(exchange, routing_key)
        self._line.send(lambda real: real.basic_publish(names.exchange(exchange), key, sent, real_properties, mandatory))

    def _foretell(self, message: Message, mandatory: bool) -> tuple[Queue, ...]:
        """The queues that it should enter, counted."""
        broker, exchange = self._line.real_broker, message.exchange
        if not exchange and message.routing_key.startswith(REPLY_TO):
            broker.note_reply()
            return ()
        source = broker.exchanges.get(exchange)
        if source is None:
            return ()
        keys, headers = (message.routing_key,), message.properties.headers or NO_HEADERS
        queues = broker.topology.route(source, keys, headers).queues
        broker.note_publish(message, source, queues, mandatory=mandatory, confirming=self.confirming)
        return queues

    def _on_confirm(self, frame: Any) -> None:
        """basic.ack or basic.nack: told one by one, a return right before the confirm of its message."""
        if not self.is_open:
            return
        broker, method = self._line.real_broker, frame.method
        ack = isinstance(method, pika.spec.Basic.Ack)
        broker.time.touch()
        tags = [method.delivery_tag]
        if method.multiple:
            tags = [tag for tag in self.awaiting if method.delivery_tag == 0 or tag <= method.delivery_tag]
        for tag in tags:
            message, queues = self.awaiting.pop(tag)
            told = self._returned.pop(message.number, None)
            if told is not None:
                self.sink.returned(self, *told, message)
            broker.note_confirm(message, queues, ack)
            self.sink.confirmed(self, tag, False, ack)

    def _on_return(self, _: Any, method: Any, properties: Any, body: bytes) -> None:
        if not self.is_open:
            return
        broker = self._line.real_broker
        broker.time.touch()
        message = self._message(method.exchange, method.routing_key, properties, body)
        broker.note_return(message)
        if self.confirming:
            self._returned[message.number] = (method.reply_code, method.reply_text)
        else:
            self.sink.returned(self, method.reply_code, method.reply_text, message)

    def _message(self, exchange: str, routing_key: str, properties: pika.BasicProperties, body: bytes) -> Message:
        broker, stamp = self._line.real_broker, read(properties.message_id)
        names, now = broker.naming, broker.time.now
        own = names.own_exchange(exchange)
        number, arrival = (0, now) if stamp is None else (stamp.number, stamp.arrival)
        told = b"" if body[:1] == b"\0" else body
        key = names.own_key(own, routing_key)
        return Message(own, key, from_pika(properties), told, len(body), number, arrival, broker.origins.get(number))

    # -- receiving --------------------------------------------------------------------------------------

    def qos(self, prefetch_count: int, global_: bool = False, prefetch_size: int = 0) -> None:
        """basic.qos."""
        super().qos(prefetch_count, global_, prefetch_size)
        self._later(lambda real: real.basic_qos(prefetch_count=prefetch_count, global_qos=global_))

    def consume(
        self,
        queue: str = "",
        consumer_tag: str = "",
        *,
        no_local: bool = False,
        no_ack: bool = False,
        exclusive: bool = False,
        arguments: Arguments | None = None,
    ) -> str:
        """basic.consume."""
        tag = super().consume(queue, consumer_tag, no_ack=no_ack, exclusive=exclusive, arguments=arguments)
        name, given = self._line.real_broker.naming.queue(queue), dict(arguments or {})
        self._later(lambda real: real.basic_consume(name, self._on_deliver, no_ack, exclusive, consumer_tag=tag, arguments=given))
        return tag

    def cancel(self, consumer_tag: str) -> None:
        """basic.cancel."""
        consumer = self.consumers.get(consumer_tag)
        super().cancel(consumer_tag)
        if consumer is not None:
            self._cancelled[consumer_tag] = consumer
        self._later(lambda real: real.basic_cancel(consumer_tag))

    def _on_cancel(self, frame: Any) -> None:
        """basic.cancel by the broker: the queue is gone."""
        tag = frame.method.consumer_tag
        if self.is_open and tag in self.consumers:
            super().cancel(tag)
            self.sink.consumer_cancelled(self, tag)

    def _on_deliver(self, _: Any, method: Any, properties: pika.BasicProperties, body: bytes) -> None:
        if not self.is_open:
            return
        broker = self._line.real_broker
        broker.time.touch()
        now, tag = broker.time.now, method.consumer_tag
        message = self._message(method.exchange, method.routing_key, properties, body)
        stamp = read(properties.message_id)
        consumer = self.consumers.get(tag) or self._cancelled.get(tag)
        queue = broker.replies.queue if consumer is None else consumer.queue
        entered = now if stamp is None else stamp.published
        copy = Copy(message, queue, 0, entered, redelivered=method.redelivered, consumer=consumer, delivered=now)
        no_ack = consumer is None or consumer.no_ack
        if not no_ack:
            self.unacked[method.delivery_tag] = copy
        broker.note_delivery(copy, no_ack)
        self.sink.deliver(self, tag, method.delivery_tag, method.redelivered, copy)

    # -- settling ---------------------------------------------------------------------------------------

    def ack(self, tag: int, multiple: bool = False) -> None:
        """basic.ack."""
        for copy in self._taken_up_to(tag, multiple):
            self._line.real_broker.note_ack(copy)
        self._later(lambda real: real.basic_ack(tag, multiple))

    def ack_and_take(self, tag: int) -> Copy | None:
        """basic.ack; what the broker sends next comes when it comes."""
        self.ack(tag)
        return None

    def nack(self, tag: int, multiple: bool = False, requeue: bool = True) -> None:
        """basic.nack."""
        for copy in self._taken_up_to(tag, multiple):
            self._gave_up(copy, requeue)
        self._later(lambda real: real.basic_nack(tag, multiple, requeue))

    def reject(self, tag: int, requeue: bool = True) -> None:
        """basic.reject."""
        for copy in self._taken_up_to(tag, False):
            self._gave_up(copy, requeue)
        self._later(lambda real: real.basic_reject(tag, requeue))

    def _taken_up_to(self, tag: int, multiple: bool) -> list[Copy]:
        tags = [each for each in self.unacked if each <= tag] if multiple else [tag]
        return [copy for each in tags if (copy := self.unacked.pop(each, None)) is not None]

    def _gave_up(self, copy: Copy, requeue: bool) -> None:
        broker = self._line.real_broker
        if requeue:
            broker.note_requeue(copy)
        else:
            broker.note_discard(copy, DeadReason.REJECTED)

    # -- the end ----------------------------------------------------------------------------------------

    def lost(self, error: AmqpError) -> None:
        """The broker closed it."""
        if self.is_open:
            self.close()
            self.sink.channel_closed(self, error)

    def close(self) -> None:
        """What is unacknowledged goes back to its queue, at the broker; here it is only counted."""
        if not self.is_open:
            return
        broker = self._line.real_broker
        for copy in self.unacked.values():
            broker.note_requeue(copy)
        self.unacked.clear()
        super().close()
