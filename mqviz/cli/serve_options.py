"""What `mqviz serve` may be asked, and what it refuses because it would not be safe."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from mqviz.backends.data_folder import DISK_FREE_LIMIT, Data
from mqviz.cli.options import Parser, UsageError

LOOPBACK, PORT, GUEST = "127.0.0.1", 5672, "guest"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What `mqviz serve` was asked. `name`: a scenario, or None for an empty broker."""

    name: str | None
    address: tuple[str, int]
    user: str
    password: str
    data: Data | None


def serve_options(given: Sequence[str]) -> ServeOptions:
    """What was asked; UsageError where it cannot be asked so."""
    asked = _parser().parse_args(given)
    if (asked.user is None) != (asked.password_file is None):
        raise UsageError("--user and --password-file go together")
    password = GUEST if asked.password_file is None else _password(Path(asked.password_file))
    if not _is_loopback(asked.listen[0]) and password == GUEST:
        wanted = f"give --user NAME and --password-file F, with a password that is not {GUEST!r}"
        raise UsageError(f"{asked.listen[0]} can be reached from other machines: {wanted}")
    if asked.data is None and (asked.salvage or asked.disk_free_limit is not None):
        raise UsageError("--salvage and --disk-free-limit go with --data DIR")
    return ServeOptions(asked.name, asked.listen, asked.user or GUEST, password, _data(asked))


def _data(asked: argparse.Namespace) -> Data | None:
    if asked.data is None:
        return None
    free = DISK_FREE_LIMIT if asked.disk_free_limit is None else asked.disk_free_limit
    return Data(Path(asked.data), asked.salvage, free)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="mqviz serve",
        description="The embedded broker for any AMQP 0-9-1 client, without a window: empty, or with what a scenario declares and does. "
        "What happens is told on standard error; Ctrl-C (or SIGTERM) closes all connections and ends it.",
        epilog="exit status: 0 ended as asked, 1 it cannot listen there, 2 wrong command line or file",
        allow_abbrev=False,
    )
    parser.add_argument("name", nargs="?", metavar="FILE|NAME", help="a scenario file, or the name of one that ships")
    parser.add_argument(
        "--listen",
        type=_address,
        default=(LOOPBACK, PORT),
        metavar="ADDRESS:PORT",
        help=f"where to listen, {LOOPBACK}:{PORT} unless told otherwise; port 0 is any free one",
    )
    parser.add_argument("--user", metavar="NAME", help=f"who may come in ({GUEST} unless told otherwise)")
    parser.add_argument("--password-file", metavar="F", help="a file whose first line is the user's password")
    parser.add_argument(
        "--data", metavar="DIR", help="keep durable exchanges, queues and bindings, policies and persistent messages in this folder"
    )
    parser.add_argument(
        "--disk-free-limit",
        type=_bytes,
        metavar="BYTES",
        help=f"publishers are blocked when less of the disk is free, {DISK_FREE_LIMIT} unless told otherwise",
    )
    parser.add_argument("--salvage", action="store_true", help="where the folder is damaged, go on with what can be read")
    return parser


def _bytes(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"must be a number of bytes, not {text!r}")
    return int(text)


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"must be an address in full, as in {LOOPBACK}:{PORT}, not {text!r}")
    return host, int(port)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _password(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not a text file in UTF-8") from None
    password = text.splitlines()[0] if text.strip() else ""
    if not password:
        raise UsageError(f"{path}: there is no password in its first line")
    return password
