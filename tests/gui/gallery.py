"""Draws every control, the top bar and the library into pictures, to be looked at: python tests/gui/gallery.py [FOLDER].

Light and dark, English words beside Korean ones; with QT_SCALE_FACTOR=2 as on a screen at 200 %.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from mqviz.gui import icons, theme
from mqviz.gui.controls.card import Card
from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.fault_button import FaultButton
from mqviz.gui.controls.figure_label import FigureLabel
from mqviz.gui.controls.glyphs import StateGlyph
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.labelled_slider import LabelledSlider
from mqviz.gui.controls.labels import ElidedLabel, label, rule, section
from mqviz.gui.controls.level_bar import LevelBar
from mqviz.gui.controls.scale import Scale
from mqviz.gui.controls.search_field import SearchField
from mqviz.gui.controls.segmented import SegmentedControl
from mqviz.gui.controls.slots_bar import Slots, SlotsBar
from mqviz.gui.controls.stepper import Stepper
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.library_panel import EntryState, LibraryEntry, LibraryPanel
from mqviz.gui.theme import State, set_role
from mqviz.gui.top_bar import TopBar

ENTRIES = [
    LibraryEntry("first", "Fundamentals", "Your first queue", "One producer, one queue, one consumer", EntryState.DONE),
    LibraryEntry("competing", "Fundamentals", "Competing consumers", "Three consumers share the work of one queue", EntryState.DONE),
    LibraryEntry(
        "poison",
        "Reliability",
        "Poison messages & DLX",
        "After three tries it moves to the dead letter queue",
        EntryState.STARTED,
        progress=0.66,
    ),
    LibraryEntry("kill", "Reliability", "소비자 장애와 재전달", "확인 응답이 없는 메시지는 큐로 돌아가 다시 전달됩니다"),
    LibraryEntry(
        "confirms",
        "Reliability",
        "Publisher confirms against a full queue",
        "What is refused is told to the publisher, who tries again later",
    ),
    LibraryEntry("ten-thousand", "Capacity", "Ten thousand at once", "The queue levels the load; nothing is lost"),
    LibraryEntry("without", "Capacity", "The same without a queue"),
    LibraryEntry("blank", "Sandbox", "Blank topology", "Draw your own", icon="plus"),
]


def top_bar(width: int, *, paused: bool = False, lag: float = 0.0) -> TopBar:
    """The bar in the middle of a run, with two faults in effect and one that is not possible."""
    bar = TopBar()
    bar.resize(width, 60)
    bar.show_clock(161.38 if not paused else 7523.5, lag, 1.0, paused)
    bar.set_active("kill", True)
    bar.set_armed("slow", True)
    bar.set_available("cut", False, "A live broker's network cannot be cut from here")
    return bar


def library() -> LibraryPanel:
    """The library with something of everything."""
    panel = LibraryPanel()
    panel.set_entries(ENTRIES)
    panel.set_current("poison")
    panel.resize(220, 720)
    return panel


def nothing_found() -> LibraryPanel:
    """The library when a search finds nothing."""
    panel = LibraryPanel()
    panel.set_entries(ENTRIES)
    panel.findChild(SearchField).setText("xyz")
    panel.resize(220, 720)
    return panel


def inspector() -> QWidget:
    """What the right side is built from."""
    page = QFrame()
    page.setProperty("role", "panel")
    column = QVBoxLayout(page)
    column.addLayout(_figures())
    level = LevelBar()
    level.set_level(0.64, 0.05)
    column.addWidget(level)
    column.addWidget(rule())
    column.addWidget(section("Limits & policy"))
    sliders = (
        LabelledSlider("Max length", Scale(0, 100_000, logarithmic=True), 2000, zero="none"),
        LabelledSlider("Message TTL", Scale(0, 600, 1), 30, unit="s"),
        LabelledSlider("Prefetch", Scale(0, 1000, logarithmic=True), 0, zero="no limit"),
        LabelledSlider("서비스 시간", Scale(0.001, 10, 3, logarithmic=True), 0.25, unit="s"),
    )
    for slider in sliders:
        column.addWidget(slider)
    sliders[3].set_reason("A live consumer's service time is its own")
    overflow = SegmentedControl("On overflow", [("drop", "Drop"), ("reject", "Reject"), ("dlx", "DLX")], "dlx")
    for name, widget in (("On overflow", overflow), ("Delivery limit", Stepper("Delivery limit", 1, 20, 3, lambda n: f"{n} attempts"))):
        row = QHBoxLayout()
        title = label(name, "second")
        title.setFixedWidth(92)
        row.addWidget(title)
        row.addWidget(widget, 1)
        column.addLayout(row)
    column.addWidget(rule())
    column.addWidget(section("Consumers"))
    for index, slots in enumerate((Slots(10, 10), Slots(0, 10, gone=True), Slots(3, 10), Slots(120, 400), Slots(7, 0), Slots(31, 36))):
        row = QHBoxLayout()
        row.addWidget(StateGlyph((State.OK, State.DROPPED)[slots.gone]))
        row.addWidget(label(f"worker-{index + 1}", "second" if slots.gone else "", Size.LIST, Weight.MEDIUM))
        bar = SlotsBar()
        bar.set_slots(slots)
        row.addWidget(bar, 1)
        row.addWidget(label("killed" if slots.gone else "192/s", "danger" if slots.gone else "second", weight=Weight.SEMIBOLD))
        column.addLayout(row)
    column.addStretch(1)
    page.resize(292, 620)
    return page


def _figures() -> QHBoxLayout:
    row = QHBoxLayout()
    figures = (
        ("Ready", State.READY, "1,284", "+38/s", "warning"),
        ("Unacked", State.UNACKED, "96", "−2/s", "third"),
        ("Redelivered", State.REDELIVERED, "11", "+4/s", "danger"),
    )
    for caption, state, text, delta, tone in figures:
        figure = FigureLabel(caption, state)
        figure.set_figure(text, delta, tone)
        row.addWidget(figure)
    return row


def legend() -> QWidget:
    """Every state, in both languages."""
    page = QFrame()
    page.setProperty("role", "canvas")
    column = QVBoxLayout(page)
    for words in (
        ("Ready", "Unacked", "Redelivered", "Dead-lettered", "Dropped", "Ok"),
        ("준비", "미확인", "재전달", "데드 레터", "버림", "정상"),
    ):
        row = QHBoxLayout()
        for state, word in zip(State, words, strict=True):
            row.addWidget(StateGlyph(state))
            row.addWidget(label(word, "second", Size.BODY, Weight.MEDIUM))
            row.addWidget(label("2,174", "", Size.BODY, Weight.SEMIBOLD, tabular=True))
        column.addLayout(row)
    for ready, unacked, state in ((0, 0, State.READY), (0.06, 0.02, State.READY), (1.0, 0.3, State.READY), (0.1, 0, State.DEAD_LETTERED)):
        level = LevelBar(13)
        level.set_level(ready, unacked, state=state)
        column.addWidget(level)
    page.resize(620, 130)
    return page


def buttons() -> QWidget:
    """Buttons, fields and choices of Qt in our dress."""
    page = QFrame()
    page.setProperty("role", "panel")
    column = QVBoxLayout(page)
    row = QHBoxLayout()
    for role, words in (("", "Cancel"), ("primary", "Save"), ("danger", "Purge…"), ("quiet", "Open file…"), ("link", "Clear the search")):
        button = QPushButton(words)
        set_role(button, role)
        row.addWidget(button)
    disabled = QPushButton("저장")
    disabled.setEnabled(False)
    row.addWidget(disabled)
    for icon in ("minus", "plus", "fit", "camera", "settings"):
        row.addWidget(IconButton(icon, icon))
    column.addLayout(row)
    row = QHBoxLayout()
    combo = QComboBox()
    combo.addItems(["dlx → orders.dlq", "none"])
    check, empty, radio, partial = QCheckBox("Durable"), QCheckBox("Exclusive"), QRadioButton("Topic"), QCheckBox("Some")
    check.setChecked(True)
    radio.setChecked(True)
    partial.setCheckState(Qt.CheckState.PartiallyChecked)
    wrong = QLineEdit("wrok")
    wrong.setProperty("invalid", "true")
    for widget in (combo, QLineEdit("orders.new"), wrong, SearchField("Find a scenario"), check, empty, partial, radio):
        row.addWidget(widget)
    column.addLayout(row)
    row = QHBoxLayout()
    for state in range(5):
        button = FaultButton("kill", "Kill consumer", "2")
        button.set_active(state == 1)
        button.set_armed(state == 2)
        button.set_reason("no" if state == 3 else "")
        button.set_compact(state == 4)
        row.addWidget(button)
    row.addStretch(1)
    column.addLayout(row)
    column.addWidget(_tabs())
    page.resize(900, 420)
    return page


def _tabs() -> QTabWidget:
    tabs = QTabWidget()
    table = QTableWidget(6, 4)
    table.setHorizontalHeaderLabels(["Queue", "Ready", "Unacked", "Oldest"])
    for place in range(24):
        table.setItem(place // 4, place % 4, QTableWidgetItem(("orders.new", "1,284", "96", "3.2 s")[place % 4]))
    table.selectRow(1)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    tabs.addTab(table, "Queues")
    tabs.addTab(QWidget(), "Event log")
    return tabs


def cards() -> QWidget:
    """A card, an empty state, a menu."""
    page = QFrame()
    page.setProperty("role", "panel")
    row = QHBoxLayout(page)
    card = Card("well")
    card.body.addWidget(label("Goal", "", Size.LIST, Weight.SEMIBOLD))
    card.body.addWidget(label("No message lost", "second"))
    progress = QProgressBar()
    progress.setValue(62)
    card.body.addWidget(progress)
    card.body.addWidget(ElidedLabel("A name that is far too long for the room that there is"))
    row.addWidget(card, 1)
    row.addWidget(EmptyState("queue", "Nothing is selected", "Click a queue, an exchange or a client to see its figures.", "Show all"), 1)
    menu = QMenu(page)
    menu.setWindowFlags(Qt.WindowType.Widget)
    for icon, words, key in (("open", "Open…", "Ctrl+O"), ("save", "Save", "Ctrl+S"), ("camera", "Save picture…", "")):
        menu.addAction(icons.icon(icon), words).setShortcut(key)
    menu.addSeparator()
    dark = menu.addAction("Dark")
    dark.setCheckable(True)
    dark.setChecked(True)
    menu.addAction("Purge").setEnabled(False)
    menu.setActiveAction(menu.actions()[1])
    row.addWidget(menu)
    page.resize(720, 260)
    return page


PAGES = {
    "bar-1440": lambda: top_bar(1440),
    "bar-1280": lambda: top_bar(1280, lag=2.34),
    "bar-1024": lambda: top_bar(1024, paused=True),
    "library": library,
    "library-nothing": nothing_found,
    "inspector": inspector,
    "legend": legend,
    "buttons": buttons,
    "cards": cards,
}


def draw(folder: Path) -> None:
    """All pages into `folder`."""
    app = QApplication.instance() or QApplication([])
    for name in ("light", "dark"):
        theme.apply(app, theme.load(name))
        for page, make in PAGES.items():
            widget = make()
            widget.show()
            app.processEvents()
            widget.grab().save(str(folder / f"{page}-{name}-{widget.devicePixelRatio():g}x.png"))
            widget.close()


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    draw(where)
    sys.stdout.write(f"{where}\n")
