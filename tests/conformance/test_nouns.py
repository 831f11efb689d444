"""Every noun has a case of success and one of error."""

import pytest

from tests.conformance.nouns import NOUNS, tallies, total


@pytest.mark.parametrize("noun", NOUNS)
def test_noun_has_success_and_error(noun: str) -> None:
    tally = tallies()[noun]
    assert tally.success
    assert tally.error


def test_there_are_enough_cases() -> None:
    assert total() >= 200
