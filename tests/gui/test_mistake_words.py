"""Every mistake of a scenario file has words in the window's languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import mqviz.model
from mqviz.bundle import resource
from mqviz.errors import ScenarioError
from mqviz.gui.files import Files
from mqviz.gui.mistake_words import MistakeWords
from mqviz.model.parsing import parse

ONLY_PLACES = {"{0}:{1}: {2}: {3}", "{0}:{1}: {2}", "{0}: {1}"}
WRONG = """format = 1
[[queues]]
name = "work"
[[consumers]]
name = "server"
queue = "wrok"
prefetch = "many"
count = 0
[[faults]]
kind = "kill"
target = "queue:work"
"""


def templates() -> set[str]:
    """Every template that the model says, found in its source."""
    found = set()
    for path in Path(mqviz.model.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "say" and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


@pytest.fixture
def korean(qapp: QApplication) -> QTranslator:
    translator = QTranslator(qapp)
    assert translator.load(str(resource("translations/mqviz_ko.qm")))
    return translator


def wrong(text: str) -> tuple[str, ...]:
    with pytest.raises(ScenarioError) as caught:
        parse(text)
    return caught.value.mistakes


def test_every_template_of_the_model_is_known(qapp: QApplication) -> None:
    assert templates() - ONLY_PLACES <= set(MistakeWords().known)
    assert len(templates()) > 100


def test_in_english_nothing_changes(qapp: QApplication) -> None:
    assert [MistakeWords().say(mistake) for mistake in wrong(WRONG)] == list(wrong(WRONG))


def test_in_korean_the_place_stays_and_the_sentence_is_korean(qapp: QApplication, korean: QTranslator) -> None:
    qapp.installTranslator(korean)
    try:
        said = [MistakeWords().say(mistake) for mistake in wrong(WRONG)]
    finally:
        qapp.removeTranslator(korean)
    assert said == [
        "scenario.toml:6: consumers[1] 'server': 큐 'wrok'이(가) 없습니다. 'work'을(를) 뜻했습니까?",
        "scenario.toml:7: consumers[1] 'server': 'prefetch'은(는) 정수이어야 합니다. 'many'은(는) 안 됩니다",
        "scenario.toml:8: consumers[1] 'server': 'count'은(는) 1 이상의 정수이어야 합니다. 0은(는) 안 됩니다",
        "scenario.toml:11: faults[1]: 'kill' 장애의 대상은 producers, consumers, services 또는 translators입니다. "
        "'queue:work'은(는) 안 됩니다",
    ]


def test_every_korean_template_takes_the_same_values(qapp: QApplication, korean: QTranslator) -> None:
    for template in templates() - ONLY_PLACES:
        there = korean.translate("MistakeWords", template)
        assert there, template
        fields = [{part for part in "0123" if "{" + part in text} for text in (template, there)]
        assert fields[0] == fields[1], template


def test_a_file_with_mistakes_is_complained_about_in_korean(qtbot: QtBot, qapp: QApplication, korean: QTranslator, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(WRONG, encoding="utf-8")
    window = QWidget()
    qtbot.addWidget(window)
    qapp.installTranslator(korean)
    try:
        Files(window, ()).open(path)
        box = window.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        assert "큐 'wrok'이(가) 없습니다" in box.informativeText()
        box.close()
    finally:
        qapp.removeTranslator(korean)
