"""RabbitMQ's definitions (the JSON that its management plugin exports) in and out of a scenario.

One virtual host becomes the topology of a scenario. What a scenario cannot hold is listed, never dropped in silence.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from msgspec import Struct, to_builtins

from mqviz.errors import ScenarioError
from mqviz.model.amqp import BindingSpec, ExchangeSpec, PolicySpec, QueueSpec
from mqviz.model.arguments import (
    EXCHANGE_ARGUMENTS,
    POLICY_KEYS,
    QUEUE_ARGUMENTS,
    Check,
    wrong_arguments,
    wrong_binding,
    wrong_queue,
)
from mqviz.model.mistakes import Mistakes
from mqviz.model.naming import PREDECLARED
from mqviz.model.reading import read_table
from mqviz.model.said import listed, say
from mqviz.model.scenario import MAX_QUEUES, Scenario

_PARTS = ("exchanges", "queues", "bindings", "policies")
_SETTINGS = {"users", "permissions", "topic_permissions", "parameters", "global_parameters"}
_ABOUT = {
    "rabbit_version",
    "rabbitmq_version",
    "rabbitmq_definition_format",
    "product_name",
    "product_version",
    "original_vhost_name",
    "original_cluster_name",
    "explanation",
    "metadata",
    "description",
    "default_queue_type",
    "tags",
    "vhosts",
}
"""What the file tells about itself or its broker, and no scenario needs."""

_FIELDS = {
    "exchanges": {"name", "vhost", "type", "durable", "auto_delete", "internal", "arguments"},
    "queues": {"name", "vhost", "type", "durable", "auto_delete", "exclusive", "arguments"},
    "bindings": {"source", "vhost", "destination", "destination_type", "routing_key", "arguments"},
    "policies": {"name", "vhost", "pattern", "definition", "priority", "apply-to"},
}

_NOT_OURS = {"queues": ("type",)}
"""Newer brokers write the type of a queue beside its arguments."""

Table = Mapping[str, Any]
S = TypeVar("S", ExchangeSpec, QueueSpec, BindingSpec, PolicySpec)


class Imported(Struct, frozen=True, kw_only=True):
    """A scenario with the topology of `vhost`, one of `vhosts`, and what was left out, a line for each."""

    scenario: Scenario
    vhost: str
    vhosts: tuple[str, ...]
    not_understood: tuple[str, ...]


def from_definitions(text: str, vhost: str | None = None) -> Imported:
    """The topology of one virtual host: the one named, else the one with most queues. ScenarioError for what is no such file."""
    definitions = _loaded(text)
    vhosts = _vhosts(definitions)
    chosen = vhost if vhost is not None else _largest(definitions, vhosts)
    if chosen not in vhosts:
        raise ScenarioError((say("there is no virtual host {0!r}; there is {1}", chosen, ", ".join(map(repr, vhosts))),))
    reader = _Reader(definitions, chosen)
    scenario = reader.scenario()
    return Imported(scenario=scenario, vhost=chosen, vhosts=vhosts, not_understood=tuple(reader.left_out))


def _loaded(text: str) -> Table:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError((say("not JSON: {0}", error),)) from None
    if not isinstance(found, dict) or not any(isinstance(found.get(part), list) for part in _PARTS):
        raise ScenarioError((say("these are no definitions of RabbitMQ: there are no queues, exchanges, bindings or policies"),))
    return found


def _vhosts(definitions: Table) -> tuple[str, ...]:
    listed = [str(each.get("name")) for each in _tables(definitions, "vhosts")]
    used = [str(each["vhost"]) for part in _PARTS for each in _tables(definitions, part) if "vhost" in each]
    alone = definitions.get("original_vhost_name", "/")
    return tuple(dict.fromkeys([*listed, *used])) or (str(alone),)


def _largest(definitions: Table, vhosts: tuple[str, ...]) -> str:
    queues = Counter(str(each.get("vhost")) for each in _tables(definitions, "queues"))
    return max(vhosts, key=lambda name: queues[name])


def _tables(definitions: Table, part: str) -> Iterator[Table]:
    found = definitions.get(part)
    return (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))


class _Reader:
    """Reads one virtual host, and keeps what it leaves out."""

    def __init__(self, definitions: Table, vhost: str) -> None:
        self._definitions = definitions
        self._vhost = vhost
        self.left_out: list[str] = []
        self._names = {part: {str(each.get("name")) for each in self._of_vhost(part)} for part in ("exchanges", "queues")}
        self._names["exchanges"] |= PREDECLARED.keys()

    def scenario(self) -> Scenario:
        """The topology; afterwards `left_out` is complete."""
        exchanges = tuple(self._exchanges())
        self._names["exchanges"] = {*PREDECLARED, *(each.name for each in exchanges)}
        queues = tuple(self._queues())
        self._names["queues"] = {each.name for each in queues}
        types = {**PREDECLARED, **{each.name: each.type.value for each in exchanges}}
        bindings, policies = tuple(self._bindings(types)), tuple(self._policies())
        self._list_settings()
        return Scenario(name=self._title(), exchanges=exchanges, queues=queues, bindings=bindings, policies=policies)

    def _title(self) -> str:
        settings = {str(each.get("name")): each.get("value") for each in _tables(self._definitions, "global_parameters")}
        cluster = settings.get("cluster_name")
        return f"{cluster} {self._vhost}" if isinstance(cluster, str) else self._vhost

    def _of_vhost(self, part: str) -> list[Table]:
        return [each for each in _tables(self._definitions, part) if each.get("vhost", self._vhost) == self._vhost]

    def _leave_out(self, part: str, table: Table, reason: str) -> None:
        self.left_out.append(say("{0}: {1}", _label(part, table), reason))

    def _read(self, spec: type[S], part: str, table: Table, **arguments: Any) -> S | None:
        """A table as a value of the model; None where it is not one, and then it is listed."""
        for key in table.keys() - _FIELDS[part]:
            self._leave_out(part, table, key)
        raw = {key: value for key, value in table.items() if key in _FIELDS[part] - {"vhost", *_NOT_OURS.get(part, ())}}
        mistakes = Mistakes("", {}, {})
        value = read_table(spec, {**raw, **arguments}, (), mistakes)
        if not isinstance(value, spec):
            self._leave_out(part, table, listed(mistakes.texts, "; "))
            return None
        return value

    def _exchanges(self) -> Iterator[ExchangeSpec]:
        taken: set[str] = set(PREDECLARED)
        for table in self._of_vhost("exchanges"):
            if str(table.get("name")) in PREDECLARED:
                continue
            arguments = self._arguments(table, "exchanges", EXCHANGE_ARGUMENTS, "alternate-exchange")
            found = self._read(ExchangeSpec, "exchanges", table, arguments=arguments)
            if found is not None and self._is_first(found.name, taken, "exchanges", table):
                yield found

    def _is_first(self, name: str, taken: set[str], part: str, table: Table) -> bool:
        if name in taken:
            self._leave_out(part, table, say("it is there twice"))
        elif len(taken) >= MAX_QUEUES:
            self._leave_out(part, table, say("more than {0:,}", MAX_QUEUES))
        else:
            taken.add(name)
            return True
        return False

    def _queues(self) -> Iterator[QueueSpec]:
        taken: set[str] = set()
        for table in self._of_vhost("queues"):
            found = self._read(QueueSpec, "queues", table, arguments=self._queue_arguments(table))
            if found is not None and self._is_first(found.name, taken, "queues", table):
                yield found

    def _queue_arguments(self, table: Table) -> dict[str, Any]:
        kind = table.get("type", "classic")
        given = table.get("arguments") or {}
        if kind != "classic" and isinstance(given, dict):
            table = {**table, "arguments": {"x-queue-type": kind, **given}}
        arguments = self._arguments(table, "queues", QUEUE_ARGUMENTS, "x-dead-letter-exchange")
        for key, text in list(wrong_queue(arguments, table)):
            self._leave_out("queues", table, text)
            arguments.pop(key, None)
        return arguments

    def _arguments(
        self, table: Table, part: str, known: Mapping[str, Check] | None, exchange: str, key: str = "arguments"
    ) -> dict[str, Any]:
        """What a scenario can hold of some arguments (known: None for any); `exchange` is the one that names an exchange."""
        given = table.get(key) or {}
        if not isinstance(given, dict):
            self._leave_out(part, table, key)
            return {}
        kept = {name: value for name, value in given.items() if _is_plain(value)}
        wrong = given.keys() - kept.keys()
        wrong |= {name for name, _ in wrong_arguments(kept, known)} if known is not None else set()
        wrong |= {name for name in (exchange, "alternate-exchange") if name in kept and kept[name] not in self._names["exchanges"]}
        for name in sorted(wrong):
            self._leave_out(part, table, f"{name} = {json.dumps(given[name], ensure_ascii=False)}")
        return {name: value for name, value in kept.items() if name not in wrong}

    def _bindings(self, types: Mapping[str, str]) -> Iterator[BindingSpec]:
        for table in self._of_vhost("bindings"):
            if table.get("source") == "" and table.get("destination") == table.get("routing_key"):
                continue  # every queue has this one
            arguments = self._arguments(table, "bindings", None, "")
            found = self._read(BindingSpec, "bindings", table, arguments=arguments)
            if found is None:
                continue
            ends = self._names["exchanges" if found.destination_type == "exchange" else "queues"]
            if found.source not in types or found.destination not in ends:
                self._leave_out("bindings", table, say("one of its ends is not there"))
            elif types[found.source] == "headers" and any(wrong_binding(arguments)):
                self._leave_out("bindings", table, listed((text for _, text in wrong_binding(arguments)), "; "))
            else:
                yield found

    def _policies(self) -> Iterator[PolicySpec]:
        taken: set[str] = set()
        for table in self._of_vhost("policies"):
            definition = self._arguments(table, "policies", POLICY_KEYS, "dead-letter-exchange", "definition")
            found = self._read(PolicySpec, "policies", table, definition=definition)
            if found is not None and self._is_first(found.name, taken, "policies", table):
                yield found

    def _list_settings(self) -> None:
        for key, value in self._definitions.items():
            if key in _ABOUT or key in _PARTS:
                continue
            number = f" ({len(value)})" if isinstance(value, list | dict) else ""
            if value or key not in _SETTINGS:
                self.left_out.append(f"{key}{number}")


def _is_plain(value: Any) -> bool:
    """Whether a scenario file can hold it: JSON's null and numbers beyond 64 bits cannot be written."""
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, float):
        return abs(value) < 1e300
    return value is not None and (not isinstance(value, int) or -(2**63) <= value < 2**63)


def _label(part: str, table: Table) -> str:
    if part == "bindings":
        return f"binding {table.get('source')!r} -> {table.get('destination')!r} by {table.get('routing_key')!r}"
    kind = {"exchanges": "exchange", "queues": "queue", "policies": "policy"}[part]
    return f"{kind} {table.get('name')!r}"


def to_definitions(scenario: Scenario) -> str:
    """The topology as definitions of one virtual host, as `POST /api/definitions/VHOST` takes them.

    Clients, load, faults and changes stay behind.
    """
    parts = {
        part: [{key: value for key, value in to_builtins(each).items() if key != "exclusive"} for each in getattr(scenario, part)]
        for part in ("queues", "exchanges", "bindings", "policies")
    }
    about = {"explanation": "Topology of a scenario of mqviz"}
    return json.dumps({**about, "parameters": [], **parts}, ensure_ascii=False, indent=2) + "\n"
