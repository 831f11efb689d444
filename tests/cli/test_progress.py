from io import StringIO
from math import inf
from threading import Event

import pytest
from rich.console import Console

from mqviz.cli.driving import Drive, Goal
from mqviz.cli.progress import BarTeller, PlainTeller, RunProgress
from mqviz.clock import ManualClock, Pacer
from mqviz.model.library import path_of, read_scenario
from mqviz.sim.simulation import Simulation


class Told:
    """Remembers what it was told."""

    every = 1.0

    def __init__(self) -> None:
        self.lines: list[tuple[float | None, str]] = []

    def begin(self, title: str) -> None:
        self.lines.append((None, title))

    def tell(self, share: float | None, text: str) -> None:
        self.lines.append((share, text))

    def end(self, text: str) -> None:
        self.lines.append((None, text))

    def close(self) -> None:
        self.lines.append((None, "closed"))


def ten_thousand() -> Simulation:
    return Simulation(read_scenario(path_of("ten-thousand")))


def test_it_tells_virtual_time_rate_and_estimate(clock: ManualClock) -> None:
    told, simulation = Told(), ten_thousand()
    progress = RunProgress(Goal(time=120.0), clock, told)
    simulation.run_until(30.0)
    clock.advance(2.0)
    progress.show(simulation)
    ((share, text),) = told.lines
    assert share == 0.25
    published = simulation.snapshot().ledger.messages.published  # type: ignore[union-attr]
    assert text == f"30.0 of 120.0 s, {published / 2:,.0f} messages/s, about 6 s to go"


def test_it_does_not_tell_too_often(clock: ManualClock) -> None:
    told, simulation = Told(), ten_thousand()
    progress = RunProgress(Goal(time=120.0), clock, told)
    for _ in range(9):
        clock.advance(0.3)
        progress.show(simulation)
    assert len(told.lines) == 2


def test_until_empty_it_tells_what_is_left(clock: ManualClock) -> None:
    told, simulation = Told(), ten_thousand()
    progress = RunProgress(Goal(empty=True), clock, told)
    simulation.run_until(1.0)
    clock.advance(1.0)
    progress.show(simulation)
    ((share, text),) = told.lines
    assert share is None
    assert text.startswith("1.0 s, until empty: 10,0")
    assert progress.seconds() == 1.0


def test_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    plain = PlainTeller()
    plain.begin("Shop, seed 1")
    plain.tell(0.5, "half")
    plain.tell(None, "somewhere")
    plain.end("done")
    assert capsys.readouterr() == ("", "Shop, seed 1\n 50%  half\nsomewhere\ndone\n")


def test_the_bar_leaves_one_line_and_the_cursor() -> None:
    out = StringIO()
    bar = BarTeller(Console(file=out, force_terminal=True, width=100))
    bar.begin("Shop [1]")
    bar.tell(0.5, "half")
    bar.tell(None, "somewhere")
    assert "half" in out.getvalue()
    bar.end("done")
    shown = out.getvalue()
    assert shown.endswith("Shop [1]: done\n")
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


def test_a_stop_ends_a_drive_between_two_happenings(clock: ManualClock) -> None:
    simulation, stop = ten_thousand(), Event()
    stop.set()
    drive = Drive(simulation, Goal(time=120.0), Pacer(clock, inf), clock, stop, RunProgress(Goal(), clock, Told()))
    assert drive.run() is False
    assert simulation.now == 0.0
    stop.clear()
    assert drive.run() is True
    assert simulation.now == 120.0
    assert simulation.result().ledger.balanced
