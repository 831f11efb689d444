"""Dead-lettering: what is written on a message that dies (x-death), where it goes, and when it goes in circles.

A dead letter is a new message with the number, arrival and origin of the old one. Dead letters are published
one after the other by the broker's outbox, not from within each other: a queue may be its own dead-letter queue.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from mqviz.engine.message import Copy, Message
from mqviz.model.amqp import Arguments, DeadReason

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue
    from mqviz.engine.routing import Exchange


def dead_letter(queue: Queue, copy: Copy, reason: DeadReason) -> bool:
    """Publish a copy that leaves to the queue's dead-letter exchange; false where there is none."""
    exchange = _exchange_of(queue)
    if exchange is None:
        return False
    queue.dead_letters[reason] += 1
    if queue.broker.tap is not None:
        queue.broker.tap.dead_lettered(copy, queue, exchange.name, reason)
    _send(queue, copy.message, exchange, reason)
    return True


def refused(queue: Queue, message: Message) -> None:
    """Publish a message that a full queue refused to its dead-letter exchange, if there is one (reject-publish-dlx)."""
    exchange = _exchange_of(queue)
    if exchange is not None:
        _send(queue, message, exchange, DeadReason.MAXLEN)


def _exchange_of(queue: Queue) -> Exchange | None:
    name = queue.limits.dead_letter_exchange
    return None if name is None else queue.broker.exchanges.get(name)


def _send(queue: Queue, message: Message, exchange: Exchange, reason: DeadReason) -> None:
    letter = written(message, reason, queue.name, exchange.name, queue.limits.dead_letter_routing_key, queue.broker.date)
    queue.broker.outbox.send(letter, exchange, reason)


def written(message: Message, reason: DeadReason, queue: str, exchange: str, routing_key: str | None, date: float) -> Message:
    """The dead letter made of a message: headers x-death and x-first-death-*, no expiration, perhaps another routing key."""
    headers = dict(message.properties.headers or {})
    _record_death(headers, _death(message, reason, queue, date))
    key, also = message.routing_key, message.also
    if routing_key is not None:
        headers.pop("CC", None)
        key, also = routing_key, ()
    properties = msgspec.structs.replace(message.properties, headers=headers, expiration=None)
    return Message(
        exchange,
        key,
        properties,
        message.body,
        message.size,
        message.number,
        message.arrival,
        message.origin,
        also,
    )


def _death(message: Message, reason: DeadReason, queue: str, date: float) -> Arguments:
    copies = (message.properties.headers or {}).get("CC", [])
    death: Arguments = {
        "reason": str(reason),
        "queue": queue,
        "time": datetime.fromtimestamp(int(date), UTC),
        "exchange": message.exchange,
        "routing-keys": [message.routing_key, *copies],
    }
    if message.properties.expiration is not None:
        death["original-expiration"] = message.properties.expiration
    return death


def _record_death(headers: Arguments, death: Arguments) -> None:
    deaths = headers.get("x-death")
    if not isinstance(deaths, list):
        if deaths is None:
            headers["x-first-death-reason"] = death["reason"]
            headers["x-first-death-queue"] = death["queue"]
            headers["x-first-death-exchange"] = death["exchange"]
        headers["x-death"] = [{"count": 1, **death}]
        return
    same = [each for each in deaths if _is_same(each, death)]
    others = [each for each in deaths if not _is_same(each, death)]
    newest = {**same[0], "count": same[0].get("count", len(same)) + 1} if same else {"count": 1, **death}
    # RabbitMQ 3.10.8 turns the older ones round each time; which circle is found depends on their order.
    headers["x-death"] = [newest, *reversed(others)]


def _is_same(one: Any, other: Arguments) -> bool:
    return isinstance(one, dict) and one.get("queue") == other["queue"] and one.get("reason") == other["reason"]


def goes_in_circles(letter: Message, queue: Queue, reason: DeadReason) -> bool:
    """Whether a dead letter comes back to a queue where it died before, and no client rejected it on the way."""
    if reason == DeadReason.REJECTED:
        return False
    deaths = (letter.properties.headers or {})["x-death"]
    for each in deaths:
        if not isinstance(each, dict) or each.get("reason") == DeadReason.REJECTED:
            return False
        if each.get("queue") == queue.name:
            return True
    return False
