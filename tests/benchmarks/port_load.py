"""What the benchmark of the AMQP port asks of a broker, each as a function of its port: ours and RabbitMQ's are asked the same."""

from __future__ import annotations

import socket
import struct
import threading
import time
from contextlib import ExitStack, suppress

import pika
from pamqp import commands as amqp

from tests.wire.talk import HELLO, IN, method, parsed, publish

HOST, QUEUE = "127.0.0.1", "bench"
BODY = b"x" * 100
PREFETCH = 500
SPACE = 1 << 18
ACK = 21


def connect(port: int) -> pika.BlockingConnection:
    """A client by pika."""
    return pika.BlockingConnection(pika.ConnectionParameters(HOST, port, heartbeat=0))


def pika_through(port: int, count: int) -> float:
    """Messages a second: one program publishes so many, then takes and acknowledges each."""
    with connect(port) as connection:
        channel = connection.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.basic_qos(prefetch_count=PREFETCH)
        begun = time.perf_counter()
        for _ in range(count):
            channel.basic_publish("", queue, BODY)
        for got, (taken, _, _) in enumerate(channel.consume(queue), 1):
            assert taken.delivery_tag == got
            channel.basic_ack(got)
            if got == count:
                break
        return count / (time.perf_counter() - begun)


def pika_confirmed(port: int, count: int) -> float:
    """Messages a second, each published after the one before was confirmed."""
    with connect(port) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        queue = channel.queue_declare("", exclusive=True).method.queue
        begun = time.perf_counter()
        for _ in range(count):
            channel.basic_publish("", queue, BODY)
        return count / (time.perf_counter() - begun)


def latencies(port: int, rate: int, seconds: float) -> list[float]:
    """Seconds from publish to delivery, at a steady rate, sorted; publisher and consumer are threads with a connection each."""
    found: list[float] = []
    count = int(rate * seconds)
    with connect(port) as taking, connect(port) as giving:
        channel = taking.channel()
        channel.queue_delete(QUEUE)
        channel.queue_declare(QUEUE)

        def give() -> None:
            sender = giving.channel()
            begun = time.perf_counter()
            for number in range(count):
                left = begun + number / rate - time.perf_counter()
                if left > 0:
                    threading.Event().wait(left)
                sender.basic_publish("", QUEUE, struct.pack(">d", time.perf_counter()))

        deliveries = channel.consume(QUEUE, auto_ack=True, inactivity_timeout=10)
        thread = threading.Thread(target=give)
        thread.start()
        for _, _, body in deliveries:
            found.append(time.perf_counter() - struct.unpack(">d", body)[0])
            if len(found) == count:
                break
        thread.join()
        channel.cancel()
    return sorted(found)


# -- raw frames -----------------------------------------------------------------------------------


def raw_client(port: int, said: bytes, answer: str = "Channel.OpenOk") -> socket.socket:
    """A client that has said this and heard the answer."""
    client = socket.create_connection((HOST, port), timeout=120)
    client.sendall(said)
    heard = b""
    while True:
        heard += client.recv(SPACE)
        with_end = heard.rfind(b"\xce") + 1
        try:
            if any(each[1] == answer for each in parsed(heard[:with_end])):
                return client
        except AssertionError:
            continue


def raw_through(port: int, count: int) -> float:
    """Messages a second: frames encoded beforehand, one connection publishes while another takes and acknowledges each."""
    with ExitStack() as stack:
        declare = method(1, amqp.Queue.Delete(queue=QUEUE)) + method(1, amqp.Queue.Declare(queue=QUEUE))
        consume = method(1, amqp.Basic.Qos(0, PREFETCH, False)) + method(1, amqp.Basic.Consume(queue=QUEUE, consumer_tag="t"))
        taking = stack.enter_context(raw_client(port, IN + declare + consume, "Basic.ConsumeOk"))
        giving = stack.enter_context(raw_client(port, IN))
        chunk = publish(1, QUEUE, BODY) * 100
        acks = [struct.pack(">BHIIQBB", 1, 1, 13, 0x003C0050, tag, 0, 0xCE) for tag in range(1, count + 1)]
        size = len(method(1, amqp.Basic.Deliver("t", 1, False, "", QUEUE))) + len(publish(1, QUEUE, BODY))
        size -= len(method(1, amqp.Basic.Publish(routing_key=QUEUE)))
        begun = time.perf_counter()
        thread = threading.Thread(target=lambda: [giving.sendall(chunk) for _ in range(count // 100)])
        thread.start()
        arrived = got = 0
        while got < count:
            arrived += len(taking.recv(SPACE))
            now = arrived // size
            taking.sendall(b"".join(acks[got:now]))
            got = now
        took = time.perf_counter() - begun
        thread.join()
        return count / took


def fill(port: int, count: int, size: int) -> None:
    """So many messages wait in a queue, each with a body of this size."""
    with raw_client(port, IN + method(1, amqp.Queue.Declare(queue="full")), "Queue.DeclareOk") as client:
        chunk = publish(1, "full", b"x" * size) * 100
        for _ in range(count // 100):
            client.sendall(chunk)
        await_ready(client, "full", count)


def await_ready(client: socket.socket, queue: str, count: int) -> None:
    """Ask until so many are ready."""
    while ready(client, queue) < count:
        threading.Event().wait(0.05)


def ready(client: socket.socket, queue: str) -> int:
    """How many messages are ready."""
    client.sendall(method(1, amqp.Queue.Declare(queue=queue, passive=True)))
    heard = b""
    while True:
        heard += client.recv(SPACE)
        place = heard.rfind(b"\x00\x32\x00\x0b")
        if place >= 0 and len(heard) >= place + 5 + len(queue) + 9:
            return int.from_bytes(heard[place + 5 + len(queue) : place + 9 + len(queue)])


def delete(port: int, queue: str) -> None:
    """Take it away."""
    raw_client(port, IN + method(1, amqp.Queue.Delete(queue=queue)), "Queue.DeleteOk").close()


# -- crowds ---------------------------------------------------------------------------------------


def crowd(port: int, connections: int, channels: int) -> float:
    """Seconds until so many connections with so many channels each are open, and closed again."""
    opens = b"".join(method(number, amqp.Channel.Open()) for number in range(1, channels + 1))
    begun = time.perf_counter()
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection((HOST, port), timeout=120)) for _ in range(connections)]
        for client in clients:
            client.sendall(HELLO + opens)
        for client in clients:
            heard = b""
            while heard.count(b"\x00\x14\x00\x0b") < channels:
                heard += client.recv(SPACE)
    return time.perf_counter() - begun


def fairness(port: int, clients: int, seconds: float) -> tuple[float, float]:
    """Of so many clients that publish all they can: the least over the mean of what was confirmed to each, and messages a second."""
    with ExitStack() as stack:
        crowd = [stack.enter_context(Busy(port, number)) for number in range(clients)]
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for each in crowd:
                each.go_on()
        confirmed = [each.confirmed for each in crowd]
    return min(confirmed) * len(confirmed) / sum(confirmed), sum(confirmed) / seconds


class Busy:
    """A client that publishes all it can, to a short queue of its own, with confirms."""

    def __init__(self, port: int, number: int) -> None:
        queue = f"busy{number}"
        said = IN + method(1, amqp.Queue.Declare(queue=queue, exclusive=True, arguments={"x-max-length": 100}))
        self._socket = raw_client(port, said + method(1, amqp.Confirm.Select()), "Confirm.SelectOk")
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 14)
        self._socket.setblocking(False)
        self._chunk = publish(1, queue, BODY) * 50
        self._left = self._heard = b""
        self.confirmed = 0

    def go_on(self) -> None:
        """Send what goes, hear what came: acks are the only frames that do, all of one length."""
        with suppress(BlockingIOError):
            data = self._left or self._chunk
            self._left = data[self._socket.send(data) :]
        with suppress(BlockingIOError):
            self._heard += self._socket.recv(SPACE)
            whole = len(self._heard) // ACK * ACK
            if whole:
                self.confirmed = int.from_bytes(self._heard[whole - 10 : whole - 2])
                self._heard = self._heard[whole:]

    def __enter__(self) -> Busy:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
