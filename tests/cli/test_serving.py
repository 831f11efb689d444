"""`mqviz serve`, as a user starts it and as a client meets it."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pika
import pytest
from pamqp import commands as amqp

from mqviz.cli import main
from tests.cli.program import surroundings
from tests.wire.talk import HELLO, PROTOCOL, ask_server, method, parsed, start_ok

FORCED = {
    "reply_code": 320,
    "reply_text": "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'",
    "class_id": 0,
    "method_id": 0,
}


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The real program, and the port where it listens; killed at the end if it still runs."""
    command = [sys.executable, "-m", "mqviz", "serve", "--listen", "127.0.0.1:0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=surroundings()) as program:
        assert program.stderr is not None
        try:
            first = program.stderr.readline()
            found = re.search(r"at amqp://\w+@127\.0\.0\.1:(\d+)/", first)
            assert found, first
            yield program, int(found[1])
        finally:
            program.kill()


def connect(port: int, user: str = "guest", password: str = "guest") -> pika.BlockingConnection:
    return pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", port, credentials=pika.PlainCredentials(user, password)))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_hello_world_and_a_clean_end(number: signal.Signals) -> None:
    with served() as (program, port):
        connection = connect(port)
        channel = connection.channel()
        channel.queue_declare("hello")
        channel.basic_publish("", "hello", b"Hello World!")
        assert channel.basic_get("hello", auto_ack=True)[2] == b"Hello World!"
        connection.close()
        with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
            client.sendall(HELLO)
            heard = client.recv(65536)
            while b"\x00\x0a\x00\x29" not in heard:
                heard += client.recv(65536)
            program.send_signal(number)
            assert parsed(client.recv(65536)) == [(0, "Connection.Close", FORCED)]
            client.sendall(method(0, amqp.Connection.CloseOk()))
            assert client.recv(65536) == b""
        assert program.wait(10) == 0
        assert program.stderr is not None
        log = program.stderr.read()
        assert "opened by guest on /" in log and "ending" in log and "Traceback" not in log


def test_a_program_works_beside_the_simulated_ones() -> None:
    with served("competing-consumers") as (_, port):
        connection = connect(port)
        channel = connection.channel()
        delivered, _, body = next(channel.consume("tasks", auto_ack=True, inactivity_timeout=10))
        assert delivered is not None and body
        connection.close()


def test_another_user_with_a_password_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    with served("--user", "anna", "--password-file", str(secret)) as (_, port):
        connect(port, "anna", "s3cret").close()
        assert ask_server(port, PROTOCOL + start_ok())[-1][2]["reply_code"] == 403


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--listen", "5672"), "must be an address in full, as in 127.0.0.1:5672, not '5672'"),
        (("--listen", "127.0.0.1:70000"), "must be an address in full"),
        (("--listen", "0.0.0.0:0"), "0.0.0.0 can be reached from other machines: give --user NAME and --password-file F"),
        (("--user", "anna"), "--user and --password-file go together"),
        (("--user", "anna", "--password-file", "no/such/file"), "no/such/file: no such file or directory"),
        (("no-such-scenario",), "there is no scenario 'no-such-scenario'"),
    ],
)
def test_what_it_refuses(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_guest_is_no_password_for_other_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in ("guest\n", "\n", ""):
        secret = tmp_path / "secret"
        secret.write_text(content)
        assert main(["serve", "--listen", "0.0.0.0:0", "--user", "anna", "--password-file", str(secret)]) == 2
        assert capsys.readouterr().err


def test_a_busy_port_names_a_free_one(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--listen", f"127.0.0.1:{port}"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert re.search(rf"cannot listen on 127\.0\.0\.1:{port}: address already in use; (\d+) is free: --listen 127\.0\.0\.1:\1", line)
