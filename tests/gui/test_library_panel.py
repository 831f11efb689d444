"""The library finds, highlights and opens."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QListView, QPushButton
from pytestqt.qtbot import QtBot

from mqviz.gui import theme
from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.controls.search_field import SearchField
from mqviz.gui.fonts import Size, advance
from mqviz.gui.library_list import matches, rows, wrapped
from mqviz.gui.library_panel import EntryState, LibraryEntry, LibraryPanel

ENTRIES = [
    LibraryEntry("first", "Fundamentals", "Your first queue", "One producer, one queue, one consumer", EntryState.DONE),
    LibraryEntry("poison", "Reliability", "Poison messages", "After three tries it moves to the dead letter queue"),
    LibraryEntry("topic", "Fundamentals", "Topic routing", "Keys with stars and hashes", EntryState.STARTED, progress=0.5),
    LibraryEntry("korean", "Reliability", "재전달", "소비자가 사라지면"),
    LibraryEntry("blank", "", "Blank topology", icon="plus"),
]


@pytest.fixture
def panel(qtbot: QtBot) -> LibraryPanel:
    panel = LibraryPanel()
    panel.set_entries(ENTRIES)
    panel.resize(220, 600)
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


def search(panel: LibraryPanel) -> SearchField:
    return panel.findChild(SearchField)


def view(panel: LibraryPanel) -> QListView:
    return panel.findChild(QListView)


def chosen(panel: LibraryPanel) -> list[str]:
    told: list[str] = []
    panel.chosen.connect(told.append)
    return told


def click(qtbot: QtBot, panel: LibraryPanel, text: str) -> None:
    model = view(panel).model()
    index = next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == text)
    qtbot.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=view(panel).visualRect(index).center())


def test_entries_stand_under_their_groups_in_the_order_they_came() -> None:
    told = [row.heading or row.entry.key for row in rows(ENTRIES) if row.heading or row.entry]
    assert told == ["Fundamentals", "first", "topic", "Reliability", "poison", "korean", "blank"]


def test_an_entry_keeps_its_number_while_one_searches() -> None:
    assert [row.number for row in rows(ENTRIES, "poison") if row.entry] == [2]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["first", "topic", "poison", "korean", "blank"]),
        ("QUEUE", ["first", "poison"]),
        ("queue three", ["poison"]),
        ("fundamentals", ["first", "topic"]),
        ("소비자", ["korean"]),
        ("xyz", []),
    ],
)
def test_every_word_must_occur_somewhere(panel: LibraryPanel, wanted: str, found: list[str]) -> None:
    search(panel).setText(wanted)
    assert panel.shown() == found
    assert {entry.key for entry in ENTRIES if matches(entry, wanted)} == set(found)


def test_a_click_opens(qtbot: QtBot, panel: LibraryPanel) -> None:
    told = chosen(panel)
    click(qtbot, panel, "Topic routing")
    assert told == ["topic"]


def test_a_click_on_a_heading_opens_nothing(qtbot: QtBot, panel: LibraryPanel) -> None:
    told = chosen(panel)
    click(qtbot, panel, "Reliability")
    assert told == []


def test_the_open_entry_can_be_opened_again(qtbot: QtBot, panel: LibraryPanel) -> None:
    panel.set_current("topic")
    told = chosen(panel)
    click(qtbot, panel, "Topic routing")
    assert told == ["topic"]


def test_the_keyboard_walks_over_headings_and_enter_opens(qtbot: QtBot, panel: LibraryPanel) -> None:
    told = chosen(panel)
    panel.set_current("topic")
    view(panel).setFocus()
    qtbot.keyClick(view(panel), Qt.Key.Key_Down)
    assert told == []
    qtbot.keyClick(view(panel), Qt.Key.Key_Return)
    assert told == ["poison"]


def test_from_the_search_field_to_the_list_and_to_the_first_match(qtbot: QtBot, panel: LibraryPanel) -> None:
    told = chosen(panel)
    panel.focus_search()
    assert search(panel).hasFocus()
    qtbot.keyClicks(search(panel), "queue")
    qtbot.keyClick(search(panel), Qt.Key.Key_Return)
    qtbot.keyClick(search(panel), Qt.Key.Key_Down)
    assert view(panel).hasFocus()
    qtbot.keyClick(view(panel), Qt.Key.Key_Down)
    qtbot.keyClick(view(panel), Qt.Key.Key_Return)
    assert told == ["first", "poison"]


def test_a_slash_starts_the_search(qtbot: QtBot, panel: LibraryPanel) -> None:
    view(panel).setFocus()
    qtbot.keyClick(view(panel), Qt.Key.Key_Slash)
    assert search(panel).hasFocus()
    assert search(panel).text() == ""


def test_nothing_found_offers_to_clear_the_search(qtbot: QtBot, panel: LibraryPanel) -> None:
    qtbot.keyClicks(search(panel), "xyz")
    empty = panel.findChild(EmptyState)
    assert empty.isVisible()
    qtbot.mouseClick(empty.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert search(panel).text() == ""
    assert view(panel).isVisible()
    assert len(panel.shown()) == len(ENTRIES)


def test_the_cross_and_escape_clear_the_search(qtbot: QtBot, panel: LibraryPanel) -> None:
    cross = search(panel).findChild(IconButton)
    assert not cross.isVisible()
    search(panel).setText("queue")
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert search(panel).text() == ""
    search(panel).setText("queue")
    qtbot.keyClick(search(panel), Qt.Key.Key_Escape)
    assert search(panel).text() == ""


def test_the_open_entry_is_highlighted_through_every_search(panel: LibraryPanel) -> None:
    skin = theme.current()
    panel.set_current("poison")
    search(panel).setText("reliability")
    assert panel.current() == "poison"
    box = view(panel).visualRect(view(panel).currentIndex())
    image = view(panel).viewport().grab().toImage()
    assert image.pixelColor(box.right() - 14, box.bottom() - 4).name() == skin.accent_soft.name()
    assert image.pixelColor(9, box.top() + 14).name() == skin.accent.name()
    panel.set_current("")
    image = view(panel).viewport().grab().toImage()
    assert image.pixelColor(9, box.top() + 14).name() == skin.panel.name()


def test_summaries_get_two_lines_and_then_an_ellipsis() -> None:
    lines = wrapped("After three tries a message that nobody can handle moves to the dead letter queue", 150, Size.CAPTION)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(advance(line, Size.CAPTION) <= 151 for line in lines)
    assert wrapped("Short", 150, Size.CAPTION) == ("Short",)


def test_screen_readers_hear_title_and_summary(panel: LibraryPanel) -> None:
    model = view(panel).model()
    told = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert "Topic routing. Keys with stars and hashes" in told
    assert "Blank topology" in told


def test_a_file_can_be_opened(qtbot: QtBot, panel: LibraryPanel) -> None:
    button = next(found for found in panel.findChildren(QPushButton) if found.text() == "Open file…")
    with qtbot.waitSignal(panel.open_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_something_can_stand_below_the_list(panel: LibraryPanel) -> None:
    goal = QPushButton("Goal")
    panel.add_footer(goal)
    QApplication.sendPostedEvents()
    assert goal.isVisible()


def test_another_language_is_spoken_at_once(panel: LibraryPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LibraryPanel, "tr", lambda _self, text, *_rest: {"Find a scenario": "시나리오 찾기"}.get(text, text))
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    assert search(panel).placeholderText() == "시나리오 찾기"
