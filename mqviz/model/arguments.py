"""RabbitMQ's arguments and policy keys: their types and ranges, as the broker itself checks them when something is declared.

Names and limits: rabbit_amqqueue and rabbit_policies of RabbitMQ 3.10; what is known there but changes nothing here is let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mqviz.model.mistakes import shown
from mqviz.model.near import did_you_mean, one_of
from mqviz.model.said import say

NO_LIMIT = "none"
"""What a change writes to take a queue's limit away, since TOML has no null."""

_MAX_TIMER = 2**32 - 1
_LONG = 2**63 - 1

Check = Callable[[Any], str | None]


def _whole(low: int, high: int = _LONG) -> Check:
    def check(value: Any) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return None
        return say("a whole number of at least {0}", low) if high == _LONG else say("a whole number from {0} to {1}", low, high)

    return check


def _choice(*known: str) -> Check:
    return lambda value: None if value in known else one_of(known)


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) else say("a text")


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else say("true or false")


def _anything(_value: Any) -> None:
    return None


_LIMITS: dict[str, Check] = {
    "message-ttl": _whole(0, _MAX_TIMER),
    "expires": _whole(1, _MAX_TIMER),
    "max-length": _whole(0),
    "max-length-bytes": _whole(0),
    "overflow": _choice("drop-head", "reject-publish", "reject-publish-dlx"),
    "dead-letter-exchange": _text,
    "dead-letter-routing-key": _text,
    "delivery-limit": _whole(0),
    "queue-mode": _choice("default", "lazy"),
    "queue-version": _whole(1, 2),
    "max-in-memory-length": _whole(0),
    "max-in-memory-bytes": _whole(0),
    "dead-letter-strategy": _choice("at-most-once", "at-least-once"),
    "queue-leader-locator": _text,
    "queue-master-locator": _text,
}
"""What both an argument (with `x-` before it) and a policy may say of a queue."""

QUEUE_ARGUMENTS: dict[str, Check] = {
    **{f"x-{name}": check for name, check in _LIMITS.items()},
    "x-max-priority": _whole(0, 255),
    "x-single-active-consumer": _flag,
    "x-queue-type": _choice("classic", "quorum"),
    "x-quorum-initial-group-size": _whole(1),
    "x-initial-cluster-size": _whole(1),
}

EXCHANGE_ARGUMENTS: dict[str, Check] = {"alternate-exchange": _text}

_HA = ("ha-mode", "ha-params", "ha-sync-mode", "ha-promote-on-shutdown", "ha-promote-on-failure", "ha-sync-batch-size")
POLICY_KEYS: dict[str, Check] = {
    **_LIMITS,
    "alternate-exchange": _text,
    **dict.fromkeys((*_HA, "federation-upstream", "federation-upstream-set"), _anything),
}

_ONLY_CLASSIC = ("x-max-priority", "x-queue-mode", "x-queue-version", "x-queue-master-locator")
_ONLY_QUORUM = ("x-delivery-limit", "x-max-in-memory-length", "x-max-in-memory-bytes", "x-dead-letter-strategy")


def wrong_arguments(given: Mapping[str, Any], known: Mapping[str, Check], *, none: bool = False) -> Iterator[tuple[str, str]]:
    """Key and mistake of each argument that the broker would not take, or not understand. `none`: also takes NO_LIMIT."""
    for key, value in given.items():
        check = known.get(key)
        if check is not None and not (none and value == NO_LIMIT):
            expected = check(value)
            if expected is not None:
                yield key, say("'{0}' must be {1}, not {2}", key, expected, shown(value))
        elif check is None and _is_meant_for_the_broker(key, known):
            yield key, say("'{0}' is not an argument that mqviz knows{1}", key, did_you_mean(key, known) or _known(known))


def _is_meant_for_the_broker(key: str, known: Mapping[str, Check]) -> bool:
    """Anything may be an argument; one that looks like RabbitMQ's own and is none was mistyped."""
    return key.startswith("x-") or known is not QUEUE_ARGUMENTS


def _known(known: Iterable[str]) -> str:
    return say("; known are {0}", ", ".join(known))


def wrong_queue(given: Mapping[str, Any], table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the broker refuses of a queue's arguments taken together; `table` is the queue as written."""
    quorum = given.get("x-queue-type") == "quorum"
    for key in _ONLY_CLASSIC if quorum else _ONLY_QUORUM:
        if key in given:
            needs = say("a classic queue") if quorum else say('a quorum queue: x-queue-type = "quorum"')
            yield key, say("'{0}' needs {1}", key, needs)
    if quorum and (table.get("durable") is not True or table.get("exclusive") or table.get("auto_delete")):
        yield "x-queue-type", say("a quorum queue must be durable, neither exclusive nor auto_delete")
    if quorum and given.get("x-overflow") == "reject-publish-dlx":
        yield "x-overflow", say("'reject-publish-dlx' needs a classic queue")
    if "x-dead-letter-routing-key" in given and "x-dead-letter-exchange" not in given:
        yield "x-dead-letter-routing-key", say("'x-dead-letter-routing-key' needs 'x-dead-letter-exchange'")


def wrong_binding(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a headers exchange does not take as arguments of a binding."""
    check = _choice("all", "any", "all-with-x", "any-with-x")
    expected = check(given.get("x-match", "all"))
    if expected is not None:
        yield "x-match", say("'x-match' must be {0}, not {1}", expected, shown(given["x-match"]))
