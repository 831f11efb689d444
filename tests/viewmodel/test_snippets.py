"""Programs to begin from: each language says what it has to, and odd names are quoted."""

from __future__ import annotations

import ast

import pytest

from mqviz.viewmodel.snippets import LANGUAGES, Place, install, snippet

URI = "amqp://guest:guest@127.0.0.1:5672/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_consumes_and_publishes(language: str) -> None:
    consuming = snippet(language, Place(URI, queue="work"))
    publishing = snippet(language, Place(URI, exchange="orders", routing_key="order.new"))
    assert URI in consuming and '"work"' in consuming and "10" in consuming
    assert URI in publishing and '"orders"' in publishing and '"order.new"' in publishing and "hello" in publishing
    assert consuming.endswith("\n") and publishing.endswith("\n") and "\t\t\t\t" not in consuming
    assert install(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_brackets_are_closed(language: str) -> None:
    for place in (Place(URI, queue="work"), Place(URI, routing_key="work")):
        text = snippet(language, place)
        for opening, closing in ("()", "{}", "[]"):
            assert text.count(opening) == text.count(closing)


def test_odd_names_are_quoted() -> None:
    text = snippet("python", Place(URI, queue='a "strange" \\ name\n'))
    ast.parse(text)
    assert '"a \\"strange\\" \\\\ name\\n"' in text


def test_go_ends_no_line_with_an_open_call_but_a_comma() -> None:
    text = snippet("go", Place(URI, routing_key="work"))
    assert "\"work\",\n" in text and "false, false, amqp.Publishing" in text
