"""A live broker as a scenario: its topology with the limits in force, its clients, and the measured rates as their load.

What cannot be taken over, or had to be guessed, is noted: a simulation of something else must not look like one of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mqviz.backends.clone_load import Guesses
from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, QueueSpec
from mqviz.model.arguments import EXCHANGE_ARGUMENTS, QUEUE_ARGUMENTS, wrong_arguments, wrong_binding, wrong_queue
from mqviz.model.backend import Cloned, Note
from mqviz.model.naming import PREDECLARED
from mqviz.model.scenario import MAX_QUEUES, Scenario
from mqviz.model.snapshot import ExchangeStats, QueueStats, Snapshot

DURATION = 300.0
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_OWN = "amq."
_TYPES = frozenset(ExchangeType)
_LIMITS = (
    ("x-max-length", "max_length", 1),
    ("x-max-length-bytes", "max_length_bytes", 1),
    ("x-message-ttl", "message_ttl", 1000),
    ("x-dead-letter-exchange", "dead_letter_exchange", None),
    ("x-dead-letter-routing-key", "dead_letter_routing_key", None),
    ("x-delivery-limit", "delivery_limit", 1),
)


def cloned(snapshot: Snapshot, before: tuple[Snapshot, float] | None, virtual_host: str) -> Cloned:
    """The scenario. `before`: an older picture and how many seconds older, for the rates; None: there are none yet."""
    clone = _Clone(snapshot)
    exchanges, queues = tuple(clone.exchanges()), tuple(clone.queues())
    bindings = tuple(clone.bindings())
    guesses = Guesses(snapshot, before, clone.names, {each.name for each in exchanges})
    producers, consumers = tuple(guesses.producers()), tuple(guesses.consumers())
    scenario = Scenario(
        name=f"{snapshot.broker.name} {virtual_host}".strip(),
        duration=DURATION,
        exchanges=exchanges,
        queues=queues,
        bindings=bindings,
        producers=producers,
        consumers=consumers,
    )
    return Cloned(scenario=scenario, notes=(*clone.notes, *guesses.notes))


class _Clone:
    """The topology. `names`: what queues are called in the scenario, by their names on the broker."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._types = dict(PREDECLARED)
        self.names: dict[str, str] = {}
        self.notes: list[Note] = []

    def _note(self, subject: str, reason: str, detail: str = "") -> None:
        self.notes.append(Note(subject=subject, reason=reason, detail=detail))

    # -- exchanges --------------------------------------------------------------------------------------------

    def exchanges(self) -> Iterator[ExchangeSpec]:
        """All but those that every virtual host has, and those of types that only a plugin knows."""
        for each in self._snapshot.exchanges:
            if not each.name.startswith(_OWN) and each.name and self._is_possible(each):
                self._types[each.name] = each.type
        for each in self._snapshot.exchanges:
            if each.name in self._types and each.name not in PREDECLARED:
                yield ExchangeSpec(
                    name=each.name,
                    type=ExchangeType(each.type),
                    durable=each.durable,
                    internal=each.internal,
                    arguments=self._exchange_arguments(each),
                )

    def _is_possible(self, exchange: ExchangeStats) -> bool:
        subject = f"exchange:{exchange.name}"
        if _CONTROL.search(exchange.name):
            self._note(subject, "name")
        elif exchange.type not in _TYPES:
            self._note(subject, "unknown_exchange_type", exchange.type)
        else:
            return True
        return False

    def _exchange_arguments(self, exchange: ExchangeStats) -> dict[str, Any]:
        subject = f"exchange:{exchange.name}"
        given = {key: value for key, value in exchange.arguments.items() if key != "alternate-exchange"}
        kept = self._known(subject, given, EXCHANGE_ARGUMENTS)
        if exchange.alternate is not None and exchange.alternate in self._types:
            kept["alternate-exchange"] = exchange.alternate
        elif exchange.alternate is not None:
            self._note(subject, "argument", f"alternate-exchange = {exchange.alternate}")
        return kept

    def _known(self, subject: str, given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments that a scenario can hold."""
        plain = {key: value for key, value in given.items() if _is_plain(value)}
        wrong = {key for key, _ in wrong_arguments(plain, known)} | (given.keys() - plain.keys())
        for key in sorted(wrong):
            self._note(subject, "argument", f"{key} = {given[key]}")
        return {key: value for key, value in plain.items() if key not in wrong}

    # -- queues -----------------------------------------------------------------------------------------------

    def queues(self) -> Iterator[QueueSpec]:
        """All classic and quorum queues. One that the broker has named gets a name that a file may hold."""
        for each in self._snapshot.queues[:MAX_QUEUES]:
            subject = f"queue:{each.name}"
            if _CONTROL.search(each.name) or not each.name:
                self._note(subject, "name")
            elif each.type not in ("classic", "quorum"):
                self._note(subject, "queue_type", each.type)
            else:
                yield self._queue(each, subject)
        if len(self._snapshot.queues) > MAX_QUEUES:
            self._note("", "too_many_queues", str(len(self._snapshot.queues)))

    def _queue(self, queue: QueueStats, subject: str) -> QueueSpec:
        name = queue.name
        while name.startswith(_OWN):
            name = name.removeprefix(_OWN)
        taken = set(self.names.values())
        if name != queue.name:
            while not name or name in taken:
                name += "'"
            self._note(subject, "renamed", name)
        self.names[queue.name] = name
        if queue.exclusive:
            self._note(subject, "exclusive")
        arguments = self._queue_arguments(queue, subject)
        return QueueSpec(name=name, durable=queue.durable, auto_delete=queue.auto_delete, arguments=arguments)

    def _queue_arguments(self, queue: QueueStats, subject: str) -> dict[str, Any]:
        """What it was declared with, and what a policy has put in force."""
        kept = self._known(subject, queue.arguments, QUEUE_ARGUMENTS)
        if queue.type == "quorum":
            kept["x-queue-type"] = "quorum"
        if queue.overflow != "drop-head":
            kept["x-overflow"] = queue.overflow
        for key, field, unit in _LIMITS:
            value = getattr(queue, field)
            if value is not None:
                kept[key] = value if unit is None else round(value * unit)
        if kept.get("x-dead-letter-exchange", "") not in self._types:
            self._note(subject, "argument", f"x-dead-letter-exchange = {kept.pop('x-dead-letter-exchange')}")
            kept.pop("x-dead-letter-routing-key", None)
        if queue.policy is not None:
            self._note(subject, "policy", queue.policy)
        table = {"durable": queue.durable, "auto_delete": queue.auto_delete}
        for key, text in list(wrong_queue(kept, table)):
            if kept.pop(key, None) is not None:
                self._note(subject, "argument", text)
        return kept

    # -- bindings ---------------------------------------------------------------------------------------------

    def bindings(self) -> Iterator[BindingSpec]:
        """Those whose ends were both taken over."""
        for each in self._snapshot.bindings:
            ends = self._types.keys() if each.destination_type == "exchange" else self.names.keys()
            if each.source not in self._types or each.destination not in ends or not each.destination:
                continue
            is_right = _is_plain(each.arguments) and not (self._types[each.source] == "headers" and any(wrong_binding(each.arguments)))
            if not is_right:
                self._note(f"exchange:{each.source}", "binding", each.destination)
                continue
            is_queue = each.destination_type == "queue"
            yield BindingSpec(
                source=each.source,
                destination=self.names[each.destination] if is_queue else each.destination,
                destination_type=each.destination_type,
                routing_key=each.routing_key,
                arguments=each.arguments,
            )


def _is_plain(value: Any) -> bool:
    """Whether a scenario file can hold it."""
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return isinstance(value, bool | str | float) or (isinstance(value, int) and -(2**63) <= value < 2**63)
