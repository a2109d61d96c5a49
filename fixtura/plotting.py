"""A schedule as a picture: carrying value over time.

Decides what the picture shows. Matplotlib draws it; it is imported when a picture is asked for, and need
not be installed otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from fixtura.schedules import money
from mock_server.domain.schedule import Period, Schedule

FORMATS: Final = (".svg", ".png")
_INK: Final = "#1f4e79"
_FAINT: Final = "#6b7078"
_MARK: Final = "#b5651d"


class NoPlot(Exception):
    """What a picture needs is not there. The text is one sentence."""


def check_format(path: Path) -> None:
    """Raises NoPlot unless the file's name says SVG or PNG."""
    if path.suffix.lower() not in FORMATS:
        raise NoPlot(f"{path} is no {' or '.join(FORMATS)} file")


def plot(schedule: Schedule, periods: Sequence[Period], path: Path, title: str) -> None:
    """Draw the carrying value at the end of each month, or year, as a staircase. Raises NoPlot, OSError."""
    check_format(path)
    mpl, dates, figures, ticks = (_part(name) for name in ("", ".dates", ".figure", ".ticker"))
    days = [schedule.start, *(period.last for period in periods)]
    values = [schedule.terms.cost_minor / 100, *(period.carrying_minor / 100 for period in periods)]
    residual = schedule.terms.residual_minor
    # Text stays text, and the same schedule gives the same file.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "fixtura", "font.size": 10}):
        figure = figures.Figure(figsize=(9, 4.8), layout="constrained")
        axes = figure.add_subplot()
        axes.step(days, values, where="post", color=_INK, linewidth=1.6, label="carrying value")
        axes.fill_between(days, values, step="post", color=_INK, alpha=0.08, linewidth=0)
        label = f"residual value {money(residual, ',')}"
        axes.axhline(residual / 100, color=_FAINT, linewidth=1.2, linestyle="--", label=label)
        for index, day in enumerate(_revisions(schedule)):
            axes.axvline(day, color=_MARK, linewidth=1.2, linestyle=":", label="_" if index else "re-estimate")
        axes.set_title(title, loc="left", fontsize=12)
        axes.set_ylabel("carrying value")
        axes.set_xlabel("end of year" if schedule.pieces.a_year == 1 else "end of month")
        axes.set_ylim(bottom=0)
        axes.margins(x=0.01)
        locator = dates.AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))
        axes.yaxis.set_major_formatter(ticks.StrMethodFormatter("{x:,.0f}" if values[0] >= 10 else "{x:,.2f}"))
        axes.grid(axis="y", color="#e4e6ea", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, loc="upper right")
        figure.savefig(path, dpi=150, metadata={"Date": None} if path.suffix.lower() == ".svg" else None)


def _part(name: str) -> Any:
    try:
        return import_module(f"matplotlib{name}")
    except ImportError as error:
        raise NoPlot("--plot needs matplotlib: pip install 'fixtura[plot]'") from error


def _revisions(schedule: Schedule) -> list[date]:
    days = []
    while schedule.before is not None:
        days.append(schedule.terms.start)
        schedule = schedule.before
    return days
