"""The command line. Nothing heavy is loaded before it is known what was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from mqviz.errors import MqvizError, ScenarioError

DONE, FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: did what was asked, the run itself failed, wrong command line or file, stopped by Ctrl-C."""

_COMMANDS = ("run", "serve", "check", "scenarios")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; the exit status. Never a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = _chosen(given)()
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return complain(INTERRUPTED, "interrupted")
    except ScenarioError as error:
        return _show(error)
    except MqvizError as error:
        return complain(WRONG, str(error))
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        return complain(FAILED, f"{error.filename or 'standard output'}: {(error.strerror or str(error)).lower()}")
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else FAILED
    except Exception as error:
        return complain(FAILED, f"it failed, which is a mistake in mqviz: {type(error).__name__}: {error}")


def _chosen(given: list[str]) -> Callable[[], int]:
    """What the first word asks for."""
    if given in (["--version"], ["-V"]):
        return _version
    command = given[0] if given else ""
    if command == "run":
        from mqviz.cli.running import run

        return lambda: run(given[1:])
    if command == "serve":
        from mqviz.cli.serving import serve

        return lambda: serve(given[1:])
    if command == "check":
        from mqviz.cli.checking import check

        return lambda: check(given[1:])
    if command == "scenarios":
        from mqviz.cli.checking import scenarios

        return lambda: scenarios(given[1:])
    return lambda: _window(given)


def _version() -> int:
    from mqviz import __version__

    print(f"mqviz {__version__}")
    return DONE


def _window(given: list[str]) -> int:
    """The window on a scenario, on a live broker, or on the first scenario that ships."""
    from mqviz.cli.options import window_options
    from mqviz.model.library import find

    name, address = window_options(given, _COMMANDS)
    path = find(name, _COMMANDS) if name is not None else None
    if not _has_display():
        return complain(WRONG, "there is no display for a window; `mqviz run FILE|NAME` and `mqviz serve` need none")
    try:
        from mqviz.app import start
    except ImportError as error:
        return complain(FAILED, f"the window cannot be loaded ({error}); `mqviz run FILE|NAME` needs none")
    return start(path, address)


def _has_display() -> bool:
    """Asked before Qt is loaded, which would end the program where it finds none."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def complain(status: int, *lines: str) -> int:
    """Say what is wrong on standard error, a line for each mistake; gives the exit status back."""
    for line in lines:
        print(f"mqviz: {line}", file=sys.stderr)
    return status


def _show(error: ScenarioError) -> int:
    """Mistakes of a file as compilers write them, so that an editor can jump there."""
    for mistake in error.mistakes:
        print(mistake, file=sys.stderr)
    return WRONG


def _nobody_reads() -> int:
    """Standard output was closed, as by `head`: say nothing, and keep the interpreter from saying something at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
