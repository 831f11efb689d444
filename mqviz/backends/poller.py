"""The one thread that talks to the management API: it polls, does what it is asked between two questions, and comes back by itself.

It and its owner share nothing but two queues of values: orders go in, news come out, and the bell is rung for each piece of news.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from msgspec import Struct

from mqviz.backends.api_client import ApiClient, RefusedError
from mqviz.backends.management import Ask, decoded
from mqviz.backends.named_queues import NamedQueues
from mqviz.backends.prometheus import SOURCE as PROMETHEUS
from mqviz.backends.sampling import Flow, flows_between
from mqviz.backends.scraping import Scraper
from mqviz.backends.survey import Picture, Reply, Survey
from mqviz.backends.troubles import LASTING, TroubleError
from mqviz.clock import Clock
from mqviz.model.feed import LiveBroker, Trouble
from mqviz.model.snapshot import Snapshot

FIRST_RETRY, LAST_RETRY = 1.0, 30.0
END_WITHIN = 1.5
"""Wall seconds that the end of the thread is waited for; what the system still holds back after that ends by itself."""

_NO_API = frozenset((Trouble.PORT, Trouble.RIGHTS, Trouble.PROTOCOL, Trouble.TIMEOUT))
"""Troubles of the management API that AMQP may be without."""
_API_AGAIN = 60.0
_POLITE = 3.0
"""At most every so many times what a round took: a broker with very much on it is not busy with us all the time."""
_BEAT = 4.5
_LATE = (1.0, 5.5)
"""Seconds after something was done at which is looked again: RabbitMQ's numbers move every five."""


class Poll(Struct, frozen=True):
    """Look now."""


class Every(Struct, frozen=True):
    """Look every so many seconds; None: not by yourself."""

    seconds: float | None


class At(Struct, frozen=True):
    """Look at this virtual host from now on."""

    vhost: str


class Do(Struct, frozen=True):
    """Ask these in turn, beside the polling, until one fails; `mark` comes back with the last answer."""

    asks: tuple[Ask, ...]
    mark: Any = None


class End(Struct, frozen=True):
    """End the thread."""


Order = Poll | Every | At | Do | End


class Seen(Struct, frozen=True):
    """A picture, true at wall second `at`; `took` seconds. `requests` and `bytes`: the cost so far. An early one is not complete.

    `flows`: what has moved since the picture `before`, so many seconds earlier."""

    snapshot: Snapshot
    vhost: str
    at: float
    took: float | None = None
    picture: Picture | None = None
    flows: tuple[Flow, ...] = ()
    before: tuple[Snapshot, float] | None = None
    requests: int = 0
    bytes: int = 0


class Failed(Struct, frozen=True):
    """A round has failed; the next is at wall second `retry_at`, None: not before it is asked for."""

    trouble: Trouble
    detail: str
    at: float
    retry_at: float | None


class Done(Struct, frozen=True):
    """The answer to a `Do`: decoded, or the trouble."""

    mark: Any
    answer: Any = None
    trouble: TroubleError | None = None


News = Seen | Failed | Done


class Poller:
    """Starts with the first look. `news` is to be emptied by the owner, who is woken by `wake` from the thread."""

    def __init__(self, broker: LiveBroker, password: str, clock: Clock, wake: Callable[[], None]) -> None:
        self.news: SimpleQueue[News] = SimpleQueue()
        self._orders: SimpleQueue[Order] = SimpleQueue()
        self._clock, self._wake = clock, wake
        self._broker, self._password = broker, password
        self._client: ApiClient | None = None
        self._survey = Survey(broker.virtual_host, clock.now)
        self._interval = broker.interval
        self._past: list[tuple[Snapshot, str, float]] = []
        self._named = NamedQueues(broker, password)
        self._scraper = Scraper(broker, clock)
        self._why = TroubleError(Trouble.PLUGIN)
        self._ask_api_at = -inf
        self._next = -inf
        self._extra: list[float] = []
        self._failures = self._requests = self._bytes = 0
        self._was_seen = self._is_ending = False
        self._thread = Thread(target=self._run, name="mqviz management", daemon=True)
        self._thread.start()

    # -- for the owner ----------------------------------------------------------------------------------------

    def order(self, order: Order) -> None:
        """Hand in an order; never blocks."""
        self._orders.put(order)

    def close(self) -> None:
        """End thread and connection; an answer that is waited for is broken off."""
        self._is_ending = True
        self._orders.put(End())
        client = self._client
        if client is not None:
            client.break_off()
        self._named.break_off()
        self._scraper.break_off()
        self._thread.join(END_WITHIN)

    # -- the thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._is_ending:
            if self._due <= self._clock.now():
                self._look()
            else:
                self._wait()
        if self._client is not None:
            self._client.close()
        self._named.close()
        self._scraper.close()

    @property
    def _due(self) -> float:
        return min(self._next, *self._extra) if self._extra else self._next

    def _wait(self) -> None:
        due = self._due
        try:
            self._obey(self._orders.get(timeout=None if due == inf else max(0.0, due - self._clock.now())))
        except Empty:
            return

    def _obey_all(self) -> None:
        while not self._orders.empty():
            self._obey(self._orders.get())

    def _obey(self, order: Order) -> None:
        match order:
            case Poll():
                self._extra.append(-inf)
            case Every(seconds=seconds):
                self._interval = seconds
                self._next = self._clock.now() + seconds if seconds is not None else inf
            case At(vhost=vhost):
                self._survey = Survey(vhost, self._clock.now)
                self._extra.append(-inf)
            case Do(asks=asks, mark=mark):
                self._tell(self._done(asks, mark))
                self._extra += [self._clock.now() + late for late in _LATE]
            case End():
                self._is_ending = True

    def _tell(self, news: News) -> None:
        if not self._is_ending:
            self.news.put(news)
            self._wake()

    def _done(self, asks: tuple[Ask, ...], mark: Any) -> Done:
        answer = None
        try:
            for ask in asks:
                content = self._connected().content(ask)
                answer = decoded(ask, content) if ask.gives is not None else None
        except TroubleError as trouble:
            return Done(mark, trouble=trouble)
        return Done(mark, answer)

    def _connected(self) -> ApiClient:
        if self._client is None:
            self._client = ApiClient(self._broker, self._password, self._clock)
            if self._is_ending:
                self._client.break_off()
        return self._client

    # -- a round ----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        began = self._clock.now()
        self._extra = [each for each in self._extra if each > began]
        survey = self._survey
        try:
            picture = self._found(survey, began)
        except TroubleError as trouble:
            self._tell(self._failed(trouble))
            return
        except Exception as error:  # noqa: BLE001  the loop of a thread: what nobody thought of is told, not the end of all looking
            self._tell(self._failed(TroubleError(Trouble.FAILED, f"{type(error).__name__}: {error}")))
            return
        if picture is not None:
            self._tell(self._seen(picture, survey, began))

    def _seen(self, picture: Picture, survey: Survey, began: float) -> Seen:
        now, client = self._clock.now(), self._client
        self._failures, self._was_seen = 0, True
        self._next = began + max(self._interval, _POLITE * (now - began)) if self._interval is not None else inf
        costs = [(self._requests, self._bytes), self._scraper.cost, (0, 0) if client is None else (client.requests, client.bytes)]
        before = self._earlier(picture.snapshot, survey.vhost, began)
        flows = () if before is None else tuple(flows_between(before[0], picture.snapshot, before[1]))
        return Seen(picture.snapshot, survey.vhost, began, now - began, picture, flows, before, *map(sum, zip(*costs, strict=True)))

    def _earlier(self, snapshot: Snapshot, vhost: str, at: float) -> tuple[Snapshot, float] | None:
        """RabbitMQ's counts move every five seconds: who looks more often compares with what was seen that long ago."""
        past = [each for each in self._past if each[1] == vhost]
        known = [each for each in past if at - each[2] >= _BEAT]
        self._past = [*known[-1:], *past[len(known) :], (snapshot, vhost, at)]
        if not past:
            return None
        before = known[-1] if known else past[0]
        return before[0], at - before[2]

    def _found(self, survey: Survey, began: float) -> Picture | None:
        """By the management API; where there is none for us, what AMQP tells."""
        if self._broker.management and began >= self._ask_api_at:
            try:
                return self._round(survey, began)
            except TroubleError as trouble:
                hangs_up = trouble.trouble is Trouble.LOST and not self._was_seen
                if trouble.trouble not in _NO_API and not hangs_up:
                    raise
                self._why = trouble
                self._ask_api_at = began + (_API_AGAIN if trouble.trouble in (Trouble.RIGHTS, Trouble.TIMEOUT) else 0.0)
        names = dict.fromkeys((*self._broker.queues, *survey.lasting))
        why = self._why
        if why.trouble is Trouble.PORT:
            why = TroubleError(Trouble.PLUGIN, self._broker.management)
        return self._named.picture(survey.vhost, names, why)

    def _round(self, survey: Survey, began: float) -> Picture | None:
        """Drive the questions; orders are obeyed between them. None where the round was overtaken by an order."""
        client = self._connected()
        steps = survey.round()
        step = next(steps)
        while True:
            if isinstance(step, Snapshot):
                self._tell(Seen(step, survey.vhost, began))
                reply: Reply = b""
            else:
                reply = self._reply(client, step)
            self._obey_all()
            if self._is_ending or survey is not self._survey:
                return None
            try:
                step = steps.send(reply)
            except StopIteration as end:
                picture: Picture = end.value
                return picture

    def _reply(self, client: ApiClient, ask: Ask) -> Reply:
        """What was answered; without the Prometheus endpoint there is less of a picture, without the API none."""
        try:
            return self._scraper.content(ask) if ask.source == PROMETHEUS else client.content(ask)
        except RefusedError as refused:
            return refused
        except TroubleError as trouble:
            if ask.source != PROMETHEUS:
                raise
            return trouble

    def _failed(self, trouble: TroubleError) -> Failed:
        """What lasts is not tried again before somebody has mended it; where it was well before, the broker may only be starting."""
        now = self._clock.now()
        client, self._client = self._client, None
        if client is not None:
            self._requests += client.requests
            self._bytes += client.bytes
            client.close()
        retry = min(FIRST_RETRY * 2.0**self._failures, LAST_RETRY)
        self._failures += 1
        gives_up = trouble.trouble in LASTING and not self._was_seen
        self._next = inf if gives_up else now + retry
        return Failed(trouble.trouble, trouble.detail, now, None if gives_up else now + retry)
