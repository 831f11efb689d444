"""Saved connections: a TOML file of live brokers, without their passwords."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import tomli_w

from mqviz.model.feed import LiveBroker
from mqviz.settings import write_whole

_log = logging.getLogger(__name__)
_OFF = "off"


def load(path: Path) -> tuple[LiveBroker, ...]:
    """What was saved, in its order; what cannot be read is logged and left out. No file: nothing."""
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("connections", [])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        _log.warning("%s is not used: %s", path.name, error)
        return ()
    found = [_read(table, path.name) for table in (tables if isinstance(tables, list) else ())]
    return tuple(broker for broker in found if broker is not None)


def save(path: Path, brokers: Iterable[LiveBroker]) -> None:
    """Write these connections, all at once or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = tomli_w.dumps({"connections": [_table(broker) for broker in brokers]})
    write_whole(path, text.encode())


def with_saved(brokers: Iterable[LiveBroker], broker: LiveBroker) -> tuple[LiveBroker, ...]:
    """These and one more, in the place of the one that has its name."""
    others = list(brokers)
    for place, each in enumerate(others):
        if each.name == broker.name:
            others[place] = broker
            return tuple(others)
    return (*others, broker)


def _read(table: Any, file: str) -> LiveBroker | None:
    try:
        return msgspec.convert({**table, "interval": None} if table.get("interval") == _OFF else table, LiveBroker)
    except (msgspec.ValidationError, AttributeError) as error:
        _log.warning("%s: a connection is not used: %s", file, error)
        return None


def _table(broker: LiveBroker) -> dict[str, Any]:
    """TOML has no null: a poll that is off is a word, and plain AMQP is the absence of `tls`."""
    table: dict[str, Any] = msgspec.to_builtins(broker)
    if table["interval"] is None:
        table["interval"] = _OFF
    return {key: value for key, value in table.items() if value is not None}
