"""Programs of a few lines that publish to an exchange or consume a queue at an AMQP address, in five languages. Pure text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from json import dumps

LANGUAGES = {"python": "Python (pika)", "node": "Node (amqplib)", "java": "Java", "go": "Go", "csharp": "C#"}
"""Languages by code, as they are written."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program works: it consumes `queue`, or, where that is empty, publishes to `exchange` by this key."""

    uri: str
    queue: str = ""
    exchange: str = ""
    routing_key: str = ""


def publishes(place: Place) -> bool:
    """Whether the program publishes."""
    return not place.queue


def snippet(language: str, place: Place) -> str:
    """A whole program. KeyError for an unknown language."""
    return _PROGRAMS[language](place)


def install(language: str) -> str:
    """What has to be there first, as one types or writes it. KeyError for an unknown language."""
    return {
        "python": "pip install pika",
        "node": "npm install amqplib",
        "java": "com.rabbitmq:amqp-client:5.21.0",
        "go": "go get github.com/rabbitmq/amqp091-go",
        "csharp": "dotnet add package RabbitMQ.Client --version 7.0.0",
    }[language]


def _text(value: str) -> str:
    """A string literal: JSON's fits all five languages."""
    return dumps(value, ensure_ascii=False)


def _python(place: Place) -> str:
    head = f"import pika\n\nconnection = pika.BlockingConnection(pika.URLParameters({_text(place.uri)}))\nchannel = connection.channel()\n"
    if publishes(place):
        call = f'channel.basic_publish({_text(place.exchange)}, {_text(place.routing_key)}, b"hello")'
        return f"{head}{call}\nconnection.close()\n"
    return (
        f"{head}channel.basic_qos(prefetch_count=10)\n"
        f"for method, properties, body in channel.consume({_text(place.queue)}):\n"
        "    print(body)\n"
        "    channel.basic_ack(method.delivery_tag)\n"
    )


def _node(place: Place) -> str:
    head = f'const amqp = require("amqplib");\n\namqp.connect({_text(place.uri)}).then(async (connection) => {{\n'
    head += "  const channel = await connection.createChannel();\n"
    if publishes(place):
        call = f'  channel.publish({_text(place.exchange)}, {_text(place.routing_key)}, Buffer.from("hello"));\n'
        return f"{head}{call}  await channel.close();\n  await connection.close();\n}});\n"
    return (
        f"{head}  await channel.prefetch(10);\n"
        f"  await channel.consume({_text(place.queue)}, (message) => {{\n"
        "    console.log(message.content.toString());\n"
        "    channel.ack(message);\n"
        "  });\n"
        "});\n"
    )


def _java(place: Place) -> str:
    if publishes(place):
        work = [
            f'channel.basicPublish({_text(place.exchange)}, {_text(place.routing_key)}, null, "hello".getBytes());',
            "connection.close();",
        ]
    else:
        work = [
            "channel.basicQos(10);",
            f"channel.basicConsume({_text(place.queue)}, false, (tag, delivery) -> {{",
            "    System.out.println(new String(delivery.getBody()));",
            "    channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);",
            "}, tag -> {});",
        ]
    lines = ["ConnectionFactory factory = new ConnectionFactory();", f"factory.setUri({_text(place.uri)});"]
    lines += ["Connection connection = factory.newConnection();", "Channel channel = connection.createChannel();", *work]
    body = "\n".join(f"        {line}" for line in lines)
    head = "import com.rabbitmq.client.*;\n\npublic class Hello {\n    public static void main(String[] args) throws Exception {\n"
    return f"{head}{body}\n    }}\n}}\n"


def _go(place: Place) -> str:
    if publishes(place):
        message = 'amqp.Publishing{Body: []byte("hello")}'
        work = [
            f"err = channel.PublishWithContext(context.Background(), {_text(place.exchange)}, {_text(place.routing_key)},",
            f"\tfalse, false, {message})",
            "check(err)",
        ]
        imports = ['"context"', '"log"', "", 'amqp "github.com/rabbitmq/amqp091-go"']
    else:
        work = [
            "check(channel.Qos(10, 0, false))",
            f'deliveries, err := channel.Consume({_text(place.queue)}, "", false, false, false, false, nil)',
            "check(err)",
            "for delivery := range deliveries {",
            '\tlog.Printf("%s", delivery.Body)',
            "\tcheck(delivery.Ack(false))",
            "}",
        ]
        imports = ['"log"', "", 'amqp "github.com/rabbitmq/amqp091-go"']
    lines = [f"connection, err := amqp.Dial({_text(place.uri)})", "check(err)", "defer connection.Close()"]
    lines += ["channel, err := connection.Channel()", "check(err)", *work]
    body = "\n".join(f"\t{line}" for line in lines)
    named = "\n".join(f"\t{each}" if each else "" for each in imports)
    check = "func check(err error) {\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n}\n"
    return f"package main\n\nimport (\n{named}\n)\n\n{check}\nfunc main() {{\n{body}\n}}\n"


def _csharp(place: Place) -> str:
    head = "using System.Text;\nusing RabbitMQ.Client;\nusing RabbitMQ.Client.Events;\n\n"
    head += f"var factory = new ConnectionFactory {{ Uri = new Uri({_text(place.uri)}) }};\n"
    head += "await using var connection = await factory.CreateConnectionAsync();\n"
    head += "await using var channel = await connection.CreateChannelAsync();\n"
    if publishes(place):
        where = f"{_text(place.exchange)}, {_text(place.routing_key)}"
        return f'{head}await channel.BasicPublishAsync({where}, Encoding.UTF8.GetBytes("hello"));\n'
    return (
        f"{head}await channel.BasicQosAsync(0, 10, false);\n"
        "var consumer = new AsyncEventingBasicConsumer(channel);\n"
        "consumer.ReceivedAsync += async (sender, delivery) =>\n{\n"
        "    Console.WriteLine(Encoding.UTF8.GetString(delivery.Body.ToArray()));\n"
        "    await channel.BasicAckAsync(delivery.DeliveryTag, false);\n};\n"
        f"await channel.BasicConsumeAsync({_text(place.queue)}, false, consumer);\nConsole.ReadLine();\n"
    )


_PROGRAMS: dict[str, Callable[[Place], str]] = {"python": _python, "node": _node, "java": _java, "go": _go, "csharp": _csharp}
