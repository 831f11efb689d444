"""RabbitMQ's Prometheus endpoint: what to ask of it, and what becomes of its text. No socket.

No library reads it: RabbitMQ 3.10 writes names as they are, with their quotes and backslashes, where the format wants these escaped
(tried on it). So a label ends where the next one or its line says so, and a name is looked for in both spellings.
The totals are those of one node since it started, of all its virtual hosts together: they never fall, as those of single channels do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from mqviz.backends.management import Ask
from mqviz.backends.troubles import TroubleError
from mqviz.model.feed import LiveBroker, Trouble
from mqviz.model.snapshot import BrokerStats, MessageStats, NodeStats, QueueStats

SOURCE = "prometheus"
PLUGIN = "rabbitmq_prometheus"
PORT, TLS_PORT = 15692, 15691

_SAMPLE = re.compile(r"([a-zA-Z_:][\w:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t\r]*")
_LABEL = re.compile(r'([a-zA-Z_]\w*)="(.*?)"(?:,(?=[a-zA-Z_]\w*=")|,?$)')
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})

_GLOBAL = "rabbitmq_global_messages_"
# `publish_out` is copies put into queues. The management API also counts what the default exchange could not route (tried on 3.10).
_TOTALS = {
    "publish": "received_total",
    "confirm": "confirmed_total",
    "publish_in": "received_total",
    "publish_out": "routed_total",
    "deliver": "delivered_consume_manual_ack_total",
    "deliver_no_ack": "delivered_consume_auto_ack_total",
    "ack": "acknowledged_total",
    "redeliver": "redelivered_total",
    "get": "delivered_get_manual_ack_total",
    "get_no_ack": "delivered_get_auto_ack_total",
    "get_empty": "get_empty_total",
    "return_unroutable": "unroutable_returned_total",
    "drop_unroutable": "unroutable_dropped_total",
}
_QUEUE = "rabbitmq_detailed_queue_"


class Sample(NamedTuple):
    """One line: labels are as written, not unescaped."""

    name: str
    labels: dict[str, str]
    value: float


class Measured(Struct, frozen=True):
    """What a node tells of itself; `connections` are its own. `message_stats` None: a release before 3.9, which has no such totals."""

    node: NodeStats
    connections: int | None = None
    message_stats: MessageStats | None = None


class QueueCounts(Struct, frozen=True):
    """What waits in a queue, what is out, who consumes."""

    ready: int | None = None
    unacknowledged: int | None = None
    consumers: int | None = None


def address_for(broker: LiveBroker) -> str:
    """Where the endpoint is: as chosen, else on its usual port of the host that is asked for all else."""
    if broker.metrics:
        return broker.metrics
    parts = urlsplit(broker.management)
    secure = parts.scheme == "https" if broker.management else broker.tls is not None
    host = parts.hostname or broker.host
    shown = f"[{host}]" if ":" in host else host
    return f"https://{shown}:{TLS_PORT}" if secure else f"http://{shown}:{PORT}"


def metrics() -> Ask:
    """The totals of a node."""
    return Ask(path="/metrics", source=SOURCE)


def queue_metrics(vhost: str) -> Ask:
    """Depths and consumers of the queues of a virtual host (3.10 and later)."""
    path = "/metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count"
    return Ask(path=f"{path}&vhost={quote(vhost, safe='')}", source=SOURCE)


def samples(content: bytes, prefix: str = "") -> Iterator[Sample]:
    """The lines whose name begins so; what is no sample is passed over."""
    for line in content.decode("utf-8", "replace").split("\n"):
        found = _SAMPLE.fullmatch(line) if line.startswith(prefix) and not line.startswith("#") else None
        if found is None:
            continue
        name, labels, text = found.groups()
        try:
            value = float(text)
        except ValueError:
            continue
        yield Sample(name, dict(_LABEL.findall(labels or "")), value)


def measured(content: bytes) -> Measured:
    """What `metrics` was answered. TroubleError (protocol) for the answer of somebody else."""
    sums: Counter[str] = Counter()
    name = ""
    for each in samples(content, "rabbitmq_"):
        if isfinite(each.value):
            sums[each.name] += int(each.value)
        if each.name == "rabbitmq_identity_info":
            name = each.labels.get("rabbitmq_node", "")
    if not name:
        raise TroubleError(Trouble.PROTOCOL, "no metrics of RabbitMQ")
    return Measured(_node(name, sums), sums.get("rabbitmq_connections"), _message_stats(sums))


def _node(name: str, sums: Mapping[str, int]) -> NodeStats:
    return NodeStats(
        name=name,
        memory=sums.get("rabbitmq_process_resident_memory_bytes"),
        memory_limit=sums.get("rabbitmq_resident_memory_limit_bytes"),
        memory_alarm=bool(sums.get("rabbitmq_alarms_memory_used_watermark")),
        disk_free=sums.get("rabbitmq_disk_space_available_bytes"),
        disk_free_limit=sums.get("rabbitmq_disk_space_available_limit_bytes"),
        disk_alarm=bool(sums.get("rabbitmq_alarms_free_disk_space_watermark")),
    )


def _message_stats(sums: Mapping[str, int]) -> MessageStats | None:
    totals = {field: sums.get(_GLOBAL + name) for field, name in _TOTALS.items()}
    return MessageStats(**totals) if any(value is not None for value in totals.values()) else None


def queue_counts(content: bytes, vhost: str) -> dict[str, QueueCounts]:
    """What `queue_metrics` was answered, by the names of the queues as they are written there."""
    found: dict[str, dict[str, int]] = {}
    here = (vhost, vhost.translate(_ESCAPED))
    for each in samples(content, _QUEUE):
        field = _FIELDS.get(each.name.removeprefix(_QUEUE))
        if field and isfinite(each.value) and "queue" in each.labels and each.labels.get("vhost") in here:
            found.setdefault(each.labels["queue"], {})[field] = int(each.value)
    return {name: QueueCounts(**counts) for name, counts in found.items()}


_FIELDS = {"messages_ready": "ready", "messages_unacked": "unacknowledged", "consumers": "consumers"}


def with_counts(queues: Iterable[QueueStats], counts: Mapping[str, QueueCounts]) -> tuple[QueueStats, ...]:
    """The queues with their consumers, which the management API does not tell without statistics."""
    return tuple(_counted(queue, counts) for queue in queues)


def _counted(queue: QueueStats, counts: Mapping[str, QueueCounts]) -> QueueStats:
    own = counts.get(queue.name) or counts.get(queue.name.translate(_ESCAPED))
    if own is None or own.consumers is None or queue.consumers is not None:
        return queue
    return replace(queue, consumers=own.consumers)


def with_measured(broker: BrokerStats, found: Measured | None) -> BrokerStats:
    """The whole with what a node tells: its memory, disk and alarms, more connections if it has them, totals where nobody else counts."""
    if found is None:
        return broker
    names = [each.name for each in broker.nodes]
    nodes = [found.node if each.name == found.node.name else each for each in broker.nodes]
    nodes += [] if found.node.name in names else [found.node]
    return replace(
        broker,
        connections=max(broker.connections, found.connections or 0),
        memory=found.node.memory if broker.memory is None else broker.memory,
        memory_limit=found.node.memory_limit if broker.memory_limit is None else broker.memory_limit,
        memory_alarm=broker.memory_alarm or found.node.memory_alarm,
        nodes=tuple(nodes),
        message_stats=found.message_stats if broker.message_stats is None else broker.message_stats,
    )
