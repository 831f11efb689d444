"""What is known of a live broker at a moment: the newest picture, how old it is, and how the feed of pictures is."""

from __future__ import annotations

from msgspec.structs import replace

from mqviz.backends.acting import Deed
from mqviz.backends.chronicle import told_between
from mqviz.backends.poller import Failed, Seen
from mqviz.model.feed import Feed, FeedState, LiveBroker
from mqviz.model.snapshot import LogEntry, Snapshot

_CODES = {"purge": "queue_purged", "publish": "message_published"}


class Sight:
    """`start` is the wall second at which the session's own time is 0."""

    def __init__(self, broker: LiveBroker, start: float) -> None:
        self.start = start
        self.feed = Feed(broker=broker, interval=broker.interval, virtual_host=broker.virtual_host)
        self.snapshot = Snapshot(time=0.0, live=True)
        self.before: tuple[Snapshot, float] | None = None
        """An older picture, and how many seconds older than the newest."""
        self._at = start
        self._blind_at: float | None = None
        self._retry_at: float | None = None
        self._is_complete = False
        self._log: list[LogEntry] = []

    # -- what comes in ----------------------------------------------------------------------------------------

    def saw(self, seen: Seen) -> bool:
        """There is another picture; whether it is complete."""
        picture = seen.picture
        if seen.vhost != self.feed.virtual_host or (picture is None and self._is_complete):
            return False
        if picture is None:
            self.snapshot, self._at = seen.snapshot, seen.at
            return False
        time = seen.at - self.start
        if self.feed.state not in (FeedState.SEEING, FeedState.OFF):
            self._tell("feed_connected", time)
        if self._is_complete:
            self._log.extend(told_between(self.snapshot, seen.snapshot, time))
        self.snapshot, self._at, self._is_complete = seen.snapshot, seen.at, True
        self.before = seen.before
        self._blind_at = self._retry_at = None
        self.feed = replace(
            self.feed,
            state=FeedState.OFF if self.feed.interval is None else FeedState.SEEING,
            trouble=None,
            detail="",
            virtual_hosts=picture.virtual_hosts,
            tags=picture.tags,
            missing=picture.missing,
            sources=picture.sources,
            requests=seen.requests,
            bytes=seen.bytes,
            answer_time=seen.took,
        )
        return True

    def failed(self, failed: Failed) -> None:
        """There is none; the last one stays, and grows old."""
        was_seeing = self.feed.state in (FeedState.SEEING, FeedState.OFF)
        if was_seeing:
            self._blind_at = self._at
            self._tell("feed_lost", failed.at - self.start)
        self._retry_at = failed.retry_at
        if failed.retry_at is None:
            state = FeedState.REFUSED
        else:
            state = FeedState.CONNECTING if self._blind_at is None else FeedState.BLIND
        self.feed = replace(self.feed, state=state, trouble=failed.trouble, detail=failed.detail)

    def did(self, deed: Deed, now: float) -> None:
        """Something was done by hand."""
        if deed.action in _CODES:
            self._log.append(LogEntry(time=now - self.start, code=_CODES[deed.action], subject=deed.subject))

    def choose_interval(self, seconds: float | None) -> None:
        """Looking goes on at another pace, or rests."""
        state = self.feed.state
        if state in (FeedState.SEEING, FeedState.OFF):
            state = FeedState.OFF if seconds is None else FeedState.SEEING
        self.feed = replace(self.feed, interval=seconds, state=state)

    def choose_vhost(self, name: str, now: float) -> None:
        """Nothing is known of another virtual host yet."""
        self.feed = replace(self.feed, virtual_host=name)
        self.snapshot = Snapshot(time=0.0, live=True, broker=self.snapshot.broker)
        self._at, self._is_complete, self.before = now, False, None

    def _tell(self, code: str, time: float) -> None:
        self._log.append(LogEntry(time=time, code=code, subject=self.feed.broker.name or self.feed.broker.host))

    # -- what goes out ----------------------------------------------------------------------------------------

    def at(self, now: float) -> Snapshot:
        """The picture as it stands at this wall second."""
        return replace(self.snapshot, time=now - self.start, age=max(0.0, now - self._at))

    def feed_at(self, now: float) -> Feed:
        """The feed as it is at this wall second."""
        return replace(
            self.feed,
            blind_since=None if self._blind_at is None else now - self._blind_at,
            retry_in=None if self._retry_at is None else max(0.0, self._retry_at - now),
        )

    def drain_log(self) -> tuple[LogEntry, ...]:
        """What happened since the last call."""
        log, self._log = tuple(self._log), []
        return log
