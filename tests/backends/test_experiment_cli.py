"""`mqviz run --on`: questions, refusals, Ctrl-C, death, and the tables."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mqviz.cli import main
from tests.backends.live_scenarios import BURST, address, folder, run_on, traces
from tests.cli.program import surroundings
from tests.rabbitmq_node import HOST, Node, free_ports

__all__ = ["folder"]


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said of a command line that is refused."""
    assert main(["run", *arguments]) == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A short scenario."""
    path = tmp_path / "burst.toml"
    path.write_text(BURST)
    return str(path)


def test_what_does_not_go_together_is_refused(file: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on = f"amqp://{HOST}:1"
    assert "real time" in complaint(capsys, file, "--on", on, "--speed", "2")
    assert "--speed" not in complaint(capsys, file, "--on", on, "--speed", "1")
    assert "give --on" in complaint(capsys, file, "--yes")
    assert "--limit-messages" in complaint(capsys, file, "--on", on, "--limit-messages", "10")
    assert "does not go with" in complaint(capsys, file, "--on", on, "--against-simulation", "--repeat", "2")
    assert "begins with amqp" in complaint(capsys, file, "--on", "ftp://x")
    assert "which scenario" in complaint(capsys, "--on", on)


def test_a_broker_elsewhere_is_not_touched_without_yes(file: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is not on this machine" in complaint(capsys, file, "--on", "amqp://192.0.2.1")


def test_nobody_listening_is_told_in_words(file: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = free_ports(1)[0]
    assert complaint(capsys, file, "--on", f"amqp://{HOST}:{port}") == f"mqviz: nobody listens on {HOST} port {port}"
    assert not list(folder.rglob("*.json"))


@pytest.mark.rabbitmq
def test_wrong_login_and_virtual_host_are_told_in_words(
    rabbitmq: Node, file: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = complaint(capsys, file, "--on", address(rabbitmq, password="secret-word"))
    assert "does not accept user 'guest'" in told and "secret-word" not in told
    assert "virtual host 'nowhere'" in complaint(capsys, file, "--prefix", "--on", address(rabbitmq, vhost="nowhere"))
    assert not list(folder.rglob("mqviz-*.json"))


@pytest.mark.rabbitmq
def test_a_run_writes_every_format_and_compares(rabbitmq: Node, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, rows = folder / "page.html", folder / "rows.csv"
    text = BURST.replace("300", "60").replace("2.2", "1.2") + '[[faults]]\nkind = "down"\nat = 0.5\nlasts = 0.1\n'
    found = run_on(rabbitmq, folder, text, "--html", str(page), "--csv", str(rows), "--against-simulation")
    told = capsys.readouterr()
    assert found["engine"] == "rabbitmq 3.10.8" and found["clients"]["kept_up"] is True and found["left_out"] == ["fault down at 0.5 s"]
    assert "left out: fault down at 0.5 s" in told.err
    assert "RabbitMQ 3.10.8".lower() in page.read_text("utf-8").lower()
    assert found["simulated"]["engine"] == "embedded" and found["simulated"]["ledger"]["balanced"] is True
    assert rows.read_text("utf-8").startswith("engine,time,") and "rabbitmq 3.10.8,1.0," in rows.read_text("utf-8")
    assert page.read_text("utf-8").count("simulated") > 0
    assert "mean depth" in told.out and "rabbitmq 3.10.8" in told.out
    assert traces(rabbitmq) == []


def start(node: Node, file: str, folder: Path) -> "subprocess.Popen[bytes]":
    """The program in a process of its own, until it has begun on the broker."""
    command = [sys.executable, "-m", "mqviz", "run", file, "--until", "60", "--on", address(node), "--json", str(folder / "out.json")]
    environment = surroundings(XDG_STATE_HOME=str(folder))
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment)
    assert process.stderr is not None
    while b"virtual host" not in (line := process.stderr.readline()):
        assert line, "it ended before it began"
    return process


@pytest.mark.rabbitmq
@pytest.mark.skipif(sys.platform == "win32", reason="signals of another process")
def test_ctrl_c_gives_the_result_so_far_and_removes_everything(rabbitmq: Node, file: str, folder: Path) -> None:
    with start(rabbitmq, file, folder) as process:
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 130
    assert json.loads((folder / "out.json").read_text("utf-8"))["interrupted"] is True
    assert traces(rabbitmq) == [] and not list(folder.rglob("mqviz-*.json"))


@pytest.mark.rabbitmq
def test_what_a_dead_run_left_is_found_told_and_removed(
    rabbitmq: Node, file: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with start(rabbitmq, file, folder) as process:
        process.kill()
        process.wait(timeout=20)
    (left,) = traces(rabbitmq)[:1]
    port = complaint(capsys, file, "--on", address(rabbitmq), "--limit-messages", "1")
    assert "--limit-messages" in port
    assert main(["run", file, "--on", address(rabbitmq), "--until", "0.2", "--json", str(folder / "out.json")]) == 0
    told = capsys.readouterr().err
    assert left in told and "--clean" in told and traces(rabbitmq)
    assert main(["run", "--on", address(rabbitmq), "--clean"]) == 0
    assert "removed what 1 run had left" in capsys.readouterr().err
    assert traces(rabbitmq) == [] and not list(folder.rglob("mqviz-*.json"))
