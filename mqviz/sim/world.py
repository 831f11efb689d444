"""What all clients of one run share: time, broker, network, luck, measures, the log and what travels between the parts."""

from __future__ import annotations

from collections import deque
from typing import Any

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.errors import AmqpError
from mqviz.model.scenario import Network
from mqviz.model.snapshot import LogEntry
from mqviz.sim.chance import normal, stream
from mqviz.sim.finished import Finished
from mqviz.sim.link import Link
from mqviz.sim.measures import Measures
from mqviz.sim.service import Service
from mqviz.sim.topology import Topology
from mqviz.sim.watching import Watch

LONGEST_LOG = 10_000


class World:
    """One run's common ground. `foreign` counts messages that were published past the clients of the file."""

    def __init__(self, scheduler: Scheduler, broker: Broker, seed: int, network: Network) -> None:
        self.scheduler = scheduler
        self.broker = broker
        self.seed = seed
        self.network = network
        self.measures = Measures()
        self.services: dict[str, Service] = {}
        self.topology = Topology()
        self._log: deque[LogEntry] = deque(maxlen=LONGEST_LOG)
        self.broker_is_down = False
        self.watch: Watch | None = None
        self.node_of: dict[str, str] = {}
        self.finished = Finished()
        self.repeated = 0
        self.foreign = 0
        broker.alarms.told = self._note_alarm

    def link(self, name: str) -> Link:
        """A network connection for a client of that name."""
        network = self.network
        return Link(self.scheduler, network.latency, network.jitter, normal(stream(self.seed, name, "network")))

    def note(self, code: str, subject: str = "", **figures: Any) -> None:
        """Write a line of the event log."""
        self._log.append(LogEntry(time=self.scheduler.now, code=code, subject=subject, figures=figures))

    def drain_log(self) -> tuple[LogEntry, ...]:
        """The lines since the last call; where nobody asks, only the newest are kept."""
        lines = tuple(self._log)
        self._log.clear()
        return lines

    def _note_alarm(self, on: bool) -> None:
        self.note("memory_alarm_set" if on else "memory_alarm_cleared")

    def note_error(self, node: str, error: AmqpError) -> None:
        """Write down that the broker closed a client's channel."""
        self.note("channel_closed", node, reply_code=error.code, text=error.text)
