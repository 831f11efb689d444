"""A broker with very much on it: queues and bindings by the thousand, and consumers on a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Self

import pika

from tests.rabbitmq_node import HOST, Vhost

QUEUES, CONSUMERS, CONNECTIONS = 5_000, 1_000, 50


def fill(vhost: Vhost, queues: int = QUEUES) -> None:
    """So many queues, each bound once to a topic exchange, by one file of definitions."""
    names = [f"queue-{number:05}" for number in range(queues)]
    arguments = {"x-max-length": 1000}
    definitions = {
        "exchanges": [{"name": "events", "type": "topic", "durable": True, "auto_delete": False, "internal": False, "arguments": {}}],
        "queues": [{"name": name, "durable": True, "auto_delete": False, "arguments": arguments} for name in names],
        "bindings": [
            {"source": "events", "destination": name, "destination_type": "queue", "routing_key": f"{name}.#", "arguments": {}}
            for name in names
        ],
        "policies": [],
    }
    # The import answers when all is done, which takes longer than the node's helper waits.
    for part in _parts(definitions):
        vhost.api("POST", "/api/definitions/{vhost}", part)


def _parts(definitions: dict[str, list[object]]) -> list[dict[str, list[object]]]:
    exchanges = {"exchanges": definitions["exchanges"], "queues": [], "bindings": [], "policies": []}
    step = 500
    several = [
        {
            "exchanges": [],
            "queues": definitions["queues"][at : at + step],
            "bindings": definitions["bindings"][at : at + step],
            "policies": [],
        }
        for at in range(0, len(definitions["queues"]), step)
    ]
    return [exchanges, *several]  # type: ignore[list-item]


class Crowd:
    """Consumers on many connections, and a publisher to a few of the queues, in another process; a context manager."""

    def __init__(self, vhost: Vhost) -> None:
        command = [sys.executable, "-m", "tests.backends.crowd", str(vhost.node.port), vhost.name]
        self._process = subprocess.Popen(
            command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        assert self._process.stdout.readline() == "there\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def _main(port: int, vhost: str) -> None:
    held = []
    for number in range(CONNECTIONS):
        properties = {"connection_name": f"worker-{number % 10}"}
        parameters = pika.ConnectionParameters(HOST, port, vhost, heartbeat=0, client_properties=properties)
        connection = pika.BlockingConnection(parameters)
        for place in range(CONSUMERS // CONNECTIONS):
            channel = connection.channel()
            channel.basic_qos(prefetch_count=10)
            channel.basic_consume(f"queue-{number * (CONSUMERS // CONNECTIONS) + place:05}", lambda *_: None)
        held.append(connection)
    print("there", flush=True)
    channel = held[0].channel()
    number = 0
    while True:
        for _ in range(20):
            number += 1
            channel.basic_publish("events", f"queue-{number * 7 % 100:05}.x", b"x" * 100)
        held[0].process_data_events(time_limit=0.1)


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2])
