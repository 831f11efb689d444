"""Clients of a live broker keep their places, in whatever order the broker lists them."""

from __future__ import annotations

from mqviz.backends import answers
from mqviz.backends.clients import People
from mqviz.backends.publishing_to import Targets


def consumer(host: str, port: int) -> answers.Consumer:
    name = f"{host}:{port} -> here"
    details = answers.ChannelDetails(name=f"{name} (1)", connection_name=name, peer_host=host, peer_port=port)
    return answers.Consumer(consumer_tag="tag", queue=answers.QueueName(name="work"), channel_details=details)


def channel(connection: str, number: int) -> answers.Channel:
    details = answers.ConnectionDetails(name=connection)
    return answers.Channel(name=f"{connection} ({number})", connection_details=details, message_stats=answers.Stats(publish=1))


def test_consumers_stand_in_the_order_of_their_names() -> None:
    there = [consumer("10.0.0.1", port) for port in (7001, 7002, 7003)]
    orders = [[each.name for each in People().consumers(listed, {}, {})] for listed in (there, there[::-1])]
    assert orders == [["10.0.0.1:7001", "10.0.0.1:7002", "10.0.0.1:7003"]] * 2


def test_of_many_members_the_second_stands_before_the_tenth() -> None:
    connections = {"shop": answers.Connection(name="shop", user_provided_name="shop")}
    members = People().producers([channel("shop", number) for number in range(1, 13)], connections, Targets({}, None))
    assert [each.name for each in members] == [f"shop.{number}" for number in range(1, 13)]


def test_a_consumer_whose_channel_is_not_known_yet_is_shown_once_it_is() -> None:
    known = consumer("10.0.0.1", 7001)
    unknown = answers.Consumer(consumer_tag="new", queue=answers.QueueName(name="work"), channel_details=[])
    channels = {"a channel": channel("10.0.0.1:7001 -> here", 1)}
    assert [each.name for each in People().consumers([known, unknown], channels, {})] == ["10.0.0.1:7001"]
    assert len(People().consumers([known, unknown], {}, {})) == 2  # without statistics nothing more will come
