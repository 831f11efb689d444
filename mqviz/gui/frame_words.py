"""Frames of AMQP in plain words: what each says in a few words, what it is for in a sentence, and where the specification has it.

Sections are those of the AMQP 0-9-1 reference (1.x) and of the AMQP 0-9-1 specification (4.x).
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.model.frames import Frame


def _numbered(family: str, chapter: str, names: str) -> dict[str, str]:
    """The sections of a class's methods, in their order."""
    return {f"{family}.{name}": f"{chapter}.{at}" for at, name in enumerate(names.split(), 1)}


_TAKING = "qos qos-ok consume consume-ok cancel cancel-ok publish return deliver get get-ok get-empty"
_SECTIONS = {
    "protocol": "4.2.2",
    "header": "4.2.6.1",
    "body": "4.2.6.2",
    "heartbeat": "4.2.7",
    **_numbered("connection", "1.4.2", "start start-ok secure secure-ok tune tune-ok open open-ok close close-ok"),
    **_numbered("channel", "1.5.2", "open open-ok flow flow-ok close close-ok"),
    **_numbered("exchange", "1.6.2", "declare declare-ok delete delete-ok"),
    **_numbered("queue", "1.7.2", "declare declare-ok bind bind-ok unbind unbind-ok purge purge-ok delete delete-ok"),
    **_numbered("basic", "1.8.3", f"{_TAKING} ack reject recover-async recover recover-ok"),
    **_numbered("tx", "1.9.2", "select select-ok commit commit-ok rollback rollback-ok"),
}


class FrameWords(QObject):
    """What is said of a frame in the language of the window. Methods keep the names that AMQP gives them."""

    def name(self, frame: Frame) -> str:
        """Its method, or what else it is."""
        return {
            "protocol": self.tr("protocol header"),
            "header": self.tr("content header"),
            "body": self.tr("content body"),
            "heartbeat": self.tr("heartbeat"),
            "lost": self.tr("connection lost"),
            "unknown": self.tr("no frame of AMQP"),
        }.get(frame.method, frame.method)

    def section(self, frame: Frame) -> str:
        """Where it is specified."""
        section = _SECTIONS.get(frame.method)
        if section:
            return self.tr("AMQP 0-9-1, {0}").format(section)
        return "" if frame.method in ("lost", "unknown") else self.tr("an extension of RabbitMQ")

    def brief(self, frame: Frame) -> str:
        """What it says, in a few words; empty where its name says all."""
        told = {part.name.replace("-", "_"): part.value for part in frame.parts}
        told["exchange"] = told.get("exchange") or self.tr("the default exchange")
        template = {**self._of_connection(), **self._of_topology(), **self._of_work(), **self._of_answers()}.get(frame.method, "")
        if frame.method == "basic.consume" and told.get("no_ack") == "true":
            template = self.tr("from queue {queue}, without acks")
        if told.get("multiple") == "true":
            template = self.tr("all up to delivery {delivery_tag}")
        if told.get("redelivered") == "true":
            template = self.tr("delivery {delivery_tag} again, with key {routing_key}")
        return template.format_map(_Told(told))

    def _of_connection(self) -> dict[str, str]:
        return {
            "protocol": "AMQP {version}",
            "connection.start": self.tr("log in by {mechanisms}"),
            "connection.start-ok": self.tr("logs in by {mechanism}"),
            "connection.tune": self.tr("at most {channel_max} channels, {frame_max} bytes a frame, heartbeat {heartbeat} s"),
            "connection.tune-ok": self.tr("{channel_max} channels, {frame_max} bytes a frame, heartbeat {heartbeat} s"),
            "connection.open": self.tr("virtual host {virtual_host}"),
            "connection.close": "{reply_code} {reply_text}",
            "connection.blocked": "{reason}",
            "channel.close": "{reply_code} {reply_text}",
        }

    def _of_topology(self) -> dict[str, str]:
        return {
            "exchange.declare": "{exchange} · {type}",
            "exchange.bind": "{source} → {destination} · {routing_key}",
            "queue.declare": "{queue}",
            "queue.declare-ok": self.tr("{queue}: {message_count} messages, {consumer_count} consumers"),
            "queue.bind": "{exchange} → {queue} · {routing_key}",
            "queue.purge": "{queue}",
            "queue.delete": "{queue}",
        }

    def _of_work(self) -> dict[str, str]:
        return {
            "basic.qos": self.tr("prefetch {prefetch_count}"),
            "basic.consume": self.tr("from queue {queue}"),
            "basic.cancel": "{consumer_tag}",
            "basic.publish": self.tr("to {exchange} with key {routing_key}"),
            "basic.deliver": self.tr("delivery {delivery_tag} with key {routing_key}"),
            "basic.get": self.tr("from queue {queue}"),
            "basic.get-ok": self.tr("delivery {delivery_tag}, {message_count} more are ready"),
            "header": self.tr("{body_size} bytes follow"),
            "body": "{payload}",
        }

    def _of_answers(self) -> dict[str, str]:
        return {
            "basic.ack": self.tr("delivery {delivery_tag}"),
            "basic.nack": self.tr("delivery {delivery_tag}, requeue {requeue}"),
            "basic.reject": self.tr("delivery {delivery_tag}, requeue {requeue}"),
            "basic.return": "{reply_code} {reply_text}",
            "basic.consume-ok": "{consumer_tag}",
            "basic.cancel-ok": "{consumer_tag}",
            "queue.purge-ok": self.tr("{message_count} messages"),
            "queue.delete-ok": self.tr("{message_count} messages"),
        }

    def direction(self, frame: Frame) -> str:
        """Who tells whom."""
        return self.tr("client → broker") if frame.to_broker else self.tr("broker → client")


class _Told(dict[str, str]):
    """Fields that a broken frame does not have are shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
