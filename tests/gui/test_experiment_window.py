"""A scenario run on a broker beside the simulated one: what is asked, what is shown, and the table of differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace as changed_parts

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mqviz.app import parts
from mqviz.backends.embedded import EmbeddedBackend
from mqviz.clock import Clock, ManualClock
from mqviz.gui.main_window import MainWindow
from mqviz.gui.parts import Connection, Experiment
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance
from mqviz.model.backend import Update
from mqviz.model.experiment import HERE, Estimate, LeftOut, Limits, Prospect
from mqviz.model.feed import Feed, FeedState, LiveBroker
from mqviz.model.parsing import parse
from mqviz.model.scenario import Scenario
from mqviz.settings import Settings
from mqviz.viewmodel.document import Document
from tests.gui import live_pictures
from tests.gui.live_fake import Brokers

SHORT = """
name = "Short"
duration = 8.0
queues = [{ name = "work" }]
producers = [{ name = "shop", routing_key = "work", load = { shape = "constant", rate = 20 } }]
consumers = [{ name = "server", queue = "work", prefetch = 5, service = { distribution = "constant", mean = 0.02 } }]
"""
Turn = Callable[[float], None]
BROKER = LiveBroker(name="bench")
EASY = Prospect(estimate=Estimate(messages=600, peak=20.0), limits=HERE, left_out=(), is_here=True)


class Run(EmbeddedBackend):
    """The simulator in the place of a live broker: connecting for three seconds of the clock, then running."""

    def __init__(self, scenario: Scenario, clock: Clock) -> None:
        super().__init__(scenario, clock)
        self._wall, self._ready = clock, clock.now() + 3.0

    def run(self, budget: float) -> float | None:
        """Nothing before everybody is connected."""
        if self._wall.now() < self._ready:
            return self._ready - self._wall.now()
        return super().run(budget)

    def observe(self) -> Update:
        """As of a live broker."""
        update = super().observe()
        state = FeedState.SEEING if self._wall.now() >= self._ready else FeedState.CONNECTING
        return replace(update, snapshot=replace(update.snapshot, live=True), feed=Feed(state=state, broker=BROKER, read_only=False))


class Bench:
    """What the window is given to run experiments with."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.prospect = EASY
        self.made: list[tuple[str, str, Limits]] = []

    def experiment(self) -> Experiment:
        return Experiment(lambda scenario, broker: self.prospect, self._run)

    def _run(self, scenario: Scenario, broker: LiveBroker, password: str, prospect: Prospect, bell: Callable[[], None]) -> Run:
        self.made.append((broker.name, password, prospect.limits))
        return Run(scenario, self._clock)


@pytest.fixture
def bench(clock: ManualClock) -> Bench:
    return Bench(clock)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, clock: ManualClock, bench: Bench) -> Iterator[MainWindow]:
    shell = Shell()
    qtbot.addWidget(shell)
    live = changed_parts(Brokers(clock, live_pictures.backlog).live(), experiment=bench.experiment())
    made = changed_parts(parts(clock, Settings(), lambda settings: None), live=live)
    window = MainWindow(shell, made, Appearance(qapp, "light"), "en")
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    window.open(Document(parse(SHORT)))
    window.complete()
    yield window
    shell.close()


def begin(window: MainWindow) -> None:
    """Run the scenario of the active session on the broker."""
    window.experiments.consider(window.session, Connection(BROKER, "secret"))


def test_it_runs_beside_and_both_begin_together(window: MainWindow, bench: Bench, turn: Turn) -> None:
    turn(5.0)
    simulated = window.session
    begin(window)
    assert bench.made == [("bench", "secret", HERE)]
    left, right = window.workspace.views
    turn(2.0)
    assert right.title == "On RabbitMQ: bench" and right.live_bar.isVisible()
    bar = right.live_bar
    assert not any(each.isVisible() for each in (bar.acting, bar.virtual_host, bar.interval, bar.refresh))
    assert simulated.update.snapshot.time > 6.0 and right.session.update.snapshot.time == 0.0
    turn(6.0)
    first, second = left.session.update.snapshot.time, right.session.update.snapshot.time
    assert 4.0 < first < 6.0 and abs(first - second) < 1.0


def test_what_has_to_be_left_out_is_asked_first(window: MainWindow, bench: Bench, turn: Turn) -> None:
    bench.prospect = replace(EASY, left_out=(LeftOut(what="fault", name="restart", at=20.0),), is_here=False, left_over=("mqviz-1",))
    begin(window)
    question = window.experiments.question
    assert question is not None and bench.made == []
    said = " ".join(each.text() for each in question.findChildren(QLabel))
    assert "Broker restart, at 20 s" in said and "is not on this machine" in said and "600 messages" in said and "removed first (1)" in said
    question.deed_button.click()
    assert len(bench.made) == 1


def test_too_many_messages_are_refused_in_words(window: MainWindow, bench: Bench) -> None:
    bench.prospect = replace(EASY, estimate=Estimate(messages=2_000_000, peak=1.0))
    begin(window)
    assert bench.made == [] and "1,000,000 messages" in window.toast.text


def test_the_dialog_leads_there(window: MainWindow, bench: Bench) -> None:
    window.actions_by_code["experiment"].trigger()
    dialog = window.experiments.dialog
    assert dialog is not None and dialog.windowTitle() == "Run on RabbitMQ" and dialog.connect_button.text() == "Run there"
    dialog.connect_button.click()
    assert len(bench.made) == 1


def test_only_a_simulated_side_can_be_run_there(window: MainWindow, bench: Bench, turn: Turn) -> None:
    begin(window)
    turn(4.0)
    window.experiments.ask()
    assert "simulated side" in window.toast.text and window.experiments.dialog is None


def test_the_differences_are_a_table_that_comes_by_itself_at_the_end(window: MainWindow, bench: Bench, turn: Turn) -> None:
    begin(window)
    turn(14.0)
    table = window.experiments.comparison
    assert table is not None and table.isVisible()
    turn(4.0)
    table.renew()
    turn(1.0)
    rows = {table.table.item(row, 0).text(): row for row in range(table.table.rowCount())}
    published = rows["published"]
    assert table.table.item(published, 1).text() == table.table.item(published, 2).text() != "0"
    assert table.table.item(published, 3).text() == "+0.0 %"
    assert table.table.horizontalHeaderItem(1).text() == "Simulated"


def test_comparing_one_run_says_what_is_missing(window: MainWindow) -> None:
    window.actions_by_code["compare"].trigger()
    assert "only one run" in window.toast.text and window.experiments.comparison is None
