"""Small random scenarios with every kind of client, fault and change, for hypothesis."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from mqviz.model.amqp import BindingSpec, ExchangeSpec, ExchangeType, QueueSpec
from mqviz.model.distributions import Constant, Exponential
from mqviz.model.faults import (
    Changed,
    Cut,
    Delay,
    Down,
    FailFault,
    Fault,
    Hang,
    Kill,
    MemoryAlarm,
    Names,
    Poison,
    Purge,
    RestartFault,
    Slow,
    Spike,
    Stop,
)
from mqviz.model.load import BurstLoad, ConstantLoad, OnOffLoad, PoissonLoad
from mqviz.model.scenario import (
    BrokerSpec,
    Change,
    ConsumerSpec,
    Declared,
    Fail,
    Network,
    ProducerSpec,
    Request,
    Retry,
    Rule,
    Scenario,
    ServiceSpec,
    TranslatorSpec,
)

QUEUES = ("work", "other", "dead")
CLIENTS = ("shop", "till", "caller", "server", "helper", "bridge", "kitchen")
DURATION = 12.0

moments = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.25, 4.0, 7.5])
spans = st.sampled_from([None, 0.25, 1.0, 3.0])
services = st.sampled_from([Constant(mean=0.0), Constant(mean=0.1), Exponential(mean=0.05)])
loads = st.sampled_from(
    [
        (ConstantLoad(rate=8.0),),
        (PoissonLoad(rate=20.0), BurstLoad(messages=15, at=1.0)),
        (BurstLoad(messages=30, at=0.5, every=3.0),),
        (OnOffLoad(rate=30.0, on=1.0, off=1.0, messages=60),),
        (ConstantLoad(rate=15.0, until=6.0),),
    ]
)
arguments = st.fixed_dictionaries(
    {},
    optional={
        "x-max-length": st.sampled_from([0, 3, 20]),
        "x-overflow": st.sampled_from(["drop-head", "reject-publish", "reject-publish-dlx"]),
        "x-message-ttl": st.sampled_from([0, 200, 2000]),
        "x-dead-letter-exchange": st.just("dlx"),
        "x-max-priority": st.just(3),
        "x-single-active-consumer": st.just(True),
    },
)
quorum = st.fixed_dictionaries(
    {"x-queue-type": st.just("quorum")},
    optional={"x-delivery-limit": st.sampled_from([0, 2]), "x-dead-letter-exchange": st.just("dlx")},
)


@st.composite
def queues(draw: st.DrawFn) -> QueueSpec:
    if draw(st.integers(0, 4)) == 0:
        return QueueSpec(name="work", durable=True, arguments=draw(quorum))
    exclusive = draw(st.integers(0, 9)) == 0
    return QueueSpec(
        name="work",
        durable=draw(st.booleans()),
        exclusive=exclusive,
        auto_delete=draw(st.integers(0, 5)) == 0,
        arguments=draw(arguments),
    )


@st.composite
def producers(draw: st.DrawFn, name: str) -> ProducerSpec:
    if name == "caller":
        return ProducerSpec(
            name=name,
            count=draw(st.integers(1, 2)),
            call="kitchen",
            mode=draw(st.sampled_from(["synchronous", "asynchronous"])),
            load=draw(loads),
            retry=draw(st.sampled_from([None, Retry(attempts=2, backoff=0.1), Retry(attempts=3)])),
        )
    direct = draw(st.booleans())
    return ProducerSpec(
        name=name,
        count=draw(st.integers(1, 2)),
        exchange="" if direct else "all",
        routing_key=draw(st.sampled_from(["work", "work", "nowhere"])),
        load=draw(loads),
        confirm=draw(st.sampled_from([None, 1, 5])),
        persistent=draw(st.booleans()),
        mandatory=draw(st.booleans()),
        size=draw(st.sampled_from([0.0, 100.0])),
        body=draw(st.sampled_from([None, '{"number": {number}, "by": "{name}"}'])),
        priority=draw(st.sampled_from([0, 2])),
        expiration=draw(st.sampled_from([None, None, 0.5])),
        retry=draw(st.sampled_from([None, Retry(attempts=2, backoff=0.3), Retry(attempts=2)])),
        outbox=draw(st.booleans()),
        request=draw(st.sampled_from([None, None, Request(timeout=0.4)])),
        reconnect=draw(st.sampled_from([None, 0.0, 0.5, 1.0])),
    )


@st.composite
def consumers(draw: st.DrawFn, name: str) -> ConsumerSpec:
    automatic = draw(st.integers(0, 3)) == 0
    exclusive = draw(st.integers(0, 7)) == 0
    return ConsumerSpec(
        name=name,
        queue="work" if name == "server" else draw(st.sampled_from(["work", "other"])),
        count=1 if exclusive else draw(st.integers(1, 3)),
        prefetch=draw(st.sampled_from([0, 1, 5])),
        ack="automatic" if automatic else "manual",
        workers=draw(st.integers(1, 3)),
        multiple=1 if automatic else draw(st.sampled_from([1, 1, 4])),
        service=draw(services),
        fail=draw(st.sampled_from([None, None, *(Fail(share=0.2, how=how) for how in ("nack", "reject", "discard", "crash"))])),  # type: ignore[arg-type]
        idempotent=draw(st.booleans()),
        reply=draw(st.booleans()),
        call=draw(st.sampled_from([None, None, "kitchen"])),
        reconnect=draw(st.sampled_from([None, 0.0, 0.5])),
        priority=draw(st.sampled_from([0, 0, 5])),
        exclusive=exclusive,
    )


@st.composite
def faults(draw: st.DrawFn) -> Fault:
    """Some fault at some time."""
    when: dict[str, Any] = {"at": draw(moments), "lasts": draw(spans)}
    if when["lasts"] is not None and draw(st.booleans()):
        when["every"] = 4.0
    client = draw(st.sampled_from([*CLIENTS, "server.1", "shop.1"]))
    side = draw(st.sampled_from(["producers", "consumers", "both"]))
    how = draw(st.sampled_from(["nack", "reject", "discard", "crash"]))
    at = {"at": when["at"]}
    made: list[Fault] = [
        Spike(target=client, factor=draw(st.sampled_from([0.0, 3.0])), **when),
        Spike(target=client, messages=20, **at),
        Kill(target=client, **when),
        Stop(target=client, **when),
        Hang(target=client, **when),
        Slow(target=client, factor=5.0, **when),
        FailFault(target=client, share=0.5, how=how, **when),
        Poison(target="shop", **at),
        Delay(seconds=0.3, target=draw(st.sampled_from([None, client])), **when),
        Cut(side=side, target=draw(st.sampled_from([None, client])), **when),
        RestartFault(**when),
        Down(**when),
        MemoryAlarm(**when),
        Purge(target="queue:work", **at),
    ]
    return draw(st.sampled_from(made))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Some change at some time."""
    made = [
        Change(target="shop", set=Changed(rate=draw(st.sampled_from([0.0, 50.0])))),
        Change(target="shop", set=Changed(count=draw(st.integers(0, 3)))),
        Change(target="shop", set=Changed(confirm=2, size=10.0, priority=1)),
        Change(target="server", set=Changed(count=draw(st.integers(0, 4)))),
        Change(target="server", set=Changed(prefetch=draw(st.integers(0, 3)))),
        Change(target="server", set=Changed(workers=2, service=Constant(mean=0.02))),
        Change(target="kitchen", set=Changed(workers=3, accept=1, timeout=0.2)),
        Change(target="queue:work", set=Changed(arguments={"x-max-length": draw(st.sampled_from([1, "none"]))})),
        Change(declare=Declared(queues=(QueueSpec(name="late"),), consumers=(ConsumerSpec(name="latecomer", queue="late"),))),
        Change(declare=Declared(producers=(ProducerSpec(name="latecomer", routing_key="work", load=(ConstantLoad(rate=9.0),)),))),
        Change(target=draw(st.sampled_from(("network", "shop", "caller"))), set=Changed(latency=0.1 * draw(st.integers(0, 1)))),
        Change(declare=Declared(services=(ServiceSpec(name="hut"),), consumers=(ConsumerSpec(name="cook", queue="work", call="hut"),))),
        Change(delete=Names(clients=("kitchen",))),
        Change(delete=Names(queues=("work",))),
        Change(delete=Names(exchanges=("all",))),
        Change(delete=Names(clients=(draw(st.sampled_from(["server", "shop", "bridge"])),))),
    ]
    return msgspec.structs.replace(draw(st.sampled_from(made)), at=draw(moments))


TRANSLATED = (
    Rule(do="parse", format="json"),
    Rule(do="rename", field="number", to="id"),
    Rule(do="render", format="xml", root="order"),
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A small random scenario."""
    with_translator = draw(st.booleans())
    return Scenario(
        seed=draw(st.integers(0, 5)),
        duration=DURATION,
        exchanges=(
            ExchangeSpec(name="all", type=ExchangeType.FANOUT, durable=draw(st.booleans())),
            ExchangeSpec(name="dlx", type=ExchangeType.FANOUT, durable=True),
        ),
        queues=(draw(queues()), QueueSpec(name="other", durable=True), QueueSpec(name="dead", durable=True)),
        bindings=(
            BindingSpec(source="all", destination="work"),
            BindingSpec(source="all", destination="other"),
            BindingSpec(source="dlx", destination="dead"),
        ),
        producers=tuple(draw(producers(name)) for name in ("shop", "till", "caller") if draw(st.booleans())),
        consumers=tuple(draw(consumers(name)) for name in ("server", "helper") if draw(st.booleans())),
        services=(
            ServiceSpec(
                name="kitchen",
                workers=draw(st.integers(1, 3)),
                accept=draw(st.sampled_from([None, 0, 3])),
                timeout=draw(st.sampled_from([None, 0.3])),
                service=draw(services),
                overload=draw(st.sampled_from([0.0, 0.5])),
            ),
        ),
        translators=(
            TranslatorSpec(
                name="bridge",
                queue="other",
                routing_key=draw(st.sampled_from(["dead", "nowhere"])),
                rules=TRANSLATED,
                invalid_queue=draw(st.sampled_from([None, "dead", "missing"])),
                service=draw(services),
            ),
        )
        if with_translator
        else (),
        network=draw(st.sampled_from([Network(), Network(), Network(latency=0.02, jitter=0.01)])),
        broker=BrokerSpec(
            consumer_timeout=draw(st.sampled_from([None, 1.0])),
            memory_limit=draw(st.sampled_from([None, 1500])),
            flow=draw(st.sampled_from([None, 10.0])),
        ),
        faults=tuple(draw(st.lists(faults(), max_size=4))),
        changes=tuple(draw(st.lists(changes(), max_size=3))),
    )
