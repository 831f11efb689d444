import pytest

from mqviz.model.intervals import Interval, interval, student_t


@pytest.mark.parametrize(("freedom", "quantile"), [(1, 12.7062), (2, 4.3027), (3, 3.1824), (11, 2.2010), (30, 2.0423), (1000, 1.9623)])
def test_students_t_of_the_tables(freedom: int, quantile: float) -> None:
    assert student_t(freedom) == pytest.approx(quantile, abs=5e-5)
    assert student_t(freedom, 0.9) < student_t(freedom)


def test_the_interval_of_five_runs() -> None:
    found = interval([1, 2, 3, 4, 5])
    assert (found.count, found.mean) == (5, 3)
    assert found.high == pytest.approx(3 + 2.7764 * (2.5 / 5) ** 0.5, abs=1e-4)
    assert found.low == pytest.approx(6 - found.high)  # type: ignore[operator]


def test_one_run_has_no_interval() -> None:
    assert interval([4.0]) == Interval(count=1, mean=4.0)
    with pytest.raises(ValueError, match="no values"):
        interval([])
