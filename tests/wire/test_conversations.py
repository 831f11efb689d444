"""What a well-behaved client hears: messages whole and in pieces, confirms, heartbeats, alarms, and what slow reading does."""

import struct
from datetime import UTC, datetime
from typing import Any

import pytest
from pamqp import commands as amqp
from pamqp import frame

from mqviz.engine.broker import Broker
from mqviz.model.amqp import Properties
from mqviz.wire.limits import Limits
from tests.wire.talk import HELLO, IN, OPEN_1, PROTOCOL, Heard, Talk, content, method, opening, publish, raw_frame, start_ok, tune_ok

CONSUME = method(1, amqp.Basic.Consume(queue="q", consumer_tag="t"))
CONFIRM = method(1, amqp.Confirm.Select())
DATE = datetime(2026, 1, 1, tzinfo=UTC)
FULL = amqp.Basic.Properties("text/plain", "utf-8", {"a": "b"}, 2, 3, "c", "r", "60000", "m", DATE, "t", "guest", "app")


def entered(*, limits: Limits | None = None, frame_max: int = 131072, heartbeat: int = 0, beside: Talk | None = None) -> Talk:
    """A client with channel 1 and queue q."""
    talk = Talk(beside=beside) if limits is None else Talk(limits=limits, beside=beside)
    talk.say(PROTOCOL + start_ok() + tune_ok(frame_max=frame_max, heartbeat=heartbeat) + opening() + OPEN_1)
    talk.say(method(1, amqp.Queue.Declare(queue="q")))
    return talk


def named(heard: Heard) -> list[str]:
    """Names of methods; types of other frames."""
    return [each[1] if isinstance(each[1], str) else each[0] for each in heard if each != "EOF"]


def payloads(heard: Heard, kind: int) -> list[bytes]:
    """Payloads of the frames of a type."""
    return [each[2] for each in heard if each[0] == kind]


def test_properties_are_passed_on_as_they_came() -> None:
    talk = entered()
    sent = content(1, 5, FULL)[7:-1]
    heard = talk.say(CONSUME, publish(1, "q", b"hello", FULL))
    assert named(heard) == ["Basic.ConsumeOk", "Basic.Deliver", 2, 3]
    assert payloads(heard, 2) == [sent]
    assert payloads(heard, 3) == [b"hello"]
    assert talk.broker.published == 1


def test_what_the_broker_wrote_into_the_headers_arrives() -> None:
    talk = entered()
    arguments = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q", "x-max-length": 0}
    talk.say(method(1, amqp.Queue.Declare(queue="dying", arguments=arguments)))
    heard = talk.say(CONSUME, publish(1, "dying", b"x", amqp.Basic.Properties(headers={"kept": True, "half": 2})))
    header: Any = frame.unmarshal(raw_frame(2, 1, payloads(heard, 2)[0]))[2]
    (death,) = header.properties.headers["x-death"]
    assert (death["reason"], death["queue"], death["count"], death["routing-keys"]) == ("maxlen", "dying", 1, ["dying"])
    assert header.properties.headers["kept"] is True


@pytest.mark.parametrize("size", [0, 1, 4088, 4089, 10_000])
def test_a_body_is_cut_to_the_frames_agreed_on(size: int) -> None:
    talk = entered(frame_max=4096)
    body = bytes(each % 251 for each in range(size))
    pieces = [raw_frame(3, 1, body[begin : begin + 4088]) for begin in range(0, size, 4088)]
    heard = talk.say(CONSUME, method(1, amqp.Basic.Publish(routing_key="q")) + content(1, size) + b"".join(pieces))
    assert b"".join(payloads(heard, 3)) == body
    assert all(len(each) <= 4088 for each in payloads(heard, 3))


def test_a_simulated_message_has_a_body_of_its_size() -> None:
    talk = entered()
    talk.say(CONSUME)
    maker = talk.broker.connections["client"].channel(9)
    maker.publish("", "q", properties=Properties(type="event"), size=25)
    heard = talk.hear()
    assert payloads(heard, 3) == [b"simulated simulated simul"]


def test_confirms_of_a_turn_come_as_one() -> None:
    talk = entered()
    heard = talk.say(CONFIRM, publish(1, "q") * 5)
    assert heard[-1] == (1, "Basic.Ack", {"delivery_tag": 5, "multiple": True})
    assert talk.say(publish(1, "q"))[-1] == (1, "Basic.Ack", {"delivery_tag": 6, "multiple": False})


def test_a_refused_publish_is_not_confirmed_with_the_others() -> None:
    talk = entered()
    talk.say(method(1, amqp.Queue.Declare(queue="full", arguments={"x-max-length": 1, "x-overflow": "reject-publish"})))
    heard = talk.say(CONFIRM, publish(1, "full"), publish(1, "q"), publish(1, "full"), publish(1, "q"))
    assert [(each[1], each[2]["delivery_tag"], each[2].get("multiple")) for each in heard[1:]] == [
        ("Basic.Ack", 2, True),
        ("Basic.Nack", 3, False),
        ("Basic.Ack", 4, False),
    ]


def test_a_message_is_returned_before_it_is_confirmed() -> None:
    talk = entered()
    heard = talk.say(CONFIRM, publish(1, "nowhere", b"x", FULL, mandatory=True))
    assert named(heard) == ["Confirm.SelectOk", "Basic.Return", 2, 3, "Basic.Ack"]


def test_consume_ok_comes_before_the_backlog() -> None:
    talk = entered()
    assert named(talk.say(publish(1, "q") * 2, CONSUME)) == ["Basic.ConsumeOk", "Basic.Deliver", 2, 3, "Basic.Deliver", 2, 3]


# -- heartbeats -----------------------------------------------------------------------------------


def test_heartbeats_go_out_twice_in_an_interval() -> None:
    talk = entered(heartbeat=10)
    assert talk.pass_time(4.5) == []
    assert talk.pass_time(0.5) == [(8, 0, b"")]
    talk.say(raw_frame(8, 0, b""))
    assert talk.pass_time(5.0) == [(8, 0, b"")]


def test_two_intervals_without_a_sign_of_life_are_too_long() -> None:
    talk = entered(heartbeat=10)
    talk.pass_time(20.0)
    assert not talk.connection.is_over
    talk.pass_time(0.5)
    assert talk.connection.is_over
    assert not talk.broker.connections
    assert talk.log[-1] == "lost"


def test_without_heartbeats_silence_is_no_reason() -> None:
    talk = entered(heartbeat=0)
    assert talk.pass_time(600.0) == []


# -- alarms and flow ------------------------------------------------------------------------------


def test_a_blocked_client_is_not_read_from_until_the_alarm_is_over() -> None:
    talk = entered()
    talk.broker.set_memory_alarm(True)
    assert talk.say(OPEN_1.replace(b"\0\1", b"\0\2", 1)) == [(2, "Channel.OpenOk", {"channel_id": ""})]
    assert talk.say(publish(1, "q"), publish(1, "q"), CONSUME) == [(0, "Connection.Blocked", {"reason": "low on memory"})]
    assert not talk.connection.is_read
    assert talk.broker.published == 0
    talk.broker.set_memory_alarm(False)
    talk.connection.go_on()
    assert named(talk.hear()) == ["Connection.Unblocked", "Basic.ConsumeOk", "Basic.Deliver", 2, 3, "Basic.Deliver", 2, 3]


def test_a_broker_in_flow_reads_no_faster_than_it_may() -> None:
    talk = entered()
    talk.broker.set_flow(100.0)
    talk.say(publish(1, "q") * 50)
    assert 1 <= talk.broker.published < 20
    for tenth in range(1, 20):
        talk.broker.scheduler.run_until(tenth / 10, lambda: False)
        talk.connection.go_on()
    assert talk.broker.published == 50


# -- slow readers ---------------------------------------------------------------------------------


def test_consumers_of_a_slow_reader_pause_and_go_on() -> None:
    talk = entered(limits=Limits(output=10_000))
    talk.say(*[publish(1, "q", bytes(1000))] * 50)
    talk.connection.receive(CONSUME)
    held = talk.connection.outlet.size
    assert 10_000 < held < 12_000
    assert not talk.connection.is_read
    assert talk.broker.queues["q"].messages_ready >= 38
    others = entered(beside=talk)
    got = others.say(method(1, amqp.Basic.Get(queue="q")))
    assert named(got)[0] == "Basic.GetOk"
    heard: Heard = []
    while talk.connection.outlet.size:
        heard += talk.hear()
        talk.connection.go_on()
    assert len(payloads(heard, 3)) == 49
    assert talk.connection.is_read


def test_who_reads_nothing_at_all_is_dropped() -> None:
    talk = entered(limits=Limits(output=1_000, stalled=30.0))
    talk.say(publish(1, "q", bytes(1000)) * 5)
    talk.connection.receive(CONSUME)
    for _ in range(61):
        talk.clock.advance(0.5)
        talk.connection.tick()
    assert talk.connection.is_over
    assert talk.broker.queues["q"].messages_ready == 5


# -- limits ---------------------------------------------------------------------------------------


def test_a_body_that_is_too_large_is_refused_at_its_header() -> None:
    talk = entered(limits=Limits(body=1000))
    heard = talk.say(method(1, amqp.Basic.Publish(routing_key="q")) + content(1, 1001) + raw_frame(3, 1, bytes(500)))
    text = "PRECONDITION_FAILED - message size 1001 is larger than configured max size 1000"
    assert heard == [(1, "Channel.Close", {"reply_code": 406, "reply_text": text, "class_id": 60, "method_id": 40})]
    assert talk.connection.held < 1000


def test_unfinished_bodies_are_bounded() -> None:
    talk = entered(limits=Limits(unfinished=1000))
    heard = talk.say(method(1, amqp.Basic.Publish(routing_key="q")) + content(1, 5000) + raw_frame(3, 1, bytes(1001)))
    assert heard[0][2]["reply_code"] == 506


def test_the_end_of_a_connection_gives_back_what_it_held() -> None:
    talk = entered()
    talk.say(publish(1, "q"), CONSUME)
    assert talk.say(method(0, amqp.Connection.Close(200, "bye", 0, 0))) == [(0, "Connection.CloseOk", {}), "EOF"]
    (copy,) = talk.broker.peek("q", 5)
    assert copy.redelivered


def test_the_operator_closes_a_connection() -> None:
    talk = entered()
    talk.broker.close_connection("client", "enough")
    (heard,) = talk.hear()
    assert heard[2] == {"reply_code": 320, "reply_text": "CONNECTION_FORCED - enough", "class_id": 0, "method_id": 0}
    assert talk.pass_time(9.5) == []
    assert talk.pass_time(0.5) == ["EOF"]


def test_an_ack_timeout_closes_the_channel() -> None:
    talk = entered()
    talk.say(CONSUME, publish(1, "q"))
    talk.broker.scheduler.run_until(1801.0, lambda: False)
    (heard,) = talk.hear()
    assert heard[:2] == (1, "Channel.Close") and "timed out" in heard[2]["reply_text"]
    assert talk.say(publish(1, "q"), method(1, amqp.Channel.CloseOk()) + OPEN_1) == [(1, "Channel.OpenOk", {"channel_id": ""})]


def test_a_connection_has_the_name_that_its_client_gives_it() -> None:
    talk = Talk()
    talk.say(PROTOCOL + method(0, amqp.Connection.StartOk({"connection_name": "shop"}, "PLAIN", "\0guest\0guest", "en_US")))
    talk.say(tune_ok() + opening())
    assert list(talk.broker.connections) == ["shop"]


def test_the_broker_is_down() -> None:
    talk = Talk()
    talk.broker.stop()
    heard = talk.say(HELLO)
    assert heard[-1][2]["reply_code"] == 320


def test_every_type_of_a_table_arrives_as_it_was() -> None:
    talk = entered()
    values = b"".join(
        [
            b"\1tt\1\1bb\xff\1BB\xff\1ss\xff\xff\1uu\xff\xff\1II\xff\xff\xff\xff\1ii\xff\xff\xff\xff",
            b"\1ll" + b"\xff" * 8 + b"\1ff" + struct.pack(">f", 0.5) + b"\1dd" + struct.pack(">d", 0.1),
            b"\1DD\2" + struct.pack(">i", -314) + b"\1SS\0\0\0\2hi\1AA\0\0\0\2t\0\1TT" + struct.pack(">Q", 86400),
            b"\1FF\0\0\0\4\1xt\1\1VV\1xx\0\0\0\1\xff",
        ]
    )
    arguments = struct.pack(">I", len(values)) + values
    talk.say(raw_frame(1, 1, struct.pack(">HHH", 40, 10, 0) + b"\1e\6direct\0" + arguments))
    found = broker_arguments(talk.broker)
    assert [found[name] for name in "tbBsuIil"] == [True, -1, 255, -1, 65535, -1, 4294967295, -1]
    assert (found["f"], found["d"], str(found["D"]), found["S"], found["A"]) == (0.5, 0.1, "-3.14", "hi", [False])
    assert (found["T"], found["F"], found["V"], found["x"]) == (datetime(1970, 1, 2, tzinfo=UTC), {"x": True}, None, b"\xff")


def broker_arguments(broker: Broker) -> dict[str, Any]:
    return broker.exchanges["e"].arguments


def test_the_handshake_in_one_go_opens_the_channel() -> None:
    assert named(Talk().say(IN)) == ["Connection.Start", "Connection.Tune", "Connection.OpenOk", "Channel.OpenOk"]


@pytest.mark.parametrize("body", [b"", b"y", b"longer than before"])
def test_what_is_made_of_a_message_goes_its_own_way(body: bytes) -> None:
    """A translator publishes with the properties and the origin of what it took."""
    talk = entered()
    talk.say(method(1, amqp.Queue.Declare(queue="made")), publish(1, "q", b"x", FULL))
    (copy,) = talk.broker.peek("q", 1)
    translator = talk.broker.connections["client"].channel(9)
    translator.publish("", "made", body, copy.message.properties, origin=copy.message.origin)
    heard = talk.say(method(1, amqp.Basic.Consume(queue="made", consumer_tag="t")))
    assert heard[1][2]["routing_key"] == "made"
    assert payloads(heard, 2) == [content(1, len(body), FULL)[7:-1]]
    assert b"".join(payloads(heard, 3)) == body
