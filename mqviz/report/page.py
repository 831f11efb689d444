"""A report as one page that needs nothing else: no scripts, no files beside it, readable by who has not seen the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from mqviz.model.intervals import Interval
from mqviz.model.result import Result
from mqviz.report.charts import LIGHT, Chart, beside_charts, charts_of, ledger_bars
from mqviz.report.fault_words import fault_name, fault_span
from mqviz.report.headline import engine_of, headline
from mqviz.report.keys import COPIES, Keys, keys_of
from mqviz.report.numbers import count, rate, seconds, share, significant
from mqviz.report.runs import Beside, Repeated, Report, Varied
from mqviz.report.style import style
from mqviz.report.svg import Palette
from mqviz.report.words import terms, word

_MOST_FAULTS = 200
_VARIABLES: Palette = {name: f"var(--{name})" for name in LIGHT}


def as_html(report: Report, language: str = "en") -> str:
    """The page, in English ("en") or Korean ("ko")."""
    if isinstance(report, Varied):
        body = "".join(_varied(report, language))
        name = report.runs[0].first.scenario.name if report.runs else report.path
    elif isinstance(report, Beside):
        body = "".join(_single(report.run, language, beside_charts(report.run, report.simulated, language, _VARIABLES)))
        name = report.run.scenario.name
    else:
        body = "".join(_repeated(report, language) if isinstance(report, Repeated) else _single(report, language))
        name = (report.first if isinstance(report, Repeated) else report).scenario.name
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(name)} – mqviz</title>'
        f"<style>{style()}</style></head><body><main>{body}</main></body></html>\n"
    )


def _single(result: Result, language: str, first: Sequence[Chart] = ()) -> Iterator[str]:
    yield _title(result, language)
    yield f'<p class="lead">{escape(headline(result, language))}</p>'
    yield _cards(keys_of(result), result, language)
    yield _section("charts", [*first, *charts_of(result, language, _VARIABLES)], language)
    yield _section("ledger", ledger_bars(result, language, _VARIABLES), language)
    yield _balance(result, language)
    yield "".join(_tables(result, language))
    yield _footer(result, language)


def _title(result: Result, language: str) -> str:
    engine = engine_of(result, language)
    facts = word("facts", language, time=seconds(result.virtual_time), seed=result.seed, engine=engine)
    warnings = [("interrupted", result.interrupted), ("unbalanced", result.ledger.balanced is False)]
    noted = "".join(f'<p class="warn">{word(code, language)}</p>' for code, is_so in warnings if is_so)
    clients = result.clients
    if clients is not None and not clients.kept_up:
        noted += f'<p class="warn">{word("behind", language, n=seconds(clients.behind))}</p>'
    return f'<h1>{escape(result.scenario.name)}</h1><p class="facts">{escape(facts)}</p>{noted}'


def _cards(keys: Keys, result: Result, language: str) -> str:
    requests = sum(service.requests for service in result.services.values())
    published = result.ledger.messages.published
    cards = [
        ("published" if published or not requests else "requests", count(published or requests)),
        ("finished", count(keys.finished)),
        ("throughput", rate(keys.throughput)),
        ("p50", seconds(keys.p50)),
        ("p95", seconds(keys.p95)),
        ("p99", seconds(keys.p99)),
        ("depth_max", count(keys.deepest)),
        ("redelivered", count(keys.redelivered)),
        ("not_served", count(keys.lost)),
    ]
    inside = "".join(f'<div class="card"><b>{value}</b><span>{word(code, language)}</span></div>' for code, value in cards)
    return f'<div class="cards">{inside}</div>'


def _section(code: str, charts: Sequence[Chart], language: str) -> str:
    if not charts:
        return ""
    figures = "".join(f"<figure><figcaption>{escape(chart.title)}</figcaption>{chart.svg}</figure>" for chart in charts)
    return f"<h2>{word(code, language)}</h2>{figures}"


def _balance(result: Result, language: str) -> str:
    work = result.ledger.work
    parts = [f"{word(code, language)} {getattr(work, code):,}" for code in ("completed", "abandoned", "repeated")]
    agreed = f" {word('balanced', language)} ✓" if result.ledger.balanced else ""
    return f'<p class="facts">{word("work", language)}: {", ".join(parts)}.{agreed}</p>'


def _tables(result: Result, language: str) -> Iterator[str]:
    yield f"<h2>{word('tables', language)}</h2>"
    yield _table("queues", _queue_rows(result), language)
    yield _table("producers", _producer_rows(result), language)
    yield _table("consumers", _consumer_rows(result), language)
    yield _table("services", _service_rows(result), language)
    yield _table("translators", _translator_rows(result), language)
    yield _faults(result, language)


Row = Mapping[str, str]


def _table(code: str, rows: Mapping[str, Row], language: str) -> str:
    """A table with a row for each name; nothing where there are none."""
    if not rows:
        return ""
    columns = list(next(iter(rows.values())))
    head = "".join(f"<th>{word(column, language)}</th>" for column in ("name", *columns))
    body = "".join(f"<tr><td>{escape(name)}</td>{_cells(row)}</tr>" for name, row in rows.items())
    return f'<h3>{word(code, language)}</h3><div class="table"><table><tr>{head}</tr>{body}</table></div>'


def _cells(row: Row) -> str:
    return "".join(f"<td>{escape(value)}</td>" for value in row.values())


_GONE = COPIES[3:]


def _queue_rows(result: Result) -> dict[str, Row]:
    counted = ("enqueued", "delivered", "redelivered", "acknowledged", "ready", "unacknowledged")
    return {
        name: {
            **{code: count(getattr(queue, code)) for code in counted},
            "gone": count(sum(getattr(queue, code) or 0 for code in _GONE)),
            "depth_max": count(queue.depth.max),
            "depth_mean": significant(queue.depth.mean or 0.0),
            "oldest_max": seconds(queue.oldest.max),
            "wait_mean": seconds(queue.wait.mean),
            "wait_p95": seconds(queue.wait.p95),
        }
        for name, queue in result.queues.items()
    }


def _producer_rows(result: Result) -> dict[str, Row]:
    return {
        name: {
            **{code: count(getattr(producer, code)) for code in ("published", "confirmed", "nacked", "returned", "waiting")},
            "blocked_time": seconds(producer.blocked_time),
            "confirm_p95": seconds(producer.confirm_latency.p95),
            "response_p95": seconds(producer.response.p95),
        }
        for name, producer in result.producers.items()
    }


def _consumer_rows(result: Result) -> dict[str, Row]:
    return {
        name: {
            **{code: count(getattr(consumer, code)) for code in ("delivered", "redelivered", "acknowledged", "completed", "abandoned")},
            "utilisation": share(consumer.utilisation),
            "service_mean": seconds(consumer.service.mean),
        }
        for name, consumer in result.consumers.items()
    }


def _service_rows(result: Result) -> dict[str, Row]:
    counted = {"requests": "requests", "completed": "completed", "refused": "service_refused", "timed_out": "timed_out", "failed": "failed"}
    return {
        name: {
            **{code: count(getattr(service, field)) for field, code in counted.items()},
            "utilisation": share(service.utilisation),
            "latency_p95": seconds(service.latency.p95),
        }
        for name, service in result.services.items()
    }


def _translator_rows(result: Result) -> dict[str, Row]:
    return {
        name: {code: count(getattr(translator, code)) for code in ("taken", "translated", "invalid")}
        for name, translator in result.translators.items()
    }


def _faults(result: Result, language: str) -> str:
    """What went wrong and when: rows in the order of time, so two of the same name are two rows."""
    if not result.faults:
        return ""
    head = "".join(f"<th>{word(code, language)}</th>" for code in ("faults", "fault_from", "fault_lasts"))
    rows = ((fault_name(fault, language), *fault_span(fault, language)) for fault in result.faults[:_MOST_FAULTS])
    body = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows)
    return f'<h3>{word("faults", language)}</h3><div class="table"><table><tr>{head}</tr>{body}</table></div>'


def _footer(result: Result, language: str) -> str:
    listed = "".join(f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" for term, meaning in terms(language))
    by = word("made_by", language, version=result.mqviz)
    return f'<h2>{word("terms", language)}</h2><dl>{listed}</dl><p class="by">{escape(by)} · {result.scenario.digest[:12]}</p>'


def _repeated(report: Repeated, language: str) -> Iterator[str]:
    yield _title(report.first, language)
    yield f'<p class="lead">{word("runs", language, n=len(report.runs))}. {escape(headline(report.first, language))}</p>'
    yield f'<h2>{word("runs", language, n=len(report.runs))}</h2><div class="table"><table>'
    yield f"<tr>{''.join(f'<th>{word(code, language)}</th>' for code in ('figure', 'mean', 'interval'))}</tr>"
    yield "".join(_interval(name, found) for name, found in report.figures().items() if found.mean or found.high)
    yield "</table></div>"
    yield _section("charts", charts_of(report.first, language, _VARIABLES), language)
    yield _section("ledger", ledger_bars(report.first, language, _VARIABLES), language)
    yield _footer(report.first, language)


def _interval(name: str, found: Interval) -> str:
    bounds = "" if found.low is None or found.high is None else f"{significant(found.low, 4)} … {significant(found.high, 4)}"
    return f"<tr><td>{escape(name)}</td><td>{significant(found.mean, 4)}</td><td>{bounds}</td></tr>"


def _varied(report: Varied, language: str) -> Iterator[str]:
    if report.runs:
        yield _title(report.runs[0].first, language)
    yield f"<h2>{escape(word('varied', language, path=report.path))}</h2>"
    rows = {value: _key_row(keys_of(runs.first)) for value, runs in zip(report.values, report.runs, strict=True)}
    yield _table("value", rows, language)
    for value, runs in zip(report.values, report.runs, strict=True):
        yield f"<h2>{escape(report.path)} = {escape(value)}</h2>"
        yield f'<p class="lead">{escape(headline(runs.first, language))}</p>'
        yield "".join(f"<figure><figcaption>{escape(each.title)}</figcaption>{each.svg}</figure>" for each in _two(runs.first, language))
    if report.runs:
        yield _footer(report.runs[0].first, language)


def _two(result: Result, language: str) -> Sequence[Chart]:
    """Enough to see the difference: rates and depth."""
    return charts_of(result, language, _VARIABLES)[:2]


def _key_row(keys: Keys) -> Row:
    return {
        "throughput": rate(keys.throughput),
        "p50": seconds(keys.p50),
        "p95": seconds(keys.p95),
        "p99": seconds(keys.p99),
        "depth_max": count(keys.deepest),
        "not_served": count(keys.lost),
    }
