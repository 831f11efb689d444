"""The series of a run as CSV: a row a second, a column like `queue:work.ready` for each figure of each queue."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from mqviz.model.result import QueueSample, Result, Sample
from mqviz.report.json_text import rounded
from mqviz.report.runs import Beside, Repeated, Report, Varied

_RATES = ("time", "publish", "deliver", "acknowledge", "redeliver")
_LEVELS = ("ready", "unacknowledged", "oldest")
_NONE = QueueSample()


def as_csv(report: Report) -> str:
    """The series as rows; of several runs each begins with its seed, of a varied setting with its value, of two brokers with its engine."""
    runs = list(_runs(report))
    queues = list(dict.fromkeys(name for _, run in runs for sample in run.series for name in sample.queues))
    labels = list(runs[0][0]) if runs else []
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*labels, *_RATES, *(f"queue:{name}.{level}" for name in queues for level in _LEVELS)])
    for label, run in runs:
        for sample in run.series:
            writer.writerow([*label.values(), *_row(sample, queues)])
    return out.getvalue()


def _runs(report: Report) -> Iterator[tuple[dict[str, str | int], Result]]:
    """Every run, with what tells it from the others."""
    if isinstance(report, Result):
        yield {}, report
    elif isinstance(report, Repeated):
        for run in report.runs:
            yield {"seed": run.seed}, run
    elif isinstance(report, Beside):
        for run in (report.simulated, report.run):
            yield {"engine": run.engine}, run
    elif isinstance(report, Varied):
        for value, runs in zip(report.values, report.runs, strict=True):
            for run in runs.runs:
                yield {report.path: value, "seed": run.seed}, run


def _row(sample: Sample, queues: list[str]) -> Iterator[object]:
    """Figures, empty where they cannot be told or the queue was not there."""
    for name in _RATES:
        yield rounded(getattr(sample, name))
    for queue in queues:
        for level in _LEVELS:
            yield rounded(getattr(sample.queues.get(queue, _NONE), level))
