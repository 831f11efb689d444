"""The verbs that settle deliveries: ack, nack, reject, recover."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from mqviz.engine import returning
from mqviz.engine.channel_state import ChannelState
from mqviz.engine.message import Copy
from mqviz.engine.refusals import not_implemented, precondition_failed
from mqviz.engine.verb import verb
from mqviz.errors import AmqpError

if TYPE_CHECKING:
    from mqviz.engine.consumer import Consumer
    from mqviz.engine.queue import Queue

ACK, REQUEUE, DISCARD = "ack", "requeue", "discard"


class Settling(ChannelState):
    """The part of a channel that settles what was delivered."""

    __slots__ = ()

    def ack(self, tag: int, multiple: bool = False) -> None:
        """basic.ack; with `multiple` all up to that tag, and 0 is all."""
        if multiple or self.tx is not None:
            self._settle(ACK, tag, multiple, 80)
            return
        copy = self.ack_and_take(tag)
        if copy is not None and copy.consumer is not None:
            self.sink.deliver(self.itself, copy.consumer.tag, self.last_tag, copy.redelivered, copy)

    # long: each message comes through here; the steps are not worth a call each.
    def ack_and_take(self, tag: int) -> Copy | None:
        """basic.ack of one delivery. What its queue hands to the same consumer for it is given back, past the sink; its tag is `last_tag`.

        None where nothing was handed on, or in another way, which the sink has heard of.
        """
        if self.tx is not None:
            self._settle(ACK, tag, False, 80)
            return None
        try:
            copy = self.unacked.pop(tag)
        except KeyError:
            raise self._unknown(tag, 80) from None
        queue, consumer = copy.queue, copy.consumer
        if not queue.plain or consumer is None:
            self._ack_long(copy)
            return None
        now = self.broker.scheduler.now
        queue.acknowledged += 1
        queue.message_bytes -= copy.message.size
        queue.exits += now
        consumer.allowed += 1
        ready = queue.ready
        if not consumer.parked or not ready or queue.idle or consumer.delivered >= consumer.allowed:
            queue.unacked -= 1
            if consumer.parked:
                queue.resume(consumer)
            return None
        # All others are parked, too: it takes the head without joining the rotation, which it would leave again at once.
        copy = ready.popleft()
        if copy.redelivered:
            queue.redelivered += 1
            consumer.redelivered += 1
        consumer.delivered += 1
        queue.delivered += 1
        copy.consumer = consumer
        copy.delivered = now
        self.last_tag = tag = self.last_tag + 1
        self.unacked[tag] = copy
        if not self.watched:
            self.watch()
        if not ready:
            consumer.parked = False
            queue.idle.append(consumer)
        return copy

    def _ack_long(self, copy: Copy) -> None:
        """Of a queue with limits or somebody who looks on, or got by basic.get."""
        queue, consumer = copy.queue, copy.consumer
        queue.unacked -= 1
        queue.settle(copy)
        if consumer is None:
            self.got -= 1
        else:
            consumer.allowed += 1
            if consumer.parked:
                queue.resume(consumer)
        if self.cap:
            self.wake()

    def nack(self, tag: int, multiple: bool = False, requeue: bool = True) -> None:
        """basic.nack; without `requeue` the messages are rejected."""
        self._settle(REQUEUE if requeue else DISCARD, tag, multiple, 120)

    def reject(self, tag: int, requeue: bool = True) -> None:
        """basic.reject."""
        self._settle(REQUEUE if requeue else DISCARD, tag, False, 90)

    @verb(60, 110)
    def recover(self, requeue: bool = True) -> None:
        """basic.recover: everything unacknowledged goes back to its queue."""
        if not requeue:
            raise not_implemented("requeue=false")
        self.settle_all(REQUEUE, self._taken(self._up_to(self.last_tag)))

    def _settle(self, how: str, tag: int, multiple: bool, method_id: int) -> None:
        if tag == 0 and multiple:
            entries = self._taken(self._up_to(self.last_tag))
        elif tag in self.unacked:
            entries = self._taken(self._up_to(tag) if multiple else [tag])
        else:
            raise self._unknown(tag, method_id)
        if self.tx is not None:
            # Until the commit they count for the channel's limit.
            self.got -= len(entries)
            self.tx.settlements += [(how, each, copy) for each, copy in entries]
        else:
            self.settle_all(how, entries)

    def _up_to(self, tag: int) -> list[int]:
        """The unacknowledged tags up to this one. Those below `oldest_tag` are never looked at again."""
        tags = [each for each in range(self.oldest_tag, tag + 1) if each in self.unacked]
        self.oldest_tag = tag + 1
        return tags

    def _taken(self, tags: Iterable[int]) -> list[tuple[int, Copy]]:
        return [(tag, self.unacked.pop(tag)) for tag in tags]

    def settle_all(self, how: str, entries: list[tuple[int, Copy]]) -> None:
        """Settle copies that were taken out of `unacked`, together for each queue and consumer as RabbitMQ does."""
        copies = [copy for _, copy in entries]
        self.got -= sum(1 for copy in copies if copy.consumer is None)
        if len(copies) > 1:
            copies.sort(key=_names)
        for _, group in groupby(copies, key=_queue_and_consumer):
            self._settle_group(how, list(group))
        if self.cap:
            self.wake()

    def _settle_group(self, how: str, copies: list[Copy]) -> None:
        queue, consumer = copies[0].queue, copies[0].consumer
        if consumer is not None:
            consumer.allowed += len(copies)
            consumer.requeued += 0 if how == ACK else len(copies)
        has_room_again = consumer is not None and consumer.parked
        if consumer is not None and has_room_again:
            queue.rotation.rejoin(consumer)
        _APPLY[how](queue, copies)
        if has_room_again and queue.ready:
            queue.run()

    def _unknown(self, tag: int, method_id: int) -> AmqpError:
        if not self.is_open:
            return self.gone()
        return self.fail(precondition_failed(f"unknown delivery tag {tag}"), 60, method_id)


def _acknowledge(queue: Queue, copies: list[Copy]) -> None:
    queue.unacked -= len(copies)
    for copy in copies:
        queue.settle(copy)


def _requeue(queue: Queue, copies: list[Copy]) -> None:
    returning.requeue(queue, copies, by_client=True)


def _discard(queue: Queue, copies: list[Copy]) -> None:
    returning.reject(queue, copies)


_APPLY = {ACK: _acknowledge, REQUEUE: _requeue, DISCARD: _discard}


def _names(copy: Copy) -> tuple[str, str]:
    consumer: Consumer | None = copy.consumer
    return copy.queue.name, "" if consumer is None else consumer.tag


def _queue_and_consumer(copy: Copy) -> tuple[Queue, Consumer | None]:
    """Not their names: a queue or a consumer that is gone may have left its name to another."""
    return copy.queue, copy.consumer
