"""What others have worked out and published, replayed: textbooks, tax offices, vendors' pages, other programs."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fixtura import schedules
from fixtura.schedules import METHODS, read_amount, read_day, read_number, read_percent, read_revision, read_year_end
from mock_server.domain.schedule import Averaging, Period, Schedule, Terms, gain, levelled

EXAMPLES = tomllib.loads((Path(__file__).parent / "worked_examples.toml").read_text("utf-8"))
AVERAGINGS = {
    "full-month": Averaging.FULL_MONTH,
    "actual-days": Averaging.ACTUAL_DAYS,
    "whole-year": Averaging.WHOLE_YEAR,
}


def schedule_of(example: dict[str, Any]) -> Schedule:
    method = METHODS[example["method"]]
    terms = Terms(
        cost_minor=read_amount(example["cost"]),
        start=read_day(example["start"]),
        method=method.method,
        averaging=AVERAGINGS[example.get("averaging", "full-month")],
        rate=read_percent(example["rate"]) if "rate" in example else None,
        life=read_number(example["life"]) if "life" in example else None,
        factor=method.factor,
        residual_minor=read_amount(example.get("residual", "0")),
        year_end=read_year_end(example.get("year_end", "12-31")),
    )
    return schedules.with_revisions(Schedule(terms), map(read_revision, example.get("revise", [])))


def months_of(example: dict[str, Any], schedule: Schedule) -> list[Period]:
    wanted = 12 * (len(example.get("years", [])) + 3)
    through = schedule.start + timedelta(days=31 * wanted)
    return list(levelled(schedule, through) if example.get("levelled") else schedule.periods(through))


def by_year(schedule: Schedule, months: list[Period]) -> list[int]:
    """What each financial year charges, from the first."""
    years: dict[int, int] = defaultdict(int)
    for period in months:
        years[schedule.count.year_of(schedule.count.at(period.last))] += period.minor
    return list(years.values())


@pytest.mark.parametrize("example", EXAMPLES["schedule"], ids=lambda example: example["id"])
def test_a_published_schedule(example: dict[str, Any]) -> None:
    schedule = schedule_of(example)
    months = months_of(example, schedule)
    tolerance = read_amount(example.get("tolerance", "0"))
    expected = [read_amount(amount) for amount in example.get("years", [])]
    actual = by_year(schedule, months)[: len(expected)]
    assert len(actual) == len(expected)
    assert [(a, e) for a, e in zip(actual, expected, strict=True) if abs(a - e) > tolerance] == []
    charged = {period.last.isoformat()[:7]: period.minor for period in months}
    for month, amount in example.get("months", {}).items():
        assert abs(charged[month] - read_amount(amount)) <= tolerance, (month, charged[month])


@pytest.mark.parametrize("example", EXAMPLES["disposal"], ids=lambda example: example["id"])
def test_a_published_disposal(example: dict[str, Any]) -> None:
    split = gain(*(read_amount(example[name]) for name in ("price", "cost", "book")))
    assert schedules.money(abs(split.gain_loss_minor)) == example["gain_loss"].removeprefix("-")
    assert (split.gain_loss_minor < 0) == example["gain_loss"].startswith("-")
    assert schedules.money(split.capital_gain_minor) == example["capital_gain"]


def test_every_example_says_where_it_is_from_and_why_it_may_be_off() -> None:
    examples = EXAMPLES["schedule"] + EXAMPLES["disposal"]
    assert len({example["id"] for example in examples}) == len(examples)
    for example in examples:
        assert example["source"]
        assert example["address"].startswith("http")
        assert ("tolerance" in example) == ("because" in example), example["id"]
    for example in EXAMPLES["schedule"]:
        assert example.keys() & {"years", "months"}, example["id"]


def test_there_are_enough_of_them_from_enough_places() -> None:
    addresses = {example["address"] for example in EXAMPLES["schedule"]}
    assert len(EXAMPLES["schedule"]) >= 20
    assert len(addresses) >= 20
