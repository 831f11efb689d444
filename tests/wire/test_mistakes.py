"""What a client may do wrong, and what it hears then: asked of our port and of RabbitMQ, with the same answer expected."""

import struct
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pamqp import commands as amqp

from tests.rabbitmq_node import Node
from tests.wire.talk import (
    HELLO,
    IN,
    OPEN_1,
    PROTOCOL,
    Heard,
    Talk,
    ask_server,
    content,
    method,
    opening,
    publish,
    raw_frame,
    start_ok,
    tune_ok,
    without_greeting,
)

PUBLISH = method(1, amqp.Basic.Publish(routing_key="q"))


def close(code: int, text: str, class_id: int = 0, method_id: int = 0) -> list[Any]:
    return [(0, "Connection.Close", {"reply_code": code, "reply_text": text, "class_id": class_id, "method_id": method_id})]


def close_channel(code: int, text: str, class_id: int = 0, method_id: int = 0) -> list[Any]:
    return [(1, "Channel.Close", {"reply_code": code, "reply_text": text, "class_id": class_id, "method_id": method_id})]


def unexpected(text: str, *ids: int) -> list[Any]:
    return close(505, f"UNEXPECTED_FRAME - {text}", *ids)


def frame_error(text: str, *ids: int) -> list[Any]:
    return close(501, f"FRAME_ERROR - {text}", *ids)


NO_HEADER = unexpected("expected content header for class 60, got non content header frame instead", 60, 40)
NO_BODY = unexpected("expected content body, got non content body frame instead", 60, 40)
NO_METHOD = unexpected("expected method frame, got non method frame instead")
UNIMPLEMENTED = "COMMAND_INVALID - unimplemented method"
NOT_NOW = "CHANNEL_ERROR - unexpected method in connection state running"
NOT_OPEN = "CHANNEL_ERROR - expected 'channel.open'"
SECOND = close(504, "CHANNEL_ERROR - second 'channel.open' seen", 20, 10)
INTERNAL = close(541, "INTERNAL_ERROR")
DECLARE = method(1, amqp.Queue.Declare(queue="a", exclusive=True))
MISSING = method(1, amqp.Queue.Declare(queue="missing", passive=True))
NO_QUEUE = close_channel(404, "NOT_FOUND - no queue 'missing' in vhost '/'", 50, 10)
CLOSE_OK = method(1, amqp.Channel.CloseOk())

CASES: dict[str, tuple[bytes, list[Any]]] = {
    "another protocol": (b"HTTP/1.1", [PROTOCOL, "EOF"]),
    "another version": (b"AMQP\0\0\x0a\x00", [PROTOCOL, "EOF"]),
    "AMQP 1.0": (b"AMQP\0\1\0\0", [PROTOCOL, "EOF"]),
    "wrong password": (
        PROTOCOL + start_ok("\0guest\0no"),
        close(403, "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile."),
    ),
    "no such virtual host": (PROTOCOL + start_ok() + tune_ok() + opening("no"), close(530, "NOT_ALLOWED - vhost no not found", 10, 40)),
    "a channel twice": (IN + OPEN_1, SECOND),
    "a method before the channel": (HELLO + DECLARE, close(504, NOT_OPEN, 50, 10)),
    "a message before the channel": (HELLO + publish(1, "q"), close(504, NOT_OPEN, 60, 40)),
    "close before the channel": (HELLO + method(1, amqp.Channel.Close(200, "", 0, 0)), close(504, NOT_OPEN, 20, 40)),
    "too many channels": (
        PROTOCOL + start_ok() + tune_ok(channels=2) + opening() + b"".join(method(each, amqp.Channel.Open()) for each in (1, 2, 3)),
        close(530, "NOT_ALLOWED - number of channels opened (2) has reached the negotiated channel_max (2)"),
    ),
    "a queue on channel 0": (HELLO + method(0, amqp.Queue.Declare(queue="a")), close(504, NOT_NOW, 50, 10)),
    "login again": (IN + start_ok(), close(504, NOT_NOW, 10, 11)),
    "close-ok unasked": (IN + method(0, amqp.Connection.CloseOk()), close(504, NOT_NOW, 10, 51)),
    "a connection's method on a channel": (IN + method(1, amqp.Connection.Open("/")), close(503, UNIMPLEMENTED, 10, 40)),
    "a server's method": (IN + method(1, amqp.Queue.DeclareOk("a", 1, 1)), close(503, UNIMPLEMENTED, 50, 11)),
    "channel.close-ok unasked": (IN + CLOSE_OK, close(503, UNIMPLEMENTED, 20, 41)),
    "a method too short": (IN + raw_frame(1, 1, struct.pack(">HHB", 60, 40, 0)), frame_error("cannot decode <<0>>", 60, 40)),
    "a method too long": (
        IN + raw_frame(1, 1, struct.pack(">HH", 60, 80) + bytes(12)),
        frame_error("cannot decode <<0,0,0,0,0,0,0,0,0,0,0,0>>", 60, 80),
    ),
    "a table too long": (
        IN + raw_frame(1, 1, struct.pack(">HHH", 50, 10, 0) + b"\1q\0" + struct.pack(">I", 500) + b"\1aZ12"),
        frame_error("cannot decode <<0,0,1,113,0,0,0,1,244,1,97,90,49,50>>", 50, 10),
    ),
    "a name that is no UTF-8": (
        IN + raw_frame(1, 1, struct.pack(">HHH", 50, 10, 0) + b"\2\xff\xfe\x08" + struct.pack(">I", 0)),
        frame_error("Malformed UTF-8 in shortstr"),
    ),
    "a method of nothing": (IN + raw_frame(1, 1, b""), frame_error("type 1, all octets = <<>>: unknown_frame")),
    "a frame of no known type": (IN + raw_frame(9, 1, b"abc"), frame_error('type 9, all octets = <<"abc">>: unknown_frame')),
    "a frame without its end": (
        IN + raw_frame(1, 1, struct.pack(">HHB", 20, 20, 1), b"\xcf"),
        frame_error("type 1, all octets = <<0,20,0,20,1>>: {invalid_frame_end_marker,207}"),
    ),
    "a frame too large": (
        IN + struct.pack(">BHI", 1, 1, 200000) + bytes(1000),
        frame_error("type 1, all octets = <<>>: {frame_too_large,200000,131064}"),
    ),
    "a heartbeat on a channel": (IN + raw_frame(8, 1, b""), unexpected("type 8, all octets = <<>>")),
    "a heartbeat with something in it": (IN + raw_frame(8, 0, b"abc"), frame_error('type 8, all octets = <<"abc">>: unknown_frame')),
    "a header alone": (IN + content(1, 4), NO_METHOD),
    "a body alone": (IN + raw_frame(3, 1, b"abc"), NO_METHOD),
    "a body for a header": (IN + PUBLISH + raw_frame(3, 1, b"abc"), NO_HEADER),
    "a method for a header": (IN + PUBLISH + DECLARE, NO_HEADER),
    "a method for a body": (IN + PUBLISH + content(1, 4) + DECLARE, NO_BODY),
    "a header for a body": (IN + PUBLISH + content(1, 4) * 2, NO_BODY),
    "a body too long": (IN + PUBLISH + content(1, 4) + raw_frame(3, 1, b"abcdef") + DECLARE, NO_BODY),
    "a header of another class": (
        IN + PUBLISH + raw_frame(2, 1, struct.pack(">HHQH", 50, 0, 4, 0)),
        unexpected("expected content header for class 60, got one for class 50 instead", 60, 40),
    ),
    "a header with weight": (IN + PUBLISH + raw_frame(2, 1, struct.pack(">HHQH", 60, 1, 4, 0)), NO_HEADER),
    "a header too short": (IN + PUBLISH + raw_frame(2, 1, b"abc"), frame_error('type 2, all octets = <<"abc">>: unknown_frame')),
    "properties too short": (IN + PUBLISH + raw_frame(2, 1, struct.pack(">HHQH", 60, 0, 0, 0x8000) + b"\x10abc"), INTERNAL),
    "headers of no known type": (
        IN + PUBLISH + raw_frame(2, 1, struct.pack(">HHQH", 60, 0, 0, 0x2000) + struct.pack(">I", 5) + b"\1aZ12"),
        INTERNAL,
    ),
    "an unknown delivery tag": (
        IN + method(1, amqp.Basic.Ack(7)),
        close_channel(406, "PRECONDITION_FAILED - unknown delivery tag 7", 60, 80),
    ),
    "no such exchange": (IN + publish(1, "q", exchange="no"), close_channel(404, "NOT_FOUND - no exchange 'no' in vhost '/'", 60, 40)),
    "immediate": (IN + publish(1, "q", immediate=True), close(540, "NOT_IMPLEMENTED - immediate=true", 60, 40)),
    "commit without transaction": (
        IN + method(1, amqp.Tx.Commit()),
        close_channel(406, "PRECONDITION_FAILED - channel is not transactional", 90, 20),
    ),
    "flow stopped": (IN + method(1, amqp.Channel.Flow(False)), close(540, "NOT_IMPLEMENTED - active=false", 20, 20)),
    "all is ignored on a channel that closes": (
        IN + MISSING + DECLARE + CLOSE_OK + OPEN_1 + DECLARE,
        [*NO_QUEUE, (1, "Queue.DeclareOk", {"queue": "a", "message_count": 0, "consumer_count": 0})],
    ),
    "closes that cross": (
        IN + MISSING + method(1, amqp.Channel.Close(200, "", 0, 0)) + CLOSE_OK + OPEN_1,
        [*NO_QUEUE, (1, "Channel.CloseOk", {})],
    ),
    "a channel opened before it was closed": (IN + MISSING + OPEN_1, [*NO_QUEUE, *SECOND]),
    "a secret": (IN + method(0, amqp.Connection.UpdateSecret("x", "y")), [(0, "Connection.UpdateSecretOk", {})]),
    "nobody waits": (
        IN
        + method(1, amqp.Queue.Declare(queue="nw", nowait=True, exclusive=True))
        + method(1, amqp.Basic.Consume(queue="nw", consumer_tag="t", nowait=True))
        + method(1, amqp.Basic.Cancel("t", nowait=True))
        + method(1, amqp.Queue.Delete(queue="nw", nowait=True)),
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_our_answer(name: str) -> None:
    said, expected = CASES[name]
    assert without_greeting(Talk().say(said)) == expected


@pytest.mark.parametrize("name", CASES)
def test_byte_by_byte_it_is_the_same(name: str) -> None:
    said, expected = CASES[name]
    assert without_greeting(Talk().say(*(bytes([each]) for each in said))) == expected


@pytest.mark.rabbitmq
def test_the_answers_of_rabbitmq(rabbitmq: Node) -> None:
    def answer(said: bytes) -> Heard:
        return without_greeting(ask_server(rabbitmq.port, said, quiet=1.0))

    with ThreadPoolExecutor(len(CASES)) as threads:
        heard = dict(zip(CASES, threads.map(answer, (said for said, _ in CASES.values())), strict=True))
    assert heard == {name: expected for name, (_, expected) in CASES.items()}


SILENT = {
    "no password": PROTOCOL + start_ok("guest"),
    "an unknown mechanism": PROTOCOL + start_ok(mechanism="FOO"),
    "AMQPLAIN without a password": PROTOCOL + start_ok("\5LOGINS\0\0\0\5guest", "AMQPLAIN"),
    "wrong password, no capability": PROTOCOL + start_ok("\0guest\0no", capabilities={}),
    "frames too small": PROTOCOL + start_ok() + tune_ok(frame_max=4000),
    "frames too large": PROTOCOL + start_ok() + tune_ok(frame_max=200000),
    "frames without limit": PROTOCOL + start_ok() + tune_ok(frame_max=0),
    "more channels than offered": PROTOCOL + start_ok() + tune_ok(channels=5000),
    "open before tune-ok": PROTOCOL + start_ok() + opening(),
    "a channel before the login": PROTOCOL + OPEN_1,
    "a large frame before the login": PROTOCOL + struct.pack(">BHI", 1, 0, 50000) + bytes(100),
    "rubbish before the login": PROTOCOL + b"\xff" * 300,
}


@pytest.mark.parametrize("name", SILENT)
def test_who_breaks_the_handshake_is_dropped_after_three_seconds_without_a_word(name: str) -> None:
    talk = Talk()
    assert without_greeting(talk.say(SILENT[name])) == []
    assert talk.pass_time(2.5) == []
    assert talk.pass_time(0.5) == ["EOF"]
    assert talk.log == ["refused"]


def test_who_does_not_log_in_is_dropped_after_ten_seconds() -> None:
    for said in (b"", b"AMQP", PROTOCOL, PROTOCOL + start_ok()):
        talk = Talk()
        talk.say(said)
        assert talk.pass_time(9.5) == []
        assert talk.pass_time(0.5) == ["EOF"]


def test_amqplain() -> None:
    heard = Talk().say(PROTOCOL + start_ok("\5LOGINS\0\0\0\5guest\x08PASSWORDS\0\0\0\5guest", "AMQPLAIN") + tune_ok() + opening())
    assert heard[-1] == (0, "Connection.OpenOk", {"known_hosts": ""})
