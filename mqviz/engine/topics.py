"""Topic patterns (AMQP 0-9-1, 3.1.3.3): `*` is exactly one word, `#` any number; every dot parts two words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def words(text: str) -> list[str]:
    """The words of a routing key or a pattern: an empty one has none, but beside a dot a word may be empty."""
    return text.split(".") if text else []


def topic_matches(pattern: Sequence[str], key: Sequence[str]) -> bool:
    """Whether a topic pattern fits a routing key, both as words.

    The pattern's positions that can have been reached are carried from word to word: a client chooses the
    pattern, and `#.#.#.#` must not cost more than pattern times key.
    """
    reached = _closed({0}, pattern)
    for word in key:
        reached = _closed(_after(word, reached, pattern), pattern)
        if not reached:
            return False
    return len(pattern) in reached


def _after(word: str, reached: Iterable[int], pattern: Sequence[str]) -> set[int]:
    following = set()
    for position in reached:
        if position < len(pattern):
            part = pattern[position]
            if part == "#":
                following.add(position)
            elif part == "*" or part == word:
                following.add(position + 1)
    return following


def _closed(reached: set[int], pattern: Sequence[str]) -> set[int]:
    """With the positions that are reached because `#` may stand for no word."""
    for position in sorted(reached):
        following = position
        while following < len(pattern) and pattern[following] == "#":
            following += 1
            reached.add(following)
    return reached
