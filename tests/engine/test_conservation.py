"""Whatever is done to it, a broker loses no copy out of sight: every one is in exactly one place."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker
from mqviz.engine.channel import Channel
from mqviz.engine.message import Copy
from mqviz.engine.order import Fifo
from mqviz.engine.queue import Queue
from mqviz.errors import AmqpError
from mqviz.model.amqp import Arguments, PolicySpec, Properties
from tests.engine.clients import Client, client

QUEUES = st.sampled_from(["a", "b", "c", "d"])
EXCHANGES = st.sampled_from(["", "amq.direct", "amq.topic", "amq.fanout", "amq.headers", "x", "y"])
KEYS = st.sampled_from(["a", "b", "c", "d", "a.b", "#", "*.b", ""])
CLIENTS = st.integers(0, 2)
CHOICE = st.integers(0, 1_000)

ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "x-message-ttl": st.integers(0, 3_000),
    "x-expires": st.integers(1, 4_000),
    "x-max-length": st.integers(0, 4),
    "x-max-length-bytes": st.integers(0, 40),
    "x-overflow": st.sampled_from(["drop-head", "reject-publish", "reject-publish-dlx"]),
    "x-dead-letter-exchange": st.sampled_from(["", "x", "amq.fanout", "missing"]),
    "x-max-priority": st.integers(0, 3),
    "x-single-active-consumer": st.booleans(),
}
KEY_OF_DEAD = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": "a"}
QUORUM = {"x-queue-type": "quorum", "x-delivery-limit": 1}


@st.composite
def arguments(draw: st.DrawFn) -> Arguments:
    names = draw(st.lists(st.sampled_from(sorted(ARGUMENTS)), max_size=4, unique=True))
    chosen = {name: draw(ARGUMENTS[name]) for name in names}
    if draw(st.booleans()):
        chosen |= KEY_OF_DEAD
    return chosen


PROPERTIES = st.builds(
    Properties,
    delivery_mode=st.sampled_from([None, 1, 2]),
    priority=st.sampled_from([None, 0, 1, 2, 9]),
    expiration=st.sampled_from([None, None, None, "0", "500", "2000"]),
    headers=st.sampled_from([None, {"h": 1}, {"CC": ["b", "c"]}, {"BCC": ["d"]}]),
    reply_to=st.sampled_from([None, None, "amq.rabbitmq.reply-to"]),
)


class Conservation(RuleBasedStateMachine):
    """Three clients do at random what clients, operators and time do."""

    def __init__(self) -> None:
        super().__init__()
        self.scheduler = Scheduler()
        self.broker = Broker(self.scheduler)
        self.clients: list[Client] = [client(self.broker) for _ in range(3)]
        self.do(0, lambda channel: channel.declare_exchange("x", "fanout", durable=True))
        self.do(0, lambda channel: channel.declare_exchange("y", "topic", auto_delete=True))

    @initialize(each=st.lists(arguments(), min_size=4, max_size=4), durable=st.booleans())
    def queues(self, each: list[Arguments], durable: bool) -> None:
        """Four queues to begin with, else most of what follows would be refused."""
        for name, args in zip("abcd", each, strict=True):
            args.pop("x-expires", None)
            self.do(0, lambda c, n=name, a=args: c.declare_queue(n, durable=durable, arguments=a))
            self.do(0, lambda c, n=name: c.bind(n, "x"))

    def do(self, number: int, what: Any) -> Any:
        """Let a client do something; it gets a new connection or channel where it has none any more."""
        one = self.clients[number]
        if not one.connection.is_open:
            one = self.clients[number] = client(self.broker)
        if not one.channel.is_open:
            one.channel = one.connection.channel()
        try:
            return what(one.channel)
        except AmqpError:
            assert not one.channel.is_open
            return None

    # -- topology -------------------------------------------------------------------------------

    @rule(who=CLIENTS, name=QUEUES, args=arguments(), durable=st.booleans(), owned=st.sampled_from(["", "", "x", "d"]))
    def declare(self, who: int, name: str, args: Arguments, durable: bool, owned: str) -> None:
        flags = {"exclusive": owned == "x", "auto_delete": owned == "d"}
        self.do(who, lambda c: c.declare_queue(name, durable=durable, arguments=args, **flags))

    @rule(who=CLIENTS, name=QUEUES, dead=st.booleans())
    def declare_quorum(self, who: int, name: str, dead: bool) -> None:
        args = QUORUM | (KEY_OF_DEAD if dead else {})
        self.do(who, lambda c: c.declare_queue(name, durable=True, arguments=args))

    @rule(who=CLIENTS, queue=QUEUES, exchange=EXCHANGES, key=KEYS)
    def bind(self, who: int, queue: str, exchange: str, key: str) -> None:
        self.do(who, lambda c: c.bind(queue, exchange, key))

    @rule(who=CLIENTS, source=EXCHANGES, destination=EXCHANGES, key=KEYS)
    def bind_exchange(self, who: int, source: str, destination: str, key: str) -> None:
        self.do(who, lambda c: c.bind_exchange(destination, source, key))

    @rule(who=CLIENTS, queue=QUEUES, exchange=EXCHANGES, key=KEYS)
    def unbind(self, who: int, queue: str, exchange: str, key: str) -> None:
        self.do(who, lambda c: c.unbind(queue, exchange, key))

    @rule(who=CLIENTS, queue=QUEUES, if_unused=st.booleans(), if_empty=st.booleans(), choice=CHOICE)
    def delete(self, who: int, queue: str, if_unused: bool, if_empty: bool, choice: int) -> None:
        if choice % 3:
            return
        self.do(who, lambda c: c.delete_queue(queue, if_unused, if_empty))

    @rule(who=CLIENTS, queue=QUEUES)
    def purge(self, who: int, queue: str) -> None:
        self.do(who, lambda c: c.purge(queue))

    @rule(pattern=st.sampled_from(["a", "b|c", ""]), length=st.integers(0, 3), priority=st.integers(0, 3))
    def set_policy(self, pattern: str, length: int, priority: int) -> None:
        definition = {"max-length": length, "dead-letter-exchange": "x", "message-ttl": 1_500}
        self.broker.set_policy(PolicySpec(name=f"p{priority}", pattern=pattern, definition=definition, priority=priority))

    @rule(priority=st.integers(0, 3))
    def delete_policy(self, priority: int) -> None:
        self.broker.delete_policy(f"p{priority}")

    @rule(queue=QUEUES, length=st.one_of(st.none(), st.integers(0, 3)))
    def turn_limit(self, queue: str, length: int | None) -> None:
        if queue in self.broker.queues:
            self.broker.set_arguments(queue, {"x-max-length": length})

    # -- messages -------------------------------------------------------------------------------

    @rule(who=CLIENTS, exchange=EXCHANGES, key=KEYS, properties=PROPERTIES, mandatory=st.booleans(), count=st.integers(1, 3))
    def publish(self, who: int, exchange: str, key: str, properties: Properties, mandatory: bool, count: int) -> None:
        for number in range(count):
            body = b"." * (number * 9)
            self.do(who, lambda c, b=body: c.publish(exchange, key, b, properties, mandatory=mandatory))

    @rule(who=CLIENTS, queue=QUEUES, properties=PROPERTIES, count=st.integers(1, 5))
    def send(self, who: int, queue: str, properties: Properties, count: int) -> None:
        for number in range(count):
            self.do(who, lambda c, b=b"." * number: c.publish("", queue, b, properties))

    @rule(who=CLIENTS, queue=QUEUES, prefetch=st.integers(0, 3))
    def work(self, who: int, queue: str, prefetch: int) -> None:
        self.do(who, lambda c: c.qos(prefetch))
        self.do(who, lambda c: c.consume(queue))

    @rule(
        who=CLIENTS,
        queue=QUEUES,
        no_ack=st.booleans(),
        exclusive=st.sampled_from([False, False, True]),
        priority=st.sampled_from([None, 0, 1, 5]),
    )
    def consume(self, who: int, queue: str, no_ack: bool, exclusive: bool, priority: int | None) -> None:
        args = {} if priority is None else {"x-priority": priority}
        self.do(who, lambda c: c.consume(queue, no_ack=no_ack, exclusive=exclusive, arguments=args))

    @rule(who=CLIENTS)
    def consume_replies(self, who: int) -> None:
        self.do(who, lambda c: c.consume("amq.rabbitmq.reply-to", no_ack=True))

    @rule(who=CLIENTS, choice=CHOICE)
    def cancel(self, who: int, choice: int) -> None:
        def cancel(channel: Channel) -> None:
            tags = sorted(channel.consumers)
            if tags:
                channel.cancel(tags[choice % len(tags)])

        self.do(who, cancel)

    @rule(who=CLIENTS, queue=QUEUES, no_ack=st.booleans())
    def get(self, who: int, queue: str, no_ack: bool) -> None:
        self.do(who, lambda c: c.get(queue, no_ack))

    @rule(who=CLIENTS, count=st.integers(0, 3), global_=st.booleans())
    def qos(self, who: int, count: int, global_: bool) -> None:
        self.do(who, lambda c: c.qos(count, global_))

    @rule(who=CLIENTS, choice=CHOICE, multiple=st.booleans(), how=st.sampled_from(["ack", "nack", "drop", "reject"]))
    def settle(self, who: int, choice: int, multiple: bool, how: str) -> None:
        def settle(channel: Channel) -> None:
            tags = sorted(channel.unacked)
            tag = tags[choice % len(tags)] if tags else 0
            if how == "ack":
                channel.ack(tag, multiple)
            elif how == "reject":
                channel.reject(tag, multiple)
            else:
                channel.nack(tag, multiple, how == "nack")

        self.do(who, settle)

    @rule(who=CLIENTS)
    def recover(self, who: int) -> None:
        self.do(who, lambda c: c.recover())

    @rule(who=CLIENTS, verb=st.sampled_from(["confirm_select", "tx_select", "tx_commit", "tx_commit", "tx_rollback"]))
    def mode(self, who: int, verb: str) -> None:
        self.do(who, lambda c: getattr(c, verb)())

    # -- what happens to a broker ---------------------------------------------------------------

    @rule(who=CLIENTS, connection=st.booleans(), choice=CHOICE)
    def close(self, who: int, connection: bool, choice: int) -> None:
        if choice % 3:
            return
        one = self.clients[who]
        (one.connection if connection else one.channel).close()

    @rule(seconds=st.sampled_from([0.0, 0.4, 1.0, 3.0, 2_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.scheduler.run_until(self.scheduler.now + seconds, lambda: False)

    @rule(on=st.sampled_from([False, False, True]))
    def memory_alarm(self, on: bool) -> None:
        self.broker.set_memory_alarm(on)

    @rule(limit=st.sampled_from([None, None, None, 60]))
    def memory_limit(self, limit: int | None) -> None:
        self.broker.set_memory_limit(limit)

    @rule(rate=st.sampled_from([None, None, 1.0, 100.0]))
    def flow(self, rate: float | None) -> None:
        self.broker.set_flow(rate)

    @rule(choice=CHOICE)
    def restart(self, choice: int) -> None:
        if choice % 5 == 0:
            self.broker.restart()

    # -- what must be true at any time ----------------------------------------------------------

    def channels(self) -> Iterator[Channel]:
        for connection in self.broker.connections.values():
            yield from connection.channels.values()

    def unacknowledged(self) -> Iterator[Copy]:
        for channel in self.channels():
            yield from channel.unacked.values()
            if channel.tx is not None:
                yield from (copy for _, copy in channel.tx.set_aside())

    @invariant()
    def every_copy_is_in_exactly_one_place(self) -> None:
        held = [copy for copy in self.unacknowledged() if copy.queue.is_alive]
        ready = [copy for queue in self.broker.queues.values() for copy in queue.ready]
        places = Counter(id(copy) for copy in (*held, *ready))
        assert set(places.values()) <= {1}
        assert all(copy.queue is queue for queue in self.broker.queues.values() for copy in queue.ready)
        by_queue = Counter(copy.queue for copy in held)
        for queue in self.broker.queues.values():
            assert queue.unacked == by_queue[queue]
        ledger = self.broker.copies
        assert (ledger.ready, ledger.unacknowledged) == (len(ready), len(held))

    @invariant()
    def both_accounts_balance(self) -> None:
        assert self.broker.copies.balances
        assert self.broker.messages.balances
        for name in self.broker.queues:
            total = self.broker.totals(name)
            assert total.enqueued >= total.acknowledged + total.ready

    @invariant()
    def bytes_are_counted(self) -> None:
        sizes: Counter[Queue] = Counter()
        for copy in self.unacknowledged():
            sizes[copy.queue] += copy.message.size
        for queue in self.broker.queues.values():
            in_line = sum(copy.message.size for copy in queue.ready)
            assert queue.message_bytes == in_line + sizes[queue]
            assert queue.plain or queue.ready_bytes == in_line
        assert self.broker.replies.queue.message_bytes == 0

    @invariant()
    def no_consumer_with_room_leaves_anything_ready(self) -> None:
        for queue in self.broker.queues.values():
            if queue.ready:
                assert not [each for each in queue.consumers if each.active and self._has_room(each)]

    def _has_room(self, consumer: Any) -> bool:
        channel = consumer.channel
        capped = channel.cap and len(channel.unacked) - channel.got >= channel.cap
        return not capped and consumer.delivered - consumer.settled < consumer.limit

    @invariant()
    def consumers_know_what_they_hold(self) -> None:
        held = Counter(copy.consumer for copy in self.unacknowledged())
        for queue in self.broker.queues.values():
            for each in queue.consumers:
                assert each.messages_unacknowledged == held[each]
                assert held[each] <= each.limit

    @invariant()
    def limits_are_kept(self) -> None:
        for queue in self.broker.queues.values():
            if queue.limits.max_length is not None and queue.limits.overflow == "drop-head":
                assert len(queue.ready) <= queue.limits.max_length
            if isinstance(queue.ready, Fifo):
                serials = [copy.serial for copy in queue.ready]
                assert serials == sorted(serials)
                head = queue.ready.head() if queue.ready else None
                assert head is None or head.expires is None or head.expires > self.scheduler.now

    @invariant()
    def who_is_read_from_has_nothing_unread(self) -> None:
        for connection in self.broker.connections.values():
            assert not (connection.is_read and connection.unread)


Conservation.TestCase.settings = settings(stateful_step_count=60)
TestConservation = Conservation.TestCase
