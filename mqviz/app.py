"""Builds the parts, joins them, starts the window. The only place, with the command line, that knows both towers.

The window is painted before the rest of the program is loaded, which takes most of a second: so imports stand in the functions.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from mqviz import settings
from mqviz.settings import Settings

if TYPE_CHECKING:
    from mqviz.clock import Clock
    from mqviz.gui.main_window import MainWindow
    from mqviz.gui.parts import Connection, Experiment, Export, Live, Parts, Probing
    from mqviz.gui.shell import Shell
    from mqviz.gui.theme import Appearance
    from mqviz.model.backend import Backend
    from mqviz.model.experiment import Prospect
    from mqviz.model.feed import LiveBroker
    from mqviz.model.scenario import Scenario
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


def parts(clock: Clock, preferences: Settings, keep: Callable[[Settings], None], home: Path | None = None) -> Parts:
    """Everything the window needs from below and beside. `home`: the folder for what is kept; None: no live brokers either."""
    from mqviz.backends.embedded import EmbeddedBackend
    from mqviz.gui.parts import Parts

    return Parts(
        clock=clock,
        backend_for=lambda scenario, bell: EmbeddedBackend(scenario, clock, wake=bell),
        exports=exports(),
        settings=preferences,
        save_settings=keep,
        recovery=home / "unsaved" if home is not None else None,
        live=live(clock, home) if home is not None else None,
    )


def live(clock: Clock, home: Path) -> Live:
    """How the window reaches live brokers. What they need is loaded when the first is reached, or asked for."""
    from mqviz.backends import address, saved
    from mqviz.gui.parts import Live

    path = home / "connections.toml"
    return Live(
        connect=lambda broker, password, bell: _connect(broker, password, clock, bell),
        probe=_probe,
        parse=address.parse_amqp,
        address=address.address_of,
        management=address.management_for,
        parse_management=address.parse_management,
        saved=lambda: saved.load(path),
        save=lambda broker: saved.save(path, saved.with_saved(saved.load(path), broker)),
        forget=lambda broker: _forget(path, broker),
        has_keyring=lambda: _secrets().is_available(),
        password_of=lambda broker: _secrets().password_of(broker),
        keep_password=lambda broker, password: _secrets().keep(broker, password),
        experiment=_experiments(),
    )


def _connect(broker: LiveBroker, password: str, clock: Clock, bell: Callable[[], None]) -> Backend:
    from platformdirs import user_log_path

    from mqviz.backends.rabbitmq import RabbitBackend

    actions = user_log_path("mqviz", appauthor=False) / "actions.log"
    return RabbitBackend(broker, password, clock, wake=bell, actions=actions)


def _probe(broker: LiveBroker, password: str) -> Probing:
    from mqviz.backends.probing import Probe

    return Probe(broker, password)


def _experiments() -> Experiment:
    """How scenarios are run on live brokers."""
    from mqviz.gui.parts import Experiment

    def folder() -> Path:
        from platformdirs import user_state_path

        return user_state_path("mqviz", appauthor=False) / "experiments"

    def prospect(scenario: Scenario, broker: LiveBroker) -> Prospect:
        from mqviz.backends.loadgen.estimate import prospect
        from mqviz.backends.loadgen.leftovers import Notes

        return prospect(scenario, broker, Notes(folder()))

    def run(scenario: Scenario, broker: LiveBroker, password: str, prospect: Prospect, bell: Callable[[], None]) -> Backend:
        from mqviz.backends.experiment import ExperimentBackend

        limits, before = prospect.limits, prospect.left_over
        return ExperimentBackend(scenario, broker, password, folder=folder(), wake=bell, limits=limits, left_over=before)

    return Experiment(prospect, run)


def _forget(path: Path, broker: LiveBroker) -> None:
    from mqviz.backends import saved

    saved.save(path, [each for each in saved.load(path) if each.name != broker.name])
    _secrets().forget(broker)


def _secrets() -> ModuleType:
    from mqviz.backends import secrets

    return secrets


def make_window(shell: Shell, appearance: Appearance, preferences: Settings, keep: Callable[[Settings], None], language: str) -> MainWindow:
    """Put everything into the window."""
    from mqviz.clock import WallClock
    from mqviz.gui.main_window import MainWindow

    return MainWindow(shell, parts(WallClock(), preferences, keep, settings_path().parent), appearance, language)


def start(path: Path | None = None, connect: str | None = None) -> int:
    """Open the window on a scenario file, a live broker's address, or the first that ships; gives the exit status.

    Raises ScenarioError, BackendError.
    """
    from mqviz.gui.program import run

    opened = _connection(connect) if connect is not None else None if path is None else _document(path)
    where = settings_path()
    return run(make_window, settings.load(where), lambda changed: settings.save(where, changed), lambda: [opened or _first()])


def _connection(url: str) -> Connection:
    from mqviz.backends.address import parse_amqp
    from mqviz.gui.parts import Connection
    from mqviz.model.feed import changed

    broker, password = parse_amqp(url)
    return Connection(changed(broker, name=broker.name or f"{broker.host}:{broker.port}"), password or None)


def _document(path: Path) -> Document:
    from mqviz.model.library import path_of, shipped
    from mqviz.viewmodel.document import open_document, open_shipped

    name = next((name for name in shipped() if path_of(name) == path), None)
    return open_shipped(name) if name else open_document(path)


def _first() -> Document:
    from mqviz.model.library import shipped
    from mqviz.viewmodel.document import open_shipped

    return open_shipped(shipped()[0])
