"""The document: topology, clients, load, faults, changes and seed, as one frozen value.

`mqviz.model.parsing` reads it from TOML and `mqviz.model.writing` writes it; the contract is the scenario file of the help.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from mqviz.model.amqp import (
    Arguments,
    BindingSpec,
    ExchangeSpec,
    MessageKind,
    PolicySpec,
    QueueSpec,
)
from mqviz.model.distributions import Constant, Distribution
from mqviz.model.faults import Changed, FailHow, Fault, Names
from mqviz.model.load import Load

FORMAT = 1
MAX_CLIENTS = 10_000
MAX_QUEUES = 10_000
MAX_AT_ONCE = 1_000_000

Text = str | dict[str, str]
"""A text, or one for each language (`{ en = "...", ko = "..." }`)."""


class _Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Retry(_Table, frozen=True, kw_only=True):
    """Publish again what was nacked, returned or lost: so many times more, waiting `backoff` seconds, doubled each time (0: at once)."""

    attempts: int = 3
    backoff: float = 0.0


class Request(_Table, frozen=True, kw_only=True):
    """The producer waits for a reply with the correlation id of its message, at most `timeout` seconds."""

    timeout: float = 1.0


class Fail(_Table, frozen=True, kw_only=True):
    """A share (0 to 1) of the work fails, in the way `how`."""

    share: float
    how: FailHow = "nack"


class ProducerSpec(_Table, frozen=True, kw_only=True):
    """A publisher, `count` alike; `load` is for each of them. With `call` it calls a service and knows no broker.

    `confirm`: at most so many unconfirmed (None: no confirms). `size` in bytes. `expiration` in seconds. `body` is a text in
    which `{number}` stands for the message's number and `{name}` for its producer; without it only the size is simulated.
    `reconnect`: seconds after the network or the broker dropped the connection; None: never.
    """

    name: str
    count: int = 1
    exchange: str = ""
    routing_key: str = ""
    load: tuple[Load, ...] = ()
    confirm: int | None = None
    persistent: bool = False
    mandatory: bool = False
    size: float | Distribution = 100.0
    body: str | None = None
    priority: int | None = None
    kind: MessageKind | None = None
    headers: Arguments = {}
    expiration: float | None = None
    retry: Retry | None = None
    outbox: bool = False
    request: Request | None = None
    call: str | None = None
    mode: Literal["synchronous", "asynchronous"] = "synchronous"
    reconnect: float | None = 1.0

    @property
    def message_kind(self) -> MessageKind:
        """The kind as written, else request for who waits for an answer, and event."""
        asks = self.request is not None or self.call is not None
        return self.kind or (MessageKind.REQUEST if asks else MessageKind.EVENT)


class ConsumerSpec(_Table, frozen=True, kw_only=True):
    """A subscriber of one queue, `count` alike, each with `workers` that take its deliveries one after the other.

    `multiple`: acks every n deliveries with multiple = true (what is left over when idle, too).
    `reply`: answers to reply_to with the correlation id. `call`: its work is done by that service.
    `idempotent`: finishes a message that it has finished before at once.
    `reconnect` as a producer's. `exclusive`, `priority` as in basic.consume.
    """

    name: str
    queue: str
    count: int = 1
    prefetch: int = 0
    ack: Literal["manual", "automatic"] = "manual"
    workers: int = 1
    multiple: int = 1
    service: Distribution = Constant(mean=0.0)
    fail: Fail | None = None
    idempotent: bool = False
    reply: bool = False
    call: str | None = None
    reconnect: float | None = 1.0
    priority: int = 0
    exclusive: bool = False


class ServiceSpec(_Table, frozen=True, kw_only=True):
    """A server: so many workers, so many places to wait (None: no limit), and the callers' patience in seconds.

    Service time is multiplied by 1 + `overload` times the requests that wait when it begins.
    """

    name: str
    workers: int = 1
    accept: int | None = None
    timeout: float | None = None
    service: Distribution = Constant(mean=0.0)
    overload: float = 0.0


class Rule(_Table, frozen=True, kw_only=True, rename={"unit": "from"}):
    """One step of a translator, in order. `do` says which of the other fields it takes:

    parse {format}; render {format, root}; rename {field, to}; drop {field}; convert {field, from, to} (units);
    template {text} (with `{field}` for a field's value). A path into nested fields is written with dots.
    """

    do: Literal["parse", "render", "rename", "drop", "convert", "template"]
    format: Literal["json", "xml"] | None = None
    root: str | None = None
    field: str | None = None
    unit: str | None = None
    to: str | None = None
    text: str | None = None


class TranslatorSpec(_Table, frozen=True, kw_only=True):
    """Takes from one queue, changes the format by its rules, publishes; what it cannot translate goes to `invalid_queue`."""

    name: str
    queue: str
    exchange: str = ""
    routing_key: str = ""
    rules: tuple[Rule, ...] = ()
    invalid_queue: str | None = None
    prefetch: int = 10
    service: Distribution = Constant(mean=0.0)


class Network(_Table, frozen=True, kw_only=True):
    """One-way latency in seconds, and the standard deviation of it (never below 0, order is kept as TCP does)."""

    latency: float = 0.0
    jitter: float = 0.0


class BrokerSpec(_Table, frozen=True, kw_only=True):
    """`consumer_timeout` in seconds (None: 30 minutes as RabbitMQ); `memory_limit` in bytes of queued messages (None: none);
    `flow`: how many messages a second the broker takes in before publishing connections go into flow (None: any number)."""

    consumer_timeout: float | None = None
    memory_limit: int | None = None
    flow: float | None = None


class RunSpec(_Table, frozen=True, kw_only=True):
    """`warm_up` seconds that waiting times and latencies leave out; `repeat`: so many runs with different seeds."""

    warm_up: float = 0.0
    repeat: int = 1


class Declared(_Table, frozen=True, kw_only=True):
    """What a change declares, in the words of the scenario's own tables."""

    exchanges: tuple[ExchangeSpec, ...] = ()
    queues: tuple[QueueSpec, ...] = ()
    bindings: tuple[BindingSpec, ...] = ()
    producers: tuple[ProducerSpec, ...] = ()
    consumers: tuple[ConsumerSpec, ...] = ()
    services: tuple[ServiceSpec, ...] = ()
    translators: tuple[TranslatorSpec, ...] = ()


class Change(_Table, frozen=True, kw_only=True):
    """Something that is turned while it runs: `set` on a target, or things declared or deleted."""

    at: float = 0.0
    target: str | None = None
    set: Changed | None = None
    declare: Declared | None = None
    delete: Names | None = None


class Scenario(_Table, frozen=True, kw_only=True):
    """Everything one run needs. `duration` in virtual seconds; None: until stopped, or until empty."""

    format: int = FORMAT
    name: Text = ""
    description: Text = ""
    seed: int = 1
    duration: float | None = None
    exchanges: tuple[ExchangeSpec, ...] = ()
    queues: tuple[QueueSpec, ...] = ()
    bindings: tuple[BindingSpec, ...] = ()
    policies: tuple[PolicySpec, ...] = ()
    producers: tuple[ProducerSpec, ...] = ()
    consumers: tuple[ConsumerSpec, ...] = ()
    services: tuple[ServiceSpec, ...] = ()
    translators: tuple[TranslatorSpec, ...] = ()
    network: Network = Network()
    broker: BrokerSpec = BrokerSpec()
    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    layout: dict[str, tuple[float, float]] = {}
    run: RunSpec = RunSpec()


def in_language(text: Text, language: str) -> str:
    """The text in that language, else in English, else in whichever there is."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def members(name: str, count: int) -> tuple[str, ...]:
    """The names of the members of a client: NAME.1 to NAME.n, also for n = 1."""
    return tuple(f"{name}.{i}" for i in range(1, count + 1))
