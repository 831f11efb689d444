"""Settings survive newer versions, editors, broken files and a full disk."""

import os
from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest

from mqviz.settings import Settings, load, save

ELSEWHERE = Settings(
    language="ko",
    theme="dark",
    reduced_motion=True,
    colour_by="kind",
    speed=inf,
    recent_files=("b.toml", "a.toml"),
    window_geometry="AdnQ",
    window_state="AAAA",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mqviz" / "settings.toml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_without_a_file_everything_is_default(path: Path) -> None:
    assert load(path) == Settings()


def test_what_is_saved_is_loaded(path: Path) -> None:
    save(path, ELSEWHERE)
    assert load(path) == ELSEWHERE


def test_unknown_keys_are_kept(path: Path) -> None:
    write(path, 'theme = "dark"\nnew = [1, 2]\n[panels]\ninspector = 300\n')
    save(path, Settings(theme="light"))
    text = path.read_text("utf-8")
    assert "inspector = 300" in text
    assert "new = [" in text
    assert load(path).theme == "light"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('theme = "purple"', "theme"),
        ("language = 3", "language"),
        ('reduced_motion = "yes"', "reduced_motion"),
        ("speed = 0.0", "speed"),
        ("speed = -1", "speed"),
        ("speed = nan", "speed"),
        ('speed = "fast"', "speed"),
        ("recent_files = [1]", "recent_files"),
        ("window_state = []", "window_state"),
    ],
)
def test_a_bad_value_falls_back_and_is_told(
    path: Path, line: str, field: str, take_warnings: Callable[[], list[str]]
) -> None:
    write(path, f'{line}\ncolour_by = "priority"\n')
    assert load(path) == Settings(colour_by="priority")
    (warning,) = take_warnings()
    assert field in warning


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_told_and_kept_beside(
    path: Path, content: bytes, take_warnings: Callable[[], list[str]]
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert load(path) == Settings()
    save(path, ELSEWHERE)
    assert len(take_warnings()) == 2
    assert load(path) == ELSEWHERE
    assert path.with_name("settings.toml.broken").read_bytes() == content


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError("disk full")

    save(path, ELSEWHERE)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disk full"):
        save(path, Settings())
    assert load(path) == ELSEWHERE
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_link_to_the_settings_stays_a_link(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text("")
    path.parent.mkdir()
    path.symlink_to(target)
    save(path, ELSEWHERE)
    assert path.is_symlink()
    assert load(target) == ELSEWHERE
