"""Streams of bytes, cut and glued anywhere, right and wrong: the same result, no crash, no hang, nothing that grows."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.streams import bodies, conversations, cut, mutated, sampled
from tests.wire.talk import HELLO, IN, Talk, publish

MOST_HELD = 1 << 18
"""Two frames: one that is coming in, and what is written in a turn."""


@given(conversations, st.lists(st.integers(0, 100_000), max_size=12))
def test_wherever_it_is_cut_the_answer_is_the_same(said: list[bytes], places: list[int]) -> None:
    data = b"".join(said)
    whole, pieces = Talk(), Talk()
    assert pieces.say(*cut(data, places)) == whole.say(data)
    assert pieces.broker.messages == whole.broker.messages
    assert pieces.broker.copies == whole.broker.copies


@given(conversations)
def test_byte_by_byte_it_is_the_same(said: list[bytes]) -> None:
    data = b"".join(said)
    assert Talk().say(*(bytes([each]) for each in data)) == Talk().say(data)


@given(st.lists(bodies, max_size=10), st.lists(st.integers(0, 5_000), max_size=6))
def test_nothing_is_lost_between_reads(sent: list[bytes], places: list[int]) -> None:
    talk = Talk()
    talk.connection.receive(IN)
    talk.broker.connections["client"].channel(2).declare_queue("q")
    for piece in cut(b"".join(publish(1, "q", each) for each in sent), places):
        talk.connection.receive(piece)
    assert [copy.message.body for copy in talk.broker.peek("q", 20)] == sent


def endure(said: list[bytes], seed: int) -> None:
    """Say something mutated, in pieces; the broker must stand, and another client must not notice."""
    luck = random.Random(seed)
    talk = Talk()
    beside = Talk(beside=talk)
    beside.say(HELLO)
    mutation = mutated(b"".join(said[1:]), luck)
    data = HELLO + mutation if luck.random() < 0.8 else mutated(HELLO, luck) + mutation
    begun = time.perf_counter()
    for piece in cut(data, [luck.randrange(len(data)) for _ in range(luck.randrange(4))]):
        talk.connection.receive(piece)
        assert talk.connection.held < MOST_HELD
        talk.take()
    talk.pass_time(14.0)
    assert time.perf_counter() - begun < 2.0
    assert talk.broker.memory <= len(data)
    assert beside.connection.engine is not None and beside.connection.engine.is_open
    talk.connection.lost()
    assert set(talk.broker.connections) == {beside.connection.name}


@given(conversations, st.integers(0, 1 << 32))
def test_mutated_frames_do_no_harm(said: list[bytes], seed: int) -> None:
    endure(said, seed)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_million_mutated_frames_do_no_harm() -> None:
    """Conversations of 25 frames each, each mutated in its own way; with fixed seeds, so that a failure can be looked at."""
    luck = random.Random(0)
    for number in range(1_000_000 // 25):
        endure(sampled(luck, 25), number)
