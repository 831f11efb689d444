"""How we come to know of a live broker: where it is, whether it answers, what it does not tell and why.

Passwords are no part of these values; they are handed beside them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

DEFAULT_INTERVAL = 5.0
INTERVALS = (5.0, 10.0, 30.0, None)
"""Seconds between two polls that can be chosen; None: off. RabbitMQ's own numbers move every 5 s."""


class Tls(Struct, frozen=True, kw_only=True):
    """How to speak TLS; paths of PEM files. Without `ca` the system's authorities are asked."""

    ca: str = ""
    certificate: str = ""
    key: str = ""
    verify: bool = True
    server_name: str = ""


class LiveBroker(Struct, frozen=True, kw_only=True):
    """Where a live broker is and how it is asked; `name` is what the user calls it. Timeouts are seconds.

    `management` is the address of the HTTP API (`http://host:15672`); empty: there is no such plugin to be asked.
    `queues`: names to ask for by AMQP where the HTTP API does not answer; none of them should expire when unused (`x-expires`).
    `metrics`: the address of the Prometheus endpoint; empty: port 15692 (with TLS 15691) of the management's host.
    """

    name: str = ""
    host: str = "127.0.0.1"
    port: int = 5672
    virtual_host: str = "/"
    user: str = "guest"
    tls: Tls | None = None
    management: str = "http://127.0.0.1:15672"
    connect_timeout: float = 5.0
    answer_timeout: float = 10.0
    interval: float | None = DEFAULT_INTERVAL
    queues: tuple[str, ...] = ()
    metrics: str = ""


def changed(broker: LiveBroker, **changes: Any) -> LiveBroker:
    """The same broker but for these."""
    return replace(broker, **changes)


class Trouble(StrEnum):
    """Why a live broker cannot be seen, or not wholly; the window puts it into words."""

    NAME = "name"
    """The host's name has no address."""
    PORT = "port"
    """Nobody listens there."""
    TIMEOUT = "timeout"
    TLS = "tls"
    CERTIFICATE = "certificate"
    """Theirs is not to be trusted, or ours is wanted."""
    PLAIN = "plain"
    """TLS was spoken to a port that speaks plainly, or the other way round."""
    PROTOCOL = "protocol"
    """Somebody else listens there."""
    LOGIN = "login"
    VHOST = "vhost"
    """There is no such virtual host, or it may not be entered."""
    RIGHTS = "rights"
    """The account's tags or permissions do not allow it."""
    PLUGIN = "plugin"
    """The management plugin is missing or switched off."""
    STATISTICS = "statistics"
    """The broker keeps no statistics."""
    LOST = "lost"
    """The connection broke."""
    UNTOLD = "untold"
    """RabbitMQ tells it to nobody."""
    FAILED = "failed"
    """The broker answered with an error; the detail says which."""


class Check(Struct, frozen=True, kw_only=True):
    """One line of a test of a connection; `trouble` None: it is well.

    `step` is name, port, tls, login, vhost, management, rights or statistics.
    """

    step: str
    trouble: Trouble | None = None
    detail: str = ""
    seconds: float | None = None


class FeedState(StrEnum):
    """How the feed is. BLIND: it was there and is not now, and comes back by itself. REFUSED: it will not, before somebody mends it."""

    CONNECTING = "connecting"
    SEEING = "seeing"
    BLIND = "blind"
    REFUSED = "refused"
    OFF = "off"


class Missing(Struct, frozen=True, kw_only=True):
    """What cannot be shown and why.

    `what`: statistics, rates, queue_rates, vhost_totals, other_nodes, unacknowledged, blocked, connections, channels, consumers,
    bindings, policies, limits, nodes, targets, oldest, other_vhosts.
    """

    what: str
    trouble: Trouble
    detail: str = ""


class Feed(Struct, frozen=True, kw_only=True):
    """The feed now. `blind_since` and `retry_in`: seconds ago, seconds to come. `sources`: what is asked (management, prometheus, amqp).

    `requests` and `bytes`: what the polling has cost the broker so far; `answer_time`: seconds the last round took.
    """

    state: FeedState = FeedState.CONNECTING
    broker: LiveBroker = LiveBroker()
    read_only: bool = True
    trouble: Trouble | None = None
    detail: str = ""
    blind_since: float | None = None
    retry_in: float | None = None
    interval: float | None = DEFAULT_INTERVAL
    virtual_host: str = "/"
    virtual_hosts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    requests: int = 0
    bytes: int = 0
    answer_time: float | None = None
