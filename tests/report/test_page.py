import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from mqviz.model.result import CopyLedger, Ledger, MessageLedger, Result, ScenarioId, Summary, WorkLedger
from mqviz.report.page import as_html
from mqviz.report.runs import Repeated, Report, Varied
from tests.report.results import result

NOTHING = Result(
    mqviz="0.1.0",
    scenario=ScenarioId(name="", digest="0" * 64),
    seed=1,
    virtual_time=0.0,
    engine="rabbitmq 3.10.8",
    replayable=False,
    interrupted=True,
    ledger=Ledger(messages=MessageLedger(), copies=CopyLedger(), work=WorkLedger(), balanced=False, nothing_lost=None),
    queues={},
    producers={},
    consumers={},
    services={},
    translators={},
    latency=Summary(),
    series=(),
)
SEVERAL = Varied(path="server.count", values=("1", "2"), runs=(Repeated(runs=(result(),)), Repeated(runs=(result(p95=0.4),))))


class Balance(HTMLParser):
    """Fails where a tag is not closed."""

    EMPTY = ("meta", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [str(value) for name, value in attrs if name in ("href", "src", "data", "onload", "onclick")]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [str(value) for name, value in attrs if name in ("href", "src")]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "report", [result(), NOTHING, Repeated(runs=(result(), result(seed=8))), SEVERAL], ids=["one", "none", "many", "vary"]
)
def test_the_page_is_whole_and_needs_nothing_else(report: Report, language: str) -> None:
    page = as_html(report, language)
    reader = Balance()
    reader.feed(page)
    assert reader.open == []
    assert reader.links == []
    assert "<script" not in page
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)
    assert f'<html lang="{language}">' in page
    assert "prefers-color-scheme: dark" in page
    for drawing in re.findall(r"<svg.*?</svg>", page):
        ElementTree.fromstring(drawing)


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def test_the_headline_tells_what_happened() -> None:
    page = text_of(as_html(result()))
    assert "100 messages were published." in page
    assert "Not all of them were served: 4 returned, 3 refused by a full queue, 2 lost in the network, 3 dropped: queue full" in page
    assert "Half of the work was finished within 100 ms of its arrival, 95 % within 900 ms." in page
    assert "The longest queue was work, with 70 messages." in page
    assert "6 deliveries were redeliveries." in page


def test_the_ledger_shows_both_sums() -> None:
    page = text_of(as_html(result()))
    assert "Messages: 100 published" in page
    assert "routed 90" in page
    assert "Copies in queues: 95 enqueued" in page
    assert "Requests to desk: 10" in page
    assert "both sums agree" in page


def test_charts_have_axes_labels_and_a_legend() -> None:
    page = as_html(result())
    assert page.count("<figure>") == 7
    rates = re.findall(r"<svg.*?</svg>", page)[0]
    words = re.findall(r">([^<>]+)</text>", rates)
    assert {"virtual seconds", "messages/s", "publish", "deliver", "ack"} <= set(words)
    assert {"0", "50", "100"} <= set(words)
    assert "Shop &amp; &lt;sons&gt;" in page
    assert "<sons>" not in page


def test_korean() -> None:
    page = text_of(as_html(result(), "ko"))
    assert "메시지 100개가 발행되었습니다." in page
    assert "두 합이 일치함" in page


def test_what_is_wrong_is_said() -> None:
    page = text_of(as_html(NOTHING))
    assert "This run was interrupted" in page
    assert "The account does not balance" in page
    assert "rabbitmq 3.10.8" in page
    assert "Nothing was lost." not in page
    lossless = replace(result(), ledger=replace(NOTHING.ledger, nothing_lost=True, balanced=True), services={})
    assert "Nothing was lost." in text_of(as_html(lossless))


def test_a_varied_setting_is_compared() -> None:
    page = text_of(as_html(SEVERAL))
    assert "server.count = 1" in page
    assert "900 ms" in page
    assert "400 ms" in page


def test_repeated_runs_show_intervals() -> None:
    page = text_of(as_html(Repeated(runs=(result(p95=0.8), result(seed=8, p95=1.0)))))
    assert "2 runs with different seeds" in page
    assert re.search(r"latency\.p95\s+0\.9\s+-0\.3706 … 2\.171", page)


def test_faults_are_flags_in_every_curve_and_a_table() -> None:
    page = as_html(result())
    curves = len(re.findall("<title>(Messages per second|Messages in the queues|Age of the oldest message)", page))
    assert page.count("Spike ×10 shop") == page.count("Kill server.1") == curves + 1
    assert "<td>Network cut producers</td><td>5 s</td><td>1 s</td>" in page
    assert "<td>Kill server.1</td><td>2.5 s</td><td>to the end</td>" in page
    korean = as_html(result(), "ko")
    assert "<td>네트워크 단절 생산자 쪽</td>" in korean
    assert "장애" not in as_html(replace(result(), faults=()), "ko")
