"""When a message leaves without an ack: time to live, length, overflow, too many deliveries.

As in a classic queue, all of it happens at the head: an expired message behind a living one stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mqviz.engine import deadletter
from mqviz.model.amqp import DeadReason

if TYPE_CHECKING:
    from mqviz.engine.message import Copy, Message
    from mqviz.engine.queue import Queue


@dataclass(frozen=True, slots=True)
class Limits:
    """What is in force for one queue, from its arguments, its policy and overrides. Seconds, messages, bytes; None: no limit.

    `bounded`: whether the length is limited. `any`: whether something here needs looking at for every message.
    """

    ttl: float | None = None
    expires: float | None = None
    max_length: int | None = None
    max_bytes: int | None = None
    overflow: str = "drop-head"
    dead_letter_exchange: str | None = None
    dead_letter_routing_key: str | None = None
    delivery_limit: int | None = None
    bounded: bool = field(init=False)
    any: bool = field(init=False)

    def __post_init__(self) -> None:
        bounded = self.max_length is not None or self.max_bytes is not None
        object.__setattr__(self, "bounded", bounded)
        object.__setattr__(self, "any", bounded or self.ttl is not None or self.delivery_limit is not None)


def expires_at(limits: Limits, message: Message, now: float) -> float | None:
    """When a message that enters now will be expired: the shorter of the queue's time and its own."""
    own = message.ttl if message.properties.expiration is not None else None
    if limits.ttl is None:
        return None if own is None else now + own
    return now + (limits.ttl if own is None else min(limits.ttl, own))


SOFT = 0.8
"""The share of its limit at which a quorum queue that refused takes messages again."""


def is_longer(queue: Queue, messages: int, size: int) -> bool:
    """Whether so many ready messages, of so many bytes, are over the queue's limits."""
    limits = queue.limits
    too_many = limits.max_length is not None and messages > limits.max_length
    return too_many or (limits.max_bytes is not None and size > limits.max_bytes)


def refuses(queue: Queue, message: Message) -> bool:
    """Whether a full queue refuses a new message; if so that is counted, and dead-lettered if it is to be."""
    if queue.limits.overflow == "drop-head" or not queue.limits.bounded:
        return False
    if not (_is_closed(queue) if queue.type == "quorum" else _would_be_longer(queue, message)):
        return False
    queue.refused += 1
    if queue.broker.tap is not None:
        queue.broker.tap.refused(message, queue)
    if queue.limits.overflow == "reject-publish-dlx":
        deadletter.refused(queue, message)
    return True


def _would_be_longer(queue: Queue, message: Message) -> bool:
    return is_longer(queue, len(queue.ready) + 1, queue.ready_bytes + message.size)


def _is_closed(queue: Queue) -> bool:
    """A quorum queue takes one more than its limit, then nothing until it is down to four fifths of it (rabbit_fifo)."""
    if is_longer(queue, len(queue.ready), queue.ready_bytes):
        queue.is_closed = True
    elif not _is_over(queue, SOFT):
        queue.is_closed = False
    return queue.is_closed


def _is_over(queue: Queue, share: float) -> bool:
    limits, ready = queue.limits, len(queue.ready)
    too_many = limits.max_length is not None and ready > int(limits.max_length * share)
    return too_many or (limits.max_bytes is not None and queue.ready_bytes > int(limits.max_bytes * share))


def shorten(queue: Queue) -> bool:
    """Drop from the head until the length is within its limit; whether anything was dropped."""
    if queue.limits.overflow != "drop-head" or not queue.limits.bounded:
        return False
    before = len(queue.ready)
    while queue.ready and is_longer(queue, len(queue.ready), queue.ready_bytes):
        discard(queue, _popped(queue), DeadReason.MAXLEN)
    return len(queue.ready) < before


def expire(queue: Queue, now: float) -> None:
    """Let expired messages at the head go, and be called again when the next head expires."""
    while queue.ready and (due := queue.ready.head().expires) is not None:
        if due > now:
            _arm(queue, due)
            return
        discard(queue, _popped(queue), DeadReason.EXPIRED)


def _popped(queue: Queue) -> Copy:
    copy = queue.ready.popleft()
    queue.ready_bytes -= copy.message.size
    return copy


def _arm(queue: Queue, due: float) -> None:
    """One timer for a queue; one that rings too early arms itself again."""
    if queue.ttl_timer is not None:
        if queue.ttl_due <= due:
            return
        queue.broker.scheduler.cancel(queue.ttl_timer)
    queue.ttl_due = due
    queue.ttl_timer = queue.broker.scheduler.call_at(due, _ring, queue)


def _ring(queue: Queue) -> None:
    queue.ttl_timer = None
    if queue.is_alive and queue.broker.is_running:
        expire(queue, queue.broker.scheduler.now)


def disarm(queue: Queue) -> None:
    """The queue is gone: forget its timers."""
    for timer in (queue.ttl_timer, queue.expiry):
        if timer is not None:
            queue.broker.scheduler.cancel(timer)
    queue.ttl_timer = queue.expiry = None


def delivered_too_often(queue: Queue, copy: Copy) -> bool:
    """Whether a copy that comes back has come back more often than a quorum queue allows."""
    limit = queue.limits.delivery_limit
    return limit is not None and copy.delivery_count > limit


def discard(queue: Queue, copy: Copy, reason: DeadReason) -> None:
    """A copy that is in no line any more leaves: as a dead letter, or counted under its cause."""
    queue.message_bytes -= copy.message.size
    queue.exits += queue.broker.scheduler.now
    if queue.broker.watching:
        queue.broker.left(copy)
    if not deadletter.dead_letter(queue, copy, reason):
        _COUNTED[reason](queue, copy)


def _dropped(queue: Queue, copy: Copy) -> None:
    queue.dropped += 1
    if queue.broker.tap is not None:
        queue.broker.tap.dropped(copy, queue)


def _expired(queue: Queue, copy: Copy) -> None:
    queue.expired += 1
    if queue.broker.tap is not None:
        queue.broker.tap.expired(copy, queue)


def _rejected(queue: Queue, copy: Copy) -> None:
    queue.rejected += 1
    if queue.broker.tap is not None:
        queue.broker.tap.rejected(copy, queue)


_COUNTED = {
    DeadReason.MAXLEN: _dropped,
    DeadReason.EXPIRED: _expired,
    DeadReason.REJECTED: _rejected,
    DeadReason.DELIVERY_LIMIT: _rejected,
}
