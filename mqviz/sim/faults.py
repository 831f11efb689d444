"""What goes wrong: lets a `Fault` begin, ends it again, and remembers what was so, for the record.

Each fault has a course: when it struck, when somebody ended it. Faults on the same target add up and end independently.
"""

from __future__ import annotations

from itertools import count
from math import inf
from typing import Any

import msgspec
from msgspec import Struct

from mqviz.model.faults import (
    Cut,
    Delay,
    Down,
    Fault,
    MemoryAlarm,
    Poison,
    Purge,
    RestartFault,
    Spike,
    is_lasting,
)
from mqviz.model.result import FaultSpell
from mqviz.model.snapshot import ActiveFault
from mqviz.sim.caller import Caller
from mqviz.sim.outage import Outage
from mqviz.sim.population import Population, Target, bare
from mqviz.sim.producer import Producer
from mqviz.sim.world import World


class Course(Struct, eq=False):
    """One fault of the file, or done by hand: `starts` are the moments at which it struck, `ended` when it was ended by hand."""

    id: int
    fault: Fault
    starts: list[float] = []
    ended: float | None = None
    at_work: dict[int, list[Target]] = {}
    is_active: bool = False


class Faults:
    """All faults of a run."""

    def __init__(self, world: World, population: Population) -> None:
        self._world = world
        self._population = population
        self._outage = Outage(world)
        self._numbers = count(1)
        self.courses: list[Course] = []

    def plan(self, fault: Fault) -> None:
        """A fault of the file: it begins at its `at`."""
        course = self._new(fault)
        self._world.scheduler.call_at(fault.at, self._begin, course)

    def inject(self, fault: Fault) -> int | None:
        """A fault by hand: it begins now. Its id, or None where it is over at once."""
        course = self._new(msgspec.structs.replace(fault, at=self._world.scheduler.now))
        self._begin(course)
        return course.id if course.is_active else None

    def _new(self, fault: Fault) -> Course:
        course = Course(len(self.courses) + 1, fault)
        self.courses.append(course)
        return course

    def end(self, id: int) -> bool:
        """End a fault by hand, with all its repetitions; whether there was one to end."""
        if not 0 < id <= len(self.courses) or not self.courses[id - 1].is_active:
            return False
        course = self.courses[id - 1]
        course.ended = self._world.scheduler.now
        for number in list(course.at_work):
            self._relieve((course, number))
        if course.is_active:
            self._close(course)
        return True

    @property
    def active(self) -> tuple[ActiveFault, ...]:
        """The faults that are at work, or will be again."""
        return tuple(_active(course) for course in self.courses if course.is_active)

    def spells(self) -> tuple[FaultSpell, ...]:
        """All that has struck so far, as a result tells it: in the order of time."""
        now = self._world.scheduler.now
        found = [_spell(course, start, now) for course in self.courses for start in course.starts]
        return tuple(sorted(found, key=lambda each: (each.begin, each.kind, each.target or "", repr(each.figures))))

    def greet(self, newcomer: Target) -> None:
        """Somebody comes while faults are at work that strike him, too."""
        for course in self.courses:
            for number, targets in course.at_work.items():
                if newcomer in self._targets(course.fault) and newcomer not in targets:
                    targets.append(newcomer)
                    newcomer.afflict(number, course.fault)

    # -- the course of a fault --------------------------------------------------------------------------

    def _begin(self, course: Course) -> None:
        if course.ended is not None:
            return
        fault, now = course.fault, self._world.scheduler.now
        course.starts.append(now)
        if len(course.starts) == 1:
            self._world.note("fault_started", _subject(fault), id=course.id, kind=kind_of(fault), **figures_of(fault))
        if is_lasting(fault):
            self._strike(course)
        else:
            self._strike_once(fault)
        course.is_active = bool(course.at_work) or fault.every is not None
        if fault.every is not None:
            self._world.scheduler.call_at(fault.at + len(course.starts) * fault.every, self._begin, course)

    def _strike(self, course: Course) -> None:
        fault, number = course.fault, next(self._numbers)
        if isinstance(fault, RestartFault) and fault.lasts is None:
            self._outage.restart()
            return
        targets = self._targets(fault)
        course.at_work[number] = targets
        self._outage.begin(fault)
        for target in targets:
            target.afflict(number, fault)
        if fault.lasts is not None:
            self._world.scheduler.call_at(course.starts[-1] + fault.lasts, self._relieve, (course, number))

    def _relieve(self, struck: tuple[Course, int]) -> None:
        course, number = struck
        targets = course.at_work.pop(number, None)
        if targets is None:
            return
        for target in targets:
            target.relieve(number)
        self._outage.end(course.fault)
        if course.fault.every is None:
            self._close(course)

    def _close(self, course: Course) -> None:
        course.is_active = False
        self._world.note("fault_ended", _subject(course.fault), id=course.id, kind=kind_of(course.fault), **figures_of(course.fault))

    # -- whom it strikes --------------------------------------------------------------------------------

    def _targets(self, fault: Fault) -> list[Target]:
        population = self._population
        if isinstance(fault, Down | MemoryAlarm | RestartFault):
            return []
        target = fault.target
        if target is not None:
            return population.find(target)
        return [each for each in population.everybody if _is_on_side(each, fault)]

    def _strike_once(self, fault: Fault) -> None:
        if isinstance(fault, Purge):
            name = bare(fault.target)
            if name in self._world.broker.queues:
                self._world.broker.purge(name)
            return
        for target in self._targets(fault):
            if isinstance(fault, Poison) and isinstance(target, Producer):
                target.poison()
            elif isinstance(fault, Spike) and isinstance(target, Producer | Caller):
                target.burst(fault.messages or 0)


def _is_on_side(member: Target, fault: Fault) -> bool:
    """Whether a fault without a target strikes this one: a cut may be on one side of the broker only."""
    if isinstance(fault, Delay) or not isinstance(fault, Cut) or fault.side == "both":
        return True
    is_producer = isinstance(member, Producer | Caller)
    return is_producer == (fault.side == "producers")


def kind_of(fault: Fault) -> str:
    """The kind as the file names it."""
    return str(type(fault).__struct_config__.tag)


_NO_FIGURES = frozenset(("kind", "target", "at", "lasts", "every"))


def figures_of(fault: Fault) -> dict[str, Any]:
    """How great it is: factor, messages, seconds, share, how, side, as far as they are set."""
    fields = msgspec.to_builtins(fault)
    return {name: value for name, value in fields.items() if value is not None and name not in _NO_FIGURES}


def _spell(course: Course, start: float, now: float) -> FaultSpell:
    fault = course.fault
    at_once = not is_lasting(fault) or (isinstance(fault, RestartFault) and fault.lasts is None)
    ends = start if at_once else min(inf if fault.lasts is None else start + fault.lasts, inf if course.ended is None else course.ended)
    return FaultSpell(
        kind=kind_of(fault), target=_subject(fault) or None, begin=start, end=ends if ends <= now else None, figures=figures_of(fault)
    )


def _subject(fault: Fault) -> str:
    return getattr(fault, "target", None) or ""


def _active(course: Course) -> ActiveFault:
    fault, since = course.fault, course.starts[-1]
    until = since + fault.lasts if fault.lasts is not None and fault.every is None else None
    return ActiveFault(id=course.id, fault=fault, since=since, until=until)
