"""Short scenarios for runs on the private node, and how they are run there."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mqviz.backends.address import parse_amqp
from mqviz.backends.loadgen.generator import LoadGenerator
from mqviz.backends.loadgen.leftovers import Notes
from mqviz.backends.loadgen.place import Place
from mqviz.cli import main
from mqviz.clock import WallClock
from mqviz.model.parsing import parse
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario
from mqviz.sim.simulation import Simulation
from tests.rabbitmq_node import HOST, Node

BURST = """
name = "Burst"
seed = 3
duration = 2.2
queues = [{ name = "work" }]
producers = [{ name = "shop", routing_key = "work", load = { shape = "burst", messages = 300, at = 0.2 } }]
consumers = [{ name = "server", queue = "work", count = 2, prefetch = 10, service = { distribution = "constant", mean = 0.01 } }]
"""

KILLED = BURST + '[[faults]]\nkind = "kill"\ntarget = "server.1"\nat = 0.8\nlasts = 0.5\n'


def scenario_of(text: str) -> Scenario:
    """A scenario from its text."""
    return parse(text)


def address(node: Node, user: str = "guest", password: str = "guest", vhost: str = "%2F") -> str:
    """The node's address as a user writes it."""
    return f"amqp://{user}:{password}@{HOST}:{node.port}/{vhost}?management=http://{HOST}:{node.management_port}"


def live(
    node: Node,
    notes: Path,
    scenario: Scenario,
    *,
    while_running: Callable[[LoadGenerator], object] = lambda _: None,
    prefix: bool = False,
    user: str = "guest",
    **limits: float,
) -> Result:
    """A whole run on the node; what it declared is gone afterwards."""
    broker, password = parse_amqp(address(node, user, user))
    place = Place(broker, password, Notes(notes), prefix=prefix)
    generator = LoadGenerator(scenario, place, WallClock(), **limits)
    try:
        generator.prepare()
        while generator.turn():
            while_running(generator)
        generator.settle()
        return generator.result(interrupted=bool(generator.stopped_by))
    finally:
        generator.close()


@contextmanager
def account(node: Node, name: str, *, configure: str) -> Iterator[None]:
    """Inside, there is a user of that name and password, without tags, who may declare what `configure` fits."""
    node.api("PUT", f"/api/users/{name}", {"password": name, "tags": ""})
    node.api("PUT", f"/api/permissions/%2F/{name}", {"configure": configure, "write": ".*", "read": ".*"})
    try:
        yield
    finally:
        node.api("DELETE", f"/api/users/{name}")


def simulated(scenario: Scenario) -> Result:
    """The same in the simulator."""
    simulation = Simulation(scenario)
    simulation.run_until(simulation.end)
    return simulation.result()


def traces(node: Node) -> list[str]:
    """What of a run is still on the node."""
    hosts = [each["name"] for each in node.api("GET", "/api/vhosts")]
    queues = [each["name"] for each in node.api("GET", "/api/queues")]
    exchanges = [each["name"] for each in node.api("GET", "/api/exchanges")]
    return [name for name in (*hosts, *queues, *exchanges) if name.startswith("mqviz-")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own for runs from the command line."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


def run_on(node: Node, folder: Path, text: str, *arguments: str) -> Any:
    """The JSON of a run from the command line."""
    file, out = folder / "scenario.toml", folder / "result.json"
    file.write_text(text)
    assert main(["run", str(file), "--on", address(node), "--json", str(out), *arguments]) == 0
    return json.loads(out.read_text("utf-8"))
