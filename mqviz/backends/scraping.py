"""The way to the Prometheus endpoint: a connection of its own, without any password, since RabbitMQ asks for none there."""

from __future__ import annotations

from math import inf

from mqviz.backends import prometheus
from mqviz.backends.api_client import ApiClient, RefusedError
from mqviz.backends.management import Ask
from mqviz.backends.troubles import TroubleError
from mqviz.clock import Clock
from mqviz.model.feed import LiveBroker, changed

_AGAIN = 60.0
"""Seconds for which an endpoint that did not answer is left alone."""


class Scraper:
    """Keeps one connection. Only `break_off` may be called from another thread."""

    def __init__(self, broker: LiveBroker, clock: Clock) -> None:
        self.address = prometheus.address_for(broker)
        self._clock = clock
        self._client = ApiClient(changed(broker, management=self.address), None, clock)
        self._trouble: TroubleError | None = None
        self._again_at = -inf

    @property
    def cost(self) -> tuple[int, int]:
        """Requests and bytes so far."""
        return self._client.requests, self._client.bytes

    def content(self, ask: Ask) -> bytes:
        """The bytes of the answer. TroubleError, whose detail is the address, at once for a minute after the way was not open."""
        if self._trouble is not None and self._clock.now() < self._again_at:
            raise self._trouble
        try:
            content = self._client.content(ask)
        except RefusedError as refused:
            raise TroubleError(refused.trouble, self.address) from None
        except TroubleError as trouble:
            self._trouble, self._again_at = TroubleError(trouble.trouble, self.address), self._clock.now() + _AGAIN
            raise self._trouble from None
        self._trouble = None
        return content

    def break_off(self) -> None:
        """Whoever waits gets an error at once."""
        self._client.break_off()

    def close(self) -> None:
        """End the connection."""
        self._client.close()
