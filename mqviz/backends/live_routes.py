"""Where a message would go on a live broker, answered from its bindings by the engine's own routing; nothing is published."""

from __future__ import annotations

from typing import Any, cast

from mqviz.engine.queue import Queue
from mqviz.engine.routing import Binding, Exchange, Router
from mqviz.model.amqp import Arguments, ExchangeType
from mqviz.model.snapshot import Snapshot

_KNOWN = frozenset(ExchangeType)


class _Place:
    """A queue as routing sees it: a name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class LiveRoutes:
    """Answers for the newest snapshot; the topology is built again only where it has changed."""

    def __init__(self) -> None:
        self._built: tuple[Any, ...] = ()
        self._router = Router()

    def queues(self, snapshot: Snapshot, exchange: str, key: str, headers: Arguments) -> tuple[str, ...] | None:
        """The names of the queues; None where the exchange is of a type that only its plugin understands. KeyError: no such exchange."""
        if exchange not in {each.name for each in snapshot.exchanges} | {""}:
            raise KeyError(exchange)
        return reached(self._router_of(snapshot), exchange, key, headers)

    def _router_of(self, snapshot: Snapshot) -> Router:
        parts = (tuple((each.name, each.alternate) for each in snapshot.exchanges), tuple(each.name for each in snapshot.queues))
        wanted = (*parts, snapshot.bindings)
        if self._built != wanted:
            self._router, self._built = router_of(snapshot), wanted
        return self._router


def _more_keys(headers: Arguments) -> list[str]:
    """CC and BCC route, too."""
    lists = [headers.get(name) for name in ("CC", "BCC")]
    return [key for each in lists if isinstance(each, list) for key in each if isinstance(key, str)]


def reached(router: Router, exchange: str, key: str, headers: Arguments) -> tuple[str, ...] | None:
    """The names of the queues that such a message reaches; None where the router does not know the exchange."""
    start = router.exchanges.get(exchange)
    if start is None:
        return None
    return tuple(queue.name for queue in router.route(start, (key, *_more_keys(headers)), headers).queues)


def router_of(snapshot: Snapshot) -> Router:
    """The exchanges, queues and bindings of a snapshot, for routing alone."""
    router = Router()
    for each in snapshot.exchanges:
        kind = each.arguments.get("x-delayed-type") if each.type == "x-delayed-message" else each.type
        if each.name and kind in _KNOWN:
            exchange = Exchange(each.name, ExchangeType(kind), arguments=each.arguments, internal=each.internal)
            exchange.alternate = each.alternate
            router.exchanges[each.name] = exchange
    # Routing asks of a queue who it is and nothing else, so that a name will do for one.
    router.queues = {each.name: cast(Queue, _Place(each.name)) for each in snapshot.queues}
    for binding in snapshot.bindings:
        source = router.exchanges.get(binding.source)
        ends = router.exchanges if binding.destination_type == "exchange" else router.queues
        destination = ends.get(binding.destination)
        if source is not None and destination is not None:
            source.add(Binding(source, destination, binding.routing_key, binding.arguments))
    return router
