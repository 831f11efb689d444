"""What is true now, and what just happened. Fields are named as in RabbitMQ's management API; totals, never rates.

A node of the picture has an id: `exchange:NAME`, `queue:NAME`, `producer:NAME.1`, `consumer:NAME.1`, `service:NAME`, `translator:NAME`.
Of a live broker, clients are named by their connection or what they call themselves. None means: cannot be told.

What there may be thousands of is not watched by the garbage collector (`gc=False`): it holds no cycles, and looking for them in a large
broker's picture stops the window for a fifth of a second.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct

from mqviz.model.amqp import Arguments, MessageKind
from mqviz.model.faults import Fault
from mqviz.model.histogram import Counts
from mqviz.model.result import Ledger, Reasons


class ClientState(StrEnum):
    """How a client is, as the canvas shows it. The worst that applies."""

    RUNNING = "running"
    IDLE = "idle"
    DONE = "done"
    WAITING = "waiting"
    FLOW = "flow"
    BLOCKED = "blocked"
    SLOW = "slow"
    FAILING = "failing"
    HANGING = "hanging"
    CLOSING = "closing"
    DISCONNECTED = "disconnected"
    STOPPED = "stopped"
    KILLED = "killed"


class ExchangeStats(Struct, frozen=True, kw_only=True, gc=False):
    """One exchange. The default exchange has the name ""."""

    name: str
    type: str
    durable: bool = False
    internal: bool = False
    arguments: Arguments = {}
    alternate: str | None = None
    publish_in: int | None = 0
    publish_out: int | None = 0
    unroutable: int | None = 0


class BindingStats(Struct, frozen=True, kw_only=True, gc=False):
    """One binding; implicit bindings of the default exchange are left out. `messages`: how many took it."""

    source: str
    destination: str
    destination_type: str
    routing_key: str
    arguments: Arguments = {}
    messages: int | None = None


class QueueStats(Struct, frozen=True, kw_only=True, gc=False):
    """One queue now, and its totals since the start. `max_length` and the others are those in force (argument or policy).

    `consumer_capacity`: share of time in which its consumers could take more (0 to 1).
    `state`: running, or RabbitMQ's word for what is wrong.
    """

    name: str
    type: str = "classic"
    durable: bool = False
    exclusive: bool = False
    auto_delete: bool = False
    arguments: Arguments = {}
    policy: str | None = None
    messages_ready: int = 0
    messages_unacknowledged: int = 0
    message_bytes: int = 0
    consumers: int | None = 0
    max_length: int | None = None
    max_length_bytes: int | None = None
    overflow: str = "drop-head"
    message_ttl: float | None = None
    dead_letter_exchange: str | None = None
    dead_letter_routing_key: str | None = None
    delivery_limit: int | None = None
    oldest: float | None = None
    consumer_capacity: float | None = None
    state: str = "running"
    enqueued: int | None = 0
    delivered: int | None = 0
    redelivered: int | None = 0
    acknowledged: int | None = 0
    dropped: int | None = 0
    refused: int | None = 0
    expired: int | None = 0
    rejected: int | None = 0
    dead_lettered: int | None = 0
    reasons: Reasons = Reasons()
    purged: int | None = 0
    lost: int | None = 0

    @property
    def messages(self) -> int:
        """Ready and unacknowledged."""
        return self.messages_ready + self.messages_unacknowledged


class ProducerStats(Struct, frozen=True, kw_only=True, gc=False):
    """One member of a producer. `rate`: what its load asks for now, messages a second (a knob, not a measurement)."""

    name: str
    client: str
    exchange: str | None
    routing_key: str
    connection: str = ""
    call: str | None = None
    kind: MessageKind = MessageKind.EVENT
    state: ClientState = ClientState.RUNNING
    rate: float | None = None
    published: int = 0
    confirmed: int | None = 0
    nacked: int | None = 0
    returned: int | None = 0
    retried: int | None = 0
    unconfirmed: int = 0
    confirm: int | None = None
    waiting: int | None = 0
    replied: int | None = 0
    timed_out: int | None = 0
    failed: int | None = 0
    blocked_time: float | None = 0.0


class ConsumerStats(Struct, frozen=True, kw_only=True, gc=False):
    """One member of a consumer. `messages_unacknowledged` is what it holds, `working` on how many."""

    name: str
    client: str
    queue: str
    consumer_tag: str = ""
    connection: str = ""
    state: ClientState = ClientState.IDLE
    prefetch_count: int = 0
    ack_required: bool = True
    active: bool = True
    workers: int = 1
    working: int = 0
    call: str | None = None
    service_mean: float | None = None
    messages_unacknowledged: int | None = 0
    delivered: int | None = 0
    redelivered: int | None = 0
    acknowledged: int | None = 0
    completed: int | None = 0
    busy_time: float | None = 0.0


class ServiceStats(Struct, frozen=True, kw_only=True):
    """One service: what its workers do, who waits, and how its requests ended."""

    name: str
    workers: int
    accept: int | None = None
    timeout: float | None = None
    state: ClientState = ClientState.IDLE
    service_mean: float | None = None
    in_service: int = 0
    waiting: int = 0
    requests: int = 0
    completed: int = 0
    refused: int = 0
    timed_out: int = 0
    failed: int = 0
    busy_time: float = 0.0


class TranslatorStats(Struct, frozen=True, kw_only=True):
    """One translator, with the newest message before and after."""

    name: str
    queue: str
    exchange: str
    routing_key: str
    invalid_queue: str | None = None
    state: ClientState = ClientState.IDLE
    service_mean: float | None = None
    format_in: str = ""
    format_out: str = ""
    taken: int = 0
    translated: int = 0
    invalid: int = 0
    before: str = ""
    after: str = ""


class MessageStats(Struct, frozen=True, kw_only=True):
    """The thirteen totals of RabbitMQ's management UI, in its order, of the virtual host that is looked at."""

    publish: int | None = None
    confirm: int | None = None
    publish_in: int | None = None
    publish_out: int | None = None
    deliver: int | None = None
    deliver_no_ack: int | None = None
    ack: int | None = None
    redeliver: int | None = None
    get: int | None = None
    get_no_ack: int | None = None
    get_empty: int | None = None
    return_unroutable: int | None = None
    drop_unroutable: int | None = None


class NodeStats(Struct, frozen=True, kw_only=True):
    """One node of a cluster: memory and disk in bytes against their watermarks."""

    name: str
    running: bool = True
    memory: int | None = None
    memory_limit: int | None = None
    memory_alarm: bool = False
    disk_free: int | None = None
    disk_free_limit: int | None = None
    disk_alarm: bool = False


class BrokerStats(Struct, frozen=True, kw_only=True):
    """The broker as a whole. `state` is running or down; memory in bytes; `message_stats` None where nobody counts."""

    name: str = ""
    version: str = ""
    state: str = "running"
    connections: int = 0
    blocked_connections: int = 0
    memory: int | None = None
    memory_limit: int | None = None
    memory_alarm: bool = False
    nodes: tuple[NodeStats, ...] = ()
    message_stats: MessageStats | None = None


class ActiveFault(Struct, frozen=True, kw_only=True):
    """A fault that is at work; `id` ends it."""

    id: int
    fault: Fault
    since: float
    until: float | None = None


class Snapshot(Struct, frozen=True, kw_only=True):
    """The whole picture at virtual second `time`; `age`: seconds since it was true (live statistics are late).

    `latency`: durations from arrival to end of work, all so far. `finished`: whether the run has come to its end.
    """

    time: float
    age: float = 0.0
    live: bool = False
    finished: bool = False
    broker: BrokerStats = BrokerStats()
    exchanges: tuple[ExchangeStats, ...] = ()
    queues: tuple[QueueStats, ...] = ()
    bindings: tuple[BindingStats, ...] = ()
    producers: tuple[ProducerStats, ...] = ()
    consumers: tuple[ConsumerStats, ...] = ()
    services: tuple[ServiceStats, ...] = ()
    translators: tuple[TranslatorStats, ...] = ()
    faults: tuple[ActiveFault, ...] = ()
    ledger: Ledger | None = None
    latency: Counts | None = None


class EventKind(StrEnum):
    """What one moving dot, or one line of the log, tells."""

    PUBLISH = "publish"
    ROUTE = "route"
    DELIVER = "deliver"
    ACK = "ack"
    REQUEUE = "requeue"
    DEAD_LETTER = "dead_letter"
    DROP = "drop"
    EXPIRE = "expire"
    REJECT = "reject"
    REFUSE = "refuse"
    RETURN = "return"
    UNROUTABLE = "unroutable"
    LOST = "lost"
    CALL = "call"
    ANSWER = "answer"
    REPLY = "reply"


class Event(Struct, frozen=True, kw_only=True):
    """One step of one message from node `source` to node `target` (ids as above), for the animation.

    `via` is the routing key or binding key. `weight`: how many such steps this one stands for (it was sampled).
    """

    time: float
    kind: EventKind
    source: str
    target: str
    message: int = 0
    via: str = ""
    redelivered: bool = False
    kind_of_message: MessageKind = MessageKind.EVENT
    priority: int = 0
    reason: str = ""
    weight: int = 1


class LogEntry(Struct, frozen=True, kw_only=True):
    """One line of the event log: a code that the window puts into words, the thing it is about, and figures.

    Codes: run_started run_finished fault_started fault_ended change_applied connection_closed connection_opened
    channel_closed consumer_cancelled connection_blocked connection_unblocked memory_alarm_set memory_alarm_cleared
    broker_stopped broker_started messages_lost queue_declared queue_deleted command_refused.
    Of a live broker also: feed_connected feed_lost queue_purged message_published.
    Of the AMQP port also: external_opened external_closed external_lost external_failed external_refused.
    """

    time: float
    code: str
    subject: str = ""
    figures: dict[str, Any] = {}
