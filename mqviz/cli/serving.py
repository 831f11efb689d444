"""`mqviz serve`: the embedded broker for any AMQP client, without a window."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from types import FrameType

from mqviz.backends.serving import Door, Server
from mqviz.cli import DONE
from mqviz.cli.checking import contents
from mqviz.cli.keeping import kept
from mqviz.cli.serve_options import serve_options
from mqviz.clock import WallClock, date_and_time
from mqviz.model.library import find, read_scenario
from mqviz.model.scenario import Scenario, in_language
from mqviz.model.snapshot import LogEntry

_SENTENCES = {
    "opened": "opened by {user} on {vhost}, {name!r}",
    "closed": "closed by the client, {name!r}",
    "lost": "{reason}, {name!r}",
    "refused": "refused: {reason}",
    "full": "can connect for a moment: {reason}",
    "failed": "closed: {text}, {name!r}",
    "channel_failed": "channel {channel} closed: {text}, {name!r}",
}


def serve(given: Sequence[str]) -> int:
    """Serve until Ctrl-C or SIGTERM; then all connections are closed with 320."""
    options = serve_options(given)
    scenario = None if options.name is None else read_scenario(find(options.name))
    door = Door(options.address, options.user, options.password)
    with kept(options.data, tell) as data, closing(Server(scenario, door, WallClock(), journal, data=data)) as server:
        _serve_until_told(server, options.user, scenario)
    return DONE


def _serve_until_told(server: Server, user: str, scenario: Scenario | None) -> None:
    with stop_on_signals(server.listener.bell) as stops:
        host, port = server.address
        what = "an empty broker" if scenario is None else f"{in_language(scenario.name, 'en')} ({contents(scenario)})"
        collect_garbage_seldom()
        tell(f"{what} at amqp://{user}@{_bracketed(host)}:{port}/ ; Ctrl-C ends it")
        while not stops:
            server.turn()
            for entry in server.world.drain_log():
                tell(happened(entry))
        tell("ending: all connections are closed")
        server.say_goodbye(lambda: len(stops) > 1)


def collect_garbage_seldom() -> None:
    """Messages make no circles, and looking through a backlog for some took a fifth of a second again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def journal(what: str, who: str, **facts: object) -> None:
    """A line on standard error of what happened to a connection."""
    tell(f"{who}  {_SENTENCES[what].format(**facts)}")


def happened(entry: LogEntry) -> str:
    """What happened in the scenario, in one line."""
    figures = ", ".join(f"{name} {value}" for name, value in entry.figures.items())
    return f"at {entry.time:.1f} s: {' '.join(part for part in (entry.code.replace('_', ' '), entry.subject, figures) if part)}"


def tell(line: str) -> None:
    """A line of the log; control characters of a stranger are shown, not obeyed."""
    shown = "".join(each if each.isprintable() else repr(each)[1:-1] for each in line)
    print(f"{date_and_time()}  {shown}", file=sys.stderr, flush=True)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def stop_on_signals(bell: int) -> Iterator[list[int]]:
    """Within, SIGINT and SIGTERM are put into the list and rung at the bell; the third raises KeyboardInterrupt."""
    stops: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stops.append(number)
        if len(stops) > 2:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    woken = signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
    try:
        yield stops
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
