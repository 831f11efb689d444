"""A message translator: its formats and rules as pure functions, and the client that applies them without losing anything."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mqviz.model.amqp import QueueSpec
from mqviz.model.backend import Peek
from mqviz.model.distributions import Constant
from mqviz.model.faults import Cut, Hang, Kill, Stop
from mqviz.model.load import BurstLoad
from mqviz.model.result import Result
from mqviz.model.scenario import Network, ProducerSpec, Rule, Scenario, TranslatorSpec
from mqviz.sim.formats import InvalidMessageError, parse, render
from mqviz.sim.rules import translate
from mqviz.sim.simulation import Simulation
from tests.sim.worlds import at, run, server

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,6}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1)
TREES = st.dictionaries(NAMES, st.recursive(TEXTS, lambda inner: st.dictionaries(NAMES, inner, min_size=1), max_leaves=6), min_size=1)


@given(TREES)
def test_fields_survive_xml_and_json(fields: dict[str, Any]) -> None:
    for format in ("xml", "json"):
        assert parse(render(fields, format, "order"), format)[0] == fields


def test_xml_has_a_root_attributes_lists_and_text() -> None:
    fields, root = parse(b'<order id="7"><item>tea</item><item>cup</item><to><city>Seoul</city></to></order>', "xml")
    assert root == "order"
    assert fields == {"@id": "7", "item": ["tea", "cup"], "to": {"city": "Seoul"}}
    assert parse(render(fields, "xml", root), "xml") == (fields, root)


def test_numbers_and_truth_become_text_in_xml() -> None:
    body = render({"count": 3, "price": 2.5, "paid": True, "note": None}, "xml", "order")
    assert body == b"<order><count>3</count><price>2.5</price><paid>true</paid><note /></order>"


@pytest.mark.parametrize(
    ("body", "format"),
    [
        (b"", "json"),
        (b"[1, 2]", "json"),
        (b"{", "json"),
        (b"\xff\xfe", "json"),
        (b"[" * 100_000, "json"),
        (b"<a>", "xml"),
        (b"plain", "xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml"),
        (b"<a>" * 100_000, "xml"),
    ],
)
def test_what_cannot_be_read_is_invalid(body: bytes, format: str) -> None:
    with pytest.raises(InvalidMessageError):
        parse(body, format)


def test_a_name_that_xml_does_not_have_is_invalid() -> None:
    with pytest.raises(InvalidMessageError):
        render({"two words": "x"}, "xml", "order")


def rules(*steps: dict[str, Any]) -> tuple[Rule, ...]:
    return tuple(Rule(**step) for step in steps)


def test_rules_are_applied_in_order() -> None:
    steps = rules(
        {"do": "parse", "format": "json"},
        {"do": "rename", "field": "id", "to": "order.number"},
        {"do": "drop", "field": "secret"},
        {"do": "convert", "field": "size.length", "unit": "in", "to": "cm"},
        {"do": "render", "format": "xml", "root": "shipment"},
    )
    body = b'{"id": 7, "secret": "x", "size": {"length": "10", "width": 3}}'
    draft = translate(body, steps)
    assert draft.body == b"<shipment><size><length>25.4</length><width>3</width></size><order><number>7</number></order></shipment>"
    assert draft.content_type == "application/xml"


def test_what_was_changed_last_is_written_in_the_format_that_was_read() -> None:
    draft = translate(b"<a><b>1</b><c>2</c></a>", rules({"do": "parse", "format": "xml"}, {"do": "drop", "field": "b"}))
    assert draft.body == b"<a><c>2</c></a>"
    assert translate(b'{"b": 1, "c": 2}', rules({"do": "drop", "field": "b"})).body == b'{"c": 2}'


def test_a_template_puts_fields_into_a_text() -> None:
    step = {"do": "template", "text": "Order {id} for {who.name}, {price} EUR"}
    draft = translate(b'{"id": 7, "who": {"name": "Kim"}, "price": 2.50}', rules(step))
    assert draft.body == b"Order 7 for Kim, 2.5 EUR"
    assert draft.content_type == "text/plain"


@pytest.mark.parametrize(
    "step",
    [
        {"do": "rename", "field": "missing", "to": "x"},
        {"do": "drop", "field": "missing"},
        {"do": "convert", "field": "text", "unit": "m", "to": "km"},
        {"do": "convert", "field": "nested", "unit": "m", "to": "km"},
        {"do": "template", "text": "{missing}"},
        {"do": "rename", "field": "nested.a", "to": "text.b"},
    ],
)
def test_a_rule_that_finds_not_what_it_needs_makes_the_message_invalid(step: dict[str, Any]) -> None:
    with pytest.raises(InvalidMessageError):
        translate(b'{"text": "abc", "nested": {"a": 1}}', rules(step))


def test_rules_leave_the_original_as_it_is() -> None:
    fields = {"a": {"b": 1}}
    body = json.dumps(fields).encode()
    first = translate(body, rules({"do": "parse", "format": "json"}))
    assert first.body == body
    assert translate(body, rules({"do": "parse", "format": "json"}, {"do": "drop", "field": "a.b"})).body == b'{"a": {}}'


# -- the client ---------------------------------------------------------------------------------------

TO_XML = rules({"do": "parse", "format": "json"}, {"do": "render", "format": "xml", "root": "order"})
GOOD = '{"id": {number}}'


def bridge(
    *bodies: str, messages: int = 1, queues: tuple[QueueSpec, ...] = (), faults: tuple[Any, ...] = (), latency: float = 0.0, **settings: Any
) -> Scenario:
    producers = tuple(
        ProducerSpec(name=f"shop{i}", routing_key="in", body=body, load=(BurstLoad(messages=messages),), persistent=True)
        for i, body in enumerate(bodies)
    )
    spec = TranslatorSpec(**{"name": "bridge", "queue": "in", "routing_key": "out", "rules": TO_XML, "invalid_queue": "bad", **settings})
    return Scenario(
        duration=20.0,
        queues=queues or tuple(QueueSpec(name=name, durable=True) for name in ("in", "out", "bad")),
        producers=producers,
        translators=(spec,),
        faults=faults,
        network=Network(latency=latency),
    )


def ready(result: Result) -> dict[str, int | None]:
    return {name: queue.ready for name, queue in result.queues.items()}


def test_it_translates_and_sets_aside_what_it_cannot() -> None:
    simulation = at(bridge(GOOD, "no json"), 5.0)
    out = simulation.apply(Peek(queue="out")).answer[0]
    assert (out.body, out.properties.content_type, out.properties.delivery_mode) == (b"<order><id>1</id></order>", "application/xml", 2)
    bad = simulation.apply(Peek(queue="bad")).answer[0]
    assert bad.body == b"no json"
    result = simulation.result()
    translator = result.translators["bridge"]
    assert (translator.taken, translator.translated, translator.invalid) == (2, 1, 1)
    stats = simulation.snapshot().translators[0]
    assert (stats.before, stats.after, stats.format_in, stats.format_out) == ('{"id": 1}', "<order><id>1</id></order>", "json", "xml")


def test_without_a_place_for_the_invalid_they_are_rejected() -> None:
    for place in (None, "missing"):
        result = run(bridge("no json", invalid_queue=place))
        assert result.ledger.copies.rejected == 1
        assert result.translators["bridge"].invalid == 1


def test_what_cannot_be_routed_is_set_aside() -> None:
    result = run(bridge(GOOD, routing_key="nowhere"))
    assert ready(result) == {"in": 0, "out": 0, "bad": 1}


def test_a_full_queue_holds_the_translator_up_but_nothing_is_lost() -> None:
    full = QueueSpec(name="out", durable=True, arguments={"x-max-length": 2, "x-overflow": "reject-publish"})
    result = run(bridge(GOOD, messages=5, queues=(QueueSpec(name="in", durable=True), full, QueueSpec(name="bad"))))
    assert ready(result)["out"] == 2
    assert result.queues["in"].unacknowledged == 3
    assert result.translators["bridge"].translated == 2


@pytest.mark.parametrize("latency", [0.0, 0.3])
@pytest.mark.parametrize("fault", [Cut(at=1.25, lasts=0.5), Kill(target="bridge", at=1.25, lasts=0.5)], ids=["cut", "kill"])
def test_nothing_is_lost_when_it_breaks_in_the_midst(fault: Any, latency: float) -> None:
    result = run(bridge(GOOD, messages=5, service=Constant(mean=0.5), faults=(fault,), latency=latency))
    assert result.queues["in"].ready == 0
    assert result.queues["in"].unacknowledged == 0
    assert (result.queues["out"].ready or 0) >= 5
    translator = result.translators["bridge"]
    assert translator.taken == translator.translated == (result.queues["in"].acknowledged or 0)


def test_hang_and_stop() -> None:
    hanging = at(bridge(GOOD, messages=5, service=Constant(mean=1.0), faults=(Hang(target="bridge", at=1.5),)), 10.0)
    assert hanging.snapshot().translators[0].translated == 1
    stopped = at(bridge(GOOD, messages=5, prefetch=2, service=Constant(mean=1.0), faults=(Stop(target="bridge", at=0.5),)), 10.0)
    stats = stopped.snapshot().translators[0]
    assert (stats.translated, stats.state) == (2, "stopped")
    assert ready(stopped.result())["in"] == 3


def test_latency_counts_from_the_first_arrival() -> None:
    scenario = bridge(GOOD, service=Constant(mean=1.0))
    whole = msgspec.structs.replace(scenario, consumers=(server(queue="out", service=Constant(mean=0.5)),))
    simulation = Simulation(whole)
    simulation.run_until(10.0)
    assert simulation.result().latency.mean == pytest.approx(1.5)


def test_a_cut_at_the_moment_of_a_delivery_loses_nothing() -> None:
    result = run(bridge(GOOD, messages=5, faults=(Cut(at=0.0, lasts=0.5, target="bridge"),)))
    assert ready(result) == {"in": 0, "out": 5, "bad": 0}
    assert result.queues["in"].redelivered == 0
