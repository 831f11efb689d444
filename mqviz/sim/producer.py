"""A producer that publishes to the broker: how it comes, goes, is held up, and is turned while it runs."""

from __future__ import annotations

from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.model.distributions import Distribution
from mqviz.model.result import ProducerMember
from mqviz.model.snapshot import ClientState
from mqviz.sim.condition import Condition
from mqviz.sim.publishing import Publishing
from mqviz.sim.requests import REPLY_TO


class Producer(Publishing):
    """One member of a producer that publishes to the broker."""

    __slots__ = ()

    def start(self) -> None:
        """Work arises from now on, whether or not there is a connection."""
        if self.should_run:
            self.workload.begin()
        super().start()

    def _open(self, channel: Channel) -> None:
        self._confirms = self.confirm is not None
        self._sequence = 0
        self.world.topology.declare_exchange(channel, self.spec.exchange)
        if self._confirms:
            channel.confirm_select()
        if self.requests is not None:
            channel.consume(REPLY_TO, no_ack=True)

    def _opened(self) -> None:
        if self._channel is not None:
            self._use(self._channel)
        self._is_blocked = self._is_slowed = False
        self._refresh()
        self._flush()

    def _use(self, channel: Channel) -> None:
        self._find_track()
        self._refresh()

    def _lose(self) -> None:
        unconfirmed, self.unconfirmed = self.unconfirmed, {}
        for out in unconfirmed.values():
            self._again(out)
        self._is_blocked = self._is_slowed = False
        self._refresh()

    def _die(self) -> None:
        if self.requests is not None:
            self.requests.forget()
        if not self.spec.outbox:
            for out in (*self.waiting, *self._resting.values()):
                self._give_up(out)
            self.waiting.clear()
            self._resting.clear()
        self._stuck.set(bool(self.waiting))

    def _leave(self) -> None:
        """Nothing new; what has arrived is published and confirmed first."""
        self.workload.pause()
        if not (self.waiting or self.unconfirmed or self._resting or self.in_transit):
            self._left()

    def _adjusted(self, before: Condition) -> None:
        if not self.should_run:
            self.workload.pause()
        self.workload.scale(self.condition.spike / self.condition.slow)
        self._refresh()
        self._wake()

    def _refresh(self) -> None:
        """Find out anew whether the short way to publish will do."""
        spec = self.spec
        is_simple = spec.retry is None and self.requests is None and not spec.mandatory and self.envelope.is_uniform
        is_held = self._confirms or self._poison or self._is_blocked or self._is_slowed or self.condition.hanging or self._leaving
        is_watched = self.world.watch is not None
        is_open = self._channel is not None and self._link.direct
        self._lane = self._track if is_open and is_simple and not is_held and not is_watched and not self.waiting else None

    def set_confirm(self, confirm: int) -> None:
        """Another confirm window; a producer without confirms gets them on its next connection."""
        self.confirm = confirm
        self._wake()

    def set_priority(self, priority: int) -> None:
        """Another priority, for what is published from now on."""
        self.envelope.set_priority(priority)
        self._find_track()
        self._refresh()

    def set_size(self, size: float | Distribution) -> None:
        """Another size, for what is published from now on."""
        self.envelope.set_size(size)
        self._find_track()
        self._refresh()

    def blocked(self, connection: Connection, reason: str) -> None:
        """connection.blocked."""
        self.world.note("connection_blocked", self.node, reason=reason)
        self._hold(blocked=True)

    def unblocked(self, connection: Connection) -> None:
        """connection.unblocked."""
        self.world.note("connection_unblocked", self.node)
        self._hold(blocked=False)

    def flow(self, connection: Connection, active: bool) -> None:
        """TCP back-pressure begins or ends."""
        self._is_slowed = not active
        self._refresh()
        self._wake()

    def _hold(self, blocked: bool) -> None:
        self._is_blocked = blocked
        self._refresh()
        self._wake()

    # -- figures ------------------------------------------------------------------------------------

    @property
    def held(self) -> int:
        """Messages that arrived and are not published yet, or wait to be published again."""
        return len(self.waiting) + len(self._resting)

    @property
    def replied(self) -> int:
        """Requests that were answered in time."""
        return 0 if self.requests is None else self.requests.replied

    @property
    def timed_out(self) -> int:
        """Requests that were not."""
        return 0 if self.requests is None else self.requests.timed_out

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to be done by it, ever."""
        return self.workload.is_over and not self.held and not self.in_transit and not self.unconfirmed

    @property
    def blocked_time(self) -> float:
        """Seconds in which something waited to be published."""
        return self._stuck.total

    def _own_state(self) -> ClientState:
        if self._is_blocked:
            return ClientState.BLOCKED
        if self._is_slowed:
            return ClientState.FLOW
        if self.waiting:
            return ClientState.WAITING
        if self.condition.slow > 1.0:
            return ClientState.SLOW
        return ClientState.DONE if self.is_done else ClientState.RUNNING

    def member(self) -> ProducerMember:
        """Its part of the result."""
        return ProducerMember(
            published=self.sent,
            confirmed=self.acked,
            nacked=self.nacked,
            returned=self.undeliverable,
            waiting=self.held,
            blocked_time=self.blocked_time,
        )
