"""What a command line may say, and what it says."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import NoReturn

from mqviz.errors import MqvizError
from mqviz.model.near import did_you_mean, nearest
from mqviz.model.ranges import range_of
from mqviz.model.scenario import RunSpec, Scenario

STATUSES = "exit status: 0 done, 1 the run failed, 2 wrong command line or file, 130 stopped by Ctrl-C"

_OVERVIEW = """\
usage: mqviz [FILE|NAME]          the window; without a name the first scenario, already running
       mqviz --connect amqp://... the window on a live RabbitMQ, which is only looked at until you allow more
       mqviz run FILE|NAME        the experiment without a window: progress on standard error, then the result
       mqviz serve [FILE|NAME]    the embedded broker for any AMQP client, without a window
       mqviz check FILE|NAME      is this file right? every mistake with its place
       mqviz scenarios            what ships with it
       mqviz --version | --help

NAME is that of a scenario that ships (mqviz run ten-thousand). `mqviz run --help` and
`mqviz serve --help` tell what they may be asked.
"""


class UsageError(MqvizError):
    """The command line is wrong."""


class Parser(argparse.ArgumentParser):
    """Complains in one line."""

    def error(self, message: str) -> NoReturn:
        """UsageError."""
        raise UsageError(f"{message} (see {self.prog} --help)")


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """What a run on a live broker was asked: its address, and `yes` to the question that is put before a broker elsewhere.

    `rate` and `messages`: limits, None for what is usual. `compare`: run it in the simulator, too. `prefix`: never a virtual host
    of its own. `clean`: only remove what earlier runs left.
    """

    address: str
    yes: bool = False
    rate: float | None = None
    messages: int | None = None
    compare: bool = False
    prefix: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What `mqviz run` was asked. `until`: seconds, "empty", or None for as the scenario says. `speed`: infinity for max."""

    name: str
    seed: int | None
    until: float | str | None
    speed: float
    repeat: int | None
    vary: tuple[str, tuple[str, ...]] | None
    outputs: dict[str, str]
    live: LiveOptions | None = None


def window_options(given: Sequence[str], commands: Sequence[str]) -> tuple[str | None, str | None]:
    """The scenario that the window shall show, or the address of a live broker; UsageError where something else was meant."""
    if any(word in ("-h", "--help") for word in given):
        print(f"{_OVERVIEW}\n{STATUSES}")
        raise SystemExit(0)
    if len(given) > 1 and nearest(given[0], commands):
        raise UsageError(f"there is no command {given[0]!r}{did_you_mean(given[0], commands)}")
    parser = Parser(prog="mqviz", add_help=False, allow_abbrev=False)
    parser.add_argument("name", nargs="?", metavar="FILE|NAME")
    parser.add_argument("--connect", metavar="URL")
    asked = parser.parse_args(given)
    if asked.name is not None and asked.connect is not None:
        raise UsageError("a scenario and --connect do not go together: open the other one in the window, beside")
    return asked.name, asked.connect


def name_option(command: str, description: str, given: Sequence[str]) -> str:
    """The scenario that a command is about."""
    parser = Parser(prog=f"mqviz {command}", description=description, epilog=STATUSES, allow_abbrev=False)
    parser.add_argument("name", metavar="FILE|NAME", help="a scenario file, or the name of one that ships")
    name: str = parser.parse_args(given).name
    return name


def no_option(command: str, description: str, given: Sequence[str]) -> None:
    """A command that takes nothing."""
    Parser(prog=f"mqviz {command}", description=description, epilog=STATUSES, allow_abbrev=False).parse_args(given)


def run_options(given: Sequence[str]) -> RunOptions:
    """What a run was asked; UsageError where it cannot be asked so."""
    asked = _run_parser().parse_args(given)
    outputs = {kind: path for kind in ("json", "csv", "html", "png") if (path := getattr(asked, kind)) is not None}
    _check_outputs(outputs)
    if asked.vary is not None and "png" in outputs:
        raise UsageError("--png shows one run: it does not go with --vary")
    live = _live_options(asked)
    if asked.name is None and not (live and live.clean):
        raise UsageError("which scenario? give a file or a name (see mqviz scenarios)")
    speed = inf if asked.speed is None else asked.speed
    return RunOptions(asked.name or "", asked.seed, asked.until, speed, asked.repeat, asked.vary, outputs, live)


def _live_options(asked: argparse.Namespace) -> LiveOptions | None:
    given = [name for name in _LIVE if getattr(asked, name)]
    if asked.on is None:
        if given:
            raise UsageError(f"--{given[0].replace('_', '-')} belongs to a run on a live broker: give --on amqp://...")
        return None
    if asked.speed not in (None, 1.0):
        raise UsageError("--speed does not go with --on: a real broker lives in real time, so the speed is 1")
    if asked.against_simulation and (asked.vary is not None or (asked.repeat or 1) > 1):
        raise UsageError("--against-simulation compares one run: it does not go with --vary and --repeat")
    return LiveOptions(
        address=asked.on,
        yes=asked.yes,
        rate=asked.limit_rate,
        messages=asked.limit_messages,
        compare=asked.against_simulation,
        prefix=asked.prefix,
        clean=asked.clean,
    )


_LIVE = ("yes", "limit_rate", "limit_messages", "against_simulation", "prefix", "clean")


def _add_live(parser: argparse.ArgumentParser) -> None:
    live = parser.add_argument_group("on a live RabbitMQ")
    live.add_argument("--on", metavar="amqp://...", help="run it there: amqp://USER:PASSWORD@HOST:PORT/VHOST")
    live.add_argument("--yes", action="store_true", help="do not ask before a run on a broker that is not on this machine")
    live.add_argument("--limit-rate", type=_rate_limit, metavar="N", help="at most N messages a second (20000; elsewhere 1000)")
    live.add_argument("--limit-messages", type=_count_limit, metavar="N", help="at most N messages (1000000; elsewhere 100000)")
    live.add_argument("--against-simulation", action="store_true", help="run it in the simulator, too, and say how they differ")
    live.add_argument("--prefix", action="store_true", help="names with a prefix, even where a virtual host of its own could be made")
    live.add_argument("--clean", action="store_true", help="only remove what earlier runs that broke off left there")


def _rate_limit(text: str) -> float:
    return _positive(text, "must be messages a second, above 0")


def _count_limit(text: str) -> int:
    return int(_positive(text, "must be a number of messages above 0"))


def _run_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="mqviz run",
        description="Run a scenario without a window.",
        epilog=f"F may be - for standard output. {STATUSES}",
        allow_abbrev=False,
    )
    parser.add_argument("name", nargs="?", metavar="FILE|NAME", help="a scenario file, or the name of one that ships")
    parser.add_argument("--seed", type=_seed, metavar="N", help="another seed than the scenario's")
    parser.add_argument("--until", type=_until, metavar="SECONDS|empty", help="virtual seconds, or until all work is done")
    parser.add_argument(
        "--speed", type=_speed, metavar="max|FACTOR", help="virtual seconds a second (max: as fast as it goes)"
    )
    parser.add_argument("--repeat", type=_repeat, metavar="N", help="so many runs with different seeds: mean and 95 %% interval")
    parser.add_argument("--vary", type=_vary, metavar="PATH=VALUES", help="a run for each value, as in server.count=1,2,4")
    for kind, what in (("json", "result"), ("csv", "series, a row a second"), ("html", "page with charts"), ("png", "charts")):
        parser.add_argument(f"--{kind}", metavar="F", help=f"write the {what}")
    _add_live(parser)
    return parser


def _seed(text: str) -> int:
    return _whole(text, "seed", Scenario)


def _repeat(text: str) -> int:
    return _whole(text, "repeat", RunSpec)


def _whole(text: str, field: str, table: type) -> int:
    allowed = range_of(table, field)
    try:
        value = int(text)
    except ValueError:
        value = None
    if value is None or (allowed is not None and not allowed.allows(value)):
        raise argparse.ArgumentTypeError(f"must be a whole number {allowed}, not {text!r}")
    return value


def _until(text: str) -> float | str:
    return text if text == "empty" else _positive(text, "must be a number of seconds above 0, or empty")


def _speed(text: str) -> float:
    return inf if text == "max" else _positive(text, "must be a factor above 0, or max")


def _positive(text: str, expected: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not isfinite(value) or value <= 0:
        raise argparse.ArgumentTypeError(f"{expected}, not {text!r}")
    return value


def _vary(text: str) -> tuple[str, tuple[str, ...]]:
    from mqviz.model.varying import values_of

    path, equals, values = text.partition("=")
    listed = values_of(values)
    if not path.strip() or not equals or "" in listed:
        raise argparse.ArgumentTypeError(f"must be PATH=VALUES as in server.count=1,2,4, not {text!r}")
    return path.strip(), listed


def _check_outputs(outputs: dict[str, str]) -> None:
    taken: dict[str, str] = {}
    for kind, path in outputs.items():
        other = taken.setdefault(path, kind)
        if other != kind:
            where = "standard output" if path == "-" else path
            raise UsageError(f"--{other} and --{kind} cannot both go to {where}")
