"""Direct replies in the account: they pass through no queue and still balance."""

from mqviz.engine.broker import Broker
from mqviz.model.amqp import Properties
from tests.engine.clients import client, consumer, declare

REPLY_TO = "amq.rabbitmq.reply-to"


def test_a_reply_is_routed_enqueued_and_acknowledged_at_once(broker: Broker) -> None:
    declare(broker, "q")
    server, asker = consumer(broker, "q"), client(broker)
    asker.channel.consume(REPLY_TO, "answers", no_ack=True)
    asker.channel.publish("", "q", b"?", Properties(reply_to=REPLY_TO))
    address = server.ear.deliveries[0].copy.message.properties.reply_to
    assert address is not None
    assert address.startswith(f"{REPLY_TO}.")
    server.channel.publish("", address, b"!")
    assert [(each.consumer_tag, each.body) for each in asker.ear.deliveries] == [("answers", "!")]
    assert (broker.messages.routed, broker.messages.balances) == (2, True)
    assert (broker.copies.acknowledged, broker.copies.balances) == (1, True)


def test_an_answer_to_who_has_gone_is_unroutable(broker: Broker) -> None:
    asker, server = client(broker), client(broker)
    asker.channel.consume(REPLY_TO, no_ack=True)
    declare(broker, "q")
    asker.channel.publish("", "q", b"?", Properties(reply_to=REPLY_TO))
    [copy] = broker.peek("q", 1)
    address = copy.message.properties.reply_to
    assert address is not None
    asker.connection.close()
    server.channel.publish("", address, b"!")
    assert (broker.messages.unroutable, asker.ear.deliveries) == (1, [])
