"""Saved connections: what is written is read again, what is broken harms nothing, and no password is among it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mqviz.backends import saved
from mqviz.model.feed import LiveBroker, Tls

OURS = LiveBroker(name="Ours", host="rabbit", virtual_host="a/b 한국", interval=None)
THEIRS = LiveBroker(name="Theirs", tls=Tls(ca="ca.pem", verify=False), interval=30.0, management="")


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "connections.toml"
    assert saved.load(path) == ()
    saved.save(path, [OURS, THEIRS])
    assert saved.load(path) == (OURS, THEIRS)
    assert "password" not in path.read_text("utf-8")


def test_a_connection_that_is_broken_hides_no_other(tmp_path: Path, take_warnings: Callable[[], list[str]]) -> None:
    path = tmp_path / "connections.toml"
    saved.save(path, [OURS])
    path.write_text('[[connections]]\nport = "many"\n' + path.read_text("utf-8"), "utf-8")
    assert saved.load(path) == (OURS,)
    assert "port" in take_warnings()[0]


def test_a_file_that_is_no_toml_is_told(tmp_path: Path, take_warnings: Callable[[], list[str]]) -> None:
    path = tmp_path / "connections.toml"
    path.write_text("=")
    assert saved.load(path) == ()
    assert take_warnings()


def test_a_connection_takes_the_place_of_the_one_with_its_name() -> None:
    changed = LiveBroker(name="Ours", host="elsewhere")
    assert saved.with_saved([OURS, THEIRS], changed) == (changed, THEIRS)
    assert saved.with_saved([OURS], THEIRS) == (OURS, THEIRS)
