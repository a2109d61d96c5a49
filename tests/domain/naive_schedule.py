"""A second way to a schedule: day by day and month by month, in fractions, as DECISIONS 25 reads.

Slow and simple on purpose; it shares nothing with the engine but the shape of its terms.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mock_server.domain.schedule import Averaging, Method, Terms

DAY = timedelta(days=1)


def half_up(amount: Fraction) -> int:
    return int((Decimal(amount.numerator) / Decimal(amount.denominator)).to_integral_value(ROUND_HALF_UP))


def year_end_after(day: date, terms: Terms) -> date:
    """The first day from `day` on that ends a financial year."""
    month, last = terms.year_end.month, terms.year_end.day
    if (month, last, terms.averaging) == (2, 28, Averaging.FULL_MONTH):
        last = 29  # whole months: the year ends with February
    while (day.month, day.day) != (month, last):
        tomorrow = day + DAY
        if last == 29 and month == 2 == day.month and tomorrow.month == 3:
            break
        day = tomorrow
    return day


def month_ends(start: date, count: int) -> list[date]:
    found, day = [], start
    while len(found) < count:
        if (day + DAY).month != day.month:
            found.append(day)
        day += DAY
    return found


def charges(terms: Terms, count: int) -> list[int]:
    """The charges of the first `count` months; the year must end with a month for whole months."""
    yearly = terms.rate
    if yearly is None:
        assert terms.life is not None
        yearly = 1 / terms.life
        if terms.method is Method.DIMINISHING:
            yearly = yearly * terms.factor / 100
    total = terms.depreciable_minor
    running, charged = Fraction(0), 0  # at the end of the financial year before
    ends = year_end_after(terms.start, terms)
    begins = year_end_after(ends - 370 * DAY, terms) + DAY
    while (ends - begins).days > 366:
        begins = year_end_after(begins, terms) + DAY
    found: list[int] = []
    shown = charged
    exact = running
    for number, month_end in enumerate(month_ends(terms.start, count), start=1):
        while month_end > ends:  # the old year closes
            exact = running + part(terms, begins, ends, ends) * slope(terms, total, charged, yearly)
            charged = min(total, half_up(exact))
            running = exact if terms.method is Method.STRAIGHT_LINE else Fraction(charged)
            begins, ends = ends + DAY, year_end_after(ends + DAY, terms)
        exact = running + part(terms, begins, ends, month_end) * slope(terms, total, charged, yearly)
        now = min(total, half_up(exact))
        if terms.method is Method.STRAIGHT_LINE and terms.life is not None and number >= months_of(terms):
            now = total
        found.append(now - shown)
        shown = now
    return found


def months_of(terms: Terms) -> int:
    """How many months a whole-month life touches; for days, one starting on the first."""
    assert terms.life is not None
    months = terms.life * 12
    touched = int(months) + (1 if months.denominator > 1 else 0)
    if terms.averaging is Averaging.ACTUAL_DAYS and terms.start.day > 1:
        touched += 1
    return touched


def slope(terms: Terms, total: int, charged: int, yearly: Fraction) -> Fraction:
    return yearly * (total if terms.method is Method.STRAIGHT_LINE else total - charged)


def part(terms: Terms, begins: date, ends: date, through: date) -> Fraction:
    """The part of the year from `begins` to `ends` that is depreciated through `through`."""
    first = max(begins, terms.start)
    if terms.averaging is Averaging.ACTUAL_DAYS:
        return Fraction((through - first).days + 1, (ends - begins).days + 1)
    return Fraction((through.year - first.year) * 12 + through.month - first.month + 1, 12)


def whole_years(terms: Terms, count: int) -> list[tuple[date, date, int]]:
    """The first `count` financial years: from when to when, and what each charges, whenever in it the asset came."""
    yearly, lives = terms.rate, None
    if yearly is None:
        assert terms.life is not None
        yearly = 1 / terms.life
        if terms.method is Method.DIMINISHING:
            yearly = yearly * terms.factor / 100
        else:
            lives = int(terms.life) + (1 if terms.life.denominator > 1 else 0)
    left, first, running = terms.depreciable_minor, terms.start, Fraction(0)
    found = []
    for number in range(1, count + 1):
        last = year_end_after(first, terms)
        if terms.method is Method.DIMINISHING:
            charge = half_up(left * yearly)
        else:
            charge = half_up(running + terms.depreciable_minor * yearly) - half_up(running)
            running += terms.depreciable_minor * yearly
        charge = left if number == lives else min(left, charge)
        left -= charge
        found.append((first, last, charge))
        first = last + DAY
    return found
