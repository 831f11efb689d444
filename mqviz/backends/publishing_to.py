"""To which exchange a channel publishes, as far as RabbitMQ tells.

It counts messages by channel and exchange only where its management runs with `rates_mode = detailed`. In its usual mode it is known
where one exchange alone was published to; else nobody can tell, and that is said.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import NamedTuple

from mqviz.backends import answers, management
from mqviz.backends.api_client import RefusedError
from mqviz.backends.management import Ask, decoded
from mqviz.model.snapshot import ExchangeStats

DETAILED = "detailed"
_MOST_ASKED = 40
"""Exchanges, the busiest, that are asked in a round; there is no list of them all."""


class Targets(NamedTuple):
    """`by_channel`: the exchange that a channel of this name publishes to most. `only`: the one that all others can but mean."""

    by_channel: dict[str, str]
    only: str | None

    def of(self, channel: str) -> str | None:
        """The exchange, None where it cannot be told."""
        return self.by_channel.get(channel, self.only)


def told(vhost: str, rates_mode: str, exchanges: Iterable[ExchangeStats]) -> Generator[Ask, bytes | RefusedError, Targets]:
    """Ask each exchange who publishes to it, where that is counted."""
    busy = [each for each in exchanges if each.publish_in]
    if rates_mode != DETAILED:
        return Targets({}, busy[0].name if len(busy) == 1 else None)
    most: dict[str, tuple[int, str]] = {}
    for exchange in sorted(busy, key=lambda each: -(each.publish_in or 0))[:_MOST_ASKED]:
        ask = management.incoming(vhost, exchange.name)
        reply = yield ask
        if not isinstance(reply, RefusedError):
            _count(decoded(ask, reply), exchange.name, most)
    return Targets({channel: exchange for channel, (_, exchange) in most.items()}, None)


def _count(found: answers.Publishers, exchange: str, most: dict[str, tuple[int, str]]) -> None:
    for each in found.incoming:
        details, count = each.channel_details, each.stats.publish or 0
        if isinstance(details, answers.ChannelDetails) and count > most.get(details.name, (0, ""))[0]:
            most[details.name] = count, exchange
