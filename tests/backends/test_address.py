"""Addresses of live brokers, in and out, and what is said of wrong ones."""

from __future__ import annotations

import pytest

from mqviz.backends.address import address_of, amqp_port, management_for, parse_amqp, parse_management
from mqviz.errors import BackendError
from mqviz.model.feed import LiveBroker, Tls


def test_what_is_not_written_is_rabbitmqs_default() -> None:
    assert parse_amqp("amqp://localhost") == (LiveBroker(host="localhost", management="http://localhost:15672"), "guest")
    assert parse_amqp("amqps://localhost/")[0] == LiveBroker(host="localhost", port=5671, tls=Tls(), management="https://localhost:15671")


def test_everything_may_be_written_and_escaped() -> None:
    broker, password = parse_amqp("amqp://%EC%98%81%ED%9D%AC:p%40ss%2Fw%25@rabbit.example:5673/a%2Fb%20c")
    assert (broker.user, password) == ("영희", "p@ss/w%")
    assert (broker.host, broker.port, broker.virtual_host) == ("rabbit.example", 5673, "a/b c")
    assert broker.management == "http://rabbit.example:15673"


def test_an_ipv6_host_stands_in_brackets() -> None:
    broker, _ = parse_amqp("amqp://me@[::1]:5672/%2F")
    assert (broker.host, broker.management, broker.virtual_host) == ("::1", "http://[::1]:15672", "/")


@pytest.mark.parametrize(
    ("url", "port"),
    [("http://h:15672", 5672), ("https://h:15671", 5671), ("https://h", 5671), ("http://h", 5672), ("http://h:15673", 5673)],
)
def test_the_amqp_port_follows_from_a_management_address(url: str, port: int) -> None:
    assert parse_amqp(url)[0].port == amqp_port(url) == port


@pytest.mark.parametrize(("port", "secure", "found"), [(5672, False, "http://h:15672"), (60000, True, "https://h:15671")])
def test_the_management_address_follows_from_an_amqp_port(port: int, secure: bool, found: str) -> None:
    assert management_for("h", port, secure) == found


def test_tls_is_led_by_words_after_the_question_mark() -> None:
    url = (
        "amqps://h?cacertfile=/c/ca.pem&certfile=me.pem&keyfile=me.key&verify=verify_none&server_name_indication=s&connection_timeout=1500"
    )
    broker, _ = parse_amqp(url)
    assert broker.tls == Tls(ca="/c/ca.pem", certificate="me.pem", key="me.key", verify=False, server_name="s")
    assert broker.connect_timeout == 1.5


def test_a_management_address_may_be_given_or_denied() -> None:
    assert parse_amqp("amqp://h?management=https://m.example/rabbit/&name=Ours")[0].management == "https://m.example/rabbit"
    assert parse_amqp("amqp://h?management=")[0].management == ""
    assert parse_management(" http://m:15672/api ") == "http://m:15672"


def test_queues_to_be_counted_without_a_management_api_may_be_named() -> None:
    assert parse_amqp("amqp://h?management=&queues=work,a%2Fb,")[0].queues == ("work", "a/b")


def test_an_address_comes_out_as_it_went_in_without_its_password() -> None:
    broker, _ = parse_amqp("amqps://a%2Fb:secret@[::1]:5679/v%2Fh")
    assert address_of(broker) == "amqps://a%2Fb@[::1]:5679/v%2Fh"
    assert parse_amqp(address_of(broker))[0] == broker


@pytest.mark.parametrize(
    ("url", "mend"),
    [
        ("localhost:5672", "begins with amqp:// or amqps://"),
        ("amqp:localhost", "begins with amqp:// or amqps://"),
        ("amqp://me:secret@:5672", "names no host"),
        ("amqp://me:secret@h:port", "must be a number from 1 to 65535"),
        ("amqp://me:secret@h:99999", "must be a number from 1 to 65535"),
        ("amqp://me:secret@h:0", "not 0"),
        ("amqp://me:sec/ret@h", "write %2F"),
        ("amqp://me:sec#ret@h", "write %2F %3F %23"),
        ("amqp://me:secret@[::1", "an IPv6 address in [ ]"),
        ("amqp://me:secret@h/a/b", "write %2F for it"),
        ("amqp://me:s%ffcret@h", "no UTF-8"),
        ("amqp://me:secret@h?cacertfil=x", "did you mean 'cacertfile'?"),
        ("amqp://me:secret@h?verify=maybe", "verify_peer or verify_none"),
        ("amqp://me:secret@h?connection_timeout=soon", "milliseconds"),
        ("amqp://me:secret@h?management=m:15672", "must begin with http:// or https://"),
        ("amqp://me:secret@h?management=http://m%3Fa", "no user, password"),
    ],
)
def test_a_wrong_address_is_told_with_its_mend_and_no_password(url: str, mend: str) -> None:
    with pytest.raises(BackendError) as error:
        parse_amqp(url)
    assert mend in str(error.value)
    assert not any(part in str(error.value) for part in ("secret", "sec/", "sec#", "ret@", "s%ff"))
