"""A program with a connection to the broker: what producers, consumers and translators have in common.

It connects, loses its connection, waits, connects again; faults and retirement act on it here. What it does with the
connection is up to `_open`, `_leave` and `_lose` of the kinds of clients.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mqviz.clock import Timer
from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError
from mqviz.model.snapshot import ClientState
from mqviz.sim.condition import Condition, Exposed
from mqviz.sim.hearing import Ear, HeardSink
from mqviz.sim.world import World

SHORTEST = 0.001
"""Seconds that a failure, or a vain attempt to connect, takes at least: else virtual time would stand still."""


class Client(Exposed):
    """One member of a client of the file. It is its own sink: what the broker sends arrives in the methods at the end."""

    kind = ""
    # Slots: with so many attributes a dict of them is spread over the cache, and a topology may have thousands of these.
    __slots__ = (
        "_channel",
        "_connected_at",
        "_connection",
        "_ear",
        "_given_up",
        "_leaving",
        "_link",
        "_reconnect",
        "_retry",
        "_scheduler",
        "_under_way_up",
        "client",
        "lost_in_transit",
        "name",
        "retired",
        "sent",
        "world",
    )

    def __init__(self, world: World, name: str, client: str, reconnect: float | None) -> None:
        super().__init__()
        self.world = world
        self.name = name
        self.client = client
        self.retired = False
        self._scheduler = world.scheduler
        self._link = world.link(name)
        self._link.changed = self._refresh
        self._reconnect = reconnect
        self._retry: Timer | None = None
        self._connection: Connection | None = None
        self._channel: Channel | None = None
        self._connected_at = 0.0
        self._ear: Ear | None = None
        self._leaving = False
        self._given_up = False
        self.sent = self.lost_in_transit = self._under_way_up = 0

    # -- the connection's life ----------------------------------------------------------------------

    @property
    def node(self) -> str:
        """Its id in the picture."""
        return f"{self.kind}:{self.name}"

    @property
    def is_connected(self) -> bool:
        """Whether it has a channel that it can use."""
        return self._channel is not None

    @property
    def is_leaving(self) -> bool:
        """Whether it goes in good order, so that its connection is closed and does not just end."""
        return self._leaving and not self.condition.killed and not self.condition.cut

    @property
    def should_run(self) -> bool:
        """Whether nothing but network and broker can keep it from its work."""
        return not (self.condition.killed or self.condition.stopped or self.retired)

    def start(self) -> None:
        """Begin: connect, or try again later."""
        if self._channel is None and self.should_run and self._retry is None and not self._given_up:
            self._connect()

    def _connect(self) -> None:
        if self.world.broker_is_down or self.condition.cut or self.condition.hanging:
            self._try_again()
            return
        connection = self.world.broker.connect(self, name=self.name)
        self._connection = connection
        self._connected_at = self._scheduler.now
        self._channel = channel = connection.channel()
        self._leaving = False
        if self._ear is not None:
            self._ear.connected(self._connected_at)
            self._channel = channel = self._heard(connection, channel)
        try:
            self._open(channel)
        except AmqpError as error:
            self.world.note_error(self.node, error)
            close(self._drop(orderly=True))
            self._try_again()
            return
        self.world.note("connection_opened", self.node)
        self._opened()

    def _try_again(self) -> None:
        if self._reconnect is None:
            self._given_up = True
        elif self._retry is None:
            delay = max(self._reconnect, SHORTEST)
            self._retry = self._scheduler.call_in(delay, Client._retry_now, self)

    def _retry_now(self) -> None:
        self._retry = None
        self.start()

    def _disconnected(self) -> None:
        """The broker closed what the client needs: come back later. It is still in the midst of that, so close next."""
        if self._channel is not None:
            self._scheduler.call_at(self._scheduler.now, close, self._drop(orderly=True))
            self._mourn()

    def _cut_off(self) -> None:
        """The network is gone, at both ends at once: come back later."""
        if self._channel is not None:
            close(self._drop())
            self._mourn()

    def _mourn(self) -> None:
        self.world.note("connection_closed", self.node)
        if self._leaving:
            self._leaving = False
        elif self.should_run:
            self._try_again()

    def _drop(self, *, orderly: bool = False) -> Connection | None:
        """Lose the connection, which is still to be closed, and what was under way; the client sees to what it had in hand."""
        connection, self._connection, self._channel = self._connection, None, None
        if self._ear is not None:
            self._ear.ended(connection, orderly=orderly)
        if connection is not None:
            self.lost_in_transit += len(connection.unread)
        self._lose()
        self.lost_in_transit += self._under_way_up
        self._under_way_up = 0
        self._link.cut()
        return connection

    def _left(self) -> None:
        """An orderly stop is done: close in good order."""
        if self._channel is not None:
            close(self._drop(orderly=True))
            self.world.note("connection_closed", self.node)
        self._leaving = False

    # -- being listened to ----------------------------------------------------------------------------

    def listen(self, ear: Ear | None) -> None:
        """Let an ear hear all that passes between this client and the broker from now on; None: nobody listens."""
        self._ear = ear
        connection = self._connection
        if connection is None or self._channel is None:
            return
        channel = connection.channels[self._channel.number]
        if ear is None:
            connection.sink = channel.sink = self
        else:
            ear.recall(channel, self._connected_at)
            channel = self._heard(connection, channel)
        self._channel = channel
        self._use(channel)

    def _heard(self, connection: Connection, channel: Channel) -> Channel:
        """The channel to call instead, so that the ear hears both sides."""
        assert self._ear is not None
        connection.sink = channel.sink = HeardSink(self, self._ear)
        return self._ear.channel(channel)

    def _use(self, channel: Channel) -> None:
        """Remember nothing of another object for the same channel."""

    def _send(self, action: Callable[[Any], None], argument: Any) -> None:
        """Do something at the broker: at once, or when it gets there."""
        if self._link.direct:
            action(argument)
        else:
            self._link.up.send(action, argument)

    @property
    def in_transit(self) -> int:
        """Messages on their way to the broker, or left unread there because the connection is blocked."""
        return self._under_way_up + (0 if self._connection is None else len(self._connection.unread))

    # -- what the kinds of clients do -----------------------------------------------------------------

    def _open(self, channel: Channel) -> None:
        """Set the channel up; an AmqpError means that it was refused."""

    def _refresh(self) -> None:
        """Find out anew whether a short way will do, after anything changed that matters for it."""

    def _opened(self) -> None:
        """The channel is set up: go on."""

    def _leave(self) -> None:
        """Stop in good order: call `_left` when all in hand is finished."""

    def _stay(self) -> None:
        """The stop is called off before it was done."""

    def _lose(self) -> None:
        """The connection is gone; what was in hand or under way is lost."""

    def _die(self) -> None:
        """The process is dead: what it had in memory is lost, too."""

    def _adjusted(self, before: Condition) -> None:
        """The condition changed: hanging, slow, spike, fails."""

    # -- faults ---------------------------------------------------------------------------------------

    def _adjust(self, before: Condition) -> None:
        now = self.condition
        if now.delay != before.delay:
            self._link.extra = now.delay
            self._link.refresh()
        if now.killed and not before.killed:
            self._kill()
        if now.cut and not before.cut:
            self._cut_off()
        self._adjusted(before)
        self._come_or_go()

    def _kill(self) -> None:
        self._forget_retry()
        self._given_up = False
        if self._channel is not None:
            close(self._drop())
            self.world.note("connection_closed", self.node)
        self._leaving = False
        self._die()

    def _forget_retry(self) -> None:
        if self._retry is not None:
            self._scheduler.cancel(self._retry)
            self._retry = None

    def retire(self, retired: bool) -> None:
        """Leave for good, in good order; or come back after all."""
        self.retired = retired
        self._come_or_go()

    def set_latency(self, latency: float) -> None:
        """Another network latency, for what is sent from now on."""
        self._link.set_latency(latency)

    def _come_or_go(self) -> None:
        if not self.should_run:
            self._forget_retry()
            if self._channel is not None and not self._leaving:
                self._leaving = True
                self._leave()
        elif self._leaving:
            self._leaving = False
            self._stay()
        else:
            self.start()

    # -- as the broker's sink ---------------------------------------------------------------------------

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """basic.deliver."""

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """basic.return."""

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """basic.ack or basic.nack of a publish."""

    def committed(self, channel: Channel) -> None:
        """It has no transactions."""

    def consumer_cancelled(self, channel: Channel, consumer_tag: str) -> None:
        """The queue is gone."""
        self.world.note("consumer_cancelled", self.node)

    def channel_closed(self, channel: Channel, error: AmqpError) -> None:
        """The channel is gone; a program that loses its channel connects anew."""
        self.world.note_error(self.node, error)
        self._disconnected()

    def closed(self, connection: Connection, error: AmqpError) -> None:
        """The connection is gone."""
        self._disconnected()

    def blocked(self, connection: Connection, reason: str) -> None:
        """connection.blocked."""

    def unblocked(self, connection: Connection) -> None:
        """connection.unblocked."""

    def flow(self, connection: Connection, active: bool) -> None:
        """TCP back-pressure begins (false) or ends."""

    # -- figures ----------------------------------------------------------------------------------------

    @property
    def state(self) -> ClientState:
        """How it is: the worst that applies."""
        condition = self.condition
        if condition.killed:
            return ClientState.KILLED
        if not self.should_run:
            return ClientState.CLOSING if self._channel is not None else ClientState.STOPPED
        if self._channel is None:
            return ClientState.DISCONNECTED
        if condition.hanging:
            return ClientState.HANGING
        return self._own_state()

    def _own_state(self) -> ClientState:
        """How it is while nothing of the above is wrong."""
        return ClientState.RUNNING


def close(connection: Connection | None) -> None:
    """Close at the broker; never from inside a call of the broker, which this calls back."""
    if connection is not None and connection.is_open:
        connection.close()
