"""A publisher at work, with open-loop arrivals: work arises whether or not it can be published, and waits where it cannot.

A message waits while the confirm window is full, a reply is outstanding, the broker blocks or slows the connection,
or the program hangs. What arises while there is no connection is kept by an `outbox`; else it fails, is tried again as `retry`
says, and when that is used up counts as published and lost in transit. So does what a killed program had in memory,
unless it has an outbox. A program that was killed or stopped produces nothing; when it returns, its load goes on in the present.
"""

from __future__ import annotations

from collections import deque

from mqviz.clock import Entry
from mqviz.engine.channel import Channel
from mqviz.engine.lane import Lane
from mqviz.engine.message import Copy, Message
from mqviz.errors import AmqpError
from mqviz.model.amqp import Properties
from mqviz.model.scenario import ProducerSpec, Retry
from mqviz.sim.client import Client
from mqviz.sim.outgoing import MOST_DOUBLINGS, Envelope, Outgoing
from mqviz.sim.requests import REPLY_TO, Requests
from mqviz.sim.stopwatch import Stopwatch
from mqviz.sim.workload import Workload
from mqviz.sim.world import World


class Publishing(Client):
    """What a producer does with its messages, from their arrival until nothing more can come back for them."""

    kind = "producer"
    __slots__ = (
        "_confirm_latency",
        "_confirms",
        "_is_blocked",
        "_is_flushing",
        "_is_slowed",
        "_is_woken",
        "_lane",
        "_number",
        "_on_arrival",
        "_poison",
        "_resting",
        "_sequence",
        "_serials",
        "_stuck",
        "_track",
        "_upcoming",
        "acked",
        "confirm",
        "envelope",
        "nacked",
        "requests",
        "retried",
        "spec",
        "unconfirmed",
        "undeliverable",
        "waiting",
        "workload",
    )

    def __init__(self, world: World, spec: ProducerSpec, name: str) -> None:
        super().__init__(world, name, spec.name, spec.reconnect)
        self.spec = spec
        self.confirm = spec.confirm
        self.envelope = Envelope(spec, name, world.seed)
        self._on_arrival = self._arrive
        self._serials = world.scheduler.serials
        self._track: Lane | None = None
        self._lane: Lane | None = None
        self.workload = Workload(world.scheduler, spec.load, world.seed, name, self._on_arrival)
        self._upcoming = self.workload.upcoming
        self.waiting: deque[Outgoing] = deque()
        self.unconfirmed: dict[int, Outgoing] = {}
        self._resting: dict[int, Outgoing] = {}
        self._confirm_latency = world.measures.of("confirm", spec.name)
        self.requests = self._make_requests()
        self._stuck = Stopwatch(world.scheduler)
        self._confirms = self._is_blocked = self._is_slowed = self._is_flushing = self._is_woken = False
        self._sequence = self._number = self._poison = 0
        self.sent = self.acked = self.nacked = self.undeliverable = self.retried = 0

    def _find_track(self) -> None:
        """For messages that differ in nothing; another for each connection, and for each look of the messages."""
        spec, envelope = self.spec, self.envelope
        if self._channel is not None:
            self._track = self._channel.lane(spec.exchange, spec.routing_key, envelope.properties, size=envelope.size)

    def _make_requests(self) -> Requests | None:
        request = self.spec.request
        if request is None:
            return None
        response = self.world.measures.of("response", self.client)
        return Requests(self._scheduler, self.name, request.timeout, response, self._wake)

    # -- arrivals -----------------------------------------------------------------------------------

    def _arrive(self, at: float) -> Entry | None:
        """Work arises; the next arrival follows. The short way is for who has nothing but to publish."""
        lane = self._lane
        if lane is not None:
            self.sent += 1
            try:
                lane.publish()
            except AmqpError as error:
                self._fail_to_publish(error)
        else:
            self._offer(at)
        # What follows is `Workload.go_on` without the call.
        workload, upcoming = self.workload, self._upcoming
        if not upcoming:
            workload.go_on()
            return None
        workload.due = due = upcoming.pop()
        workload.timer = serial = next(self._serials)
        return (due, serial, self._on_arrival, due)

    def burst(self, messages: int) -> None:
        """So many arrivals more, now."""
        if self.should_run:
            for _ in range(messages):
                self._offer(self._scheduler.now)

    def poison(self) -> None:
        """The next message that is published for the first time fails wherever it goes."""
        self._poison += 1
        self._refresh()

    def _offer(self, at: float) -> None:
        self._number += 1
        out = Outgoing(self._number, at)
        if self._channel is None and not self.spec.outbox:
            self._again(out)
        else:
            self.waiting.append(out)
            self._flush()
        self._stuck.set(bool(self.waiting))

    # -- publishing ---------------------------------------------------------------------------------

    def _may_publish(self) -> bool:
        if self._channel is None or self._is_blocked or self._is_slowed or self.condition.hanging:
            return False
        if self.requests is not None and len(self.requests):
            return False
        return self.confirm is None or not self._confirms or len(self.unconfirmed) < self.confirm

    def _flush(self) -> None:
        """Publish what waits, as far as that is possible."""
        if self._is_flushing:
            return
        self._is_flushing = True
        while self.waiting and self._may_publish():
            self._publish(self.waiting.popleft())
        self._is_flushing = False
        self._stuck.set(bool(self.waiting))
        if self._leaving:
            self._leave()

    def _publish(self, out: Outgoing) -> None:
        if self._poison and not out.attempts:
            self._poison -= 1
            out.poison = True
            self._refresh()
        out.published = self._scheduler.now
        self.sent += 1
        if self._confirms:
            self._sequence += 1
            self.unconfirmed[self._sequence] = out
        if self._link.direct:
            self._reach_broker(out)
        else:
            self._under_way_up += 1
            self._link.up.send(self._arrive_at_broker, out)

    def _arrive_at_broker(self, out: Outgoing) -> None:
        self._under_way_up -= 1
        self._reach_broker(out)

    def _reach_broker(self, out: Outgoing) -> None:
        spec, envelope = self.spec, self.envelope
        body = envelope.body(out.number)
        if out.size is None:
            out.size = envelope.draw_size(body)
        properties = envelope.properties
        if self.requests is not None:
            properties = envelope.correlated(self.requests.begin(out), REPLY_TO)
        origin = out if out.poison or spec.retry is not None or spec.mandatory else None
        try:
            self._hand_over(body, properties, out, origin)
        except AmqpError as error:
            self._fail_to_publish(error)

    def _hand_over(self, body: bytes, properties: Properties, out: Outgoing, origin: Outgoing | None) -> None:
        spec = self.spec
        assert self._channel is not None and out.size is not None
        self._channel.publish(
            spec.exchange,
            spec.routing_key,
            body,
            properties,
            mandatory=spec.mandatory,
            size=out.size,
            arrival=out.arrival,
            origin=origin,
        )

    def _fail_to_publish(self, error: AmqpError) -> None:
        """The broker closed the channel instead of taking the message."""
        self.lost_in_transit += 1
        self.world.note_error(self.node, error)
        self._disconnected()

    # -- what comes back ----------------------------------------------------------------------------

    def confirmed(self, channel: Channel, delivery_tag: int, multiple: bool, ack: bool) -> None:
        """basic.ack or basic.nack of a publish."""
        if self._link.direct:
            self._hear_confirm((delivery_tag, multiple, ack))
        else:
            self._link.down.send(self._hear_confirm, (delivery_tag, multiple, ack))

    def _hear_confirm(self, heard: tuple[int, bool, bool]) -> None:
        tag, multiple, ack = heard
        if not multiple:
            self._settle(self.unconfirmed.pop(tag), ack)
        else:
            for each in [sequence for sequence in self.unconfirmed if sequence <= tag]:
                self._settle(self.unconfirmed.pop(each), ack)
        self._wake()

    def _settle(self, out: Outgoing, ack: bool) -> None:
        if ack:
            self.acked += 1
            self._confirm_latency.add(self._scheduler.now - (out.published or 0.0))
        else:
            self.nacked += 1
        if not ack or out.returned:
            self._again(out)

    def returned(self, channel: Channel, code: int, text: str, message: Message) -> None:
        """basic.return; where there are confirms, the confirm follows."""
        out = message.origin
        assert isinstance(out, Outgoing)
        if self._link.direct:
            self._hear_return(out)
        else:
            self._link.down.send(self._hear_return, out)

    def _hear_return(self, out: Outgoing) -> None:
        self.undeliverable += 1
        if self._confirms:
            out.returned = True
        else:
            self._again(out)

    def deliver(self, channel: Channel, consumer_tag: str, delivery_tag: int, redelivered: bool, copy: Copy) -> None:
        """A reply."""
        if self.requests is None:
            return
        if self._link.direct:
            self._hear_reply(copy.message)
        else:
            self._link.down.send(self._hear_reply, copy.message)

    def _hear_reply(self, message: Message) -> None:
        if self.requests is not None and not self.condition.hanging:
            self.requests.hear(message)

    def _wake(self) -> None:
        """There may be room for what waits: see to it next, since this may come from inside the broker."""
        if (self.waiting or self._leaving) and not self._is_flushing and not self._is_woken:
            self._is_woken = True
            self._scheduler.call_at(self._scheduler.now, Publishing._woken, self)

    def _woken(self) -> None:
        self._is_woken = False
        self._flush()

    # -- again --------------------------------------------------------------------------------------

    def _again(self, out: Outgoing) -> None:
        """Nacked, returned or lost: try again after a while, if there are attempts left."""
        retry = self.spec.retry or Retry(attempts=0)
        if out.attempts >= retry.attempts:
            self._give_up(out)
            return
        delay = retry.backoff * 2.0 ** min(out.attempts, MOST_DOUBLINGS)
        out.attempts += 1
        out.returned = False
        self._resting[out.number] = out
        self._scheduler.call_in(delay, self._rested, out)

    def _rested(self, out: Outgoing) -> None:
        if self._resting.pop(out.number, None) is not out:
            return
        if self._channel is None and not self.spec.outbox:
            self._again(out)
            return
        self.retried += 1
        self.waiting.append(out)
        self._flush()

    def _give_up(self, out: Outgoing) -> None:
        """What never reached the network counts as lost on the way to the broker."""
        if out.published is None:
            self.sent += 1
            self.lost_in_transit += 1
