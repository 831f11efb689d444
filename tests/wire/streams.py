"""Byte streams that a client might send: conversations of valid frames, and what is left of them when some bytes are changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from pamqp import commands as amqp

from tests.wire.talk import EMPTY, HELLO, content, method, publish, raw_frame

QUEUES = ("q", "other", "")
EXCHANGES = ("", "", "", "amq.direct", "amq.fanout", "amq.headers", "missing")
HEADERS: dict[str, Any] = {"a": 1, "b": [True, None, "x"], "c": {"d": 2.5}, "CC": ["other"]}
PROPERTIES = (
    EMPTY,
    amqp.Basic.Properties(headers=HEADERS, delivery_mode=2, message_id="m"),
    amqp.Basic.Properties(expiration="60000", correlation_id="c", reply_to="r"),
)

queues, exchanges, numbers = st.sampled_from(QUEUES), st.sampled_from(EXCHANGES), st.sampled_from((1, 1, 1, 2))
flags, tags = st.booleans(), st.integers(0, 6)


def _methods(channel: int) -> st.SearchStrategy[bytes]:
    """Any method that a client may say on a channel."""
    made = st.one_of(
        st.builds(amqp.Queue.Declare, queue=queues, passive=flags, auto_delete=flags, nowait=flags),
        st.builds(amqp.Queue.Bind, queue=queues, exchange=exchanges, routing_key=queues),
        st.builds(amqp.Queue.Purge, queue=queues),
        st.builds(amqp.Queue.Delete, queue=queues, if_unused=flags, if_empty=flags),
        st.builds(amqp.Basic.Consume, queue=queues, consumer_tag=st.sampled_from(("", "t", "u")), no_ack=flags),
        st.builds(amqp.Basic.Cancel, consumer_tag=st.sampled_from(("t", "u"))),
        st.builds(amqp.Basic.Get, queue=queues, no_ack=flags),
        st.builds(amqp.Basic.Ack, delivery_tag=tags, multiple=flags),
        st.builds(amqp.Basic.Nack, delivery_tag=tags, multiple=flags, requeue=flags),
        st.builds(amqp.Basic.Reject, delivery_tag=tags, requeue=flags),
        st.builds(amqp.Basic.Qos, prefetch_count=st.integers(0, 3), global_=flags),
        st.sampled_from(
            (
                amqp.Confirm.Select(),
                amqp.Tx.Select(),
                amqp.Tx.Commit(),
                amqp.Tx.Rollback(),
                amqp.Basic.Recover(True),
                amqp.Channel.Flow(True),
                amqp.Channel.Close(200, "", 0, 0),
                amqp.Channel.CloseOk(),
                amqp.Channel.Open(),
            )
        ),
    )
    return made.map(lambda what: method(channel, what))


def _in_pieces(channel: int, exchange: str, queue: str, body: bytes, properties: Any, cut: int) -> bytes:
    """A message whose body comes in two frames."""
    begin = method(channel, amqp.Basic.Publish(exchange=exchange, routing_key=queue)) + content(channel, len(body), properties)
    return begin + b"".join(raw_frame(3, channel, piece) for piece in (body[:cut], body[cut:]) if piece)


bodies, properties = st.binary(max_size=40), st.sampled_from(PROPERTIES)
frames = st.one_of(
    numbers.flatmap(_methods),
    st.builds(publish, numbers, queues, bodies, properties, exchanges, mandatory=flags),
    st.builds(publish, st.just(1), st.just("q"), bodies),
    st.builds(_in_pieces, numbers, exchanges, queues, bodies, properties, st.integers(0, 40)),
    st.just(raw_frame(8, 0, b"")),
)
BEGINNING = b"".join(
    method(1, what)
    for what in (amqp.Channel.Open(), amqp.Queue.Declare(queue="q"), amqp.Queue.Declare(queue="other"), amqp.Basic.Qos(prefetch_count=5))
)
"""Channel 1 with two queues."""

conversations = st.tuples(st.booleans(), st.lists(frames, max_size=25)).map(
    lambda drawn: [HELLO, BEGINNING, method(1, amqp.Confirm.Select()) if drawn[0] else b"", *drawn[1]]
)
"""Handshake, channel 1, and then anything."""


def _samples() -> Iterator[bytes]:
    for arguments in ({}, {"x-max-length": 3}, {"x-message-ttl": -1000}):
        yield method(1, amqp.Queue.Declare(queue="new", arguments=arguments))
    for exchange in ("amq.direct", "amq.headers", "missing"):
        yield method(1, amqp.Queue.Bind(queue="q", exchange=exchange, routing_key="q", arguments=HEADERS))
    for no_ack in (False, True):
        yield method(1, amqp.Basic.Consume(queue="q", no_ack=no_ack, arguments=HEADERS))
        yield method(1, amqp.Basic.Get(queue="q", no_ack=no_ack))
        for tag in range(3):
            yield method(1, amqp.Basic.Ack(tag, no_ack))
            yield method(1, amqp.Basic.Nack(tag, no_ack, tag > 1))
    for what in (amqp.Confirm.Select(), amqp.Tx.Select(), amqp.Tx.Commit(), amqp.Basic.Recover(True), amqp.Channel.CloseOk()):
        yield method(1, what)
    for size in (0, 1, 200):
        for each in PROPERTIES:
            for exchange in ("", "", "amq.direct", "amq.fanout", "amq.headers"):
                yield publish(1, "q", b"x" * size, each, exchange, mandatory=True)
            yield _in_pieces(1, "", "q", b"x" * 40, each, 7)
    yield raw_frame(8, 0, b"")
    yield method(0, amqp.Connection.UpdateSecret("a", "b"))


SAMPLES = list(_samples())
"""Frames to choose from, by luck that can be repeated."""


def sampled(luck: random.Random, count: int) -> list[bytes]:
    """A conversation of so many of them, after handshake and two queues, one of them consumed from."""
    return [HELLO, BEGINNING, method(1, amqp.Basic.Consume(queue="q", consumer_tag="t")), *luck.choices(SAMPLES, k=count)]


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """The same bytes in pieces."""
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[begin:end] for begin, end in pairwise(edges) if begin < end]


def mutated(data: bytes, luck: random.Random) -> bytes:
    """With one to three of its places changed: a byte flipped, some left out, doubled, or put in."""
    changed = bytearray(data)
    for _ in range(luck.randint(1, 3)):
        place = luck.randrange(len(changed) or 1)
        size = luck.choice((1, 1, 1, 2, 4, 8, 30))
        how = luck.randrange(5)
        if how == 0 and changed:
            changed[place] ^= 1 << luck.randrange(8)
        elif how == 1 and changed:
            changed[place] = luck.choice((0, 1, 0x7F, 0x80, 0xFF, 0xCE))
        elif how == 2:
            del changed[place : place + size]
        elif how == 3:
            changed[place:place] = changed[place : place + size]
        else:
            changed[place:place] = luck.randbytes(size)
    return bytes(changed)
