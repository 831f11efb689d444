"""What a run came to: the ledger and the statistics, as one value. The contract is the result of the help.

None means that it cannot be told (a live broker), never 0.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Summary(Struct, frozen=True, kw_only=True):
    """Statistics of durations in seconds; None where nothing was counted."""

    count: int = 0
    mean: float | None = None
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    max: float | None = None


class MessageLedger(Struct, frozen=True, kw_only=True):
    """Where every published message went; disjoint. `waiting`, `confirmed` and `nacked` stand beside the sum."""

    published: int = 0
    routed: int | None = 0
    unroutable: int | None = 0
    returned: int | None = 0
    refused: int | None = 0
    lost_in_transit: int | None = 0
    in_transit: int = 0
    waiting: int | None = 0
    confirmed: int | None = 0
    nacked: int | None = 0

    @property
    def balances(self) -> bool | None:
        """published = routed + unroutable + returned + refused + lost_in_transit + in_transit; None where one cannot be told."""
        gone = (self.routed, self.unroutable, self.returned, self.refused, self.lost_in_transit, self.in_transit)
        return _is_sum(self.published, gone)


class Reasons(Struct, frozen=True, kw_only=True):
    """Dead-lettered copies by reason."""

    rejected: int = 0
    expired: int = 0
    maxlen: int = 0
    delivery_limit: int = 0


class CopyLedger(Struct, frozen=True, kw_only=True):
    """Where every copy that entered a queue went; disjoint."""

    enqueued: int | None = 0
    acknowledged: int | None = 0
    ready: int | None = 0
    unacknowledged: int | None = 0
    dropped: int | None = 0
    expired: int | None = 0
    rejected: int | None = 0
    dead_lettered: int | None = 0
    purged: int | None = 0
    deleted: int | None = 0
    lost: int | None = 0
    reasons: Reasons = Reasons()

    @property
    def balances(self) -> bool | None:
        """enqueued = acknowledged + ready + unacknowledged + all other ways out; None where one cannot be told."""
        settled = (self.acknowledged, self.dropped, self.expired, self.rejected, self.dead_lettered)
        gone = (*settled, self.purged, self.deleted, self.lost)
        return _is_sum(self.enqueued, (*gone, self.ready, self.unacknowledged))


def _is_sum(total: int | None, parts: tuple[int | None, ...]) -> bool | None:
    known = [part for part in parts if part is not None]
    return None if total is None or len(known) < len(parts) else total == sum(known)


class WorkLedger(Struct, frozen=True, kw_only=True):
    """Work: finished; acknowledged but never finished; finished more than once."""

    completed: int = 0
    abandoned: int = 0
    repeated: int = 0


class Ledger(Struct, frozen=True, kw_only=True):
    """The three accounts, and whether they balance."""

    messages: MessageLedger
    copies: CopyLedger
    work: WorkLedger
    balanced: bool | None
    nothing_lost: bool | None

    @property
    def left(self) -> int:
        """What is still on its way: waiting, in transit, ready or unacknowledged, as far as that can be told."""
        copies, messages = self.copies, self.messages
        return (copies.ready or 0) + (copies.unacknowledged or 0) + (messages.in_transit or 0) + (messages.waiting or 0)


class Depth(Struct, frozen=True, kw_only=True):
    """Greatest and time-average number of messages, ready and unacknowledged."""

    max: int | None = None
    mean: float | None = None


class Oldest(Struct, frozen=True, kw_only=True):
    """The greatest age in seconds that a ready message reached, as sampled each second."""

    max: float | None = None


class QueueResult(Struct, frozen=True, kw_only=True):
    """One queue's account and figures."""

    enqueued: int | None = 0
    delivered: int | None = 0
    redelivered: int | None = 0
    acknowledged: int | None = 0
    ready: int | None = 0
    unacknowledged: int | None = 0
    dropped: int | None = 0
    expired: int | None = 0
    rejected: int | None = 0
    dead_lettered: int | None = 0
    purged: int | None = 0
    deleted: int | None = 0
    lost: int | None = 0
    depth: Depth = Depth()
    oldest: Oldest = Oldest()
    wait: Summary = Summary()


class ProducerMember(Struct, frozen=True, kw_only=True):
    """One member of a producer."""

    published: int = 0
    confirmed: int = 0
    nacked: int = 0
    returned: int = 0
    waiting: int = 0
    blocked_time: float = 0.0


class ProducerResult(Struct, frozen=True, kw_only=True):
    """All members of a producer together, and each."""

    published: int = 0
    confirmed: int = 0
    nacked: int = 0
    returned: int = 0
    waiting: int = 0
    blocked_time: float = 0.0
    confirm_latency: Summary = Summary()
    replied: int = 0
    timed_out: int = 0
    response: Summary = Summary()
    members: dict[str, ProducerMember] = {}


class ConsumerMember(Struct, frozen=True, kw_only=True):
    """One member of a consumer."""

    delivered: int = 0
    acknowledged: int = 0
    redelivered: int = 0
    completed: int = 0
    abandoned: int = 0
    busy_time: float = 0.0
    utilisation: float | None = None


class ConsumerResult(Struct, frozen=True, kw_only=True):
    """All members of a consumer together, and each; `service` is the time that the work took."""

    delivered: int = 0
    acknowledged: int = 0
    redelivered: int = 0
    completed: int = 0
    abandoned: int = 0
    busy_time: float = 0.0
    utilisation: float | None = None
    service: Summary = Summary()
    members: dict[str, ConsumerMember] = {}


class ServiceResult(Struct, frozen=True, kw_only=True):
    """requests = completed + refused + timed_out + failed + in_service + waiting."""

    requests: int = 0
    completed: int = 0
    refused: int = 0
    timed_out: int = 0
    failed: int = 0
    in_service: int = 0
    waiting: int = 0
    busy_time: float = 0.0
    utilisation: float | None = None
    latency: Summary = Summary()

    @property
    def balances(self) -> bool:
        """Whether every request is somewhere."""
        ended = self.completed + self.refused + self.timed_out + self.failed
        return self.requests == ended + self.in_service + self.waiting


class TranslatorResult(Struct, frozen=True, kw_only=True):
    """taken = translated + invalid + in work."""

    taken: int = 0
    translated: int = 0
    invalid: int = 0


class QueueSample(Struct, frozen=True, kw_only=True):
    """A queue at one second."""

    ready: int | None = None
    unacknowledged: int | None = None
    oldest: float | None = None


class Sample(Struct, frozen=True, kw_only=True):
    """The second that ends at `time`: rates per second, and queues as they then are."""

    time: float
    publish: float | None = None
    deliver: float | None = None
    acknowledge: float | None = None
    redeliver: float | None = None
    queues: dict[str, QueueSample] = {}


class FaultSpell(Struct, frozen=True, kw_only=True, rename={"begin": "from", "end": "to"}):
    """A fault at work, from `begin` to `end` (the same where it was over at once, None where it outlasts the run).

    `target`: whom it struck, None for the broker, the network or everybody. `figures`: factor, messages, seconds, share, how, side.
    One that comes again and again is told each time.
    """

    kind: str
    target: str | None = None
    begin: float
    end: float | None = None
    figures: dict[str, Any] = {}


class Clients(Struct, frozen=True, kw_only=True):
    """How well our own clients did on a live broker: the load that was asked for and the load that was made, in messages.

    `asked_peak` and `made_peak`: of the busiest second. `late`: seconds by which a client did what it had to (publish, finish) too
    late; `behind`: the greatest such delay at the end of a second. `kept_up`: whether the figures are the broker's and not our own.
    `held_time`: seconds for which publishing was held back, by the rate limit or because the network did not take it.
    """

    asked: int
    made: int
    asked_peak: int
    made_peak: int
    late: Summary
    behind: float
    held_time: float
    kept_up: bool


class ScenarioId(Struct, frozen=True, kw_only=True):
    """Which scenario it was: its name (English where it has several) and the SHA-256 of its value, not of its file."""

    name: str
    digest: str


class Result(Struct, frozen=True, kw_only=True):
    """The whole result of one run.

    Of a live broker only: `clients`, and in `left_out` what could not be done there (codes as `fault restart 1`).
    """

    mqviz: str
    scenario: ScenarioId
    seed: int
    virtual_time: float
    engine: str
    replayable: bool
    interrupted: bool
    ledger: Ledger
    queues: dict[str, QueueResult]
    producers: dict[str, ProducerResult]
    consumers: dict[str, ConsumerResult]
    services: dict[str, ServiceResult]
    translators: dict[str, TranslatorResult]
    latency: Summary
    faults: tuple[FaultSpell, ...] = ()
    series: tuple[Sample, ...]
    clients: Clients | None = None
    left_out: tuple[str, ...] = ()
