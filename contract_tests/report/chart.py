"""Figures over a history, as a line that a page can draw.

Decides which figures are worth a line and where its points lie. Knows no figure's meaning: whoever
recorded them put the most telling one first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from contract_tests.verdict import Step

WIDTH: Final = 720
HEIGHT: Final = 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 32, 32, 28
_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Point:
    """Where a figure stood: `x`, `y` on the drawing, the value itself, and the step it followed (0: at first).

    told: whether the value is worth writing beside the point, because it is new.
    """

    x: int
    y: int
    value: int
    step: int
    told: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its name and its points, in order of the steps."""

    name: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """An SVG path that goes level until the step that moved the figure."""
        first, *rest = self.points
        return f"M{first.x} {first.y}" + "".join(f"H{point.x}V{point.y}" for point in rest)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis, in drawing units."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of WIDTH by HEIGHT units: lines, and the labels of both axes."""

    lines: tuple[Line, ...]
    steps: tuple[Tick, ...]
    values: tuple[Tick, ...]


def chart(history: Sequence[Step]) -> Chart | None:
    """The figures that moved during the history, at most four; None when none did."""
    courses = {name: course for name, course in _courses(history).items() if len({v for _, v in course}) > 1}
    if not courses:
        return None
    drawn = dict(list(courses.items())[:_LINES])
    values = [value for course in drawn.values() for _, value in course]
    low, high = min(values), max(values)

    def across(step: int) -> int:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * step // len(history)

    def down(value: int) -> int:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * (value - low) // (high - low)

    def points(course: Sequence[tuple[int, int]]) -> tuple[Point, ...]:
        known = [None, *(value for _, value in course)]
        return tuple(
            Point(across(step), down(value), value, step, told=value != known[place])
            for place, (step, value) in enumerate(course)
        )

    lines = tuple(Line(name, points(course)) for name, course in drawn.items())
    marks = sorted({low, high, *([0] if low < 0 < high else [])})
    return Chart(
        lines=lines,
        steps=tuple(Tick(across(step), str(step)) for step in range(1, len(history) + 1)),
        values=tuple(Tick(down(value), f"{value:,}") for value in marks),
    )


def _courses(history: Sequence[Step]) -> Mapping[str, list[tuple[int, int]]]:
    """Each figure's name → (after which step, value), as far as it was told."""
    courses: dict[str, list[tuple[int, int]]] = {}
    for number, step in enumerate(history, 1):
        for name, value in step.before.items():
            if name not in courses:
                courses[name] = [(number - 1, value)]
        for name, value in step.after.items():
            courses.setdefault(name, []).append((number, value))
    return courses
