"""PySide6 6.12.0 on Python 3.11 drops a reference to None at each call without a result, until the interpreter dies.

On Python 3.12 and newer None is immortal and its count stands still, so there this test cannot fail.
"""

import sys

from PySide6.QtCore import QObject

CALLS = 1_000
"""Few enough that the interpreter lives to tell."""


def test_calls_without_a_result_keep_the_references_to_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("thing")
        thing.removeEventFilter(thing)
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
