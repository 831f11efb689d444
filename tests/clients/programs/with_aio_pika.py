"""The ideas of RabbitMQ's tutorials, one program with aio-pika. Its one argument is the address; prints what was seen as JSON."""

import asyncio
import json
import sys
from urllib.parse import unquote

import aio_pika
from aio_pika import DeliveryMode, ExchangeType, Message

ADDRESS = sys.argv[1]


async def received(queue, count):
    found = []
    async with asyncio.timeout(10), queue.iterator(no_ack=True) as messages:
        async for message in messages:
            found.append(message.body.decode())
            if len(found) == count:
                break
    return found


async def hello_world(connection):
    channel = await connection.channel(publisher_confirms=False)
    queue = await channel.declare_queue("hello")
    await channel.default_exchange.publish(Message(b"Hello World!"), routing_key="hello")
    return await received(queue, 1)


async def work_queues(connection):
    channel = await connection.channel()
    await channel.declare_queue("tasks", durable=True)
    for number in range(4):
        message = Message(f"task {number}".encode(), delivery_mode=DeliveryMode.PERSISTENT)
        await channel.default_exchange.publish(message, routing_key="tasks")
    dying = await connection.channel()
    await dying.set_qos(prefetch_count=1)
    taken = asyncio.get_running_loop().create_future()
    await (await dying.get_queue("tasks")).consume(lambda message: taken.done() or taken.set_result(message))
    await asyncio.wait_for(taken, 10)
    await dying.close()
    living = await connection.channel()
    await living.set_qos(prefetch_count=1)
    done = []
    async with asyncio.timeout(10), (await living.get_queue("tasks")).iterator() as messages:
        async for message in messages:
            async with message.process():
                done.append([message.body.decode(), message.redelivered])
            if len(done) == 4:
                break
    return done


async def publish_subscribe(connection):
    channel = await connection.channel()
    logs = await channel.declare_exchange("logs", ExchangeType.FANOUT)
    queues = [await channel.declare_queue(exclusive=True) for _ in range(2)]
    for queue in queues:
        await queue.bind(logs)
    await logs.publish(Message(b"info: hello"), routing_key="")
    return [await received(queue, 1) for queue in queues]


async def routing(connection):
    channel = await connection.channel()
    logs = await channel.declare_exchange("direct_logs", ExchangeType.DIRECT)
    queue = await channel.declare_queue(exclusive=True)
    for severity in ("warning", "error"):
        await queue.bind(logs, severity)
    for severity in ("info", "warning", "error"):
        await logs.publish(Message(severity.encode()), routing_key=severity, mandatory=False)
    return await received(queue, 2)


async def topics(connection):
    channel = await connection.channel()
    logs = await channel.declare_exchange("topic_logs", ExchangeType.TOPIC)
    queues = {}
    for pattern in ("#", "kern.*", "*.critical"):
        queues[pattern] = await channel.declare_queue(exclusive=True)
        await queues[pattern].bind(logs, pattern)
    for key in ("kern.critical", "kern.info", "app.critical", "app"):
        await logs.publish(Message(key.encode()), routing_key=key)
    return {pattern: await received(queues[pattern], count) for pattern, count in (("#", 4), ("kern.*", 2), ("*.critical", 2))}


def fibonacci(number):
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)


async def rpc(connection):
    channel = await connection.channel()
    requests = await channel.declare_queue("rpc_queue")
    answers, complete = {}, asyncio.Event()

    async def serve(message):
        async with message.process():
            reply = Message(str(fibonacci(int(message.body))).encode(), correlation_id=message.correlation_id)
            await channel.default_exchange.publish(reply, routing_key=message.reply_to, mandatory=False)

    async def hear(message):
        answers[message.correlation_id] = int(message.body)
        if len(answers) == 2:
            complete.set()

    tag = await requests.consume(serve)
    callback = await channel.declare_queue(exclusive=True)
    asking = await connection.channel(publisher_confirms=False)
    for kind, queue in (("queue", callback), ("direct", await asking.get_queue("amq.rabbitmq.reply-to", ensure=False))):
        await queue.consume(hear, no_ack=True)
        request = Message(b"12", reply_to=queue.name, correlation_id=kind)
        await asking.default_exchange.publish(request, routing_key="rpc_queue", mandatory=False)
    await asyncio.wait_for(complete.wait(), 10)
    await requests.cancel(tag)
    return answers


async def publisher_confirms(connection):
    channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
    queue = await channel.declare_queue(exclusive=True)
    await asyncio.gather(*[channel.default_exchange.publish(Message(str(each).encode()), routing_key=queue.name) for each in range(10)])
    try:
        await channel.default_exchange.publish(Message(b"lost"), routing_key="nowhere")
        returned = 0
    except aio_pika.exceptions.PublishError:
        returned = 1
    return [await received(queue, 10), returned]


async def refused(connection):
    channel = await connection.channel()
    try:
        await channel.declare_queue("missing", passive=True)
    except aio_pika.exceptions.ChannelNotFoundEntity as error:
        vhost = unquote(ADDRESS.rsplit("/", 1)[1])
        return [404, str(error).replace(vhost, "/")]
    return None


async def main():
    seen = {}
    async with await aio_pika.connect(ADDRESS) as connection:
        for tutorial in (hello_world, work_queues, publish_subscribe, routing, topics, rpc, publisher_confirms, refused):
            seen[tutorial.__name__] = await tutorial(connection)
    print(json.dumps(seen))


asyncio.run(main())
