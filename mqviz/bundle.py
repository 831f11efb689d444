"""Finds files of assets/ and resources/, in a checkout or an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def asset(name: str) -> Path:
    """The path of a file or folder below assets/, whether it exists or not."""
    return _folder("assets") / name


def resource(name: str) -> Path:
    """The path of a file or folder below resources/, whether it exists or not."""
    return _folder("resources") / name


def _folder(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name
