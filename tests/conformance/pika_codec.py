"""pika below its own checks: methods as they are in the specification, and our values as pika's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pika
from pika import spec
from pika.adapters.select_connection import SelectConnection
from pika.exceptions import StreamLostError

from mqviz.model.amqp import Properties

FIELDS = Properties.__struct_fields__


class RawChannel(pika.channel.Channel):
    """pika's channel without its own book of consumers."""

    heard: Callable[[Any, pika.BasicProperties, bytes], None]

    def rpc(self, method: Any, answered: Callable[[Any], None]) -> None:
        """Sends a method; `answered` is called with the frame of its ok."""
        below: Any = self
        below._rpc(method, answered, [ANSWERS[type(method)]])

    def send(self, method: Any, content: tuple[pika.BasicProperties, bytes] | None) -> None:
        """Sends a method that has no answer."""
        below: Any = self
        below._send_method(method, content)

    def _on_deliver(self, method_frame: Any, header_frame: Any, body: bytes) -> None:
        self.heard(method_frame.method, header_frame.properties, body)


class RawConnection(SelectConnection):
    """pika's connection with our channels."""

    def open_channel(self, number: int | None) -> RawChannel:
        """Asks for a channel; the answer is still to come."""
        channel = self.channel(number)
        assert isinstance(channel, RawChannel)
        return channel

    def cut(self) -> None:
        """Closes the socket without a word."""
        below: Any = self
        below._terminate_stream(StreamLostError("cut by the test"))

    def _create_channel(self, channel_number: int, on_open_callback: Any) -> Any:
        return RawChannel(self, channel_number, on_open_callback)


ANSWERS = {
    spec.Exchange.Declare: spec.Exchange.DeclareOk,
    spec.Exchange.Delete: spec.Exchange.DeleteOk,
    spec.Exchange.Bind: spec.Exchange.BindOk,
    spec.Exchange.Unbind: spec.Exchange.UnbindOk,
    spec.Queue.Declare: spec.Queue.DeclareOk,
    spec.Queue.Delete: spec.Queue.DeleteOk,
    spec.Queue.Purge: spec.Queue.PurgeOk,
    spec.Queue.Bind: spec.Queue.BindOk,
    spec.Queue.Unbind: spec.Queue.UnbindOk,
    spec.Basic.Consume: spec.Basic.ConsumeOk,
    spec.Basic.Cancel: spec.Basic.CancelOk,
    spec.Basic.Recover: spec.Basic.RecoverOk,
    spec.Basic.Qos: spec.Basic.QosOk,
    spec.Channel.Flow: spec.Channel.FlowOk,
    spec.Confirm.Select: spec.Confirm.SelectOk,
    spec.Tx.Select: spec.Tx.SelectOk,
    spec.Tx.Commit: spec.Tx.CommitOk,
    spec.Tx.Rollback: spec.Tx.RollbackOk,
}


def to_pika(properties: Properties) -> pika.BasicProperties:
    """Our properties as pika's."""
    return pika.BasicProperties(**{name: getattr(properties, name) for name in FIELDS})


def from_pika(properties: pika.BasicProperties) -> Properties:
    """pika's properties as ours."""
    return Properties(**{name: getattr(properties, name) for name in FIELDS})
