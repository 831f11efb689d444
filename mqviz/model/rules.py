"""What must hold among the fields of one table of a scenario file. Each rule yields the key at fault and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from mqviz.model import amqp, distributions, faults, load, scenario
from mqviz.model.near import one_of
from mqviz.model.said import say
from mqviz.model.units import UNITS, are_alike

Values = dict[str, Any]
Found = Iterator[tuple[str, str]]

_NUMBERED = re.compile(r"\.\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SHORTSTR = 255
PREFIXES = ("queue:", "exchange:")


def rules_of(table: type, values: Values, raw: Values) -> Found:
    """Everything wrong among the readable `values` (by field) of a table, whose keys as written are `raw`."""
    for kind, rule in _RULES:
        if issubclass(table, kind):
            yield from rule(values, raw)


def _client_name(values: Values, _raw: Values) -> Found:
    name = values.get("name")
    if name is None:
        return
    if not name or _CONTROL.search(name) or name.startswith(PREFIXES):
        yield "name", say("a client's name must be a text without control characters that does not begin with queue: or exchange:")
    if _NUMBERED.search(name):
        yield "name", say("{0!r} has a dot followed by a number, as members have ('server.1' is the first of 'server')", name)


def _entity_name(values: Values, _raw: Values) -> Found:
    name = values.get("name")
    if name is None:
        return
    if not name or _CONTROL.search(name) or len(name.encode("utf-8", "replace")) > _SHORTSTR:
        yield "name", say("a name must have 1 to {0} bytes and no control characters", _SHORTSTR)
    if name.startswith("amq."):
        yield "name", say("names that begin with 'amq.' are the broker's own (AMQP 0-9-1, 3.1.4)")


def _routing_key(values: Values, _raw: Values) -> Found:
    if len(values.get("routing_key", "").encode("utf-8", "replace")) > _SHORTSTR:
        yield "routing_key", say("a routing key has at most {0} bytes", _SHORTSTR)


def _binding(values: Values, raw: Values) -> Found:
    yield from _routing_key(values, raw)
    if values.get("destination_type", "queue") not in ("queue", "exchange"):
        yield "destination_type", say("'destination_type' must be 'queue' or 'exchange'")
    for key in ("source", "destination"):
        if values.get(key) == "" and not (key == "destination" and values.get("destination_type") != "exchange"):
            yield key, say("the default exchange cannot be bound; every queue is bound to it by its own name")


_DIRECT_CALL = ("exchange", "routing_key", "confirm", "persistent", "mandatory", "expiration", "outbox", "request")


def _producer(values: Values, raw: Values) -> Found:
    yield from _routing_key(values, raw)
    if "call" in raw:
        for key in _DIRECT_CALL:
            if key in raw:
                yield key, say("'{0}' has no meaning with 'call': a direct call goes past the broker", key)
    elif "mode" in raw:
        yield "mode", say("'mode' has no meaning without 'call'")


def _consumer(values: Values, raw: Values) -> Found:
    if values.get("exclusive") and values.get("count", 1) > 1:
        yield "exclusive", say("an exclusive consumer is the only one of its queue: 'count' must be 1")
    if "call" in raw and "service" in raw:
        yield "service", say("'service' has no meaning with 'call': the work is done by the service")
    if values.get("ack") == "automatic" and "multiple" in raw:
        yield "multiple", say("'multiple' has no meaning with automatic ack")


def _span(values: Values, _raw: Values) -> Found:
    until = values.get("until")
    begin = max(values.get("start", 0.0), values.get("at", 0.0))
    if until is not None and until <= begin:
        yield "until", say("'until' must lie after the beginning, {0:g}", begin)


def _schedule(values: Values, _raw: Values) -> Found:
    steps = values.get("steps")
    if steps is None:
        return
    if not steps:
        yield "steps", say("'steps' needs at least one [rate, seconds]")
    for rate, seconds in steps:
        if rate < 0 or seconds <= 0:
            yield "steps", say("[{0:g}, {1:g}]: a rate is at least 0 and lasts more than 0 seconds", rate, seconds)


def _trace(values: Values, raw: Values) -> Found:
    file = values.get("file")
    if file is not None and _leaves_its_folder(file):
        yield "file", say("'file' must name a file beside the scenario, not {0!r}", file)
    if "times" in raw:
        yield "times", say("'times' are read from the file")


def _leaves_its_folder(file: str) -> bool:
    windows, posix = PureWindowsPath(file), PurePosixPath(file)
    return not file or "\0" in file or bool(windows.anchor or posix.anchor) or ".." in windows.parts


def _uniform(values: Values, _raw: Values) -> Found:
    if "low" in values and "high" in values and values["low"] > values["high"]:
        yield "high", say("'high' must not be below 'low', {0:g}", values["low"])


def _empirical(values: Values, _raw: Values) -> Found:
    if values.get("values") == ():
        yield "values", say("'values' must not be empty")
    weights = values.get("weights", ())
    if weights and "values" in values and len(weights) != len(values["values"]):
        yield "weights", say("there are {0} weights for {1} values", len(weights), len(values["values"]))
    if weights and sum(weights) <= 0:
        yield "weights", say("at least one weight must be more than 0")


def _fault(values: Values, _raw: Values) -> Found:
    every, lasts = values.get("every"), values.get("lasts")
    if every is not None and lasts is not None and every <= lasts:
        yield "every", say("'every' must be longer than it lasts, {0:g}", lasts)


def _endless_fault(values: Values, _raw: Values) -> Found:
    if values.get("every") is not None and values.get("lasts") is None and values.get("messages") is None:
        yield "every", say("'every' needs 'lasts': without it the first one never ends")


def _instant_fault(_values: Values, raw: Values) -> Found:
    if "lasts" in raw:
        yield "lasts", say("'lasts' has no meaning here: it is over at once")


def _spike(values: Values, raw: Values) -> Found:
    if ("factor" in raw) == ("messages" in raw):
        yield "factor", say("a spike needs either 'factor' or 'messages'")
    elif "messages" in raw:
        yield from _instant_fault(values, raw)


_RULE_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "parse": (("format",), ()),
    "render": (("format",), ("root",)),
    "rename": (("field", "to"), ()),
    "drop": (("field",), ()),
    "convert": (("field", "from", "to"), ()),
    "template": (("text",), ()),
}
"""What each step of a translator must have, and may have."""


def _translator_rule(values: Values, raw: Values) -> Found:
    do = values.get("do")
    if do is None:
        return
    needed, allowed = _RULE_FIELDS[do]
    for key in needed:
        if key not in raw:
            yield "do", say("'{0}' needs '{1}'", do, key)
    for key in raw:
        if key not in (*needed, *allowed, "do") and key in ("format", "root", "field", "from", "to", "text"):
            yield key, say("'{0}' takes no '{1}', only {2}", do, key, ", ".join((*needed, *allowed)))
    if do == "convert":
        yield from _units(values)


def _units(values: Values) -> Found:
    pair = [(key, values.get(field)) for key, field in (("from", "unit"), ("to", "to"))]
    for key, unit in pair:
        if unit is not None and unit not in UNITS:
            yield key, say("there is no unit {0!r}; known are {1}", unit, ", ".join(UNITS))
    units = [unit for _, unit in pair if unit in UNITS]
    if len(units) == 2 and not are_alike(units[0], units[1]):
        yield "to", say("{0!r} cannot be converted to {1!r}", units[0], units[1])


def _change(_values: Values, raw: Values) -> Found:
    if not any(key in raw for key in ("set", "declare", "delete")):
        yield "at", say("a change needs {0}", one_of(("set", "declare", "delete")))
    if "set" in raw and "target" not in raw:
        yield "set", say("'set' needs 'target': whose settings?")
    if "target" in raw and "set" not in raw:
        yield "target", say("'target' goes with 'set'")


_INSTANT = (faults.Purge, faults.Poison, faults.RestartFault)
_APPLY_TO = ("all", "queues", "classic_queues", "quorum_queues", "exchanges")


def _policy(values: Values, _raw: Values) -> Found:
    try:
        re.compile(values.get("pattern", ""))
    except (re.error, RecursionError, OverflowError) as error:
        yield "pattern", say("'pattern' is not a regular expression: {0}", error)
    if values.get("apply_to", "all") not in _APPLY_TO:
        yield "apply-to", say("'apply-to' must be {0}", one_of(_APPLY_TO))
    if values.get("definition") == {}:
        yield "definition", say("'definition' must not be empty")


def _texts(values: Values, _raw: Values) -> Found:
    for key in ("name", "description"):
        if values.get(key) == {}:
            yield key, say("'{0}' needs a text for at least one language", key)


_RULES: tuple[tuple[type, Callable[[Values, Values], Found]], ...] = (
    (scenario.Scenario, _texts),
    (scenario.ProducerSpec, _client_name),
    (scenario.ConsumerSpec, _client_name),
    (scenario.ServiceSpec, _client_name),
    (scenario.TranslatorSpec, _client_name),
    (scenario.TranslatorSpec, _routing_key),
    (scenario.ProducerSpec, _producer),
    (scenario.ConsumerSpec, _consumer),
    (scenario.Rule, _translator_rule),
    (scenario.Change, _change),
    (amqp.QueueSpec, _entity_name),
    (amqp.ExchangeSpec, _entity_name),
    (amqp.BindingSpec, _binding),
    (amqp.PolicySpec, _policy),
    *((shape, _span) for shape in load.Load.__args__),
    (load.ScheduleLoad, _schedule),
    (load.TraceLoad, _trace),
    (distributions.Uniform, _uniform),
    (distributions.Empirical, _empirical),
    *((fault, _fault) for fault in faults.Fault.__args__),
    *((fault, _endless_fault) for fault in faults.Fault.__args__ if fault not in _INSTANT),
    (faults.Purge, _instant_fault),
    (faults.Poison, _instant_fault),
    (faults.Spike, _spike),
)
