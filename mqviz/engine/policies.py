"""Policies: which one applies to a queue or an exchange, and the limits that follow with arguments and overrides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mqviz.engine import leases
from mqviz.engine.limits import Limits
from mqviz.engine.queue import Queue
from mqviz.engine.routing import Exchange
from mqviz.model.amqp import Arguments, PolicySpec


def apply_to_queue(queue: Queue, policies: Iterable[PolicySpec]) -> None:
    """Put in force what a queue's arguments, its policy and its overrides say now."""
    policy = policy_for(queue, policies)
    queue.policy = None if policy is None else policy.name
    queue.limit(limits_of(queue, {} if policy is None else policy.definition))
    leases.renew(queue)


def apply_to_exchange(exchange: Exchange, policies: Iterable[PolicySpec]) -> None:
    """Put in force what an exchange's arguments and its policy say now."""
    policy = policy_for(exchange, policies)
    exchange.policy = None if policy is None else policy.name
    exchange.alternate = alternate_of(exchange, {} if policy is None else policy.definition)


def policy_for(thing: Queue | Exchange, policies: Iterable[PolicySpec]) -> PolicySpec | None:
    """The matching policy with the highest priority, alone; of equals the one set first."""
    kinds = ("all", "exchanges") if isinstance(thing, Exchange) else ("all", "queues", f"{thing.type}_queues")
    matching = [each for each in policies if each.apply_to in kinds and re.search(each.pattern, thing.name)]
    return max(matching, key=lambda each: each.priority, default=None)


def limits_of(queue: Queue, definition: Arguments) -> Limits:
    """What is in force for a queue: its arguments, what its policy defines, and its overrides before both."""
    return limits_in_force(queue.type, queue.arguments, definition, queue.overrides)


def limits_in_force(kind: str, arguments: Arguments, definition: Arguments, overrides: Arguments) -> Limits:
    """Of argument and policy the smaller number, else the argument; overrides before both.

    Times in arguments and policies are milliseconds, in `Limits` seconds.
    """
    quorum = kind == "quorum"

    def smaller(name: str) -> Any:
        values = [each for each in (arguments.get(f"x-{name}"), definition.get(name)) if each is not None]
        return overrides.get(f"x-{name}", min(values, default=None))

    def preferred(name: str, policy_first: bool = False) -> Any:
        mine, theirs = arguments.get(f"x-{name}"), definition.get(name)
        first, second = (theirs, mine) if policy_first else (mine, theirs)
        return overrides.get(f"x-{name}", second if first is None else first)

    overflow = preferred("overflow", policy_first=quorum) or "drop-head"
    return Limits(
        ttl=_seconds(smaller("message-ttl")),
        expires=_seconds(smaller("expires")),
        max_length=smaller("max-length"),
        max_bytes=smaller("max-length-bytes"),
        overflow="drop-head" if quorum and overflow == "reject-publish-dlx" else overflow,
        dead_letter_exchange=preferred("dead-letter-exchange"),
        dead_letter_routing_key=preferred("dead-letter-routing-key"),
        delivery_limit=smaller("delivery-limit") if quorum else None,
    )


def alternate_of(exchange: Exchange, definition: Arguments) -> str | None:
    """The alternate exchange in force: the argument, else the policy's."""
    name = exchange.arguments.get("alternate-exchange")
    return definition.get("alternate-exchange") if name is None else name


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
