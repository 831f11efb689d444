"""What the broker reads in a message's properties: expiration, user id, CC and BCC, reply-to."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from mqviz.engine.arguments import amqp_type, expiry_error
from mqviz.engine.refusals import precondition_failed
from mqviz.model.amqp import Properties

REPLY_TO = "amq.rabbitmq.reply-to"
"""The pseudo-queue of direct replies."""


def check_user(properties: Properties, user: str) -> None:
    """The user id must be the client's own."""
    claimed = properties.user_id
    if claimed is not None and claimed != user:
        raise precondition_failed(f"user_id property set to '{claimed}' but authenticated user was '{user}'")


def check_delivery_mode(properties: Properties) -> None:
    """1 is transient, 2 persistent; there are no others."""
    mode = properties.delivery_mode
    if mode not in (None, 1, 2):
        raise precondition_failed(f"invalid message: {{delivery_mode_unknown,{mode}}}")


def time_to_live(properties: Properties) -> float | None:
    """The message's own time to live in seconds, from the text of milliseconds in its expiration."""
    text = properties.expiration
    if text is None:
        return None
    number, rest = _integer_at_start(text)
    error = "no_integer" if number is None else f'{{leftover_string,"{rest}"}}' if rest else expiry_error(number)
    if error is not None or number is None:
        raise precondition_failed(f"invalid expiration '{text}': {error}")
    return number / 1000


def _integer_at_start(text: str) -> tuple[int | None, str]:
    found = re.match(r"[+-]?[0-9]+", text)
    return (None, text) if found is None else (int(found.group()), text[found.end() :])


def is_special(properties: Properties) -> bool:
    """Whether it has to be routed by more than one key, or carries a direct reply-to address to be filled in."""
    headers = properties.headers
    return properties.reply_to == REPLY_TO or (headers is not None and ("CC" in headers or "BCC" in headers))


def more_routes(properties: Properties) -> tuple[str, ...]:
    """The routing keys in the headers CC and BCC (sender-selected distribution)."""
    keys: list[str] = []
    for name in ("CC", "BCC"):
        value: Any = (properties.headers or {}).get(name)
        if isinstance(value, list):
            keys += [each for each in value if isinstance(each, str)]
        elif value is not None:
            kind = amqp_type(value)
            raise precondition_failed(f'invalid message: {{unacceptable_type_in_header,"{name}",{kind}}}')
    return tuple(keys)


def delivered_properties(properties: Properties, reply_to: str | None) -> Properties:
    """The properties as receivers see them: without BCC, with the address for the reply."""
    headers = properties.headers
    if headers is not None and "BCC" in headers:
        headers = {name: value for name, value in headers.items() if name != "BCC"}
    return msgspec.structs.replace(properties, headers=headers, reply_to=reply_to)
