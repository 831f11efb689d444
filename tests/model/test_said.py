"""Texts that remember how they were made."""

from mqviz.model.said import listed, say, translated

GERMAN = {"{0} is missing, {1} was expected": "{0} fehlt, {1} wird erwartet", "{0} or {1}": "{0} oder {1}", "a table": "eine Tabelle"}


def german(template: str) -> str:
    return GERMAN.get(template, template)


def test_it_is_the_text_itself() -> None:
    text = say("{0!r} has {1:,} messages", "work", 10_000)
    assert text == "'work' has 10,000 messages"
    assert {text: 1}["'work' has 10,000 messages"] == 1


def test_what_it_was_filled_with_is_translated_too() -> None:
    text = say("{0} is missing, {1} was expected", "load", say("{0} or {1}", say("a table"), "a list"))
    assert text == "load is missing, a table or a list was expected"
    assert translated(text, german) == "load fehlt, eine Tabelle oder a list wird erwartet"


def test_plain_texts_and_unknown_templates_stay() -> None:
    assert translated("plain {text}", german) == "plain {text}"
    assert translated(say("nothing of {0}", 3), german) == "nothing of 3"
    assert translated(listed((say("a table"), "{0}"), "; "), german) == "eine Tabelle; {0}"
