"""Builds the parts, joins them, starts the window. The only place, with the command line, that knows both towers.

The window is painted before the rest of the program is loaded, which takes most of a second: so imports stand in the functions.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mqviz import settings
from mqviz.settings import Settings

if TYPE_CHECKING:
    from mqviz.clock import Clock
    from mqviz.gui.main_window import MainWindow
    from mqviz.gui.parts import Export, Parts
    from mqviz.gui.shell import Shell
    from mqviz.gui.theme import Appearance
    from mqviz.viewmodel.document import Document


def settings_path() -> Path:
    """Where the preferences are kept."""
    from platformdirs import user_config_path

    return user_config_path("mqviz", appauthor=False) / "settings.toml"


def exports() -> tuple[Export, ...]:
    """The ways to write a result."""
    from mqviz import report
    from mqviz.gui.parts import Export

    return (
        Export("json", ".json", lambda result, language: report.as_json(result).encode()),
        Export("html", ".html", lambda result, language: report.as_html(result, language).encode()),
        Export("csv", ".csv", lambda result, language: report.as_csv(result).encode()),
    )


def parts(clock: Clock, preferences: Settings, keep: Callable[[Settings], None], recovery: Path | None = None) -> Parts:
    """Everything the window needs from below and beside."""
    from mqviz.backends.embedded import EmbeddedBackend
    from mqviz.gui.parts import Parts

    return Parts(
        clock=clock,
        backend_for=lambda scenario: EmbeddedBackend(scenario, clock),
        exports=exports(),
        settings=preferences,
        save_settings=keep,
        recovery=recovery,
    )


def make_window(
    shell: Shell, appearance: Appearance, preferences: Settings, keep: Callable[[Settings], None], language: str
) -> MainWindow:
    """Put everything into the window."""
    from mqviz.clock import WallClock
    from mqviz.gui.main_window import MainWindow

    return MainWindow(shell, parts(WallClock(), preferences, keep, settings_path().parent / "unsaved"), appearance, language)


def start(path: Path | None = None) -> int:
    """Open the window on a scenario file, or on the first that ships; gives the exit status. Raises ScenarioError."""
    from mqviz.gui.program import run

    document = None if path is None else _document(path)
    where = settings_path()
    return run(make_window, settings.load(where), lambda changed: settings.save(where, changed), lambda: [document or _first()])


def _document(path: Path) -> Document:
    from mqviz.model.library import path_of, shipped
    from mqviz.viewmodel.document import open_document, open_shipped

    name = next((name for name in shipped() if path_of(name) == path), None)
    return open_shipped(name) if name else open_document(path)


def _first() -> Document:
    from mqviz.model.library import shipped
    from mqviz.viewmodel.document import open_shipped

    return open_shipped(shipped()[0])
