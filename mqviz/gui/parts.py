"""What the window is given by whoever builds it: it knows neither the broker nor the reports, only how to ask for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mqviz.clock import Clock
from mqviz.model.backend import Backend
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.settings import Settings


@dataclass(frozen=True, slots=True)
class Export:
    """One way to write a result: `write(result, language)` gives the bytes of the file."""

    code: str
    suffix: str
    write: Callable[[Result, str], bytes]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the window needs from below and beside. `recovery`: the folder for what nobody has saved; None: it is not kept."""

    clock: Clock
    backend_for: Callable[[Scenario], Backend]
    exports: tuple[Export, ...]
    settings: Settings
    save_settings: Callable[[Settings], None]
    recovery: Path | None = None
