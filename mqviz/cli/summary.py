"""A report on standard output, as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from mqviz.cli.comparing import comparison_table
from mqviz.model.intervals import Interval
from mqviz.model.result import CopyLedger, MessageLedger, Result, ServiceResult, Summary
from mqviz.report.keys import COPIES, MESSAGES, REQUESTS, keys_of
from mqviz.report.numbers import count, rate, seconds, share, significant
from mqviz.report.runs import Beside, Repeated, Report, Varied

_WIDTH = 118
_MOST_ROWS = 40
Row = tuple[str, ...]


def show(report: Report) -> None:
    """Print what came of it."""
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH, highlight=False, markup=False)
    for table in _tables(report):
        console.print(table)


def _tables(report: Report) -> Iterator[Table | str]:
    if isinstance(report, Beside):
        yield from _single(report.run)
        yield comparison_table(report.simulated, report.run)
    elif isinstance(report, Varied):
        yield _varied(report)
    elif isinstance(report, Repeated):
        yield _repeated(report)
    else:
        yield from _single(report)


def _table(title: str, columns: Sequence[str], rows: Sequence[Row]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows[:_MOST_ROWS]:
        table.add_row(*row)
    if len(rows) > _MOST_ROWS:
        table.caption = f"and {len(rows) - _MOST_ROWS:,} more, in --json"
    return table


def _single(result: Result) -> Iterator[Table | str]:
    keys = keys_of(result)
    yield f"finished {count(keys.finished)} ({rate(keys.throughput)}), latency {_latency(result.latency)}"
    yield from _sums(result)
    yield _verdict(result)
    if result.queues:
        yield _queues(result)
    if result.producers:
        yield _producers(result)
    if result.consumers:
        yield _consumers(result)
    if result.services:
        yield _services(result)


def _latency(summary: Summary) -> str:
    return f"mean {seconds(summary.mean)}, p50 {seconds(summary.p50)}, p95 {seconds(summary.p95)}, p99 {seconds(summary.p99)}"


def _sums(result: Result) -> Iterator[str]:
    """The identities of the ledger, of what there was."""
    messages, copies = result.ledger.messages, result.ledger.copies
    if messages.published:
        yield _sum("messages: published", messages, messages.published, MESSAGES)
    if copies.enqueued:
        yield _sum("copies: enqueued", copies, copies.enqueued, COPIES)
    for name, service in result.services.items():
        yield _sum(f"requests to {name}:", service, service.requests, REQUESTS)


def _sum(title: str, ledger: MessageLedger | CopyLedger | ServiceResult, total: int, parts: Sequence[str]) -> str:
    """One identity, without what is zero."""
    summands = [f"{getattr(ledger, part):,} {part.replace('_', ' ')}" for part in parts if getattr(ledger, part)]
    return f"{title} {total:,} = {' + '.join(summands) or '0'}"


def _verdict(result: Result) -> str:
    lost = {True: "nothing was lost", False: "something was lost", None: "whether anything was lost cannot be told"}
    failures = ", ".join(f"{number:,} {code.replace('_', ' ')}" for code, number in keys_of(result).failures.items())
    said = f"not served: {failures}" if failures else lost[result.ledger.nothing_lost]
    return f"{said}{'' if result.ledger.balanced is not False else '; the ledger does NOT balance'}\n"


def _queues(result: Result) -> Table:
    columns = ("queue", "enqueued", "delivered", "redelivered", "acked", "ready", "unacked", "gone otherwise", "deepest", "wait p95")
    rows = [
        (
            name,
            *map(count, (each.enqueued, each.delivered, each.redelivered, each.acknowledged, each.ready, each.unacknowledged)),
            count(sum(getattr(each, code) or 0 for code in COPIES[3:])),
            count(each.depth.max),
            seconds(each.wait.p95),
        )
        for name, each in result.queues.items()
    ]
    return _table("Queues", columns, rows)


def _producers(result: Result) -> Table:
    columns = ("producer", "published", "confirmed", "nacked", "returned", "waiting", "blocked", "confirm p95", "response p95")
    rows = [
        (
            name,
            *map(count, (each.published, each.confirmed, each.nacked, each.returned, each.waiting)),
            seconds(each.blocked_time),
            seconds(each.confirm_latency.p95),
            seconds(each.response.p95),
        )
        for name, each in result.producers.items()
    ]
    return _table("Producers", columns, rows)


def _consumers(result: Result) -> Table:
    columns = ("consumer", "delivered", "redelivered", "acked", "completed", "abandoned", "utilisation", "service mean")
    rows = [
        (
            name,
            *map(count, (each.delivered, each.redelivered, each.acknowledged, each.completed, each.abandoned)),
            share(each.utilisation),
            seconds(each.service.mean),
        )
        for name, each in result.consumers.items()
    ]
    return _table("Consumers", columns, rows)


def _services(result: Result) -> Table:
    columns = ("service", "requests", "completed", "refused", "timed out", "failed", "in service", "waiting", "utilisation", "latency p95")
    rows = [
        (
            name,
            *map(count, (each.requests, each.completed, each.refused, each.timed_out, each.failed, each.in_service, each.waiting)),
            share(each.utilisation),
            seconds(each.latency.p95),
        )
        for name, each in result.services.items()
    ]
    return _table("Services", columns, rows)


_COMPARED = (
    "latency.mean",
    "latency.p95",
    "latency.p99",
    "ledger.messages.published",
    "ledger.work.completed",
    "ledger.copies.dead_lettered",
)


def _repeated(report: Repeated) -> Table:
    figures = report.figures()
    waits = [name for name in figures if name.startswith("queues.") and name.endswith((".wait.mean", ".depth.mean"))]
    busy = [name for name in figures if name.endswith(".utilisation")]
    rows = [_figure(name, figures[name]) for name in (*_COMPARED, *waits, *busy) if name in figures]
    return _table(f"{len(report.runs)} runs", ("figure", "mean", "95 % interval"), rows)


def _figure(name: str, found: Interval) -> Row:
    if found.low is None or found.high is None:
        return name, significant(found.mean, 4), ""
    return name, significant(found.mean, 4), f"{significant(found.low, 4)} to {significant(found.high, 4)}"


def _varied(report: Varied) -> Table:
    rows = []
    for value, runs in zip(report.values, report.runs, strict=True):
        keys = [keys_of(run) for run in runs.runs]
        p95 = [each.p95 for each in keys if each.p95 is not None]
        rows.append(
            (
                value,
                rate(_mean([each.throughput for each in keys])),
                seconds(_mean([each.p50 for each in keys if each.p50 is not None])),
                seconds(_mean(p95)),
                significant(_mean([float(each.lost) for each in keys]) or 0.0),
            )
        )
    return _table("", (report.path, "throughput", "p50", "p95", "lost or refused"), rows)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
