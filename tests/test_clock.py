"""Virtual time is exact and deterministic; the gear follows a hand-turned clock."""

from math import inf

import pytest

from mqviz.clock import Entry, ManualClock, Pacer, Scheduler


def never() -> bool:
    return False


def test_actions_run_in_order_of_time_then_of_asking() -> None:
    scheduler, seen = Scheduler(), list[str]()
    for when, name in ((2.0, "c"), (1.0, "a"), (2.0, "d"), (1.0, "b")):
        scheduler.call_at(when, seen.append, name)
    assert scheduler.run_until(2.0, never)
    assert seen == ["a", "b", "c", "d"]
    assert scheduler.now == 2.0


def test_what_is_due_later_stays() -> None:
    scheduler, seen = Scheduler(), list[str]()
    scheduler.call_at(3.0, seen.append, "later")
    assert scheduler.run_until(2.5, never)
    assert seen == []
    assert (scheduler.now, scheduler.next_at, len(scheduler)) == (2.5, 3.0, 1)


def test_the_past_is_done_next_and_not_before_now() -> None:
    scheduler, times = Scheduler(now=5.0), list[float]()
    scheduler.call_at(1.0, lambda _: times.append(scheduler.now), None)
    scheduler.run_until(6.0, never)
    assert times == [5.0]


def test_a_cancelled_action_is_not_done() -> None:
    scheduler, seen = Scheduler(), list[str]()
    timer = scheduler.call_at(1.0, seen.append, "no")
    scheduler.call_at(1.0, seen.append, "yes")
    scheduler.cancel(timer)
    assert len(scheduler) == 1
    scheduler.run_until(1.0, never)
    assert seen == ["yes"]
    assert scheduler.next_at == inf


def test_a_slot_that_is_used_up_leaves_work_and_loses_none() -> None:
    scheduler, seen = Scheduler(), list[int]()
    for number in range(1000):
        scheduler.call_at(1.0 + number / 1000, seen.append, number)
    slots = 0
    while not scheduler.run_until(5.0, lambda: True):
        slots += 1
        assert scheduler.now < 5.0
    assert seen == list(range(1000))
    assert slots >= 10


def test_actions_may_schedule_at_the_very_end_of_the_slot() -> None:
    scheduler, seen = Scheduler(), list[float]()

    def again(left: int) -> None:
        seen.append(scheduler.now)
        if left:
            scheduler.call_at(1.0, again, left - 1)

    scheduler.call_at(1.0, again, 3)
    scheduler.run_until(1.0, never)
    assert seen == [1.0] * 4


def test_step_does_one_action_alone() -> None:
    scheduler, seen = Scheduler(), list[str]()
    scheduler.call_at(1.0, seen.append, "a")
    scheduler.call_at(2.0, seen.append, "b")
    assert scheduler.step()
    assert (seen, scheduler.now) == (["a"], 1.0)
    assert scheduler.step()
    assert not scheduler.step()


def test_pace_follows_the_clock_and_the_speed() -> None:
    clock = ManualClock()
    pacer = Pacer(clock)
    clock.advance(2.0)
    assert pacer.target(1.9) == pytest.approx(2.0)
    pacer.set_speed(10.0, 2.0)
    clock.advance(0.1)
    assert pacer.target(2.9) == pytest.approx(3.0)
    assert pacer.wait_for(3.0, 4.0) == pytest.approx(0.1)


def test_a_paused_pacer_stands_and_goes_on_without_a_jump() -> None:
    clock = ManualClock()
    pacer = Pacer(clock)
    pacer.pause(1.0)
    clock.advance(60.0)
    assert pacer.target(1.0) == 1.0
    assert pacer.wait_for(1.0, 2.0) == inf
    pacer.resume(1.0)
    clock.advance(0.25)
    assert pacer.target(1.2) == pytest.approx(1.25)


def test_as_fast_as_it_goes_has_no_target_and_no_lag() -> None:
    pacer = Pacer(ManualClock(), speed=inf)
    assert pacer.target(0.0) == inf
    assert pacer.lag(0.0) == 0.0
    assert pacer.wait_for(0.0, 100.0) == 0.0


def test_debt_beyond_patience_is_given_up_but_shown_as_lag() -> None:
    clock = ManualClock()
    pacer = Pacer(clock)
    clock.advance(10.0)
    assert pacer.target(0.0) == pytest.approx(Pacer.PATIENCE)
    assert pacer.lag(0.0) == pytest.approx(10.0)
    assert pacer.lag(0.4) == pytest.approx(9.6)
    pacer.set_speed(1.0, 0.5)
    assert pacer.lag(0.5) == 0.0


def test_what_was_given_up_is_forgotten_once_it_keeps_up() -> None:
    clock = ManualClock()
    pacer = Pacer(clock)
    clock.advance(10.0)
    now = pacer.target(0.0)
    told = []
    for _ in range(round(Pacer.MEMORY / 0.25) + 2):
        told.append(pacer.lag(now))
        clock.advance(0.25)
        now = pacer.target(now)
    assert told[:-2] == pytest.approx([9.5] * (len(told) - 2))
    assert pacer.lag(now) == 0.0


def test_an_action_may_give_back_what_follows_it() -> None:
    scheduler, seen = Scheduler(), list[float]()

    def tick(period: float) -> Entry | None:
        seen.append(scheduler.now)
        return (scheduler.now + period, next(scheduler.serials), tick, period)

    scheduler.call_at(1.0, tick, 0.5)
    scheduler.call_at(1.5, lambda _: seen.append(-1.5), None)
    while not scheduler.run_until(2.25, lambda: True):
        pass
    assert seen == [1.0, -1.5, 1.5, 2.0]
    assert scheduler.next_at == 2.5
    assert scheduler.step()
    assert (seen[-1], scheduler.next_at, len(scheduler)) == (2.5, 3.0, 1)


def test_a_slot_that_is_used_up_keeps_what_was_to_follow() -> None:
    scheduler, seen = Scheduler(), list[float]()

    def tick(period: float) -> Entry | None:
        seen.append(scheduler.now)
        return (scheduler.now + period, next(scheduler.serials), tick, period)

    scheduler.call_at(0.0, tick, 1.0)
    while not scheduler.run_until(300.0, lambda: True):
        assert len(scheduler) == 1
    assert seen == [float(second) for second in range(301)]
