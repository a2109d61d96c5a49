"""A second way to the pools: one long loop over decimals, as the fact sheet reads, for groups of every kind.

Slow and simple on purpose; it shares nothing with the engine but the shape of what goes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from mock_server.domain.pools import Below, Group, Happening, Kept, Rules

SIGNS = {
    "bought": 1, "improved": 1, "granted": -1, "input_tax": 1, "split_out": -1, "proceeds": -1,
    "grants_repaid": -1, "proceeds_as_income": 1, "gains_reinvested": 1, "gain_write_downs": -1,
}  # fmt: skip

Row = tuple[str, str, int, int, int, int]  # group, key, depreciation, income, transferred, closing


def rounded(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_UP))


def years(rules: Rules, happenings: Sequence[Happening], through: int) -> list[tuple[int, list[Row], tuple[int, int]]]:
    """Each year's pools, and what the account takes and keeps."""
    with localcontext() as context:
        context.prec = 60
        return _years(rules, happenings, through)


def _years(rules: Rules, happenings: Sequence[Happening], through: int) -> list[tuple[int, list[Row], tuple[int, int]]]:
    known = [one for one in happenings if one.year <= through]
    held: dict[tuple[str, str], int] = defaultdict(int)
    account, found = 0, []
    for year in range(min((one.year for one in known), default=through + 1), through + 1):
        small = rules.limits.small_minor(year)
        rows: list[Row] = []
        for name in sorted(rules.groups):
            group = rules.groups[name]
            here = [one for one in known if one.group == name]
            for key in sorted({which(group.kept, one) for one in here}):
                mine = [one for one in here if which(group.kept, one) == key]
                now = [one for one in mine if one.year == year]
                if not now and held[name, key] == 0:
                    continue
                rows.append(row := (name, key, *closed(group, mine, now, held[name, key], small)))
                held[name, key] = row[-1]
        account += sum(row[4] for row in rows)
        if 0 < account < small:
            taken = account
        else:
            share = Decimal(rules.account_rate.numerator) / rules.account_rate.denominator
            taken = rounded(account * share)
        account -= taken
        found.append((year, rows, (taken, account)))
    return found


def closed(
    group: Group, mine: list[Happening], now: list[Happening], basis: int, small: int
) -> tuple[int, int, int, int]:
    """Depreciation, income, what is transferred, and what is left."""
    rate = group.rate
    for one in mine:
        if one.rate is not None and group.kept is Kept.BY_ASSET:
            rate = one.rate
    for one in now:
        basis += sum(sign * getattr(one.movements, f"{part}_minor") for part, sign in SIGNS.items())
    share = Decimal(basis) * rate.numerator / rate.denominator
    if group.kept is Kept.BY_ASSET and any(one.left for one in now):
        return 0, 0, -basis, 0
    if basis > 0:
        return rounded(share), 0, 0, basis - rounded(share)
    if group.below is Below.ACCOUNT:
        return 0, 0, -basis, 0
    if basis > -small:
        return 0, -basis, 0, 0
    return 0, rounded(-share), 0, basis + rounded(-share)


def which(kept: Kept, one: Happening) -> str:
    return "" if kept is Kept.TOGETHER else one.place if kept is Kept.BY_PLACE else one.asset_id
