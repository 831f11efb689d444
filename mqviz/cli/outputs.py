"""Where a report goes. Files are opened before the run, so that a wrong name is known at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mqviz.cli.options import UsageError
from mqviz.errors import MqvizError
from mqviz.report.runs import Report, Varied

SCREEN = "-"


class WriteError(MqvizError):
    """A report could not be written."""


@dataclass(frozen=True, slots=True)
class Output:
    """A report in one format, to one place."""

    kind: str
    path: str

    @property
    def to_screen(self) -> bool:
        """Whether it goes to standard output."""
        return self.path == SCREEN

    def write(self, report: Report) -> None:
        """Write it; the same bytes on every platform."""
        data = _FORMATS[self.kind](report)
        if self.to_screen:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        try:
            Path(self.path).write_bytes(data)
        except OSError as error:
            raise WriteError(_reason(self.path, error)) from None


@contextmanager
def opened(outputs: Mapping[str, str]) -> Iterator[list[Output]]:
    """The outputs, known to be writable; files that were made for nothing are taken away again."""
    made: list[Path] = []
    try:
        for path in outputs.values():
            made += _try(path)
        yield [Output(kind, path) for kind, path in outputs.items()]
    finally:
        for file in made:
            if file.exists() and file.stat().st_size == 0:
                file.unlink()


def _try(path: str) -> list[Path]:
    """Open for writing without changing anything; a file that was not there before is given back."""
    if path == SCREEN:
        return []
    file = Path(path)
    fresh = not file.exists()
    try:
        file.open("ab").close()
    except OSError as error:
        raise UsageError(_reason(path, error)) from None
    return [file] if fresh else []


def _reason(path: str, error: OSError) -> str:
    return f"{path} cannot be written: {(error.strerror or str(error)).lower()}"


def _json(report: Report) -> bytes:
    from mqviz.report.json_text import as_json

    return as_json(report).encode()


def _csv(report: Report) -> bytes:
    from mqviz.report.csv_text import as_csv

    return as_csv(report).encode()


def _html(report: Report) -> bytes:
    from mqviz.report.page import as_html

    return as_html(report, _language()).encode()


def _png(report: Report) -> bytes:
    from mqviz.report.picture import as_png

    assert not isinstance(report, Varied), "refused with the options"
    return as_png(report, _language())


def _language() -> str:
    """Korean where the system speaks it, else English."""
    chosen = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "ko" if chosen.startswith("ko") else "en"


_FORMATS: dict[str, Callable[[Report], bytes]] = {"json": _json, "csv": _csv, "html": _html, "png": _png}
