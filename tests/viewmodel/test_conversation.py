"""A conversation as it is kept: bounded, begun anew, filtered."""

from __future__ import annotations

from mqviz.model.frames import HEARTBEAT, Frame, Frames
from mqviz.viewmodel.conversation import Conversation, Gap, Wanted, fits


def frame(number: int, method: str = "basic.ack", channel: int = 1) -> Frame:
    return Frame(number=number, time=number / 10, to_broker=True, channel=channel, method=method)


def frames(*numbers: int, client: str = "shop.1", left_out: int = 0, anew: bool = False) -> Frames:
    return Frames(client=client, frames=tuple(frame(number) for number in numbers), left_out=left_out, anew=anew)


def test_what_is_new_is_told_once() -> None:
    conversation = Conversation()
    conversation.append(frames(1, 2, anew=True))
    place = conversation.count
    conversation.append(frames(3))
    assert list(conversation.since(place)) == [frame(3)]
    assert list(conversation.since(conversation.count)) == []


def test_the_oldest_give_way() -> None:
    conversation = Conversation(most=3)
    conversation.append(frames(*range(1, 11), anew=True))
    assert list(conversation.since(0)) == [frame(8), frame(9), frame(10)]
    assert list(conversation.since(9)) == [frame(10)] and conversation.count == 10


def test_what_was_left_out_leaves_a_gap() -> None:
    conversation = Conversation()
    conversation.append(frames(1, left_out=7, anew=True))
    assert list(conversation.since(0)) == [frame(1), Gap(0.1, 7)]


def test_another_client_and_another_run_begin_anew() -> None:
    conversation = Conversation()
    conversation.append(frames(1, 2, anew=True))
    conversation.append(frames(1, client="server.1"))
    assert (conversation.client, list(conversation.since(0)), conversation.beginning) == ("server.1", [frame(1)], 2)
    conversation.append(frames(1, client="server.1", anew=True))
    assert conversation.beginning == 3


def test_what_was_heard_stays_when_nobody_listens_any_more() -> None:
    conversation = Conversation()
    conversation.append(frames(1, anew=True))
    conversation.append(None)
    assert conversation.client == "" and list(conversation.since(0)) == [frame(1)]


def test_filters() -> None:
    basic, opening, header = frame(1), frame(2, "connection.open", 0), frame(3, "header")
    beat = frame(4, HEARTBEAT, 0)
    lines = [basic, opening, header, beat, Gap(0.0, 3)]
    assert [line for line in lines if fits(line, Wanted())] == [basic, opening, header, Gap(0.0, 3)]
    assert [line for line in lines if fits(line, Wanted(channel=0, heartbeats=True))] == [opening, beat, Gap(0.0, 3)]
    assert [line for line in lines if fits(line, Wanted(family="basic"))] == [basic, header, Gap(0.0, 3)]
