"""Which bindings of a headers exchange take a message: `x-match` and the values to compare (rabbit_exchange_type_headers)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

X_MATCH = ("all", "any", "all-with-x", "any-with-x")


def headers_match(arguments: Mapping[str, Any], headers: Mapping[str, Any]) -> bool:
    """Whether a binding's arguments fit a message's headers. An argument without value (None) asks for presence alone."""
    how = arguments.get("x-match", "all")
    with_x = how.endswith("-with-x")
    fits = (
        name in headers and (wanted is None or _equal(wanted, headers[name]))
        for name, wanted in arguments.items()
        if name != "x-match" and (with_x or not name.startswith("x-"))
    )
    return any(fits) if how.startswith("any") else all(fits)


def _equal(wanted: Any, given: Any) -> bool:
    """Equal as AMQP values: true is not 1."""
    return isinstance(wanted, bool) == isinstance(given, bool) and bool(wanted == given)
