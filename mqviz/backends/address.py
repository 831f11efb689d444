"""Addresses of live brokers: AMQP URLs in and out, and the management address that goes with them.

The form is RabbitMQ's: `amqp://USER:PASSWORD@HOST:PORT/VHOST`, `amqps` for TLS, with what is not a letter or figure as %XX.
An error names the place and how to mend it, and never shows what may be a password.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from msgspec.structs import replace

from mqviz.errors import BackendError
from mqviz.model.feed import LiveBroker, Tls
from mqviz.model.near import did_you_mean

FORM = "amqp://USER:PASSWORD@HOST:5672/VHOST"
AMQP_PORT, AMQPS_PORT = 5672, 5671
_BETWEEN = 10_000
"""RabbitMQ's management port is its AMQP port and so much."""


def parse_amqp(url: str) -> tuple[LiveBroker, str]:
    """The broker that a URL names, and the password in it ("guest" for guest, else empty where there is none).

    A management address (`http://HOST:15672`) will do, too: the AMQP port is derived from it. Raises BackendError.
    """
    parts = _split(url.strip())
    is_http = parts.scheme in ("http", "https")
    secure = parts.scheme in ("amqps", "https")
    host, port = _host(parts), _port(parts)
    if is_http:
        management = f"{parts.scheme}://{_bracketed(host)}:{port or (443 if secure else 80)}"
        port, path = amqp_port(management), ""
    else:
        port, path = port or (AMQPS_PORT if secure else AMQP_PORT), parts.path
        management = management_for(host, port, secure)
    user = _plain(parts.username, "user") if parts.username else "guest"
    given = _plain(parts.password, "password") if parts.password is not None else None
    broker = LiveBroker(
        host=host,
        port=port,
        virtual_host=_virtual_host(path),
        user=user,
        tls=Tls() if secure else None,
        management=management,
    )
    return _with_query(broker, parts.query), given if given is not None else ("guest" if user == "guest" else "")


def address_of(broker: LiveBroker) -> str:
    """The AMQP URL of a broker, without a password: it may be shown anywhere."""
    scheme = "amqp" if broker.tls is None else "amqps"
    virtual_host = quote(broker.virtual_host, safe="")
    return f"{scheme}://{quote(broker.user, safe='')}@{_bracketed(broker.host)}:{broker.port}/{virtual_host}"


def management_for(host: str, port: int, secure: bool) -> str:
    """The management address that goes with an AMQP one: 5672 becomes http 15672, 5671 https 15671."""
    beside = port + _BETWEEN if port + _BETWEEN <= 65535 else (AMQPS_PORT if secure else AMQP_PORT) + _BETWEEN
    return f"{'https' if secure else 'http'}://{_bracketed(host)}:{beside}"


def amqp_port(management: str) -> int:
    """The AMQP port that goes with a management address: 15672 becomes 5672, https's 15671 becomes 5671."""
    parts = urlsplit(management)
    port = _port(parts) or 0
    return port - _BETWEEN if port > _BETWEEN else AMQPS_PORT if parts.scheme == "https" else AMQP_PORT


def parse_management(url: str) -> str:
    """A management address in its plain form, `http://HOST:PORT` with a path where there is one; empty stays empty. BackendError."""
    text = url.strip()
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https"):
        raise BackendError("the management address must begin with http:// or https://, as in http://HOST:15672")
    if parts.username is not None or parts.query or parts.fragment:
        raise BackendError("the management address holds no user, password or question mark: write http://HOST:15672")
    port = _port(parts)
    path = parts.path.rstrip("/").removesuffix("/api")
    return f"{parts.scheme}://{_bracketed(_host(parts))}{f':{port}' if port else ''}{path}"


def parse_metrics(url: str) -> str:
    """The address of the Prometheus endpoint in its plain form, with or without its /metrics; empty stays empty. BackendError."""
    try:
        return parse_management(url).removesuffix("/metrics")
    except BackendError as error:
        raise BackendError(str(error).replace("management", "metrics").replace("15672", "15692")) from None


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BackendError(f"the address's host is not one; write {FORM}, an IPv6 address in [ ]") from None
    if parts.scheme not in ("amqp", "amqps", "http", "https") or not url[len(parts.scheme) :].startswith("://"):
        raise BackendError(f"an address begins with amqp:// or amqps://: write {FORM}")
    if "@" in parts.path or "@" in parts.query or parts.fragment:
        raise BackendError("the address has a / ? or # before its @; in a user's name or password write %2F %3F %23 for them")
    return parts


def _host(parts: SplitResult) -> str:
    if not parts.hostname:
        raise BackendError(f"the address names no host; write {FORM}")
    return unquote(parts.hostname)


def _port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError:
        raise BackendError(f"the port, after the host's colon, must be a number from 1 to 65535; write {FORM}") from None
    if port == 0:
        raise BackendError("the port must be a number from 1 to 65535, not 0")
    return port


def _plain(text: str, what: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise BackendError(f"the {what} in the address has a %XX that is no UTF-8") from None


def _virtual_host(path: str) -> str:
    """Without one, or with an empty one, RabbitMQ's default is meant."""
    name = path.removeprefix("/")
    if "/" in name:
        raise BackendError("the virtual host, after the port's slash, has a / itself: write %2F for it")
    return _plain(name, "virtual host") or "/"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _seconds(text: str) -> float:
    """RabbitMQ writes milliseconds."""
    return float(int(text)) / 1000.0


def _verified(text: str) -> bool:
    return {"verify_peer": True, "verify_none": False}[text]


_OF_TLS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "cacertfile": ("ca", str),
    "certfile": ("certificate", str),
    "keyfile": ("key", str),
    "verify": ("verify", _verified),
    "server_name_indication": ("server_name", str),
}
_OF_BROKER: dict[str, tuple[str, Callable[[str], Any]]] = {
    "connection_timeout": ("connect_timeout", _seconds),
    "management": ("management", parse_management),
    "metrics": ("metrics", parse_metrics),
    "name": ("name", str),
    "queues": ("queues", lambda text: tuple(filter(None, text.split(",")))),
}
_IGNORED = frozenset(("heartbeat", "channel_max", "auth_mechanism", "depth", "password"))
"""Words of RabbitMQ's URLs that mean nothing to who only looks."""


def _with_query(broker: LiveBroker, query: str) -> LiveBroker:
    """The words after the question mark, as RabbitMQ's clients take them; `management`, `metrics`, `name`, `queues` (with commas): ours."""
    for key, text in parse_qsl(query, keep_blank_values=True):
        if key in _OF_TLS:
            field, read = _OF_TLS[key]
            tls = replace(broker.tls or Tls(), **{field: _read(key, text, read)})
            broker = replace(broker, tls=tls)
        elif key in _OF_BROKER:
            field, read = _OF_BROKER[key]
            broker = replace(broker, **{field: _read(key, text, read)})
        elif key not in _IGNORED:
            known = (*_OF_BROKER, *_OF_TLS)
            mend = did_you_mean(key, known) or f"; known are {', '.join(known)}"
            raise BackendError(f"the address has '{key}' after its question mark{mend}")
    return broker


def _read(key: str, text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except (ValueError, KeyError):
        wanted = "verify_peer or verify_none" if key == "verify" else "a whole number of milliseconds"
        raise BackendError(f"'{key}' in the address must be {wanted}") from None
