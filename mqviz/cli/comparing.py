"""Two runs side by side, as a table on standard output."""

from __future__ import annotations

from rich.box import SIMPLE
from rich.table import Table

from mqviz.model.result import Result
from mqviz.viewmodel.compare import Comparison, Difference

_WORDS = {
    "time": "it ran for",
    "publish_rate": "published a second, mean",
    "deliver_rate": "delivered a second, mean",
    "latency_p50": "latency p50",
    "latency_p95": "latency p95",
    "latency_p99": "latency p99",
    "drained_at": "drained at",
    "deepest": "greatest depth",
    "mean_depth": "mean depth",
    "wait_p95": "wait p95",
}


def comparison_table(simulated: Result, live: Result) -> Table:
    """A row a figure; what a broker does not tell is a dash."""
    table = Table(title="The simulator and the broker", title_justify="left", title_style="bold", box=SIMPLE, pad_edge=False)
    table.add_column("figure")
    for title in ("simulated", live.engine, "difference"):
        table.add_column(title, justify="right")
    for each in Comparison(simulated, live).differences:
        table.add_row(_name(each), _figure(each, each.first), _figure(each, each.second), _difference(each))
    return table


def _name(difference: Difference) -> str:
    word = _WORDS.get(difference.code, difference.code.replace("_", " "))
    return f"{difference.subject}: {word}" if difference.subject else word


def _figure(difference: Difference, value: float | None) -> str:
    if value is None:
        return "–"
    if difference.unit == "s":
        return f"{value:,.3f} s"
    return f"{value:,.1f}" if difference.unit == "per_second" or value != int(value) else f"{value:,.0f}"


def _difference(difference: Difference) -> str:
    share = difference.share
    return "" if share is None else f"{share:+.1%}"
