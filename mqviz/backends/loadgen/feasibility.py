"""What a scenario asks for that clients of a real broker cannot do: found before the run, named, and left out of it."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from mqviz.model.experiment import LeftOut
from mqviz.model.faults import Changed, Down, Fault, MemoryAlarm, RestartFault
from mqviz.model.scenario import BrokerSpec, Change, Scenario
from mqviz.sim.faults import kind_of

NO_BROKER = BrokerSpec()


def left_out(scenario: Scenario, *, policies: bool) -> tuple[LeftOut, ...]:
    """What cannot be done. `policies`: whether the account may set them."""
    found = [LeftOut(what="fault", name=kind_of(fault), at=fault.at) for fault in scenario.faults if not can_be(fault)]
    given, plain = scenario.broker, NO_BROKER
    found += [LeftOut(what="broker", name=name) for name in given.__struct_fields__ if getattr(given, name) != getattr(plain, name)]
    found += [LeftOut(what="change", name=f"{each.target} arguments", at=each.at) for each in scenario.changes if _turns_queue(each)]
    if not policies:
        found += [LeftOut(what="policy", name=each.name) for each in scenario.policies]
    return tuple(found)


def feasible(scenario: Scenario, *, policies: bool) -> Scenario:
    """The scenario without what cannot be done."""
    return replace(
        scenario,
        faults=tuple(each for each in scenario.faults if can_be(each)),
        broker=NO_BROKER,
        changes=tuple(_without_arguments(each) for each in scenario.changes),
        policies=scenario.policies if policies else (),
    )


def can_be(fault: Fault) -> bool:
    """Whether a client, or the management API, can let it happen: the broker itself is not ours."""
    return not isinstance(fault, RestartFault | Down | MemoryAlarm)


def _turns_queue(change: Change) -> bool:
    return change.set is not None and change.set.arguments is not UNSET


def _without_arguments(change: Change) -> Change:
    if change.set is None or change.set.arguments is UNSET:
        return change
    rest = replace(change.set, arguments=UNSET)
    return replace(change, set=None if rest == Changed() else rest)
