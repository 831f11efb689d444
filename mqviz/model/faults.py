"""Faults and changes: what goes wrong, and what is turned while a scenario runs, as values."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from mqviz.model.amqp import BindingSpec
from mqviz.model.distributions import Distribution

FailHow = Literal["nack", "reject", "discard", "crash"]
"""What failing work does: nack with requeue, reject without requeue, acknowledge all the same, or crash (the connection is lost)."""

Side = Literal["producers", "consumers", "both"]


class _Fault(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """From when, for how long (for good where None) and again every so many seconds, all virtual."""

    at: float = 0.0
    lasts: float | None = None
    every: float | None = None


class _Targeted(_Fault, frozen=True, kw_only=True):
    """`target` is a client (`server`: all of its members; `server.1`: one), or with a prefix as in `queue:work`."""

    target: str


class Spike(_Targeted, frozen=True, kw_only=True, tag="spike"):
    """A producer's rate times `factor` while it lasts, or `messages` more at once (for each member)."""

    factor: float | None = None
    messages: int | None = None


class Kill(_Targeted, frozen=True, kw_only=True, tag="kill"):
    """The process dies: its connection is gone at once, what it held goes back. It returns after `lasts` only."""


class Stop(_Targeted, frozen=True, kw_only=True, tag="stop"):
    """An orderly stop: cancels, finishes and settles what it has, leaves; a producer stops publishing. Returns after `lasts`."""


class Hang(_Targeted, frozen=True, kw_only=True, tag="hang"):
    """Stays connected but does nothing, neither work nor ack (a service: workers stand)."""


class Slow(_Targeted, frozen=True, kw_only=True, tag="slow"):
    """Service times multiplied by `factor` (a producer: gaps between its messages)."""

    factor: float = 4.0


class FailFault(_Targeted, frozen=True, kw_only=True, tag="fail"):
    """A share of the work fails, in the way `how`."""

    share: float = 1.0
    how: FailHow = "nack"


class Poison(_Targeted, frozen=True, kw_only=True, tag="poison"):
    """The next message that this producer publishes fails wherever it goes."""


class Delay(_Fault, frozen=True, kw_only=True, tag="delay"):
    """`seconds` more of network latency, for one client or, without target, for all."""

    seconds: float
    target: str | None = None


class Cut(_Fault, frozen=True, kw_only=True, tag="cut"):
    """The network between broker and clients is gone; connections break, what was under way is lost."""

    side: Side = "both"
    target: str | None = None


class RestartFault(_Fault, frozen=True, kw_only=True, tag="restart"):
    """The broker stops and starts again, after `lasts` seconds (at once where None)."""


class Down(_Fault, frozen=True, kw_only=True, tag="down"):
    """The broker is down while it lasts."""


class MemoryAlarm(_Fault, frozen=True, kw_only=True, tag="memory_alarm"):
    """The memory alarm is set: connections that publish are blocked."""


class Purge(_Targeted, frozen=True, kw_only=True, tag="purge"):
    """All ready messages of the queue are thrown away."""


Fault = (
    Spike
    | Kill
    | Stop
    | Hang
    | Slow
    | FailFault
    | Poison
    | Delay
    | Cut
    | RestartFault
    | Down
    | MemoryAlarm
    | Purge
)


class Changed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be set while it runs; each is the field of that name in the target's own table.

    For a producer: rate (every rate of its load is scaled so that their sum is this), count, confirm, size, priority, latency.
    For a consumer: count, prefetch, workers, service, latency. For a service: workers, accept, timeout, service.
    For a translator: service, latency (one way, in seconds; with the target `network` that of everybody).
    For a queue: arguments, merged over its own; `null` cannot be written in TOML, so a limit is taken away by "none".
    """

    rate: float | UnsetType = UNSET
    count: int | UnsetType = UNSET
    confirm: int | UnsetType = UNSET
    size: float | UnsetType = UNSET
    priority: int | UnsetType = UNSET
    prefetch: int | UnsetType = UNSET
    workers: int | UnsetType = UNSET
    accept: int | UnsetType = UNSET
    timeout: float | UnsetType = UNSET
    service: Distribution | UnsetType = UNSET
    latency: float | UnsetType = UNSET
    arguments: dict[str, Any] | UnsetType = UNSET


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a change deletes."""

    exchanges: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    bindings: tuple[BindingSpec, ...] = ()
    clients: tuple[str, ...] = ()


def is_lasting(fault: Fault) -> bool:
    """Whether there is anything to end: a purge, a poison message or a spike of messages is over at once."""
    return not (isinstance(fault, Purge | Poison) or (isinstance(fault, Spike) and fault.messages is not None))
