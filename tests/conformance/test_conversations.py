"""Random conversations, held with the engine and with RabbitMQ word for word: both must answer alike.

Each queue is consumed on two channels that consume no other: in which order messages of two queues arrive on one channel is a
race inside RabbitMQ. Times to live but 0, transactions and the deletion of queues are left out for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import msgspec
import pytest

from mqviz.model.amqp import Properties
from tests.conformance.client import Chan, Delivery, Got, Peer, RefusedError, Returned
from tests.conformance.in_process import EnginePeer
from tests.conformance.pika_peer import PikaPeer
from tests.conformance.rabbitmq_server import RabbitServer
from tests.rabbitmq_node import Vhost

QUEUES = ("a", "b", "c")
EXCHANGES = {"x": "direct", "f": "fanout", "t": "topic", "h": "headers"}
KEYS = ("a", "b", "c", "j", "k", "k.j")
SENTENCES = 60


@dataclass(frozen=True)
class Saying:
    """A verb on one of the channels."""

    verb: str
    channel: int
    words: tuple[Any, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


class Speaker:
    """Thinks of what to say next, knowing which tags are unacknowledged on each channel."""

    def __init__(self, seed: int) -> None:
        self.luck = Random(seed)
        self.tags: list[set[int]] = [set() for _ in range(2 * len(QUEUES))]
        self.automatic: set[str] = set()
        self._messages = 0
        self._consumers = 0

    def setting(self) -> list[Saying]:
        """Declares the world."""
        luck = self.luck
        alternate = luck.choice([{}, {"alternate-exchange": "f"}, {"alternate-exchange": "x"}])
        said = [
            Saying("declare_exchange", 0, (name, kind), {"arguments": alternate if name in "th" else {}})
            for name, kind in EXCHANGES.items()
        ]
        said += [Saying("declare_queue", 0, (name,), {"arguments": self._arguments()}) for name in QUEUES]
        for _ in range(4):
            said.append(Saying("bind", 0, (luck.choice(QUEUES), luck.choice("xft"), luck.choice(["k", "j", "k.*", "#", "a"]))))
        for _ in range(2):
            match = {"x-match": luck.choice(["all", "any"]), "n": luck.choice([1, 2])}
            said.append(Saying("bind", 0, (luck.choice(QUEUES), "h", "", match)))
        said.append(Saying("bind_exchange", 0, (luck.choice("xft"), luck.choice("xft"), luck.choice("kj#"))))
        return said

    def _arguments(self) -> dict[str, Any]:
        luck = self.luck
        offers: list[tuple[float, str, list[Any]]] = [
            (0.4, "x-max-length", [0, 1, 2, 3]),
            (0.15, "x-max-length-bytes", [2, 4, 6]),
            (0.4, "x-overflow", ["drop-head", "reject-publish", "reject-publish-dlx"]),
            (0.5, "x-dead-letter-exchange", ["", "x", "f", "t", "missing"]),
            (0.2, "x-max-priority", [1, 3]),
            (0.15, "x-single-active-consumer", [True]),
            (0.1, "x-message-ttl", [0]),
        ]
        chosen = {name: luck.choice(values) for chance, name, values in offers if luck.random() < chance}
        if "x-dead-letter-exchange" in chosen and luck.random() < 0.5:
            chosen["x-dead-letter-routing-key"] = luck.choice(KEYS)
        return chosen

    def say(self) -> Saying:
        """The next sentence."""
        thoughts: list[tuple[int, Callable[[int], Saying]]] = [
            (34, self._publish),
            (10, self._consume),
            (5, lambda at: Saying("cancel", at, (f"t{self.luck.randint(1, 1 + self._consumers)}",))),
            (7, lambda at: Saying("get", at, (QUEUES[at // 2], self.luck.random() < 0.4))),
            (5, lambda at: Saying("qos", at, (self.luck.choice([0, 1, 2, 3]), self.luck.random() < 0.3))),
            (30, self._settle),
            (2, self._recover),
            (2, lambda at: Saying("purge", at, (self.luck.choice(QUEUES),))),
            (3, lambda at: Saying("confirm_select", at)),
        ]
        weights = [weight for weight, _ in thoughts]
        [(_, thought)] = self.luck.choices(thoughts, weights)
        return thought(self.luck.randrange(len(self.tags)))

    def _publish(self, at: int) -> Saying:
        luck = self.luck
        self._messages += 1
        headers: dict[str, Any] = {}
        if luck.random() < 0.15:
            headers["CC"] = [luck.choice(KEYS)]
        if luck.random() < 0.1:
            headers["BCC"] = [luck.choice(KEYS)]
        if luck.random() < 0.3:
            headers["n"] = luck.choice([1, 2])
        properties = Properties(
            headers=headers or None,
            priority=luck.choice([None, None, 0, 1, 2, 5]),
            expiration=luck.choice([None] * 20 + ["0", "60000"]),
            delivery_mode=luck.choice([None, 2]),
        )
        body = str(self._messages).encode() * luck.choice([1, 1, 2])
        where = (luck.choice(["", "", "", *EXCHANGES]), luck.choice(KEYS))
        return Saying("publish", at, (*where, body, properties), {"mandatory": luck.random() < 0.3})

    def _consume(self, at: int) -> Saying:
        self._consumers += 1
        tag, no_ack = f"t{self._consumers}", self.luck.random() < 0.3
        if no_ack:
            self.automatic.add(tag)
        arguments = {"x-priority": self.luck.choice([-1, 1, 5])} if self.luck.random() < 0.2 else {}
        return Saying("consume", at, (QUEUES[at // 2], tag), {"no_ack": no_ack, "arguments": arguments})

    def _settle(self, at: int) -> Saying:
        luck, tags = self.luck, sorted(self.tags[at])
        if not tags:
            return Saying("ack", at, (0, True))
        tag, multiple = luck.choice(tags), luck.random() < 0.25
        self.tags[at] -= {each for each in tags if each <= tag} if multiple else {tag}
        verb = luck.choice(["ack", "ack", "nack", "nack", "reject"])
        if verb == "ack":
            return Saying("ack", at, (tag, multiple))
        if verb == "nack" or multiple:
            return Saying("nack", at, (tag, multiple, luck.random() < 0.6))
        return Saying("reject", at, (tag, luck.random() < 0.6))

    def _recover(self, at: int) -> Saying:
        self.tags[at].clear()
        return Saying("recover", at)


class Listener:
    """One broker's side of the conversation."""

    def __init__(self, peer: Peer) -> None:
        conns = [peer.connect(), peer.connect()]
        self.chans: list[Chan] = [conns[at % 2].channel() for at in range(2 * len(QUEUES))]
        self._watcher = conns[1].channel()

    def answer(self, said: Saying) -> object:
        """What the verb gives, or why it was refused."""
        try:
            given = getattr(self.chans[said.channel], said.verb)(*said.words, **said.more)
        except RefusedError as raised:
            return raised.refused
        return _plain(given)

    def heard(self) -> list[list[object]]:
        """What came to each channel; what was answered to publishes may come in any order."""
        found: list[list[object]] = []
        for chan in self.chans:
            heard = [_plain(each) for each in chan.so_far()]
            deliveries = [each for each in heard if isinstance(each, Delivery)]
            found.append([*deliveries, *sorted((each for each in heard if not isinstance(each, Delivery)), key=repr)])
        return found

    def depths(self) -> list[object]:
        """Messages and consumers of every queue."""
        return [self._watcher.declare_queue(name, passive=True) for name in QUEUES]

    def state(self) -> tuple[list[list[object]], list[object]]:
        """All that can be seen. Dead letters take their way through other queues first."""
        before = self.heard()
        self.depths()
        after = self.heard()
        return [[*one, *other] for one, other in zip(before, after, strict=True)], self.depths()


def _plain(given: Any) -> Any:
    """Without the times of deaths."""
    if not isinstance(given, Delivery | Got | Returned) or "x-death" not in (given.properties.headers or {}):
        return given
    headers = dict(given.properties.headers or {})
    headers["x-death"] = [{key: value for key, value in row.items() if key != "time"} for row in headers["x-death"]]
    return given._replace(properties=msgspec.structs.replace(given.properties, headers=headers))


@pytest.mark.long
@pytest.mark.rabbitmq
@pytest.mark.parametrize("seed", range(20))
def test_both_answer_alike(rabbitmq_vhost: Vhost, seed: int) -> None:
    speaker, theirs_peer = Speaker(seed), PikaPeer(RabbitServer(rabbitmq_vhost))
    try:
        ours, theirs = Listener(EnginePeer()), Listener(theirs_peer)
        told = speaker.setting()
        for said in told:
            assert ours.answer(said) == theirs.answer(said)
        for _ in range(SENTENCES):
            told.append(said := speaker.say())
            answer, expected = ours.answer(said), theirs.answer(said)
            assert answer == expected, told
            state, expected_state = ours.state(), theirs.state()
            assert state == expected_state, told
            remember(speaker, said, answer, state[0])
    finally:
        theirs_peer.shut()


def remember(speaker: Speaker, said: Saying, answer: object, heard: list[list[object]]) -> None:
    """Which tags can be settled from now on."""
    if isinstance(answer, Got) and not said.words[1]:
        speaker.tags[said.channel].add(answer.delivery_tag)
    for tags, each in zip(speaker.tags, heard, strict=True):
        tags.update(one.delivery_tag for one in each if isinstance(one, Delivery) and one.consumer_tag not in speaker.automatic)
