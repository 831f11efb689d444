"""The load of a clone: which producers would make the measured rates, and how long the consumers seem to work.

RabbitMQ counts what comes into each exchange and each queue, not with which routing keys. So for each binding a key is made up that it
takes, and the rates of these keys are found that give, routed by the clone's own bindings, the measured rates of exchanges and queues.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mqviz.backends.live_routes import reached, router_of
from mqviz.backends.sampling import rate_between
from mqviz.model.backend import Note
from mqviz.model.distributions import Exponential
from mqviz.model.load import BurstLoad, PoissonLoad
from mqviz.model.naming import PREDECLARED
from mqviz.model.scenario import ConsumerSpec, ProducerSpec
from mqviz.model.snapshot import BindingStats, ConsumerStats, QueueStats, Snapshot

MOST_KEYS = 300
"""Keys whose rates are sought; of more bindings, those to the busiest queues."""
MOST_BACKLOGS = 50
MOST_MESSAGES = 200_000

_ROUNDS = 300
_LEAST = 0.01
_SECONDS = 0.01
_QUICKEST, _SLOWEST = 0.0001, 60.0
_UNMATCHED = "mqviz-matches-nothing"
_DOT_AND_FIGURE = re.compile(r"\.(?=\d)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class _Key(NamedTuple):
    """A made-up kind of message: where it is published, with which key and headers, and the queues that it reaches."""

    exchange: str
    routing_key: str
    headers: dict[str, Any]
    queues: tuple[str, ...]


class Guesses:
    """`names`: queues that were taken over, with their names in the scenario; `exchanges`: those that were."""

    def __init__(
        self, snapshot: Snapshot, before: tuple[Snapshot, float] | None, names: Mapping[str, str], exchanges: Collection[str]
    ) -> None:
        self._snapshot, self._names = snapshot, names
        self._exchanges = {*exchanges, *PREDECLARED}
        self._before, self._seconds = before if before is not None else (snapshot, 1.0)
        self._taken: set[str] = set()
        self.notes: list[Note] = []
        if before is None:
            self._note("", "no_rates")

    def _note(self, subject: str, reason: str, detail: str = "") -> None:
        self.notes.append(Note(subject=subject, reason=reason, detail=detail))

    def _name(self, wanted: str) -> str:
        """A client's name as a file may hold it, and nobody has it yet."""
        plain = _CONTROL.sub("", _DOT_AND_FIGURE.sub("-", wanted)).removeprefix("queue:").removeprefix("exchange:") or "client"
        name, number = plain, 1
        while name in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name)
        return name

    # -- who publishes ----------------------------------------------------------------------------------------

    def producers(self) -> Iterator[ProducerSpec]:
        """The measured rates, and what lies in the queues now as a burst at the beginning."""
        keys = self._keys()
        rates = _fitted(keys, *self._measured())
        clients = {each.client for each in self._snapshot.producers}
        sole = next(iter(clients)) if len(clients) == 1 else None
        sizes = {each.name: each.message_bytes / each.messages for each in self._snapshot.queues if each.messages}
        for key, rate in zip(keys, rates, strict=True):
            if rate >= _LEAST:
                name = self._name(sole or f"to {key.exchange or (key.queues[0] if key.queues else 'nowhere')}")
                size = next((sizes[queue] for queue in key.queues if queue in sizes), 100.0)
                load = PoissonLoad(rate=float(f"{rate:.4g}"))
                yield ProducerSpec(
                    name=name,
                    exchange=key.exchange,
                    routing_key=key.routing_key,
                    headers=key.headers,
                    size=float(round(size)),
                    load=(load,),
                )
        if any(rate >= _LEAST for rate in rates):
            self._note("", "keys_guessed")
        yield from self._backlogs()

    def _backlogs(self) -> Iterator[ProducerSpec]:
        deepest = sorted((each for each in self._snapshot.queues if each.messages_ready and each.name in self._names), key=_depth)
        left = MOST_MESSAGES
        for queue in deepest[:MOST_BACKLOGS]:
            messages = min(queue.messages_ready, left)
            left -= messages
            if messages < queue.messages_ready:
                self._note(f"queue:{queue.name}", "backlog", f"{messages} of {queue.messages_ready}")
            if messages:
                name, size = self._names[queue.name], queue.message_bytes / queue.messages
                load = BurstLoad(messages=messages)
                yield ProducerSpec(name=self._name(f"backlog of {name}"), routing_key=name, size=float(round(size)), load=(load,))
        for queue in deepest[MOST_BACKLOGS:]:
            self._note(f"queue:{queue.name}", "backlog", f"0 of {queue.messages_ready}")

    def _measured(self) -> tuple[dict[str, float], dict[str, float]]:
        """Messages a second into queues and into exchanges."""
        into = {each.name: each.enqueued for each in self._before.queues}
        queues = {each.name: self._rate(into.get(each.name), each.enqueued) for each in self._snapshot.queues}
        entering = {each.name: each.publish_in for each in self._before.exchanges}
        exchanges = {each.name: self._rate(entering.get(each.name), each.publish_in) for each in self._snapshot.exchanges}
        return queues, {name: rate for name, rate in exchanges.items() if name in self._exchanges}

    def _rate(self, before: int | None, after: int | None) -> float:
        return rate_between(before, after, self._seconds)

    def _keys(self) -> list[_Key]:
        """For each binding of an exchange that takes messages a key, for each such exchange one that nothing matches; each way once."""
        queues, exchanges = self._measured()
        router, found = router_of(self._snapshot), {}
        for exchange, key, headers in self._candidates(queues, {name for name, rate in exchanges.items() if rate > 0.0}):
            to = reached(router, exchange, key, headers)
            kept = None if to is None else tuple(name for name in to if name in self._names)
            if kept is not None and (kept or key == _UNMATCHED):
                found[exchange, kept] = _Key(exchange, key if exchange else self._names[key], headers, kept)
        keys = sorted(found.values(), key=lambda each: -sum(queues[name] for name in each.queues))
        return keys[:MOST_KEYS]

    def _candidates(self, queues: Mapping[str, float], busy: Collection[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for binding in self._snapshot.bindings:
            if binding.source in busy:
                yield (binding.source, *_sample(binding))
        for name in busy:
            if name:
                yield name, _UNMATCHED, {}
        if "" in busy:
            yield from (("", name, {}) for name, rate in queues.items() if rate > 0.0 and name in self._names)

    # -- who consumes -----------------------------------------------------------------------------------------

    def consumers(self) -> Iterator[ConsumerSpec]:
        """Consumers of one client and queue with the same prefetch are members of one."""
        queues = {each.name: each for each in self._snapshot.queues}
        past = {each.name: each for each in self._before.queues}
        groups: dict[tuple[str, str, int, bool], list[ConsumerStats]] = defaultdict(list)
        for each in self._snapshot.consumers:
            if each.queue in self._names:
                groups[each.client, each.queue, each.prefetch_count, each.ack_required].append(each)
        for (client, name, prefetch, acks), members in groups.items():
            queue = queues.get(name)
            before = past.get(name)
            rate = self._rate(before.delivered, queue.delivered) if queue is not None and before is not None else 0.0
            service = _service(queue, rate)
            named = self._name(client)
            self._note(f"consumer:{named}", "service_guessed", f"{service:.3g} s")
            yield ConsumerSpec(
                name=named,
                queue=self._names[name],
                count=len(members),
                prefetch=prefetch,
                ack="manual" if acks else "automatic",
                service=Exponential(mean=service),
            )


def _depth(queue: QueueStats) -> int:
    return -queue.messages_ready


def _service(queue: QueueStats | None, rate: float) -> float:
    """Seconds of work for a message: of consumers that are always busy what their rate says, else by Little's law from what they hold."""
    if queue is None or rate <= 0.0:
        return _SECONDS
    is_saturated = queue.messages_ready > 0 and (queue.consumer_capacity or 0.0) < 1.0
    each = rate / max(1, queue.consumers or 0)
    seconds = 1.0 / each if is_saturated else min(queue.messages_unacknowledged / rate, 0.5 / each)
    return float(f"{min(max(seconds, _QUICKEST), _SLOWEST):.3g}")


def _sample(binding: BindingStats) -> tuple[str, dict[str, Any]]:
    """A key, and headers, that the binding takes whatever the type of its exchange."""
    headers = {key: value for key, value in binding.arguments.items() if not key.startswith("x-")}
    words = ["x" if word in ("*", "#") else word for word in binding.routing_key.split(".")]
    return ".".join(words), headers


def _fitted(keys: Sequence[_Key], queues: Mapping[str, float], exchanges: Mapping[str, float]) -> list[float]:
    """Rates of the keys, none negative, whose sums come nearest to the measured rates (multiplicative updates of least squares)."""
    rows = [(*(f"queue:{name}" for name in key.queues), f"exchange:{key.exchange}") for key in keys]
    goal = {**{f"queue:{name}": rate for name, rate in queues.items()}, **{f"exchange:{name}": rate for name, rate in exchanges.items()}}
    rates = [max(min(goal[part] for part in parts), 1e-9) for parts in rows]
    pulls = [sum(goal[part] for part in parts) for parts in rows]
    for _ in range(_ROUNDS):
        sums: dict[str, float] = defaultdict(float)
        for parts, rate in zip(rows, rates, strict=True):
            for part in parts:
                sums[part] += rate
        rates = [rate * pull / max(sum(sums[part] for part in parts), 1e-12) for rate, pull, parts in zip(rates, pulls, rows, strict=True)]
    return rates
