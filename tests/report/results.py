"""Results made by hand, with something in every place."""

from msgspec.structs import replace

from mqviz.model.result import (
    ConsumerMember,
    ConsumerResult,
    CopyLedger,
    Depth,
    FaultSpell,
    Ledger,
    MessageLedger,
    Oldest,
    ProducerMember,
    ProducerResult,
    QueueResult,
    QueueSample,
    Reasons,
    Result,
    Sample,
    ScenarioId,
    ServiceResult,
    Summary,
    TranslatorResult,
    WorkLedger,
)

WAIT = Summary(count=90, mean=1 / 3, p50=0.3, p95=0.9, p99=1.2, max=2.5)


def sample(second: int) -> Sample:
    """A second with a growing queue and an unknown one."""
    levels = {"work": QueueSample(ready=second * 7, unacknowledged=3, oldest=second / 3), "far, away": QueueSample(ready=None)}
    return Sample(time=float(second), publish=100.0 + second, deliver=99.0, acknowledge=98.5, redeliver=0.0, queues=levels)


def result(*, seed: int = 7, p95: float = 0.9, services: bool = True) -> Result:
    """A result with every kind of thing in it; both sums agree."""
    messages = MessageLedger(published=100, routed=90, returned=4, refused=3, lost_in_transit=2, in_transit=1, confirmed=80)
    copies = CopyLedger(enqueued=95, acknowledged=80, ready=5, unacknowledged=2, dropped=3, dead_lettered=5, reasons=Reasons(expired=5))
    work = WorkLedger(completed=78, abandoned=1, repeated=2)
    service = ServiceResult(requests=10, completed=5, refused=2, timed_out=2, failed=1, busy_time=5.5, utilisation=0.55, latency=WAIT)
    queue = QueueResult(enqueued=95, delivered=88, redelivered=6, acknowledged=80, ready=5, unacknowledged=2, dropped=3, dead_lettered=5)
    return Result(
        mqviz="0.1.0",
        scenario=ScenarioId(name="Shop & <sons>", digest="ab" * 32),
        seed=seed,
        virtual_time=10.0,
        engine="embedded",
        replayable=True,
        interrupted=False,
        ledger=Ledger(messages=messages, copies=copies, work=work, balanced=True, nothing_lost=False),
        queues={
            "work": replace(queue, depth=Depth(max=70, mean=35.5), oldest=Oldest(max=3.0), wait=replace(WAIT, p95=p95)),
            "far, away": QueueResult(enqueued=None, delivered=None),
        },
        producers={
            "shop": ProducerResult(published=100, confirmed=80, confirm_latency=WAIT, members={"shop.1": ProducerMember(published=100)})
        },
        consumers={
            "server": ConsumerResult(delivered=88, completed=78, utilisation=0.78, members={"server.1": ConsumerMember(delivered=88)})
        },
        services={"desk": service} if services else {},
        translators={"post": TranslatorResult(taken=9, translated=8, invalid=1)},
        latency=Summary(count=78, mean=0.123456789123, p50=0.1, p95=p95, p99=1.0, max=2.0),
        faults=(
            FaultSpell(kind="spike", target="shop", begin=2.0, end=4.0, figures={"factor": 10.0}),
            FaultSpell(kind="kill", target="server.1", begin=2.5, end=None),
            FaultSpell(kind="cut", begin=5.0, end=6.0, figures={"side": "producers"}),
        ),
        series=tuple(sample(second) for second in range(1, 11)),
    )
