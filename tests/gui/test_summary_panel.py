"""The card when a run has ended: what it says, its buttons, keys and place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mqviz.gui.finding_words import FindingWords
from mqviz.gui.summary_panel import SummaryPanel
from mqviz.viewmodel.fault_spans import FaultSpan
from mqviz.viewmodel.findings import Finding, Severity, finding
from mqviz.viewmodel.summary import RunSummary

BUSY = finding("consumers_saturated", Severity.WARNING, "queue:work", utilisation=0.998, count=2)
GOOD = RunSummary(
    scenario="Ten thousand at once",
    virtual_time=120.0,
    interrupted=False,
    calls=False,
    asked=10_000,
    completed=10_000,
    left=0,
    drained_in=49.8,
    p95=47.2,
    most_waiting=9_980,
    lost=(),
    thrown_away=(),
    balanced=True,
    limited_by=BUSY,
)
CALLS = replace(GOOD, calls=True, completed=412, thrown_away=(("refused", 9_388), ("timed_out", 200)))


@pytest.fixture
def below(qtbot: QtBot) -> QWidget:
    result = QWidget()
    qtbot.addWidget(result)
    result.resize(900, 520)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    with qtbot.waitExposed(result):
        result.show()
    result.activateWindow()
    return result


@pytest.fixture
def card(below: QWidget) -> SummaryPanel:
    return SummaryPanel(below)


def figures(card: SummaryPanel) -> list[str]:
    return [each.figure() for each in card.figures]


def said(card: SummaryPanel) -> str:
    return " | ".join(each.text() for each in card.findChildren(QLabel) if each.isVisible())


def test_it_is_hidden_until_there_is_something_to_say(card: SummaryPanel) -> None:
    assert not card.isVisible()
    card.show_summary(GOOD)
    assert card.isVisible()
    assert card.headline.text() == "Nothing lost, all done"
    assert figures(card) == ["50 s", "47 s", "0", "10,000"]
    assert card.limit.text() == "The consumers of “work” were 100\u00a0% busy: more of them, or faster ones, would help."


def test_losses_stand_first_with_their_causes(card: SummaryPanel) -> None:
    card.show_summary(
        replace(GOOD, lost=(("lost", 700), ("lost_in_transit", 148)), thrown_away=(("unroutable", 28),), left=3, drained_in=None)
    )
    assert card.headline.text() == "848 messages were lost"
    assert figures(card) == ["3", "47 s", "848", "10,000"]
    for text in ("700 transient messages lost at a broker restart", "148 lost on cut connections", "28 unroutable: no binding matched"):
        assert text in said(card)


def test_calls_are_called_requests(card: SummaryPanel) -> None:
    card.show_summary(GOOD)
    card.show_summary(CALLS)
    assert card.headline.text() == "9,588 of 10,000 requests failed"
    assert figures(card) == ["50 s", "47 s", "9,588", "412"]
    assert "Failed" in said(card) and "Lost" not in said(card)


@pytest.mark.parametrize(
    ("summary", "headline"),
    [
        (replace(GOOD, balanced=False), "The ledger does not balance"),
        (replace(GOOD, left=12), "Nothing lost, 12 not finished"),
        (replace(GOOD, thrown_away=(("expired", 5),)), "Nothing lost, 5 thrown away by a rule"),
        (replace(GOOD, calls=True), "Every request was answered"),
    ],
)
def test_headlines(card: SummaryPanel, summary: RunSummary, headline: str) -> None:
    card.show_summary(summary)
    assert card.headline.text() == headline


def test_a_run_that_was_stopped_says_so(card: SummaryPanel) -> None:
    card.show_summary(replace(GOOD, interrupted=True))
    assert "stopped after 120 s" in said(card)


@pytest.mark.parametrize("name", ["restart", "next", "save"])
def test_buttons_wish(card: SummaryPanel, qtbot: QtBot, name: str) -> None:
    card.show_summary(GOOD)
    button: QPushButton = getattr(card, f"{name}_button")
    with qtbot.waitSignal(getattr(card, f"{name}_requested"), timeout=1000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert card.isVisible() is (name == "save")


def test_the_keyboard_is_on_restart_and_enter_presses_it(card: SummaryPanel, qtbot: QtBot) -> None:
    card.show_summary(GOOD)
    assert card.focusWidget() is card.restart_button
    with qtbot.waitSignal(card.restart_requested, timeout=1000):
        qtbot.keyClick(card.restart_button, Qt.Key.Key_Return)


def test_escape_closes_and_gives_the_keyboard_back(card: SummaryPanel, below: QWidget, qtbot: QtBot) -> None:
    card.show_summary(GOOD)
    with qtbot.waitSignal(card.closed, timeout=1000):
        qtbot.keyClick(card.restart_button, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert below.focusWidget() in (None, below)


@pytest.mark.parametrize(("width", "height"), [(900, 520), (1600, 900), (440, 380)])
def test_it_stays_in_the_middle(card: SummaryPanel, below: QWidget, width: int, height: int) -> None:
    card.show_summary(GOOD)
    below.resize(width, height)
    assert QRect(0, 0, width, height).contains(card.geometry())
    assert abs(card.geometry().center().x() - width / 2) <= 2
    for button in (card.restart_button, card.next_button, card.save_button):
        assert button.geometry().right() <= card.width()


FAULT = Finding("fault", Severity.WARNING, "queue:work", (), FaultSpan(1, "kill", "server.1", 10.0, 18.0))


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (FAULT, "A fault made it wait: Kill server.1 · 8 s."),
        (
            finding("service_overloaded", Severity.DANGER, "service:shop", refused=9_388, timed_out=200),
            "“shop” could not keep up: 9,388 requests were refused, 200 timed out.",
        ),
        (finding("kept_up", Severity.NOTE, utilisation=0.62), "Nothing held it back: the consumers kept up, the busiest at 62\u00a0%."),
        (finding("kept_up", Severity.NOTE), "Nothing held it back: the consumers kept up, the busiest at –."),
        (finding("near_limit", Severity.WARNING, "queue:a", share=0.85, limit=2000), "“a” is at 85\u00a0% of its limit of 2,000."),
        (finding("publishes_refused", Severity.DANGER, count=40), "A full queue refused 40 messages."),
    ],
)
def test_findings_are_sentences(qtbot: QtBot, found: Finding, text: str) -> None:
    assert FindingWords().sentence(found) == text


def test_in_a_low_window_the_smallest_causes_are_left_out(card: SummaryPanel, below: QWidget) -> None:
    below.resize(560, 305)
    card.show_summary(replace(GOOD, thrown_away=(("dropped", 900), ("expired", 40), ("refused", 9), ("returned", 8), ("purged", 7))))
    assert "900" in said(card)
    assert "7 purged by hand" not in said(card)
    assert all(each.height() >= each.minimumSizeHint().height() for each in card.figures)
    below.resize(900, 620)
    assert "7 purged by hand" in said(card)
