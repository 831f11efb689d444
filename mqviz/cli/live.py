"""`mqviz run ... --on amqp://...`: guard rails, questions and words around an experiment on a live broker."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from math import inf
from threading import Event

from mqviz.backends.address import address_of, parse_amqp
from mqviz.backends.loadgen.estimate import estimate, is_here
from mqviz.backends.loadgen.generator import LoadGenerator
from mqviz.backends.loadgen.leftovers import Note, Notes
from mqviz.backends.loadgen.place import Place, remove
from mqviz.backends.troubles import TroubleError
from mqviz.cli.driving import Goal
from mqviz.cli.options import LiveOptions, UsageError
from mqviz.cli.progress import RunProgress, Teller
from mqviz.clock import Clock
from mqviz.errors import MqvizError
from mqviz.model.experiment import ELSEWHERE, HERE, Estimate
from mqviz.model.feed import LiveBroker, Trouble
from mqviz.model.result import Result
from mqviz.model.scenario import Scenario

LULL = 30.0
"""Seconds without any message moving after which a run until empty is given up."""

_WORDS = {
    Trouble.NAME: "the host's name {host!r} has no address",
    Trouble.PORT: "nobody listens on {host} port {port}",
    Trouble.TIMEOUT: "{host}:{port} does not answer in time",
    Trouble.TLS: "TLS with {host}:{port} failed",
    Trouble.CERTIFICATE: "the certificate is not trusted, or one is wanted from us",
    Trouble.PLAIN: "{host}:{port} does not speak TLS, or speaks nothing else: try {other}://",
    Trouble.PROTOCOL: "what listens on {host}:{port} is no AMQP 0-9-1 broker",
    Trouble.LOGIN: "the broker does not accept user {user!r} with this password",
    Trouble.VHOST: "the virtual host {vhost!r} is not there, or {user!r} may not enter it",
    Trouble.RIGHTS: "{user!r} may not do that there",
    Trouble.LOST: "the connection to {host}:{port} broke",
    Trouble.FAILED: "the broker refused",
}


class LiveError(MqvizError):
    """A live broker could not be used."""


class Live:
    """What runs of one command line on a live broker share. UsageError for an address that is none."""

    def __init__(self, options: LiveOptions, notes: Notes, clock: Clock, stop: Event, to: Teller) -> None:
        self._options = options
        self._notes = notes
        self._clock, self._stop, self._to = clock, stop, to
        self.broker, self._password = parse_amqp(options.address)
        usual = HERE if is_here(self.broker) else ELSEWHERE
        self._rate = options.rate or usual.rate
        self._messages = options.messages or usual.messages

    # -- before -----------------------------------------------------------------------------------------

    def clean(self) -> int:
        """Remove what runs that broke off left; how many runs that were."""
        found = self._notes.left_over(self.broker)
        for note in found:
            self._remove(note)
        return len(found)

    def _remove(self, note: Note) -> None:
        try:
            remove(note, self._password, self._notes)
        except TroubleError as error:
            raise LiveError(f"{note.run} could not be removed: {in_words(error, self.broker)}") from None

    def offer_to_clean(self) -> None:
        """An earlier run broke off: ask on a terminal, else say how."""
        found = self._notes.left_over(self.broker)
        if not found:
            return
        _say(f"left over from runs that broke off: {', '.join(note.run for note in found)}")
        if sys.stdin.isatty() and _agrees("remove that now?"):
            self.clean()
        elif not sys.stdin.isatty():
            _say(f"remove it with: mqviz run --on {address_of(self.broker)} --clean")

    def ask(self, scenario: Scenario, seed: int, until: float) -> None:
        """The guard rails. UsageError where they do not let it through, or where nobody agreed."""
        load = estimate(scenario, seed, until, self._messages)
        if load.messages > self._messages:
            limit = f"{self._messages:,}"
            raise UsageError(f"it would publish more than {limit} messages; give --limit-messages N if that is meant")
        if load.peak > self._rate:
            _say(f"it asks for up to {load.peak:,.0f} messages/s: held at {self._rate:,.0f} (see --limit-rate)")
        if is_here(self.broker) or self._options.yes:
            return
        self._agree(load)

    def _agree(self, load: Estimate) -> None:
        where = f"{self.broker.host}:{self.broker.port}"
        if not sys.stdin.isatty():
            raise UsageError(f"{where} is not on this machine: give --yes if the run is meant to be there")
        _say(f"{load.messages:,} messages, up to {min(load.peak, self._rate):,.0f} a second, to {where} as {self.broker.user}")
        if not _agrees("go on?"):
            raise UsageError("nothing was done")

    # -- the run ----------------------------------------------------------------------------------------

    def run(self, scenario: Scenario, seed: int, goal: Goal) -> tuple[Result, str]:
        """One run, and its last line for the user. LiveError where it could not be done."""
        try:
            place = Place(self.broker, self._password, self._notes, prefix=self._options.prefix)
            generator = LoadGenerator(
                scenario, place, self._clock, seed=seed, rate_limit=self._rate, message_limit=self._messages
            )
            for each in generator.missing:
                _say(f"cannot be done on a live broker, left out: {each}")
            return self._live(generator, place, goal)
        except TroubleError as error:
            raise LiveError(in_words(error, self.broker)) from None

    def _live(self, generator: LoadGenerator, place: Place, goal: Goal) -> tuple[Result, str]:
        with ExitStack() as stack:
            stack.callback(self._close, generator)
            generator.prepare()
            where = f"virtual host {place.broker.virtual_host}" if place.own else f"names with {place.naming.prefix}"
            _say(f"on {self.broker.host}:{self.broker.port}, {where}")
            reached = self._drive(generator, goal)
            generator.settle()
            result = generator.result(interrupted=not reached)
        return result, _ending(result, generator.stopped_by)

    def _close(self, generator: LoadGenerator) -> None:
        """What cannot be removed stays noted; the result, or the error, is told all the same."""
        try:
            generator.close()
        except TroubleError as error:
            _say(f"not removed, remove it later with --clean: {in_words(error, self.broker)}")

    def _drive(self, generator: LoadGenerator, goal: Goal) -> bool:
        run, progress = generator.run, RunProgress(goal, self._clock, self._to)
        while not self._stop.is_set():
            if run.now >= goal.time or (goal.empty and run.now > 1.0 and run.is_empty()):
                return True
            if goal.empty and goal.time == inf and run.seconds_still() > LULL:
                return True
            if not generator.turn():
                return not generator.stopped_by
            progress.show(run)
        return False


def _ending(result: Result, stopped_by: str) -> str:
    text = f"{result.virtual_time:,.1f} s on {result.engine}"
    clients = result.clients
    if stopped_by == "message_limit":
        text = f"stopped after {text}: the limit of messages is reached (see --limit-messages)"
    elif stopped_by:
        text = f"broken off after {text}: the broker closed the connection"
    elif result.interrupted:
        text = f"interrupted after {text}"
    if clients is not None and not clients.kept_up:
        text += f"; WARNING: the clients could not keep up, up to {clients.behind:,.1f} s behind: do not trust the times"
    return text


def in_words(error: TroubleError, broker: LiveBroker) -> str:
    """What is wrong, for a person."""
    other = "amqp" if broker.tls else "amqps"
    word = _WORDS.get(error.trouble, error.trouble.value)
    text = word.format(host=broker.host, port=broker.port, user=broker.user, vhost=broker.virtual_host, other=other)
    return f"{text} ({error.detail})" if error.detail else text


def _agrees(question: str) -> bool:
    _say(f"{question} [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)
