"""What the management API can be asked, as pure values: a request, and the type of its answer.

Lists come with the columns that are used, so that neither the broker nor the network carries what nobody reads.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from urllib.parse import quote

from msgspec import MsgspecError, Struct, to_builtins
from msgspec.json import decode, encode

from mqviz.backends import answers
from mqviz.backends.troubles import TroubleError
from mqviz.model.amqp import Properties
from mqviz.model.feed import Trouble

PAGE_SIZE = 500
"""The most that RabbitMQ takes."""

_DELIVERED = ("deliver", "deliver_no_ack", "deliver_get", "get", "get_no_ack", "ack", "redeliver")
_QUEUE = (
    *("name", "type", "durable", "exclusive", "auto_delete", "arguments", "policy", "effective_policy_definition"),
    *("messages_ready", "messages_unacknowledged", "message_bytes", "consumers", "consumer_capacity", "consumer_utilisation"),
    *("head_message_timestamp", "state", "message_stats.publish", *(f"message_stats.{name}" for name in _DELIVERED)),
)
_EXCHANGE = (
    *("name", "type", "durable", "internal", "auto_delete", "arguments", "policy"),
    *("message_stats.publish_in", "message_stats.publish_out"),
)
_CHANNEL = (
    *("name", "vhost", "connection_details.name", "state", "confirm", "consumer_count"),
    *("messages_unacknowledged", "messages_unconfirmed"),
    *(f"message_stats.{name}" for name in ("publish", "confirm", "return_unroutable", *_DELIVERED)),
)
_CONSUMER = (
    *("consumer_tag", "queue.name", "prefetch_count", "ack_required", "active"),
    *(f"channel_details.{name}" for name in ("name", "connection_name", "peer_host", "peer_port")),
)
_CONNECTION = ("name", "vhost", "user_provided_name", "peer_host", "peer_port", "state")
_OVERVIEW = (
    *("rabbitmq_version", "cluster_name", "node", "rates_mode", "disable_stats", "enable_queue_totals"),
    "object_totals.connections",
)
_NODE = ("name", "running", "mem_used", "mem_limit", "mem_alarm", "disk_free", "disk_free_limit", "disk_free_alarm")
_TOTALS = ("publish", "confirm", *_DELIVERED, "get_empty", "return_unroutable", "drop_unroutable")
_VHOST = ("name", *(f"message_stats.{name}" for name in _TOTALS))
_BINDING = ("source", "destination", "destination_type", "routing_key", "arguments")


class Ask(Struct, frozen=True, kw_only=True):
    """One request. `gives` is the type of its answer; None: there is nothing to read."""

    path: str
    gives: Any = None
    method: str = "GET"
    body: bytes = b""
    reason: str = ""
    """Why something is done, for the broker's own log."""
    source: str = "management"
    """Who is asked: the HTTP API, or the Prometheus endpoint."""


def decoded(ask: Ask, content: bytes) -> Any:
    """The content of an answer as the type that `ask` names. TroubleError (protocol) for what is something else."""
    try:
        return decode(content, type=ask.gives)
    except MsgspecError as error:
        raise TroubleError(Trouble.PROTOCOL, f"{ask.path.partition('?')[0]}: {error}") from None


def _columns(names: tuple[str, ...]) -> str:
    return "columns=" + ",".join(names)


def _paged(path: str, columns: tuple[str, ...], page: int | None) -> str:
    """A page, or all of it (None), which costs the broker less than its pages do: each is cut out of a whole that was made for it."""
    pages = "" if page is None else f"page={page}&page_size={PAGE_SIZE}&"
    return f"/api/{path}?{pages}{_columns(columns)}"


def _listed(kind: Any, page: int | None) -> Any:
    return list[kind] if page is None else answers.Page[kind]


def _quoted(name: str) -> str:
    return quote(name, safe="")


def _exchange_in_path(name: str) -> str:
    """The default exchange has no name, and so the API gives it one."""
    return _quoted(name or "amq.default")


def whoami() -> Ask:
    """The account's tags."""
    return Ask(path="/api/whoami", gives=answers.WhoAmI)


def overview() -> Ask:
    """Version, names, what is switched off."""
    return Ask(path=f"/api/overview?{_columns(_OVERVIEW)}", gives=answers.Overview)


def vhosts() -> Ask:
    """The virtual hosts that the account may enter, with their totals."""
    return Ask(path=f"/api/vhosts?{_columns(_VHOST)}", gives=list[answers.Vhost])


def nodes() -> Ask:
    """Memory and disk; wants the tag monitoring."""
    return Ask(path=f"/api/nodes?{_columns(_NODE)}", gives=list[answers.Node])


def exchanges(vhost: str, page: int | None = 1) -> Ask:
    """A page of the exchanges, or all."""
    return Ask(path=_paged(f"exchanges/{_quoted(vhost)}", _EXCHANGE, page), gives=_listed(answers.Exchange, page))


def incoming(vhost: str, exchange: str) -> Ask:
    """Which channels have published to an exchange."""
    path = f"/api/exchanges/{_quoted(vhost)}/{_exchange_in_path(exchange)}?columns=incoming"
    return Ask(path=path, gives=answers.Publishers)


def queues(vhost: str, page: int | None = 1) -> Ask:
    """A page of the queues, or all."""
    return Ask(path=_paged(f"queues/{_quoted(vhost)}", _QUEUE, page), gives=_listed(answers.Queue, page))


def queue_totals(vhost: str, page: int | None = 1) -> Ask:
    """A page of the queues, or all, with their depths alone, which works without statistics, too."""
    pages = "" if page is None else f"&page={page}&page_size={PAGE_SIZE}"
    path = f"/api/queues/{_quoted(vhost)}?disable_stats=true&enable_queue_totals=true{pages}"
    return Ask(path=path, gives=_listed(answers.Queue, page))


def bindings(vhost: str) -> Ask:
    """All bindings; this list has no pages."""
    return Ask(path=f"/api/bindings/{_quoted(vhost)}?{_columns(_BINDING)}", gives=list[answers.Binding])


def policies(vhost: str) -> Ask:
    """All policies."""
    return Ask(path=f"/api/policies/{_quoted(vhost)}?columns=name,definition", gives=list[answers.Policy])


def connections(page: int | None = 1) -> Ask:
    """A page of the connections of all virtual hosts, or all; without the tag monitoring, one's own alone."""
    return Ask(path=_paged("connections", _CONNECTION, page), gives=_listed(answers.Connection, page))


def channels(page: int | None = 1) -> Ask:
    """A page of the channels of all virtual hosts, or all."""
    return Ask(path=_paged("channels", _CHANNEL, page), gives=_listed(answers.Channel, page))


def consumers(vhost: str) -> Ask:
    """All consumers; this list has no pages."""
    return Ask(path=f"/api/consumers/{_quoted(vhost)}?{_columns(_CONSUMER)}", gives=list[answers.Consumer])


def close_connection(name: str, reason: str) -> Ask:
    """End a connection, and with it all its channels and consumers."""
    return Ask(method="DELETE", path=f"/api/connections/{_quoted(name)}", reason=reason)


def purge(vhost: str, queue: str) -> Ask:
    """Throw away all ready messages of a queue."""
    return Ask(method="DELETE", path=f"/api/queues/{_quoted(vhost)}/{_quoted(queue)}/contents")


def publish(vhost: str, exchange: str, routing_key: str, body: bytes, properties: Properties) -> Ask:
    """Publish one message; the answer tells whether it was routed."""
    given = {key: value for key, value in to_builtins(properties).items() if value is not None}
    text = b64encode(body).decode()
    content = {"properties": given, "routing_key": routing_key, "payload": text, "payload_encoding": "base64"}
    path = f"/api/exchanges/{_quoted(vhost)}/{_exchange_in_path(exchange)}/publish"
    return Ask(method="POST", path=path, body=encode(content), gives=answers.Routed)
