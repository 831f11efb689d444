"""Field tables and properties: what is written is read again; confirms are put together rightly in any order."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mqviz.model.amqp import Properties
from mqviz.wire import fields, methods, properties
from mqviz.wire.confirms import Confirms
from mqviz.wire.fields import DEEPEST, MalformedError, Reader
from tests.wire.talk import parsed

words = st.text(max_size=20)
values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | words
    | st.binary(max_size=20)
    | st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)).map(lambda found: found.replace(microsecond=0, tzinfo=UTC))
    | st.decimals(-10_000, 10_000, places=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
tables = st.dictionaries(words, values, max_size=4)


@given(tables)
def test_a_table_is_read_as_it_was_written(table: dict[str, Any]) -> None:
    assert Reader(fields.table(table)).table() == table


@given(st.builds(Properties, headers=st.none() | tables, delivery_mode=st.none() | st.integers(0, 255), type=st.none() | words,
                 timestamp=st.none() | st.integers(0, 2**64 - 1), message_id=st.none() | words, cluster_id=st.none() | words))
def test_properties_are_read_as_they_were_written(found: Properties) -> None:
    assert properties.read(properties.write(found)) == found


@given(st.binary(max_size=60))
def test_any_bytes_are_a_table_or_malformed(data: bytes) -> None:
    try:
        Reader(data).table()
    except MalformedError:
        return


def test_too_deep_is_refused() -> None:
    nested: dict[str, Any] = {}
    for _ in range(DEEPEST):
        nested = {"x": nested}
    assert Reader(fields.table(nested)).table() == nested
    with pytest.raises(MalformedError):
        Reader(fields.table({"x": nested})).table()


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, Decimal(2**40), object()])
def test_what_no_table_can_hold_is_refused(value: object) -> None:
    with pytest.raises(MalformedError):
        fields.table({"x": value})


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8)), st.sets(st.integers(1, 8)))
def test_every_publish_is_answered_and_none_too_early(order: list[int], refused: set[int], pauses: set[int]) -> None:
    """As a client reckons: an answer for several is for all up to it that have none yet."""
    confirms, answered, done = Confirms(1), {}, set()
    for number in order:
        frames = confirms.nack(number) if number in refused else confirms.ack(number) or b""
        done.add(number)
        if number in pauses or number == order[-1]:
            frames += confirms.flush()
        for _, name, heard in parsed(frames):
            last = heard["delivery_tag"]
            for tag in range(1, last + 1) if heard["multiple"] else [last]:
                assert tag in done
                answered.setdefault(tag, name)
    assert answered == {each: "Basic.Nack" if each in refused else "Basic.Ack" for each in order}


def test_every_method_can_be_read_as_it_is_written() -> None:
    samples = {"bit": True, "octet": 1, "short": 2, "long": 3, "longlong": 4, "shortstr": "a", "longstr": b"b", "table": {"c": 5}}
    for layout in methods.BY_INDEX.values():
        written = [samples[kind] for _, kind in layout.fields]
        payload = methods.write(layout.name, 1, *written)[7:-1]
        assert list(methods.read(layout, payload).values()) == written
