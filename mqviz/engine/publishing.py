"""The verbs that publish: publish, confirms, transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mqviz.engine import properties as props
from mqviz.engine.lane import Lane
from mqviz.engine.message import Message
from mqviz.engine.refusals import access_refused, not_found, not_implemented, precondition_failed
from mqviz.engine.routing import NO_HEADERS, Exchange, Route
from mqviz.engine.settling import Settling
from mqviz.engine.transaction import Transaction
from mqviz.engine.verb import verb
from mqviz.errors import AmqpError
from mqviz.model.amqp import NO_PROPERTIES, Properties, ReplyCode

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue

MAX_MESSAGE_SIZE = 134_217_728
"""RabbitMQ's max_message_size, in bytes."""

Publication = tuple[str, str, bytes, Properties, bool, bool, int, float | None, object]
"""What `publish` was given, in its order."""


class Publishing(Settling):
    """The part of a channel that publishes."""

    __slots__ = ()

    # long: each message comes through here; the steps are not worth a call each.
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
        """basic.publish. `size` in bytes stands for a body that is only simulated; `arrival` is when the work arose."""
        broker = self.broker
        if size is None:
            size = len(body)
        now = broker.scheduler.now
        if arrival is None:
            arrival = now
        if broker.guarded and not self.connection.takes(size):
            self._leave_unread((exchange, routing_key, body, properties, mandatory, immediate, size, arrival, origin))
            return
        target = self.targets.get(exchange)
        if target is None or immediate or size > MAX_MESSAGE_SIZE:
            raise self._refused(exchange, immediate, size)
        if properties is not self.checked:
            self._check(properties)
        if self.unusual:
            message = Message(exchange, routing_key, properties, body, size, 0, arrival, origin)
            self._publish_unusual(message, target, mandatory)
            return
        broker.published = number = broker.published + 1
        message = Message(exchange, routing_key, properties, body, size, number, arrival, origin)
        route = target.routes.get(routing_key)
        if route is None:
            route = broker.topology.route(target, (routing_key,), properties.headers or NO_HEADERS)
        queue = route.only
        if queue is not None and queue.push(message, now):
            route.taken += 1
            entered = 1
        else:
            entered = self.put(message, target, route, mandatory)
        if self.confirming:
            self._confirm(message, entered, route.queues)
        if broker.guarded:
            broker.took_in(self.connection, size * entered)

    def put(self, message: Message, target: Exchange, route: Route, mandatory: bool = False) -> int:
        """Into all queues of the route; how many took it. A queue that is the only one has been asked before, and refused."""
        queues = () if route.only else route.queues
        entered = self.broker.outbox.spread(message, queues, self.broker.scheduler.now) if queues else 0
        if entered and entered == len(queues) and route.is_true:
            route.taken += 1
            return entered
        self._count(target, entered)
        if not entered:
            self._nowhere(message, target, bool(route.queues), mandatory)
        return entered

    def _publish_unusual(self, message: Message, target: Exchange, mandatory: bool) -> None:
        """In a transaction, with CC, BCC, an expiration, or an address for a direct reply."""
        if self.special:
            message.properties, message.also = self._expanded(message.properties)
        keys, headers = (message.routing_key, *message.also), message.properties.headers or NO_HEADERS
        queues = self.broker.topology.route(target, keys, headers).queues
        if self.tx is None:
            self._send(message, target, queues, mandatory)
        else:
            self.tx.publications.append((message, target, queues, mandatory))

    def _send(self, message: Message, target: Exchange, queues: tuple[Queue, ...], mandatory: bool) -> bool:
        """The long way: put the message into its queues; count it, return it, confirm it. Whether all queues took it."""
        broker = self.broker
        broker.published = message.number = broker.published + 1
        entered = broker.outbox.spread(message, queues, broker.scheduler.now) if queues else 0
        self._count(target, entered)
        if not entered:
            self._nowhere(message, target, bool(queues), mandatory)
        if self.confirming:
            self._confirm(message, entered, queues)
        if broker.guarded:
            broker.took_in(self.connection, message.size * entered)
        return entered == len(queues)

    def _count(self, target: Exchange, entered: int) -> None:
        target.count(entered)
        if entered:
            self.broker.spread += 1

    def _nowhere(self, message: Message, target: Exchange, refused: bool, mandatory: bool) -> None:
        """No copy entered a queue: refused, a direct reply, returned, or gone. (A mandatory reply is returned, too.)"""
        broker = self.broker
        if refused:
            broker.refused += 1
            return
        replied = not target.name and broker.replies.deliver(message)
        if mandatory:
            self.sink.returned(self.itself, int(ReplyCode.NO_ROUTE), ReplyCode.NO_ROUTE.name, message)
        if replied:
            broker.spread += 1
            if broker.tap is not None:
                broker.tap.direct_reply(message)
        else:
            self._count_unroutable(message, target, mandatory)

    def _count_unroutable(self, message: Message, target: Exchange, returned: bool) -> None:
        broker, tap = self.broker, self.broker.tap
        target.unroutable += 1
        if returned:
            broker.returned += 1
        else:
            broker.unroutable += 1
        if tap is not None:
            (tap.returned if returned else tap.unroutable)(message, target.name)

    def _confirm(self, message: Message, entered: int, queues: tuple[Queue, ...]) -> None:
        """Yes if all queues took it, be it none; later if a store has to keep it."""
        self.publish_number = number = self.publish_number + 1
        store, accepted = self.broker.store, entered == len(queues)
        if store is not None and accepted and any(each.keeps(message) for each in queues):
            store.when_safe(self._answer_later, number)
        else:
            self._answer(number, accepted)

    def _answer_later(self, number: int, accepted: bool) -> None:
        if self.is_open:
            self._answer(number, accepted)

    def _answer(self, number: int, accepted: bool) -> None:
        if accepted:
            self.broker.confirmed += 1
        else:
            self.broker.nacked += 1
        self.sink.confirmed(self.itself, number, False, accepted)

    def lane(self, exchange: str, routing_key: str, properties: Properties = NO_PROPERTIES, *, size: int = 0) -> Lane:
        """For who publishes the same again and again; `size` in bytes stands for the body."""
        lane = Lane(self, exchange, routing_key, properties, size)
        self.lanes.append(lane)
        return lane

    def _leave_unread(self, publication: Publication) -> None:
        if not self.is_open:
            raise self.gone()
        self.connection.unread.append((self.itself, publication))

    def publish_again(self, publication: Publication) -> None:
        """Publish what was left unread while the connection was blocked or in flow."""
        if not self.is_open:
            return
        exchange, key, body, properties, mandatory, immediate, size, arrival, origin = publication
        self.publish(
            exchange,
            key,
            body,
            properties,
            mandatory=mandatory,
            immediate=immediate,
            size=size,
            arrival=arrival,
            origin=origin,
        )

    # -- what a client may not publish ----------------------------------------------------------

    def _refused(self, name: str, immediate: bool, size: int) -> AmqpError:
        if not self.is_open:
            return self.gone()
        resource = self.broker.named("exchange", name)
        if immediate:
            error = not_implemented("immediate=true")
        elif size > MAX_MESSAGE_SIZE:
            error = precondition_failed(
                f"message size {size} is larger than configured max size {MAX_MESSAGE_SIZE}"
            )
        elif name not in self.broker.exchanges:
            error = not_found(resource)
        else:
            error = access_refused(f"cannot publish to internal {resource}")
        return self.fail(error, 60, 40)

    def _check(self, properties: Properties) -> None:
        """Look into properties that are not those of the last publish; most clients publish the same again."""
        try:
            props.check_user(properties, self.connection.user)
            props.time_to_live(properties)
            props.check_delivery_mode(properties)
        except AmqpError as error:
            raise self.fail(error, 60, 40) from None
        self.special = props.is_special(properties)
        self.checked = properties
        self._reconsider()

    def _reconsider(self) -> None:
        """Choose between the short path of `publish` and the long one."""
        self.unusual = self.tx is not None or self.special or self.checked.expiration is not None

    def _expanded(self, properties: Properties) -> tuple[Properties, tuple[str, ...]]:
        """Properties as receivers see them, and the routing keys in CC and BCC."""
        try:
            reply_to = properties.reply_to
            if reply_to == props.REPLY_TO:
                reply_to = self._reply_address()
            also = props.more_routes(properties)
        except AmqpError as error:
            raise self.fail(error, 60, 40) from None
        return props.delivered_properties(properties, reply_to), also

    def _reply_address(self) -> str:
        if self.reply_consumer is None:
            raise precondition_failed("fast reply consumer does not exist")
        return self.reply_consumer.address

    # -- confirms and transactions --------------------------------------------------------------

    @verb(85, 10)
    def confirm_select(self) -> None:
        """confirm.select: from now on every publish is confirmed, by its number on this channel."""
        if self.tx is not None:
            raise precondition_failed("cannot switch from tx to confirm mode")
        self.confirming = True
        self.leave_lanes()

    @verb(90, 10)
    def tx_select(self) -> None:
        """tx.select: publishes and acks wait for tx_commit."""
        if self.confirming:
            raise precondition_failed("cannot switch from confirm to tx mode")
        self.tx = self.tx or Transaction()
        self._reconsider()
        self.leave_lanes()

    @verb(90, 20)
    def tx_commit(self) -> bool:
        """tx.commit: publish and settle what waited. The queues were chosen at the publish, and go by name.

        False where a store has to make it safe first; then the sink hears `committed`.
        """
        tx = self._transaction()
        self.tx = Transaction()
        complete = True
        there = self.broker.queues
        for message, target, queues, mandatory in tx.publications:
            living = tuple(there[queue.name] for queue in queues if queue.name in there)
            complete = self._send(message, target, living, mandatory) and complete
        self.got += len(tx.settlements)
        tx.settle(self.settle_all)
        if not complete:
            raise precondition_failed("partial tx completion")
        store = self.broker.store
        if store is not None:
            store.when_safe(self._committed, None)
        return store is None

    def _committed(self, _: None, kept: bool) -> None:
        if not self.is_open:
            return
        if kept:
            self.sink.committed(self.itself)
        else:
            error = self.fail(precondition_failed("partial tx completion"), 90, 20)
            self.sink.channel_closed(self.itself, error)

    @verb(90, 30)
    def tx_rollback(self) -> None:
        """tx.rollback: nothing was published, and what was settled is unacknowledged again."""
        tx = self._transaction()
        self.tx = Transaction()
        for tag, copy in tx.set_aside():
            self.unacked[tag] = copy
            self.oldest_tag = min(self.oldest_tag, tag)
            self.got += 1

    def _transaction(self) -> Transaction:
        if self.tx is None:
            raise precondition_failed("channel is not transactional")
        return self.tx
