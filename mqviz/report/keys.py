"""What one wants to know first of a run: how much, how fast, and what did not arrive."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from mqviz.model.result import Result


class Keys(Struct, frozen=True, kw_only=True):
    """`throughput`: work finished a second, over the whole run, a warm-up included. `failures`: how many were not served, by cause."""

    throughput: float
    finished: int
    mean: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    deepest: int | None
    redelivered: int
    failures: dict[str, int]

    @property
    def lost(self) -> int:
        """How many messages, copies and requests are gone without their work being done. A dead letter is not gone."""
        return sum(number for code, number in self.failures.items() if code != "dead_lettered")


def keys_of(result: Result) -> Keys:
    """The key figures of a result."""
    latency = result.latency
    depths = [queue.depth.max for queue in result.queues.values() if queue.depth.max is not None]
    finished = max(latency.count, result.ledger.work.completed)
    return Keys(
        throughput=finished / result.virtual_time if result.virtual_time else 0.0,
        finished=finished,
        mean=latency.mean,
        p50=latency.p50,
        p95=latency.p95,
        p99=latency.p99,
        deepest=max(depths, default=None),
        redelivered=sum(queue.redelivered or 0 for queue in result.queues.values()),
        failures={code: number for code, number in _failures(result) if number},
    )


def _failures(result: Result) -> Iterator[tuple[str, int]]:
    messages, copies = result.ledger.messages, result.ledger.copies
    yield "unroutable", messages.unroutable or 0
    yield "returned", messages.returned or 0
    yield "refused", messages.refused or 0
    yield "lost_in_transit", messages.lost_in_transit or 0
    for code in ("dropped", "expired", "rejected", "dead_lettered", "purged", "deleted", "lost"):
        yield code, getattr(copies, code) or 0
    yield "abandoned", result.ledger.work.abandoned
    services = result.services.values()
    yield "requests_refused", sum(service.refused for service in services)
    yield "requests_timed_out", sum(service.timed_out for service in services)
    yield "requests_failed", sum(service.failed for service in services)


MESSAGES = ("routed", "unroutable", "returned", "refused", "lost_in_transit", "in_transit")
COPIES = (
    "acknowledged",
    "ready",
    "unacknowledged",
    "dropped",
    "expired",
    "rejected",
    "dead_lettered",
    "purged",
    "deleted",
    "lost",
)
REQUESTS = ("completed", "refused", "timed_out", "failed", "in_service", "waiting")
"""The summands of the three identities, in the order of the contract."""
