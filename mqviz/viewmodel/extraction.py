"""Which fields of a snapshot are recorded, under which names, and how they become rows of numbers.

Nodes have the ids of the snapshot; their fields its names, but for `ready` and `unacked`. The whole is the node "".
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from itertools import chain
from math import nan
from operator import attrgetter
from typing import Any

import numpy as np

from mqviz.model.snapshot import BindingStats, ClientState, ConsumerStats, MessageStats, QueueStats, Snapshot
from mqviz.viewmodel.history import Kind
from mqviz.viewmodel.series import Floats

_T, _G, _S = Kind.TOTAL, Kind.GAUGE, Kind.SETTING

_QUEUE = {
    "ready": _G,
    "unacked": _G,
    "oldest": _G,
    "max_length": _S,
    **dict.fromkeys(("enqueued", "delivered", "acknowledged", "redelivered"), _T),
    **dict.fromkeys(("dead_lettered", "dropped", "refused", "expired", "rejected", "lost"), _T),
}
_PRODUCER = {**dict.fromkeys(("published", "confirmed", "returned", "nacked", "timed_out"), _T), "waiting": _G, "unconfirmed": _G}
_CONSUMER = {**dict.fromkeys(("delivered", "acknowledged", "redelivered", "completed", "busy_time"), _T), "unacked": _G, "workers": _S}
_EXCHANGE = dict.fromkeys(("publish_in", "publish_out", "unroutable"), _T)
_SERVICE = {
    **dict.fromkeys(("requests", "completed", "refused", "timed_out", "failed", "busy_time"), _T),
    **dict.fromkeys(("in_service", "waiting"), _G),
    "accept": _S,
}
_TRANSLATOR = dict.fromkeys(("taken", "translated", "invalid"), _T)
COUNTED = MessageStats.__struct_fields__
"""The thirteen totals of RabbitMQ's management UI, in its order; recorded of the whole as `counted_publish` and so on."""

_WHOLE = {
    **dict.fromkeys(("publish", "confirm", "return", "unroutable"), _T),
    **dict.fromkeys(("deliver", "ack", "redeliver", "dead_letter", "dropped", "refused", "expired", "rejected", "lost"), _T),
    **dict.fromkeys(("requests", "answers", "failed_calls"), _T),
    **dict.fromkeys(("ready", "unacked", "oldest", "in_service", "waiting", "blocked", "p50", "p95", "p99"), _G),
    **dict.fromkeys((f"counted_{name}" for name in COUNTED), _T),
}

FIELDS = {
    "": _WHOLE,
    "queue": _QUEUE,
    "producer": _PRODUCER,
    "consumer": _CONSUMER,
    "exchange": _EXCHANGE,
    "service": _SERVICE,
    "translator": _TRANSLATOR,
    "binding": {"messages": _T},
}
"""What is recorded of each kind of node."""

_THROWN_AWAY = ("dropped", "refused", "expired", "rejected", "lost")

SUMS = {
    "": {"depth": ("ready", "unacked"), "drop": _THROWN_AWAY},
    "queue": {"depth": ("ready", "unacked"), "drop": _THROWN_AWAY},
    "service": {"depth": ("in_service", "waiting"), "failed_calls": ("refused", "timed_out", "failed")},
}
"""Names that stand for a sum of recorded fields."""


def binding_id(binding: BindingStats) -> str:
    """The id of a binding: `binding:SOURCE>queue:DESTINATION:KEY`."""
    return f"binding:{binding.source}>{binding.destination_type}:{binding.destination}:{binding.routing_key}"


_queue_totals = attrgetter(*(field for field, kind in _QUEUE.items() if kind is _T))


def _read_queue(queue: QueueStats) -> tuple[Any, ...]:
    oldest, limit = queue.oldest, queue.max_length
    return (
        queue.messages_ready,
        queue.messages_unacknowledged,
        nan if oldest is None else oldest,
        nan if limit is None else limit,
        *_queue_totals(queue),
    )


_GONE = frozenset((ClientState.KILLED, ClientState.STOPPED, ClientState.DISCONNECTED))


def is_present(consumer: ConsumerStats) -> bool:
    """Whether a consumer is connected, so that it could work."""
    return consumer.state not in _GONE


_consumer_totals = attrgetter(*(field for field, kind in _CONSUMER.items() if kind is _T))


def _read_consumer(consumer: ConsumerStats) -> tuple[Any, ...]:
    """`workers` are those that could work: none of a consumer that is gone."""
    workers = consumer.workers if consumer.state not in _GONE else 0
    return *_consumer_totals(consumer), consumer.messages_unacknowledged, workers


_READERS: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "producer": attrgetter(*_PRODUCER),
    "consumer": _read_consumer,
    "exchange": attrgetter(*_EXCHANGE),
    "service": attrgetter(*_SERVICE),
    "translator": attrgetter(*_TRANSLATOR),
}


class Extraction:
    """Turns snapshots into rows; keeps the ids of nodes, which seldom change."""

    def __init__(self) -> None:
        self._ids: dict[str, tuple[list[str], tuple[str, ...]]] = {}

    def rows(self, snapshot: Snapshot) -> dict[str, tuple[tuple[str, ...], Floats]]:
        """For each kind of node its ids, and for each of them its fields."""
        result = {"queue": (self._named("queue", snapshot.queues), _rows(snapshot.queues, _read_queue, len(_QUEUE)))}
        for kind, read in _READERS.items():
            every = getattr(snapshot, f"{kind}s")
            values = _rows(every, read, len(FIELDS[kind])) if kind != "service" else _service_rows(every)
            result[kind] = self._named(kind, every), values
        counted = [binding for binding in snapshot.bindings if binding.messages is not None]
        result["binding"] = self._bindings(counted), _rows(counted, lambda binding: (binding.messages,), 1)
        return result

    def _named(self, kind: str, every: Sequence[Any]) -> tuple[str, ...]:
        return self._remembered(kind, [each.name for each in every], lambda: tuple(f"{kind}:{each.name}" for each in every))

    def _bindings(self, every: Sequence[BindingStats]) -> tuple[str, ...]:
        keys = [(each.source, each.destination, each.routing_key, each.destination_type) for each in every]
        return self._remembered("binding", keys, lambda: tuple(map(binding_id, every)))

    def _remembered(self, kind: str, names: list[Any], make: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        known = self._ids.get(kind)
        if known is None or known[0] != names:
            known = self._ids[kind] = names, make()
        return known[1]


def _rows(every: Sequence[Any], read: Callable[[Any], tuple[Any, ...]], width: int) -> Floats:
    """`struct` turns Python's numbers into an array in half the time that numpy takes. What cannot be told is NaN."""
    numbers = tuple(chain.from_iterable(map(read, every)))
    try:
        packed = struct.pack(f"{len(numbers)}d", *numbers)
    except struct.error:
        packed = struct.pack(f"{len(numbers)}d", *(nan if number is None else number for number in numbers))
    return np.frombuffer(packed).reshape(len(every), width)


def _service_rows(every: Sequence[Any]) -> Floats:
    read = _READERS["service"]
    return np.array([read(each) for each in every], dtype=np.float64).reshape(len(every), len(_SERVICE))
