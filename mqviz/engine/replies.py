"""Direct reply-to: answers go straight to the channel that asked, through no queue (amq.rabbitmq.reply-to)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mqviz.engine.message import Copy, Message
from mqviz.engine.properties import REPLY_TO
from mqviz.engine.queue import Queue

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.channel_state import ChannelState


class ReplyConsumer:
    """A channel's consumer of replies, and the address that it writes into requests."""

    __slots__ = ("address", "channel", "tag")

    def __init__(self, channel: ChannelState, tag: str, address: str) -> None:
        self.channel = channel
        self.tag = tag
        self.address = address


class Replies:
    """Who waits for direct replies. `queue` never holds anything; it keeps the account of what went through."""

    def __init__(self, broker: Broker) -> None:
        self._consumers: dict[str, ReplyConsumer] = {}
        self._broker = broker
        self.queue = Queue(broker, REPLY_TO)

    def consume(self, channel: ChannelState, tag: str) -> ReplyConsumer:
        """A channel begins to take replies."""
        address = self._broker.unique(f"{REPLY_TO}.g1")
        consumer = self._consumers[address] = ReplyConsumer(channel, tag, address)
        return consumer

    def forget(self, consumer: ReplyConsumer | None) -> None:
        """A channel takes no replies any more."""
        if consumer is not None:
            del self._consumers[consumer.address]

    def consumer_of(self, address: str) -> ReplyConsumer | None:
        """Who waits at this address."""
        return self._consumers.get(address)

    def deliver(self, message: Message) -> bool:
        """Hand a message of the default exchange to those whose address is among its routing keys; whether there was one."""
        found = [self._consumers.get(key) for key in (message.routing_key, *message.also)]
        for consumer in found:
            if consumer is not None:
                self._hand(consumer, message)
        return any(found)

    def _hand(self, consumer: ReplyConsumer, message: Message) -> None:
        queue, channel = self.queue, consumer.channel
        queue.enqueued += 1
        queue.delivered += 1
        queue.message_bytes += message.size
        copy = Copy(message, queue, queue.enqueued, self._broker.scheduler.now)
        copy.delivered = copy.entered
        queue.settle(copy)
        channel.sink.deliver(channel.itself, consumer.tag, channel.last_tag + 1, False, copy)
