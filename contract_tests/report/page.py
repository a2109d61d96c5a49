"""The report as one HTML page for reading.

Decides what stands on the page and in which order; how it looks is in `page.html` and `page.css`
beside this file. The page fetches nothing, and its policy forbids it to.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import Environment

from contract_tests.call import NotJson, Reply
from contract_tests.history.curl import overlapping
from contract_tests.report.chart import HEIGHT, WIDTH, Chart, chart
from contract_tests.report.sentence import Standing, counts, end, failures, headline, observations, standing, why
from contract_tests.report.telling import origin_of, script
from contract_tests.report.templates import environment
from contract_tests.verdict import Failure, Level, Report, Result, Step

_OPEN, _CLOSE = "\ue000", "\ue001"  # around digits, while the standard library takes them for a text
_DIGITS: Final = re.compile(f'"{_OPEN}([0-9.eE+-]+){_CLOSE}"')
_LONGEST_BODY: Final = 12_000  # characters of a body that are shown


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure around one step; None where it was not told."""

    name: str
    before: int | None
    after: int | None

    @property
    def moved(self) -> bool:
        """Whether the step changed it, as far as both sides are known."""
        return self.before is not None and self.after is not None and self.before != self.after


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a history as it is shown."""

    number: int
    step: Step
    request: str
    reply: str
    figures: tuple[Figure, ...]
    at_once: bool  # it was under way together with others
    last: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One failure as it is shown."""

    result: Result
    failure: Failure
    moments: tuple[Moment, ...]
    chart: Chart | None
    script: str


def html_text(report: Report, *, strict: bool = False) -> str:
    """The page."""
    return (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            outcome=end(report, strict=strict),
            headline=headline(report),
            cards=[_card(report, result, failure) for result, failure in failures(report)],
            still_open=[result for result in report.results if why(result)],
            levels=[level for level in Level if any(result.rule.level is level for result in report.results)],
            standings=list(Standing),
            command=command(report),
            style=_file("page.css"),
            width=WIDTH,
            height=HEIGHT,
        )
    )


def command(report: Report) -> str:
    """How to run the same check again, without its secrets, as a shell takes it."""
    if report.command:
        return shlex.join(report.command)
    scope = [word for key, value in origin_of(report).scope.items() for word in ("--scope", f"{key}={value}")]
    token = ["--token-env", "TOKEN"] if origin_of(report).bearer else []
    words = ["fixtura", "check", report.target, "--api", report.api, *scope, *token, "--seed", str(report.seed)]
    return shlex.join(words)


def _card(report: Report, result: Result, failure: Failure) -> Card:
    crowded = {index for group in overlapping(failure.history) if len(group) > 1 for index in group}
    steps = range(len(failure.history))
    return Card(
        result=result,
        failure=failure,
        moments=tuple(_moment(index, failure.history, at_once=index in crowded) for index in steps),
        chart=chart(failure.history),
        script=script(report, result, failure),
    )


def _moment(index: int, history: Sequence[Step], *, at_once: bool) -> Moment:
    step = history[index]
    names = dict.fromkeys([*step.before, *step.after])
    body = step.call.body
    return Moment(
        number=index + 1,
        step=step,
        request="" if body is None else _clipped(_pretty(body)),
        reply=_clipped(_reply(step.reply)),
        figures=tuple(Figure(name, step.before.get(name), step.after.get(name)) for name in names),
        at_once=at_once,
        last=index == len(history) - 1,
    )


def _reply(reply: Reply) -> str:
    try:
        return _written(reply.json(), indent=2)
    except (NotJson, RecursionError):
        return reply.body.decode("utf-8", "replace")


def _pretty(body: bytes) -> str:
    """A request's body, indented when it is plain JSON and exactly as sent when it is not."""
    text = body.decode("utf-8", "backslashreplace")
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return text
    return _written(data, indent=2) if _written(data) == text else text


def _written(data: Any, indent: int | None = None) -> str:
    """The data as JSON, decimals as the numbers that they are, with their own digits."""
    text = json.dumps(data, indent=indent, ensure_ascii=False, default=lambda number: f"{_OPEN}{number}{_CLOSE}")
    return _DIGITS.sub(r"\1", text)


def _clipped(text: str) -> str:
    """Text that a page can hold: not endless, and without halves of surrogate pairs."""
    sound = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if len(sound) <= _LONGEST_BODY:
        return sound
    return f"{sound[:_LONGEST_BODY]}\n… {len(sound) - _LONGEST_BODY:,} more characters"


def _number(value: int) -> str:
    return f"{value:,}".replace("-", "\u2212")


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = environment(_file)
    made.filters |= {"number": _number}
    made.globals |= {"standing": standing, "observations": observations, "why": why, "counts": counts}
    return made
