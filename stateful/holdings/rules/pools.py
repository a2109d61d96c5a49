"""P: the tax balances of a year, a report beside the books (skatteloven 14; the tax administration's calculator).

A pool may go below zero, which no asset of the books may: what is negative is income, or goes to the account of
gains and losses. A report posts nothing, so that its figures are judged against what was bought and sold alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.holdings.scene import Holding, Scene
from stateful.holdings.sights import SeenPool, SeenPools
from stateful.model.classes import COLLECTIVE, Way, charged_at_least, charged_at_most, taken_to_income
from stateful.rules.finding import Finding, exactly, law, money, verdict

_SOURCE = "skatteloven 14-43 to 14-46; the tax administration's calculator"


@law("P1", Level.MUST, "A pool opens with what it closed with the year before", _SOURCE)
def opens(scene: Scene) -> Iterator[Finding]:
    """Reports of years that follow each other."""
    reports = {report.year: report for report in scene.of(SeenPools)}
    for year, report in reports.items():
        earlier = reports.get(year - 1)
        for row in report.rows:
            if earlier is not None:
                closed = sum(one.closing for one in earlier.rows if _same(one, row))
                seen = f"{_name(row)} of {year} opens with {money(row.pool.opening)}"
                yield verdict(row.pool.opening == closed, seen, money(closed), (earlier.at, report.at))


@law("P2", Level.MUST, "A pool's basis is its opening, what was bought in the year, less what sales brought", _SOURCE)
def basis(scene: Scene) -> Iterator[Finding]:
    """Each part of a basis, beside what was bought and sold in the client account."""
    for report in scene.of(SeenPools):
        for group in sorted(
            {holding.held.kind.group for holding in scene.holdings if holding.held.kind.group} - {None}
        ):
            rows = [row for row in report.rows if row.pool.group == group]
            bought = sum(one.held.cost for one in _of(scene, group) if one.held.since.year == report.year)
            sold = sum(
                one.proceeds for one in _of(scene, group) if one.held.until and one.held.until.year == report.year
            )
            seen_bought, seen_sold = sum(row.pool.bought for row in rows), sum(row.pool.sold for row in rows)
            seen = f"group {group} of {report.year}: {money(seen_bought)} bought, {money(seen_sold)} sold"
            told = f"{money(bought)} and {money(sold)}"
            yield verdict((seen_bought, seen_sold) == (bought, sold), seen, told, (report.at,))
        for row in report.rows:
            seen = f"{_name(row)} of {report.year} has a basis of {money(row.basis)}"
            yield verdict(row.basis == row.pool.basis, seen, money(row.pool.basis), (report.at,))


@law("P3", Level.MUST, "A positive basis is depreciated at the class's rate, whatever the day of purchase", _SOURCE)
def depreciates(scene: Scene) -> Iterator[Finding]:
    """Pools whose basis is above zero, but for those of a single asset that is gone."""
    for report in scene.of(SeenPools):
        for row in report.rows:
            if row.pool.basis > 0 and not _gone(scene, row, report.year):
                least, most = charged_at_least(row.pool), charged_at_most(row.pool, report.year)
                seen = f"{_name(row)} of {report.year} is depreciated by {money(row.charge)}"
                good = least - 1 <= row.charge <= most + 1
                yield verdict(good, seen, f"{row.pool.rate} of {money(row.pool.basis)}", (report.at,))


@law(
    "P4",
    Level.MUST,
    "A negative basis is income at the rate, or whole where it is small; of a single asset, a gain",
    _SOURCE,
)
def income(scene: Scene) -> Iterator[Finding]:
    """Pools whose basis is below zero, and those of a single asset that is gone."""
    for report in scene.of(SeenPools):
        for row in report.rows:
            alone = _gone(scene, row, report.year)
            if row.pool.basis >= 0 and not alone:
                continue
            shown = (row.charge, row.income, row.gain)
            right = taken_to_income(row.pool, report.year)
            seen = f"{_name(row)} of {report.year}: depreciated {shown[0]:,}, income {shown[1]:,}, gain {shown[2]:,}"
            told = f"depreciated 0, income {exactly(right[0])}, gain {money(right[1])}"
            good = not shown[0] and abs(shown[1] - right[0]) <= 1 and shown[2] == right[1]
            yield verdict(good, seen, told, (report.at,))


@law(
    "P5",
    Level.MUST,
    "A pool closes with its basis, less depreciation, plus income, and less what became a loss",
    _SOURCE,
)
def closes(scene: Scene) -> Iterator[Finding]:
    """The last figure of every pool."""
    for report in scene.of(SeenPools):
        for row in report.rows:
            right = row.pool.basis - row.charge + row.income + row.gain
            seen = f"{_name(row)} of {report.year} closes with {money(row.closing)}"
            yield verdict(row.closing == right, seen, money(right), (report.at,))


def _of(scene: Scene, group: str | None) -> Iterator[Holding]:
    return (one for one in scene.holdings if one.held.kind.group == group and one.held.kind.way is Way.DECLINING)


def _same(one: SeenPool, other: SeenPool) -> bool:
    return (one.pool.group, one.asset, one.pool.rate) == (other.pool.group, other.asset, other.pool.rate)


def _gone(scene: Scene, row: SeenPool, year: int) -> bool:
    """Whether the pool is that of a single asset, and that asset has left by the end of the year."""
    if row.pool.group in COLLECTIVE:
        return False
    held = [one.held for one in scene.holdings if one.asset == row.asset]
    return any(one.until is not None and one.until.year <= year for one in held)


def _name(row: SeenPool) -> str:
    return f"group {row.pool.group}" + (f" of {row.asset}" if row.asset else "")
