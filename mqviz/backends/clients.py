"""Who is connected: connections, channels and consumers become named producers and consumers.

A client is a connection, called by the name it gave itself, else by its address. Where several consumers or publishers share a
name they are members NAME.1 to NAME.n, and keep their numbers as long as they are there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from mqviz.backends import answers
from mqviz.backends.publishing_to import Targets
from mqviz.backends.reading import delivered
from mqviz.model.snapshot import ClientState, ConsumerStats, ProducerStats

_STATES = {"flow": ClientState.FLOW, "blocked": ClientState.BLOCKED, "blocking": ClientState.BLOCKED, "closing": ClientState.CLOSING}
BLOCKED = frozenset(("blocked", "blocking"))


class Names:
    """Gives members of one kind their names; asked once a round with everything that is there."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[Hashable, int]] = {}

    def given(self, clients: Sequence[tuple[str, Hashable]]) -> list[str]:
        """The names of these pairs of client and key, in their order. Who has gone makes its number free."""
        present: dict[str, dict[Hashable, int]] = {}
        for client, key in clients:
            present.setdefault(client, {})[key] = 0
        self._numbers = {client: self._numbered(client, keys) for client, keys in present.items()}
        taken: set[str] = set()
        return [self._unique(client, self._numbers[client][key], taken) for client, key in clients]

    def _numbered(self, client: str, keys: Iterable[Hashable]) -> dict[Hashable, int]:
        """Numbers of those who had one stay; 0 is the number of who was always alone."""
        before = self._numbers.get(client, {})
        kept = {key: before[key] for key in keys if key in before}
        new = [key for key in keys if key not in before]
        if not before and len(new) == 1:
            return {new[0]: 0}
        numbers = {key: number or 1 for key, number in kept.items()} if new else kept
        free = (number for number in range(1, len(kept) + len(new) + 1) if number not in set(numbers.values()))
        numbers.update(zip(new, free, strict=False))
        return numbers

    def _unique(self, client: str, number: int, taken: set[str]) -> str:
        name = f"{client}.{number}" if number else client
        while name in taken:
            name += "'"
        taken.add(name)
        return name


class _Peer(NamedTuple):
    client: str
    state: str


class People:
    """Makes the clients of one virtual host from the lists of a round."""

    def __init__(self) -> None:
        self._consumers, self._producers = Names(), Names()
        self._delivered: dict[str, int] = {}

    def consumers(
        self,
        consumers: Sequence[answers.Consumer],
        channels: Mapping[str, answers.Channel],
        connections: Mapping[str, answers.Connection],
    ) -> tuple[ConsumerStats, ...]:
        """The consumers. A channel's counts are its consumer's where it has one alone; else nobody tells them apart."""
        # Of a new one RabbitMQ may not know the channel yet: it is shown once it has a name.
        consumers = [each for each in consumers if not channels or _channel_of(each).connection_name]
        details = [_channel_of(each) for each in consumers]
        peers = [_peer_of(each.connection_name, each.peer_host, each.peer_port, connections) for each in details]
        keys = [(each.name, consumer.consumer_tag) for each, consumer in zip(details, consumers, strict=True)]
        names = self._consumers.given([(peer.client, key) for peer, key in zip(peers, keys, strict=True)])
        before, self._delivered = self._delivered, {}
        found = (
            self._consumer(name, peer, each, detail, channels.get(detail.name), before)
            for name, peer, each, detail in zip(names, peers, consumers, details, strict=True)
        )
        return tuple(sorted(found, key=_place))

    def _consumer(
        self,
        name: str,
        peer: _Peer,
        consumer: answers.Consumer,
        detail: answers.ChannelDetails,
        channel: answers.Channel | None,
        before: Mapping[str, int],
    ) -> ConsumerStats:
        own = channel if channel is not None and channel.consumer_count == 1 else None
        stats = answers.NO_STATS if own is None else own.message_stats
        taken = delivered(stats)
        unacked = None if own is None else own.messages_unacknowledged
        if taken is not None:
            self._delivered[name] = taken
        is_busy = bool(unacked) or (taken or 0) > before.get(name, taken or 0)
        return ConsumerStats(
            name=name,
            client=peer.client,
            queue=consumer.queue.name,
            consumer_tag=consumer.consumer_tag,
            connection=detail.connection_name,
            state=_STATES.get(peer.state) or (ClientState.RUNNING if is_busy else ClientState.IDLE),
            prefetch_count=consumer.prefetch_count or 0,
            ack_required=consumer.ack_required,
            active=consumer.active,
            messages_unacknowledged=unacked,
            delivered=taken,
            redelivered=stats.redeliver,
            acknowledged=stats.ack,
            completed=None,
            busy_time=None,
        )

    def producers(
        self, channels: Sequence[answers.Channel], connections: Mapping[str, answers.Connection], targets: Targets
    ) -> tuple[ProducerStats, ...]:
        """The channels that have published."""
        publishing = [each for each in channels if each.message_stats.publish and each.connection_details.name]
        peers = [_peer_of(each.connection_details.name, None, None, connections) for each in publishing]
        names = self._producers.given([(peer.client, each.name) for peer, each in zip(peers, publishing, strict=True)])
        return tuple(_producer(name, peer, each, targets.of(each.name)) for name, peer, each in zip(names, peers, publishing, strict=True))


def _place(each: ConsumerStats | ProducerStats) -> tuple[str, int, str]:
    """By name, the second member before the tenth: RabbitMQ's own order is another after each reconnect, and the picture would jump."""
    return each.client, len(each.name), each.name


def _producer(name: str, peer: _Peer, channel: answers.Channel, exchange: str | None) -> ProducerStats:
    stats = channel.message_stats
    return ProducerStats(
        name=name,
        client=peer.client,
        exchange=exchange,
        routing_key="",
        connection=channel.connection_details.name,
        state=_STATES.get(peer.state) or _STATES.get(channel.state or "") or ClientState.RUNNING,
        published=stats.publish or 0,
        confirmed=stats.confirm if channel.confirm else None,
        nacked=None,
        returned=stats.return_unroutable,
        retried=None,
        unconfirmed=channel.messages_unconfirmed or 0,
        waiting=None,
        replied=None,
        timed_out=None,
        failed=None,
        blocked_time=None,
    )


def _channel_of(consumer: answers.Consumer) -> answers.ChannelDetails:
    details = consumer.channel_details
    return details if isinstance(details, answers.ChannelDetails) else answers.ChannelDetails()


def _peer_of(name: str, host: object, port: object, connections: Mapping[str, answers.Connection]) -> _Peer:
    """What a connection calls itself, else where it comes from, else the beginning of its name, which says the same."""
    connection = connections.get(name)
    own = connection.user_provided_name if connection is not None else None
    state = (connection.state or "") if connection is not None else ""
    if isinstance(own, str) and own:
        return _Peer(own, state)
    if isinstance(host, str) and host and isinstance(port, int):
        return _Peer(f"{host}:{port}", state)
    return _Peer(name.partition(" -> ")[0], state)
