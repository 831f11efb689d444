"""The ledger as two sums that a person can read: where every message went, and where every copy went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mqviz.model.result import Ledger
from mqviz.model.snapshot import ServiceStats

_MESSAGES = ("routed", "unroutable", "returned", "refused", "lost_in_transit", "in_transit")
_COPIES = (
    "acknowledged",
    "unacknowledged",
    "ready",
    "dead_lettered",
    "expired",
    "dropped",
    "rejected",
    "purged",
    "deleted",
    "lost",
)
_REQUESTS = ("completed", "in_service", "waiting", "refused", "timed_out", "failed")


@dataclass(frozen=True, slots=True)
class Account:
    """total = sum of terms, each a code (a field of the ledger) and a count above 0. `balances`: whether that is so.

    None where a live broker does not tell some term.
    """

    code: str
    total: int
    terms: tuple[tuple[str, int], ...]
    balances: bool | None


def accounts_of(ledger: Ledger, services: Iterable[ServiceStats] = ()) -> tuple[Account, ...]:
    """The messages ("published"), their copies ("enqueued") and the requests to services, as far as there are any."""
    messages, copies = ledger.messages, ledger.copies
    both = (
        Account("published", messages.published, _terms(messages, _MESSAGES), messages.balances),
        Account("enqueued", copies.enqueued or 0, _terms(copies, _COPIES), copies.balances),
    )
    return tuple(account for account in (*both, _requests(tuple(services))) if account.total or account.terms)


def _requests(services: tuple[ServiceStats, ...]) -> Account:
    total = sum(each.requests for each in services)
    sums = ((code, sum(getattr(each, code) for each in services)) for code in _REQUESTS)
    terms = tuple((code, count) for code, count in sums if count)
    return Account("requests", total, terms, total == sum(count for _, count in terms))


def unanswered(services: Iterable[ServiceStats]) -> int:
    """Requests that came to nothing: refused, timed out or failed."""
    return sum(each.refused + each.timed_out + each.failed for each in services)


def _terms(ledger: object, codes: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((code, count) for code in codes if (count := getattr(ledger, code)))


def losses(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    """What is gone without a rule of the file: lost (transient, at a restart), lost_in_transit, abandoned."""
    counts = (("lost", ledger.copies.lost), ("lost_in_transit", ledger.messages.lost_in_transit), ("abandoned", ledger.work.abandoned))
    return tuple((code, count) for code, count in counts if count)


def thrown_away(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    """What rules of the file threw away or turned back, by cause."""
    messages = _terms(ledger.messages, ("refused", "unroutable", "returned"))
    return messages + _terms(ledger.copies, ("dropped", "expired", "rejected", "dead_lettered", "purged", "deleted"))
