"""L, A and V: entries that balance, are taken back whole, and add up to what every account holds (accounting.md 2, 8).

What the kit posts itself is summed up by the model; what a class posts, by the entries that are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.holdings.scene import Scene
from stateful.holdings.sights import SeenBalances, SeenEntries, SeenEntry
from stateful.model.holdings import reversed_lines
from stateful.rules.finding import Finding, law, money, verdict


@law("L1", Level.MUST, "Every journal's debits equal its credits, exactly", "Double entry")
def balanced(scene: Scene) -> Iterator[Finding]:
    """Sum of each entry that was shown."""
    for entry in _entries(scene):
        total = sum(minor for _, _, minor in entry.lines)
        yield verdict(total == 0, f"{entry.key} adds up to {money(total)}", "zero", (entry.at,))


@law("L3", Level.MUST, "The balances of all accounts add up to zero", "L1, summed", of_books=True)
def zero_sum(scene: Scene) -> Iterator[Finding]:
    """All balances of a client account of the kit's own."""
    for balances in scene.of(SeenBalances):
        if balances.asset is None:
            total = sum(balances.rows.values())
            yield verdict(total == 0, f"the balances add up to {money(total)}", "zero", (balances.at,))


@law(
    "L7",
    Level.MUST,
    "A reversal has the accounts and amounts of what it reverses, with the sides swapped",
    "Double entry; the control plane documents cancellations",
)
def mirrored(scene: Scene) -> Iterator[Finding]:
    """Cancellations beside the entries that they cancel."""
    for listed in scene.of(SeenEntries):
        by_id = {row.id: row for row in listed.rows}
        for row in listed.rows:
            cancelled = by_id.get(row.cancels or "")
            if cancelled is not None:
                good = Counter(row.lines) == Counter(reversed_lines(cancelled.lines)) and row.on == cancelled.on
                seen = f"{row.key} of {row.on} cancels {cancelled.key} with {_told(row)}"
                yield verdict(good, seen, f"the opposite of {_told(cancelled)} on {cancelled.on}", (row.at,))


@law(
    "A2",
    Level.MUST,
    "Cancelling an entry twice never reverses twice: it is refused or does nothing",
    "A1, once more",
)
def once(scene: Scene) -> Iterator[Finding]:
    """How often each entry that is shown was cancelled."""
    for listed in scene.of(SeenEntries):
        times = Counter(row.cancels for row in listed.rows if row.cancels is not None)
        if times:
            twice = sorted(entry for entry, count in times.items() if count > 1)
            yield verdict(not twice, f"entry {', '.join(twice)} is cancelled twice", "once", (listed.at,))


@law(
    "V1",
    Level.MUST,
    "A balance is the sum of the posted lines, for each account and asset; drafts are in none",
    "Balances are sums; the control plane documents drafts and cancellations",
)
def sums(scene: Scene) -> Iterator[Finding]:
    """Balances beside the model's sums, and beside the entries that are shown."""
    for balances in scene.of(SeenBalances):
        if scene.books is not None:
            for code, minor in balances.rows.items():
                asset = balances.asset
                right = scene.books.of_account(code) if asset is None else scene.books.balance(code, asset)
                seen = f"account {code} holds {money(minor)} for {asset or 'all'}"
                if minor or right:
                    yield verdict(minor == right, seen, money(right), (balances.at,))
        for listed in scene.of(SeenEntries):
            if listed.asset == balances.asset:
                for code, minor in balances.rows.items():
                    right = sum(row.net(code, listed.asset) for row in listed.rows)
                    seen = f"account {code} holds {money(minor)} for {listed.asset}"
                    told = f"{money(right)}, as its entries add up to"
                    if minor or right:
                        yield verdict(minor == right, seen, told, (balances.at, listed.at))


def _entries(scene: Scene) -> Iterator[SeenEntry]:
    yield from scene.of(SeenEntry)
    yield from (row for listed in scene.of(SeenEntries) for row in listed.rows)


def _told(entry: SeenEntry) -> str:
    return ", ".join(f"{code} {money(minor)}" for code, _, minor in entry.lines)
