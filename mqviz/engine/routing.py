"""Which queues does this message reach? Exchanges, bindings, and the walk from one to the other.

An exchange remembers the queues of each routing key that it has seen; what changes the topology must make
all exchanges forget (`Topology.forget`), since bindings between exchanges make them depend on each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mqviz.engine.headers import headers_match
from mqviz.engine.topics import topic_matches, words
from mqviz.model.amqp import Arguments, ExchangeType

if TYPE_CHECKING:
    from mqviz.engine.queue import Queue

MAX_REMEMBERED = 10_000
"""Routing keys that one exchange remembers; clients choose the keys, so there must be an end."""

NO_HEADERS: Mapping[str, Any] = {}


class Binding:
    """A binding to a queue or to another exchange. `messages`: how many routed messages matched it, where that is counted."""

    __slots__ = ("arguments", "destination", "pattern", "routing_key", "source")

    def __init__(self, source: Exchange, destination: Queue | Exchange, routing_key: str, arguments: Arguments) -> None:
        self.source = source
        self.destination = destination
        self.routing_key = routing_key
        self.arguments = arguments
        self.pattern = words(routing_key)

    def is_like(self, destination: Queue | Exchange, routing_key: str, arguments: Arguments) -> bool:
        """Whether it is the binding that these words name."""
        same = self.destination is destination and self.routing_key == routing_key
        return same and self.arguments == arguments


class Exchange:
    """An exchange and the bindings that leave it. `alternate` is the one in force, by argument or policy."""

    __slots__ = (
        "alternate",
        "arguments",
        "auto_delete",
        "bindings",
        "durable",
        "internal",
        "name",
        "policy",
        "publish_in",
        "publish_out",
        "routes",
        "type",
        "unroutable",
    )

    def __init__(
        self,
        name: str,
        type: ExchangeType,
        *,
        durable: bool = False,
        auto_delete: bool = False,
        internal: bool = False,
        arguments: Arguments | None = None,
    ) -> None:
        self.name = name
        self.type = type
        self.durable = durable
        self.auto_delete = auto_delete
        self.internal = internal
        self.arguments: Arguments = arguments or {}
        self.alternate: str | None = None
        self.policy: str | None = None
        self.bindings: list[Binding] = []
        self.routes: dict[str, tuple[Queue, ...]] = {}
        self.publish_in = self.publish_out = self.unroutable = 0

    def matching(self, routing_key: str, headers: Mapping[str, Any]) -> Iterator[Binding]:
        """The bindings that take such a message."""
        matches = _MATCHERS[self.type]
        split = words(routing_key)
        return (each for each in self.bindings if matches(each, routing_key, split, headers))


def _direct(binding: Binding, key: str, split: list[str], headers: Mapping[str, Any]) -> bool:
    return binding.routing_key == key


def _topic(binding: Binding, key: str, split: list[str], headers: Mapping[str, Any]) -> bool:
    return topic_matches(binding.pattern, split)


def _fanout(binding: Binding, key: str, split: list[str], headers: Mapping[str, Any]) -> bool:
    return True


def _headers(binding: Binding, key: str, split: list[str], headers: Mapping[str, Any]) -> bool:
    return headers_match(binding.arguments, headers)


_MATCHERS: dict[ExchangeType, Callable[[Binding, str, list[str], Mapping[str, Any]], bool]] = {
    ExchangeType.DIRECT: _direct,
    ExchangeType.TOPIC: _topic,
    ExchangeType.FANOUT: _fanout,
    ExchangeType.HEADERS: _headers,
}


class Router:
    """Finds the way of a message through the exchanges and queues of one virtual host, given by name.

    `targets`: the exchanges that a client may publish to, which are all but internal ones.
    """

    __slots__ = ("default", "exchanges", "queues", "targets")

    def __init__(self) -> None:
        self.default = Exchange("", ExchangeType.DIRECT, durable=True)
        self.exchanges: dict[str, Exchange] = {"": self.default}
        self.targets: dict[str, Exchange] = {"": self.default}
        self.queues: dict[str, Queue] = {}

    def route(self, exchange: Exchange, keys: tuple[str, ...], headers: Mapping[str, Any] = NO_HEADERS) -> tuple[Queue, ...]:
        """The queues that a message reaches by its routing keys (its own, CC, BCC), each once.

        All keys are tried at one exchange before its alternate is: a message that one of them
        has routed is not unroutable.
        """
        if len(keys) > 1:
            return self._walk(exchange, tuple(dict.fromkeys(keys)), headers)[0]
        known = exchange.routes.get(keys[0])
        if known is not None:
            return known
        queues, by_key_alone = self._walk(exchange, keys, headers)
        if by_key_alone:
            if len(exchange.routes) >= MAX_REMEMBERED:
                exchange.routes.clear()
            exchange.routes[keys[0]] = queues
        return queues

    def _walk(
        self, start: Exchange, keys: tuple[str, ...], headers: Mapping[str, Any]
    ) -> tuple[tuple[Queue, ...], bool]:
        """Queues, and whether only the keys decided (no headers exchange on the way). Each exchange is entered once, so circles end."""
        queues: dict[Queue, None] = {}
        entered = {start.name}
        waiting = [start]
        by_key_alone = True
        while waiting:
            exchange = waiting.pop()
            by_key_alone = by_key_alone and exchange.type is not ExchangeType.HEADERS
            for destination in self._from(exchange, keys, headers):
                if not isinstance(destination, Exchange):
                    queues[destination] = None
                elif destination.name not in entered:
                    entered.add(destination.name)
                    waiting.append(destination)
        return tuple(queues), by_key_alone

    def _from(
        self, exchange: Exchange, keys: tuple[str, ...], headers: Mapping[str, Any]
    ) -> list[Queue | Exchange]:
        """One step: where the exchange's bindings lead, or else its alternate.

        The default exchange is no alternate: its bindings are only implied, and RabbitMQ implies them where a message enters.
        """
        if exchange is self.default:
            return [self.queues[key] for key in keys if key in self.queues]
        found = [binding.destination for key in keys for binding in exchange.matching(key, headers)]
        if not found and exchange.alternate and exchange.alternate in self.exchanges:
            return [self.exchanges[exchange.alternate]]
        return found
