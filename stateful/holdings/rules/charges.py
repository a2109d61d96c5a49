"""D, V and X: what assets of a class cost, are charged and leave behind, by the ledger (accounting.md 3, 4, 9).

Each asset has a course of its own, so that the floors of accounting hold for it, whatever tax law does to a pool of
many. A year is judged to the minor unit, because a document may round a charge up or down.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.holdings.scene import Course, Scene
from stateful.holdings.sights import SeenBook
from stateful.model.classes import Way, charge, taken
from stateful.rules.finding import Finding, documented, exactly, law, money, verdict


@documented("class-accounts")
def class_accounts(scene: Scene) -> Iterator[Finding]:
    """Which accounts hold something of an asset in use: those of its class, with the asset on every line."""
    for course in scene.courses:
        kind = course.held.kind
        cost = sum(max(0, row.net(kind.cost_account, course.asset)) for row in course.entries.rows)
        seen = f"account {kind.cost_account} was debited {money(cost)} for {course.asset}"
        yield verdict(cost == course.held.cost, seen, money(course.held.cost), (course.entries.at,))
        for year, minor in course.charges():
            expense = sum(
                row.net(kind.expense_account or "", course.asset)
                for row in course.entries.rows
                if row.on.year == year and row.net(kind.accumulated_account or "", course.asset) < 0
            )
            seen = f"account {kind.expense_account} was debited {money(expense)} for {course.asset} in {year}"
            yield verdict(expense == minor, seen, f"{money(minor)}, as accumulated", (course.entries.at,))


@law(
    "V7",
    Level.MUST,
    "An asset of a class without depreciation is never charged",
    "The API documents the method none; IAS 16.58",
)
def never_charged(scene: Scene) -> Iterator[Finding]:
    """Charges of assets such as land."""
    for course in scene.courses:
        if course.held.kind.way is Way.NONE:
            rows, wanted = len(course.entries.rows), 1 if course.held.until is None else 2
            seen = f"{course.asset} has {rows} entries through {course.holding.through}"
            told = "its purchase alone" if wanted == 1 else "its purchase and its disposal alone"
            yield verdict(rows == wanted, seen, told, (course.entries.at,))


@law("D2", Level.MUST, "No charge is below zero, so that accumulated depreciation never falls by itself", "IAS 16.50")
def never_back(scene: Scene) -> Iterator[Finding]:
    """Every charge of an asset."""
    for course in scene.courses:
        wrong = [f"{money(minor)} in {year}" for year, minor in course.charges() if minor < 0]
        if course.total:
            yield verdict(not wrong, f"{course.asset}: {', '.join(wrong)}", "zero or more", (course.entries.at,))


@law("V3", Level.MUST, "Accumulated depreciation never exceeds the cost", "IAS 16.50, 16.54")
def never_beyond(scene: Scene) -> Iterator[Finding]:
    """All charges of an asset, in its own course."""
    for course in scene.courses:
        if course.total:
            seen = f"{money(course.total)} was charged for {course.asset}"
            yield verdict(
                course.total <= course.held.cost, seen, f"at most {money(course.held.cost)}", (course.entries.at,)
            )


@law(
    "T2",
    Level.MUST,
    "A straight line's first year counts from the month of acquisition; a declining balance's is a whole one",
    "The API documents the methods; skatteloven 14-43, and the tax administration's calculator",
)
def first_year(scene: Scene) -> Iterator[Finding]:
    """The charge of the year of acquisition."""
    yield from _years(scene, first=True)


@law(
    "D1",
    Level.MUST,
    "A year charges the class's rate: of what is left in a declining balance, of the cost in a straight line",
    "The API documents each class's method and rate",
)
def whole_years(scene: Scene) -> Iterator[Finding]:
    """Every later year that was run, by what had been charged before it; and all of them together."""
    yield from _years(scene, first=False)
    for course in scene.courses:
        through, held = course.holding.through, course.held
        if through >= held.since.year and held.until is None and held.kind.way is not Way.NONE:
            exact = taken(held, through)
            years = through - held.since.year + 1
            seen = f"{money(course.total)} was charged for {course.asset} through {through}"
            # Each year's rounding is carried on at a rate below 1.
            good = abs(course.total - exact) <= years
            yield verdict(good, seen, f"{exactly(exact)}, {held.kind.way.value}", (course.entries.at,))


@law(
    "D3",
    Level.MUST,
    "A year is charged once, however often depreciation is run",
    "A run that is repeated posts nothing twice (accounting.md O6)",
)
def charged_once(scene: Scene) -> Iterator[Finding]:
    """How many entries charge an asset in a year."""
    for course in scene.courses:
        kind = course.held.kind
        rows = [row for row in course.entries.rows if row.net(kind.accumulated_account or "", course.asset) < 0]
        years = [row.on.year for row in rows]
        twice = sorted({year for year in years if years.count(year) > 1})
        if years:
            seen = f"{course.asset} is charged more than once in {', '.join(map(str, twice))}"
            yield verdict(not twice, seen, "one charge a year", (course.entries.at,))


@law("V5", Level.MUST, "A carrying amount is never below zero", "IAS 16.54 and IAS 36: what is charged is limited")
def never_negative(scene: Scene) -> Iterator[Finding]:
    """What the books show of an asset."""
    for book in scene.of(SeenBook):
        yield verdict(book.carrying >= 0, f"{book.asset} stands at {money(book.carrying)}", "zero or more", (book.at,))


@law(
    "V2",
    Level.MUST,
    "The carrying amount is the cost less all depreciation, as the books and the ledger show it",
    "IAS 16.30; the control plane documents the figures",
)
def carrying(scene: Scene) -> Iterator[Finding]:
    """The books' figures of an asset beside each other, and beside its entries."""
    courses = {course.asset: course for course in scene.courses}
    for book in scene.of(SeenBook):
        seen = (
            f"{book.asset}: cost {money(book.cost)}, accumulated {money(book.accumulated)}, {money(book.carrying)} left"
        )
        yield verdict(book.carrying == book.cost - book.accumulated, seen, "cost less accumulated", (book.at,))
        course = courses.get(book.asset)
        if course is not None and course.held.until is None:
            right = (course.held.cost, course.total)
            told = f"cost {money(right[0])}, accumulated {money(right[1])}, as posted"
            yield verdict((book.cost, book.accumulated) == right, seen, told, (book.at, course.entries.at))


@law(
    "X3",
    Level.MUST,
    "A disposal clears cost and accumulated depreciation in full, and nothing is charged afterwards",
    "IAS 16.67, 16.55",
)
def cleared(scene: Scene) -> Iterator[Finding]:
    """What stands on an asset's accounts after its disposal."""
    for course in _disposed(scene):
        kind = course.held.kind
        for name, account in (("cost", kind.cost_account), ("accumulated depreciation", kind.accumulated_account)):
            left = sum(row.net(account or "", course.asset) for row in course.entries.rows)
            seen = f"{money(left)} is left of the {name} of {course.asset}"
            yield verdict(left == 0, seen, "nothing", (course.entries.at,))
        last = _end(course) - (kind.way is Way.DECLINING)
        late = [f"{money(minor)} in {year}" for year, minor in course.charges() if year > last]
        seen = f"{course.asset} was charged {', '.join(late)}"
        yield verdict(not late, seen, f"nothing after {last}", (course.entries.at,))


@law("X2", Level.MUST, "Gain or loss is the proceeds less the carrying amount", "IAS 16.68, 16.71")
def gains(scene: Scene) -> Iterator[Finding]:
    """The result of a disposal, as the books show it and as its entry does."""
    books = {book.asset: book for book in scene.of(SeenBook)}
    for course in _disposed(scene):
        right = course.holding.proceeds - (course.held.cost - course.total)
        book = books.get(course.asset)
        if book is not None and book.gain is not None:
            seen = f"{course.asset} brought {money(book.gain)} for {money(course.holding.proceeds)}"
            yield verdict(book.gain == right, seen, money(right), (book.at, course.entries.at))
        clearing, kind = course.clearing(), course.held.kind
        if clearing is not None:
            moved = {kind.cost_account, kind.accumulated_account}
            rest = sorted(-minor for code, _, minor in clearing.lines if code not in moved)
            wanted = sorted(minor for minor in (-course.holding.proceeds, right) if minor)
            seen = f"the disposal of {course.asset} posts {', '.join(map(money, rest))} beside what it clears"
            told = f"proceeds {money(course.holding.proceeds)}, gain or loss {money(right)}"
            yield verdict(rest == wanted, seen, told, (course.entries.at,))


def _years(scene: Scene, *, first: bool) -> Iterator[Finding]:
    for course in scene.courses:
        held, charged = course.held, dict(course.charges())
        if held.kind.way is Way.NONE:
            continue
        last = course.holding.through if held.until is None else min(course.holding.through, held.until.year)
        for year in range(held.since.year, last + 1):
            if (year == held.since.year) is first:
                exact = charge(held, year, course.before(year))
                seen = f"{course.asset}: {money(charged.get(year, 0))} in {year}"
                told = f"{exactly(exact)}, {held.kind.way.value}"
                yield verdict(abs(charged.get(year, 0) - exact) <= 1, seen, told, (course.entries.at,))


def _disposed(scene: Scene) -> Iterator[Course]:
    return (course for course in scene.courses if course.held.until is not None)


def _end(course: Course) -> int:
    return course.held.until.year if course.held.until is not None else 9999
