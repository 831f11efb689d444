"""One external client of the window's AMQP port: its connection, what it published, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable

from mqviz.backends.overhearing import Overhearing
from mqviz.engine.connection import ConnectionState
from mqviz.engine.consumer import Consumer
from mqviz.model.snapshot import ClientState, ConsumerStats, ProducerStats
from mqviz.wire.connection import ServerConnection
from mqviz.wire.frames import Template
from mqviz.wire.host import Host

_STATES = {ConnectionState.BLOCKED: ClientState.BLOCKED, ConnectionState.FLOW: ClientState.FLOW}


class Guest(ServerConnection):
    """The server's side of it. `number`: that of its socket; `counted` is called for each message that it publishes.

    `was_read`: what its socket was told last; `parted`: its socket is to be closed; `slowed`: nothing is read, as somebody wants it.
    """

    def __init__(self, host: Host, number: int, peer: str, on_output: Callable[[], None], counted: Callable[[], None]) -> None:
        super().__init__(host, peer, on_output, on_output)
        self.number = number
        self.parted = self.slowed = False
        self.was_read = True
        self.published_to: dict[str, int] = {}
        self.routing_key = ""
        self.ear: Overhearing | None = None
        self._counted = counted
        self._templates = _Owned(self)

    def published(self, exchange: str, routing_key: str) -> str:
        """It published a message; its node in the picture."""
        self.published_to[exchange] = self.published_to.get(exchange, 0) + 1
        self.routing_key = routing_key
        self._counted()
        return f"producer:{self.name}"

    def slow(self, slowed: bool) -> None:
        """Read nothing more from it, or read on."""
        self.slowed = slowed
        if slowed:
            self.outlet.halt("slowed")
        else:
            self.outlet.go_on("slowed")
            self.go_on()

    def listen(self) -> None:
        """Keep what passes from now on."""
        self.ear = Overhearing(b"".join(self._pieces))

    @property
    def is_in(self) -> bool:
        """Whether it has logged in, and is still there."""
        return self.engine is not None and self.engine.is_open

    # -- as it is shown -------------------------------------------------------------------------------

    def _shown_state(self, otherwise: ClientState) -> ClientState:
        if self.slowed:
            return ClientState.SLOW
        assert self.engine is not None
        return _STATES.get(self.engine.state, otherwise)

    def producers(self) -> list[ProducerStats]:
        """As a producer, at the exchange that it publishes to most; none where it does not publish."""
        if not self.published_to:
            return []
        exchange = max(self.published_to, key=lambda name: self.published_to[name])
        return [
            ProducerStats(
                name=self.name,
                client=self.name,
                exchange=exchange,
                routing_key=self.routing_key,
                connection=self.name,
                state=self._shown_state(ClientState.RUNNING),
                published=sum(self.published_to.values()),
                confirmed=None,
                nacked=None,
                returned=None,
                retried=None,
                waiting=None,
                replied=None,
                timed_out=None,
                failed=None,
                blocked_time=None,
            )
        ]

    def consumers(self) -> list[ConsumerStats]:
        """As a consumer, one for each queue that it takes from; none where it does not consume."""
        assert self.engine is not None
        every = [each for channel in self.engine.channels.values() for each in channel.consumers.values()]
        queues: dict[str, list[int]] = {}
        for at, each in enumerate(every):
            queues.setdefault(each.queue.name, []).append(at)
        return [self._consumer(queue, at == 0, [every[place] for place in places]) for at, (queue, places) in enumerate(queues.items())]

    def _consumer(self, queue: str, is_first: bool, each: list[Consumer]) -> ConsumerStats:
        held = sum(one.messages_unacknowledged for one in each)
        return ConsumerStats(
            name=self.name if is_first else f"{self.name} · {queue}",
            client=self.name,
            queue=queue,
            consumer_tag=each[0].tag,
            connection=self.name,
            state=self._shown_state(ClientState.RUNNING if held else ClientState.IDLE),
            prefetch_count=each[0].prefetch_count,
            ack_required=not each[0].no_ack,
            active=any(one.active for one in each),
            messages_unacknowledged=held,
            delivered=sum(one.delivered for one in each),
            redelivered=sum(one.redelivered for one in each),
            acknowledged=sum(one.acknowledged for one in each),
            completed=None,
            busy_time=None,
        )


class _Owned(dict[bytes, Template]):
    """Templates of one client's messages, which remember whose they are."""

    def __init__(self, owner: Guest) -> None:
        super().__init__()
        self._owner = owner

    def __setitem__(self, key: bytes, template: Template) -> None:
        template.owner = self._owner
        super().__setitem__(key, template)
