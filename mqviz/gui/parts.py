"""What the window is given by whoever builds it: it knows neither the broker nor the reports, only how to ask for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mqviz.clock import Clock
from mqviz.model.backend import Backend
from mqviz.model.experiment import Prospect
from mqviz.model.feed import Check, LiveBroker
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.settings import Settings


@dataclass(frozen=True, slots=True)
class Export:
    """One way to write a result: `write(result, language)` gives the bytes of the file."""

    code: str
    suffix: str
    write: Callable[[Result, str], bytes]


class Probing(Protocol):
    """A test of a connection that runs by itself."""

    @property
    def checks(self) -> Sequence[Check]:
        """What was looked at so far."""

    @property
    def done(self) -> bool:
        """Whether there is nothing more to look at."""

    def close(self) -> None:
        """Look no further."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """How a scenario is run on a live broker: what that would be, and doing it (the bell as in `Live.connect`)."""

    prospect: Callable[[Scenario, LiveBroker], Prospect]
    run: Callable[[Scenario, LiveBroker, str, Prospect, Callable[[], None]], Backend]


@dataclass(frozen=True, slots=True)
class Live:
    """How live brokers are reached. What is said to be wrong is raised as a BackendError.

    `connect(broker, password, bell)`: the bell rings, from any thread, when there is something new. `parse(url)`: the broker of an
    address, and the password in it. `address(broker)`: its address, without the password. `management(host, port, secure)`: the
    management address that goes with an AMQP one; `parse_management(text)` its plain form.
    `experiment` None: no scenario can be run there.
    """

    connect: Callable[[LiveBroker, str, Callable[[], None]], Backend]
    probe: Callable[[LiveBroker, str], Probing]
    parse: Callable[[str], tuple[LiveBroker, str]]
    address: Callable[[LiveBroker], str]
    management: Callable[[str, int, bool], str]
    parse_management: Callable[[str], str]
    saved: Callable[[], tuple[LiveBroker, ...]]
    save: Callable[[LiveBroker], None]
    forget: Callable[[LiveBroker], None]
    has_keyring: Callable[[], bool]
    password_of: Callable[[LiveBroker], str | None]
    keep_password: Callable[[LiveBroker, str], None]
    experiment: Experiment | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """A live broker that is open, or is to be opened. `password` None: the keyring has it, or it is asked for."""

    broker: LiveBroker
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the window needs from below and beside. `recovery`: the folder for what nobody has saved; None: it is not kept.

    `backend_for(scenario, bell)`: the bell rings, from any thread, when there is something new.
    `live`: how live brokers are reached; None: not at all.
    """

    clock: Clock
    backend_for: Callable[[Scenario, Callable[[], None]], Backend]
    exports: tuple[Export, ...]
    settings: Settings
    save_settings: Callable[[Settings], None]
    recovery: Path | None = None
    live: Live | None = None
