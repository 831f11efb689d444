"""A consumer: who may have how many unacknowledged deliveries of one queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mqviz.model.amqp import Arguments

if TYPE_CHECKING:
    from mqviz.engine.channel import Channel
    from mqviz.engine.queue import Queue

UNLIMITED, NOTHING = 1 << 59, -1


class Consumer:
    """One basic.consume. It may have `limit` unacknowledged deliveries: `delivered` must stay below `allowed`, which grows as it settles.

    `parked`: it was found without room and left its queue's rotation until something is settled.
    """

    __slots__ = (
        "allowed",
        "arguments",
        "channel",
        "delivered",
        "exclusive",
        "limit",
        "no_ack",
        "parked",
        "prefetch_count",
        "priority",
        "queue",
        "redelivered",
        "requeued",
        "tag",
    )

    def __init__(
        self,
        channel: Channel,
        queue: Queue,
        tag: str,
        *,
        no_ack: bool,
        exclusive: bool,
        prefetch_count: int,
        arguments: Arguments,
    ) -> None:
        self.channel = channel
        self.queue = queue
        self.tag = tag
        self.no_ack = no_ack
        self.exclusive = exclusive
        self.prefetch_count = prefetch_count
        self.arguments = arguments
        self.priority: int = arguments.get("x-priority", 0)
        self.limit = self._own_limit
        self.allowed = self.limit
        self.delivered = self.redelivered = self.requeued = 0
        self.parked = False

    @property
    def _own_limit(self) -> int:
        return self.prefetch_count if self.prefetch_count and not self.no_ack else UNLIMITED

    def pause(self) -> None:
        """It has room for nothing until `resume`."""
        self._set_limit(NOTHING)

    def resume(self) -> None:
        """It has room as before."""
        self._set_limit(self._own_limit)
        if self.parked:
            self.queue.resume(self)

    def _set_limit(self, limit: int) -> None:
        self.allowed += limit - self.limit
        self.limit = limit

    @property
    def settled(self) -> int:
        """Deliveries that were acknowledged or returned."""
        return self.allowed - self.limit

    @property
    def messages_unacknowledged(self) -> int:
        """Deliveries that are neither acknowledged nor returned."""
        return 0 if self.no_ack else self.delivered - self.settled

    @property
    def acknowledged(self) -> int:
        """Deliveries that were acknowledged, or needed no acknowledgement."""
        return self.delivered if self.no_ack else self.settled - self.requeued

    @property
    def active(self) -> bool:
        """False for one that waits behind a single active consumer."""
        return self.queue.active is None or self.queue.active is self
