"""Dots as arrays."""

from __future__ import annotations

import numpy as np
import pytest

from mqviz.viewmodel.curves import SAMPLES
from mqviz.viewmodel.particles import MOST, Dot, Particles, Path

LINE = np.column_stack((np.linspace(0.0, 100.0, SAMPLES), np.zeros(SAMPLES)))


def dots(*paths: str, **more: Path) -> Particles:
    result = Particles()
    result.set_paths({**{path: Path(LINE) for path in paths}, **more})
    return result


def test_a_dot_runs_from_start_to_end_in_its_time_and_is_gone() -> None:
    particles = dots("a")
    particles.add([Dot("a", begins=1.0, lasts=2.0, aside=0.0, look=7)])
    assert len(particles.sight(0.9).points) == 0
    assert particles.sight(1.0).points.tolist() == [[0.0, 0.0]]
    assert particles.sight(2.0).points[0] == pytest.approx([50.0, 0.0])
    assert particles.sight(2.0).looks.tolist() == [7]
    particles.advance(3.0)
    assert len(particles) == 0


def test_a_dot_that_has_not_begun_is_kept() -> None:
    particles = dots("a")
    particles.add([Dot("a", begins=5.0, lasts=1.0, aside=0.0, look=0)])
    particles.advance(4.0)
    assert len(particles) == 1


def test_back_is_the_other_way_and_aside_is_left_of_the_line() -> None:
    particles = dots("a")
    particles.add([Dot("a", 0.0, 1.0, aside=4.0, look=0, is_back=True)])
    assert particles.sight(0.25).points[0] == pytest.approx([75.0, -4.0])


def test_dots_of_a_path_that_is_gone_are_gone_and_others_follow_theirs() -> None:
    particles = dots("a", "b")
    particles.add([Dot("a", 0.0, 1.0, 0.0, 1), Dot("b", 0.0, 1.0, 0.0, 2)])
    particles.set_paths({"b": Path(LINE + np.array([0.0, 30.0])), "c": Path(LINE)})
    sight = particles.sight(0.5)
    assert sight.looks.tolist() == [2]
    assert sight.points[0] == pytest.approx([50.0, 30.0])


def test_a_path_that_is_not_there_takes_no_dots() -> None:
    particles = dots("a")
    particles.add([Dot("b", 0.0, 1.0, 0.0, 0)])
    assert len(particles) == 0


def test_too_many_dots_are_left_out() -> None:
    particles = dots("a")
    particles.add(Dot("a", 0.0, 1.0, 0.0, 0) for _ in range(MOST + 5))
    assert len(particles) == MOST


def test_what_falls_fades_and_what_is_behind_a_card_is_not_seen() -> None:
    behind = np.zeros(SAMPLES, dtype=bool)
    behind[SAMPLES // 2 :] = True
    particles = dots(fall=Path(LINE, fades=True), under=Path(LINE, hidden=behind))
    particles.add([Dot("fall", 0.0, 1.0, 0.0, 0), Dot("under", 0.0, 1.0, 0.0, 1)])
    assert particles.sight(0.1).opacity.tolist() == pytest.approx([0.99, 1.0])
    assert particles.sight(0.9).opacity.tolist() == pytest.approx([0.19, 0.0])


def test_standing_dots_do_not_move_but_fade() -> None:
    particles = dots("a")
    particles.add([Dot("a", 0.0, 1.0, 3.0, 0)])
    early, late = particles.sight(0.2, standing=True), particles.sight(0.8, standing=True)
    assert early.points.tolist() == late.points.tolist()
    assert early.opacity[0] > late.opacity[0] > 0


def test_busy_paths_are_those_with_a_dot_under_way() -> None:
    particles = dots("a", "b")
    particles.add([Dot("a", 0.0, 1.0, 0.0, 0), Dot("b", 3.0, 1.0, 0.0, 0)])
    assert particles.busy_paths(0.5) == ["a"]


def test_no_paths_no_dots() -> None:
    particles = dots("a")
    particles.add([Dot("a", 0.0, 1.0, 0.0, 0)])
    particles.set_paths({})
    assert len(particles.sight(0.5).points) == 0
