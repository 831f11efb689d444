"""The gallery draws every page in both themes, and no page is empty."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.gui import gallery


def colours(image: QImage) -> int:
    """How many there are on every fourth pixel."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)})


def test_every_page_is_drawn_in_both_themes(qapp: QApplication, tmp_path: Path) -> None:
    gallery.draw(tmp_path)
    pictures = {path.stem: QImage(str(path)) for path in tmp_path.glob("*.png")}
    assert set(pictures) == {f"{page}-{name}-1x" for page in gallery.PAGES for name in ("light", "dark")}
    assert all(colours(image) > 20 for image in pictures.values())
    for page in gallery.PAGES:
        assert pictures[f"{page}-light-1x"] != pictures[f"{page}-dark-1x"]
