"""Real sockets: rubbish, crowds, slow readers and sudden ends, each beside a client that must not notice."""

import gc
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress

import pytest
from pamqp import commands as amqp

from mqviz.backends.serving import Door, Server
from mqviz.clock import WallClock
from mqviz.engine.channel import Channel
from mqviz.engine.connection import Connection
from mqviz.model.parsing import parse
from mqviz.model.scenario import Scenario
from mqviz.wire.connection import ServerConnection
from mqviz.wire.host import unheard
from mqviz.wire.incoming import Incoming
from mqviz.wire.limits import LIMITS, Limits
from tests.wire.talk import HELLO, IN, Heard, content, method, parsed, publish, raw_frame

MOST_TURNS = 500
GET = method(1, amqp.Basic.Get(queue="q", no_ack=True))


class Served:
    """A server that a test turns, and its clients."""

    def __init__(self, limits: Limits, scenario: Scenario | None) -> None:
        self.server = Server(scenario, Door(("127.0.0.1", 0)), WallClock(), unheard, limits=limits)
        self.sockets = ExitStack()

    def client(self, said: bytes = b"") -> socket.socket:
        """A client that does not wait."""
        client = self.sockets.enter_context(socket.create_connection(self.server.address))
        client.setblocking(False)
        client.sendall(said)
        return client

    def until(self, done: Callable[[], bool]) -> None:
        """Turn the server until that is so."""
        for _ in range(MOST_TURNS):
            if done():
                return
            self.server.turn()
        raise AssertionError("it never came to be")

    def hear(self, client: socket.socket, name: str) -> Heard:
        """Turn the server until the client has heard this method; everything it heard."""
        heard = bytearray()

        def has_come() -> bool:
            with suppress(BlockingIOError):
                heard.extend(client.recv(1 << 20))
            return any(each[1] == name for each in whole(bytes(heard)))

        self.until(has_come)
        return whole(bytes(heard))

    def is_gone(self, client: socket.socket) -> bool:
        """Whether the server has closed this client's socket."""
        try:
            return client.recv(1 << 20) == b""
        except BlockingIOError:
            return False
        except ConnectionError:
            return True


def whole(data: bytes) -> Heard:
    """The frames that are there in full."""
    place = 0
    while len(data) - place >= 8:
        size = 8 if data[place : place + 4] == b"AMQP" else struct.unpack_from(">I", data, place + 3)[0] + 8
        if place + size > len(data):
            break
        place += size
    return parsed(data[:place])


@contextmanager
def serving(limits: Limits = LIMITS, scenario: Scenario | None = None) -> Iterator[Served]:
    """A server, closed with all its clients at the end."""
    served = Served(limits, scenario)
    with closing(served.server), served.sockets:
        yield served


def test_rubbish_harms_nobody() -> None:
    with serving() as served:
        good = served.client(IN + method(1, amqp.Queue.Declare(queue="q")))
        served.hear(good, "Queue.DeclareOk")
        strangers = [b"\0" * 100, b"GET / HTTP/1.1\r\n\r\n"]
        rubbish = [*strangers, HELLO + b"\xff" * 5000, IN + struct.pack(">BHI", 1, 1, 1 << 31), IN + raw_frame(3, 9, b"x")]
        bad = [served.client(each) for each in rubbish]
        for client in bad[:2]:
            served.until(lambda client=client: served.is_gone(client))
        for client in bad[2:]:
            assert served.hear(client, "Connection.Close")[-1][2]["reply_code"] in (501, 505)
        good.sendall(publish(1, "q", b"still here") + GET)
        assert served.hear(good, "Basic.GetOk")[-1][2] == b"still here"


def test_there_may_be_only_so_many() -> None:
    with serving(Limits(connections=2)) as served:
        first, second = served.client(IN), served.client(IN)
        served.hear(first, "Channel.OpenOk")
        served.hear(second, "Channel.OpenOk")
        third = served.client(IN)
        served.until(lambda: served.is_gone(third))
        first.close()
        served.until(lambda: len(served.server.listener.clients) == 1)
        served.hear(served.client(IN), "Channel.OpenOk")


def test_who_goes_in_the_middle_of_a_message_leaves_nothing() -> None:
    with serving() as served:
        client = served.client(IN + method(1, amqp.Queue.Declare(queue="q", exclusive=True)))
        served.hear(client, "Queue.DeclareOk")
        client.sendall(method(1, amqp.Basic.Publish(routing_key="q")) + content(1, 1000) + raw_frame(3, 1, bytes(10)))
        client.close()
        served.until(lambda: not served.server.listener.clients)
        broker = served.server.world.broker
        assert not broker.queues and not broker.connections and not broker.published


def test_a_slow_reader_does_not_make_the_server_grow() -> None:
    with serving(Limits(output=50_000)) as served:
        good = served.client(IN + method(1, amqp.Queue.Declare(queue="q")))
        served.hear(good, "Queue.DeclareOk")
        slow = served.client(IN + method(1, amqp.Basic.Consume(queue="q", no_ack=True)))
        served.hear(slow, "Basic.ConsumeOk")
        queue = served.server.world.broker.queues["q"]
        for _ in range(300):
            good.setblocking(True)
            good.sendall(publish(1, "q", bytes(50_000)))
            served.server.turn()
        served.until(lambda: queue.enqueued == 300)
        assert queue.messages_ready > 100
        assert all(client.connection.held < 200_000 for client in served.server.listener.clients.values())
        got = 0

        def all_read() -> bool:
            nonlocal got
            with suppress(BlockingIOError):
                got += len(slow.recv(1 << 20))
            return got > 300 * 50_000

        served.until(all_read)
        assert queue.messages_ready == 0


@pytest.mark.parametrize("pieces", [1, 7, 4096])
def test_messages_arrive_however_they_are_sent(pieces: int) -> None:
    with serving() as served:
        client = served.client(IN + method(1, amqp.Queue.Declare(queue="q")))
        served.hear(client, "Queue.DeclareOk")
        data = b"".join(publish(1, "q", bytes([each]) * each) for each in range(1, 30))
        for begin in range(0, len(data), pieces):
            client.sendall(data[begin : begin + pieces])
            served.server.turn()
        queue = served.server.world.broker.queues["q"]
        served.until(lambda: queue.messages_ready == 29)
        assert [copy.message.body for copy in served.server.world.broker.peek("q", 29)] == [bytes([each]) * each for each in range(1, 30)]


def test_everybody_gets_a_turn() -> None:
    """Twenty clients that publish all they can: after a few turns nobody is far behind."""
    with serving() as served:
        clients = [served.client(IN + method(1, amqp.Queue.Declare(queue=f"q{number}"))) for number in range(20)]
        for client in clients:
            served.hear(client, "Queue.DeclareOk")
        load = [publish(1, f"q{number}", bytes(100)) * 2_000 for number in range(20)]
        for client, data in zip(clients, load, strict=True):
            with suppress(BlockingIOError):
                client.send(data)
        for _ in range(4):
            served.server.turn()
        counts = [served.server.world.broker.queues[f"q{number}"].enqueued for number in range(20)]
        assert min(counts) > 0.5 * max(counts)


def test_goodbye_is_said_to_everybody() -> None:
    with serving() as served:
        clients = [served.client(IN), served.client(HELLO)]
        served.hear(clients[0], "Channel.OpenOk")
        served.hear(clients[1], "Connection.OpenOk")
        silent = served.client()
        served.until(lambda: len(served.server.listener.clients) == 3)
        for client in clients:
            client.sendall(method(0, amqp.Connection.CloseOk()))
        served.server.say_goodbye(lambda: False)
        for client in clients:
            client.setblocking(True)
            heard = client.recv(1 << 16)
            assert parsed(heard)[0][2]["reply_code"] == 320
        silent.setblocking(True)
        assert silent.recv(10) == b""


WORKERS = """
format = 1
duration = 0.001
[[queues]]
name = "work"
[[queues]]
name = "done"
[[consumers]]
name = "server"
queue = "work"
count = 2
prefetch = 10
service = { distribution = "constant", mean = 0.001 }
[[producers]]
name = "shop"
routing_key = "done"
size = 20
load = { shape = "constant", rate = 200.0, messages = 5 }
"""


def test_simulated_consumers_work_off_what_a_program_publishes() -> None:
    """The scenario's duration does not end a server."""
    with serving(scenario=parse(WORKERS)) as served:
        client = served.client(IN + method(1, amqp.Confirm.Select()) + publish(1, "work", b"hello") * 100)
        broker = served.server.world.broker
        served.hear(client, "Basic.Ack")
        served.until(lambda: broker.queues["work"].acknowledged == 100)
        assert {name.partition(".")[0] for name in broker.connections} >= {"server", "shop"}


def test_a_program_takes_what_simulated_producers_publish() -> None:
    with serving(scenario=parse(WORKERS)) as served:
        client = served.client(IN + method(1, amqp.Basic.Consume(queue="done", no_ack=True)))
        heard: Heard = []
        while len(heard) < 5:
            heard += [each for each in served.hear(client, "Basic.Deliver") if each[0] == 3]
        assert [each[2] for each in heard] == [b"simulated simulated "] * 5


def test_clients_that_are_gone_leave_no_circles() -> None:
    """While serving, garbage is collected seldom; what is gone must be gone without that."""
    with serving() as served:
        gc.collect()
        gc.disable()
        try:
            for _ in range(3):
                client = served.client(IN + method(1, amqp.Queue.Declare(queue="q")) + method(1, amqp.Confirm.Select()))
                client.sendall(publish(1, "q") * 3 + method(1, amqp.Basic.Consume(queue="q")) + method(1, amqp.Basic.Ack(1, False)))
                served.hear(client, "Basic.Deliver")
                client.close()
                served.until(lambda: not served.server.listener.clients)
            left = [type(each).__name__ for each in gc.get_objects() if isinstance(each, (ServerConnection, Connection, Channel, Incoming))]
        finally:
            gc.enable()
        assert left == []
