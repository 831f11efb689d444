"""The house stands as it was drawn: linters, types, layers, sizes, and the repository's own order."""

import re
import shutil
import statistics
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests import house_rules as rules
from tests.house_rules import Rule, Source

ROOT = Path(__file__).parents[1]
TOP = {".ci", ".gitignore", "README.md", "assets", "mqviz", "pyproject.toml", "resources", "tests"}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
PLACES = re.compile(r"(?<![\w.~-])/(root|home|Users|work|opt)/\w|\b[A-Z]:\\\\?Users|(extra-index-url|find-links|trusted-host)\b")


def python(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True)


def sources(folder: str) -> list[Source]:
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found.append(Source.of(name.removesuffix(".__init__"), path.read_text("utf-8")))
    return found


def tracked() -> list[Path]:
    """Files of the repository, as far as they are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def complaints(rule: Rule, modules: list[Source]) -> str:
    return "\n".join(f"{source.module}: {complaint}" for source in modules for complaint in rule(source))


# -- linters, types, layers ---------------------------------------------------------------------


def test_ruff_is_content() -> None:
    done = python("-m", "ruff", "check", "--output-format", "concise", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_hold() -> None:
    done = python("-m", "mypy", "--strict", "mqviz")
    assert done.returncode == 0, done.stdout + done.stderr


def test_layers_hold() -> None:
    done = python("-c", LINT_IMPORTS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("model", "engine"),
        ("clock", "settings"),
        ("engine", "sim"),
        ("engine", "viewmodel"),
        ("sim", "wire"),
        ("sim", "viewmodel"),
        ("viewmodel", "engine"),
        ("gui", "engine"),
        ("gui", "sim"),
        ("gui", "backends"),
        ("backends", "viewmodel"),
        ("backends", "gui"),
        ("app", "__main__"),
        ("newcomer", "model"),
    ],
)
def test_a_broken_layer_is_found(tmp_path: Path, importer: str, imported: str) -> None:
    house = tmp_path / "mqviz"
    house.mkdir()
    for name in ("__init__", importer, imported):
        (house / f"{name}.py").write_text("")
    (house / f"{importer}.py").write_text(f"import mqviz.{imported}\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    done = python("-c", LINT_IMPORTS, cwd=tmp_path)
    assert done.returncode == 1
    assert f"mqviz.{importer}" in done.stdout


# -- rules of our own ---------------------------------------------------------------------------


@pytest.mark.parametrize("rule", rules.OF_MODULES, ids=lambda rule: rule.__name__)
def test_rule_for_modules(rule: Rule) -> None:
    found = complaints(rule, sources("mqviz"))
    assert not found, found


@pytest.mark.parametrize("rule", rules.OF_TESTS, ids=lambda rule: rule.__name__)
def test_rule_for_tests(rule: Rule) -> None:
    found = complaints(rule, sources("tests"))
    assert not found, found


LONG = "def f(x):\n" + "    x += 1\n" * 40
WRONG = [
    (rules.time_and_chance_come_from_outside, "mqviz.engine.queue", "import time"),
    (rules.time_and_chance_come_from_outside, "mqviz.sim.clients", "from random import random"),
    (rules.time_and_chance_come_from_outside, "mqviz.sim.clients", "import numpy as np\nx = np.random.rand()"),
    (rules.time_and_chance_come_from_outside, "mqviz.engine.queue", "from datetime import datetime\nx = datetime.now()"),
    (rules.packages_stay_where_they_belong, "mqviz.model.amqp", "import numpy"),
    (rules.packages_stay_where_they_belong, "mqviz.engine.queue", "def f():\n    import numpy"),
    (rules.packages_stay_where_they_belong, "mqviz.viewmodel.session", "from PySide6.QtCore import QObject"),
    (rules.the_report_loads_qt_late, "mqviz.report.png", "from PySide6.QtGui import QImage"),
    (rules.the_report_loads_qt_late, "mqviz.report.png", "try:\n    import pyqtgraph\nexcept ImportError:\n    pass"),
    (rules.words_for_users_are_in_gui, "mqviz.viewmodel.findings", "self.tr('full')"),
    (rules.names_say_what_it_is, "mqviz.gui.window_manager", ""),
    (rules.names_say_what_it_is, "mqviz.engine.utils", ""),
    (rules.modules_are_short, "mqviz.gui.canvas", "\n" * 400),
    (rules.functions_are_short, "mqviz.gui.canvas", LONG),
    (rules.functions_are_short, "mqviz.gui.canvas", "# long:\n" + LONG),
    (rules.public_names_are_told, "mqviz.gui.canvas", "x = 1"),
    (rules.public_names_are_told, "mqviz.gui.canvas", "'''Told.'''\nclass A:\n    '''Told.'''\n    def fit(self): 0"),
    (rules.nothing_is_only_promised, "mqviz.wire", "# TODO"),
    (rules.tests_do_not_sleep, "tests.gui.test_canvas", "import time\ntime.sleep(1)"),
]
RIGHT = [
    (rules.time_and_chance_come_from_outside, "mqviz.clock", "import time"),
    (rules.time_and_chance_come_from_outside, "mqviz.sim.load", "from numpy.random import Generator"),
    (rules.time_and_chance_come_from_outside, "mqviz.engine.queue", "from datetime import datetime\nx = datetime.fromtimestamp(0)"),
    (rules.packages_stay_where_they_belong, "mqviz.model.histogram", "import numpy, msgspec, tomllib"),
    (rules.the_report_loads_qt_late, "mqviz.report.png", "def f():\n    from PySide6.QtGui import QImage"),
    (rules.functions_are_short, "mqviz.wire.frames", "# long: the codec of the hot frames\n" + LONG),
    (rules.public_names_are_told, "mqviz.gui.canvas", "'''Told.'''\nclass A:\n    '''Told.'''\n    def paintEvent(self): 0"),
    (rules.tests_do_not_sleep, "tests.gui.test_canvas", "process.wait()"),
]


@pytest.mark.parametrize(("rule", "module", "text"), WRONG)
def test_a_wrong_module_is_found(rule: Rule, module: str, text: str) -> None:
    assert list(rule(Source.of(module, text)))


@pytest.mark.parametrize(("rule", "module", "text"), RIGHT)
def test_a_right_module_is_left_alone(rule: Rule, module: str, text: str) -> None:
    assert not list(rule(Source.of(module, text)))


def test_most_functions_are_short() -> None:
    lengths = sorted(rules.length(each) for source in sources("mqviz") for each in rules.functions(source.tree))
    assert statistics.median(lengths) < 8
    assert lengths[len(lengths) * 95 // 100] <= 25


def test_a_docstring_does_not_count_as_length() -> None:
    (function,) = rules.functions(Source.of("m", 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').tree)
    assert rules.length(function) == 2


# -- the repository -----------------------------------------------------------------------------


def test_the_top_level_is_as_agreed() -> None:
    assert {path.parts[0] for path in tracked()} <= TOP


def test_no_file_knows_a_machine() -> None:
    found = []
    for path in tracked():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content and path != Path(__file__).relative_to(ROOT):
            found += [f"{path}: {match[0]}" for match in PLACES.finditer(content.decode("utf-8"))]
    assert found == []


@pytest.mark.parametrize("line", ["see /home/somebody/x", "cd /root/mqviz", 'open("/Users/me")', "C:\\Users\\me"])
def test_a_path_of_a_machine_is_found(line: str) -> None:
    assert PLACES.search(line)


def test_translations_are_complete() -> None:
    unfinished = []
    for path in sorted((ROOT / "resources" / "translations").glob("*.ts")):
        for message in ElementTree.parse(path).iter("message"):
            translation = message.find("translation")
            forms = [translation, *translation] if translation is not None else []
            if translation is None or translation.get("type") == "unfinished" or not any(form.text for form in forms):
                unfinished.append(f"{path.name}: {message.findtext('source')}")
    assert unfinished == []
