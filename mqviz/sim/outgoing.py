"""A message in the hands of its producer, and what it looks like when it is published."""

from __future__ import annotations

from itertools import repeat

import msgspec
from msgspec import Struct

from mqviz.model.amqp import NO_PROPERTIES, Properties
from mqviz.model.distributions import Distribution
from mqviz.model.scenario import ProducerSpec
from mqviz.sim.chance import Draw, draws, stream

MOST_DOUBLINGS = 60
"""Of a backoff: after that many it is older than the world, and soon no float."""


class Outgoing(Struct, eq=False):
    """A message from its arrival until nothing more can come back for it.

    `number`: serial of the producer; `published`: when, None as long as it has not been; `finished`: names of the queues out of
    which its work was finished, however often it was published.
    """

    number: int
    arrival: float
    published: float | None = None
    attempts: int = 0
    size: int | None = None
    poison: bool = False
    returned: bool = False
    finished: set[str] | None = None


class Envelope:
    """How a producer's messages look: properties, body and size. `properties` serves all that differ in nothing."""

    def __init__(self, spec: ProducerSpec, name: str, seed: int) -> None:
        self._name = name
        self._body = spec.body
        self._luck = stream(seed, name, "size")
        self.properties = _properties(spec, name)
        self.is_uniform = spec.body is None and isinstance(spec.size, float | int)
        self.set_size(spec.size)

    def set_size(self, size: float | Distribution) -> None:
        """Another size, for messages published from now on."""
        is_number = isinstance(size, float | int)
        self.is_uniform = self._body is None and is_number
        self.size = int(size) if isinstance(size, float | int) else 0
        self._draw: Draw = repeat(float(self.size)).__next__ if isinstance(size, float | int) else draws(size, self._luck)

    def set_priority(self, priority: int) -> None:
        """Another priority, for messages published from now on."""
        self.properties = msgspec.structs.replace(self.properties, priority=priority)

    def body(self, number: int) -> bytes:
        """The text with its number and its producer's name filled in; nothing where only the size is simulated."""
        if self._body is None:
            return b""
        return self._body.replace("{number}", str(number)).replace("{name}", self._name).encode()

    def draw_size(self, body: bytes) -> int:
        """The size of a message: that of its body, or as the file says."""
        return len(body) if self._body is not None else round(self._draw())

    def correlated(self, correlation_id: str, reply_to: str) -> Properties:
        """The properties of a request."""
        return msgspec.structs.replace(self.properties, correlation_id=correlation_id, reply_to=reply_to)


def _properties(spec: ProducerSpec, name: str) -> Properties:
    return msgspec.structs.replace(
        NO_PROPERTIES,
        delivery_mode=2 if spec.persistent else None,
        priority=spec.priority or None,
        headers=dict(spec.headers) or None,
        expiration=None if spec.expiration is None else str(round(spec.expiration * 1000)),
        type=spec.message_kind.value,
        app_id=name,
    )
