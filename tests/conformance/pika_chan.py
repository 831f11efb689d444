"""The cases' words on one channel, spoken by pika."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import pika
from pika import spec
from pika.exceptions import ChannelClosedByBroker, ConnectionClosedByBroker

from mqviz.model.amqp import NO_PROPERTIES, Arguments, Properties
from tests.conformance.client import (
    Chan,
    Confirm,
    Conn,
    Delivery,
    Got,
    Heard,
    QueueOk,
    Refused,
    RefusedError,
    Returned,
    all_of,
)
from tests.conformance.pika_codec import RawChannel, from_pika, to_pika

PATIENCE = 10.0
"""Wall seconds after which something that must come is given up."""

A = TypeVar("A")


class Line(Protocol):
    """What a channel needs of its connection and of the loop that all share."""

    is_blocked: bool

    def published(self) -> None:
        """Something was published on it."""

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Turns the loop until `done`."""

    def let_pass(self, seconds: float) -> None:
        """Turns the loop so long."""

    def settle(self, without: Chan | None = None) -> None:
        """All channels (but one) have handed on what was sent on them."""

    def normal(self, text: str) -> str:
        """A reply text as it is the same for all servers."""


class PikaChan:
    """A `Chan` over pika's."""

    def __init__(self, conn: Conn, line: Line, raw: RawChannel) -> None:
        self._conn = conn
        self._line = line
        self.raw = raw
        self._unsettled = False
        self._deliveries: list[Delivery] = []
        self._answers: list[Returned | Confirm] = []
        self._cancelled: list[str] = []
        self._answered_to = 0
        self._published = 0
        self._open_tags: set[int] = set()
        self._confirming = False
        self._refused: Refused | None = None
        self._got: list[Got | None] = []
        raw.heard = self._on_deliver
        raw.add_on_close_callback(self._on_close)
        raw.add_on_return_callback(self._on_return)
        raw.add_on_cancel_callback(lambda frame: self._cancelled.append(str(frame.method.consumer_tag)))
        raw.add_callback(lambda _: self._got.append(None), [spec.Basic.GetEmpty], one_shot=False)
        raw.add_callback(self._on_confirm, [spec.Basic.Ack, spec.Basic.Nack], one_shot=False)

    @property
    def conn(self) -> Conn:
        """The connection it is of."""
        return self._conn

    # -- verbs ------------------------------------------------------------------------------

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
        flags = dict(passive=passive, durable=durable, auto_delete=auto_delete, internal=internal)
        self._call(spec.Exchange.Declare(exchange=name, type=type, arguments=arguments, **flags))

    def delete_exchange(self, name: str, if_unused: bool = False) -> None:
        self._call(spec.Exchange.Delete(exchange=name, if_unused=if_unused))

    def bind_exchange(self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(spec.Exchange.Bind(0, destination, source, routing_key, False, arguments or {}))

    def unbind_exchange(self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(spec.Exchange.Unbind(0, destination, source, routing_key, False, arguments or {}))

    def declare_queue(
        self,
        name: str = "",
        *,
        passive: bool = False,
        durable: bool = False,
        exclusive: bool = False,
        auto_delete: bool = False,
        arguments: Arguments | None = None,
    ) -> QueueOk:
        flags = dict(passive=passive, durable=durable, exclusive=exclusive, auto_delete=auto_delete)
        ok = self._call(spec.Queue.Declare(queue=name, arguments=arguments or {}, **flags))
        return QueueOk(ok.queue, ok.message_count, ok.consumer_count)

    def delete_queue(self, name: str, *, if_unused: bool = False, if_empty: bool = False) -> int:
        ok = self._call(spec.Queue.Delete(queue=name, if_unused=if_unused, if_empty=if_empty))
        return int(ok.message_count)

    def purge(self, name: str) -> int:
        return int(self._call(spec.Queue.Purge(queue=name)).message_count)

    def bind(self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(spec.Queue.Bind(0, queue, exchange, routing_key, False, arguments or {}))

    def unbind(self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(spec.Queue.Unbind(0, queue, exchange, routing_key, arguments or {}))

    def publish(
        self,
        exchange: str,
        routing_key: str,
        body: bytes = b"",
        properties: Properties = NO_PROPERTIES,
        *,
        mandatory: bool = False,
        immediate: bool = False,
    ) -> None:
        if self._confirming:
            self._published += 1
            self._open_tags.add(self._published)
        method = spec.Basic.Publish(0, exchange, routing_key, mandatory, immediate)
        self._send(method, (to_pika(properties), body))
        self._line.published()

    def consume(
        self,
        queue: str,
        consumer_tag: str = "",
        *,
        no_local: bool = False,
        no_ack: bool = False,
        exclusive: bool = False,
        arguments: Arguments | None = None,
    ) -> str:
        flags = (no_local, no_ack, exclusive, False)
        ok = self._call(spec.Basic.Consume(0, queue, consumer_tag, *flags, arguments or {}))
        return str(ok.consumer_tag)

    def cancel(self, consumer_tag: str) -> None:
        self._call(spec.Basic.Cancel(consumer_tag))

    def get(self, queue: str, no_ack: bool = False) -> Got | None:
        self._line.settle()
        self.raw.basic_get(queue, self._on_get, no_ack)
        self.wait(lambda: bool(self._got), "basic.get-ok or -empty")
        return self._got.pop()

    def ack(self, delivery_tag: int, multiple: bool = False) -> None:
        self._send(spec.Basic.Ack(delivery_tag, multiple))

    def nack(self, delivery_tag: int, multiple: bool = False, requeue: bool = True) -> None:
        self._send(spec.Basic.Nack(delivery_tag, multiple, requeue))

    def reject(self, delivery_tag: int, requeue: bool = True) -> None:
        self._send(spec.Basic.Reject(delivery_tag, requeue))

    def recover(self, requeue: bool = True) -> None:
        self._call(spec.Basic.Recover(requeue))

    def qos(self, prefetch_count: int, global_: bool = False, prefetch_size: int = 0) -> None:
        self._call(spec.Basic.Qos(prefetch_size, prefetch_count, global_))

    def flow(self, active: bool) -> None:
        self._call(spec.Channel.Flow(active))

    def confirm_select(self) -> None:
        self._call(spec.Confirm.Select())
        self._confirming = True

    def tx_select(self) -> None:
        self._call(spec.Tx.Select())

    def tx_commit(self) -> None:
        self._call(spec.Tx.Commit())

    def tx_rollback(self) -> None:
        self._call(spec.Tx.Rollback())

    def close(self) -> None:
        self.raw.close()
        self.wait(lambda: self.raw.is_closed, "channel.close-ok")

    # -- what came --------------------------------------------------------------------------

    def deliveries(self, count: int, *, more: bool = False) -> list[Delivery]:
        """The next so many deliveries, taken away; fails where others follow, unless `more` may."""
        return self._heard(self._deliveries, count, more)

    def answers(self, count: int) -> list[Returned | Confirm]:
        """The next so many returns and confirms in the order heard, taken away."""
        return self._heard(self._answers, count)

    def cancelled(self, count: int) -> list[str]:
        """Tags of so many consumers that the broker cancelled, taken away."""
        return self._heard(self._cancelled, count)

    def so_far(self) -> list[Heard]:
        """All that was heard and not taken yet. What one queue caused in another comes a round trip later."""
        self._line.settle()
        for _ in range(3):
            if self._is_usable():
                self._round_trip()
        return [*all_of(self._deliveries), *all_of(self._answers), *all_of(self._cancelled)]

    def closed(self) -> Refused:
        """Waits until the broker closes the channel, or its connection."""
        self._line.wait(lambda: self._refused is not None, "channel.close or connection.close")
        assert self._refused is not None
        return self._refused

    def take(self, queue: str) -> Got:
        """Waits for a message in the queue and gets it, acknowledged."""
        found: list[Got] = []

        def look() -> bool:
            got = self.get(queue, no_ack=True)
            if got is not None:
                found.append(got)
            return got is not None

        self._await(look, f"a message in {queue}")
        return found[0]

    def await_ready(self, queue: str, count: int) -> None:
        """Waits until the queue has exactly so many ready messages."""
        self._await(
            lambda: self.declare_queue(queue, passive=True).messages == count,
            f"{count} ready messages in {queue}",
        )

    def await_gone(self, queue: str) -> None:
        """Waits until the queue does not exist."""

        def gone() -> bool:
            other = self._conn.channel()
            try:
                other.declare_queue(queue, passive=True)
            except RefusedError as error:
                return error.refused.code == spec.NOT_FOUND
            other.close()
            return False

        self._await(gone, f"the end of {queue}")

    # -- how it is done ---------------------------------------------------------------------

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Waits for an answer; raises RefusedError where the channel closes instead."""
        self._line.wait(lambda: done() or self._refused is not None, what)
        if not done() and self._refused is not None:
            raise RefusedError(self._refused)

    def settle(self) -> None:
        """The broker's end of this channel has worked on everything sent so far."""
        if self._unsettled and self._is_usable():
            self._unsettled = False
            self._round_trip()

    def _call(self, method: Any) -> Any:
        self._line.settle()
        answers: list[Any] = []
        self.raw.rpc(method, answers.append)
        self.wait(lambda: bool(answers), f"the answer to {method.NAME}")
        return answers[0].method

    def _send(self, method: Any, content: tuple[pika.BasicProperties, bytes] | None = None) -> None:
        self._line.settle(without=self)
        self._unsettled = True
        self.raw.send(method, content)

    def _await(self, done: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, f"waited {PATIENCE} s for {what}"
            self._line.let_pass(0.005)

    def _heard(self, kept: list[A], count: int, more: bool = False) -> list[A]:
        self._line.settle()
        self._line.wait(
            lambda: len(kept) >= count or not self._is_usable(),
            f"{count} events, having {kept}",
        )
        if not more and self._is_usable():
            # What a queue sent before the first answer is on the wire before the second.
            self._round_trip()
            self._round_trip()
        taken = kept[:count] if more else kept[:]
        del kept[: len(taken)]
        assert len(taken) == count, taken
        return taken

    def _is_usable(self) -> bool:
        return self.raw.is_open and not self._line.is_blocked

    def _round_trip(self) -> None:
        answers: list[Any] = []
        self.raw.rpc(spec.Channel.Flow(True), answers.append)
        self._line.wait(
            lambda: bool(answers) or self._refused is not None or self._line.is_blocked,
            "channel.flow-ok",
        )

    def _on_close(self, _: object, reason: BaseException) -> None:
        if isinstance(reason, ChannelClosedByBroker | ConnectionClosedByBroker):
            scope = "channel" if isinstance(reason, ChannelClosedByBroker) else "connection"
            text = self._line.normal(reason.reply_text)
            self._refused = Refused(scope, reason.reply_code, text)

    def _on_deliver(self, method: Any, properties: pika.BasicProperties, body: bytes) -> None:
        self._deliveries.append(
            Delivery(
                method.consumer_tag,
                method.delivery_tag,
                method.redelivered,
                method.exchange,
                method.routing_key,
                from_pika(properties),
                body,
            )
        )

    def _on_get(self, _: object, method: Any, properties: pika.BasicProperties, body: bytes) -> None:
        self._got.append(
            Got(
                method.delivery_tag,
                method.redelivered,
                method.exchange,
                method.routing_key,
                method.message_count,
                from_pika(properties),
                body,
            )
        )

    def _on_return(self, _: object, method: Any, properties: pika.BasicProperties, body: bytes) -> None:
        where = (method.reply_code, method.reply_text, method.exchange, method.routing_key)
        self._answers.append(Returned(*where, from_pika(properties), body))

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        last = method.delivery_tag
        answered = [tag for tag in sorted(self._open_tags) if tag <= last] if method.multiple else [last]
        self._open_tags.difference_update(answered)
        ack = isinstance(method, spec.Basic.Ack)
        self._answers.extend(Confirm(tag, ack) for tag in answered)
