"""Which queues does this message reach? Exchanges, bindings, and the walk from one to the other.

An exchange remembers the queues of each routing key that it has seen; what changes the topology must make
all exchanges forget (`Topology.forget`), since bindings between exchanges make them depend on each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """A binding to a queue or to another exchange. `pattern`: its routing key as words."""

    __slots__ = ("arguments", "destination", "pattern", "routing_key", "source")

    def __init__(self, source: Exchange, destination: Queue | Exchange, routing_key: str, arguments: Arguments) -> None:
        self.source = source
        self.destination = destination
        self.routing_key = routing_key
        self.arguments = arguments
        self.pattern = words(routing_key)

    @property
    def is_wild(self) -> bool:
        """Whether the pattern fits more than one key."""
        return "*" in self.pattern or "#" in self.pattern


class Route:
    """Where the messages of one exchange and routing key go. `is_true`: until the exchange forgets it; never, where it is not remembered.

    `only`: the queue, where it is one alone. `taken`: how many messages all queues took; all others, the exchange counts.
    """

    __slots__ = ("is_true", "only", "queues", "taken")

    def __init__(self, queues: tuple[Queue, ...], remembered: bool) -> None:
        self.queues = queues
        self.is_true = remembered
        self.only = queues[0] if remembered and len(queues) == 1 else None
        self.taken = 0


class Exchange:
    """An exchange, the bindings that leave it, in their order, and the routes that it remembers.

    `alternate` is the one in force, by argument or policy.
    """

    __slots__ = (
        "_by_ends",
        "_by_key",
        "_forgotten",
        "_others_in",
        "_others_out",
        "_wild",
        "alternate",
        "arguments",
        "auto_delete",
        "bindings",
        "durable",
        "internal",
        "name",
        "policy",
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
        self.bindings: dict[Binding, None] = {}
        self._by_ends: dict[tuple[Queue | Exchange, str], list[Binding]] = {}
        self._by_key: dict[str, dict[Binding, None]] = {}
        self._wild: dict[Binding, None] = {}
        self.routes: dict[str, Route] = {}
        self._forgotten = self._others_in = self._others_out = self.unroutable = 0

    @property
    def outlives(self) -> bool:
        """Whether it is there after a restart."""
        return self.durable

    # -- what it counts -------------------------------------------------------------------------

    @property
    def taken(self) -> int:
        """Messages that all queues of a remembered route took."""
        return self._forgotten + sum(route.taken for route in self.routes.values())

    @property
    def publish_in(self) -> int:
        """Messages published to it."""
        return self._others_in + self.taken

    @property
    def publish_out(self) -> int:
        """Copies that queues took."""
        return self._others_out + sum(route.taken * len(route.queues) for route in self.routes.values())

    def count(self, entered: int) -> None:
        """A message that so many queues took."""
        self._others_in += 1
        self._others_out += entered

    def forget(self) -> None:
        """The remembered routes are no longer true."""
        self._others_out = self.publish_out
        self._forgotten = self.taken
        for route in self.routes.values():
            route.is_true = False
        self.routes.clear()

    # -- bindings -------------------------------------------------------------------------------

    def add(self, binding: Binding) -> None:
        """A binding that leaves it."""
        self.bindings[binding] = None
        self._by_ends.setdefault((binding.destination, binding.routing_key), []).append(binding)
        if self.type is ExchangeType.TOPIC and binding.is_wild:
            self._wild[binding] = None
        else:
            self._by_key.setdefault(binding.routing_key, {})[binding] = None

    def remove(self, binding: Binding) -> None:
        """A binding is gone."""
        del self.bindings[binding]
        self._by_ends[binding.destination, binding.routing_key].remove(binding)
        self._wild.pop(binding, None)
        same_key = self._by_key.get(binding.routing_key, {})
        same_key.pop(binding, None)
        if not same_key:
            self._by_key.pop(binding.routing_key, None)
        if not self._by_ends[binding.destination, binding.routing_key]:
            del self._by_ends[binding.destination, binding.routing_key]

    def find(self, destination: Queue | Exchange, routing_key: str, arguments: Arguments) -> Binding | None:
        """The binding that these words name."""
        same = self._by_ends.get((destination, routing_key), ())
        return next((each for each in same if each.arguments == arguments), None)

    def matching(self, routing_key: str, headers: Mapping[str, Any]) -> Iterable[Binding]:
        """The bindings that take such a message."""
        if self.type is ExchangeType.FANOUT:
            return self.bindings
        if self.type is ExchangeType.HEADERS:
            return [each for each in self.bindings if headers_match(each.arguments, headers)]
        exact = self._by_key.get(routing_key, {})
        if not self._wild:
            return exact
        split = words(routing_key)
        return [*exact, *(each for each in self._wild if topic_matches(each.pattern, split))]


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

    def route(self, exchange: Exchange, keys: tuple[str, ...], headers: Mapping[str, Any] = NO_HEADERS) -> Route:
        """The queues that a message reaches by its routing keys (its own, CC, BCC), each once.

        All keys are tried at one exchange before its alternate is: a message that one of them
        has routed is not unroutable.
        """
        if len(keys) > 1:
            return Route(self._walk(exchange, tuple(dict.fromkeys(keys)), headers)[0], remembered=False)
        known = exchange.routes.get(keys[0])
        if known is not None:
            return known
        queues, by_key_alone = self._walk(exchange, keys, headers)
        route = Route(queues, by_key_alone)
        if by_key_alone:
            if len(exchange.routes) >= MAX_REMEMBERED:
                exchange.forget()
            exchange.routes[keys[0]] = route
        return route

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
