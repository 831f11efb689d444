"""A client's channel: all verbs of AMQP 0-9-1 that a client may call on one."""

from __future__ import annotations

from mqviz.engine.consuming import Consuming, GetOk
from mqviz.engine.declaring import QueueOk
from mqviz.engine.publishing import Publishing

__all__ = ["Channel", "GetOk", "QueueOk"]


class Channel(Consuming, Publishing):
    """Verbs are synchronous and raise AmqpError; by then the channel, or its connection, is closed as the code demands.

    What a verb causes (deliveries, returns, confirms) has been handed to the sink when it returns.
    """

    __slots__ = ()
