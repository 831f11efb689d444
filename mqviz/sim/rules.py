"""The steps of a message translator: pure functions of a draft, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from mqviz.model.scenario import Rule
from mqviz.model.units import convert
from mqviz.sim.formats import Fields, InvalidMessageError, parse, render, text_of

_CONTENT_TYPES = {"json": "application/json", "xml": "application/xml", "text": "text/plain"}
_PLACE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message on its way through the rules. `fields`: None until it is parsed.

    `format` of the body as it is now ("": nobody has said); `structure`: json or xml, whichever was read or written last.
    """

    body: bytes
    fields: Fields | None = None
    root: str = ""
    format: str = ""
    structure: str = "json"
    is_written: bool = True

    @property
    def content_type(self) -> str | None:
        """The content type of what was written, None where nothing was."""
        return _CONTENT_TYPES.get(self.format)


def translate(body: bytes, rules: tuple[Rule, ...]) -> Draft:
    """What the rules make of a body; InvalidMessageError where they cannot. Changed fields are written in the format that was last."""
    draft = Draft(body)
    for rule in rules:
        draft = _STEPS[rule.do](draft, rule)
    return draft if draft.is_written else _write(draft, draft.structure, draft.root)


def _parse(draft: Draft, rule: Rule) -> Draft:
    format = rule.format or "json"
    fields, root = parse(draft.body, format)
    return replace(draft, fields=fields, root=root, format=format, structure=format)


def _render(draft: Draft, rule: Rule) -> Draft:
    return _write(draft, rule.format or "json", rule.root or draft.root)


def _write(draft: Draft, format: str, root: str) -> Draft:
    body = render(_fields(draft), format, root)
    return replace(draft, body=body, format=format, structure=format, root=root, is_written=True)


def _template(draft: Draft, rule: Rule) -> Draft:
    fields = _fields(draft)
    text = _PLACE.sub(lambda place: text_of(_get(fields, place[1])), rule.text or "")
    return replace(draft, body=text.encode(), format="text", is_written=True)


def _rename(draft: Draft, rule: Rule) -> Draft:
    fields, path = _copied(_fields(draft)), rule.field or ""
    value = _get(fields, path)
    _drop_at(fields, path)
    _set(fields, rule.to or path, value)
    return replace(draft, fields=fields, is_written=False)


def _drop(draft: Draft, rule: Rule) -> Draft:
    fields = _copied(_fields(draft))
    _get(fields, rule.field or "")
    _drop_at(fields, rule.field or "")
    return replace(draft, fields=fields, is_written=False)


def _convert(draft: Draft, rule: Rule) -> Draft:
    fields, path = _copied(_fields(draft)), rule.field or ""
    _set(fields, path, convert(_number(_get(fields, path), path), rule.unit or "", rule.to or ""))
    return replace(draft, fields=fields, is_written=False)


_STEPS: dict[str, Callable[[Draft, Rule], Draft]] = {
    "parse": _parse,
    "render": _render,
    "template": _template,
    "rename": _rename,
    "drop": _drop,
    "convert": _convert,
}


def _fields(draft: Draft) -> Fields:
    """What is not parsed by a rule is taken for JSON."""
    return parse(draft.body, "json")[0] if draft.fields is None else draft.fields


def _copied(fields: Fields) -> Fields:
    return {name: _copied(value) if isinstance(value, dict) else value for name, value in fields.items()}


def _get(fields: Fields, path: str) -> Any:
    value: Any = fields
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            raise InvalidMessageError(f"there is no field {path!r}")
        value = value[name]
    return value


def _drop_at(fields: Fields, path: str) -> None:
    *way, last = path.split(".")
    for name in way:
        fields = fields[name]
    del fields[last]


def _set(fields: Fields, path: str, value: Any) -> None:
    *way, last = path.split(".")
    for name in way:
        fields = fields.setdefault(name, {})
        if not isinstance(fields, dict):
            raise InvalidMessageError(f"{name!r} of {path!r} has no fields")
    fields[last] = value


def _number(value: Any, path: str) -> float:
    if not isinstance(value, bool) and isinstance(value, int | float | str):
        try:
            number = float(value)
        except (ValueError, OverflowError):
            number = float("nan")
        if isfinite(number):
            return number
    raise InvalidMessageError(f"{path!r} is no number")
