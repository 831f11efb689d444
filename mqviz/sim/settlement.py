"""How a consumer tells the broker what became of its deliveries: over its link, and acks n together where it should.

What is finished but not yet settled at the broker is remembered: if the connection goes, it will be delivered again,
and whoever finishes it then has repeated the work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mqviz.engine.channel import Channel
from mqviz.engine.message import Copy
from mqviz.model.histogram import Histogram
from mqviz.sim.link import Link


class Settlement:
    """Acks, nacks and rejects of one connection.

    `oldest_open` tells the smallest delivery tag that is not finished; `settled` is called with the number of acks that reached the broker.
    """

    def __init__(
        self,
        link: Link,
        channel: Channel,
        multiple: int,
        wait: Histogram,
        oldest_open: Callable[[], int | None],
        settled: Callable[[int], None],
    ) -> None:
        self._link = link
        self._channel = channel
        self._multiple = multiple
        self._wait = wait
        self._oldest_open = oldest_open
        self._settled = settled
        self._together: dict[int, Copy] = {}
        self._under_way: dict[int, Copy] = {}

    def use(self, channel: Channel) -> None:
        """Settle by this object, which stands for the same channel."""
        self._channel = channel

    @property
    def is_empty(self) -> bool:
        """Whether everything finished is settled at the broker."""
        return not self._together and not self._under_way

    @property
    def unsettled(self) -> tuple[Copy, ...]:
        """What is finished, but the broker does not know yet."""
        return (*self._together.values(), *self._under_way.values())

    def ack(self, tag: int, copy: Copy) -> None:
        """Done with this one: acknowledge it, now or together with others."""
        self._wait.add(copy.delivered - copy.entered)
        if self._multiple <= 1:
            self._under_way[tag] = copy
            self._send(self._ack, [tag])
            return
        self._together[tag] = copy
        oldest = self._oldest_open()
        if oldest is None or len(self._together) >= self._multiple:
            self._ack_together(oldest)

    def _ack_together(self, oldest: int | None) -> None:
        """One ack covers all tags up to its own, so it must stay below what is still worked on."""
        tags = sorted(tag for tag in self._together if oldest is None or tag < oldest)
        if tags:
            for tag in tags:
                self._under_way[tag] = self._together.pop(tag)
            self._send(self._ack, tags)

    def _ack(self, tags: list[int]) -> None:
        for tag in tags:
            del self._under_way[tag]
        self._channel.ack(tags[-1], multiple=len(tags) > 1)
        self._settled(len(tags))

    def nack(self, tag: int) -> None:
        """Give it back to its queue."""
        self._send(self._nack, tag)

    def _nack(self, tag: int) -> None:
        self._channel.nack(tag, requeue=True)
        self._settled(0)

    def reject(self, tag: int, copy: Copy) -> None:
        """Refuse it for good."""
        self._wait.add(copy.delivered - copy.entered)
        self._send(self._reject, tag)

    def _reject(self, tag: int) -> None:
        self._channel.reject(tag, requeue=False)
        self._settled(0)

    def _send(self, action: Callable[[Any], None], argument: Any) -> None:
        if self._link.direct:
            action(argument)
        else:
            self._link.up.send(action, argument)
