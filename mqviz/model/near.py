"""Names that were nearly right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from mqviz.model.said import listed, say

_ENOUGH = 300
"""Comparing takes its time; of more names only those that begin alike and are about as long are looked at."""

_A_BEGINNING = 3


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `word`, None where none does."""
    names = list(known)
    if len(names) > _ENOUGH:
        names = [name for name in names if name[:1].lower() == word[:1].lower() and abs(len(name) - len(word)) < _A_BEGINNING]
    found = get_close_matches(word.lower(), [name.lower() for name in names[:_ENOUGH]], n=1, cutoff=0.6)
    if not found and len(word) >= _A_BEGINNING:
        found = [name.lower() for name in names if name.lower().startswith(word.lower())]
    return next((name for name in names if found and name.lower() == found[0]), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: `; did you mean 'work'?`, or nothing."""
    found = nearest(word, known)
    return "" if found is None else say("; did you mean '{0}'?", found)


def one_of(known: Iterable[str]) -> str:
    """`'a', 'b' or 'c'`, in the order given."""
    return either(f"'{name}'" for name in known)


def either(parts: Iterable[str]) -> str:
    """`a, b or c`."""
    *first, last = parts
    return say("{0} or {1}", listed(first), last) if first else last
