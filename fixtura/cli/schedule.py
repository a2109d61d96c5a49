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
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from contract_tests.report import check_writable
from fixtura import schedules
from fixtura.plotting import NoPlot, check_format, plot
from fixtura.schedules import METHODS, NoForm, TooLong, money
from mock_server.domain.schedule import Averaging, BadTerms, Period, Schedule, Terms, YearEnd, levelled
from mock_server.domain.schedule.calendar import month_end, month_number
from mock_server.domain.schedule.revision import Changes

_AVERAGINGS = {"full-month": Averaging.FULL_MONTH, "actual-days": Averaging.ACTUAL_DAYS}


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
@click.option("--through", type=DAY, metavar="DAY", help="Stop after the month of this day.")
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
    """Print how an asset is depreciated, month by month.

    Amounts are exact: months are rounded so that years, and straight line's whole life, add up to the cent.
    With --as, equal months are equal and the last one takes the rest.
    """
    if through and years:
        raise click.UsageError("--through and --years exclude each other")
    if form and api:
        raise click.UsageError(f"--{form} and --as exclude each other")
    asset = {"asset_id": asset_id, "asset_external_id": asset_external_id, "account": account}
    _check_asset(api, asset)
    try:
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
        schedule = schedules.with_revisions(Schedule(terms), revisions)
        end = through or (_after(start, years) if years else None)
        cut = levelled(schedule, end) if api else schedule.periods(end)
        periods = schedules.months(cut, limited=end is None)
        if picture:
            _draw(schedule, periods, picture, f"{_title(method, rate, life)}, cost {money(cost, ',')}")
        text = schedules.as_requests(api, periods, asset) if api else _FORMS[form](schedule, periods) if form else None
    except (BadTerms, TooLong, NoForm, NoPlot) as error:
        raise click.UsageError(str(error)) from error
    if text is None:
        Console().print(_table(schedule, periods, _title(method, rate, life)))
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


def _after(start: date, years: int) -> date:
    return month_end(min(month_number(start) + 12 * years - 1, month_number(date.max)))


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


def _number(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.6g}"


def _table(schedule: Schedule, periods: list[Period], title: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column("Month")
    table.add_column("Days", style="dim")
    for name in ("Charge", "Accumulated", "Carrying value"):
        table.add_column(name, justify="right")
    for index, period in enumerate(periods):
        following = periods[index + 1] if index + 1 < len(periods) else None
        closes = following is None or _year(schedule, following) != _year(schedule, period)
        amounts = (period.minor, period.accumulated_minor, period.carrying_minor)
        days = f"{period.first.day:02}-{period.last.day:02}"
        table.add_row(
            period.last.isoformat()[:7], days, *(money(amount, ",") for amount in amounts), end_section=closes
        )
    return table


def _year(schedule: Schedule, period: Period) -> int:
    return schedule.count.year_of(schedule.count.at(period.last))
