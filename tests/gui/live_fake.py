"""A live broker that plays recorded pictures: for tests and pictures of the window, which must not depend on how fast a real one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from mqviz.backends import address
from mqviz.clock import Clock
from mqviz.errors import BackendError
from mqviz.gui.parts import Live
from mqviz.model.backend import (
    Can,
    Clone,
    Cloned,
    Command,
    Inject,
    Note,
    Outcome,
    Publish,
    Refresh,
    Route,
    SetInterval,
    SetReadOnly,
    SetVirtualHost,
    Update,
)
from mqviz.model.faults import Kill, Purge
from mqviz.model.feed import Check, Feed, FeedState, LiveBroker
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import Event, LogEntry, Snapshot

LOOKING = Can.ROUTE | Can.CHOOSE_FEED | Can.CLONE
ACTING = Can.KILL | Can.PUBLISH | Can.PURGE

Pictures = Callable[[float], Snapshot]
"""The picture that the broker tells at a second of its own."""


class FakeBroker:
    """Polls a made-up broker by the clock of the window. `feed` may be set from outside; `commands` is what was asked."""

    def __init__(self, pictures: Pictures, clock: Clock, feed: Feed, *, events: Callable[[float], tuple[Event, ...]] | None = None) -> None:
        self._pictures, self._clock, self._events = pictures, clock, events
        self._began = clock.now()
        self.feed = feed
        self.commands: list[Command] = []
        self.routes: tuple[str, ...] = ()
        self.closed = False
        self._outcomes: list[Outcome] = []
        self._log: list[LogEntry] = []
        self._polled_at = -1e9
        self._picture = Snapshot(time=0.0, live=True)

    @property
    def can(self) -> Can:
        """Acting only where it is not read-only."""
        return LOOKING if self.feed.read_only else LOOKING | ACTING

    def why_not(self, ability: Can) -> str:
        """As a live broker says it."""
        if ability in self.can:
            return ""
        return "read_only" if ability in ACTING else "live_broker"

    def submit(self, command: Command) -> None:
        """Answers with the next update."""
        self.commands.append(command)
        self._outcomes.append(self._do(command))

    def _do(self, command: Command) -> Outcome:
        number = command.number
        match command:
            case SetReadOnly(read_only=read_only):
                self.feed = replace(self.feed, read_only=read_only)
            case SetInterval(seconds=seconds):
                state = FeedState.OFF if seconds is None else FeedState.SEEING
                self.feed = replace(self.feed, interval=seconds, state=state)
            case SetVirtualHost(name=name):
                self.feed = replace(self.feed, virtual_host=name)
                self._polled_at = -1e9
            case Refresh():
                self._polled_at = -1e9
            case Route():
                return Outcome(number=number, answer=self.routes)
            case Clone():
                notes = (Note(subject="queue:old", reason="unsupported", detail="x-queue-type=stream"),)
                return Outcome(number=number, answer=Cloned(scenario=Scenario(name="Clone"), notes=notes))
            case Inject() | Publish() if self.feed.read_only:
                return Outcome(number=number, done=False, reason="read_only")
            case Publish():
                return Outcome(number=number, answer=True)
            case Inject(fault=Purge()):
                return Outcome(number=number, detail="4000")
            case Inject(fault=Kill(target=target)):
                return Outcome(number=number, detail=target)
            case Inject():
                pass
            case _:
                return Outcome(number=number, done=False, reason="live_broker")
        return Outcome(number=number)

    def run(self, budget: float) -> float | None:
        """There is no work."""
        return None

    def observe(self) -> Update:
        """The picture of the last poll, and how old it is."""
        now = self._clock.now() - self._began
        interval = self.feed.interval or 1e12
        if (self.feed.state is FeedState.SEEING and now - self._polled_at >= interval) or (self._polled_at < -1e8 < 0 and self._sees()):
            self._polled_at = now
            self._picture = replace(self._pictures(now), live=True)
        outcomes, self._outcomes = tuple(self._outcomes), []
        log, self._log = tuple(self._log), []
        age = max(0.0, now - self._polled_at) if self._polled_at >= 0 else 0.0
        events = self._events(now) if self._events is not None and self._sees() else ()
        return Update(snapshot=replace(self._picture, time=now, age=age), feed=self.feed, outcomes=outcomes, log=log, events=events)

    def _sees(self) -> bool:
        return self.feed.state in (FeedState.SEEING, FeedState.OFF)

    def tell(self, entry: LogEntry) -> None:
        """Something happened."""
        self._log.append(entry)

    def close(self) -> None:
        """Nobody asks any more."""
        self.closed = True


class FakeProbe:
    """Shows its checks one more each time they are looked at."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self._checks = tuple(checks)
        self._seen = 0
        self.closed = False

    @property
    def checks(self) -> Sequence[Check]:
        """One more than before."""
        self._seen = min(self._seen + 1, len(self._checks))
        return self._checks[: self._seen]

    @property
    def done(self) -> bool:
        """Whether all were told."""
        return self._seen == len(self._checks)

    def close(self) -> None:
        """No more."""
        self.closed = True


class Brokers:
    """Stands in for everything below the window: what is saved, the keyring, and made-up brokers by name."""

    def __init__(self, clock: Clock, pictures: Pictures, checks: Sequence[Check] = ()) -> None:
        self.clock, self.pictures, self.checks = clock, pictures, checks
        self.saved: list[LiveBroker] = []
        self.passwords: dict[str, str] = {}
        self.made: list[FakeBroker] = []
        self.probes: list[FakeProbe] = []
        self.feed = Feed(state=FeedState.SEEING, virtual_hosts=("/", "orders"))
        self.events: Callable[[float], tuple[Event, ...]] | None = None
        self.has_keyring = True

    def live(self) -> Live:
        """As the window wants it."""
        return Live(
            connect=self._connect,
            probe=self._probe,
            parse=address.parse_amqp,
            address=address.address_of,
            management=address.management_for,
            parse_management=address.parse_management,
            saved=lambda: tuple(self.saved),
            save=self._save,
            forget=lambda broker: self.saved.remove(broker),
            has_keyring=lambda: self.has_keyring,
            password_of=lambda broker: self.passwords.get(broker.host),
            keep_password=self._keep,
        )

    def _connect(self, broker: LiveBroker, password: str, bell: Callable[[], None]) -> FakeBroker:
        feed = replace(self.feed, broker=broker, virtual_host=broker.virtual_host, interval=broker.interval)
        self.made.append(FakeBroker(self.pictures, self.clock, feed, events=self.events))
        return self.made[-1]

    def _probe(self, broker: LiveBroker, password: str) -> FakeProbe:
        self.probes.append(FakeProbe(self.checks))
        return self.probes[-1]

    def _save(self, broker: LiveBroker) -> None:
        self.saved = [each for each in self.saved if each.name != broker.name] + [broker]

    def _keep(self, broker: LiveBroker, password: str) -> None:
        if not self.has_keyring:
            raise BackendError("there is no keyring")
        self.passwords[broker.host] = password
