"""Faults by hand: what each kind can hit, the fault that a click means, and which one it would end.

One press injects, the next on the same target ends it: every lasting fault can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mqviz.model.backend import Can
from mqviz.model.faults import (
    Cut,
    Delay,
    Down,
    FailFault,
    Fault,
    Hang,
    Kill,
    MemoryAlarm,
    Poison,
    Purge,
    RestartFault,
    Slow,
    Spike,
    Stop,
)
from mqviz.model.snapshot import ActiveFault, Snapshot
from mqviz.viewmodel.knobs import client_of, split

SPIKE_FACTOR = 4.0
SPIKE_SECONDS = 10.0
SPIKE_MESSAGES = 1000
SLOW_FACTOR = 4.0
CUT_SECONDS = 5.0
RESTART_SECONDS = 3.0
DELAY_SECONDS = 0.2
FAIL_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A kind of fault as a button offers it: what it can hit (kinds of nodes; none: the broker), and the ability it needs."""

    code: str
    hits: tuple[str, ...]
    needs: Can
    make: Callable[[str, Snapshot], Fault]


def _spike(node: str, snapshot: Snapshot) -> Fault:
    target = split(node)[1]
    members = [each for each in snapshot.producers if target in (each.name, each.client)]
    if any(each.rate for each in members):
        return Spike(target=target, factor=SPIKE_FACTOR, lasts=SPIKE_SECONDS)
    return Spike(target=target, messages=SPIKE_MESSAGES)


def _cut(node: str, snapshot: Snapshot) -> Fault:
    return Cut(target=split(node)[1] if node else None, lasts=CUT_SECONDS)


KINDS: dict[str, FaultKind] = {
    kind.code: kind
    for kind in (
        FaultKind("spike", ("producer",), Can.SPIKE, _spike),
        FaultKind("kill", ("consumer", "producer", "service"), Can.KILL, lambda node, _: Kill(target=split(node)[1])),
        FaultKind("slow", ("consumer", "producer", "service"), Can.SLOW, lambda node, _: Slow(target=split(node)[1], factor=SLOW_FACTOR)),
        FaultKind("restart", (), Can.RESTART_BROKER, lambda _, __: RestartFault(lasts=RESTART_SECONDS)),
        FaultKind("cut", (), Can.CUT, _cut),
        FaultKind("stop", ("consumer", "producer"), Can.INJECT_FAULTS, lambda node, _: Stop(target=split(node)[1])),
        FaultKind("hang", ("consumer", "service"), Can.INJECT_FAULTS, lambda node, _: Hang(target=split(node)[1])),
        FaultKind("fail", ("consumer",), Can.INJECT_FAULTS, lambda node, _: FailFault(target=split(node)[1], share=FAIL_SHARE)),
        FaultKind("poison", ("producer",), Can.INJECT_FAULTS, lambda node, _: Poison(target=split(node)[1])),
        FaultKind("delay", (), Can.INJECT_FAULTS, lambda _, __: Delay(seconds=DELAY_SECONDS)),
        FaultKind("down", (), Can.INJECT_FAULTS, lambda _, __: Down()),
        FaultKind("memory_alarm", (), Can.INJECT_FAULTS, lambda _, __: MemoryAlarm()),
        FaultKind("purge", ("queue",), Can.PURGE, lambda node, _: Purge(target=node)),
    )
}
"""In the order of the buttons; the first five have the keys 1 to 5."""

BUTTONS = ("spike", "kill", "slow", "restart", "cut")

_DESTROYS = ("kill", "purge")
_PREFERRED = {"spike": "producer", "kill": "consumer", "slow": "consumer", "stop": "consumer", "hang": "consumer"}


def targets(code: str, snapshot: Snapshot) -> tuple[str, ...]:
    """The ids of the nodes that this kind can hit now, the likeliest first; none where it hits the broker."""
    hits = KINDS[code].hits
    ids = {
        "producer": [f"producer:{each.name}" for each in snapshot.producers],
        "consumer": [f"consumer:{each.name}" for each in snapshot.consumers],
        "service": [f"service:{each.name}" for each in snapshot.services],
        "queue": [f"queue:{each.name}" for each in snapshot.queues],
    }
    order = sorted(hits, key=lambda kind: kind != _PREFERRED.get(code))
    return tuple(node for kind in order for node in ids[kind])


def hits_broker(code: str) -> bool:
    """Whether it needs no target."""
    return not KINDS[code].hits


def asks_first(code: str, can: Can) -> bool:
    """Whether this kind destroys what no restart brings back."""
    return code in _DESTROYS and Can.RECALL not in can


def active(code: str, snapshot: Snapshot, node: str = "") -> ActiveFault | None:
    """The fault of this kind that is at work on the node (without one: anywhere), the latest first."""
    kind = type(KINDS[code].make(node or "queue:-", snapshot))
    for fault in reversed(snapshot.faults):
        if isinstance(fault.fault, kind) and (not node or is_on(fault.fault, node)):
            return fault
    return None


def is_on(fault: Fault, node: str) -> bool:
    """Whether a fault is on this node: on itself, or on all members of its client. Without a prefix its kind decides."""
    target = getattr(fault, "target", None)
    kind, name = split(node)
    if target is None or (kind == "queue") is not isinstance(fault, Purge):
        return False
    return target in (name, node) or (kind in ("producer", "consumer") and target == client_of(name))


def fault_for(code: str, snapshot: Snapshot, node: str = "") -> Fault:
    """The fault that a click on this kind's button means for the node."""
    return KINDS[code].make(node, snapshot)
