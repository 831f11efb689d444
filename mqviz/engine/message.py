"""What travels inside the engine: one Message for each publish, one Copy of it for each queue.

Both are msgspec structs only because those are made three times as fast as classes with slots;
they are mutable and never cross a wall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from mqviz.engine.properties import time_to_live
from mqviz.model.amqp import Properties

if TYPE_CHECKING:
    from mqviz.engine.consumer import Consumer
    from mqviz.engine.queue import Queue


class Message(Struct):
    """One published message, shared by all its copies. `size` counts where the body is only simulated, too.

    `number`: serial in the broker, which a dead-lettered message keeps;
    `arrival`: virtual time at which the work arose; `origin` belongs to the publisher; `also`: routing keys from CC and BCC.
    """

    exchange: str
    routing_key: str
    properties: Properties
    body: bytes
    size: int
    number: int
    arrival: float
    origin: object
    also: tuple[str, ...] = ()

    @property
    def persistent(self) -> bool:
        """Whether it is to outlive the broker, in a durable queue."""
        return self.properties.delivery_mode == 2

    @property
    def priority(self) -> int:
        """0 where none is given."""
        return self.properties.priority or 0

    @property
    def ttl(self) -> float | None:
        """Its own time to live in seconds, from its expiration."""
        return time_to_live(self.properties)


class Copy(Struct):
    """A message in one queue. `serial` is its position there; `consumer` and `delivered` tell of its last delivery.

    `expires`: virtual time from which it is expired once it stands at the head.
    """

    message: Message
    queue: Queue
    serial: int
    entered: float
    redelivered: bool = False
    delivery_count: int = 0
    expires: float | None = None
    consumer: Consumer | None = None
    delivered: float = 0.0

    @property
    def properties(self) -> Properties:
        """The message's properties as they are delivered: a quorum queue tells how often it came back before."""
        properties = self.message.properties
        if self.queue.type != "quorum" or not self.delivery_count:
            return properties
        headers = {**(properties.headers or {}), "x-delivery-count": self.delivery_count}
        return msgspec.structs.replace(properties, headers=headers)
