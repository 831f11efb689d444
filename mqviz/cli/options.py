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
class RunOptions:
    """What `mqviz run` was asked. `until`: seconds, "empty", or None for as the scenario says. `speed`: infinity for max."""

    name: str
    seed: int | None
    until: float | str | None
    speed: float
    repeat: int | None
    vary: tuple[str, tuple[str, ...]] | None
    outputs: dict[str, str]


def window_options(given: Sequence[str], commands: Sequence[str]) -> str | None:
    """The scenario that the window shall show; UsageError where something else was meant."""
    if any(word in ("-h", "--help") for word in given):
        print(f"{_OVERVIEW}\n{STATUSES}")
        raise SystemExit(0)
    if len(given) > 1 and nearest(given[0], commands):
        raise UsageError(f"there is no command {given[0]!r}{did_you_mean(given[0], commands)}")
    parser = Parser(prog="mqviz", add_help=False, allow_abbrev=False)
    parser.add_argument("name", nargs="?", metavar="FILE|NAME")
    name: str | None = parser.parse_args(given).name
    return name


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
    return RunOptions(asked.name, asked.seed, asked.until, asked.speed, asked.repeat, asked.vary, outputs)


def _run_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="mqviz run",
        description="Run a scenario without a window.",
        epilog=f"F may be - for standard output. {STATUSES}",
        allow_abbrev=False,
    )
    parser.add_argument("name", metavar="FILE|NAME", help="a scenario file, or the name of one that ships")
    parser.add_argument("--seed", type=_seed, metavar="N", help="another seed than the scenario's")
    parser.add_argument("--until", type=_until, metavar="SECONDS|empty", help="virtual seconds, or until all work is done")
    parser.add_argument(
        "--speed", type=_speed, default=inf, metavar="max|FACTOR", help="virtual seconds a second (max: as fast as it goes)"
    )
    parser.add_argument("--repeat", type=_repeat, metavar="N", help="so many runs with different seeds: mean and 95 %% interval")
    parser.add_argument("--vary", type=_vary, metavar="PATH=VALUES", help="a run for each value, as in server.count=1,2,4")
    for kind, what in (("json", "result"), ("csv", "series, a row a second"), ("html", "page with charts"), ("png", "charts")):
        parser.add_argument(f"--{kind}", metavar="F", help=f"write the {what}")
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
