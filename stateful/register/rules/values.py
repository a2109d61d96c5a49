"""V and L: what an asset is worth, by its own figures and by the ledger (accounting.md 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.model.register import settled
from stateful.register.operations import PRICE, TYPE, Status
from stateful.register.scene import Scene
from stateful.register.sights import SeenAsset, SeenBalances, SeenEntries
from stateful.rules.finding import Finding, documented, law, money, verdict


@law("L1", Level.MUST, "Every journal's debits equal its credits, exactly", "Double entry")
def balanced(scene: Scene) -> Iterator[Finding]:
    """Sum of each journal that was shown."""
    for seen in scene.of(SeenEntries):
        for entry in seen.rows:
            total = sum(minor for _, minor in entry.lines)
            yield verdict(total == 0, f"a journal of {entry.on} adds up to {money(total)}", "zero", (seen.at,))


@law("L3", Level.MUST, "The balances of all accounts add up to zero", "L1, summed", of_books=True)
def zero_sum(scene: Scene) -> Iterator[Finding]:
    """All balances of an organisation."""
    for balances in scene.of(SeenBalances):
        total = sum(balances.rows.values())
        yield verdict(total == 0, f"the balances add up to {money(total)}", "zero", (balances.at,))


@law("V5", Level.MUST, "A book value is never below zero", "IAS 16.54 and IAS 36: what is charged is limited")
def never_negative(scene: Scene) -> Iterator[Finding]:
    """Book values of assets in use and of disposed ones."""
    for shown in scene.assets():
        if shown.book is not None and shown.status is not Status.DRAFT:
            yield verdict(shown.book >= 0, f"{shown.key} stands at {money(shown.book)}", "zero or more", (shown.at,))


@law(
    "V1",
    Level.MUST,
    "The book value is the price less all depreciation, as the figures beside it and the ledger show it",
    "IAS 16.30; the API documents the figures",
)
def fold(scene: Scene) -> Iterator[Finding]:
    """The figures of one record beside each other, and beside what was posted for it."""
    for shown in scene.assets():
        price = _price(scene, shown)
        if price is None or shown.book is None or shown.accumulated is None or shown.status is not Status.REGISTERED:
            continue
        fits = settled(shown.book, price, shown.accumulated, shown.prior)
        seen = f"{shown.key}: book value {money(shown.book)}, accumulated {money(shown.accumulated)}"
        expected = f"{money(price)} less depreciation"
        yield verdict(bool(fits & scene.readings), seen, expected, (shown.at,))
        for course in scene.courses:
            if course.asset == shown.key:
                seen = f"{shown.key} stands at {money(shown.book)}; {money(course.total)} was posted"
                good = shown.book == price - course.total
                yield verdict(good, seen, money(price - course.total), (shown.at, *course.at))
    for balances in scene.of(SeenBalances):
        if scene.own and scene.accounts is not None and scene.courses and not scene.disposals:
            stands = -balances.rows.get(scene.accounts.accumulated, 0)
            total = sum(course.total for course in scene.courses)
            seen = f"the account of accumulated depreciation stands at {money(stands)}"
            yield verdict(stands == total, seen, f"{money(total)}, as its lines add up to", (balances.at,))


@documented("locks")
def locks(scene: Scene) -> Iterator[Finding]:
    """The locks of types in an organisation of the kit's own, of which it knows every asset."""
    if not scene.own or not scene.courses:
        return
    used = {str(kept.members.get(TYPE)) for key, kept in scene.after.items() if _charged(scene, key)}
    for kind in scene.types():
        if kind.key in scene.after and kind.locks is not None:
            good = (kind.locks > 0) == (kind.key in used)
            expected = "above zero" if kind.key in used else "zero"
            yield verdict(good, f"{kind.key} has {kind.locks} locks", expected, (scene.place,))


def _charged(scene: Scene, key: str) -> bool:
    return any(course.asset == key and course.total for course in scene.courses)


def _price(scene: Scene, shown: SeenAsset) -> int | None:
    kept = scene.after.get(shown.key)
    price = shown.members.get(PRICE) if kept is None else kept.members.get(PRICE)
    return price if isinstance(price, int) else None
