"""What a case may ask of a broker, whichever way it is reached.

The cases of this folder are plain functions that take `peer`, a fresh broker (or a fresh virtual host of one), and
speak AMQP to it in the words below. What they expect was read off a RabbitMQ 3.10.8; where a docstring tells
a fact that no documentation has, it was found by such a run. The same function with the same expectation
runs in each of the ways that conftest.py lists:

    engine      in process on mqviz.engine, with virtual time                (in_process.py)
    port        by pika through our own AMQP port, on real sockets           (pika_peer.py over wire_server.py)
    rabbitmq    by pika on a private RabbitMQ node that the tests start      (pika_peer.py over rabbitmq_server.py)

To add a way: write a `Peer`. For another AMQP server that is a `Server` (pika_peer.py: where to connect, and the six
things that are not AMQP: policies, alarms, restart ...), handed to `PikaPeer`; then name it in `WAYS` of conftest.py
and build it in the fixture `peer` there. No case changes.

test_conversations.py holds random conversations with both at once (`--long`): where they differ, a case is missing here.

To add a case: a function marked `@success("noun")` or `@error("noun")`, the noun out of nouns.py. See what RabbitMQ does
(`pytest tests/conformance -k "my_case and rabbitmq"`), write that down, then run it in process.
`python -m tests.conformance.nouns` counts the cases of each noun.

Rules of the game, so that one expectation can hold for a program that answers at once and for one that
answers when it comes to it: synchronous verbs raise `RefusedError`; publish, ack, nack and reject never raise, what
comes of them is asked afterwards. `deliveries(n)`, `answers(n)`, `take`, `await_ready`, `closed()` and the like wait
for what must come. `peer.let_pass` is for timers only: in process it turns the clock, elsewhere it really waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple, Protocol, TypeVar

from mqviz.model.amqp import NO_PROPERTIES, Arguments, PolicySpec, Properties, ReplyCode

A = TypeVar("A")


Verbs = dict[str, Callable[[], object]]
"""Several things to do, one of which a row of a table names."""


class Refused(NamedTuple):
    """Why the broker closed a channel or a connection; names of virtual hosts are all `/` in the text."""

    scope: str
    code: int
    text: str


class RefusedError(Exception):
    """A synchronous verb was not answered, but its channel or connection closed."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.refused = refused


class QueueOk(NamedTuple):
    """Answer to queue.declare."""

    name: str
    messages: int
    consumers: int


class Delivery(NamedTuple):
    """A basic.deliver."""

    consumer_tag: str
    delivery_tag: int
    redelivered: bool
    exchange: str
    routing_key: str
    properties: Properties
    body: bytes


class Got(NamedTuple):
    """A basic.get-ok; `messages` are those left in the queue."""

    delivery_tag: int
    redelivered: bool
    exchange: str
    routing_key: str
    messages: int
    properties: Properties
    body: bytes


class Returned(NamedTuple):
    """A basic.return."""

    code: int
    text: str
    exchange: str
    routing_key: str
    properties: Properties
    body: bytes


class Confirm(NamedTuple):
    """The broker's word on one publish; an answer for several at once comes as one of these for each."""

    delivery_tag: int
    ack: bool


Heard = Delivery | Returned | Confirm | str
"""What a channel hears unasked."""


class Chan(Protocol):
    """A channel. Signatures are those of mqviz.engine's Channel."""

    @property
    def conn(self) -> Conn:
        """The connection it is of."""

    def declare_exchange(
        self,
        name: str,
        type: str = "direct",
        *,
        passive: bool = False,
        durable: bool = False,
        auto_delete: bool = False,
        internal: bool = False,
        arguments: Arguments | None = None,
    ) -> None: ...

    def delete_exchange(self, name: str, if_unused: bool = False) -> None: ...

    def bind_exchange(self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None) -> None: ...

    def unbind_exchange(self, destination: str, source: str, routing_key: str = "", arguments: Arguments | None = None) -> None: ...

    def declare_queue(
        self,
        name: str = "",
        *,
        passive: bool = False,
        durable: bool = False,
        exclusive: bool = False,
        auto_delete: bool = False,
        arguments: Arguments | None = None,
    ) -> QueueOk: ...

    def delete_queue(self, name: str, *, if_unused: bool = False, if_empty: bool = False) -> int: ...

    def purge(self, name: str) -> int: ...

    def bind(self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None) -> None: ...

    def unbind(self, queue: str, exchange: str, routing_key: str = "", arguments: Arguments | None = None) -> None: ...

    def publish(
        self,
        exchange: str,
        routing_key: str,
        body: bytes = b"",
        properties: Properties = NO_PROPERTIES,
        *,
        mandatory: bool = False,
        immediate: bool = False,
    ) -> None: ...

    def consume(
        self,
        queue: str,
        consumer_tag: str = "",
        *,
        no_local: bool = False,
        no_ack: bool = False,
        exclusive: bool = False,
        arguments: Arguments | None = None,
    ) -> str: ...

    def cancel(self, consumer_tag: str) -> None: ...

    def get(self, queue: str, no_ack: bool = False) -> Got | None: ...

    def ack(self, delivery_tag: int, multiple: bool = False) -> None: ...

    def nack(self, delivery_tag: int, multiple: bool = False, requeue: bool = True) -> None: ...

    def reject(self, delivery_tag: int, requeue: bool = True) -> None: ...

    def recover(self, requeue: bool = True) -> None: ...

    def qos(self, prefetch_count: int, global_: bool = False, prefetch_size: int = 0) -> None: ...

    def flow(self, active: bool) -> None: ...

    def confirm_select(self) -> None: ...

    def tx_select(self) -> None: ...

    def tx_commit(self) -> None: ...

    def tx_rollback(self) -> None: ...

    def close(self) -> None: ...

    def deliveries(self, count: int, *, more: bool = False) -> list[Delivery]:
        """The next so many deliveries, taken away; fails where others follow, unless `more` may."""

    def answers(self, count: int) -> list[Returned | Confirm]:
        """The next so many returns and confirms in the order heard, taken away; fails where others follow."""

    def cancelled(self, count: int) -> list[str]:
        """Tags of so many consumers that the broker cancelled, taken away; fails where others follow."""

    def so_far(self) -> list[Heard]:
        """All that was heard and not taken yet: deliveries, then returns and confirms, then tags of cancelled consumers."""

    def closed(self) -> Refused:
        """Waits until the broker closes the channel, or its connection; says why."""

    def take(self, queue: str) -> Got:
        """Waits for a message in the queue and gets it, acknowledged."""

    def await_ready(self, queue: str, count: int) -> None:
        """Waits until the queue has exactly so many ready messages."""

    def await_gone(self, queue: str) -> None:
        """Waits until the queue does not exist; asked on other channels, so that this one stays open."""


class Conn(Protocol):
    """A connection as user guest."""

    def channel(self, number: int | None = None) -> Chan:
        """A new channel, of this number if one is given."""

    def close(self) -> None:
        """Closes it in good order."""

    def cut(self) -> None:
        """Loses the network under it: no word of goodbye."""

    def closed(self) -> Refused:
        """Waits until the broker closes the connection; says why."""

    def is_open(self) -> bool:
        """Whether nobody has closed it."""

    def blocks(self, count: int) -> list[str]:
        """Waits for so many of connection.blocked (its reason) and unblocked (empty text), taken away."""


class Peer(Protocol):
    """A broker nobody used before."""

    def connect(self, *, without: Sequence[str] = ()) -> Conn:
        """A connection whose client lacks these capabilities (`consumer_cancel_notify`, `connection.blocked` ...)."""

    def let_pass(self, seconds: float) -> None:
        """Time goes by."""

    def restart(self) -> None:
        """The broker goes down in good order and comes up again; all connections are closed."""

    def set_policy(self, policy: PolicySpec) -> None:
        """Sets or replaces a policy."""

    def delete_policy(self, name: str) -> None:
        """Deletes a policy."""

    def close_connection(self, conn: Conn, reason: str) -> None:
        """The operator closes a connection."""

    def memory_alarm(self) -> AbstractContextManager[None]:
        """Inside, the broker's memory is above the watermark."""

    def ack_timeout(self, seconds: float) -> AbstractContextManager[None]:
        """Connections made inside must acknowledge within so many seconds."""


@contextmanager
def refused(chan: Chan, scope: str, code: int, text: str) -> Iterator[None]:
    """What is done inside on this channel is answered by closing the `scope`, with this code and text."""
    try:
        yield
    except RefusedError as raised:
        heard = raised.refused
    else:
        heard = chan.closed()
    assert heard == Refused(scope, code, text), heard
    if scope == "channel":
        chan.conn.channel().close()
    else:
        assert chan.conn.closed() == heard


def all_of(heard: list[A], count: int | None = None) -> list[A]:
    """Takes away all that was heard, which must be so many if a number is given."""
    taken = heard[:]
    heard.clear()
    assert count is None or len(taken) == count, taken
    return taken


def bodies(messages: Sequence[Delivery | Got]) -> list[str]:
    """Their bodies as text."""
    return [message.body.decode() for message in messages]


def per_tag(deliveries: list[Delivery]) -> dict[str, list[str]]:
    """Bodies by consumer tag, in order."""
    found: dict[str, list[str]] = {}
    for each in deliveries:
        found.setdefault(each.consumer_tag, []).append(each.body.decode())
    return found


def publish_each(chan: Chan, queue: str, texts: str, properties: Properties = NO_PROPERTIES) -> None:
    """Publishes to the queue a message for each word of `texts`."""
    for text in texts.split():
        chan.publish("", queue, text.encode(), properties)


def drain(chan: Chan, queue: str) -> list[str]:
    """Gets and acknowledges all that is ready now; the bodies in order."""
    found = []
    while (got := chan.get(queue, no_ack=True)) is not None:
        found.append(got.body.decode())
    return found


def connect_channel(peer: Peer) -> Chan:
    """A channel on a connection of its own."""
    return peer.connect().channel()


def has_queue(chan: Chan, queue: str) -> bool:
    """Whether there is such a queue; asked on another channel, so that this one stays open."""
    return _exists(chan, lambda other: other.declare_queue(queue, passive=True))


def has_exchange(chan: Chan, exchange: str) -> bool:
    """Whether there is such an exchange; asked on another channel, so that this one stays open."""
    return _exists(chan, lambda other: other.declare_exchange(exchange, passive=True))


def _exists(chan: Chan, ask: Callable[[Chan], object]) -> bool:
    other = chan.conn.channel()
    try:
        ask(other)
    except RefusedError as raised:
        if raised.refused.code != ReplyCode.NOT_FOUND:
            raise
        return False
    other.close()
    return True
