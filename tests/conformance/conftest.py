"""The fixture `peer`: one broker for one case, in each of the ways."""

from collections.abc import Iterator

import pytest

from tests.conformance.client import Peer
from tests.conformance.in_process import EnginePeer
from tests.conformance.pika_peer import PikaPeer, Server
from tests.conformance.rabbitmq_server import RabbitServer
from tests.conformance.wire_server import WireServer
from tests.rabbitmq_node import Node

WAYS = ("engine", "port", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq))


@pytest.fixture(params=WAYS)
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    """A broker nobody used before, reached in the way of the parameter."""
    if request.param == "engine":
        yield EnginePeer()
    elif request.param == "port":
        port = WireServer()
        yield from _by_pika(port)
        port.close()
    else:
        node: Node = request.getfixturevalue("rabbitmq")
        with node.vhost() as vhost:
            yield from _by_pika(RabbitServer(vhost))


def _by_pika(server: Server) -> Iterator[Peer]:
    peer = PikaPeer(server)
    try:
        yield peer
    finally:
        peer.shut()
