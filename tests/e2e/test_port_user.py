"""The real program and its AMQP port, as somebody with two programs of his own uses it: real mouse, real keys, real pika.

    python -m tests.e2e.test_port_user FOLDER

keeps a picture of each step in a folder. Nothing here looks into the program; where things are is learnt from its twin.
"""

from __future__ import annotations

import json
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel
from PySide6.QtWidgets import QApplication

from mqviz.model.backend import OpenPort
from mqviz.viewmodel.document import open_document
from tests.e2e.desktop import Program, Screen, is_installed, until
from tests.e2e.twin import Place, Twin, application
from tests.port_screenshots import Script
from tests.rabbitmq_node import HOST, free_ports

SCENARIO = """format = 1
name = "My programs beside it"
seed = 5
duration = 600.0
[[queues]]
name = "work"
[[queues]]
name = "parcels"
[[producers]]
name = "press"
routing_key = "parcels"
load = { shape = "poisson", rate = 12.0 }
[[consumers]]
name = "server"
queue = "work"
count = 2
prefetch = 5
service = { distribution = "exponential", mean = 0.05 }
"""
PUBLISHER, TAKER, WORK = "producer:my-script", "consumer:my-worker", "queue:work"
PORT = "AMQP port"
ENOUGH = 40
Keep = Callable[[str], None]


@dataclass
class Own:
    """What the two programs of the user's own have done."""

    sent: int = 0
    taken: list[str] = field(default_factory=list)

    def publish(self, channel: BlockingChannel) -> None:
        """Work for the simulated servers."""
        channel.basic_publish("", "work", f'{{"job": {self.sent}}}'.encode(), pika.BasicProperties(content_type="application/json"))
        self.sent += 1

    def take(self, channel: BlockingChannel) -> None:
        """Whatever the simulated press makes."""
        if not channel.consumer_tags:
            channel.basic_consume("parcels", self._taken)

    def _taken(self, channel: BlockingChannel, method: pika.spec.Basic.Deliver, properties: pika.BasicProperties, body: bytes) -> None:
        self.taken.append(method.routing_key)
        channel.basic_ack(method.delivery_tag)

    @contextmanager
    def at_work(self, number: int, turn: Callable[[Callable[[], bool], str], None]) -> Iterator[None]:
        """Both are connected inside; `turn` waits as whoever serves them has to."""
        uri = f"amqp://guest:guest@{HOST}:{number}/"
        scripts = [Script(uri, "my-script", self.publish), Script(uri, "my-worker", self.take)]
        try:
            yield
        finally:
            for script in scripts:
                script.stop()
            turn(lambda: all(script.is_over for script in scripts), "the scripts have ended")


@dataclass(frozen=True, slots=True)
class Spots:
    """Where things are: on the window, and in the port's dialog."""

    nodes: dict[str, Place]
    number: Place
    switch: Place
    talk: str


def spots(scenario: Path, size: Place) -> Spots:
    """Learnt from a window in this process with the same scenario, and with the same two programs at its own port."""
    with Twin(size, open_document(scenario)) as twin:
        twin.turn(lambda: twin.window.workspace.active, "the scenario is open")
        session = twin.window.session
        session.submit(OpenPort(port=0))
        twin.turn(lambda: session.update.port, "the twin's port is open")
        assert session.update.port is not None
        with Own().at_work(session.update.port.number, twin.turn):
            nodes = twin.see(PUBLISHER, TAKER, WORK)
            twin.window.ports.open()
            dialog = twin.window.ports.dialog
            assert dialog is not None
            number, switch = twin.middle(dialog.number), twin.middle(dialog.switch)
            dialog.close()
            twin.window.timeline.converse(PUBLISHER)
            talk = twin.part(twin.window.timeline.conversation.list)
    return Spots(nodes, number, switch, talk)


def use(program: Program, where: Spots, own: Own, keep: Keep) -> dict[str, Any]:
    """Open the port, let two programs work there, listen to them; gives the result so far."""
    until(lambda: "My programs beside it" in program.title, "the scenario is open")
    number = free_ports(1)[0]
    open_port(program, where, number, keep)
    with own.at_work(number, until):
        until(lambda: own.sent > ENOUGH and len(own.taken) > ENOUGH, "both have worked")
        keep("4 two programs are connected")
        program.key("Escape")
        program.come_back()
        program.click(*where.nodes[WORK])
        program.screen.wait(1.0)
        keep("5 the simulated servers work for a program")
        listen(program, where.nodes[PUBLISHER], keep, "6 its menu", "7 what it says to the broker")
        assert _moves(program, where.talk), "it goes on talking"
        listen(program, where.nodes[TAKER], keep, "8 the other's menu", "9 what the broker says to the other")
        assert _waiting(number) < own.sent, "the simulated servers work it off"
    program.screen.wait(1.5)
    keep("10 they have left")
    assert not _moves(program, where.talk), "nobody talks any more"
    return _result(program)


def open_port(program: Program, where: Spots, number: int, keep: Keep) -> None:
    """By its dialog; it is at this number then."""
    program.key("ctrl+l")
    program.dialog(PORT)
    program.screen.wait(0.5)
    keep("1 the port is closed")
    program.click_in(PORT, where.number)
    program.key("ctrl+a")
    program.type(str(number))
    keep("2 its number is typed")
    assert not _answers(number)
    program.click_in(PORT, where.switch)
    until(lambda: _answers(number), "the port is open")
    program.screen.wait(0.5)
    keep("3 the port is open")


def listen(program: Program, client: Place, keep: Keep, menu: str, talk: str) -> None:
    """Choose it in the client's menu."""
    program.click_right(*client)
    program.screen.wait(0.3)
    keep(menu)
    program.key("Down", "Return")
    program.screen.wait(2.0)
    keep(talk)


def _moves(program: Program, part: str) -> bool:
    """Whether two pictures of this part are different."""
    pictures = []
    for name in ("a.png", "b.png"):
        pictures.append(program.screen.picture(program.home / name, part).read_bytes())
        program.screen.wait(1.0)
    return pictures[0] != pictures[1]


def _answers(number: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((HOST, number)) == 0


def _waiting(number: int) -> int:
    """How many messages are ready in the queue of the simulated servers, of whom there are two."""
    with pika.BlockingConnection(pika.ConnectionParameters(HOST, number)) as connection:
        told = connection.channel().queue_declare("work", passive=True).method
    assert told.consumer_count == 2
    return int(told.message_count)


def _result(program: Program) -> dict[str, Any]:
    path = program.home / "result.json"
    program.key("ctrl+e")
    program.screen.wait(1.0)
    program.key("ctrl+a")
    program.type(str(path))
    program.key("Return")
    until(path.exists, "the result is saved")
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


@pytest.mark.alone
@pytest.mark.skipif(not is_installed(), reason="Xvfb, xdotool and ImageMagick are not installed: tests/run installs them")
def test_two_programs_of_ones_own_work_beside_simulated_clients(tmp_path: Path, qapp: QApplication) -> None:
    scenario = tmp_path / "mine.toml"
    scenario.write_text(SCENARIO, encoding="utf-8")
    with Screen() as screen:
        where = spots(scenario, screen.size)
        with Program(screen, tmp_path, str(scenario)) as program:
            told = use(program, where, own := Own(), lambda step: None)
            assert "Traceback" not in program.said
    assert told["consumers"]["server"]["completed"] == told["queues"]["work"]["enqueued"] == own.sent
    assert told["queues"]["parcels"]["acknowledged"] == len(own.taken)
    assert told["ledger"]["nothing_lost"]
    assert not told["replayable"]


def tour(folder: Path) -> None:
    """Keep pictures of all steps, light and dark, large and small."""
    application()
    for size, theme in (((1440, 900), "light"), ((1440, 900), "dark"), ((1024, 640), "light")):
        target = folder / f"{size[0]}x{size[1]}-{theme}-en"
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as home, Screen(*size) as screen:
            scenario = Path(home) / "mine.toml"
            scenario.write_text(SCENARIO, encoding="utf-8")
            where = spots(scenario, size)
            with Program(screen, Path(home), str(scenario), theme=theme) as program:
                use(program, where, Own(), lambda step, target=target, screen=screen: screen.picture(target / f"{step}.png"))


if __name__ == "__main__":
    tour(Path(sys.argv[1]))
