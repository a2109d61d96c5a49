"""Depreciation schedules: how much of an asset's cost is charged to which month. Pure, and usable alone.

From the leaves up: calendar (months, and where financial years end) · counting (time in months, days or
whole years) · terms (what a schedule is made of) · policies (what a year charges, one function a method) ·
schedule (months and any day) · revision (re-estimates that act forward only) · levelled (equal months, the
last takes the rest) · yearly (a year at a time, whatever was charged before) · disposal (gain and capital
gain).

    terms = Terms(cost_minor=4_000_000, start=date(2024, 2, 1), method=Method.STRAIGHT_LINE, life=Fraction(5))
    Schedule(terms).period(date(2024, 2, 29))      # 66 667 in February

Amounts are whole minor units; rates and lives are exact fractions. Nothing here knows an asset
register, a ledger or a vendor.
"""

from __future__ import annotations

from mock_server.domain.schedule.calendar import YearEnd
from mock_server.domain.schedule.counting import Averaging
from mock_server.domain.schedule.disposal import Gain, gain
from mock_server.domain.schedule.errors import BadTerms
from mock_server.domain.schedule.levelled import levelled
from mock_server.domain.schedule.revision import revised
from mock_server.domain.schedule.schedule import Period, Schedule
from mock_server.domain.schedule.terms import Method, Terms
from mock_server.domain.schedule.yearly import charge_of_year

__all__ = [
    "Schedule",
    "Period",
    "Terms",
    "Method",
    "Averaging",
    "YearEnd",
    "BadTerms",
    "revised",
    "levelled",
    "charge_of_year",
    "Gain",
    "gain",
]
