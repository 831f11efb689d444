"""Frames taken apart: every byte has its field, every method its words, a password is never shown, and rubbish harms nobody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mqviz.model.amqp import Properties
from mqviz.model.frames import BODY, HEADER, HEARTBEAT, PROTOCOL, Part
from mqviz.wire import frames, handshake, methods, properties
from mqviz.wire.anatomy import dissect, encode, masked

VALUES: dict[str, Any] = {"shortstr": "name", "longstr": b"bytes", "table": {"x-max-length": 10}, "bit": True}


def told(parts: tuple[Part, ...]) -> dict[str, str]:
    return {part.name: part.value for part in parts}


@pytest.mark.parametrize("method", sorted(methods.BY_NAME))
def test_every_byte_of_every_method_belongs_to_a_field(method: str) -> None:
    layout = methods.BY_NAME[method]
    raw = encode(method, 3, {name: VALUES.get(kind, 7) for name, kind in layout.fields})
    channel, name, parts = dissect(raw)
    owned = {place for part in parts for place in range(part.begin, part.end)}
    assert (channel, name) == (3 if channel else 0, method)
    assert owned == set(range(len(raw))) and len(parts) == len(layout.fields) + 6


def test_bits_that_share_a_byte_are_told_apart() -> None:
    parts = told(dissect(encode("queue.declare", 1, {"queue": "work", "durable": True, "nowait": True}))[2])
    assert (parts["passive"], parts["durable"], parts["exclusive"], parts["nowait"]) == ("false", "true", "false", "true")


def test_a_content_header_tells_its_properties() -> None:
    raw = frames.content(1, properties.write(Properties(delivery_mode=2, headers={"kind": "a"}, app_id="shop")), 12_000)
    channel, name, parts = dissect(raw)
    found = told(parts)
    assert (channel, name) == (1, HEADER)
    assert (found["body-size"], found["delivery-mode"], found["headers"], found["app-id"]) == ("12,000", "2", "{kind: a}", "shop")
    assert {place for part in parts for place in range(part.begin, part.end)} == set(range(len(raw)))


def test_what_is_no_method() -> None:
    assert dissect(handshake.PROTOCOL)[1] == PROTOCOL
    assert told(dissect(handshake.PROTOCOL)[2])["version"] == "0-9-1"
    assert dissect(frames.HEARTBEAT)[1] == HEARTBEAT
    assert dissect(b"".join(frames.bodies(5, b"hello", 100)))[:2] == (5, BODY)


def test_a_password_is_never_shown() -> None:
    raw = encode("connection.start-ok", 0, {"mechanism": "PLAIN", "response": b"\0guest\0secret", "locale": "en_US"})
    blotted = masked(raw)
    assert b"secret" not in blotted and len(blotted) == len(raw)
    assert told(dissect(raw)[2])["response"] == told(dissect(blotted)[2])["response"] == "•••"
    assert masked(encode("queue.declare", 1, {})) == encode("queue.declare", 1, {})


@given(st.binary(min_size=8, max_size=200))
def test_any_bytes_can_be_looked_at(raw: bytes) -> None:
    for head in (b"", b"\x01\x00\x01", b"\x02\x00\x01", b"\x03\x00\x01", b"\x01\x00\x00\x00\x00\x00\x20\x00\x0a\x00\x0b"):
        _, _, parts = dissect(masked(head + raw))
        assert all(0 <= part.begin <= part.end <= len(head + raw) for part in parts)
