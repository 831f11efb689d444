"""The private node itself: it works, only loopback hears it, and nothing of it stays."""

import os
import select
import socket
import subprocess
import sys
from pathlib import Path

import pika
import pytest
from pika.exceptions import ChannelClosedByBroker, ConnectionClosedByBroker

from tests.rabbitmq_node import HOST, Node, NodeError, Vhost, is_installed

LISTEN = "0A"
LOOPBACK = {"0100007F", "00000000000000000000000001000000"}
GUARD_EPMD_AND_NODE = 3
INSTALLED = pytest.mark.skipif(not is_installed(), reason="rabbitmq-server is not installed")


def test_a_message_goes_through_the_node(rabbitmq_vhost: Vhost) -> None:
    with pika.BlockingConnection(rabbitmq_vhost.parameters()) as connection:
        channel = connection.channel()
        channel.queue_declare("jobs")
        channel.basic_publish("", "jobs", b"a job")
        assert channel.basic_get("jobs", auto_ack=True)[2] == b"a job"


def test_a_vhost_is_new_and_gone_afterwards(rabbitmq: Node) -> None:
    with rabbitmq.vhost() as vhost:
        assert vhost.api("GET", "/api/queues/{vhost}") == []
        vhost.api("PUT", "/api/queues/{vhost}/jobs", {"durable": True})
    with pytest.raises(NodeError, match="404"):
        vhost.api("GET", "/api/queues/{vhost}")


def test_only_the_loopback_interface_hears_the_node(rabbitmq: Node) -> None:
    addresses = _listening_addresses()
    for port in (rabbitmq.port, rabbitmq.management_port, rabbitmq.dist_port, rabbitmq.epmd_port):
        assert addresses[port] <= LOOPBACK


def test_durable_messages_survive_a_restart_of_the_app(rabbitmq_vhost: Vhost) -> None:
    connection = pika.BlockingConnection(rabbitmq_vhost.parameters())
    channel = connection.channel()
    channel.queue_declare("kept", durable=True)
    channel.confirm_delivery()
    channel.basic_publish("", "kept", b"1", pika.BasicProperties(delivery_mode=2))
    rabbitmq_vhost.node.restart_app()
    with pytest.raises(ConnectionClosedByBroker):
        connection.process_data_events()
    with pika.BlockingConnection(rabbitmq_vhost.parameters()) as again:
        assert again.channel().queue_declare("kept", passive=True).method.message_count == 1


def test_a_memory_alarm_blocks_a_publisher_and_ends(rabbitmq_vhost: Vhost) -> None:
    heard: list[str] = []
    with pika.BlockingConnection(rabbitmq_vhost.parameters()) as connection:
        connection.add_on_connection_blocked_callback(lambda *_: heard.append("blocked"))
        connection.add_on_connection_unblocked_callback(lambda *_: heard.append("unblocked"))
        channel = connection.channel()
        with rabbitmq_vhost.node.memory_alarm():
            channel.basic_publish("", "nowhere", b"")
            while not heard:
                connection.process_data_events(time_limit=30)
        while len(heard) < 2:
            connection.process_data_events(time_limit=30)
    assert heard == ["blocked", "unblocked"]


def test_an_ack_timeout_closes_the_channel_and_is_put_back(rabbitmq_vhost: Vhost) -> None:
    node = rabbitmq_vhost.node
    before = node.evaluate("application:get_env(rabbit, consumer_timeout)")
    with pika.BlockingConnection(rabbitmq_vhost.parameters()) as connection, node.ack_timeout(0.1):
        channel = connection.channel()
        channel.queue_declare("jobs")
        channel.basic_publish("", "jobs", b"")
        with pytest.raises(ChannelClosedByBroker, match="delivery acknowledgement"):
            for _ in channel.consume("jobs"):
                pass
    assert node.evaluate("application:get_env(rabbit, consumer_timeout)") == before


def test_a_setting_that_was_not_there_is_gone_again(rabbitmq: Node) -> None:
    with rabbitmq.environment(mqviz_trial=7):
        assert rabbitmq.evaluate("application:get_env(rabbit, mqviz_trial)") == "{ok, 7}"
    assert rabbitmq.evaluate("application:get_env(rabbit, mqviz_trial)") == "undefined"


def test_rabbitmqctl_talks_to_the_node(rabbitmq_vhost: Vhost) -> None:
    assert rabbitmq_vhost.name in rabbitmq_vhost.node.ctl("list_vhosts").split()


def test_what_the_node_refuses_is_told(rabbitmq: Node) -> None:
    with pytest.raises(NodeError, match="no_such_module"):
        rabbitmq.evaluate("no_such_module:f()")
    with pytest.raises(NodeError):
        rabbitmq.ctl("no_such_command")


@pytest.mark.rabbitmq
@INSTALLED
def test_nothing_is_left_of_a_node() -> None:
    with Node(channel_max="7") as node:
        assert node.evaluate("application:get_env(rabbit, channel_max)") == "{ok, 7}"
        ends = _ends_of_processes(node.folder)
    _await_all(ends)
    assert not node.folder.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, node.port))


@pytest.mark.rabbitmq
@INSTALLED
def test_a_node_does_not_outlive_a_killed_test_run() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", HOLD_A_NODE],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with run:
        assert run.stdout
        folder = Path(run.stdout.readline().strip())
        ends = _ends_of_processes(folder)
        run.kill()
    _await_all(ends)
    assert not folder.exists()


HOLD_A_NODE = """
from tests.rabbitmq_node import Node
with Node() as node:
    print(node.folder, flush=True)
    input()
"""


def _listening_addresses() -> dict[int, set[str]]:
    """Local addresses that listen, by port, as the kernel writes them."""
    found: dict[int, set[str]] = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, port = local.split(":")
            if state == LISTEN:
                found.setdefault(int(port, 16), set()).add(address)
    return found


def _ends_of_processes(folder: Path) -> list[int]:
    """One handle, readable once it has ended, for each process of the node in `folder`."""
    ends = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
        except (PermissionError, ProcessLookupError, FileNotFoundError):
            continue
        if f"HOME={folder}\0".encode() in environment:
            ends.append(os.pidfd_open(int(process.name)))
    assert len(ends) >= GUARD_EPMD_AND_NODE
    return ends


def _await_all(ends: list[int]) -> None:
    for end in ends:
        assert select.select([end], [], [], 30)[0], "a process of the node is still running"
        os.close(end)
