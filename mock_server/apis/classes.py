"""How an asset goes down by its class: the terms of a schedule.

Decides what the three ways of a class come to (DECISIONS 30, 31). Knows no API: which classes there are, and
their rates, is an API's data (`spec.AssetClass`).

    terms = terms_of(asset_class, 10_000_000, date(2024, 5, 10))
    Schedule(terms)                                  # the years of a declining balance, the months of a linear class
    charge_of_year(terms, 2025, charged_minor, gone) # what a year charges, given what was charged before
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from mock_server.domain.schedule import Averaging, BadTerms, Method, Terms, YearEnd
from spec import AssetClass, Fall

_MONTHS: Final = 12
_WAYS: Final = {
    Fall.DECLINING_YEARS: (Method.DIMINISHING, Averaging.WHOLE_YEAR),
    Fall.LINEAR: (Method.STRAIGHT_LINE, Averaging.FULL_MONTH),
    Fall.NONE: (Method.NONE, Averaging.FULL_MONTH),
}


def terms_of(
    asset_class: AssetClass, cost_minor: int, start: date, *, by_life: bool = False, year_end: YearEnd | None = None
) -> Terms:
    """The terms of an asset of that class, acquired on `start`.

    A linear class takes its rate of the cost a year, and the remainder last. by_life: it is spread over the
    life that the rate stands for instead, in equal months. year_end: of the financial years, calendar years by default.

    Raises BadTerms: what `Terms` raises, and `by_life` of a class that is not linear.
    """
    method, averaging = _WAYS[asset_class.fall]
    if by_life and asset_class.fall is not Fall.LINEAR:
        raise BadTerms(f"{asset_class.code} has no life: only a linear class has one.")
    return Terms(
        cost_minor=cost_minor,
        start=start,
        method=method,
        averaging=averaging,
        rate=None if by_life else asset_class.yearly,
        life=Fraction(life_months(asset_class.yearly), _MONTHS) if by_life else None,
        year_end=year_end or YearEnd(),
    )


def life_months(yearly: Fraction) -> int:
    """The life that a linear rate stands for, in whole months: 36 at 33 %."""
    return (_MONTHS / yearly + Fraction(1, 2)) // 1
