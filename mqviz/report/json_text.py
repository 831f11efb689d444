"""A report as JSON: the same result gives the same bytes, whatever the platform's way to print a float."""

from __future__ import annotations

import json
from typing import Any

from msgspec import to_builtins

from mqviz.model.intervals import CONFIDENCE
from mqviz.model.result import Result
from mqviz.report.runs import Beside, Repeated, Report, Varied

_DIGITS = 9


def as_json(report: Report) -> str:
    """One object for one run; for several with other seeds the first run's with `repeat`; a list for a varied setting.

    A run with the same in the simulator beside it has that as `simulated`.
    """
    return _text(_plain(report)) + "\n"


def _plain(report: Report) -> Any:
    if isinstance(report, Result):
        return rounded(to_builtins(report))
    if isinstance(report, Beside):
        return {**_plain(report.run), "simulated": _plain(report.simulated)}
    if isinstance(report, Varied):
        return [
            {"vary": {"path": report.path, "value": value}, **_plain(runs.first if len(runs.runs) == 1 else runs)}
            for value, runs in zip(report.values, report.runs, strict=True)
        ]
    interrupted = any(run.interrupted for run in report.runs)
    return {**_plain(report.first), "interrupted": interrupted, "repeat": _repeat(report)}


def _repeat(report: Repeated) -> dict[str, Any]:
    figures = {name: rounded(to_builtins(each)) for name, each in report.figures().items()}
    runs = [_plain(run) for run in report.runs]
    return {"count": len(runs), "confidence": CONFIDENCE, "figures": figures, "runs": runs}


def rounded(value: Any) -> Any:
    """The same with nine significant digits in every float."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") + 0.0
    return value


def _text(value: Any, indent: int = 0) -> str:
    """JSON with a line for each entry of the outer tables, and one line for whatever fits."""
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, dict | list) or not value or indent + len(flat) <= 120:
        return flat
    inner = "  " * (indent // 2 + 1)
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key, ensure_ascii=False)}: {_text(each, indent + 2)}" for key, each in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{' ' * indent}}}"
    return "[\n" + ",\n".join(inner + _text(each, indent + 2) for each in value) + f"\n{' ' * indent}]"
