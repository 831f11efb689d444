"""`mqviz run`: one experiment, or a few, without a window."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from math import inf
from threading import Event
from typing import TYPE_CHECKING

from mqviz.cli import DONE, FAILED, INTERRUPTED, complain
from mqviz.cli.driving import Drive, Goal
from mqviz.cli.options import LiveOptions, RunOptions, UsageError, run_options
from mqviz.cli.outputs import Output, opened
from mqviz.cli.progress import RunProgress, Teller, teller
from mqviz.cli.stopping import stop_on_interrupt
from mqviz.cli.summary import show
from mqviz.clock import Clock, Pacer, WallClock
from mqviz.model.ending import endless, lasting
from mqviz.model.library import find, read_scenario
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario, in_language
from mqviz.report.runs import Beside, Repeated, Report, Varied
from mqviz.sim.accounts import ENGINE
from mqviz.sim.simulation import Simulation

if TYPE_CHECKING:
    from mqviz.cli.live import Live

EMPTY = "empty"


def run(given: Sequence[str]) -> int:
    """Run what the command line asks for and write what came of it."""
    options = run_options(given)
    if options.live is not None and options.live.clean:
        return _clean(options.live)
    scenario = read_scenario(find(options.name))
    scenarios = _varied(scenario, options)
    for each in scenarios:
        _goal(each, options.until)
    with opened(options.outputs) as outputs, stop_on_interrupt() as stop, closing(teller()) as to:
        experiment = _Experiment(options, stop, to)
        experiment.ask(scenarios)
        report = experiment.run(scenarios)
        if options.live is not None and options.live.compare and isinstance(report, Result):
            report = Beside(run=report, simulated=experiment.simulated_like(scenarios[0], report))
        _write(report, outputs)
    return INTERRUPTED if stop.is_set() else _status(report)


def _clean(options: LiveOptions) -> int:
    with stop_on_interrupt() as stop, closing(teller()) as to:
        count = _live(options, WallClock(), stop, to).clean()
    print(f"removed what {count} run{'' if count == 1 else 's'} had left" if count else "nothing was left over", file=sys.stderr)
    return DONE


def _live(options: LiveOptions, clock: Clock, stop: Event, to: Teller) -> Live:
    """Loaded here, since a simulated run needs no client of a broker."""
    from platformdirs import user_state_path

    from mqviz.backends.loadgen.leftovers import Notes
    from mqviz.cli.live import Live

    return Live(options, Notes(user_state_path("mqviz", appauthor=False) / "experiments"), clock, stop, to)


def _varied(scenario: Scenario, options: RunOptions) -> list[Scenario]:
    if options.vary is None:
        return [scenario]
    from mqviz.model.varying import varied

    path, values = options.vary
    return [varied(scenario, path, value) for value in values]


def _goal(scenario: Scenario, until: float | str | None) -> Goal:
    """When a run ends; UsageError where it never would."""
    if isinstance(until, float):
        return Goal(time=until)
    if until is None and scenario.duration is not None:
        return Goal(time=scenario.duration)
    if scenario.duration is None and (names := endless(scenario)):
        raise UsageError(f"it would never end: {_listed(names)} goes on for good and there is no duration; give --until SECONDS")
    return Goal(time=scenario.duration or inf, empty=True)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names[:3]) + (" ..." if len(names) > 3 else "")


class _Experiment:
    """All runs that were asked for."""

    def __init__(self, options: RunOptions, stop: Event, to: Teller) -> None:
        self._options = options
        self._stop = stop
        self._to = to
        self._clock = WallClock()
        self._live: Live | None = None
        if options.live is not None:
            self._live = _live(options.live, self._clock, stop, to)
            self._live.offer_to_clean()

    def ask(self, scenarios: Sequence[Scenario]) -> None:
        """Before a run on a live broker: its guard rails. UsageError where they do not let it through."""
        live = self._live
        if live is None:
            return
        for scenario in scenarios:
            live.ask(scenario, self._seed(scenario), _goal(scenario, self._options.until).time)

    def _seed(self, scenario: Scenario) -> int:
        return scenario.seed if self._options.seed is None else self._options.seed

    def run(self, scenarios: Sequence[Scenario]) -> Report:
        """Run every scenario as often as was asked, until Ctrl-C."""
        vary = self._options.vary
        if vary is None:
            return self._repeated(scenarios[0], "")
        path, values = vary
        done = [
            Repeated(runs=tuple(self._runs(scenario, f", {path} = {value}")))
            for scenario, value in zip(scenarios, values, strict=True)
            if not self._stop.is_set()
        ]
        return Varied(path=path, values=values[: len(done)], runs=tuple(done))

    def _repeated(self, scenario: Scenario, what: str) -> Report:
        runs = tuple(self._runs(scenario, what))
        return Repeated(runs=runs) if self._count(scenario) > 1 else runs[0]

    def _count(self, scenario: Scenario) -> int:
        return scenario.run.repeat if self._options.repeat is None else self._options.repeat

    def _runs(self, scenario: Scenario, what: str) -> Iterator[Result]:
        """As many runs as were asked, each with the next seed; at least one, however early Ctrl-C comes."""
        first = self._seed(scenario)
        count = self._count(scenario)
        for number in range(count):
            if number and self._stop.is_set():
                return
            place = f", run {number + 1} of {count}" if count > 1 else ""
            yield self._one(scenario, first + number, f"{what}{place}")

    def _one(self, scenario: Scenario, seed: int, what: str) -> Result:
        goal = _goal(scenario, self._options.until)
        if scenario.duration is not None and goal.time > scenario.duration:
            scenario = lasting(scenario, goal.time)
        self._to.begin(f"{in_language(scenario.name, 'en') or self._options.name}{what}, seed {seed}")
        if self._live is not None:
            result, ending = self._live.run(scenario, seed, goal)
            self._to.end(ending)
            return result
        return self._simulated(scenario, seed, goal)

    def simulated_like(self, scenario: Scenario, live: Result) -> Result:
        """The same run in the simulator, as long as the live one was."""
        self._to.begin("the same in the simulator")
        return self._simulated(lasting(scenario, live.virtual_time), live.seed, Goal(time=live.virtual_time))

    def _simulated(self, scenario: Scenario, seed: int, goal: Goal) -> Result:
        simulation = Simulation(scenario, seed=seed)
        progress = RunProgress(goal, self._clock, self._to)
        pacer = Pacer(self._clock, self._options.speed)
        drive = Drive(simulation, goal, pacer, self._clock, self._stop, progress)
        reached = drive.run()
        self._to.end(_ending(simulation, drive, reached, progress.seconds()))
        return simulation.result(interrupted=not reached)


def _ending(simulation: Simulation, drive: Drive, reached: bool, seconds: float) -> str:
    text = f"{simulation.now:,.1f} virtual seconds in {seconds:,.1f} s"
    if not reached:
        return f"interrupted after {text}"
    return f"{text}; given up: it is not empty, and nothing moves any more" if drive.stuck else text


def _write(report: Report, outputs: Sequence[Output]) -> None:
    for output in outputs:
        output.write(report)
    if not any(output.to_screen for output in outputs):
        show(report)


def _status(report: Report) -> int:
    wrong = [each for each in _results(report) if each.ledger.balanced is False]
    if not wrong:
        return DONE
    if wrong[0].engine != ENGINE:
        return complain(FAILED, "the ledger does not balance: what our clients did and what the broker holds do not agree")
    return complain(FAILED, "the ledger does not balance, which is a mistake in mqviz; please report it with the scenario")


def _results(report: Report) -> Iterator[Result]:
    if isinstance(report, Result):
        yield report
    elif isinstance(report, Beside):
        yield report.run
    elif isinstance(report, Repeated):
        yield from report.runs
    else:
        for each in report.runs:
            yield from each.runs
