"""The Korean of the window: complete, compiled, and really shown."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from mqviz.app import parts
from mqviz.bundle import resource
from mqviz.clock import ManualClock
from mqviz.gui import theme
from mqviz.gui.cards.words import CardWords
from mqviz.gui.main_window import MainWindow
from mqviz.gui.shell import Shell
from mqviz.gui.theme import Appearance
from mqviz.model.library import shipped, title_of
from mqviz.model.scenario import Scenario, in_language
from mqviz.settings import Settings
from mqviz.viewmodel.document import open_shipped
from mqviz.viewmodel.graph import NodeKind
from tests import translations
from tests.gui.shown_texts import shown_texts

ENGLISH = re.compile(r"[A-Za-z]{2,}")
PROPER = frozenset(
    (
        *("mqviz", "RabbitMQ", "AMQP", "JSON", "HTML", "CSV", "TOML", "TTL", "DLX", "DLQ", "English", "ack", "nack", "ms", "kB", "PNG"),
        *("Ctrl", "Shift", "Esc", "Space", "PgDown", "ready", "unacked", "mandatory", "confirm", "purge", "prefetch"),
        *("max", "length", "message", "ttl", "overflow", "dead", "letter", "exchange", "delivery", "limit"),  # names of arguments: x-...
    )
)
"""What stays as it is in Korean: names, keys, units, and what RabbitMQ itself calls things."""


def messages(path: Path) -> list[tuple[str, str, ElementTree.Element]]:
    """Context, source and translation of every text of a .ts file."""
    found = []
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            found.append((context.findtext("name", ""), message.findtext("source", ""), translation))
    return found


def sources(path: Path) -> set[tuple[str, str]]:
    return {(context, source) for context, source, _ in messages(path)}


def test_every_text_of_the_window_stands_in_the_file(tmp_path: Path) -> None:
    fresh = tmp_path / "mqviz_ko.ts"
    translations.gather(fresh)
    assert sources(fresh) == sources(translations.SOURCE)


def test_lupdate_sees_every_text(tmp_path: Path) -> None:
    """It passes over a `tr` inside an f-string, and over one whose text is no literal."""
    known = {source for _, source, _ in messages(translations.SOURCE)}
    assert translations.texts() <= known


def test_nothing_is_left_in_english() -> None:
    unfinished = [source for _, source, told in messages(translations.SOURCE) if told.get("type") or not (told.text or "").strip()]
    assert not unfinished


def test_placeholders_survive() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}|%n|&&", text))

    wrong = [source for _, source, told in messages(translations.SOURCE) if places(source) != places(told.text or "")]
    assert not wrong


def test_the_compiled_file_is_that_of_the_texts(tmp_path: Path) -> None:
    compiled = tmp_path / "mqviz_ko.qm"
    translations.compiled(translations.SOURCE, compiled)
    assert compiled.read_bytes() == translations.SOURCE.with_suffix(".qm").read_bytes()


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    """Korean as long as the test runs."""
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translators = []
    for folder, name in ((str(resource("translations")), "mqviz_ko"), (qt, "qtbase_ko")):
        translator = QTranslator(qapp)
        assert translator.load(name, folder)
        qapp.installTranslator(translator)
        translators.append(translator)
    before = QLocale()
    QLocale.setDefault(QLocale("ko"))
    yield
    QLocale.setDefault(before)
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, clock: ManualClock, korean: None) -> Iterator[MainWindow]:
    """The whole window in Korean."""
    theme.apply(qapp, theme.load("light"))
    shell = Shell()
    qtbot.addWidget(shell)
    made = MainWindow(shell, parts(clock, Settings(language="ko"), lambda settings: None), Appearance(qapp, "light"), "ko")
    with qtbot.waitExposed(shell):
        shell.show()
    yield made
    shell.close()


def english(texts: Iterable[str], names: Iterable[str] = ()) -> set[str]:
    """Texts in which an English word stands that is no name."""
    known = PROPER.union(*(ENGLISH.findall(name) for name in names))
    return {text for text in texts if set(ENGLISH.findall(text)) - known}


def names_in(scenario: Scenario) -> set[str]:
    """What the file itself calls its things."""
    kinds = (scenario.queues, scenario.exchanges, scenario.producers, scenario.consumers, scenario.services, scenario.translators)
    keys = {binding.routing_key for binding in scenario.bindings} | {producer.routing_key for producer in scenario.producers}
    return {each.name for kind in kinds for each in kind} | keys


@pytest.mark.parametrize(
    ("scenario", "node"),
    [
        ("consumer-killed", "queue:jobs"),
        ("consumer-killed", "consumer:worker.1"),
        ("topic-routing", ""),
        ("ten-thousand-direct", "service:server"),
        ("confirms-full-queue", "producer:careful.1"),
    ],
)
def test_the_window_speaks_korean(window: MainWindow, turn: Callable[[float], None], scenario: str, node: str) -> None:
    document = open_shipped(scenario)
    window.open(document)
    window.complete()
    turn(2.0)
    window.view.canvas.select((node,) if node else ())
    window.hand.request("restart")
    turn(1.0)
    texts = shown_texts(window.shell)
    assert {"시나리오 찾기", "소비자 강제 종료", "그래프", "이벤트", "장애: 브로커 재시작", "시나리오 열기…"} <= texts
    shelf = {in_language(text, "ko") for name in shipped() for text in title_of(name)}
    built_in = {each.name for each in window.session.update.snapshot.exchanges}
    assert not english(texts, names_in(document.scenario) | built_in | shelf)


def test_what_is_painted_on_cards_is_korean(korean: None) -> None:
    words = CardWords()
    said = [text for text in vars(words).values() if isinstance(text, str)]
    said += [*words.states.values(), words.heading(NodeKind), *map(words.reason, ("rejected", "expired", "maxlen", "delivery_limit:3"))]
    assert len(said) > 30
    assert not english(said)


def test_dialogs_speak_korean(window: MainWindow) -> None:
    window.open(open_shipped("consumer-killed"))
    for code in ("about", "keys", "help"):
        window.actions_by_code[code].trigger()
    titles = {each.windowTitle() for each in window.shell.findChildren(QWidget) if each.isWindow() and each.windowTitle()}
    assert {"mqviz 정보", "단축키", "도움말"} <= titles
    assert any("변경 내역" in page.toPlainText() for page in window.shell.findChildren(QTextBrowser))


def test_every_change_and_every_help_page_is_told_in_korean() -> None:
    def shape(path: Path) -> list[str]:
        return [line[:2] for line in path.read_text("utf-8").splitlines() if line.startswith(("#", "- "))]

    pairs = {path: path.with_name(path.name.replace(".en.md", ".ko.md")) for path in resource("help").glob("*.en.md")}
    pairs[resource("changelog.md")] = resource("changelog.ko.md")
    assert len(pairs) > 1
    assert [path.name for path, told in pairs.items() if shape(path) != shape(told)] == []
