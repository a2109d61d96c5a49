"""X: what a disposal brings and clears; and the documented figures around runs and locks."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.model.register import gain
from stateful.register.operations import Status
from stateful.register.scene import Disposed, Scene
from stateful.register.sights import SeenSettings
from stateful.rules.finding import Finding, documented, law, money, verdict


@law(
    "X3",
    Level.MUST,
    "A disposal clears cost and accumulated depreciation in full, and nothing is charged afterwards",
    "IAS 16.67, 16.55",
)
def cleared(scene: Scene) -> Iterator[Finding]:
    """What stands on an asset's accounts after its disposal, and its book value."""
    for disposed in scene.disposals:
        for name, account in (("cost", disposed.accounts.cost), ("accumulated", disposed.accounts.accumulated)):
            left = sum(entry.net(account) for entry in disposed.entries)
            seen = f"{money(left)} is left of the {name} of {disposed.asset}"
            yield verdict(left == 0, seen, "nothing", disposed.at)
        book = disposed.shown.book
        if book is not None and disposed.shown.status is Status.DISPOSED:
            yield verdict(book == 0, f"{disposed.asset} is worth {money(book)}", "0", (disposed.shown.at,))


@law(
    "X2",
    Level.MUST,
    "Gains and losses add up to the proceeds less the carrying amount",
    "IAS 16.68, 16.71",
)
def adds_up(scene: Scene) -> Iterator[Finding]:
    """Both figures of a disposal beside what the ledger cleared."""
    for disposed in scene.disposals:
        book = _book(disposed)
        ordinary, capital = disposed.shown.gain, disposed.shown.capital_gain
        if book is not None and ordinary is not None and capital is not None:
            seen = f"{money(ordinary)} and {money(capital)} for {money(disposed.proceeds)}"
            expected = f"{money(disposed.proceeds - book)} together"
            yield verdict(ordinary + capital == disposed.proceeds - book, seen, expected, disposed.at)


@law(
    "X5",
    Level.MUST,
    "What exceeds the price is a capital gain, the rest is gain or loss",
    "The API documents both figures",
)
def split(scene: Scene) -> Iterator[Finding]:
    """Each figure of a disposal."""
    for disposed in scene.disposals:
        book = _book(disposed)
        if book is None or disposed.shown.gain is None or disposed.shown.capital_gain is None:
            continue
        right = gain(disposed.proceeds, disposed.price, book)
        seen = f"gain or loss {money(disposed.shown.gain)}, capital gain {money(disposed.shown.capital_gain)}"
        expected = f"{money(right.ordinary)} and {money(right.capital)}"
        good = (disposed.shown.gain, disposed.shown.capital_gain) == (right.ordinary, right.capital)
        yield verdict(good, seen, expected, disposed.at)


@documented("depreciated-through")
def depreciated_through(scene: Scene) -> Iterator[Finding]:
    """The settings of an organisation of the kit's own after it ran depreciation."""
    for settings in scene.of(SeenSettings):
        if scene.own and scene.depreciated is not None:
            seen = f"the last depreciation date is {settings.depreciated}"
            yield verdict(settings.depreciated == scene.depreciated, seen, f"{scene.depreciated}", (settings.at,))


@documented("can-roll-back")
def can_roll_back(scene: Scene) -> Iterator[Finding]:
    """Whether an asset can be rolled back, beside the lock and what has been posted for it."""
    for shown in scene.assets():
        days = [on for course in scene.courses if course.asset == shown.key for on, minor in course.charges if minor]
        if scene.own and days and shown.can_roll_back is not None and shown.status is Status.REGISTERED:
            locked = scene.locked is not None and min(days) <= scene.locked
            seen = f"{shown.key} can be rolled back: {shown.can_roll_back}"
            where = "within" if locked else "after"
            expected = f"{not locked}: its first charge lies {where} the lock"
            yield verdict(shown.can_roll_back is not locked, seen, expected, (shown.at,))


def _book(disposed: Disposed) -> int | None:
    """The carrying amount that the ledger cleared."""
    clearing = disposed.clearing()
    if clearing is None:
        return None
    return -clearing.net(disposed.accounts.cost) - clearing.net(disposed.accounts.accumulated)
