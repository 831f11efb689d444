"""Bring the translations up to date with the texts of the window: python -m tests.translations.

It reads every `tr` of mqviz/gui into resources/translations/mqviz_ko.ts (what is translated stays) and compiles that to .qm. New texts
are left empty there, and tests/gui/test_translations.py fails until somebody has put them into Korean.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "resources" / "translations" / "mqviz_ko.ts"


def gather(target: Path) -> None:
    """Bring a .ts file up to date with the texts in mqviz/gui; texts that are not used any more go."""
    sources = sorted(str(path) for path in (ROOT / "mqviz" / "gui").rglob("*.py"))
    _tool("lupdate", *sources, "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", "ko", "-ts", str(target))


def texts() -> set[str]:
    """Every text that the window translates, found without lupdate."""
    found = set()
    for path in (ROOT / "mqviz" / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr == "tr":
                    found.add(ast.literal_eval(node.args[0]))
                elif ast.unparse(node.func) == "QCoreApplication.translate":
                    found.add(ast.literal_eval(node.args[1]))
    return found


def compiled(source: Path, target: Path) -> None:
    """Compile a .ts file."""
    _tool("lrelease", "-silent", "-nounfinished", str(source), "-qm", str(target))


def _tool(name: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *arguments], check=True, capture_output=True, text=True)


if __name__ == "__main__":
    gather(SOURCE)
    compiled(SOURCE, SOURCE.with_suffix(".qm"))
