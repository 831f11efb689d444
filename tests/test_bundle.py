"""What ships is found: in the checkout that runs these tests, and in a wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import mqviz
from mqviz.bundle import asset, resource

ROOT = Path(__file__).parents[1]


def test_a_checkout_finds_its_own_folders() -> None:
    assert asset("fonts") == ROOT / "assets" / "fonts"
    assert resource("changelog.md").read_text("utf-8").startswith("# ")


def test_a_wheel_holds_all_assets_and_resources_and_finds_them(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from mqviz.bundle import asset, resource; print(asset(''), resource(''), sep='\\n')"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    assets, resources = map(Path, found.stdout.splitlines())
    assert assets.is_relative_to(tmp_path)
    assert files(assets) == files(ROOT / "assets")
    assert files(resources) == files(ROOT / "resources")


def test_the_version_is_read_only_when_asked_for() -> None:
    code = "import sys; old = set(sys.modules); import mqviz; print('importlib.metadata' in set(sys.modules) - old)"
    asked = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert asked.stdout.strip() == "False"
    assert mqviz.__version__[0].isdigit()
    assert not hasattr(mqviz, "no_such_name")


def files(folder: Path) -> set[str]:
    """What the repository does not ignore."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
