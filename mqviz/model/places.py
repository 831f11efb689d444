"""Where things stand in a TOML document: the line of every table and key. The standard library's reader does not say.

It walks text that `tomllib` has accepted, so it needs to recognise TOML but not to judge it (TOML 1.0).
"""

from __future__ import annotations

import re
from ast import literal_eval

Path = tuple[str | int, ...]
"""The way to a value: keys, and the position (from 0) in lists and arrays of tables."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+' r"|'''.*?'''+" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]+")


def find_places(text: str) -> dict[Path, int]:
    """The line, from 1, of each table and each key of a correct TOML document."""
    return _Walk(text.replace("\r\n", "\n")).document()


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._places: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}

    def document(self) -> dict[Path, int]:
        table: Path = ()
        while True:
            self._skip(_BLANK)
            if self._at >= len(self._text):
                return self._places
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        double = self._text.startswith("[[", self._at)
        line = self._line_here()
        self._at += 2 if double else 1
        *outer, last = self._key()
        path: Path = ()
        for name in outer:
            path = self._enter((*path, name))
        path = (*path, last)
        if double:
            position = self._lengths.get(path, 0)
            self._lengths[path] = position + 1
            self._places.setdefault(path, line)
            path = (*path, position)
        self._places.setdefault(path, line)
        self._at += 2 if double else 1
        return path

    def _enter(self, path: Path) -> Path:
        """What a name in a header means: of an array of tables, its newest."""
        length = self._lengths.get(path)
        return path if length is None else (*path, length - 1)

    def _pair(self, table: Path) -> None:
        line = self._line_here()
        path = table
        for name in self._key():
            path = (*path, name)
            self._places.setdefault(path, line)
        self._at += 1
        self._value(path)

    def _key(self) -> list[str]:
        """A dotted key; afterwards the walk stands behind it, at `=` or `]`."""
        parts = [self._simple_key()]
        while self._text[self._at] == ".":
            self._at += 1
            parts.append(self._simple_key())
        return parts

    def _simple_key(self) -> str:
        self._skip(_SPACE)
        word = _WORD.match(self._text, self._at)
        found = word or self._string()
        self._at = found.end()
        self._skip(_SPACE)
        return found.group() if word else _unquoted(found.group())

    def _value(self, path: Path) -> None:
        self._skip(_SPACE)
        start = self._text[self._at]
        if start == "{":
            self._inline_table(path)
        elif start == "[":
            self._list(path)
        elif start in "\"'":
            self._at = self._string().end()
        else:
            self._skip(_BARE)

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        while self._text[self._at] != "}":
            self._pair(path)
            self._separator()
        self._at += 1

    def _list(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        position = 0
        while self._text[self._at] != "]":
            self._places[(*path, position)] = self._line_here()
            self._value((*path, position))
            self._separator()
            position += 1
        self._at += 1

    def _separator(self) -> None:
        self._skip(_BLANK)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_BLANK)

    def _string(self) -> re.Match[str]:
        found = _STRING.match(self._text, self._at)
        if found is None:
            raise ValueError(f"no TOML string at line {self._line_here()}")
        return found

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line


def _unquoted(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    # TOML's \UXXXXXXXX, \uXXXX and the short escapes mean the same in a Python string.
    return str(literal_eval(key))
