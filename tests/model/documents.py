"""Arbitrary scenarios that are right, for round trips."""

from typing import Any

import hypothesis.strategies as st

from mqviz.model import amqp, distributions, faults, load, scenario

NAMES = st.from_regex(r"[a-zA-Z가-힣][a-z0-9_ -]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
SECONDS = st.floats(0.001, 1e6)
RATES = st.floats(0.0, 1e5)
COUNTS = st.integers(1, 50)
KEYS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=6)
FIELD_VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(-1e200, 1e200) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)
LANGUAGES = TEXTS | st.dictionaries(st.sampled_from(["en", "ko", "de"]), TEXTS, min_size=1)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """That, or None."""
    return st.none() | strategy


@st.composite
def empiricals(draw: st.DrawFn) -> distributions.Empirical:
    values = draw(st.lists(SECONDS, min_size=1, max_size=4))
    weights = draw(st.none() | st.lists(st.floats(0.1, 9.0), min_size=len(values), max_size=len(values)))
    return distributions.Empirical(values=tuple(values), weights=tuple(weights or ()))


DISTRIBUTIONS = st.one_of(
    st.builds(distributions.Constant, mean=RATES),
    st.builds(distributions.Exponential, mean=RATES),
    st.builds(lambda low, more: distributions.Uniform(low=low, high=low + more), RATES, RATES),
    st.builds(distributions.Normal, mean=RATES, sd=RATES),
    st.builds(distributions.Lognormal, mean=SECONDS, sd=RATES),
    st.builds(distributions.Gamma, mean=SECONDS, sd=RATES),
    empiricals(),
)

_FROM = {"start": st.floats(0.0, 10.0), "until": maybe(st.floats(1e4, 1e6)), "random": st.booleans()}
_MOST = {"messages": maybe(COUNTS)}
_AT = st.floats(0.0, 100.0)

LOADS = st.one_of(
    st.builds(load.ConstantLoad, rate=RATES, **_FROM, **_MOST),
    st.builds(load.PoissonLoad, rate=RATES, **_FROM, **_MOST),
    st.builds(load.BurstLoad, messages=COUNTS, at=_AT, every=maybe(SECONDS), **_FROM),
    st.builds(load.StepLoad, rate=RATES, to=RATES, at=_AT, **_FROM, **_MOST),
    st.builds(load.RampLoad, rate=RATES, to=RATES, at=_AT, over=SECONDS, **_FROM, **_MOST),
    st.builds(load.SineLoad, rate=RATES, amplitude=RATES, period=SECONDS, phase=st.floats(-9.0, 9.0), **_FROM, **_MOST),
    st.builds(load.OnOffLoad, rate=RATES, on=SECONDS, off=RATES, **_FROM, **_MOST),
    st.builds(
        load.ScheduleLoad,
        steps=st.lists(st.tuples(RATES, SECONDS), min_size=1, max_size=3).map(tuple),
        cyclic=st.booleans(),
        **_FROM,
        **_MOST,
    ),
    st.builds(
        load.TraceLoad,
        file=st.sampled_from(["a.csv", "b.csv"]),
        column=st.sampled_from(["time", "when"]),
        times=st.just((0.5, 1.25, 2.0)),
        **_FROM,
        **_MOST,
    ),
)

QUEUE_ARGUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "x-max-length": st.integers(0, 10**6),
        "x-message-ttl": st.integers(0, 10**6),
        "x-overflow": st.sampled_from(["drop-head", "reject-publish"]),
        "x-max-priority": st.integers(0, 255),
        "x-single-active-consumer": st.booleans(),
        "x-dead-letter-exchange": st.just("amq.fanout"),
        "own": FIELD_VALUES,
    },
)
_RETRY = st.builds(scenario.Retry, attempts=COUNTS, backoff=RATES)
_FAIL = st.builds(scenario.Fail, share=st.floats(0.0, 1.0), how=st.sampled_from(["nack", "reject", "discard", "crash"]))
_OFTEN = st.sampled_from(
    [{}, {"lasts": 2.0}, {"lasts": 0.5, "every": 1.5}, {"at": 3.0, "lasts": 4.0}],
)


def _fault(kind: type, **fields: Any) -> st.SearchStrategy[Any]:
    values = st.fixed_dictionaries(
        {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in fields.items()}
    )
    return st.builds(lambda given, often: kind(**{**given, **often}), values, _OFTEN)


def _faults(producer: str, consumer: str, queue: str) -> st.SearchStrategy[Any]:
    one = st.sampled_from([producer, f"{producer}.1"])
    other = st.sampled_from([consumer, f"{consumer}.1"])
    return st.one_of(
        _fault(faults.Spike, target=one, factor=st.floats(0.1, 9.0)).filter(lambda fault: not fault.every or fault.lasts),
        st.builds(faults.Spike, target=one, messages=COUNTS, at=_AT),
        *(_fault(kind, target=other) for kind in (faults.Kill, faults.Stop, faults.Hang)),
        _fault(faults.Slow, target=other, factor=st.floats(0.5, 9.0)),
        _fault(faults.FailFault, target=other, share=st.floats(0.0, 1.0), how=st.sampled_from(["nack", "crash"])),
        st.builds(faults.Poison, target=one, at=_AT),
        _fault(faults.Delay, seconds=SECONDS, target=maybe(other)),
        _fault(faults.Cut, side=st.sampled_from(["producers", "consumers", "both"]), target=maybe(one)),
        *(_fault(kind) for kind in (faults.RestartFault, faults.Down, faults.MemoryAlarm)),
        st.builds(faults.Purge, target=st.sampled_from([queue, f"queue:{queue}"]), at=_AT),
    )


def _changes(producer: str, consumer: str, queue: str) -> st.SearchStrategy[Any]:
    late = scenario.Declared(
        queues=(amqp.QueueSpec(name="late", arguments={"x-max-length": 3}),),
        bindings=(amqp.BindingSpec(source="amq.topic", destination="late", routing_key="#"),),
    )
    return st.one_of(
        st.builds(scenario.Change, at=_AT, target=st.just(consumer), set=st.builds(faults.Changed, count=COUNTS, service=DISTRIBUTIONS)),
        st.builds(scenario.Change, at=_AT, target=st.just(f"{consumer}.1"), set=st.builds(faults.Changed, prefetch=COUNTS)),
        st.builds(scenario.Change, at=_AT, target=st.just(producer), set=st.builds(faults.Changed, size=RATES)),
        st.builds(
            scenario.Change,
            at=_AT,
            target=st.just(f"queue:{queue}"),
            set=st.builds(faults.Changed, arguments=st.just({"x-max-length": "none", "x-message-ttl": 5})),
        ),
        st.builds(scenario.Change, at=_AT, declare=st.just(late)),
        st.builds(scenario.Change, at=_AT, delete=st.just(faults.Names(clients=(consumer,), queues=(queue,)))),
    )


RULES = st.sampled_from(
    [
        scenario.Rule(do="parse", format="json"),
        scenario.Rule(do="rename", field="a.b", to="c"),
        scenario.Rule(do="drop", field="x"),
        scenario.Rule(do="convert", field="t", unit="F", to="C"),
        scenario.Rule(do="template", text='say "{a}"\n'),
        scenario.Rule(do="render", format="xml", root="order"),
    ]
)


@st.composite
def scenarios(draw: st.DrawFn) -> scenario.Scenario:
    """A right scenario with one client of each kind and a bit of everything."""
    shop, server, desk, translator, queue, exchange = draw(st.lists(NAMES, min_size=6, max_size=6, unique=True))
    kind = draw(st.sampled_from(list(amqp.ExchangeType)))
    producer = draw(
        st.builds(
            scenario.ProducerSpec,
            name=st.just(shop),
            count=COUNTS,
            exchange=st.sampled_from(["", exchange, "amq.topic"]),
            routing_key=TEXTS,
            load=st.lists(LOADS, max_size=3).map(tuple),
            confirm=maybe(COUNTS),
            persistent=st.booleans(),
            mandatory=st.booleans(),
            size=RATES | DISTRIBUTIONS,
            body=maybe(TEXTS),
            priority=maybe(st.integers(0, 255)),
            kind=maybe(st.sampled_from(list(amqp.MessageKind))),
            headers=st.dictionaries(KEYS, FIELD_VALUES, max_size=3),
            expiration=maybe(RATES),
            retry=maybe(_RETRY),
            outbox=st.booleans(),
            request=maybe(st.builds(scenario.Request, timeout=SECONDS)),
            reconnect=maybe(RATES),
        )
    )
    consumer = draw(
        st.builds(
            scenario.ConsumerSpec,
            name=st.just(server),
            queue=st.just(queue),
            count=COUNTS,
            prefetch=st.integers(0, 65535),
            workers=COUNTS,
            multiple=COUNTS,
            service=DISTRIBUTIONS,
            fail=maybe(_FAIL),
            idempotent=st.booleans(),
            reply=st.booleans(),
            reconnect=maybe(RATES),
            priority=st.integers(-9, 9),
        )
    )
    return scenario.Scenario(
        name=draw(LANGUAGES),
        description=draw(LANGUAGES),
        seed=draw(st.integers(0, 2**63 - 1)),
        duration=draw(maybe(st.floats(200.0, 1e6))),
        exchanges=(draw(st.builds(amqp.ExchangeSpec, name=st.just(exchange), type=st.just(kind), durable=st.booleans())),),
        queues=(draw(st.builds(amqp.QueueSpec, name=st.just(queue), durable=st.booleans(), arguments=QUEUE_ARGUMENTS)),),
        bindings=(amqp.BindingSpec(source=exchange, destination=queue, routing_key="a.*", arguments={"x-match": "any"}),),
        policies=(amqp.PolicySpec(name="all", pattern="^a", definition={"max-length": draw(COUNTS)}, priority=draw(COUNTS)),),
        producers=(producer,),
        consumers=(consumer,),
        services=(draw(st.builds(scenario.ServiceSpec, name=st.just(desk), workers=COUNTS, accept=maybe(COUNTS), service=DISTRIBUTIONS)),),
        translators=(
            scenario.TranslatorSpec(
                name=translator, queue=queue, exchange=exchange, rules=tuple(draw(st.lists(RULES, max_size=4))), invalid_queue=queue
            ),
        ),
        network=draw(st.builds(scenario.Network, latency=RATES, jitter=RATES)),
        broker=draw(st.builds(scenario.BrokerSpec, memory_limit=maybe(COUNTS), flow=maybe(SECONDS))),
        faults=tuple(draw(st.lists(_faults(shop, server, queue), max_size=3))),
        changes=tuple(draw(st.lists(_changes(shop, server, queue), max_size=3))),
        layout=draw(st.dictionaries(KEYS, st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), max_size=3)),
        run=draw(st.builds(scenario.RunSpec, warm_up=st.floats(0.0, 100.0), repeat=COUNTS)),
    )


def trace_of(_file: str) -> str:
    """The CSV file behind the traces in these scenarios."""
    return "time,when\n0.5,0.5\n1.25,1.25\n2.0,2.0\n"
