"""The verbs of exchanges and queues: declare, bind, purge, delete."""

from __future__ import annotations

from typing import NamedTuple

from mqviz.engine import clearing, declarations
from mqviz.engine.channel_state import ChannelState
from mqviz.engine.properties import REPLY_TO
from mqviz.engine.refusals import not_found, refusal
from mqviz.engine.verb import verb
from mqviz.model.amqp import Arguments, ReplyCode


class QueueOk(NamedTuple):
    """queue.declare-ok: the name (perhaps the broker's choice), messages ready, consumers."""

    name: str
    messages: int
    consumers: int


class Declaring(ChannelState):
    """The part of a channel that changes the topology."""

    __slots__ = ()

    @verb(40, 10)
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
        wanted = declarations.Wanted(_stripped(name), durable, auto_delete, arguments or {}, passive=passive)
        declarations.declare_exchange(self.broker, wanted, type, internal)

    @verb(40, 20)
    def delete_exchange(self, name: str, if_unused: bool = False) -> None:
        """exchange.delete; no error where there is none."""
        declarations.delete_exchange(self.broker, _stripped(name), if_unused)

    @verb(40, 30)
    def bind_exchange(
        self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None
    ) -> None:
        """exchange.bind: what `source` routes there goes on to `destination`."""
        key = declarations.Key("exchange", _stripped(destination), _stripped(source), routing_key, arguments or {})
        declarations.bind(self.broker, self.connection, key)

    @verb(40, 40)
    def unbind_exchange(
        self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None
    ) -> None:
        """exchange.unbind; no error where there is no such binding."""
        key = declarations.Key("exchange", _stripped(destination), _stripped(source), routing_key, arguments or {})
        declarations.unbind(self.broker, self.connection, key)

    @verb(50, 10)
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
        """queue.declare; without a name the broker chooses one."""
        name = _stripped(name)
        if name.startswith(REPLY_TO):
            return self._declare_reply_to(name)
        durable = durable and not exclusive
        wanted = declarations.Wanted(name, durable, auto_delete, arguments or {}, passive, exclusive)
        queue = declarations.declare_queue(self.broker, self.connection, wanted)
        self.last_queue = queue.name
        return QueueOk(queue.name, len(queue.ready), len(queue.consumers))

    def _declare_reply_to(self, name: str) -> QueueOk:
        if name != REPLY_TO and self.broker.replies.consumer_of(name) is None:
            raise not_found(self.broker.named("queue", name))
        self.last_queue = name
        return QueueOk(name, 0, 1)

    @verb(50, 20)
    def bind(
        self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None
    ) -> None:
        """queue.bind; without a queue the one declared last, and without a key its name."""
        key = self._key(queue, exchange, routing_key, arguments or {})
        declarations.bind(self.broker, self.connection, key)

    @verb(50, 50)
    def unbind(
        self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None
    ) -> None:
        """queue.unbind; no error where there is no such binding."""
        key = self._key(queue, exchange, routing_key, arguments or {})
        declarations.unbind(self.broker, self.connection, key)

    def _key(self, queue: str, exchange: str, routing_key: str, arguments: Arguments) -> declarations.Key:
        name = self.expand(queue)
        routing_key = name if not queue and not routing_key else routing_key
        return declarations.Key("queue", _stripped(name), _stripped(exchange), routing_key, arguments)

    @verb(50, 30)
    def purge(self, queue: str = "") -> int:
        """queue.purge: throw away what is ready; how many."""
        return clearing.purge(declarations.queue_for(self.broker, self.connection, self.expand(queue)))

    @verb(50, 40)
    def delete_queue(self, name: str = "", if_unused: bool = False, if_empty: bool = False) -> int:
        """queue.delete; how many messages were ready. No error where there is none."""
        name = _stripped(self.expand(name))
        queue = self.broker.queues.get(name)
        if queue is None:
            return 0
        declarations.check_access(self.broker, self.connection, queue)
        declarations.check_deletion(self.broker.named("queue", name), queue, if_unused, if_empty)
        return self.broker.delete(queue)

    def expand(self, queue: str) -> str:
        """The queue's name, or that of the one declared last on this channel."""
        if queue or self.last_queue:
            return queue or self.last_queue
        raise refusal(ReplyCode.NOT_FOUND, "no previously declared queue")


def _stripped(name: str) -> str:
    """RabbitMQ takes line ends out of names."""
    return name.replace("\n", "").replace("\r", "")
