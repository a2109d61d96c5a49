"""L: what holds of any double-entry ledger (accounting.md 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.model.outlook import Outcome
from stateful.model.words import INT64_MAX
from stateful.operations import Reverse
from stateful.rules.figures import against_books, unmoved
from stateful.rules.law import Finding, Scene, law, money, verdict
from stateful.sights import SeenBalances, SeenJournal, SeenSheet, SeenTrial

_DOUBLE_ENTRY = "Double entry"


@law("L1", Level.MUST, "Every journal's debits equal its credits, exactly", _DOUBLE_ENTRY)
def balanced(scene: Scene) -> Iterator[Finding]:
    """Sum of each journal that was shown."""
    for journal in scene.journals():
        debit, credit = _sides(journal)
        seen = f"journal {journal.id} has debits of {money(debit)} and credits of {money(credit)}"
        yield verdict(debit == credit, seen, "debits that equal credits", (journal.at,))


@law(
    "L2",
    Level.MUST,
    "A journal has at least two lines on both sides, each with an amount above zero",
    "Double entry; the API shows amounts as positive, with a side",
)
def formed(scene: Scene) -> Iterator[Finding]:
    """Shape of each journal that was shown."""
    for journal in scene.journals():
        amounts = [line.minor for line in journal.lines]
        good = len(amounts) >= 2 and 0 not in amounts and min(amounts) < 0 < max(amounts)
        shown = ", ".join(money(minor) for minor in amounts) or "none"
        seen = f"journal {journal.id} has the lines (debits positive): {shown}"
        yield verdict(good, seen, "two lines or more, none of them zero, on both sides", (journal.at,))


@law(
    "L3",
    Level.MUST,
    "The balances of all accounts add up to zero after every accepted call",
    "L1, summed",
    of_books=True,
)
def zero_sum(scene: Scene) -> Iterator[Finding]:
    """Root accounts of a chart, columns of a trial balance."""
    for balances in scene.of(SeenBalances):
        total = sum(row.minor for row in balances.rows if not row.under)
        seen = f"the root accounts add up to {money(total)} (debits positive)"
        yield verdict(total == 0, seen, "zero", (balances.at,))
    for trial in scene.of(SeenTrial):
        if trial.debit is None or trial.credit is None:
            continue
        seen = f"the trial balance has debits of {money(trial.debit)} and credits of {money(trial.credit)}"
        yield verdict(trial.debit == trial.credit, seen, "columns that are equal", (trial.at,))


@law(
    "L4",
    Level.MUST,
    "Assets equal liabilities and equity at any date, on either basis",
    "Accounting equation",
    of_books=True,
)
def equation(scene: Scene) -> Iterator[Finding]:
    """Both totals of a balance sheet."""
    for sheet in scene.of(SeenSheet):
        seen = f"assets {money(sheet.assets)}, liabilities and equity {money(sheet.funding)} at {sheet.on}"
        yield verdict(sheet.assets == sheet.funding, seen, "two equal totals", (sheet.at,))


@law(
    "L5",
    Level.MUST,
    "A refused call changes nothing: no journal, no balance",
    "All or nothing; the API answers an error",
)
def refused_changes_nothing(scene: Scene) -> Iterator[Finding]:
    """Own accounts after a refusal: the very lines that were there before."""
    if scene.outcome is not Outcome.REFUSED:
        return
    for account, lines in scene.lines.items():
        yield from unmoved(scene, account, lines, "the refused call")


@law(
    "L6",
    Level.MUST,
    "A posted journal is never edited; a correction is another journal",
    "Double entry; the API documents reversal and re-posting",
)
def immutable(scene: Scene) -> Iterator[Finding]:
    """Journals, and lines of accounts, that were read before."""
    for journal in scene.journals():
        before = scene.known.get(journal.id)
        if before is not None and before.at != journal.at:
            same = (_content(before), before.instant) == (_content(journal), journal.instant)
            seen = f"journal {journal.id} showed {_plain(before)} and now shows {_plain(journal)}"
            yield verdict(same, seen, "the journal as it was posted", (before.at, journal.at))
    for account, lines in scene.lines.items():
        was = {row.id: row for row in scene.was[account].rows} if account in scene.was else {}
        for row in lines.rows:
            old = was.get(row.id, row)
            seen = f"line {row.id} of {account} showed {money(old.minor)} and now shows {money(row.minor)}"
            same = (old.minor, old.instant, old.journal) == (row.minor, row.instant, row.journal)
            if row.id in was:
                yield verdict(same, seen, "the line as it was posted", (scene.was[account].at, lines.at))


@law(
    "L7",
    Level.MUST,
    "A reversal has the accounts and amounts of what it reverses, with the sides swapped",
    "Double entry; the API documents reversals",
)
def mirrored(scene: Scene) -> Iterator[Finding]:
    """Each reversal beside its original, where both were read; own accounts after one."""
    journals = {**scene.known, **{journal.id: journal for journal in scene.journals()}}
    for journal in scene.journals():
        original = journals.get(journal.reversal_of or "")
        if original is not None:
            swapped = Counter((line.account, -line.minor) for line in original.lines)
            good = swapped == Counter((line.account, line.minor) for line in journal.lines)
            seen = f"{_plain(journal)} reverses {_plain(original)}"
            yield verdict(good, seen, "the same lines with the sides swapped", (original.at, journal.at))
    if isinstance(scene.operation, Reverse) and scene.outcome is Outcome.DONE:
        yield from against_books(scene)


@law(
    "L8",
    Level.MUST,
    "Every amount, balance and total stays exact within signed 64 bits, or the call is refused",
    "format int64 in the API's document",
)
def within_int64(scene: Scene) -> Iterator[Finding]:
    """Every figure shown; beyond 2^53, whether each digit is right."""
    for lines in scene.lines.values():
        seen = f"{lines.account} stands at {money(lines.balance)}"
        yield verdict(abs(lines.balance) <= INT64_MAX, seen, "a balance of at most 64 bits", (lines.at,))
        expected = scene.after.balance(lines.account)
        if abs(expected) > 2**53 and scene.outcome is Outcome.DONE:
            exact = not _mangled(lines.balance, expected)
            yield verdict(exact, seen, f"{money(expected)}, to the last digit", (lines.at,))


def _mangled(seen: int, expected: int) -> bool:
    """Whether a figure looks like the right one in too few bits: a float's, or wrapped around."""
    off = seen - expected
    return off != 0 and (abs(off) <= abs(expected) >> 50 or off % 2**32 == 0)


def _sides(journal: SeenJournal) -> tuple[int, int]:
    debit = sum(line.minor for line in journal.lines if line.minor > 0)
    return debit, debit - sum(line.minor for line in journal.lines)


def _content(journal: SeenJournal) -> tuple[frozenset[tuple[str, str, int]], object]:
    return frozenset((line.id, line.account, line.minor) for line in journal.lines), journal.memo


def _plain(journal: SeenJournal) -> str:
    lines = ", ".join(f"{line.account} {money(line.minor)}" for line in journal.lines)
    return f"[{lines}] at {journal.instant.isoformat()}"
