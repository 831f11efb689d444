"""Every scene of the live pictures can be drawn, and a live broker's frame is seen in its own colour."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mqviz.gui import theme
from tests import live_screenshots
from tests.gui.test_gallery import colours

QUICK = ("alarm", "dialog")


@pytest.mark.parametrize("look", ["small", "small-dark-korean"])
def test_scenes_are_drawn(qapp: QApplication, tmp_path: Path, look: str) -> None:
    live_screenshots.main(tmp_path, list(QUICK), [look])
    pictures = {path.stem: QImage(str(path)) for path in tmp_path.glob("*.png")}
    assert set(pictures) == {f"{scene}-{look}" for scene in QUICK}
    assert all(colours(image) > 100 for image in pictures.values())
    image = pictures[f"alarm-{look}"]
    frame = theme.load("dark" if "dark" in look else "light").live.rgb()
    assert sum(image.pixel(x, 200) == frame for x in range(image.width())) >= 4
