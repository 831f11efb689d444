"""Whether a live broker's picture is another than before: between two polls only its age is.

Identity is asked for: comparing five thousand queues sixty times a second would cost more than drawing them.
"""

from __future__ import annotations

from msgspec.structs import replace

from mqviz.model.feed import Feed, FeedState
from mqviz.model.snapshot import Snapshot

_PARTS = ("exchanges", "queues", "bindings", "producers", "consumers", "broker", "faults")


def is_same(one: Snapshot, other: Snapshot | None) -> bool:
    """Whether both are the same picture of a live broker, at whatever age."""
    return other is not None and one.live and other.live and all(getattr(one, part) is getattr(other, part) for part in _PARTS)


def is_blind(feed: Feed | None) -> bool:
    """Whether nothing is seen now, though it should be."""
    return feed is not None and feed.state in (FeedState.BLIND, FeedState.REFUSED)


def is_gap(feed: Feed | None) -> bool:
    """Whether what happens now is never known: nothing is seen, or nothing is asked."""
    return is_blind(feed) or (feed is not None and feed.state is FeedState.OFF)


def has_nothing_new(feed: Feed | None) -> bool:
    """Whether a picture that comes with this feed is none: the first is still to come, or nothing is seen."""
    return is_blind(feed) or (feed is not None and feed.state is FeedState.CONNECTING)


def lasting(feed: Feed) -> Feed:
    """The feed without what changes all the time."""
    return replace(feed, blind_since=None, retry_in=None, requests=0, bytes=0, answer_time=None)
