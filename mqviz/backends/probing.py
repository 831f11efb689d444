"""The test of a connection: how far one gets, step by step, on a thread of its own, so that nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from mqviz.backends import management
from mqviz.backends.amqp_line import AmqpLine
from mqviz.backends.answers import Overview, WhoAmI
from mqviz.backends.api_client import ApiClient
from mqviz.backends.survey import MONITORS, tags_of
from mqviz.backends.troubles import TroubleError
from mqviz.clock import Clock, WallClock
from mqviz.model.feed import Check, LiveBroker, Trouble

END_WITHIN = 1.5


class Probe:
    """Begins at once. `checks` are those made so far; after a failed one those that need it are left out."""

    def __init__(self, broker: LiveBroker, password: str, clock: Clock | None = None) -> None:
        self._broker, self._password, self._clock = broker, password, clock or WallClock()
        self._line = AmqpLine(broker, password)
        self._client: ApiClient | None = None
        self._news: SimpleQueue[Check | None] = SimpleQueue()
        self._checks: tuple[Check, ...] = ()
        self._is_done = self._is_closed = False
        self._thread = Thread(target=self._run, name="mqviz probe", daemon=True)
        self._thread.start()

    @property
    def checks(self) -> tuple[Check, ...]:
        """What was found so far, in the order of the steps."""
        while not self._news.empty():
            check = self._news.get()
            if check is None:
                self._is_done = True
            else:
                self._checks += (check,)
        return self._checks

    @property
    def done(self) -> bool:
        """Whether there is nothing more to come."""
        return bool(self.checks is not None and self._is_done)

    def close(self) -> None:
        """Break off, wherever it is."""
        self._is_closed = True
        self._line.break_off()
        if self._client is not None:
            self._client.break_off()
        self._thread.join(END_WITHIN)

    # -- the thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            if self._speak_amqp() and self._broker.management and not self._is_closed:
                self._ask_management()
        finally:
            self._line.close()
            if self._client is not None:
                self._client.close()
            self._news.put(None)

    def _speak_amqp(self) -> bool:
        """The steps of AMQP; whether the host was found, so that it makes sense to go on."""
        line = self._line
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("name", line.resolve),
            ("port", line.connect),
            *((("tls", line.secure),) if self._broker.tls is not None else ()),
            ("login", line.login),
            ("vhost", line.enter),
        )
        for step, do in steps:
            if not self._passes(step, do):
                return step != "name"
        return True

    def _passes(self, step: str, do: Callable[[], object]) -> bool:
        """Make a check; the text that `do` gives is its detail."""
        if self._is_closed:
            return False
        began = self._clock.now()
        try:
            detail = do()
        except TroubleError as trouble:
            self._news.put(Check(step=step, trouble=trouble.trouble, detail=trouble.detail, seconds=self._clock.now() - began))
            return False
        text = detail if isinstance(detail, str) else ""
        self._news.put(Check(step=step, detail=text, seconds=self._clock.now() - began))
        return True

    def _ask_management(self) -> None:
        """What the account's tags and the broker's settings let us see. Being one of nobody's watchers is no failure, but told."""
        tags: list[str] = []
        if not self._passes("management", lambda: self._reach_management(tags)):
            return
        self._passes("rights", lambda: self._look_around(tags))
        self._passes("statistics", self._look_at_statistics)

    def _reach_management(self, tags: list[str]) -> str:
        self._client = ApiClient(self._broker, self._password, self._clock)
        try:
            ask = management.whoami()
            found: WhoAmI = management.decoded(ask, self._client.content(ask))
        except TroubleError as trouble:
            # Somebody listens for AMQP on this host, so it is the plugin that is missing.
            if trouble.trouble is Trouble.PORT:
                raise TroubleError(Trouble.PLUGIN, self._broker.management) from None
            raise
        tags.extend(tags_of(found))
        return ", ".join(tags)

    def _look_around(self, tags: list[str]) -> str:
        assert self._client is not None
        self._client.content(management.queues(self._broker.virtual_host))
        if not MONITORS & set(tags):
            raise TroubleError(Trouble.RIGHTS, "monitoring")
        return ""

    def _look_at_statistics(self) -> str:
        assert self._client is not None
        ask = management.overview()
        found: Overview = management.decoded(ask, self._client.content(ask))
        if found.disable_stats:
            raise TroubleError(Trouble.STATISTICS)
        return found.rabbitmq_version
