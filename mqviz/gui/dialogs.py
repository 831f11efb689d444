"""About, keys and help: what one reads about the program in the program."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import mqviz
from mqviz.bundle import resource
from mqviz.gui import icons
from mqviz.gui.controls.labels import label, section
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.theme import Space


def _dialog(parent: QWidget, title: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
    column.setSpacing(Space.L)
    return dialog, column


def _closable(dialog: QDialog, column: QVBoxLayout) -> QDialog:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    return dialog


class Dialogs(QObject):
    """Makes the dialogs of one window, in its language."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def about(self, language: str) -> QDialog:
        """What this is, which version, and what has changed, in the window's language where it has been translated."""
        dialog, column = _dialog(self._parent, self.tr("About mqviz"))
        head = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(icons.logo(56))
        head.addWidget(picture)
        names = QVBoxLayout()
        names.addWidget(label("mqviz", "", Size.FIGURE, Weight.SEMIBOLD))
        names.addWidget(label(self.tr("Version {0} — a laboratory for message queues").format(mqviz.__version__), "second"))
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addWidget(section(self.tr("What has changed")))
        column.addWidget(_changes(language))
        fonts = self.tr("Fonts: Inter and Pretendard, under the SIL Open Font License. Window: Qt for Python, under the LGPL.")
        column.addWidget(label(fonts, "third", Size.CAPTION))
        dialog.resize(560, 520)
        return _closable(dialog, column)

    def keys(self, bound: list[tuple[str, str]]) -> QDialog:
        """All keys and what they do."""
        dialog, column = _dialog(self._parent, self.tr("Keyboard shortcuts"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(Space.XL)
        grid.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(bound):
            grid.addWidget(label(text), row, 0)
            grid.addWidget(label(keys, "chip", Size.BODY, Weight.MEDIUM), row, 1, Qt.AlignmentFlag.AlignRight)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        column.addWidget(area)
        dialog.resize(440, 560)
        return _closable(dialog, column)

    def help(self, language: str) -> QDialog:
        """The help pages, in the window's language where there is one."""
        dialog, column = _dialog(self._parent, self.tr("Help"))
        pages = _help_pages(language)
        chooser, text = QListWidget(), QTextBrowser()
        chooser.setAccessibleName(self.tr("Pages"))
        chooser.setFixedWidth(200)
        text.setOpenExternalLinks(True)
        chooser.addItems([title for title, _ in pages])
        chooser.currentRowChanged.connect(lambda row: text.setMarkdown(pages[row][1]))
        row = QHBoxLayout()
        row.addWidget(chooser)
        row.addWidget(text, 1)
        column.addLayout(row)
        chooser.setCurrentRow(0)
        dialog.resize(880, 620)
        return _closable(dialog, column)


def _changes(language: str) -> QTextBrowser:
    path = resource("changelog.md")
    translated = path.with_name(f"changelog.{language}.md")
    text = QTextBrowser()
    text.setOpenExternalLinks(True)
    text.setMarkdown((translated if translated.exists() else path).read_text("utf-8"))
    return text


def _help_pages(language: str) -> list[tuple[str, str]]:
    """Title and text of each page; English where a page has not been translated."""
    folder = resource("help")
    pages = []
    for path in sorted(folder.glob("*.en.md")):
        translated = path.with_name(path.name.replace(".en.md", f".{language}.md"))
        text = (translated if translated.exists() else path).read_text("utf-8")
        pages.append((text.partition("\n")[0].lstrip("# "), text))
    return pages
