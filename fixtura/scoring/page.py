"""A score as one HTML page for reading.

Decides what stands on the page; how it looks is in `score.html` and `score.css` beside this file, on top of
the style of the kit's reports. The page fetches nothing, and its policy forbids it to.
"""

from __future__ import annotations

import shlex
from functools import cache
from importlib import resources

from jinja2 import Environment

from contract_tests.report.templates import environment
from fixtura.scoring import telling
from fixtura.scoring.tally import Score, Share


def html_text(score: Score) -> str:
    """The page."""
    times = telling.times(score)
    return (
        _environment()
        .get_template("score.html")
        .render(
            score=score,
            totals=score.totals,
            share=Share.of(score.shots),
            asked=score.totals.asked,
            rows=telling.rows(score),
            times=times,
            most=max(1, *(one.many for one in times)),
            servers=telling.of_server(score.cleans),
            circumstances=telling.circumstances(),
            command=shlex.join(score.command),
            style=_style(),
            telling=telling,
        )
    )


def _style() -> str:
    shared = resources.files("contract_tests.report").joinpath("page.css").read_text("utf-8")
    return shared + _file("score.css")


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return environment(_file)
