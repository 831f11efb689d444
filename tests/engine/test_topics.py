"""Topic patterns, checked against the definition and against patterns that a client made to hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mqviz.engine.topics import topic_matches, words


@pytest.mark.parametrize(
    ("pattern", "key", "fits"),
    [
        ("a.b", "a.b", True),
        ("a.*", "a.b", True),
        ("a.*", "a", False),
        ("a.*", "a.b.c", False),
        ("#", "", True),
        ("#", "a.b", True),
        ("a.#", "a", True),
        ("a.#", "a.b.c", True),
        ("#.c", "a.b.c", True),
        ("*.#", "", False),
        ("a.#.d", "a.b.c.d", True),
        ("a.#.d", "a.b.c", False),
        ("*", "", False),
        ("a..b", "a..b", True),
        ("a.*.b", "a..b", True),
        ("", "", True),
        ("", "a", False),
    ],
)
def test_pattern_against_key(pattern: str, key: str, fits: bool) -> None:
    assert topic_matches(words(pattern), words(key)) is fits


def by_definition(pattern: list[str], key: list[str]) -> bool:
    """The rule as the specification tells it; explodes on many #."""
    if not pattern:
        return not key
    if pattern[0] == "#":
        return any(by_definition(pattern[1:], key[i:]) for i in range(len(key) + 1))
    return bool(key) and pattern[0] in ("*", key[0]) and by_definition(pattern[1:], key[1:])


@given(st.lists(st.sampled_from("ab*#"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_agrees_with_the_definition(pattern: list[str], key: list[str]) -> None:
    assert topic_matches(pattern, key) is by_definition(pattern, key)


def test_many_hashes_do_not_explode() -> None:
    """By the definition this would take 10 to the 27th steps."""
    assert not topic_matches(["#", "a"] * 40, ["a"] * 60 + ["b"])
