"""Every widget under test wears the light theme, as in the program."""

import pytest
from PySide6.QtWidgets import QApplication

from mqviz.gui import theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The program's fonts, palette and style sheet."""
    theme.apply(qapp, theme.load("light"))
