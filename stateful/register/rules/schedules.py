"""V, D and T: how much is charged when, and in all (accounting.md 3 to 6).

Schedules are judged by `Course`s, which the ledger shows, against the model's closed form: a financial
year to the cent, the whole life exactly, a single month to about a cent, because documents leave open
which months take the odd cents.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from contract_tests.verdict import Level
from stateful.model.register import FACTORS, Method
from stateful.model.register_course import elapsed, end_of_life, month_end, taken, year_charge
from stateful.register.scene import Course, Scene
from stateful.rules.finding import HELD, Finding, exactly, law, money, verdict

_DAY = timedelta(days=1)


@law(
    "D10",
    Level.MUST,
    "Full depreciation is one charge of the whole amount in the month of the start",
    "Help pages: expensed at once",
)
def at_once(scene: Scene) -> Iterator[Finding]:
    """Charges of assets that are depreciated in full at once."""
    for course in scene.courses:
        if course.plan.method is Method.FULL and course.whole > 0:
            run = course.through >= month_end(course.plan.start)
            wanted = ((month_end(course.plan.start), course.whole),) if run else ()
            months = tuple((month_end(on), minor) for on, minor in course.charges)
            yield verdict(months == wanted, _told(course), f"{money(course.whole)} in the first month", course.at)


@law(
    "V4",
    Level.MUST,
    "Where nothing is to be depreciated nothing is charged",
    "IAS 16.54: the charge is zero while the residual value is as high as the carrying amount",
)
def nothing_to_charge(scene: Scene) -> Iterator[Finding]:
    """Charges of assets whose residual value is their price, or without depreciation."""
    for course in scene.courses:
        if course.whole <= 0 or course.plan.method is Method.NONE:
            yield verdict(not course.total, _told(course), "no charge", course.at)


@law(
    "V3",
    Level.MUST,
    "Accumulated depreciation never exceeds the depreciable amount",
    "IAS 16.50, 16.54",
)
def never_beyond(scene: Scene) -> Iterator[Finding]:
    """All charges of an asset."""
    for course in scene.courses:
        if course.total:
            yield verdict(
                course.total <= max(0, course.whole), _told(course), f"at most {money(course.whole)}", course.at
            )


@law(
    "V2",
    Level.MUST,
    "The depreciable amount is the cost limit or the price, less the residual value",
    "IAS 16.6, 16.53; help pages",
)
def depreciable(scene: Scene) -> Iterator[Finding]:
    """What has been charged once a life is over: just that."""
    for course in _over(scene):
        expected = f"{money(course.whole)} of a price of {money(course.price)}"
        yield verdict(course.total == course.whole, _told(course), expected, course.at)


@law(
    "D2",
    Level.MUST,
    "No charge is below zero, so that accumulated depreciation never falls by itself",
    "IAS 16.50",
)
def never_back(scene: Scene) -> Iterator[Finding]:
    """Every charge of an asset."""
    for course in scene.courses:
        wrong = [f"{money(minor)} at {on}" for on, minor in course.charges if minor < 0]
        if course.charges:
            yield verdict(not wrong, f"{course.asset}: {', '.join(wrong)}", "zero or more", course.at)


@law(
    "D5",
    Level.MUST,
    "The rate of a diminishing value by life is 1, 1.5 or 2 divided by the life",
    "Help pages; IAS 16.62",
)
def rate_by_life(scene: Scene) -> Iterator[Finding]:
    """Whole financial years of diminishing values by life."""
    for course in scene.courses:
        if course.plan.method in FACTORS and course.plan.life is not None:
            yield from _years(course)


@law(
    "D1",
    Level.MUST,
    "The charges of a whole financial year are the method's to the cent, and those of a straight line's life all of it",
    "IAS 16.50; help pages: months may differ by cents so that the year is right",
)
def whole_years(scene: Scene) -> Iterator[Finding]:
    """Whole financial years; and all charges of a life that is over."""
    for course in scene.courses:
        yield from _years(course)
    for course in _over(scene):
        yield verdict(course.total == course.whole, _told(course), f"{money(course.whole)} in all", course.at)


@law(
    "T1",
    Level.SHOULD,
    "A start on the first day of a financial year makes that year a whole one",
    "Accounting practice: nothing is pro rata then",
)
def no_part_year(scene: Scene) -> Iterator[Finding]:
    """First financial years of assets that start with them."""
    for course in scene.courses:
        if course.plan.start == course.calendar.first_day(course.plan.start) and course.plan.yearly():
            for _first, last, _before, charged in list(course.years())[:1]:
                exact = min(Fraction(1), course.plan.yearly()) * course.whole
                seen = f"{course.asset}: {money(charged)} in the year to {last}"
                yield verdict(abs(charged - exact) <= 1, seen, f"{exactly(exact)}, a whole year's", course.at)


@law(
    "T2",
    Level.SHOULD,
    "A year that is cut counts from the start to its end, both days included",
    "Accounting practice: the first and the last part make one whole",
)
def both_ends(scene: Scene) -> Iterator[Finding]:
    """First financial years of assets that start within them."""
    for course in scene.courses:
        start = course.plan.start
        if start != course.calendar.first_day(start) and course.plan.yearly() and course.whole > 0:
            for _first, last, _before, charged in list(course.years())[:1]:
                exact = taken(course.plan, course.price, last, course.calendar)
                seen = f"{course.asset}: {money(charged)} from {start} to {last}"
                yield verdict(abs(charged - exact) <= 1, seen, exactly(exact), course.at)


@law(
    "T3",
    Level.SHOULD,
    "There is one charge a month, at its end, and no month is left out",
    "Help pages: depreciation is run to month ends",
)
def month_ends(scene: Scene) -> Iterator[Finding]:
    """The days of an asset's charges, none of which is too small to be seen."""
    for course in scene.courses:
        days = [on for on, _ in course.charges]
        if len(days) < 3:
            continue
        wanted = [month_end(days[0])]
        while len(wanted) < len(days):
            wanted.append(month_end(wanted[-1] + _DAY))
        wrong = [f"{on}" for on, expected in zip(days, wanted, strict=True) if on != expected]
        least = taken(course.plan, course.price, days[-1], course.calendar) / len(days)
        if least >= 2:  # below, a month may round to nothing
            yield verdict(not wrong, f"{course.asset} was charged at {', '.join(wrong[:3])}", "month ends", course.at)


@law(
    "D3",
    Level.SHOULD,
    "A month's charge is its share of the year's, to a cent",
    "Help pages: a year is spread over its months",
)
def months(scene: Scene) -> Iterator[Finding]:
    """Single months of financial years that have been run whole, but for those in which a life ends."""
    for course in scene.courses:
        end = end_of_life(course.plan)
        for first, last, before, charged in course.years():
            if course.plan.method is Method.FULL or (end is not None and end <= last):
                continue
            share = elapsed(course.plan, last, course.calendar) - elapsed(course.plan, first - _DAY, course.calendar)
            if before + charged == course.whole or not share:
                continue
            wrong = []
            for on, minor in course.charges:
                if first <= on <= last:
                    since = max(first, on.replace(day=1)) - _DAY
                    part = elapsed(course.plan, on, course.calendar) - elapsed(course.plan, since, course.calendar)
                    exact = charged * part / share
                    wrong += [f"{money(minor)} at {on}, {exactly(exact)} expected"] if abs(minor - exact) > 1 else []
            yield verdict(not wrong, f"{course.asset}: {'; '.join(wrong[:2])}", "within a cent", course.at)


def _over(scene: Scene) -> Iterator[Course]:
    """Courses of which all must have been charged by now."""
    for course in scene.courses:
        whole = taken(course.plan, course.price, course.through, course.calendar)
        if course.whole > 0 and whole == course.whole and course.plan.method not in FACTORS:
            yield course


def _years(course: Course) -> Iterator[Finding]:
    if course.whole <= 0 or course.plan.method is Method.NONE:
        return
    for _first, last, before, charged in course.years():
        exact = year_charge(course.plan, course.price, before, last, course.calendar)
        seen = f"{course.asset}: {money(charged)} in the year to {last}"
        if abs(charged - exact) <= 1:
            yield HELD
        else:
            yield verdict(False, seen, f"{exactly(exact)}, {course.plan.method.value}", course.at)


def _told(course: Course) -> str:
    return f"{money(course.total)} was charged for {course.asset} in {len(course.charges)} months to {course.through}"
