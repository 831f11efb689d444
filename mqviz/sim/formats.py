"""JSON and XML as trees of fields, and back: what a message translator reads and writes.

A tree is a dict of fields, each a text, a number, a dict or a list. An XML element becomes a field of its tag's name, repeated ones
a list, attributes fields with an @ before their name, and the text beside them a field #text. Numbers in XML stay text until
they are converted. Documents that declare entities are refused (they can grow without bound).
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from mqviz.errors import MqvizError

Fields = dict[str, Any]

_NAME = "root"


class InvalidMessageError(MqvizError):
    """A message that cannot be read, or that lacks what a rule needs."""


def parse(body: bytes, format: str) -> tuple[Fields, str]:
    """The fields of a body and the name of its root element ("" in JSON, which has none)."""
    return (_parse_json(body), "") if format == "json" else _parse_xml(body)


def _parse_json(body: bytes) -> Fields:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidMessageError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise InvalidMessageError("not a JSON object")
    return value


def _parse_xml(body: bytes) -> tuple[Fields, str]:
    if b"<!DOCTYPE" in body or b"\0" in body:
        raise InvalidMessageError("XML that declares its own type is not taken")
    try:
        root = ElementTree.fromstring(body)
        fields = _field(root)
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise InvalidMessageError(f"not XML: {error}") from None
    return (fields if isinstance(fields, dict) else {"#text": fields}), root.tag


def _field(element: ElementTree.Element) -> Any:
    fields: Fields = {f"@{name}": value for name, value in element.attrib.items()}
    for child in element:
        value = _field(child)
        if child.tag not in fields:
            fields[child.tag] = value
        elif isinstance(fields[child.tag], list):
            fields[child.tag].append(value)
        else:
            fields[child.tag] = [fields[child.tag], value]
    text = (element.text or "").strip()
    if fields and text:
        fields["#text"] = text
    return fields or text


def render(fields: Fields, format: str, root: str) -> bytes:
    """A body with these fields."""
    if format == "json":
        return json.dumps(fields, ensure_ascii=False).encode()
    element = _element(root or _NAME, fields)
    text: bytes = ElementTree.tostring(element, encoding="utf-8", xml_declaration=False)
    return text


def _element(tag: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(_tag(tag))
    if not isinstance(value, dict):
        element.text = text_of(value)
        return element
    for name, each in value.items():
        if name.startswith("@"):
            element.set(_tag(name[1:]), text_of(each))
        elif name == "#text":
            element.text = text_of(each)
        else:
            element.extend([_element(name, one) for one in (each if isinstance(each, list) else [each])])
    return element


def _tag(name: str) -> str:
    """XML has no name with blanks or signs in it, JSON may."""
    if not name or not (name[0].isalpha() or name[0] == "_") or not all(sign.isalnum() or sign in "_-." for sign in name):
        raise InvalidMessageError(f"{name!r} is no name in XML")
    return name


def text_of(value: Any) -> str:
    """A value as text: numbers without needless digits, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
