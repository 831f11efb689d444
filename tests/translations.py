"""Bring the translations up to date with the texts of the window: python -m tests.translations.

It reads every `tr` of mqviz/gui into resources/translations/mqviz_ko.ts (what is translated stays) and compiles that to .qm. New texts
are left empty there, and tests/gui/test_translations.py fails until somebody has put them into Korean.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "resources" / "translations" / "mqviz_ko.ts"


def gather(target: Path) -> None:
    """Bring a .ts file up to date with the texts in mqviz/gui; texts that are not used any more go."""
    sources = sorted(str(path) for path in (ROOT / "mqviz" / "gui").rglob("*.py"))
    _tool("lupdate", *sources, "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", "ko", "-ts", str(target))


def compiled(source: Path, target: Path) -> None:
    """Compile a .ts file."""
    _tool("lrelease", "-silent", "-nounfinished", str(source), "-qm", str(target))


def _tool(name: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *arguments], check=True, capture_output=True, text=True)


if __name__ == "__main__":
    gather(SOURCE)
    compiled(SOURCE, SOURCE.with_suffix(".qm"))
