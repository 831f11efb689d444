"""Our own AMQP port as a server of the cases: an empty broker behind real sockets, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread
from typing import Any

import pika

from mqviz.backends.serving import Door, Server
from mqviz.clock import WallClock
from mqviz.engine.broker import Broker
from mqviz.model.amqp import PolicySpec
from mqviz.wire.host import unheard
from mqviz.wire.limits import LIMITS, Limits

HOST = "127.0.0.1"


class WireServer:
    """A `Server` of the cases; `close` it. What is done to the broker is done by its own thread, between two turns."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._server = Server(None, Door((HOST, 0)), WallClock(), unheard, limits=limits)
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.address[1]

    @property
    def broker(self) -> Broker:
        """The broker behind the port."""
        return self._server.world.broker

    def _run(self) -> None:
        while True:
            self._server.turn()
            while not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    self._server.close()
                    return
                job()

    def do(self, job: Callable[[Broker], object]) -> None:
        """Do something to the broker, and wait until it is done."""
        done: SimpleQueue[None] = SimpleQueue()

        def work() -> None:
            job(self.broker)
            done.put(None)

        self._jobs.put(work)
        self._server.listener.ring()
        done.get(timeout=10)

    def close(self) -> None:
        """End the thread, and all sockets."""
        self._jobs.put(None)
        self._server.listener.ring()
        self._thread.join(timeout=10)

    # -- what a case asks -----------------------------------------------------------------------

    def parameters(self, **others: Any) -> pika.ConnectionParameters:
        """What pika needs to connect."""
        return pika.ConnectionParameters(HOST, self.port, **others)

    def normal(self, text: str) -> str:
        """The virtual host is `/` already."""
        return text

    def restart(self) -> None:
        """Down and up."""
        self.do(Broker.restart)

    def set_policy(self, policy: PolicySpec) -> None:
        """Sets or replaces a policy."""
        self.do(lambda broker: broker.set_policy(policy))

    def delete_policy(self, name: str) -> None:
        """Deletes a policy."""
        self.do(lambda broker: broker.delete_policy(name))

    def close_connection(self, name: str, reason: str) -> None:
        """The operator closes a connection."""
        self.do(lambda broker: broker.close_connection(name, reason))

    @contextmanager
    def memory_alarm(self) -> Iterator[None]:
        """Inside, the alarm is on."""
        self.do(lambda broker: broker.set_memory_alarm(True))
        yield
        self.do(lambda broker: broker.set_memory_alarm(False))

    @contextmanager
    def ack_timeout(self, seconds: float) -> Iterator[None]:
        """Inside, deliveries must be acknowledged within so many seconds."""
        before = self.broker.consumer_timeout
        self.do(lambda broker: setattr(broker, "consumer_timeout", seconds))
        yield
        self.do(lambda broker: setattr(broker, "consumer_timeout", before))
