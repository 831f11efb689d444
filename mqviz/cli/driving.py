"""Drives a simulation to its goal, at a pace, with Ctrl-C and progress in between."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from threading import Event
from typing import Protocol

from mqviz.clock import Clock, Pacer
from mqviz.sim.simulation import Simulation

_SLOT = 0.05
_STEPS = 10
"""Until empty is looked at so often in a virtual second, at fixed moments, so that the pace never moves the end."""

_LULL = 3600.0
"""Virtual seconds without any message moving after which a run until empty is given up."""


class Progress(Protocol):
    """Is told how far a run is."""

    def show(self, simulation: Simulation) -> None:
        """Tell it, if it is time to."""


@dataclass(frozen=True, slots=True)
class Goal:
    """When a run is at its end: at virtual second `time`, or before that as soon as it is empty."""

    time: float = inf
    empty: bool = False


class Drive:
    """One run. `stop` is the event that Ctrl-C sets; `stuck` tells afterwards that nothing moved any more."""

    def __init__(self, simulation: Simulation, goal: Goal, pacer: Pacer, clock: Clock, stop: Event, progress: Progress) -> None:
        self._simulation = simulation
        self._goal = goal
        self._pacer = pacer
        self._clock = clock
        self._stop = stop
        self._progress = progress
        self._looked = 0
        self._moved_at = 0.0
        self._movement: object = None
        self.stuck = False

    def run(self) -> bool:
        """Run to the goal; whether it was reached and not stopped before."""
        simulation = self._simulation
        while not self._is_over():
            if self._stop.is_set():
                return False
            self._slot(self._next_look())
            self._progress.show(simulation)
        return True

    def _next_look(self) -> float:
        if not self._goal.empty:
            return self._goal.time
        return min(self._goal.time, (self._looked + 1) / _STEPS)

    def _slot(self, look: float) -> None:
        """Work until the next look, or as long as a slot is; wait where the pace is ahead."""
        simulation = self._simulation
        target = self._pacer.target(simulation.now)
        if target > simulation.now or look <= simulation.now:
            deadline = self._clock.now() + _SLOT
            simulation.run_until(min(look, target), lambda: self._clock.now() >= deadline or self._stop.is_set())
        else:
            self._stop.wait(min(_SLOT, self._pacer.wait_for(simulation.now, look)))

    def _is_over(self) -> bool:
        simulation = self._simulation
        if simulation.finished or simulation.now >= self._goal.time:
            return True
        if not self._goal.empty or simulation.now < (self._looked + 1) / _STEPS:
            return False
        self._looked += 1
        return simulation.is_empty() or self._is_stuck()

    def _is_stuck(self) -> bool:
        """Without an end in time, a run in which nothing moves any more would never end."""
        simulation = self._simulation
        if self._goal.time < inf or simulation.now < self._moved_at + _LULL:
            return False
        movement = simulation.snapshot().ledger
        self.stuck = movement == self._movement
        self._moved_at, self._movement = simulation.now, movement
        return self.stuck
