"""The first paragraph of the page: what happened, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from mqviz.model.result import Result
from mqviz.report.keys import Keys, keys_of
from mqviz.report.numbers import seconds
from mqviz.report.words import word


def engine_of(result: Result, language: str) -> str:
    """Which broker it was."""
    return word("embedded", language) if result.engine == "embedded" else result.engine


def headline(result: Result, language: str) -> str:
    """A few sentences: how much came, whether all was served, how long it took, how long the queues grew."""
    return " ".join(_sentences(result, keys_of(result), language))


def _sentences(result: Result, keys: Keys, language: str) -> Iterator[str]:
    ledger = result.ledger
    requests = sum(service.requests for service in result.services.values())
    if ledger.messages.published:
        yield word("handled", language, n=f"{ledger.messages.published:,}")
    elif requests:
        yield word("asked", language, n=f"{requests:,}")
    if keys.failures:
        listed = ", ".join(f"{number:,} {word(code, language)}" for code, number in keys.failures.items())
        yield word("not_all", language, what=listed)
    elif ledger.nothing_lost:
        yield word("nothing_lost", language)
    if keys.p50 is not None:
        yield word("speed", language, p50=seconds(keys.p50), p95=seconds(keys.p95))
    yield from _queues(result, keys, language)
    left = ledger.left
    if left:
        yield word("left", language, n=f"{left:,}")


def _queues(result: Result, keys: Keys, language: str) -> Iterator[str]:
    if keys.deepest:
        longest = next(name for name, queue in result.queues.items() if queue.depth.max == keys.deepest)
        yield word("deepest", language, queue=longest, n=f"{keys.deepest:,}")
    if keys.redelivered:
        yield word("again", language, n=f"{keys.redelivered:,}")
