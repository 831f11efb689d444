"""The nouns that have cases, the marks that say which case is for which, and their count.

`python -m tests.conformance.nouns` prints how many cases each noun has.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., None])

NOUNS = (
    "connection",
    "channel",
    "direct exchange",
    "topic exchange",
    "fanout exchange",
    "headers exchange",
    "default exchange",
    "predeclared exchange",
    "internal exchange",
    "auto-delete exchange",
    "alternate exchange",
    "exchange-to-exchange binding",
    "binding",
    "classic queue",
    "quorum queue",
    "durable",
    "exclusive queue",
    "auto-delete queue",
    "server-named queue",
    "x-message-ttl",
    "x-expires",
    "x-max-length",
    "x-max-length-bytes",
    "x-overflow",
    "x-dead-letter-exchange",
    "x-dead-letter-routing-key",
    "x-death",
    "x-max-priority",
    "x-single-active-consumer",
    "x-queue-type",
    "x-queue-mode",
    "x-delivery-limit",
    "expiration",
    "priority",
    "mandatory",
    "persistence",
    "CC and BCC",
    "user-id",
    "prefetch per consumer",
    "prefetch per channel",
    "consumer priority",
    "exclusive consumer",
    "automatic ack",
    "manual ack",
    "multiple",
    "nack",
    "reject",
    "requeue order",
    "round robin",
    "recover",
    "get",
    "confirms",
    "returns",
    "transactions",
    "direct reply-to",
    "cancel notification",
    "blocked and unblocked",
    "memory alarm",
    "flow",
    "ack timeout",
    "equivalence",
    "policy",
    "reply code",
)
"""What rabbitmq.md says the engine must model, and what is easily got wrong."""

EACH_ROW = "each row"
"""In place of a noun: the first column of the case's table names it."""


@dataclass(slots=True)
class Tally:
    """Cases of one noun; each row of a table is one."""

    success: int = 0
    error: int = 0
    cases: list[str] = field(default_factory=list)


def success(*nouns: str) -> Callable[[F], F]:
    """Marks a case in which something works."""
    return _marked("success", nouns)


def error(*nouns: str) -> Callable[[F], F]:
    """Marks a case in which something is refused, lost, or does not happen."""
    return _marked("error", nouns)


def tallies() -> dict[str, Tally]:
    """The cases of every noun, counted without running them."""
    counted = {noun: Tally() for noun in NOUNS}
    for name, function in _functions():
        for kind, noun in getattr(function, "nouns", ()):
            for each, count in _counts(function, noun):
                tally = counted[each]
                setattr(tally, kind, getattr(tally, kind) + count)
                tally.cases.append(name)
    return counted


def total() -> int:
    """How many cases there are in all; one with two nouns counts once."""
    return sum(rows(function) for _, function in _functions() if hasattr(function, "nouns"))


def rows(function: Callable[..., None]) -> int:
    """How many rows the tables of a case have."""
    count = 1
    for mark in getattr(function, "pytestmark", ()):
        if mark.name == "parametrize":
            count *= len(mark.args[1])
    return count


def _counts(function: Callable[..., None], noun: str) -> list[tuple[str, int]]:
    if noun != EACH_ROW:
        return [(noun, rows(function))]
    [mark] = [mark for mark in vars(function)["pytestmark"] if mark.name == "parametrize"]
    return [(row[0], 1) for row in mark.args[1]]


def _marked(kind: str, nouns: tuple[str, ...]) -> Callable[[F], F]:
    unknown = set(nouns) - {*NOUNS, EACH_ROW}
    if unknown or not nouns:
        raise ValueError(f"not among the nouns: {unknown}")

    def mark(function: F) -> F:
        known: tuple[tuple[str, str], ...] = getattr(function, "nouns", ())
        vars(function)["nouns"] = known + tuple((kind, noun) for noun in nouns)
        return function

    return mark


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = import_module(f"tests.conformance.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_"):
                yield f"{path.stem}.{name}", function


def main() -> None:
    """Prints the table."""
    for noun, tally in tallies().items():
        print(f"{noun:32} {tally.success:4} success {tally.error:4} error")
    print(f"{total()} cases")


if __name__ == "__main__":
    main()
