"""What a channel holds, and how it ends: everything unacknowledged goes back to its queues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mqviz.engine import leases, returning
from mqviz.engine.consumer import Consumer
from mqviz.engine.message import Copy
from mqviz.engine.refusals import precondition_failed, refusal
from mqviz.engine.sink import Sink
from mqviz.errors import AmqpError
from mqviz.model.amqp import NO_PROPERTIES, Properties, ReplyCode

if TYPE_CHECKING:
    from mqviz.engine.broker import Broker
    from mqviz.engine.channel import Channel
    from mqviz.engine.connection import Connection
    from mqviz.engine.lane import Lane
    from mqviz.engine.queue import Queue
    from mqviz.engine.replies import ReplyConsumer
    from mqviz.engine.routing import Exchange
    from mqviz.engine.transaction import Transaction


class ChannelState:
    """Delivery tags, unacknowledged copies, consumers, prefetch, confirms of one channel.

    `prefetch_count` is what the next consumer gets; `cap` limits the whole channel (0: no limit).
    `got`: how many unacknowledged copies came by basic.get, which `cap` does not count.
    `watched`: a timer waits for the ack timeout.
    `targets`: exchanges that may be published to; none once it is closed. `special`: what the properties that were
    `checked` last ask for; `unusual`: that, or a transaction. `oldest_tag`: no unacknowledged copy has a smaller tag.
    """

    __slots__ = (
        "_bell",
        "broker",
        "cap",
        "checked",
        "confirming",
        "connection",
        "consumers",
        "got",
        "is_open",
        "lanes",
        "last_queue",
        "last_tag",
        "number",
        "oldest_tag",
        "prefetch_count",
        "publish_number",
        "reply_consumer",
        "sink",
        "special",
        "suspended",
        "targets",
        "tx",
        "unacked",
        "unusual",
        "watched",
    )

    def __init__(self, connection: Connection, number: int) -> None:
        self.connection = connection
        self.number = number
        self.broker: Broker = connection.broker
        self.sink: Sink = connection.sink
        self.is_open = True
        self.last_queue = ""
        self.last_tag = 0
        self.oldest_tag = 1
        self.unacked: dict[int, Copy] = {}
        self.consumers: dict[str, Consumer] = {}
        self.reply_consumer: ReplyConsumer | None = None
        self.prefetch_count = 0
        self.cap = 0
        self.got = 0
        self.suspended: dict[Consumer, None] = {}
        self.confirming = False
        self.publish_number = 0
        self.tx: Transaction | None = None
        self.watched = False
        self._bell: list[ChannelState] = []
        self.checked: Properties = NO_PROPERTIES
        self.special = False
        self.unusual = False
        self.targets: dict[str, Exchange] = self.broker.topology.targets
        self.lanes: list[Lane] = []

    @property
    def itself(self) -> Channel:
        """The same object, for the parts that have to hand it on: only Channel is ever made."""
        return self  # type: ignore[return-value]

    # -- prefetch of the whole channel ----------------------------------------------------------

    def may_send(self, consumer: Consumer) -> bool:
        """Whether the channel's own prefetch limit leaves room; if not the consumer is called when there is some."""
        if not self.cap or len(self.unacked) - self.got < self.cap:
            return True
        self.suspended[consumer] = None
        return False

    def wake(self) -> None:
        """After something was settled: consumers that the channel's prefetch limit held back go on, in that order."""
        if not self.suspended or (self.cap and len(self.unacked) - self.got >= self.cap):
            return
        suspended, self.suspended = self.suspended, {}
        queues: dict[Queue, list[Consumer]] = {}
        for consumer in suspended:
            queues.setdefault(consumer.queue, []).append(consumer)
        for queue, consumers in queues.items():
            queue.resume_all(consumers)

    # -- the ack timeout ------------------------------------------------------------------------

    def watch(self) -> None:
        """See that the oldest unacknowledged delivery does not grow too old: one timer, for the head."""
        head = self._oldest()
        self.watched = head is not None
        if head is not None:
            due = head.delivered + self.broker.consumer_timeout
            self._bell[:] = [self]
            self.broker.scheduler.call_at(due, _look_at_oldest, self._bell)

    def _oldest(self) -> Copy | None:
        if not self.unacked:
            return None
        while self.oldest_tag not in self.unacked:
            self.oldest_tag += 1
        return self.unacked[self.oldest_tag]

    def look_at_oldest(self) -> None:
        """The timer rang: close the channel if the oldest delivery is too old, as RabbitMQ does."""
        head, timeout = self._oldest(), self.broker.consumer_timeout
        if head is None or head.delivered + timeout > self.broker.scheduler.now:
            self.watch()
            return
        error = precondition_failed(
            f"delivery acknowledgement on channel {self.number} timed out. Timeout value used: {round(timeout * 1000)} ms. "
            "This timeout value can be configured, see consumers doc guide to learn more"
        )
        self.close()
        self.sink.channel_closed(self.itself, error)

    # -- consumers ------------------------------------------------------------------------------

    def cancelled(self, consumer: Consumer) -> None:
        """The consumer's queue is gone: the client hears of it if it can understand that."""
        self.consumers.pop(consumer.tag, None)
        if "consumer_cancel_notify" in self.connection.capabilities:
            self.sink.consumer_cancelled(self.itself, consumer.tag)

    # -- the end --------------------------------------------------------------------------------

    def leave_lanes(self) -> None:
        """What is published from now on has to be looked at."""
        for lane in self.lanes:
            lane.leave()

    def gone(self) -> AmqpError:
        """The error of a verb on a channel that is closed; nothing more closes because of it."""
        return refusal(ReplyCode.CHANNEL_ERROR, "expected 'channel.open'")

    def fail(self, error: AmqpError, class_id: int, method_id: int) -> AmqpError:
        """Close what the error closes; gives it back to be raised."""
        error.class_id, error.method_id = class_id, method_id
        if error.closes_connection:
            self.connection.close()
        else:
            self.close()
        return error

    def stop_consuming(self) -> None:
        """The connection is about to close: nothing more is delivered here."""
        for consumer in self.consumers.values():
            consumer.queue.remove(consumer)

    def close(self) -> None:
        """channel.close: consumers are gone, unacknowledged copies go back to their places."""
        if not self.is_open:
            return
        self.is_open = False
        self._bell.clear()
        self.targets = {}
        self.leave_lanes()
        del self.connection.channels[self.number]
        self.broker.replies.forget(self.reply_consumer)
        left = list(dict.fromkeys(consumer.queue for consumer in self.consumers.values()))
        self.stop_consuming()
        self.consumers.clear()
        held = self.release(self.held())
        for queue in left:
            leases.left(queue)
        for queue, copies in held.items():
            returning.requeue(queue, copies)

    def held(self) -> list[Copy]:
        """What is unacknowledged, in the order of delivery, with what an open transaction has set aside."""
        entries = list(self.unacked.items())
        if self.tx is not None:
            entries += self.tx.set_aside()
            self.tx = None
        return [copy for _, copy in sorted(entries, key=_tag)]

    def release(self, copies: Iterable[Copy]) -> dict[Queue, list[Copy]]:
        """Forget all unacknowledged copies; they are given back by queue."""
        by_queue: dict[Queue, list[Copy]] = {}
        for copy in copies:
            by_queue.setdefault(copy.queue, []).append(copy)
            if copy.consumer is not None:
                copy.consumer.allowed += 1
                copy.consumer.requeued += 1
        self.unacked.clear()
        self.oldest_tag = self.last_tag + 1
        self.got = 0
        return by_queue


def _tag(entry: tuple[int, Copy]) -> int:
    return entry[0]


def _look_at_oldest(bell: list[ChannelState]) -> None:
    """The timer holds the channel by its bell alone, so that a closed one is gone before it rings."""
    for channel in bell[:]:
        channel.look_at_oldest()
