"""A private RabbitMQ node for tests: loopback only, its own folder, gone when the tests are.

In a test take the fixture `rabbitmq` (one node for the session, or for each xdist worker), and have
a virtual host of your own from it, which costs a few milliseconds:

    @pytest.mark.rabbitmq
    def test_something(rabbitmq: Node) -> None:
        with rabbitmq.vhost() as vhost:
            connection = pika.BlockingConnection(rabbitmq.parameters(vhost))
            ...
        # gone, with all queues and connections in it

or simply the fixture `rabbitmq_vhost: Vhost` (a new one for each test), with `.name`,
`.parameters()` and `.api(method, path)`.

What concerns the whole node, each a few milliseconds unless said otherwise:

    rabbitmq.api("GET", "/api/overview")          management API, JSON in and out
    rabbitmq.evaluate("rabbit:status()")          an Erlang expression in the node, answer as text
    with rabbitmq.memory_alarm(): ...             publishers are blocked inside
    with rabbitmq.ack_timeout(0.5): ...           for channels that are opened inside
    with rabbitmq.environment(key="value"): ...   any other setting of the application `rabbit`
    rabbitmq.stop_app(); rabbitmq.start_app()     broker down and up, the node stays; 0.1 s and 0.9 s
    rabbitmq.restart_app()                        both
    rabbitmq.kill_and_start()                     as after kill -9; 10 s, and only for a node of your own
    with rabbitmq.disk_alarm(): ...               publishers are blocked inside
    rabbitmq.ctl("list_queues", "-p", vhost)      rabbitmqctl; slow (0.6 s and more): prefer the others

A node of another configuration: `with Node(channel_tick_interval="500") as node: ...`; keywords are
lines of rabbitmq.conf, with `__` for a dot. Plugins beside the management are named before them.
"""

import http.client
import itertools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import pika

SCRIPTS = Path("/usr/lib/rabbitmq/bin")
HOST = "127.0.0.1"
USER = PASSWORD = "guest"
START_TIMEOUT = 90.0
GUARD = Path(__file__).with_name("process_guard.py")

ERLANG = "-kernel inet_dist_use_interface {127,0,0,1}"
COOKIE = "mqviz-tests"
# The banner comes a moment before the boot's end; a stop in between would make a later start void.
BOOTED = (
    "case whereis(rabbit_boot) of undefined -> ok; Boot -> Watch = monitor(process, Boot), receive {'DOWN', Watch, _, _, _} -> ok end end"
)


def is_installed() -> bool:
    """Whether Debian's package rabbitmq-server is here."""
    return (SCRIPTS / "rabbitmq-server").exists() and shutil.which("erl_call") is not None


class NodeError(Exception):
    """The node did not do what it was asked; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Vhost:
    """A virtual host of a node, of which guest may do everything."""

    node: "Node"
    name: str

    def parameters(self, **others: Any) -> pika.ConnectionParameters:
        """What pika needs to connect here; `others` go to pika's ConnectionParameters."""
        return self.node.parameters(self.name, **others)

    def api(self, method: str, path: str, body: object = None) -> Any:
        """Asks the management API; `{vhost}` in the path becomes this one's quoted name."""
        return self.node.api(method, path.replace("{vhost}", quote(self.name, safe="")), body)


class Node:
    """A RabbitMQ node of our own; a context manager. Raises NodeError when it does not start."""

    def __init__(self, *plugins: str, **config: str) -> None:
        self._plugins = ("rabbitmq_management", *plugins)
        self._config = config
        self._serial = itertools.count(1)

    def __enter__(self) -> Self:
        self.port, self.management_port, self.dist_port, self.epmd_port = free_ports(4)
        self.name = f"mqviz-{os.getpid()}-{self.port}@localhost"
        self._user = "rabbitmq" if os.geteuid() == 0 else ""
        self.folder = Path(tempfile.mkdtemp(prefix="mqviz-rabbitmq-"))
        try:
            self._prepare()
            self._start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Kills the node at once and removes its folder; what it held was for tests."""
        assert self._guard.stdin and self._guard.stdout
        self._guard.stdin.close()
        self._guard.wait(timeout=30)
        self._guard.stdout.close()

    # -- what a test asks -------------------------------------------------------------------

    def parameters(self, vhost: str = "/", **others: Any) -> pika.ConnectionParameters:
        """What pika needs to connect; `others` go to pika's ConnectionParameters."""
        credentials = others.pop("credentials", pika.PlainCredentials(USER, PASSWORD))
        return pika.ConnectionParameters(HOST, self.port, vhost, credentials, **others)

    @contextmanager
    def vhost(self) -> Iterator[Vhost]:
        """A new virtual host, deleted afterwards with everything in it."""
        vhost = Vhost(self, f"test-{next(self._serial)}")
        self.api("PUT", f"/api/vhosts/{vhost.name}")
        try:
            yield vhost
        finally:
            self.api("DELETE", f"/api/vhosts/{vhost.name}")

    def api(self, method: str, path: str, body: object = None) -> Any:
        """Asks the management API; the answer's JSON, or None. NodeError for a status from 400."""
        connection = http.client.HTTPConnection(HOST, self.management_port, timeout=30)
        try:
            text = None if body is None else json.dumps(body)
            token = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
            connection.request(method, path, text, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise NodeError(f"{method} {path}: {answer.status} {content.decode()}")
        return json.loads(content) if content else None

    def evaluate(self, expression: str) -> str:
        """The value of an Erlang expression inside the node, as Erlang writes it."""
        address = f"{HOST}:{self.dist_port}"
        command = ["erl_call", "-r", "-address", address, "-c", COOKIE, "-timeout", "60", "-e"]
        done = self._run(command, f"{expression}.\n")
        if not done.startswith("{ok, "):
            raise NodeError(f"{expression}: {done}")
        return done.removeprefix("{ok, ").removesuffix("}")

    def ctl(self, *arguments: str) -> str:
        """The output of rabbitmqctl; slow."""
        command = [str(SCRIPTS / "rabbitmqctl"), "-q", "-n", self.name, *arguments]
        return self._run(command, "")

    def stop_app(self) -> None:
        """The broker goes down, its connections with it; the Erlang node stays."""
        # This handler, when it ends last, waits 5 s for answers from what has ended before it.
        self.evaluate("gen_event:delete_handler(rabbit_event, rabbit_mgmt_db_handler, [])")
        self.evaluate("rabbit:stop()")

    def start_app(self) -> None:
        """The broker comes up again and listens on the same ports."""
        self.evaluate("rabbit:start()")

    def restart_app(self) -> None:
        """Down and up again: durable queues and persistent messages stay."""
        self.stop_app()
        self.start_app()

    def kill_and_start(self) -> None:
        """As after kill -9: the node is frozen, what it has written by then is put in its place, and it starts on that; 10 s."""
        process = int(self.evaluate("os:getpid()").strip('"'))
        os.kill(process, signal.SIGSTOP)
        copy = self.folder.with_name(f"{self.folder.name}-copy")
        subprocess.run(["cp", "-a", str(self.folder), str(copy)], check=True)
        os.kill(process, signal.SIGKILL)
        self.close()
        copy.rename(self.folder)
        self._start()

    @contextmanager
    def disk_alarm(self) -> Iterator[None]:
        """Inside, less of the disk is free than there should be: publishing connections are blocked."""
        before = self.evaluate("rabbit_disk_monitor:get_disk_free_limit()")
        self.evaluate("rabbit_disk_monitor:set_disk_free_limit(900000000000000)")
        try:
            yield
        finally:
            self.evaluate(f"rabbit_disk_monitor:set_disk_free_limit({before})")

    @contextmanager
    def memory_alarm(self) -> Iterator[None]:
        """Inside, memory is above the watermark: publishing connections are blocked."""
        before = self.evaluate("vm_memory_monitor:get_vm_memory_high_watermark()")
        self._watermark("0.00001")
        try:
            yield
        finally:
            self._watermark(before)

    @contextmanager
    def ack_timeout(self, seconds: float, tick: float = 0.1) -> Iterator[None]:
        """Channels opened inside are closed when a delivery is unacked for so long; looked at every `tick`."""
        timeout, interval = int(seconds * 1000), int(tick * 1000)
        with self.environment(consumer_timeout=timeout, channel_tick_interval=interval):
            yield

    @contextmanager
    def environment(self, **settings: int | str) -> Iterator[None]:
        """Inside, the application `rabbit` has these settings, given as Erlang terms."""
        before = {key: self.evaluate(f"application:get_env(rabbit, {key})") for key in settings}
        for key, value in settings.items():
            self.evaluate(f"application:set_env(rabbit, {key}, {value})")
        try:
            yield
        finally:
            for key, value in before.items():
                self.evaluate(_restoring(key, value))

    # -- how it is started ------------------------------------------------------------------

    def _prepare(self) -> None:
        config = {
            "listeners.tcp.1": f"{HOST}:{self.port}",
            "management.tcp.ip": HOST,
            "management.tcp.port": str(self.management_port),
            "disk_free_limit.absolute": "1MB",
        } | {key.replace("__", "."): value for key, value in self._config.items()}
        lines = "".join(f"{key} = {value}\n" for key, value in config.items())
        (self.folder / "rabbitmq.conf").write_text(lines)
        (self.folder / "plugins").write_text(f"[{','.join(self._plugins)}].\n")
        (self.folder / "env.conf").write_text("")
        cookie = self.folder / ".erlang.cookie"
        cookie.write_text(COOKIE)
        cookie.chmod(0o400)
        if self._user:
            for path in (self.folder, *self.folder.iterdir()):
                shutil.chown(path, self._user, self._user)

    def _environment(self) -> dict[str, str]:
        folder = self.folder
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self.epmd_port),
            "ERL_EPMD_ADDRESS": HOST,
            "RABBITMQ_NODENAME": self.name,
            "RABBITMQ_DIST_PORT": str(self.dist_port),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "env.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            # Without "allow input" a shell stands between the guard and the node it has to kill.
            "RABBITMQ_ALLOW_INPUT": "true",
            "RABBITMQ_SERVER_START_ARGS": "-noinput",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": ERLANG,
            "RABBITMQ_CTL_ERL_ARGS": ERLANG,
        }

    def _start(self) -> None:
        self._guard = subprocess.Popen(
            [sys.executable, str(GUARD), str(self.folder), self._user],
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._guard.stdin
        epmd = ["epmd", "-port", str(self.epmd_port), "-address", HOST]
        commands = [epmd, [str(SCRIPTS / "rabbitmq-server")]]
        self._guard.stdin.write(json.dumps(commands).encode() + b"\n")
        self._guard.stdin.flush()
        self._await_banner()
        self.evaluate(BOOTED)

    def _await_banner(self) -> None:
        """Reads what the node prints until it says that it is complete."""
        assert self._guard.stdout
        output, said = self._guard.stdout.fileno(), b""
        deadline = time.monotonic() + START_TIMEOUT
        while b"completed with" not in said:
            left = max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([output], [], [], left)
            piece = os.read(output, 65536) if ready else b""
            if not piece:
                self.close()
                raise NodeError(f"RabbitMQ did not start:\n{said.decode()}")
            said += piece

    def _watermark(self, fraction: str) -> None:
        self.evaluate(f"vm_memory_monitor:set_vm_memory_high_watermark({fraction})")

    def _run(self, command: list[str], text: str) -> str:
        done = subprocess.run(
            command,
            input=text,
            env=self._environment(),
            user=self._user or None,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            raise NodeError(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout.strip()


def fast_statistics() -> dict[str, str]:
    """Settings with which the management API's numbers move within a second, in place of RabbitMQ's five."""
    lists = {f"management__sample_retention_policies__{each}__minute": "1" for each in ("global", "basic", "detailed")}
    return {"collect_statistics_interval": "500", **lists}


def free_ports(count: int) -> list[int]:
    """So many ports of the loopback interface that nobody listened on a moment ago."""
    sockets = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _restoring(key: str, before: str) -> str:
    """The expression that undoes a set_env, from what get_env had answered."""
    if before == "undefined":
        return f"application:unset_env(rabbit, {key})"
    value = before.removeprefix("{ok,").removesuffix("}")
    return f"application:set_env(rabbit, {key}, {value})"
