"""The ledger as sums that can be read, at any width."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mqviz.gui.ledger_strip import LedgerStrip
from mqviz.gui.ledger_words import LOOKS, LedgerWords
from mqviz.gui.side_column import SideColumn
from mqviz.model.result import CopyLedger, Ledger, MessageLedger, WorkLedger
from mqviz.model.snapshot import ServiceStats

GOOD = Ledger(
    messages=MessageLedger(published=120_000, routed=118_839, refused=1_161),
    copies=CopyLedger(enqueued=118_839, acknowledged=100_000, ready=18_800, unacknowledged=39),
    work=WorkLedger(completed=100_000),
    balanced=True,
    nothing_lost=True,
)
LOST = Ledger(
    messages=MessageLedger(published=10, routed=7, lost_in_transit=3),
    copies=CopyLedger(enqueued=7, acknowledged=5, lost=2),
    work=WorkLedger(),
    balanced=True,
    nothing_lost=False,
)
WRONG = Ledger(messages=MessageLedger(published=10), copies=CopyLedger(), work=WorkLedger(), balanced=False, nothing_lost=True)


@pytest.fixture
def strip(qtbot: QtBot) -> LedgerStrip:
    result = LedgerStrip()
    qtbot.addWidget(result)
    result.resize(292, 200)
    result.show()
    return result


def test_nothing_lost_is_proved_by_a_sum(strip: LedgerStrip) -> None:
    strip.set_ledger(GOOD)
    assert strip.accessibleName() == "Nothing lost"
    sums = "120,000 published = 118,839 routed + 1,161 refused. 118,839 enqueued = 100,000 acked + 39 unacked + 18,800 ready"
    assert strip.accessibleDescription() == sums


@pytest.mark.parametrize(
    ("ledger", "verdict"), [(LOST, "5 lost"), (WRONG, "The ledger does not balance"), (None, "What was lost cannot be told")]
)
def test_the_verdict(strip: LedgerStrip, ledger: Ledger | None, verdict: str) -> None:
    strip.set_ledger(GOOD)
    strip.set_ledger(ledger)
    assert strip.verdict() == strip.accessibleName() == verdict


@pytest.mark.parametrize("width", [200, 292, 619, 620, 1400])
def test_everything_has_room(strip: LedgerStrip, width: int) -> None:
    strip.set_ledger(GOOD)
    height = strip.heightForWidth(width)
    strip.resize(width, height)
    found = {strip.word_at(QPointF(x, y)) for x in range(0, width, 10) for y in range(0, height, 5)} - {""}
    assert found == {"published", "routed", "refused", "enqueued", "acknowledged", "unacknowledged", "ready"}


def test_wide_is_lower_than_narrow(strip: LedgerStrip) -> None:
    strip.set_ledger(GOOD)
    assert strip.heightForWidth(900) < strip.heightForWidth(292) < strip.heightForWidth(200)


def test_the_bar_is_shared_out_by_count_and_the_least_can_be_seen(strip: LedgerStrip) -> None:
    strip.set_ledger(GOOD)
    strip.resize(900, strip.heightForWidth(900))
    y = next(y for y in range(20, 60) if strip.word_at(QPointF(20, y)) == "routed")
    codes = [strip.word_at(QPointF(x, y)) for x in range(16, 450)]
    assert codes.count("routed") > 20 * codes.count("refused") > 20


def test_the_colours_of_the_bar_are_drawn(strip: LedgerStrip) -> None:
    strip.set_ledger(GOOD)
    strip.resize(900, strip.heightForWidth(900))
    picture = strip.grab().toImage()
    assert len({picture.pixelColor(x, 36).name() for x in range(16, 884)}) >= 4


@pytest.mark.parametrize("code", [*LOOKS, "published", "enqueued"])
def test_every_term_has_a_name_and_a_meaning(qtbot: QtBot, code: str) -> None:
    words = LedgerWords()
    assert "_" not in words.term(code)
    assert len(words.meaning(code)) > 10


def test_requests_to_services_are_an_account_of_their_own(qtbot: QtBot) -> None:
    strip = LedgerStrip()
    qtbot.addWidget(strip)
    nothing = Ledger(messages=MessageLedger(), copies=CopyLedger(), work=WorkLedger(), balanced=True, nothing_lost=False)
    strip.set_ledger(nothing, (ServiceStats(name="server", workers=1, requests=10, completed=6, refused=3, timed_out=1),))
    assert strip.verdict() == "4 requests failed"
    assert strip.accessibleDescription() == "10 requests = 6 answered + 3 refused + 1 timed out"


def test_without_room_the_verdict_stands_alone_and_the_sums_are_in_its_tooltip(qtbot: QtBot) -> None:
    strip = LedgerStrip()
    column = SideColumn(QWidget(), strip)
    qtbot.addWidget(column)
    strip.set_ledger(GOOD)
    heights = []
    for height in (300, 700):
        column.resize(292, height)
        column.show()
        heights.append(strip.heightForWidth(292))
        told = strip.tip_at(QPointF(20, 12))
        assert ("120,000 published = 118,839 routed" in told) is (height == 300)
    assert heights[0] <= 40 < heights[1]


def test_what_was_lost_on_the_way_to_the_broker_is_lost(strip: LedgerStrip) -> None:
    """The broker lost nothing that it had; the user lost three messages all the same."""
    strip.set_ledger(replace(LOST, copies=CopyLedger(enqueued=7, acknowledged=7), nothing_lost=True))
    assert strip.verdict() == "3 lost"
