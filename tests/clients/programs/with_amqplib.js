// The ideas of RabbitMQ's tutorials, one program with amqplib. Its one argument is the address; prints what was seen as JSON.
"use strict";
const amqp = require("amqplib");
const address = process.argv[2];

function received(channel, queue, count, options = { noAck: true }) {
  return new Promise((resolve, reject) => {
    const found = [];
    const tag = "tag-" + Math.random();
    const timer = setTimeout(() => reject(new Error(`${queue}: only ${found}`)), 10000);
    channel.consume(queue, (message) => {
      found.push(message.content.toString());
      if (found.length === count) {
        clearTimeout(timer);
        channel.cancel(tag).then(() => resolve(found), reject);
      }
    }, { ...options, consumerTag: tag }).catch(reject);
  });
}

async function hello_world(connection) {
  const channel = await connection.createChannel();
  await channel.assertQueue("hello", { durable: false });
  channel.sendToQueue("hello", Buffer.from("Hello World!"));
  return received(channel, "hello", 1);
}

async function work_queues(connection) {
  const channel = await connection.createChannel();
  await channel.assertQueue("tasks", { durable: true });
  for (let number = 0; number < 4; number++) channel.sendToQueue("tasks", Buffer.from(`task ${number}`), { persistent: true });
  const dying = await connection.createChannel();
  await dying.prefetch(1);
  await new Promise((resolve) => dying.consume("tasks", resolve));
  await dying.close();
  const living = await connection.createChannel();
  await living.prefetch(1);
  const done = [];
  await new Promise((resolve) => living.consume("tasks", (message) => {
    done.push([message.content.toString(), message.fields.redelivered]);
    living.ack(message);
    if (done.length === 4) resolve();
  }));
  await living.close();
  return done;
}

async function publish_subscribe(connection) {
  const channel = await connection.createChannel();
  await channel.assertExchange("logs", "fanout", { durable: false });
  const queues = [];
  for (let each = 0; each < 2; each++) {
    queues.push((await channel.assertQueue("", { exclusive: true })).queue);
    await channel.bindQueue(queues[each], "logs", "");
  }
  channel.publish("logs", "", Buffer.from("info: hello"));
  return Promise.all(queues.map((queue) => received(channel, queue, 1)));
}

async function routing(connection) {
  const channel = await connection.createChannel();
  await channel.assertExchange("direct_logs", "direct", { durable: false });
  const { queue } = await channel.assertQueue("", { exclusive: true });
  for (const severity of ["warning", "error"]) await channel.bindQueue(queue, "direct_logs", severity);
  for (const severity of ["info", "warning", "error"]) channel.publish("direct_logs", severity, Buffer.from(severity));
  return received(channel, queue, 2);
}

async function topics(connection) {
  const channel = await connection.createChannel();
  await channel.assertExchange("topic_logs", "topic", { durable: false });
  const queues = {};
  for (const pattern of ["#", "kern.*", "*.critical"]) {
    queues[pattern] = (await channel.assertQueue("", { exclusive: true })).queue;
    await channel.bindQueue(queues[pattern], "topic_logs", pattern);
  }
  for (const key of ["kern.critical", "kern.info", "app.critical", "app"]) channel.publish("topic_logs", key, Buffer.from(key));
  const seen = {};
  for (const [pattern, count] of [["#", 4], ["kern.*", 2], ["*.critical", 2]]) seen[pattern] = await received(channel, queues[pattern], count);
  return seen;
}

const fibonacci = (number) => (number < 2 ? number : fibonacci(number - 1) + fibonacci(number - 2));

async function rpc(connection) {
  const server = await connection.createChannel();
  const client = await connection.createChannel();
  await server.assertQueue("rpc_queue", { durable: false });
  await server.consume("rpc_queue", (message) => {
    const answer = Buffer.from(String(fibonacci(Number(message.content))));
    server.sendToQueue(message.properties.replyTo, answer, { correlationId: message.properties.correlationId });
    server.ack(message);
  });
  const callback = (await client.assertQueue("", { exclusive: true })).queue;
  const answers = {};
  await new Promise(async (resolve) => {
    for (const [kind, way] of [["queue", callback], ["direct", "amq.rabbitmq.reply-to"]]) {
      await client.consume(way, (message) => {
        answers[message.properties.correlationId] = Number(message.content);
        if (Object.keys(answers).length === 2) resolve();
      }, { noAck: true });
      client.sendToQueue("rpc_queue", Buffer.from("12"), { replyTo: way, correlationId: kind });
    }
  });
  await server.close();
  return answers;
}

async function publisher_confirms(connection) {
  const channel = await connection.createConfirmChannel();
  let returned = 0;
  channel.on("return", () => returned++);
  const { queue } = await channel.assertQueue("", { exclusive: true });
  for (let number = 0; number < 10; number++) channel.sendToQueue(queue, Buffer.from(String(number)));
  channel.publish("", "nowhere", Buffer.from("lost"), { mandatory: true });
  await channel.waitForConfirms();
  return [await received(channel, queue, 10), returned];
}

async function refused(connection) {
  const channel = await connection.createChannel();
  channel.on("error", () => {});
  try {
    await channel.checkQueue("missing");
  } catch (error) {
    const vhost = decodeURIComponent(address.split("/").pop());
    return [error.code, error.message.match(/"(.*)"/)[1].replace(vhost, "/")];
  }
  return null;
}

(async () => {
  const connection = await amqp.connect(address);
  const seen = {};
  for (const tutorial of [hello_world, work_queues, publish_subscribe, routing, topics, rpc, publisher_confirms, refused]) {
    seen[tutorial.name] = await tutorial(connection);
  }
  await connection.close();
  console.log(JSON.stringify(seen));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
