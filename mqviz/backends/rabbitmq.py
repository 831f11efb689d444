"""A live RabbitMQ as a `Backend`: what a thread sees of it becomes updates, what the window asks becomes requests.

Everything that waits is done by the poller's thread; here values are only picked up, so that nothing ever blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from mqviz.backends import acting
from mqviz.backends.acting import Deed
from mqviz.backends.action_log import ActionLog
from mqviz.backends.cloning import cloned
from mqviz.backends.live_routes import LiveRoutes
from mqviz.backends.poller import At, Do, Done, Every, Failed, News, Poll, Poller, Seen
from mqviz.backends.sampling import Sampler
from mqviz.backends.sight import Sight
from mqviz.clock import Clock
from mqviz.model.backend import (
    Can,
    Clone,
    Command,
    Inject,
    Outcome,
    Peek,
    Publish,
    Refresh,
    Route,
    SetInterval,
    SetReadOnly,
    SetVirtualHost,
    Update,
)
from mqviz.model.feed import LiveBroker

_LOOKS = Can.ROUTE | Can.CHOOSE_FEED | Can.CLONE
_ACTS = Can.KILL | Can.PUBLISH | Can.PURGE


class RabbitBackend:
    """Looks from its creation on. `wake` is called from another thread when there is news; `actions`: the file of what was done."""

    def __init__(self, broker: LiveBroker, password: str, clock: Clock, *, wake: Callable[[], None], actions: Path | None = None) -> None:
        self._clock = clock
        self._sight = Sight(broker, clock.now())
        self._outcomes: list[Outcome] = []
        self._routes, self._sampler = LiveRoutes(), Sampler()
        self._actions = ActionLog(actions, broker)
        self._is_closed = False
        self._poller = Poller(broker, password, clock, wake)

    @property
    def can(self) -> Can:
        """What it is able to do now: less while it may only be looked at, or where AMQP alone answers."""
        if not self._has_api:
            return Can.CHOOSE_FEED
        return _LOOKS if self._sight.feed.read_only else _LOOKS | _ACTS

    @property
    def _has_api(self) -> bool:
        sources = self._sight.feed.sources
        return not sources or "management" in sources

    def why_not(self, ability: Can) -> str:
        """`read_only` or `no_management` for what would be possible otherwise, `live_broker` for what never is."""
        if ability in self.can:
            return ""
        if ability not in _LOOKS | _ACTS:
            return "live_broker"
        return "read_only" if self._has_api else "no_management"

    # -- commands ---------------------------------------------------------------------------------------------

    def submit(self, command: Command) -> None:
        """Take a command; what needs the broker goes to the poller's thread."""
        if self._is_closed:
            return
        outcome = self._do(command)
        if outcome is not None:
            self._outcomes.append(outcome)

    def _do(self, command: Command) -> Outcome | None:
        """The outcome, where it is known at once."""
        match command:
            case Inject() | Publish():
                return self._act(command)
            case Route():
                return self._route(command)
            case Clone():
                sight = self._sight
                return Outcome(number=command.number, answer=cloned(sight.snapshot, sight.before, sight.feed.virtual_host))
            case SetReadOnly(read_only=read_only):
                self._sight.feed = replace(self._sight.feed, read_only=read_only)
                self._actions.write("set_read_only", "", self._sight.feed.virtual_host, read_only=read_only)
            case Refresh():
                self._poller.order(Poll())
            case SetInterval(seconds=seconds):
                self._sight.choose_interval(seconds)
                self._poller.order(Every(seconds))
            case SetVirtualHost(name=name):
                self._sight.choose_vhost(name, self._clock.now())
                self._sampler.rest()
                self._poller.order(At(name))
            case Peek(queue=queue):
                # The API's look into a queue is a get that puts back: it marks the messages as redelivered.
                return Outcome(number=command.number, done=False, reason="would_redeliver", detail=queue)
            case _:
                return Outcome(number=command.number, done=False, reason="live_broker", detail=type(command).__name__.lower())
        return Outcome(number=command.number)

    def _route(self, command: Route) -> Outcome:
        try:
            found = self._routes.queues(self._sight.snapshot, command.exchange, command.routing_key, command.headers)
        except KeyError:
            return Outcome(number=command.number, done=False, reason="no_such_exchange", detail=command.exchange)
        if found is None:
            return Outcome(number=command.number, done=False, reason="unknown_exchange_type", detail=command.exchange)
        return Outcome(number=command.number, answer=found)

    def _act(self, command: Inject | Publish) -> Outcome | None:
        feed = self._sight.feed
        if feed.read_only or not self._has_api:
            return Outcome(number=command.number, done=False, reason="read_only" if self._has_api else "no_management")
        deed = acting.deed_of(command, self._sight.snapshot, feed.virtual_host)
        if isinstance(deed, Outcome):
            return deed
        self._poller.order(Do(deed.asks, (deed, feed.virtual_host)))
        return None

    # -- news -------------------------------------------------------------------------------------------------

    def run(self, budget: float) -> float | None:
        """Nothing is computed here: what the thread has found is picked up by `observe`."""
        return None

    def observe(self) -> Update:
        """What was seen last, with its age; what happened since the last call."""
        while not self._poller.news.empty():
            self._take(self._poller.news.get())
        now = self._clock.now()
        outcomes, self._outcomes = tuple(self._outcomes), []
        return Update(
            snapshot=self._sight.at(now),
            events=self._sampler.events(now - self._sight.start),
            log=self._sight.drain_log(),
            outcomes=outcomes,
            feed=self._sight.feed_at(now),
        )

    def _take(self, news: News) -> None:
        match news:
            case Seen():
                if self._sight.saw(news):
                    self._sampler.follow(news.flows)
            case Failed():
                self._sight.failed(news)
                self._sampler.rest()
            case Done(mark=(Deed() as deed, str(vhost))):
                self._outcomes.append(self._outcome(deed, vhost, news))

    def _outcome(self, deed: Deed, vhost: str, done: Done) -> Outcome:
        figures = {"detail": deed.detail} if deed.detail else {}
        if done.trouble is not None:
            self._actions.write(deed.action, deed.subject, vhost, done=False, trouble=done.trouble.trouble.value, **figures)
            return acting.failed(deed, done.trouble)
        self._actions.write(deed.action, deed.subject, vhost, done=True, **figures)
        self._sight.did(deed, self._clock.now())
        return acting.succeeded(deed, done.answer)

    def close(self) -> None:
        """End the thread and its connection, within two seconds even where the broker does not answer."""
        self._is_closed = True
        self._poller.close()
