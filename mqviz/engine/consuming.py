"""The verbs that receive: consume, cancel, get, qos, flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mqviz.engine import declarations, leases
from mqviz.engine.arguments import check_consumer_arguments
from mqviz.engine.consumer import Consumer
from mqviz.engine.declaring import Declaring
from mqviz.engine.message import Copy
from mqviz.engine.properties import REPLY_TO
from mqviz.engine.refusals import access_refused, not_implemented, precondition_failed, refusal
from mqviz.engine.verb import verb
from mqviz.model.amqp import Arguments, Properties, ReplyCode

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue


class GetOk(NamedTuple):
    """basic.get-ok: the copy, and how many more are ready."""

    delivery_tag: int
    redelivered: bool
    copy: Copy
    messages: int

    @property
    def properties(self) -> Properties:
        """As they are sent: basic.get from a quorum queue tells also that a message did not come back before."""
        copy = self.copy
        if copy.queue.type != "quorum" or copy.delivery_count:
            return copy.properties
        headers = {**(copy.message.properties.headers or {}), "x-delivery-count": 0}
        return msgspec.structs.replace(copy.message.properties, headers=headers)


class Consuming(Declaring):
    """The part of a channel that receives."""

    __slots__ = ()

    @verb(60, 20)
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
        """basic.consume; the consumer tag, the broker's choice where none is given. (RabbitMQ has no `no_local`.)"""
        name = self.expand(queue)
        reused = consumer_tag in self.consumers
        if reused or (self.reply_consumer and self.reply_consumer.tag == consumer_tag and name != REPLY_TO):
            raise refusal(ReplyCode.NOT_ALLOWED, f"attempt to reuse consumer tag '{consumer_tag}'")
        tag = consumer_tag or self.broker.unique("amq.ctag")
        if name == REPLY_TO:
            self._consume_replies(tag, no_ack)
            return tag
        target = declarations.queue_for(self.broker, self.connection, name)
        arguments = arguments or {}
        self._check_consumer(target, exclusive, arguments)
        limit = self.prefetch_count
        consumer = Consumer(
            self.itself, target, tag, no_ack=no_ack, exclusive=exclusive, prefetch_count=limit, arguments=arguments
        )
        self.consumers[tag] = consumer
        target.subscribe(consumer)
        return tag

    def _consume_replies(self, tag: str, no_ack: bool) -> None:
        if not no_ack:
            raise precondition_failed("reply consumer cannot acknowledge")
        if self.reply_consumer is not None:
            raise precondition_failed("reply consumer already set")
        self.reply_consumer = self.broker.replies.consume(self, tag)

    def _check_consumer(self, queue: Queue, exclusive: bool, arguments: Arguments) -> None:
        resource = self.broker.named("queue", queue.name)
        check_consumer_arguments(resource, queue.type, arguments)
        if queue.type == "quorum":
            # RabbitMQ 3.10.8 takes the flag `exclusive` here and does nothing about it.
            if self.cap:
                raise not_implemented(f"{resource} does not support global qos")
            return
        taken = any(each.exclusive for each in queue.consumers)
        if taken or (exclusive and (queue.consumers or queue.single_active)):
            raise access_refused(f"{resource} in exclusive use")

    @verb(60, 30)
    def cancel(self, consumer_tag: str) -> None:
        """basic.cancel; what it was delivered stays unacknowledged. No error for an unknown tag."""
        if self.reply_consumer is not None and self.reply_consumer.tag == consumer_tag:
            self.broker.replies.forget(self.reply_consumer)
            self.reply_consumer = None
            return
        consumer = self.consumers.pop(consumer_tag, None)
        if consumer is not None:
            consumer.queue.remove(consumer)
            leases.left(consumer.queue)

    @verb(60, 70)
    def get(self, queue: str = "", no_ack: bool = False) -> GetOk | None:
        """basic.get: the next message, or None (get-empty)."""
        source = declarations.queue_for(self.broker, self.connection, self.expand(queue))
        if source.type == "quorum" and source.single_active:
            resource = self.broker.named("queue", source.name)
            text = f"cannot obtain access to locked {resource}. basic.get operations are not supported by quorum queues"
            raise refusal(ReplyCode.RESOURCE_LOCKED, f"{text} with single active consumer")
        leases.renew(source)
        copy = source.fetch()
        if copy is None:
            return None
        self.last_tag += 1
        if no_ack:
            source.settle(copy)
        else:
            source.unacked += 1
            self.unacked[self.last_tag] = copy
            self.got += 1
            if not self.watched:
                self.watch()
        return GetOk(self.last_tag, copy.redelivered, copy, len(source.ready))

    @verb(60, 10)
    def qos(self, prefetch_count: int, global_: bool = False, prefetch_size: int = 0) -> None:
        """basic.qos: the limit of consumers that subscribe from now on, or with `global_` of the whole channel. 0: no limit."""
        if prefetch_size:
            raise not_implemented(f"prefetch_size!=0 ({prefetch_size})")
        if not global_:
            self.prefetch_count = prefetch_count
        elif not self.cap:
            # What was got before counts from now on, and for good: "pretty obscure", as RabbitMQ's source says.
            self.got = 0
        self.cap = prefetch_count if global_ else 0
        for queue in dict.fromkeys(each.queue for each in self.consumers.values()):
            queue.reconsider()
        self.wake()

    @verb(20, 20)
    def flow(self, active: bool) -> None:
        """channel.flow, which RabbitMQ does not let a client stop."""
        if not active:
            raise not_implemented("active=false")
