"""From TOML's tables to the values of the model, field by field, so that no mistake hides another.

msgspec describes the values' types but stops at the first mistake, gives no line and lets nan pass; so the walk is our own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from msgspec import NODEFAULT, inspect

from mqviz.model.mistakes import Mistakes, shown
from mqviz.model.near import did_you_mean, either, nearest, one_of
from mqviz.model.places import Path
from mqviz.model.ranges import Range, range_of
from mqviz.model.rules import rules_of
from mqviz.model.said import say

NEVER = "never"
"""How a file writes None where leaving the key out would mean something else."""

_INT64 = 2**63


class Bad:
    """Stands for a value that could not be read; the mistake has been noted."""


BAD = Bad()


class _Spot(NamedTuple):
    """Where we read: the path, the key to be named in mistakes, the range of numbers."""

    path: Path
    key: str
    range: Range | None
    mistakes: Mistakes

    def wrong(self, expected: str, value: Any) -> Bad:
        self.mistakes.add(self.path, say("'{0}' must be {1}, not {2}", self.key, expected, shown(value)))
        return BAD

    def at(self, step: str | int) -> _Spot:
        return self._replace(path=(*self.path, step))


@cache
def described(table: type) -> inspect.StructType:
    """What msgspec knows of a table's type."""
    found = inspect.type_info(table)
    assert isinstance(found, inspect.StructType)
    return found


def read_table(table: type, raw: Any, path: Path, mistakes: Mistakes) -> Any:
    """The value of a table, or BAD; every mistake in it is noted."""
    return _struct(described(table), raw, _Spot(path, str(path[-1]) if path else "", None, mistakes))


def _struct(kind: inspect.StructType, raw: Any, spot: _Spot) -> Any:
    if not isinstance(raw, dict):
        return spot.wrong(say("a table"), raw)
    fields = {field.encode_name: field for field in kind.fields}
    _note_unknown(kind, raw, fields, spot)
    values, whole = {}, True
    for key, field in fields.items():
        value = _field(kind, field, raw, spot._replace(path=(*spot.path, key), key=key))
        whole = whole and not isinstance(value, Bad)
        if value is not NODEFAULT and not isinstance(value, Bad):
            values[field.name] = value
    for key, text in rules_of(kind.cls, values, raw):
        spot.mistakes.add((*spot.path, key) if key in raw else spot.path, text)
        whole = False
    return kind.cls(**values) if whole else BAD


def _field(kind: inspect.StructType, field: inspect.Field, raw: dict[str, Any], spot: _Spot) -> Any:
    if field.encode_name in raw:
        return _read(field.type, raw[field.encode_name], spot._replace(range=range_of(kind.cls, field.name)))
    if field.required:
        spot.mistakes.add(spot.path[:-1], say("'{0}' is missing; {1} was expected", spot.key, _expected(field.type)))
        return BAD
    return NODEFAULT


def _note_unknown(kind: inspect.StructType, raw: dict[str, Any], fields: dict[str, Any], spot: _Spot) -> None:
    for key in raw:
        if key not in fields and key != kind.tag_field:
            guess = did_you_mean(key, fields) or say("; known are {0}", ", ".join(fields))
            spot.mistakes.add((*spot.path, key), say("there is no '{0}' here{1}", key, guess))


def _read(kind: inspect.Type, value: Any, spot: _Spot) -> Any:
    return _READERS[type(kind)](kind, value, spot)


def _float(_kind: inspect.Type, value: Any, spot: _Spot) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300 or not isfinite(value):
        return spot.wrong(say("a finite number"), value)
    return _ranged(float(value), value, say("a number"), spot)


def _int(_kind: inspect.Type, value: Any, spot: _Spot) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or not -_INT64 <= value < _INT64:
        return spot.wrong(say("a whole number"), value)
    return _ranged(value, value, say("a whole number"), spot)


def _ranged(number: float, value: Any, noun: str, spot: _Spot) -> Any:
    if spot.range is not None and not spot.range.allows(number):
        return spot.wrong(say("{0} {1}", noun, spot.range.said()), value)
    return number


def _bool(_kind: inspect.Type, value: Any, spot: _Spot) -> Any:
    return value if isinstance(value, bool) else spot.wrong(say("true or false"), value)


def _str(_kind: inspect.Type, value: Any, spot: _Spot) -> Any:
    return value if isinstance(value, str) else spot.wrong(say("a text"), value)


def _literal(kind: inspect.LiteralType, value: Any, spot: _Spot) -> Any:
    return _chosen([str(each) for each in kind.values], value, spot)


def _enum(kind: inspect.EnumType, value: Any, spot: _Spot) -> Any:
    found = _chosen([str(each.value) for each in kind.cls], value, spot)
    return found if isinstance(found, Bad) else kind.cls(found)


def _chosen(known: list[str], value: Any, spot: _Spot) -> Any:
    if value in known:
        return value
    guess = did_you_mean(value, known) if isinstance(value, str) else ""
    spot.mistakes.add(spot.path, say("'{0}' must be {1}, not {2}{3}", spot.key, one_of(known), shown(value), guess))
    return BAD


def _list(kind: inspect.VarTupleType, value: Any, spot: _Spot) -> Any:
    if spot.key == "load" and isinstance(value, dict):
        only = _read(kind.item_type, value, spot)
        return only if isinstance(only, Bad) else (only,)
    if not isinstance(value, list):
        return spot.wrong(_expected(kind), value)
    items = tuple(_read(kind.item_type, each, spot.at(i)) for i, each in enumerate(value))
    return BAD if any(isinstance(item, Bad) for item in items) else items


def _pair(kind: inspect.TupleType, value: Any, spot: _Spot) -> Any:
    if not isinstance(value, list) or len(value) != len(kind.item_types):
        return spot.wrong(say("a list of {0} numbers", len(kind.item_types)), value)
    items = tuple(_read(each, v, spot) for each, v in zip(kind.item_types, value, strict=True))
    return BAD if any(isinstance(item, Bad) for item in items) else items


def _dict(kind: inspect.DictType, value: Any, spot: _Spot) -> Any:
    if not isinstance(value, dict):
        return spot.wrong(say("a table"), value)
    items = {key: _read(kind.value_type, each, spot.at(key)._replace(key=key)) for key, each in value.items()}
    return BAD if any(isinstance(item, Bad) for item in items.values()) else items


def _any(_kind: inspect.Type, value: Any, spot: _Spot) -> Any:
    """A value of a field table: what TOML can write, less dates, and finite."""
    if isinstance(value, list):
        items = [_any(_kind, each, spot.at(i)) for i, each in enumerate(value)]
        return BAD if any(isinstance(item, Bad) for item in items) else items
    if isinstance(value, dict):
        return _dict(_ARGUMENTS, value, spot)
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return _int(_kind, value, spot)
    return _float(_kind, value, spot)


_ARGUMENTS = inspect.DictType(inspect.StrType(), inspect.AnyType())


def _union(kind: inspect.UnionType, value: Any, spot: _Spot) -> Any:
    if spot.key == "reconnect" and value == NEVER:
        return None
    choices = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
    tables = [each for each in choices if isinstance(each, inspect.StructType)]
    if isinstance(value, dict) and tables:
        return _tagged(tables, value, spot)
    fitting = [each for each in choices if type(value) in _TAKES.get(type(each), ())] or choices
    if len(choices) > 1 and len(fitting) > 1:
        return spot.wrong(_expected(kind), value)
    return _read(fitting[0], value, spot)


def _tagged(tables: list[inspect.StructType], value: dict[str, Any], spot: _Spot) -> Any:
    if len(tables) == 1 and tables[0].tag_field is None:
        return _struct(tables[0], value, spot)
    field = tables[0].tag_field
    by_tag = {str(each.tag): each for each in tables}
    tag = value.get(str(field))
    if tag in by_tag:
        return _struct(by_tag[tag], value, spot)
    if tag is None:
        guess = nearest(str(field), value)
        hint = say("; did you mean it by '{0}'?", guess) if guess else ""
        spot.mistakes.add(spot.path, say("'{0}' is missing; {1} was expected{2}", field, one_of(by_tag), hint))
    else:
        _chosen(list(by_tag), tag, spot.at(str(field))._replace(key=str(field)))
    return BAD


_READERS: dict[type, Callable[[Any, Any, _Spot], Any]] = {
    inspect.FloatType: _float,
    inspect.IntType: _int,
    inspect.BoolType: _bool,
    inspect.StrType: _str,
    inspect.LiteralType: _literal,
    inspect.EnumType: _enum,
    inspect.StructType: _struct,
    inspect.UnionType: _union,
    inspect.VarTupleType: _list,
    inspect.TupleType: _pair,
    inspect.DictType: _dict,
    inspect.AnyType: _any,
}

_TAKES: dict[type, tuple[type, ...]] = {
    inspect.FloatType: (int, float),
    inspect.IntType: (int,),
    inspect.StrType: (str,),
    inspect.DictType: (dict,),
}

_NOUNS: dict[type, str] = {
    inspect.FloatType: say("a number"),
    inspect.IntType: say("a whole number"),
    inspect.BoolType: say("true or false"),
    inspect.StrType: say("a text"),
    inspect.StructType: say("a table"),
    inspect.DictType: say("a table"),
    inspect.VarTupleType: say("a list"),
    inspect.TupleType: say("a list"),
}


def _expected(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.UnionType):
        named = [_expected(each) for each in kind.types if not isinstance(each, inspect.NoneType)]
        return either(dict.fromkeys(named))
    if isinstance(kind, inspect.VarTupleType) and isinstance(kind.item_type, inspect.StructType | inspect.UnionType):
        return say("a list of tables")
    if isinstance(kind, inspect.LiteralType):
        return one_of(str(value) for value in kind.values)
    if isinstance(kind, inspect.EnumType):
        return one_of(str(each.value) for each in kind.cls)
    return _NOUNS[type(kind)]
