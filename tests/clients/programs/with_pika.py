"""The ideas of RabbitMQ's tutorials, one program with pika. Its one argument is the address; prints what was seen as JSON."""

import json
import sys

import pika

PARAMETERS = pika.URLParameters(sys.argv[1])
SEEN = {}


def received(channel, queue, count, auto_ack=True):
    found = []
    for method, _, body in channel.consume(queue, auto_ack=auto_ack, inactivity_timeout=10):
        assert method is not None, f"{queue}: only {found}"
        found.append(body.decode())
        if len(found) == count:
            break
    channel.cancel()
    return found


def hello_world(connection):
    channel = connection.channel()
    channel.queue_declare(queue="hello")
    channel.basic_publish(exchange="", routing_key="hello", body="Hello World!")
    return received(channel, "hello", 1)


def work_queues(connection):
    channel = connection.channel()
    channel.queue_declare(queue="tasks", durable=True)
    for number in range(4):
        channel.basic_publish("", "tasks", f"task {number}", pika.BasicProperties(delivery_mode=pika.DeliveryMode.Persistent))
    dying, living = connection.channel(), connection.channel()
    taken, done = [], []
    dying.basic_qos(prefetch_count=1)
    dying.basic_consume("tasks", lambda channel, method, _, body: taken.append(body.decode()))
    while not taken:
        connection.process_data_events(1)
    dying.close()

    def work(channel, method, _, body):
        done.append([body.decode(), method.redelivered])
        channel.basic_ack(method.delivery_tag)

    living.basic_qos(prefetch_count=1)
    living.basic_consume("tasks", work)
    while len(done) < 4:
        connection.process_data_events(1)
    living.close()
    return done


def publish_subscribe(connection):
    channel = connection.channel()
    channel.exchange_declare("logs", "fanout")
    queues = []
    for _ in range(2):
        queues.append(channel.queue_declare(queue="", exclusive=True).method.queue)
        channel.queue_bind(queues[-1], "logs")
    channel.basic_publish("logs", "", "info: hello")
    return [received(channel, queue, 1) for queue in queues]


def routing(connection):
    channel = connection.channel()
    channel.exchange_declare("direct_logs", "direct")
    queue = channel.queue_declare("", exclusive=True).method.queue
    for severity in ("warning", "error"):
        channel.queue_bind(queue, "direct_logs", severity)
    for severity in ("info", "warning", "error"):
        channel.basic_publish("direct_logs", severity, severity)
    return received(channel, queue, 2)


def topics(connection):
    channel = connection.channel()
    channel.exchange_declare("topic_logs", "topic")
    seen = {}
    queues = {}
    for pattern in ("#", "kern.*", "*.critical"):
        queues[pattern] = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(queues[pattern], "topic_logs", pattern)
    for key in ("kern.critical", "kern.info", "app.critical", "app"):
        channel.basic_publish("topic_logs", key, key)
    for pattern, count in (("#", 4), ("kern.*", 2), ("*.critical", 2)):
        seen[pattern] = received(channel, queues[pattern], count)
    return seen


def fibonacci(number):
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)


def rpc(connection):
    server, client = connection.channel(), connection.channel()
    server.queue_declare("rpc_queue")
    answers = {}

    def serve(channel, method, properties, body):
        reply = pika.BasicProperties(correlation_id=properties.correlation_id)
        channel.basic_publish("", properties.reply_to, str(fibonacci(int(body))), reply)
        channel.basic_ack(method.delivery_tag)

    server.basic_consume("rpc_queue", serve)
    callback = client.queue_declare("", exclusive=True).method.queue
    for way in (callback, "amq.rabbitmq.reply-to"):
        client.basic_consume(way, lambda _, __, properties, body: answers.update({properties.correlation_id: int(body)}), auto_ack=True)
        kind = "queue" if way == callback else "direct"
        client.basic_publish("", "rpc_queue", "12", pika.BasicProperties(reply_to=way, correlation_id=kind))
    while len(answers) < 2:
        connection.process_data_events(1)
    server.close()
    return answers


def publisher_confirms(connection):
    channel = connection.channel()
    channel.confirm_delivery()
    queue = channel.queue_declare("", exclusive=True).method.queue
    for number in range(10):
        channel.basic_publish("", queue, str(number), mandatory=True)
    try:
        channel.basic_publish("", "nowhere", "lost", mandatory=True)
        returned = 0
    except pika.exceptions.UnroutableError as error:
        returned = len(error.messages)
    return [received(channel, queue, 10), returned]


def refused(connection):
    channel = connection.channel()
    try:
        channel.queue_declare("missing", passive=True)
    except pika.exceptions.ChannelClosedByBroker as error:
        return [error.reply_code, error.reply_text.replace(PARAMETERS.virtual_host, "/")]
    return None


with pika.BlockingConnection(PARAMETERS) as opened:
    for tutorial in (hello_world, work_queues, publish_subscribe, routing, topics, rpc, publisher_confirms, refused):
        SEEN[tutorial.__name__] = tutorial(opened)
print(json.dumps(SEEN))
