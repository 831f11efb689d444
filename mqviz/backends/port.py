"""The window's AMQP port, as far as it lives in the engine's thread: who is connected, what they may, how they are shown."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from mqviz.backends.guest import Guest
from mqviz.clock import Clock
from mqviz.engine.broker import Broker
from mqviz.model.faults import Cut, Fault, Kill, Slow
from mqviz.model.frames import Frames
from mqviz.model.port import PASSWORD, USER, Port
from mqviz.model.snapshot import ActiveFault, Snapshot
from mqviz.wire.host import Host, Journal
from mqviz.wire.relay import News, Relay

VHOST = "/"
TICK = 0.5
"""Seconds between two looks at the time limits of all clients."""


class AmqpPort:
    """Open from its making until `close`; BackendError where it cannot listen.

    `counted` is called for each message that an external client publishes, `told` of what happens to connections.
    """

    def __init__(
        self, address: tuple[str, int], broker: Broker, clock: Clock, wake: Callable[[], None], counted: Callable[[], None], told: Journal
    ) -> None:
        self._brokers = {VHOST: broker}
        self._host = Host(self._brokers, {USER: PASSWORD}, clock, journal=told)
        self._clock, self._counted = clock, counted
        self._guests: dict[int, Guest] = {}
        self._to_write: dict[Guest, None] = {}
        self._slow: dict[int, ActiveFault] = {}
        self._faults_ever = 0
        self._ticked = clock.now()
        self._relay = Relay(address, wake)

    # -- one turn -------------------------------------------------------------------------------------

    def turn(self, now: float, budget: float) -> None:
        """Deal with what clients sent, for so many wall seconds at most, and write what came of it. `now`: virtual time."""
        news, until = self._relay.news, self._clock.now() + budget
        while not news.empty():
            self._hear(news.get(), now)
            if self._clock.now() >= until:
                break
        if self._clock.now() >= self._ticked + TICK:
            self._tick(now)
        self.flush(now)

    def flush(self, now: float) -> None:
        """Write what the engine has told external clients since."""
        while self._to_write:
            guests, self._to_write = self._to_write, {}
            for guest in guests:
                self._write(guest, now)

    @property
    def is_busy(self) -> bool:
        """Whether something waits to be dealt with at once."""
        return not self._relay.news.empty()

    def _hear(self, news: News, now: float) -> None:
        if news.what == "opened":
            self._welcome(news)
            return
        guest = self._guests.get(news.client)
        if guest is None:
            return
        if news.what == "data":
            if guest.ear is not None:
                guest.ear.hear(True, news.data, now)
            guest.receive(news.data)
            self._relay.taken(news.client, len(news.data))
        elif news.what == "written":
            guest.written(news.size)
        else:
            guest.lost()
            del self._guests[news.client]
        self._to_write[guest] = None

    def _welcome(self, news: News) -> None:
        if len(self._guests) >= self._host.limits.connections:
            self._relay.part(news.client, at_once=True)
            return
        guest = Guest(self._host, news.client, news.text, lambda: self._note(news.client), self._counted)
        self._guests[news.client] = guest

    def _note(self, client: int) -> None:
        """There is something to write to a client, or whether it is read from may have changed."""
        guest = self._guests.get(client)
        if guest is not None:
            self._to_write[guest] = None

    def _write(self, guest: Guest, now: float) -> None:
        if guest.number not in self._guests:
            return
        guest.go_on()
        data = guest.outlet.take()
        if data:
            if guest.ear is not None:
                guest.ear.hear(False, data, now)
            self._relay.send(guest.number, data)
        if guest.is_read != guest.was_read:
            guest.was_read = guest.is_read
            self._relay.let_read(guest.number, guest.is_read)
        if guest.is_over and not guest.parted:
            guest.parted = True
            self._relay.part(guest.number)

    def _tick(self, now: float) -> None:
        self._ticked = self._clock.now()
        for guest in list(self._guests.values()):
            guest.tick()
            self._to_write[guest] = None
        for number, fault in list(self._slow.items()):
            if fault.until is not None and fault.until <= now:
                self.end_fault(number)

    # -- who is there ---------------------------------------------------------------------------------

    @property
    def guests(self) -> list[Guest]:
        """Those that have logged in."""
        return [guest for guest in self._guests.values() if guest.is_in]

    @property
    def port(self) -> Port:
        """As the window shows it."""
        return Port(*self._relay.address, tuple(guest.name for guest in self.guests))

    def added_to(self, snapshot: Snapshot) -> Snapshot:
        """The picture with external clients in it."""
        guests = self.guests
        return replace(
            snapshot,
            producers=(*snapshot.producers, *(each for guest in guests for each in guest.producers())),
            consumers=(*snapshot.consumers, *(each for guest in guests for each in guest.consumers())),
            faults=(*snapshot.faults, *self._slow.values()),
        )

    def named(self, target: str) -> Guest | None:
        """The external client that a target means."""
        kind, colon, name = target.partition(":")
        wanted = name if colon and kind in ("producer", "consumer") else target
        return next((guest for guest in self.guests if wanted == guest.name or wanted.startswith(f"{guest.name} · ")), None)

    # -- what is done to them ---------------------------------------------------------------------------

    def inject(self, fault: Fault, now: float) -> int | None:
        """Let a fault happen to the external client that it aims at: killed, cut off, or not read from. The number of a lasting one.

        KeyError where it aims at nobody here.
        """
        guest = self.named(getattr(fault, "target", None) or "")
        if guest is None or not isinstance(fault, Kill | Slow | Cut):
            raise KeyError(fault)
        if isinstance(fault, Kill):
            assert guest.engine is not None
            self._brokers[VHOST].close_connection(guest.engine)
        elif isinstance(fault, Cut):
            self._cut(guest)
        else:
            return self._begin_slow(guest, fault, now)
        return None

    def _begin_slow(self, guest: Guest, fault: Slow, now: float) -> int:
        self._faults_ever -= 1
        until = None if fault.lasts is None else now + fault.lasts
        self._slow[self._faults_ever] = ActiveFault(id=self._faults_ever, fault=replace(fault, target=guest.name), since=now, until=until)
        guest.slow(True)
        return self._faults_ever

    def _cut(self, guest: Guest) -> None:
        guest.lost("the network was cut")
        self._relay.part(guest.number, at_once=True)
        del self._guests[guest.number]

    def cut_all(self) -> None:
        """The network is gone for everybody."""
        for guest in list(self._guests.values()):
            self._cut(guest)

    def end_fault(self, number: int) -> bool:
        """End one of our faults; whether it was one."""
        fault = self._slow.pop(number, None)
        guest = None if fault is None else self.named(getattr(fault.fault, "target", ""))
        if guest is not None:
            guest.slow(False)
        return fault is not None

    def move_to(self, broker: Broker) -> None:
        """The run began again: everybody is told to go (320), and finds another broker on coming back."""
        for guest in self.guests:
            assert guest.engine is not None
            self._brokers[VHOST].close_connection(guest.engine, "the run begins again")
        self._slow.clear()
        self._brokers[VHOST] = broker

    # -- listening --------------------------------------------------------------------------------------

    def listen(self, client: str) -> str:
        """Hear this external client and nobody else; its name, empty where it is none."""
        for guest in self._guests.values():
            guest.ear = None
        found = self.named(client) if client else None
        if found is None:
            return ""
        found.listen()
        return found.name

    def heard(self, client: str, anew: bool) -> Frames:
        """What was heard since the last call."""
        ear = next((guest.ear for guest in self._guests.values() if guest.ear is not None), None)
        frames, left_out = ((), 0) if ear is None else ear.drain()
        return Frames(client=client, frames=frames, left_out=left_out, anew=anew)

    # -- the end ----------------------------------------------------------------------------------------

    def close(self) -> None:
        """Tell everybody to go, and close all sockets."""
        for guest in self.guests:
            assert guest.engine is not None
            self._brokers[VHOST].close_connection(guest.engine, "the port is closed")
        self.flush(0.0)
        for guest in self._guests.values():
            guest.lost("the port is closed")
        self._relay.close()
