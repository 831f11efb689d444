"""An experiment as the window holds it: commands in, updates out, nothing blocks, nothing is left."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from mqviz.backends.address import parse_amqp
from mqviz.backends.experiment import ExperimentBackend
from mqviz.backends.loadgen.estimate import prospect
from mqviz.backends.loadgen.leftovers import Notes
from mqviz.backends.loadgen.place import Place
from mqviz.model.backend import Can, Command, FinalResult, Inject, Outcome, Pause, Restart, Route, Update
from mqviz.model.faults import Kill, MemoryAlarm
from mqviz.model.feed import FeedState, Trouble
from mqviz.model.snapshot import Event as Moved
from mqviz.model.snapshot import EventKind, LogEntry
from tests.backends.live_scenarios import BURST, address, scenario_of, traces
from tests.rabbitmq_node import Node

pytestmark = pytest.mark.rabbitmq
LONG = BURST.replace("300", "2000").replace("2.2", "60.0")
PATIENCE = 20.0


class Watched:
    """A backend, looked at whenever it rings."""

    def __init__(self, node: Node, folder: Path, text: str, password: str = "guest", left_over: tuple[str, ...] = ()) -> None:
        broker, word = parse_amqp(address(node, password=password))
        self._bell = Event()
        self.backend = ExperimentBackend(scenario_of(text), broker, word, folder=folder, wake=self._bell.set, left_over=left_over)
        self.update = self.backend.observe()
        self.events: list[Moved] = []
        self.log: list[LogEntry] = []
        self.outcomes: dict[int, Outcome] = {}

    def until(self, is_so: Callable[[Update], bool]) -> Update:
        """Look until it is so."""
        end = time.monotonic() + PATIENCE
        while not is_so(self.update):
            assert self._bell.wait(max(0.0, end - time.monotonic())), f"it never came: {self.update}"
            self._bell.clear()
            self.update = self.backend.observe()
            self.events += self.update.events
            self.log += self.update.log
            self.outcomes |= {each.number: each for each in self.update.outcomes}
        return self.update

    def ask(self, command: Command) -> Outcome:
        """Its outcome."""
        self.backend.submit(command)
        self.until(lambda _: command.number in self.outcomes)
        return self.outcomes[command.number]


@pytest.fixture
def watch(rabbitmq: Node, tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Makes watched backends that are closed at the end."""
    made: list[Watched] = []

    def make(text: str, **others: Any) -> Watched:
        made.append(Watched(rabbitmq, tmp_path, text, **others))
        return made[-1]

    yield make
    for each in made:
        each.backend.close()
    assert traces(rabbitmq) == [] and list(tmp_path.iterdir()) == []


def test_the_window_sees_it_run_act_and_end(watch: Callable[..., Watched]) -> None:
    seen = watch(BURST)
    assert seen.backend.run(0.1) is None and seen.update.snapshot.live
    seen.until(lambda update: any(queue.messages_ready > 50 for queue in update.snapshot.queues))
    assert seen.update.feed is not None and seen.update.feed.state is FeedState.SEEING
    assert seen.ask(Inject(number=1, fault=Kill(target="server.1", lasts=0.3))).done
    assert not seen.ask(Inject(number=2, fault=MemoryAlarm())).done
    assert not seen.ask(Pause(number=3)).done
    assert seen.ask(Route(number=4, exchange="", routing_key="work")).answer == ("work",)
    seen.until(lambda update: update.snapshot.finished)
    kinds = {event.kind for event in seen.events}
    assert {EventKind.PUBLISH, EventKind.ROUTE, EventKind.DELIVER, EventKind.ACK} <= kinds
    assert {"run_started", "connection_opened", "fault_started", "connection_closed"} <= {entry.code for entry in seen.log}
    assert seen.update.feed is not None
    place = seen.update.feed.virtual_host
    result = seen.ask(FinalResult(number=5)).answer
    assert seen.update.feed.virtual_host == place != "/"
    assert result.engine == "rabbitmq 3.10.8" and result.ledger.balanced is True and (result.queues["work"].redelivered or 0) > 0
    assert {entry.code for entry in seen.log} >= {"run_finished"}


def test_a_restart_begins_again_on_the_broker_with_nothing_left_of_before(watch: Callable[..., Watched], rabbitmq: Node) -> None:
    seen = watch(LONG)
    seen.until(lambda update: update.snapshot.time > 0.5)
    (before,) = set(traces(rabbitmq))
    assert seen.ask(Restart(number=1)).done
    seen.until(lambda update: 0.2 < update.snapshot.time < 0.5 or update.snapshot.time > 0.5)
    (after,) = set(traces(rabbitmq))
    assert before != after


def test_closing_takes_two_seconds_at_most_and_leaves_nothing(watch: Callable[..., Watched], rabbitmq: Node) -> None:
    seen = watch(LONG)
    seen.until(lambda update: update.snapshot.time > 0.3)
    began = time.monotonic()
    seen.backend.close()
    assert time.monotonic() - began < 2.0 and traces(rabbitmq) == []


def test_what_the_simulator_alone_can_do_is_grey_with_a_reason(watch: Callable[..., Watched]) -> None:
    backend = watch(BURST).backend
    missing = Can.PAUSE | Can.STEP | Can.SET_SPEED | Can.RESTART_BROKER | Can.SEE_MESSAGES | Can.CHOOSE_FEED
    assert not backend.can & missing and backend.why_not(Can.PAUSE) == "live_broker" and backend.why_not(Can.KILL) == ""


def test_a_wrong_password_is_told_and_another_try_is_possible(watch: Callable[..., Watched]) -> None:
    seen = watch(BURST, password="wrong")
    update = seen.until(lambda update: update.feed is not None and update.feed.state is FeedState.REFUSED)
    assert update.feed is not None and update.feed.trouble is Trouble.LOGIN
    assert not seen.ask(FinalResult(number=1)).done
    assert seen.ask(Restart(number=2)).done


def test_what_a_dead_run_left_is_known_and_removed_first(watch: Callable[..., Watched], rabbitmq: Node, tmp_path: Path) -> None:
    broker, password = parse_amqp(address(rabbitmq))
    dead = Place(broker, password, Notes(tmp_path))
    dead.prepare(scenario_of(BURST))
    assert prospect(scenario_of(BURST), broker, Notes(tmp_path)).left_over == ()
    dead.abandon()
    told = prospect(scenario_of(BURST), broker, Notes(tmp_path))
    assert told.left_over == (dead.run,) and told.is_here and told.estimate.messages == 300
    seen = watch(BURST, left_over=told.left_over)
    seen.until(lambda update: update.snapshot.time > 0.0)
    assert dead.run not in traces(rabbitmq)
