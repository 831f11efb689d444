"""What can be turned on a node while it runs, and the change that turning it means.

A knob is plain data: the inspector shows it as a slider, a stepper or a choice, and asks `change_of` for what to submit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mqviz.model.distributions import Constant, Distribution, with_mean
from mqviz.model.faults import Changed
from mqviz.model.scenario import Change, Scenario
from mqviz.model.snapshot import (
    ConsumerStats,
    ProducerStats,
    QueueStats,
    ServiceStats,
    Snapshot,
    TranslatorStats,
)

Value = float | str | None

NO_LIMIT = "none"
"""What takes a queue's limit away, since TOML has no null."""


@dataclass(frozen=True, slots=True)
class Knob:
    """One thing to turn. `value` None: there is no limit now. `choices`: the values of a choice; else a number from low to high."""

    code: str
    value: Value
    low: float = 0.0
    high: float = 0.0
    whole: bool = True
    logarithmic: bool = False
    optional: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()


def split(node: str) -> tuple[str, str]:
    """Kind and name of a node's id."""
    kind, _, name = node.partition(":")
    return kind, name


def client_of(member: str) -> str:
    """The client that a member (`server.2`) belongs to; a client's own name stays."""
    name, dot, number = member.rpartition(".")
    return name if dot and number.isdigit() else member


def knobs_of(snapshot: Snapshot, scenario: Scenario, node: str) -> tuple[Knob, ...]:
    """What can be turned on this node; nothing for what is not there (any more)."""
    kind, name = split(node)
    make = _MAKERS.get(kind)
    return make(snapshot, scenario, name) if make else ()


def _queue(snapshot: Snapshot, scenario: Scenario, name: str) -> tuple[Knob, ...]:
    queue = next((each for each in snapshot.queues if each.name == name), None)
    return _queue_knobs(queue, snapshot) if queue else ()


def _queue_knobs(queue: QueueStats, snapshot: Snapshot) -> tuple[Knob, ...]:
    exchanges = ("", *(each.name for each in snapshot.exchanges if each.name))
    overflows = ("drop-head", "reject-publish", "reject-publish-dlx")
    limit = Knob("max_length", queue.max_length, 1, 100_000, logarithmic=True, optional=True)
    ttl = Knob("message_ttl", queue.message_ttl, 0.1, 3600.0, whole=False, logarithmic=True, optional=True, unit="s")
    overflow = Knob("overflow", queue.overflow, choices=overflows[:2] if queue.type == "quorum" else overflows)
    dead = Knob("dead_letter_exchange", queue.dead_letter_exchange, optional=True, choices=exchanges)
    tries = Knob("delivery_limit", queue.delivery_limit, 1, 100, optional=True)
    return (limit, ttl, overflow, dead, *((tries,) if queue.type == "quorum" else ()))


def _producer(snapshot: Snapshot, scenario: Scenario, name: str) -> tuple[Knob, ...]:
    client = client_of(name)
    every = [each for each in snapshot.producers if each.client == client and _is_ours(each, snapshot)]
    return _producer_knobs(every) if every else ()


def _is_ours(member: ProducerStats | ConsumerStats, snapshot: Snapshot) -> bool:
    """External clients at the AMQP port are no members of a client of the file: nothing can be turned on them."""
    return snapshot.live or member.name != member.client


def _producer_knobs(every: list[ProducerStats]) -> tuple[Knob, ...]:
    first = every[0]
    rate = Knob("rate", first.rate, 0.1, 20_000.0, whole=False, logarithmic=True, unit="/s")
    window = Knob("confirm", first.confirm, 1, 1000, logarithmic=True)
    knobs = [Knob("count", len(every), 1, 100)]
    if first.rate is not None:
        knobs.insert(0, rate)
    if first.confirm is not None:
        knobs.append(window)
    return tuple(knobs)


def _consumer(snapshot: Snapshot, scenario: Scenario, name: str) -> tuple[Knob, ...]:
    client = client_of(name)
    every = [each for each in snapshot.consumers if each.client == client and _is_ours(each, snapshot)]
    return _consumer_knobs(every) if every else ()


def _consumer_knobs(every: list[ConsumerStats]) -> tuple[Knob, ...]:
    first = every[0]
    count = Knob("count", len(every), 1, 100)
    prefetch = Knob("prefetch", first.prefetch_count, 0, 500)
    workers = Knob("workers", first.workers, 1, 64)
    return (count, prefetch, workers, *_service_time(first.service_mean))


def _service_time(mean: float | None) -> tuple[Knob, ...]:
    if mean is None:
        return ()
    return (Knob("service_time", mean, 0.0001, 60.0, whole=False, logarithmic=True, unit="s"),)


def _service(snapshot: Snapshot, scenario: Scenario, name: str) -> tuple[Knob, ...]:
    service = next((each for each in snapshot.services if each.name == name), None)
    return _service_knobs(service) if service else ()


def _service_knobs(service: ServiceStats) -> tuple[Knob, ...]:
    workers = Knob("workers", service.workers, 1, 256)
    accept = Knob("accept", service.accept, 0, 100_000, logarithmic=True)
    timeout = Knob("timeout", service.timeout, 0.01, 600.0, whole=False, logarithmic=True, unit="s")
    optional = [knob for knob in (accept, timeout) if knob.value is not None]
    return (workers, *optional, *_service_time(service.service_mean))


def _translator(snapshot: Snapshot, scenario: Scenario, name: str) -> tuple[Knob, ...]:
    translator = next((each for each in snapshot.translators if each.name == name), None)
    return _translator_knobs(translator) if translator else ()


def _translator_knobs(translator: TranslatorStats) -> tuple[Knob, ...]:
    return _service_time(translator.service_mean)


_MAKERS: dict[str, Callable[[Snapshot, Scenario, str], tuple[Knob, ...]]] = {
    "queue": _queue,
    "producer": _producer,
    "consumer": _consumer,
    "service": _service,
    "translator": _translator,
}

_ARGUMENTS = {
    "max_length": "x-max-length",
    "overflow": "x-overflow",
    "dead_letter_exchange": "x-dead-letter-exchange",
    "delivery_limit": "x-delivery-limit",
}


def change_of(scenario: Scenario, node: str, code: str, value: Value) -> Change:
    """The change that sets this knob to `value`; None takes a queue's limit away."""
    kind, name = split(node)
    if kind == "queue":
        return Change(target=node, set=Changed(arguments=_argument(code, value)))
    client = client_of(name)
    if code == "service_time":
        return Change(target=client, set=Changed(service=with_mean(_distribution(scenario, client), _number(value))))
    wanted = _number(value) if code in ("rate", "timeout") else round(_number(value))
    return Change(target=client, set=Changed(**{code: wanted}))  # type: ignore[arg-type]  # the code is the field's name


def _argument(code: str, value: Value) -> dict[str, object]:
    if code == "message_ttl":
        return {"x-message-ttl": NO_LIMIT if value is None else round(_number(value) * 1000)}
    return {_ARGUMENTS[code]: NO_LIMIT if value is None else round(value) if isinstance(value, float) else value}


def _number(value: Value) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"a number is wanted, not {value!r}")
    return float(value)


def _distribution(scenario: Scenario, client: str) -> Distribution:
    times = {each.name: each.service for each in scenario.consumers}
    times |= {each.name: each.service for each in scenario.services}
    times |= {each.name: each.service for each in scenario.translators}
    return times.get(client, Constant(mean=0.0))
