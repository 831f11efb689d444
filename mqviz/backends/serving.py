"""The embedded broker for any AMQP client, without a window: engine, simulated clients and sockets on one thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from mqviz.backends.data_folder import DataFolder
from mqviz.clock import Clock, Pacer, Scheduler, unix_time
from mqviz.engine.broker import Broker
from mqviz.model.scenario import BrokerSpec, Scenario
from mqviz.model.snapshot import LogEntry
from mqviz.sim.simulation import Simulation
from mqviz.wire.host import Host, Journal
from mqviz.wire.limits import LIMITS, Limits
from mqviz.wire.listener import Listener

VHOST = "/"
"""The virtual host of everything that is served, and the only one."""

MEMORY_LIMIT = 1 << 30
"""Bytes of queued messages above which publishers are blocked, where the scenario gives no `memory_limit`."""

_SLOT = 0.02
_GOODBYE = 3.0


class World(Protocol):
    """What lives behind the port, with a time of its own."""

    @property
    def broker(self) -> Broker:
        """Where clients connect."""

    @property
    def scheduler(self) -> Scheduler:
        """Its time."""

    def run_until(self, when: float, expired: Callable[[], bool]) -> bool:
        """Let time pass; false where the slot was used up before."""

    def drain_log(self) -> tuple[LogEntry, ...]:
        """What happened in it since the last call."""


class Alone:
    """A broker without simulated clients."""

    def __init__(self, scheduler: Scheduler, broker: Broker) -> None:
        self.scheduler = scheduler
        self.broker = broker

    def run_until(self, when: float, expired: Callable[[], bool]) -> bool:
        """Let time pass."""
        return self.scheduler.run_until(when, expired)

    def drain_log(self) -> tuple[LogEntry, ...]:
        """There is nobody else."""
        return ()


@dataclass(frozen=True, slots=True)
class Door:
    """Where to listen, and who may come in."""

    address: tuple[str, int]
    user: str = "guest"
    password: str = "guest"


class Server:
    """Serves a scenario, or an empty broker, at one address. It runs at the pace of the wall clock, since its clients do.

    BackendError where it cannot listen; ScenarioError where the broker refuses what the scenario declares. `data`: what is
    durable is there already, and is kept.
    """

    def __init__(
        self,
        scenario: Scenario | None,
        door: Door,
        clock: Clock,
        journal: Journal,
        *,
        limits: Limits = LIMITS,
        data: DataFolder | None = None,
    ) -> None:
        scheduler = Scheduler()
        store = None if data is None else data.open(scheduler, lambda: self.listener.ring())
        broker = Broker(scheduler, spec=BrokerSpec() if scenario is None else scenario.broker, store=store, epoch=unix_time())
        self.world: World = Alone(scheduler, broker)
        if scenario is not None:
            self.world = Simulation(replace(scenario, duration=None), scheduler=scheduler, broker=broker)
        if broker.spec.memory_limit is None:
            broker.set_memory_limit(MEMORY_LIMIT)
        self._clock = clock
        self._pacer = Pacer(clock)
        host = Host({VHOST: broker}, {door.user: door.password}, clock, limits=limits, journal=journal)
        self.listener = Listener(host, door.address)
        if data is not None and data.journal is not None:
            data.journal.on_alarm = broker.set_disk_alarm
            self.listener.before_writing = data.journal.turn

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return self.listener.address

    def turn(self) -> None:
        """Wait for something to happen and deal with it."""
        scheduler = self.world.scheduler
        happened = self.listener.wait(self._pacer.wait_for(scheduler.now, scheduler.next_at))
        deadline = self._clock.now() + _SLOT
        self.world.run_until(self._pacer.target(scheduler.now), lambda: self._clock.now() >= deadline)
        self.listener.turn(happened)

    def say_goodbye(self, insist: Callable[[], bool]) -> None:
        """Close all connections with 320 (connection-forced); who does not answer within three seconds is cut off."""
        listener, until = self.listener, self._clock.now() + _GOODBYE
        listener.shut_door()
        listener.dismiss_strangers()
        self.world.broker.stop()
        listener.turn([])
        while not listener.is_empty and self._clock.now() < until and not insist():
            listener.turn(listener.wait(until - self._clock.now()))

    def close(self) -> None:
        """Close all sockets."""
        self.listener.close()
