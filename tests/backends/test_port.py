"""External clients at the window's port: real pika against a scenario, shown, harmed, listened to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel

from mqviz.backends.embedded import EmbeddedBackend
from mqviz.clock import WallClock
from mqviz.model.backend import Can, ClosePort, Command, EndFault, Inject, Listen, OpenPort, Outcome, Pause, Restart, SetSpeed, Update
from mqviz.model.distributions import Constant
from mqviz.model.faults import Cut, Kill, Slow
from mqviz.model.port import Port
from mqviz.model.scenario import Scenario
from mqviz.model.snapshot import ClientState, EventKind, LogEntry
from tests.sim.worlds import server, shop, world

PATIENCE = 20.0


class Host:
    """The window's backend, driven as the window does; `until` lets it run as long as something is not yet so."""

    def __init__(self, backend: EmbeddedBackend, bell: Event) -> None:
        self.backend, self._bell, self._clock = backend, bell, WallClock()
        self.update: Update = backend.observe()
        self.events: list[tuple[EventKind, str, str]] = []
        self.outcomes: list[Outcome] = []
        self.guests: list[Any] = []
        self.log: list[LogEntry] = []
        self.heard: list[str] = []

    def close(self) -> None:
        """Close the port: every client is told to go, and goes."""
        self.backend.close()
        for connection in self.guests:
            with suppress(pika.exceptions.AMQPError):
                while connection.is_open:
                    connection.process_data_events(1)

    def step(self) -> None:
        wish = self.backend.run(0.01)
        self._bell.wait(0.02 if wish is None else min(wish, 0.02))
        self._bell.clear()
        self.update = self.backend.observe()
        self.events += [(each.kind, each.source, each.target) for each in self.update.events]
        self.outcomes += self.update.outcomes
        self.log += self.update.log
        self.heard += [each.method for each in self.update.frames.frames] if self.update.frames else []

    def until(self, is_so: Callable[[], object]) -> None:
        deadline = self._clock.now() + PATIENCE
        while not is_so():
            assert self._clock.now() < deadline, self.update
            self.step()

    def ask(self, command: Command) -> Outcome:
        self.backend.submit(command)
        before = len(self.outcomes)
        self.until(lambda: len(self.outcomes) > before)
        return self.outcomes[-1]

    def let(self, work: Callable[[BlockingChannel], Any], *, name: str = "", stay: bool = False) -> Any:
        """Let a client do something on a thread of its own, while the backend runs; what it gives back, or the connection too."""
        port = self.update.port
        assert port is not None
        found: list[Any] = []
        thread = Thread(target=lambda: found.append(_work(port, work, name, stay)), daemon=True)
        thread.start()
        self.until(lambda: not thread.is_alive())
        assert found, "the client failed"
        if stay:
            self.guests.append(found[0][0])
        return found[0]


def _work(port: Port, work: Callable[[BlockingChannel], Any], name: str, stay: bool) -> Any:
    parameters = pika.URLParameters(port.uri)
    parameters.client_properties = {"connection_name": name} if name else {}
    connection = pika.BlockingConnection(parameters)
    found = work(connection.channel())
    if stay:
        return connection, found
    connection.close()
    return found


def opened(scenario: Scenario) -> Host:
    bell = Event()
    backend = EmbeddedBackend(scenario, WallClock(), wake=bell.set)
    host = Host(backend, bell)
    assert host.ask(OpenPort(port=0)).done
    return host


@pytest.fixture
def host() -> Iterator[Host]:
    """A queue with a simulated server, and the port open."""
    made = opened(world(server(service=Constant(mean=0.001)), duration=None))
    yield made
    made.close()


@pytest.fixture
def shops() -> Iterator[Host]:
    """A queue with a simulated producer alone, and the port open."""
    made = opened(world(shop(), duration=None))
    yield made
    made.close()


def publish(count: int) -> Callable[[BlockingChannel], None]:
    def work(channel: BlockingChannel) -> None:
        for number in range(count):
            channel.basic_publish("", "work", f"job {number}".encode())

    return work


def test_simulated_consumers_work_off_what_a_script_publishes(host: Host) -> None:
    host.let(publish(50), name="script", stay=True)
    host.until(lambda: host.update.snapshot.consumers[0].acknowledged == 50)
    producer = host.update.snapshot.producers[0]
    assert (producer.name, producer.published, producer.exchange) == ("script", 50, "")
    assert (EventKind.PUBLISH, "producer:script", "exchange:") in host.events
    ledger = host.update.snapshot.ledger
    assert ledger is not None and ledger.balanced and ledger.messages.published == 50
    assert host.update.port is not None and host.update.port.clients == ("script",)


def take(count: int) -> Callable[[BlockingChannel], list[bytes]]:
    def work(channel: BlockingChannel) -> list[bytes]:
        channel.basic_qos(prefetch_count=3)
        bodies: list[bytes] = []
        for method, _, body in channel.consume("work"):
            assert method.delivery_tag is not None
            channel.basic_ack(method.delivery_tag)
            bodies.append(body)
            if len(bodies) == count:
                return bodies
        return bodies

    return work


def test_a_script_works_off_what_simulated_producers_publish(shops: Host) -> None:
    connection, bodies = shops.let(take(5), name="taker", stay=True)
    assert len(bodies) == 5 and len(bodies[0]) == 100
    consumer = shops.update.snapshot.consumers[0]
    assert (consumer.name, consumer.queue, consumer.prefetch_count) == ("taker", "work", 3)
    assert (EventKind.DELIVER, "queue:work", "consumer:taker") in shops.events
    assert connection.is_open


def test_the_pace_is_held_while_somebody_is_connected(host: Host) -> None:
    host.ask(SetSpeed(speed=10.0))
    host.ask(Pause())
    host.let(publish(1), name="script", stay=True)
    assert host.update.speed == 1.0 and Can.SET_SPEED not in host.backend.can
    assert host.backend.why_not(Can.PAUSE) == "external_clients"
    assert host.ask(Pause()).reason == "external_clients"
    host.ask(Inject(fault=Cut(target="script")))
    host.until(lambda: host.update.speed == 10.0)
    assert host.update.paused and Can.PAUSE in host.backend.can


def test_a_cut_of_the_whole_network_is_for_them_too(host: Host) -> None:
    host.let(publish(1), name="script", stay=True)
    host.ask(Inject(fault=Cut(lasts=1.0)))
    host.until(lambda: host.update.port is not None and not host.update.port.clients)
    assert any(each.code == "external_lost" for each in host.log)


def test_a_killed_client_is_told_and_gone(shops: Host) -> None:
    connection, _ = shops.let(take(1), name="taker", stay=True)
    assert shops.ask(Inject(fault=Kill(target="taker"))).done
    shops.until(lambda: not shops.update.snapshot.consumers)

    def closed(_: BlockingChannel) -> str:
        with pytest.raises(pika.exceptions.ConnectionClosedByBroker) as found:  # noqa: PT012  # deliveries come first
            while True:
                connection.process_data_events(1)
        return f"{found.value.reply_code} {found.value.reply_text}"

    assert shops.let(closed).startswith("320 CONNECTION_FORCED")


def test_a_slowed_client_is_not_read_from_until_that_ends(host: Host) -> None:
    connection, _ = host.let(publish(1), name="script", stay=True)
    host.until(lambda: host.update.snapshot.producers)
    number = host.ask(Inject(fault=Slow(target="script"))).answer
    host.until(lambda: host.update.snapshot.faults)
    assert host.update.snapshot.producers[0].state is ClientState.SLOW
    host.let(lambda _: _send_more(connection))
    for _ in range(20):
        host.step()
    assert host.update.snapshot.producers[0].published == 1
    host.ask(EndFault(id=number))
    host.until(lambda: host.update.snapshot.producers[0].published == 6)
    assert not host.update.snapshot.faults


def _send_more(connection: Any) -> None:
    channel = connection._impl._channels[1]
    for _ in range(5):
        channel.basic_publish("", "work", b"more")
    connection._flush_output()


def test_its_conversation_is_heard(host: Host) -> None:
    connection, _ = host.let(publish(1), name="script", stay=True)
    assert host.ask(Listen(client="script")).answer == "script"
    host.let(lambda _: _send_more(connection))
    host.until(lambda: host.heard.count("body") >= 5)
    assert host.heard[host.heard.index("basic.publish") :][:3] == ["basic.publish", "header", "body"]


def ask(channel: BlockingChannel) -> list[bytes]:
    """Ask oneself, by a direct reply."""
    found: list[bytes] = []

    def serve(served: Any, method: Any, properties: Any, body: bytes) -> None:
        served.basic_publish("", properties.reply_to, b"answer")
        served.basic_ack(method.delivery_tag)

    channel.queue_declare("rpc")
    channel.basic_consume("rpc", serve)
    channel.basic_consume("amq.rabbitmq.reply-to", lambda ch, method, properties, body: found.append(body), auto_ack=True)
    channel.basic_publish("", "rpc", b"question", pika.BasicProperties(reply_to="amq.rabbitmq.reply-to"))
    while not found:
        channel.connection.process_data_events(1)
    return found


def test_direct_replies_are_in_the_account(host: Host) -> None:
    assert host.let(ask) == [b"answer"]
    host.until(lambda: not host.update.port or not host.update.port.clients)
    ledger = host.update.snapshot.ledger
    assert ledger is not None and ledger.balanced and ledger.messages.published == 2


def test_a_busy_port_names_a_free_one(host: Host) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = host.ask(OpenPort(port=taken.getsockname()[1]))
    assert (outcome.done, outcome.reason) == (False, "port_busy")
    assert 0 < outcome.answer < 65536 and host.update.port is None


def test_a_new_run_tells_everybody_to_go_and_lets_them_in_again(host: Host) -> None:
    host.let(publish(3), name="script", stay=True)
    host.ask(Restart())
    host.until(lambda: host.update.port is not None and not host.update.port.clients)
    host.let(publish(2), name="again", stay=True)
    host.until(lambda: host.update.snapshot.consumers[0].acknowledged == 2)


def test_a_closed_port_lets_nobody_in(host: Host) -> None:
    port = host.update.port
    assert port is not None
    host.ask(ClosePort())
    assert host.update.port is None
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((port.host, port.number), timeout=5)


@pytest.mark.alone
def test_a_flood_does_not_keep_the_window_waiting(host: Host) -> None:
    slots: list[float] = []
    run, wall = host.backend.run, WallClock()

    def measured(budget: float) -> float | None:
        begun = wall.now()
        wish = run(budget)
        slots.append(wall.now() - begun)
        return wish

    host.backend.run = measured  # type: ignore[method-assign]  # the same, with a watch
    host.let(publish(5_000), name="flood")
    host.until(lambda: host.update.snapshot.consumers[0].delivered == 5_000 or host.update.snapshot.queues[0].enqueued == 5_000)
    assert sorted(slots)[len(slots) * 99 // 100] < 0.1
