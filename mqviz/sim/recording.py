"""What was done by hand, written down: the scenario that repeats this run.

A command takes effect at a moment at which nothing else happens, so that its time alone says where it belongs among all events.
"""

from __future__ import annotations

from math import ceil, inf, nextafter

import msgspec

from mqviz.clock import Scheduler
from mqviz.model.faults import Fault
from mqviz.model.scenario import Change, Scenario
from mqviz.sim.faults import Course

_FINE = 1e6


def recorded(scenario: Scenario, courses: list[Course], changes: list[Change]) -> Scenario:
    """The scenario with the faults as they went and the changes by hand."""
    faults = tuple(fault for course in courses for fault in _as_it_went(course))
    return msgspec.structs.replace(scenario, faults=faults, changes=(*scenario.changes, *changes))


def _as_it_went(course: Course) -> list[Fault]:
    """The fault as it is, unless somebody ended it: then each time that it struck, with the time it lasted."""
    if course.ended is None:
        return [course.fault]
    return [_struck(course.fault, start, course.ended) for start in course.starts]


def _struck(fault: Fault, start: float, ended: float) -> Fault:
    lasts = fault.lasts
    if is_cut_short(fault, start, ended):
        lasts = span(start, ended)
    return msgspec.structs.replace(fault, at=start, lasts=lasts, every=None)


def is_cut_short(fault: Fault, start: float, ended: float) -> bool:
    """Whether it would have lasted longer than until it was ended. (A fault that is over at once has no duration.)"""
    is_over_at_once = fault.every is not None and fault.lasts is None
    return not is_over_at_once and (fault.lasts is None or start + fault.lasts > ended)


def span(start: float, end: float) -> float:
    """A duration that added to `start` gives exactly `end`."""
    lasts = end - start
    while start + lasts < end:
        lasts = nextafter(lasts, inf)
    while start + lasts > end:
        lasts = nextafter(lasts, -inf)
    return lasts


def reach_a_quiet_moment(scheduler: Scheduler, end: float) -> bool:
    """Go on to a moment, at most a microsecond away, at which nothing happens; what is due earlier is done. False at the end."""
    while scheduler.now < end:
        moment = (ceil(scheduler.now * _FINE) + 1) / _FINE
        if not scheduler.now < moment < scheduler.next_at:
            moment = nextafter(scheduler.now, inf)
        is_quiet = moment < min(scheduler.next_at, end)
        scheduler.run_until(moment if is_quiet else min(scheduler.next_at, end), _never)
        if is_quiet:
            return True
    return False


def _never() -> bool:
    return False
