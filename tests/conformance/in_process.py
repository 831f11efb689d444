"""The cases' words in process: verbs of mqviz.engine, with a scheduler that a case turns by `let_pass`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from mqviz.clock import Scheduler
from mqviz.engine import broker as engine
from mqviz.engine.channel import Channel
from mqviz.engine.connection import CAPABILITIES, Connection
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError
from mqviz.model.amqp import NO_PROPERTIES, Arguments, PolicySpec, Properties
from tests.conformance.client import Confirm, Conn, Delivery, Got, Heard, QueueOk, Refused, RefusedError, Returned, all_of

P = ParamSpec("P")
R = TypeVar("R")


class EnginePeer:
    """A `Peer` over one broker of the engine."""

    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self.broker = engine.Broker(self.scheduler)
        self.conns: list[EngineConn] = []

    def connect(self, *, without: Sequence[str] = ()) -> EngineConn:
        """A connection whose client lacks these capabilities."""
        conn = EngineConn(self, CAPABILITIES - set(without))
        self.conns.append(conn)
        return conn

    def let_pass(self, seconds: float) -> None:
        """Turns the scheduler."""
        self.scheduler.run_until(self.scheduler.now + seconds, _never)

    def restart(self) -> None:
        """Down and up."""
        self.broker.restart()

    def set_policy(self, policy: PolicySpec) -> None:
        """Sets or replaces a policy."""
        self.broker.set_policy(policy)

    def delete_policy(self, name: str) -> None:
        """Deletes a policy."""
        self.broker.delete_policy(name)

    def close_connection(self, conn: Conn, reason: str) -> None:
        """The operator closes a connection."""
        [connection] = [each.raw for each in self.conns if each is conn]
        self.broker.close_connection(connection, reason)

    @contextmanager
    def memory_alarm(self) -> Iterator[None]:
        """Inside, the alarm is on."""
        self.broker.set_memory_alarm(True)
        yield
        self.broker.set_memory_alarm(False)

    @contextmanager
    def ack_timeout(self, seconds: float) -> Iterator[None]:
        """Inside, deliveries must be acknowledged within so many seconds."""
        before, self.broker.consumer_timeout = self.broker.consumer_timeout, seconds
        yield
        self.broker.consumer_timeout = before


class EngineConn:
    """A `Conn` of the engine."""

    def __init__(self, peer: EnginePeer, capabilities: frozenset[str]) -> None:
        self.peer = peer
        self.chans: dict[int, EngineChan] = {}
        self._refused: Refused | None = None
        self.heard_blocks: list[str] = []
        self.raw: Connection = peer.broker.connect(ClientSink(self), capabilities=capabilities)

    def channel(self, number: int | None = None) -> EngineChan:
        """A new channel."""
        try:
            raw = self.raw.channel(number)
        except AmqpError as error:
            raise RefusedError(self.refuse(error)) from None
        chan = self.chans[raw.number] = EngineChan(self, raw)
        return chan

    def close(self) -> None:
        """Closes it."""
        self.raw.close()

    def cut(self) -> None:
        """To the engine a lost connection is a closed one."""
        self.raw.close()

    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.raw.is_open

    def refuse(self, error: AmqpError) -> Refused:
        """Remembers why it, or one of its channels, was closed."""
        scope = "connection" if error.closes_connection else "channel"
        refused = Refused(scope, error.code, error.text)
        if error.closes_connection:
            self._refused = refused
            for chan in self.chans.values():
                chan.refused = chan.refused or refused
        return refused

    def closed(self) -> Refused:
        """Why the broker closed it."""
        assert self._refused is not None, "the broker did not close the connection"
        assert not self.raw.is_open
        return self._refused

    def blocks(self, count: int) -> list[str]:
        """What was heard of connection.blocked and unblocked."""
        return all_of(self.heard_blocks, count)


class ClientSink:
    """What the engine tells one connection, sorted by channel."""

    def __init__(self, conn: EngineConn) -> None:
        self._conn = conn

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver."""
        message = copy.message
        where = (message.exchange, message.routing_key)
        delivery = Delivery(consumer_tag, delivery_tag, redelivered, *where, copy.properties, message.body)
        self._conn.chans[channel.number].heard_deliveries.append(delivery)

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """basic.return."""
        where = (message.exchange, message.routing_key)
        answer = Returned(code, text, *where, message.properties, message.body)
        self._conn.chans[channel.number].heard_answers.append(answer)

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """basic.ack or basic.nack."""
        self._conn.chans[channel.number].confirmed(delivery_tag, multiple, ack)

    def committed(self, channel: Channel) -> None:
        """Nothing waits for a store here."""

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """basic.cancel."""
        self._conn.chans[channel.number].heard_cancels.append(consumer_tag)

    def channel_closed(self, channel: Channel, error: AmqpError) -> None:
        """channel.close."""
        self._conn.chans[channel.number].refused = self._conn.refuse(error)

    def blocked(self, connection: Connection, reason: str) -> None:
        """connection.blocked."""
        self._conn.heard_blocks.append(reason)

    def unblocked(self, connection: Connection) -> None:
        """connection.unblocked."""
        self._conn.heard_blocks.append("")

    def flow(self, connection: Connection, active: bool) -> None:
        """Back-pressure, which a client of AMQP does not hear."""

    def closed(self, connection: Connection, error: AmqpError) -> None:
        """connection.close."""
        self._conn.refuse(error)


class EngineChan:
    """A `Chan` of the engine."""

    def __init__(self, conn: EngineConn, raw: Channel) -> None:
        self._conn = conn
        self.raw = raw
        self.refused: Refused | None = None
        self.heard_deliveries: list[Delivery] = []
        self.heard_answers: list[Returned | Confirm] = []
        self.heard_cancels: list[str] = []
        self._confirmed_to = 0

    @property
    def conn(self) -> Conn:
        """The connection it is of."""
        return self._conn

    # -- verbs ----------------------------------------------------------------------------------

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
        self._call(
            self.raw.declare_exchange,
            name,
            type,
            passive=passive,
            durable=durable,
            auto_delete=auto_delete,
            internal=internal,
            arguments=arguments,
        )

    def delete_exchange(self, name: str, if_unused: bool = False) -> None:
        self._call(self.raw.delete_exchange, name, if_unused)

    def bind_exchange(self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(self.raw.bind_exchange, destination, source, routing_key, arguments)

    def unbind_exchange(self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(self.raw.unbind_exchange, destination, source, routing_key, arguments)

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
        ok = self._call(
            self.raw.declare_queue,
            name,
            passive=passive,
            durable=durable,
            exclusive=exclusive,
            auto_delete=auto_delete,
            arguments=arguments,
        )
        return QueueOk(*ok)

    def delete_queue(self, name: str, *, if_unused: bool = False, if_empty: bool = False) -> int:
        return self._call(self.raw.delete_queue, name, if_unused=if_unused, if_empty=if_empty)

    def purge(self, name: str) -> int:
        return self._call(self.raw.purge, name)

    def bind(self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(self.raw.bind, queue, exchange, routing_key, arguments)

    def unbind(self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None) -> None:
        self._call(self.raw.unbind, queue, exchange, routing_key, arguments)

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
        self._tell(self.raw.publish, exchange, routing_key, body, properties, mandatory=mandatory, immediate=immediate)

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
        return self._call(
            self.raw.consume,
            queue,
            consumer_tag,
            no_local=no_local,
            no_ack=no_ack,
            exclusive=exclusive,
            arguments=arguments,
        )

    def cancel(self, consumer_tag: str) -> None:
        self._call(self.raw.cancel, consumer_tag)

    def get(self, queue: str, no_ack: bool = False) -> Got | None:
        ok = self._call(self.raw.get, queue, no_ack)
        if ok is None:
            return None
        message = ok.copy.message
        where = (message.exchange, message.routing_key, ok.messages)
        return Got(ok.delivery_tag, ok.redelivered, *where, ok.properties, message.body)

    def ack(self, delivery_tag: int, multiple: bool = False) -> None:
        self._tell(self.raw.ack, delivery_tag, multiple)

    def nack(self, delivery_tag: int, multiple: bool = False, requeue: bool = True) -> None:
        self._tell(self.raw.nack, delivery_tag, multiple, requeue)

    def reject(self, delivery_tag: int, requeue: bool = True) -> None:
        self._tell(self.raw.reject, delivery_tag, requeue)

    def recover(self, requeue: bool = True) -> None:
        self._call(self.raw.recover, requeue)

    def qos(self, prefetch_count: int, global_: bool = False, prefetch_size: int = 0) -> None:
        self._call(self.raw.qos, prefetch_count, global_, prefetch_size)

    def flow(self, active: bool) -> None:
        self._call(self.raw.flow, active)

    def confirm_select(self) -> None:
        self._call(self.raw.confirm_select)

    def tx_select(self) -> None:
        self._call(self.raw.tx_select)

    def tx_commit(self) -> None:
        self._call(self.raw.tx_commit)

    def tx_rollback(self) -> None:
        self._call(self.raw.tx_rollback)

    def close(self) -> None:
        self.raw.close()

    # -- what came ------------------------------------------------------------------------------

    def deliveries(self, count: int, *, more: bool = False) -> list[Delivery]:
        """The next so many deliveries."""
        if more:
            taken, self.heard_deliveries = self.heard_deliveries[:count], self.heard_deliveries[count:]
            assert len(taken) == count, taken
            return taken
        return all_of(self.heard_deliveries, count)

    def answers(self, count: int) -> list[Returned | Confirm]:
        """The next so many returns and confirms."""
        return all_of(self.heard_answers, count)

    def cancelled(self, count: int) -> list[str]:
        """Tags of so many consumers that the broker cancelled."""
        return all_of(self.heard_cancels, count)

    def so_far(self) -> list[Heard]:
        """All that was heard and not taken yet."""
        return [*all_of(self.heard_deliveries), *all_of(self.heard_answers), *all_of(self.heard_cancels)]

    def closed(self) -> Refused:
        """Why the broker closed it."""
        assert self.refused is not None, "the broker did not close the channel"
        assert not self.raw.is_open
        return self.refused

    def take(self, queue: str) -> Got:
        """Gets a message, acknowledged."""
        got = self.get(queue, no_ack=True)
        assert got is not None, f"no message in {queue}"
        return got

    def await_ready(self, queue: str, count: int) -> None:
        """The queue has exactly so many ready messages."""
        found = self.declare_queue(queue, passive=True).messages
        assert found == count, f"{found} ready messages in {queue}, not {count}"

    def await_gone(self, queue: str) -> None:
        """The queue does not exist."""
        assert queue not in self._conn.peer.broker.queues

    # -- how it is done -------------------------------------------------------------------------

    def confirmed(self, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """An answer for several becomes one for each."""
        first = self._confirmed_to + 1 if multiple else delivery_tag
        self._confirmed_to = delivery_tag
        self.heard_answers.extend(Confirm(tag, ack) for tag in range(first, delivery_tag + 1))

    def _call(self, verb: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return verb(*args, **kwargs)
        except AmqpError as error:
            self.refused = self._conn.refuse(error)
            raise RefusedError(self.refused) from None

    def _tell(self, verb: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except AmqpError as error:
            self.refused = self._conn.refuse(error)


def _never() -> bool:
    return False
