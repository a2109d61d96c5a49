"""`fixtura schedule`: a depreciation schedule without an asset, a server or an account.

Decides the options and which form is printed; how values are written is in `fixtura.schedules`, what is
charged when in `mock_server.domain.schedule`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from contract_tests.report import check_writable
from fixtura import schedules
from fixtura.plotting import NoPlot, check_format, plot
from fixtura.schedules import METHODS, NoForm, TooLong, money
from mock_server.apis.classes import terms_of
from mock_server.domain.schedule import Averaging, BadTerms, Period, Schedule, Terms, YearEnd
from mock_server.domain.schedule.revision import Changes
from spec import AssetClass, Fall

_AVERAGINGS = {
    "full-month": Averaging.FULL_MONTH,
    "actual-days": Averaging.ACTUAL_DAYS,
    "whole-year": Averaging.WHOLE_YEAR,
}
_SAID_BY_A_CLASS = ("method", "life", "rate", "residual", "cost_limit", "averaging")


class Written(click.ParamType):  # type: ignore[type-arg]  # generic in the newest click only
    """A value that one of the readers of `fixtura.schedules` understands."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the text; what is wrong with it is one sentence."""
        try:
            return self._read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


AMOUNT = Written("amount", schedules.read_amount)
DAY = Written("day", schedules.read_day)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("schedule")
@click.option("--cost", type=AMOUNT, required=True, metavar="AMOUNT", help="What the asset cost, e.g. 40000.00.")
@click.option(
    "--class",
    "asset_class",
    type=Written("class", schedules.read_class),
    metavar="CODE",
    help="Method and rate of an API's asset class, e.g. OFFICE_EQUIPMENT.",
)
@click.option("--by-life", is_flag=True, help="For a linear --class: over the life that its rate stands for.")
@click.option("--method", type=click.Choice(list(METHODS)), default="straight-line", show_default=True)
@click.option("--life", type=Written("years", schedules.read_number), metavar="YEARS", help="E.g. 5, 2.5 or 20/3.")
@click.option("--rate", type=Written("percent", schedules.read_percent), metavar="PERCENT", help="A year, e.g. 33.3.")
@click.option("--start", type=DAY, required=True, metavar="DAY", help="The first day of depreciation, YYYY-MM-DD.")
@click.option("--residual", type=AMOUNT, default="0", metavar="AMOUNT", help="What it is worth in the end.")
@click.option("--cost-limit", type=AMOUNT, metavar="AMOUNT", help="How much of the cost is depreciated.")
@click.option("--averaging", type=click.Choice(list(_AVERAGINGS)), default="full-month", show_default=True)
@click.option(
    "--year-end",
    type=Written("day of the year", schedules.read_year_end),
    default="12-31",
    show_default=True,
    metavar="MM-DD",
    help="When the financial year ends.",
)
@click.option("--through", type=DAY, metavar="DAY", help="Stop after the month (or year) of this day.")
@click.option("--years", type=click.IntRange(1, 1000), metavar="N", help="Stop after so many years from the start.")
@click.option(
    "--revise",
    "revisions",
    type=Written("re-estimate", schedules.read_revision),
    multiple=True,
    metavar="DAY:NAME=VALUE,…",
    help="Estimate anew from that day on: life= (years that remain), residual=, method=, rate=; repeatable.",
)
@click.option("--json", "form", flag_value="json", help="Print JSON; amounts in cents.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--as", "api", metavar="API", help="Print the requests that record the months with that API.")
@click.option("--asset-id", metavar="ID", help="For --as: whose months they are.")
@click.option("--asset-external-id", metavar="ID", help="For --as: the same, by your own id.")
@click.option("--account", metavar="NAME", help="For --as: the expense account, where it is not the API's usual one.")
@click.option("--plot", "picture", type=_FILE, metavar="FILE", help="Draw carrying value over time: .svg or .png.")
def command(
    *,
    cost: int,
    asset_class: AssetClass | None,
    by_life: bool,
    method: str,
    life: Fraction | None,
    rate: Fraction | None,
    start: date,
    residual: int,
    cost_limit: int | None,
    averaging: str,
    year_end: YearEnd,
    through: date | None,
    years: int | None,
    revisions: tuple[tuple[date, Changes], ...],
    form: str | None,
    api: str | None,
    asset_id: str | None,
    asset_external_id: str | None,
    account: str | None,
    picture: Path | None,
) -> None:
    """Print how an asset is depreciated, month by month, or year by year where whole years are counted.

    Amounts are exact: months are rounded so that years, and straight line's whole life, add up to the cent.
    With --as, equal months are equal and the last one takes the rest.
    """
    if through and years:
        raise click.UsageError("--through and --years exclude each other")
    if form and api:
        raise click.UsageError(f"--{form} and --as exclude each other")
    asset = {"asset_id": asset_id, "asset_external_id": asset_external_id, "account": account}
    _check_asset(api, asset)
    _check_class(asset_class, by_life)
    try:
        if asset_class:
            terms = terms_of(asset_class, cost, start, by_life=by_life, year_end=year_end)
        else:
            terms = Terms(
                cost_minor=cost,
                start=start,
                method=METHODS[method].method,
                averaging=_AVERAGINGS[averaging],
                rate=rate,
                life=life,
                factor=METHODS[method].factor,
                residual_minor=residual,
                limit_minor=cost_limit,
                year_end=year_end,
            )
        title = _class_title(asset_class, terms) if asset_class else _title(method, rate, life)
        schedule = schedules.with_revisions(Schedule(terms), revisions)
        end = through or (schedules.last_day(schedule, years) if years else None)
        periods = schedules.periods_of(schedule, end, equal=api is not None)
        if picture:
            _draw(schedule, periods, picture, f"{title}, cost {money(cost, ',')}")
        text = schedules.as_requests(api, periods, asset) if api else _FORMS[form](schedule, periods) if form else None
    except (BadTerms, TooLong, NoForm, NoPlot) as error:
        raise click.UsageError(str(error)) from error
    if text is None:
        Console().print(_table(schedule, periods, title))
    else:
        click.echo(text, nl=not text.endswith("\n") and bool(text))


_FORMS: dict[str, Callable[[Schedule, list[Period]], str]] = {
    "json": schedules.as_json,
    "csv": lambda _, periods: schedules.as_csv(periods),
}


def _check_asset(api: str | None, asset: dict[str, str | None]) -> None:
    named = [name for name in ("asset_id", "asset_external_id") if asset[name]]
    if api and len(named) != 1:
        raise click.UsageError("--as needs one of --asset-id and --asset-external-id")
    if not api and any(value is not None for value in asset.values()):
        raise click.UsageError("--asset-id, --asset-external-id and --account go with --as")


def _check_class(asset_class: AssetClass | None, by_life: bool) -> None:
    context = click.get_current_context()
    given = [name for name in _SAID_BY_A_CLASS if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if asset_class and given:
        also = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise click.UsageError(f"--class says how the asset goes down, so {also} cannot be said beside it")
    if by_life and not asset_class:
        raise click.UsageError("--by-life goes with --class")


def _draw(schedule: Schedule, periods: list[Period], picture: Path, title: str) -> None:
    check_format(picture)
    check_writable(picture)
    plot(schedule, periods, picture, title)


def _title(method: str, rate: Fraction | None, life: Fraction | None) -> str:
    words = method.replace("-", " ").capitalize()
    words = words.replace("Diminishing value 1", "Diminishing value, 1").replace("value 2", "value, 2")
    if "value" in words:
        words += " %"
    if rate is not None:
        return f"{words}, {_number(rate * 100)} % a year"
    return f"{words} over {_number(life)} {'year' if life == 1 else 'years'}" if life is not None else words


def _class_title(asset_class: AssetClass, terms: Terms) -> str:
    rate = f"{_number(asset_class.yearly * 100)} %"
    ways = {
        Fall.DECLINING_YEARS: f"{rate} a year of what is left",
        Fall.LINEAR: f"{rate} of the cost a year",
        Fall.NONE: "not depreciated",
    }
    way = f"over {_number(terms.life * 12)} months" if terms.life else ways[asset_class.fall]
    return f"{asset_class.name}, {way}"


def _number(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.6g}"


def _table(schedule: Schedule, periods: list[Period], title: str) -> Table:
    yearly = schedule.pieces.a_year == 1
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column("Year" if yearly else "Month")
    table.add_column("Days", style="dim")
    for name in ("Charge", "Accumulated", "Carrying value"):
        table.add_column(name, justify="right")
    for index, period in enumerate(periods):
        following = periods[index + 1] if index + 1 < len(periods) else None
        closes = following is None or _year(schedule, following) != _year(schedule, period)
        amounts = (period.minor, period.accumulated_minor, period.carrying_minor)
        table.add_row(
            f"{_year(schedule, period):04}" if yearly else period.last.isoformat()[:7],
            f"{period.first:%m-%d} to {period.last:%m-%d}" if yearly else f"{period.first:%d}-{period.last:%d}",
            *(money(amount, ",") for amount in amounts),
            end_section=closes and not yearly,
        )
    return table


def _year(schedule: Schedule, period: Period) -> int:
    return schedule.count.year_of(schedule.count.at(period.last))
