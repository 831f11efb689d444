"""The programs that the window offers, run as they are against our port."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mqviz.viewmodel.snippets import Place, snippet
from tests.backends.test_port import Host, host, shops
from tests.clients.test_tutorials import node_modules

__all__ = ["host", "node_modules", "shops"]

def run(host: Host, command: list[str], modules: Path | None = None, *, consumes: bool = False) -> str:
    """Run a program while the backend runs, until it ends, or has acknowledged a few messages; what it printed."""
    environment = os.environ | ({} if modules is None else {"NODE_PATH": str(modules)})
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True) as program:

        def is_over() -> bool:
            return program.poll() is not None

        if consumes:
            host.until(lambda: is_over() or (host.update.snapshot.queues[0].acknowledged or 0) >= 3)
            program.terminate()
        host.until(is_over)
        assert program.stdout is not None
        return program.stdout.read()


def uri(host: Host) -> str:
    assert host.update.port is not None
    return host.update.port.uri


def test_the_python_program_publishes(host: Host) -> None:
    program = snippet("python", Place(uri(host), routing_key="work"))
    assert run(host, [sys.executable, "-c", program]) == ""
    host.until(lambda: host.update.snapshot.consumers[0].acknowledged == 1)


def test_the_python_program_consumes(shops: Host) -> None:
    program = snippet("python", Place(uri(shops), queue="work"))
    assert "simulated simulated" in run(shops, [sys.executable, "-u", "-c", program], consumes=True)


def test_the_node_program_publishes(host: Host, node_modules: Path) -> None:
    program = snippet("node", Place(uri(host), routing_key="work"))
    assert run(host, ["node", "-e", program], node_modules) == ""
    host.until(lambda: host.update.snapshot.consumers[0].acknowledged == 1)


def test_the_node_program_consumes(shops: Host, node_modules: Path) -> None:
    program = snippet("node", Place(uri(shops), queue="work"))
    assert "simulated simulated" in run(shops, ["node", "-e", program], node_modules, consumes=True)
