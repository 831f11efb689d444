"""The fixture `peer`: one broker for one case, in each of the ways."""

from collections.abc import Iterator

import pytest

from tests.conformance.client import Peer
from tests.conformance.in_process import EnginePeer
from tests.conformance.pika_peer import PikaPeer
from tests.conformance.rabbitmq_server import RabbitServer
from tests.rabbitmq_node import Node

WAYS = ("engine", pytest.param("rabbitmq", marks=pytest.mark.rabbitmq))


@pytest.fixture(params=WAYS)
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    """A broker nobody used before, reached in the way of the parameter."""
    if request.param == "engine":
        yield EnginePeer()
        return
    node: Node = request.getfixturevalue("rabbitmq")
    with node.vhost() as vhost:
        peer = PikaPeer(RabbitServer(vhost))
        try:
            yield peer
        finally:
            peer.shut()
