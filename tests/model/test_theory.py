"""Against values that textbooks print, and against each other where two formulas must agree."""

from math import inf, sqrt

import pytest

from mqviz.model.theory import (
    erlang_b,
    erlang_c,
    late_share,
    little,
    mg1,
    mm1,
    mmc,
    mmck,
    time_quantile,
    time_to_drain,
    utilisation,
    wait_quantile,
)


def test_little() -> None:
    assert little(3.0, 2.0) == 6.0


def test_mm1_at_eighty_percent() -> None:
    found = mm1(8.0, 10.0)
    assert found.utilisation == pytest.approx(0.8)
    assert found.time_in_system == pytest.approx(0.5)
    assert found.wait == pytest.approx(0.4)
    assert found.waiting == pytest.approx(3.2)
    assert found.present == pytest.approx(4.0)
    assert found.waiting_probability == pytest.approx(0.8)


def test_mmc_of_the_textbook() -> None:
    # GSTH, example 2.5: six patients an hour, three doctors, twenty minutes each.
    found = mmc(6.0, 3.0, 3)
    assert found.waiting == pytest.approx(8 / 9)
    assert found.wait == pytest.approx(4 / 27)
    assert found.time_in_system == pytest.approx(13 / 27)
    assert found.present == pytest.approx(26 / 9)
    assert found.waiting_probability == pytest.approx(4 / 9)


@pytest.mark.parametrize(
    ("load", "servers", "blocked"),
    [(1.0, 1, 0.5), (2.0, 2, 0.4), (5.0, 10, 0.018385), (10.0, 10, 0.214582)],
)
def test_erlang_b_of_the_tables(load: float, servers: int, blocked: float) -> None:
    assert erlang_b(load, servers) == pytest.approx(blocked, rel=1e-4)


def test_a_hundred_erlangs_at_one_percent_need_117_servers() -> None:
    assert erlang_b(100.0, 117) < 0.01 < erlang_b(100.0, 116)


@pytest.mark.parametrize(("load", "servers", "waits"), [(0.5, 1, 0.5), (4.0, 5, 0.5541), (8.0, 10, 0.4092), (0.0, 3, 0.0), (3.0, 3, 1.0)])
def test_erlang_c_of_the_tables(load: float, servers: int, waits: float) -> None:
    assert erlang_c(load, servers) == pytest.approx(waits, abs=1e-4)


def test_mg1_agrees_with_mm1_and_halves_the_wait_without_spread() -> None:
    exponential, steady = mg1(8.0, 0.1, 0.1), mg1(8.0, 0.1, 0.0)
    assert exponential.wait == pytest.approx(mm1(8.0, 10.0).wait)
    assert steady.wait == pytest.approx(exponential.wait / 2)
    assert steady.present == pytest.approx(8.0 * steady.time_in_system)
    assert mg1(8.0, 0.1, 0.2).wait == pytest.approx(exponential.wait * 2.5)


def test_quantiles_and_late_shares_are_each_others_inverse() -> None:
    p95 = wait_quantile(40.0, 10.0, 5, 0.95)
    assert late_share(40.0, 10.0, 5, p95) == pytest.approx(0.05)
    assert wait_quantile(40.0, 10.0, 5, 0.3) == 0.0
    assert time_quantile(8.0, 10.0, 0.5) == pytest.approx(0.34657, rel=1e-4)
    assert late_share(40.0, 10.0, 5, 0.0) == pytest.approx(erlang_c(4.0, 5))


def test_limited_room() -> None:
    # GSTH 2.5: M/M/1/K in closed form.
    rho, places = 0.8, 5
    found = mmck(8.0, 10.0, 1, places)
    blocked = (1 - rho) * rho**places / (1 - rho ** (places + 1))
    assert found.blocked == pytest.approx(blocked)
    assert found.utilisation == pytest.approx(rho * (1 - blocked))
    assert found.present == pytest.approx(8.0 * (1 - blocked) * found.time_in_system)
    assert mmck(8.0, 10.0, 3, 3).blocked == pytest.approx(erlang_b(0.8, 3))
    assert mmck(8.0, 10.0, 1, 400).wait == pytest.approx(mm1(8.0, 10.0).wait, rel=1e-6)
    assert mmck(1e6, 1.0, 2, 500).blocked == pytest.approx(1.0, abs=1e-5)
    assert mmck(0.0, 1.0, 1, 3).time_in_system == 1.0
    with pytest.raises(ValueError, match="2 places for 3 servers"):
        mmck(1.0, 1.0, 3, 2)


def test_what_never_settles() -> None:
    assert mmc(50.0, 10.0, 5).wait == inf
    assert mg1(10.0, 0.1, 0.1).wait == inf
    assert wait_quantile(60.0, 10.0, 5, 0.5) == inf
    assert time_quantile(10.0, 10.0, 0.5) == inf
    assert late_share(60.0, 10.0, 5, 1.0) == 1.0
    assert utilisation(60.0, 10.0, 5) == pytest.approx(1.2)


def test_time_to_drain() -> None:
    assert time_to_drain(10_000, 20.0, 1 / 0.018, 3) == pytest.approx(10_000 / (3 / 0.018 - 20))
    assert time_to_drain(1, 10.0, 10.0) == inf
    assert time_to_drain(0, 99.0, 1.0) == 0.0


def test_many_servers_stay_exact() -> None:
    found = mmc(9_900.0, 10.0, 1000)
    assert 0 < found.wait < 0.1
    assert found.waiting == pytest.approx(9_900.0 * found.wait)
    assert sqrt(found.utilisation) < 1
