"""Dots of a live broker: its counts, between one look and the next, become a sample of steps at the measured rates.

A broker tells how many, never which. So each dot is made up, at the pace of the interval measured last, and says for how many it stands.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count, pairwise
from typing import NamedTuple

from mqviz.model.snapshot import ConsumerStats, Event, EventKind, ExchangeStats, QueueStats, Snapshot

MOST_FLOWS = 300
"""Of all edges that something moves along, the busiest are sampled."""
MOST_A_SECOND = 200.0
"""Dots a second, of all edges together; beyond it each stands for more messages."""
AT_LEAST = 0.1
"""Seconds between two samples."""

_LONGEST = 1.0
_STEPS = (2.0, 2.5, 2.0)


class Step(NamedTuple):
    """One step of a made-up message: what, from where, to where."""

    kind: EventKind
    source: str
    target: str


class Flow(NamedTuple):
    """Steps that one message makes in a row, and how many messages a second do so."""

    steps: tuple[Step, ...]
    rate: float
    redelivered: float = 0.0


class Sampler:
    """Gives the steps for the time since the last call."""

    def __init__(self) -> None:
        self._flows: list[tuple[Flow, float]] = []
        self._weight = 1
        self._last: float | None = None
        self._serial = count(1)

    def follow(self, flows: Sequence[Flow]) -> None:
        """From now on things move like this."""
        busiest = sorted(flows, key=lambda flow: -flow.rate)[:MOST_FLOWS]
        self._weight = _weight(sum(flow.rate * len(flow.steps) for flow in busiest))
        # Each goes on in its beat; new ones begin somewhere else in theirs, or all would start at once.
        beats = {flow.steps: due for flow, due in self._flows}
        self._flows = [(flow, beats.get(flow.steps, (0.5 + place * 0.618) % 1.0)) for place, flow in enumerate(busiest)]

    def rest(self) -> None:
        """Nobody knows what moves."""
        self._flows = []

    def events(self, now: float) -> tuple[Event, ...]:
        """What to show of the time since the last call."""
        last = self._last
        if last is not None and now - last < AT_LEAST:
            return ()
        self._last = now
        if last is None or not self._flows:
            return ()
        return tuple(self._moved(min(now - last, _LONGEST), now))

    def _moved(self, seconds: float, now: float) -> Iterator[Event]:
        for place, (flow, due) in enumerate(self._flows):
            grown = due + flow.rate * seconds / self._weight
            self._flows[place] = flow, grown % 1.0
            for _ in range(int(grown)):
                yield from self._message(flow, now)

    def _message(self, flow: Flow, now: float) -> Iterator[Event]:
        number = next(self._serial)
        redelivered = flow.redelivered > 0.0 and (number * 0.618) % 1.0 < flow.redelivered
        for step in flow.steps:
            yield Event(
                time=now,
                kind=step.kind,
                source=step.source,
                target=step.target,
                message=number,
                redelivered=redelivered,
                weight=self._weight,
            )


def _weight(rate: float) -> int:
    weight, place = 1.0, 0
    while rate / weight > MOST_A_SECOND:
        weight *= _STEPS[place % len(_STEPS)]
        place += 1
    return round(weight)


def flows_between(before: Snapshot, after: Snapshot, seconds: float) -> list[Flow]:
    """What moved from one look to the next, so many seconds later."""
    if seconds <= 0.0:
        return []
    return [*_published(before, after, seconds), *_routed(before, after, seconds), *_delivered(before, after, seconds)]


def rate_between(before: int | None, after: int | None, seconds: float) -> float:
    """A count's growth a second. It is None before the first message; 0 where it cannot be told, or has begun anew with the broker."""
    return 0.0 if after is None else max(0, after - (before or 0)) / seconds


def _grown(past: Mapping[str, int | None], name: str, count: int | None, seconds: float) -> float:
    """Of what was not there before, nobody knows when it began to count."""
    return rate_between(past[name], count, seconds) if name in past else 0.0


def _published(before: Snapshot, after: Snapshot, seconds: float) -> Iterator[Flow]:
    past = {each.name: each.published for each in before.producers}
    for each in after.producers:
        rate = _grown(past, each.name, each.published, seconds)
        if rate > 0.0 and each.exchange:
            yield Flow((Step(EventKind.PUBLISH, f"producer:{each.name}", f"exchange:{each.exchange}"),), rate)


def _routed(before: Snapshot, after: Snapshot, seconds: float) -> Iterator[Flow]:
    """Into each queue goes what was published to it, from the exchanges that lead to it in proportion to what went out of them."""
    past = {each.name: each.enqueued for each in before.queues}
    growing = {each.name: rate for each in after.queues if (rate := _grown(past, each.name, each.enqueued, seconds)) > 0.0}
    if not growing:
        return
    outs = _out_rates(before.exchanges, after.exchanges, seconds)
    ways = _ways(after, growing)
    direct = outs.pop("", 0.0)
    shares = {queue: {name: outs[name] for name in ways[queue] if name in outs} for queue in growing}
    for queue, rate in growing.items():
        sources = shares[queue]
        # The default exchange leads to every queue; how much of it to which, nobody tells.
        total = sum(sources.values()) + direct / len(growing)
        for name, out in sources.items():
            yield Flow(tuple(_hops(ways[queue][name])), rate * out / total)


def _out_rates(before: Sequence[ExchangeStats], after: Sequence[ExchangeStats], seconds: float) -> dict[str, float]:
    past = {each.name: each.publish_out for each in before}
    rates = {each.name: _grown(past, each.name, each.publish_out, seconds) for each in after}
    return {name: rate for name, rate in rates.items() if rate > 0.0}


def _ways(snapshot: Snapshot, queues: Collection[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each of these queues, the exchanges that lead to it, with the shortest way as ids of nodes."""
    leads: dict[str, list[str]] = defaultdict(list)
    for binding in snapshot.bindings:
        leads[f"{binding.destination_type}:{binding.destination}"].append(f"exchange:{binding.source}")
    for exchange in snapshot.exchanges:
        if exchange.alternate:
            leads[f"exchange:{exchange.alternate}"].append(f"exchange:{exchange.name}")
    return {name: _ways_to(f"queue:{name}", leads) for name in queues}


def _ways_to(queue: str, leads: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    ways: dict[str, tuple[str, ...]] = {queue: (queue,)}
    waiting = deque([queue])
    while waiting:
        node = waiting.popleft()
        for source in leads.get(node, ()):
            if source not in ways:
                ways[source] = (source, *ways[node])
                waiting.append(source)
    del ways[queue]
    return {source.removeprefix("exchange:"): way for source, way in ways.items()}


def _hops(way: tuple[str, ...]) -> Iterator[Step]:
    for source, target in pairwise(way):
        yield Step(EventKind.ROUTE, source, target)


def _delivered(before: Snapshot, after: Snapshot, seconds: float) -> Iterator[Flow]:
    """Out of each queue goes what was delivered, to its consumers as they were counted, else to all alike."""
    past = {each.name: each for each in before.queues}
    took = {each.name: each.delivered for each in before.consumers}
    members: dict[str, list[ConsumerStats]] = defaultdict(list)
    for consumer in after.consumers:
        members[consumer.queue].append(consumer)
    for queue in after.queues:
        was = past.get(queue.name)
        rate = rate_between(was.delivered, queue.delivered, seconds) if was is not None else 0.0
        if rate > 0.0 and was is not None:
            again = min(1.0, rate_between(was.redelivered, queue.redelivered, seconds) / rate)
            yield from _to_consumers(queue, members[queue.name], took, rate, again, seconds)


def _to_consumers(
    queue: QueueStats, members: list[ConsumerStats], took: Mapping[str, int | None], rate: float, again: float, seconds: float
) -> Iterator[Flow]:
    rates = [_grown(took, each.name, each.delivered, seconds) for each in members]
    if not any(rates):
        active = [each.active for each in members]
        rates = [rate / max(1, sum(active)) if is_active else 0.0 for is_active in active]
    for each, own in zip(members, rates, strict=True):
        if own > 0.0:
            yield Flow((Step(EventKind.DELIVER, f"queue:{queue.name}", f"consumer:{each.name}"),), own, again)
