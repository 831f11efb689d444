"""Codes put into words, and numbers into figures: the one place where the lower layers' codes meet a language."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from mqviz.gui.chart_words import ChartWords
from mqviz.viewmodel.facts import Figure

_THOUSAND = 1000.0


class Words(QObject):
    """What codes are called in the language of the window. A code that has no word is shown as it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chart = ChartWords(self)

    def figure(self, code: str) -> str:
        """The caption of a figure."""
        return {
            "ready": self.tr("Ready"),
            "unacked": self.tr("Unacked"),
            "redelivered": self.tr("Redelivered"),
            "publish_rate": self.tr("Publish"),
            "deliver_rate": self.tr("Deliver"),
            "ack_rate": self.tr("Ack"),
            "latency_p50": self.tr("Latency p50, all so far"),
            "latency_p95": self.tr("Latency p95, all so far"),
            "latency_p99": self.tr("Latency p99, all so far"),
            "connections": self.tr("Connections"),
            "blocked_connections": self.tr("Blocked connections"),
            "memory": self.tr("Memory of messages"),
            "oldest": self.tr("Age of the oldest"),
            "wait_p50": self.tr("Wait p50, all so far"),
            "wait_p95": self.tr("Wait p95, all so far"),
            "enqueued": self.tr("Enqueued"),
            "delivered": self.tr("Delivered"),
            "acknowledged": self.tr("Acknowledged"),
            "message_bytes": self.tr("Size of messages"),
            "consumer_capacity": self.tr("Consumer capacity"),
            **self._ways_out(),
            **self._work(),
        }.get(code) or self._of_node(code)

    def _of_node(self, code: str) -> str:
        """Figures of a live broker: RabbitMQ's own rates, and those of a node, which is named behind a colon where there are several."""
        key, _, node = code.partition(":")
        known = {"node_memory": self.tr("Memory"), "node_disk": self.tr("Free disk")}
        text = known.get(key) or (self._chart.curve(code) if code.startswith("counted_") else code)
        return f"{text} · {node}" if node else text

    def _ways_out(self) -> dict[str, str]:
        return {
            "dropped": self.tr("Dropped"),
            "refused": self.tr("Refused"),
            "expired": self.tr("Expired"),
            "rejected": self.tr("Rejected"),
            "dead_lettered": self.tr("Dead-lettered"),
            "purged": self.tr("Purged"),
            "lost": self.tr("Lost"),
            "unroutable": self.tr("Unroutable"),
            "returned": self.tr("Returned"),
            "nacked": self.tr("Nacked"),
            "failed": self.tr("Failed"),
            "timed_out": self.tr("Timed out"),
            "invalid": self.tr("Invalid"),
        }

    def _work(self) -> dict[str, str]:
        return {
            "held": self.tr("In hand"),
            "working": self.tr("At work"),
            "completed": self.tr("Completed"),
            "busy": self.tr("Utilisation ρ"),
            "published": self.tr("Published"),
            "waiting": self.tr("Waiting"),
            "unconfirmed": self.tr("Unconfirmed"),
            "confirmed": self.tr("Confirmed"),
            "retried": self.tr("Retried"),
            "replied": self.tr("Answered"),
            "blocked_time": self.tr("Blocked for"),
            "wanted_rate": self.tr("Arrival rate λ"),
            "in_service": self.tr("In service"),
            "requests": self.tr("Requests"),
            "taken": self.tr("Taken"),
            "translated": self.tr("Translated"),
            "publish_in": self.tr("In"),
            "publish_out": self.tr("Out"),
            "before": self.tr("Before"),
            "after": self.tr("After"),
        }

    def knob(self, code: str) -> str:
        """The label of something to turn."""
        return {
            "max_length": self.tr("Max length"),
            "message_ttl": self.tr("Message TTL"),
            "overflow": self.tr("On overflow"),
            "dead_letter_exchange": self.tr("Dead-letter to"),
            "delivery_limit": self.tr("Delivery limit"),
            "rate": self.tr("Rate"),
            "confirm": self.tr("Confirm window"),
            "count": self.tr("Members"),
            "prefetch": self.tr("Prefetch"),
            "workers": self.tr("Workers"),
            "service_time": self.tr("Service time"),
            "accept": self.tr("Places to wait"),
            "timeout": self.tr("Timeout"),
        }.get(code, code)

    def knob_tip(self, code: str) -> str:
        """What turning it does."""
        return {
            "max_length": self.tr("At most so many ready messages (x-max-length). Unacked ones do not count."),
            "message_ttl": self.tr("How long a message may lie in the queue (x-message-ttl)."),
            "overflow": self.tr("What happens to a message when the queue is full (x-overflow)."),
            "dead_letter_exchange": self.tr("Where rejected, expired and pushed-out messages go (x-dead-letter-exchange)."),
            "delivery_limit": self.tr("How often a message may come back before it is dead-lettered (x-delivery-limit)."),
            "rate": self.tr("Messages per second of each member, λ."),
            "confirm": self.tr("At most so many published messages may be unconfirmed."),
            "count": self.tr("How many work side by side."),
            "prefetch": self.tr("At most so many unacknowledged messages for each consumer; 0 is unlimited."),
            "workers": self.tr("How many messages one member works on at a time."),
            "service_time": self.tr("Mean time of the work on one message, 1/μ."),
            "accept": self.tr("How many requests may wait; the next is refused."),
            "timeout": self.tr("How long a caller waits for its answer."),
        }.get(code, "")

    def choice(self, code: str, value: str) -> str:
        """A value of a choice."""
        words = {
            "drop-head": self.tr("Drop"),
            "reject-publish": self.tr("Reject"),
            "reject-publish-dlx": self.tr("DLX"),
        }
        if code == "dead_letter_exchange" and not value:
            return self.tr("(default exchange)")
        return words.get(value, value)

    def trait(self, code: str) -> str:
        """A property of a node; `policy:x` and the like carry their own text."""
        key, _, text = code.partition(":")
        templates = {
            "policy": self.tr("policy {0}"),
            "version": self.tr("behaves as RabbitMQ {0}"),
            "live_version": "RabbitMQ {0}",
            "kind": "{0}",
            "format": "{0}",
        }
        if key in templates:
            return templates[key].format(self.message_kind(text))
        return {**self._traits(), **self._states()}.get(code, code)

    def _traits(self) -> dict[str, str]:
        return {
            "classic": self.tr("Classic queue"),
            "quorum": self.tr("Quorum queue"),
            "durable": self.tr("durable"),
            "exclusive": self.tr("exclusive"),
            "auto_delete": self.tr("auto-delete"),
            "internal": self.tr("internal"),
            "direct": self.tr("Direct exchange"),
            "topic": self.tr("Topic exchange"),
            "fanout": self.tr("Fanout exchange"),
            "headers": self.tr("Headers exchange"),
            "manual_ack": self.tr("manual ack"),
            "automatic_ack": self.tr("automatic ack"),
            "subscribed": self.tr("subscribed to"),
            "takes_from": self.tr("takes from"),
            "publishes_to": self.tr("publishes to"),
            "invalid_to": self.tr("what is invalid"),
        }

    def _states(self) -> dict[str, str]:
        return {
            "running": self.tr("running"),
            "idle": self.tr("idle"),
            "done": self.tr("done"),
            "waiting": self.tr("waiting for confirms"),
            "waiting_for_answer": self.tr("waiting for an answer"),
            "flow": self.tr("in flow control"),
            "blocked": self.tr("blocked"),
            "slow": self.tr("slow"),
            "failing": self.tr("failing"),
            "hanging": self.tr("hanging"),
            "closing": self.tr("closing"),
            "disconnected": self.tr("disconnected"),
            "stopped": self.tr("stopped"),
            "killed": self.tr("killed"),
        }

    def message_kind(self, code: str) -> str:
        """Request, response, error or event; another text stays."""
        return {
            "request": self.tr("requests"),
            "response": self.tr("responses"),
            "error": self.tr("errors"),
            "event": self.tr("events"),
        }.get(code, code)

    def kind(self, code: str) -> str:
        """What sort of node it is."""
        return {
            "broker": self.tr("Broker"),
            "queue": self.tr("Queue"),
            "exchange": self.tr("Exchange"),
            "producer": self.tr("Producer"),
            "consumer": self.tr("Consumer"),
            "service": self.tr("Service"),
            "translator": self.tr("Message translator"),
        }.get(code, code)

    def rows(self, code: str) -> str:
        """The heading above the things that belong to a node."""
        return {
            "consumers": self.tr("Consumers"),
            "bindings": self.tr("Bindings"),
            "queues": self.tr("Queues"),
            "services": self.tr("Services"),
            "beside": self.tr("Queue and its other consumers"),
            "sends_to": self.tr("Sends to"),
            "ends": self.tr("From and to"),
        }.get(code, code)

    def fault(self, code: str) -> str:
        """The name of a kind of fault."""
        return {
            "spike": self.tr("Spike"),
            "kill": self.tr("Kill consumer"),
            "slow": self.tr("Slow consumer"),
            "restart": self.tr("Broker restart"),
            "cut": self.tr("Network cut"),
            "stop": self.tr("Graceful stop"),
            "hang": self.tr("Hang"),
            "fail": self.tr("Failing work"),
            "poison": self.tr("Poison message"),
            "delay": self.tr("Network delay"),
            "down": self.tr("Broker down"),
            "memory_alarm": self.tr("Memory alarm"),
            "purge": self.tr("Purge queue"),
        }.get(code, code)

    def fault_on(self, code: str) -> str:
        """The name of a kind of fault in the menu of a node, which says what it is."""
        short = {
            "kill": self.tr("Kill"),
            "slow": self.tr("Slow down"),
            "purge": self.tr("Purge"),
            "poison": self.tr("Send a poison message"),
        }
        return short.get(code) or self.fault(code)

    def measured(self, figure: Figure) -> str:
        """A figure, against its limit where it has one: what is used of it, or what must stay free."""
        said = self.number(figure.value, figure.unit)
        if figure.of is None:
            return said
        template = self.tr("{0}, at least {1}") if figure.code.startswith("node_disk") else self.tr("{0} of {1}")
        return template.format(said, self.number(figure.of, figure.unit))

    def why_not(self, code: str) -> str:
        """Why a command was refused, or an ability is missing."""
        return {
            "live_broker": self.tr("A live broker cannot do this."),
            "read_only": self.tr("This connection is read-only."),
            "no_rights": self.tr("The account may not do this."),
            "finished": self.tr("The run has ended: restart it first."),
            "broker_down": self.tr("The broker is down."),
            "no_such_fault": self.tr("That fault is over already."),
            "no_such_queue": self.tr("There is no such queue:"),
            "no_such_exchange": self.tr("There is no such exchange:"),
            "no_such_target": self.tr("There is no such target:"),
            "not_settable": self.tr("This cannot be changed:"),
            "name_taken": self.tr("The name is taken:"),
            "refused_by_broker": self.tr("The broker refused it:"),
            "bad_speed": self.tr("A speed must be more than 0."),
            "would_redeliver": self.tr("Looking here would mark the messages as redelivered:"),
            "unknown_exchange_type": self.tr("The type of this exchange is unknown:"),
            "no_management": self.tr("This needs the broker's management API, which does not answer."),
            "no_answer": self.tr("The broker did not answer; nobody knows whether it was done:"),
            "external_clients": self.tr("External clients are connected: time goes as theirs does, at 1×, until they leave."),
            "no_connection": self.tr("No connection to the broker:"),
            "simulated": self.tr("This is for live brokers; this one is simulated."),
            "no_target": self.tr("There is no target for this fault."),
        }.get(code, code)

    def whole_seconds(self, seconds: float) -> str:
        """A duration that is told by the second."""
        return self.duration(float(max(0, round(seconds))))

    def number(self, value: float | None, unit: str = "") -> str:
        """A figure as people read it; a dash for what cannot be told."""
        if value is None:
            return "–"
        if unit == "s":
            return self.duration(value)
        if unit == "%":
            return f"{value * 100:.0f} %"
        if unit == "B":
            return QLocale().formattedDataSize(round(value), 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        text = _count(value) if float(value).is_integer() or value >= _THOUSAND else f"{value:.3g}"
        return self.per_second(text) if unit == "/s" else f"{text}{unit}"

    def per_second(self, text: str) -> str:
        """A figure as a rate."""
        return self.tr("{0}/s").format(text)

    def unit(self, code: str) -> str:
        """The unit behind a field to type in."""
        return {"s": self.tr("s"), "/s": self.tr("/s")}.get(code, code)

    def duration(self, seconds: float) -> str:
        """A duration in the unit that suits it."""
        if seconds == 0:
            return self.tr("0 s")
        if seconds < 1.0:
            return self.tr("{0} ms").format(_short(seconds * 1000))
        if seconds < 120.0:
            return self.tr("{0} s").format(_short(seconds))
        return self.tr("{0} min").format(_short(seconds / 60))


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _count(value: float) -> str:
    return f"{round(value):,}"
