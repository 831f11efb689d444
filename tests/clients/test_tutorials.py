"""Programs in the manner of RabbitMQ's tutorials, written with three client libraries: they see the same of our port and of RabbitMQ."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.conformance.wire_server import WireServer
from tests.rabbitmq_node import HOST, Vhost

HERE = Path(__file__).parent
TASKS = ["task 0", "task 1", "task 2", "task 3"]
SEEN = {
    "hello_world": ["Hello World!"],
    "work_queues": [[task, task == "task 0"] for task in TASKS],
    "publish_subscribe": [["info: hello"]] * 2,
    "routing": ["warning", "error"],
    "topics": {
        "#": ["kern.critical", "kern.info", "app.critical", "app"],
        "kern.*": ["kern.critical", "kern.info"],
        "*.critical": ["kern.critical", "app.critical"],
    },
    "rpc": {"queue": 144, "direct": 144},
    "publisher_confirms": [[str(number) for number in range(10)], 1],
    "refused": [404, "NOT_FOUND - no queue 'missing' in vhost '/'"],
}
PROGRAMS = ("with_pika.py", "with_aio_pika.py", "with_amqplib.js")


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where amqplib is installed; skips where there is no Node or no network."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("there is no Node: the programs written for it are not tried")
    folder = tmp_path_factory.mktemp("node")
    shutil.copy(HERE / "package.json", folder)
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if done.returncode:
        pytest.skip(f"amqplib cannot be installed: {done.stderr}{done.stdout}")
    return folder / "node_modules"


def run(program: str, address: str, modules: Path | None) -> dict[str, Any]:
    """What the program saw."""
    command = [sys.executable if modules is None else "node", str(HERE / "programs" / program), address]
    environment = os.environ | ({} if modules is None else {"NODE_PATH": str(modules)})
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def modules_for(program: str, request: pytest.FixtureRequest) -> Path | None:
    return request.getfixturevalue("node_modules") if program.endswith(".js") else None


@pytest.mark.parametrize("program", PROGRAMS)
def test_on_our_port(program: str, request: pytest.FixtureRequest) -> None:
    modules = modules_for(program, request)
    server = WireServer()
    try:
        assert run(program, f"amqp://guest:guest@{HOST}:{server.port}/%2F", modules) == SEEN
    finally:
        server.close()


@pytest.mark.parametrize("program", PROGRAMS)
def test_on_rabbitmq(program: str, rabbitmq_vhost: Vhost, request: pytest.FixtureRequest) -> None:
    modules = modules_for(program, request)
    address = f"amqp://guest:guest@{HOST}:{rabbitmq_vhost.node.port}/{quote(rabbitmq_vhost.name, safe='')}"
    assert run(program, address, modules) == SEEN
