"""What one financial year charges, given what was charged before it.

Decides how books that are charged year by year go on where they differ from the schedule: a year was
left out, or charged less (DECISIONS 30, 31). What was left out stays in the books: diminishing value takes
its share of what is left, straight line no more than a year's worth and goes on for longer, the last
year of a life all the rest. Where the books are as the schedule says, so is the charge.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mock_server.domain.schedule.counting import Averaging
from mock_server.domain.schedule.schedule import half_up
from mock_server.domain.schedule.terms import Method, Terms


def charge_of_year(terms: Terms, year: int, charged_minor: int, gone: date | None = None) -> int:
    """The charge of the financial year that ends in `year`; never more than is left.

    charged_minor: all that was charged before. gone: the day on which the asset left the books, if it did.
    Counted in whole years, the year of that day charges nothing; otherwise that day or its month is the
    last to count, as those of the start are the first.
    """
    count = terms.count
    first, last = max(count.at(terms.start), count.first(year)), count.last(year)
    if gone is not None:
        last = min(last, count.at(gone) - (1 if terms.averaging is Averaging.WHOLE_YEAR else 0))
    left = terms.depreciable_minor - charged_minor
    if last < first or left <= 0:
        return 0
    if terms.method is Method.FULL or last >= _end(terms, last + 1):
        return left
    share = Fraction(last - first + 1, _length(terms, year))
    if terms.method is Method.DIMINISHING:
        return min(left, half_up(left * terms.yearly * share))
    gone_years = _years_before(terms, year)
    return min(left, _line(terms, gone_years + share) - _line(terms, gone_years))


def _end(terms: Terms, otherwise: int) -> int:
    if terms.method is not Method.STRAIGHT_LINE or terms.life is None:
        return otherwise
    return terms.count.end(terms.start, terms.life)


def _years_before(terms: Terms, year: int) -> Fraction:
    count, begin = terms.count, terms.count.at(terms.start)
    first_year = count.year_of(begin)
    if year == first_year:
        return Fraction(0)
    return Fraction(count.last(first_year) - begin + 1, _length(terms, first_year)) + year - first_year - 1


def _length(terms: Terms, year: int) -> int:
    return terms.count.last(year) - terms.count.first(year) + 1


def _line(terms: Terms, years: Fraction) -> int:
    """Straight line's running total after so many years, as if it never stopped."""
    return half_up(terms.depreciable_minor * terms.yearly * years)
