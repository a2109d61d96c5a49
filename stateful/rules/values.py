"""V and O: what an asset is worth, at which day, and in whatever order it was recorded.

The sides and sizes that an API documents for each effect are here too: they are what V1 consists of.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.model.books import Change
from stateful.model.outlook import Outcome
from stateful.model.words import MOVES, Basis, Effect
from stateful.operations import Amend, Post, Record
from stateful.rules.figures import against_books, as_of, owned, unmoved
from stateful.rules.law import Finding, Scene, documented, law, money, verdict
from stateful.sights import SeenBalances, SeenJournal, SeenTrial


@documented("depreciation-sides")
def depreciation_sides(scene: Scene) -> Iterator[Finding]:
    """Accumulated account and counter account of a depreciation; the asset's own stays alone."""
    change = _recorded(scene)
    if change is not None and change.effect is Effect.DEPRECIATION:
        yield from _sides(scene, change)


@documented("effect-size")
def effect_size(scene: Scene) -> Iterator[Finding]:
    """How far the asset's account moved."""
    change = _recorded(scene)
    lines = None if change is None else scene.lines.get(change.against)
    if change is None or lines is None:
        return
    was = scene.was.get(change.against)
    stood = scene.before.balance(change.against) if was is None else was.balance
    moved, expected = lines.balance - stood, dict(change.shifts)[change.against]
    if change.against == change.counter:
        expected = 0
    seen = f"{change.effect.value} of {money(change.minor)} moved {change.against} by {money(moved)}"
    yield verdict(moved == expected, seen, f"{money(expected)} (debits positive)", (lines.at,))


@law(
    "V1",
    Level.MUST,
    "The carrying value is the sum of the live changes, and the asset's accounts show it",
    "IAS 16.30, 16.31; the API documents what each change posts",
)
def fold(scene: Scene) -> Iterator[Finding]:
    """Own accounts after something was posted."""
    posted = isinstance(scene.operation, Record | Post) and scene.outcome is Outcome.DONE
    if posted and not _resent(scene):
        yield from against_books(scene)


@documented("value-sides")
def value_sides(scene: Scene) -> Iterator[Finding]:
    """The asset's own account and the counter account of every other effect."""
    change = _recorded(scene)
    if change is not None and change.effect is not Effect.DEPRECIATION:
        yield from _sides(scene, change)


@documented("repost")
def repost(scene: Scene) -> Iterator[Finding]:
    """Own accounts after a value change was changed: as if it had been recorded so."""
    if isinstance(scene.operation, Amend) and scene.outcome is Outcome.DONE and _posting(scene.operation):
        yield from against_books(scene)


@documented("quiet-amend")
def quiet_amend(scene: Scene) -> Iterator[Finding]:
    """Own accounts after only descriptive members of a value change were changed."""
    quiet = isinstance(scene.operation, Amend) and not _posting(scene.operation)
    if quiet and scene.outcome is Outcome.DONE:
        for account, lines in scene.lines.items():
            yield from unmoved(scene, account, lines, "a change of notes alone")


@law(
    "O3",
    Level.MUST,
    "A back-dated change leaves earlier figures as they were and shifts all later ones by its amount",
    "O1, compared",
)
def back_dated(scene: Scene) -> Iterator[Finding]:
    """Statements to days before and after a change that others of a later day preceded."""
    change = _recorded(scene)
    if change is not None and any(item.day > change.day for item in scene.before.live().values()):
        yield from _at_their_days(scene, odd=False)


@law(
    "O1",
    Level.MUST,
    "A figure at a day is the sum of the live changes of that day and before",
    "The API documents balances and reports to a date",
)
def cut_off(scene: Scene) -> Iterator[Finding]:
    """Every statement on the accrual basis at a day that is plain."""
    yield from _at_their_days(scene, odd=False)


@law(
    "T4",
    Level.SHOULD,
    "An instant counts on its UTC day, whatever its time of day and its offset",
    "Accounting practice: a time zone must not move an entry to another day",
)
def utc_days(scene: Scene) -> Iterator[Finding]:
    """Every statement on the accrual basis at a day with times of day or offsets around it."""
    yield from _at_their_days(scene, odd=True)


@law(
    "O2",
    Level.MUST,
    "Accepted changes end in the same balances in whatever order they are recorded",
    "Balances are sums",
)
def order_free(scene: Scene) -> Iterator[Finding]:
    """Two assets with the same changes in two orders."""
    for pair in scene.pairs:
        if pair.relation == "M1":
            seen = f"{dict(pair.one)} {pair.by[0]}, {dict(pair.other)} {pair.by[1]}"
            yield verdict(pair.one == pair.other, seen, "the same balances", pair.at)


@law(
    "O7",
    Level.MUST,
    "The same external id sent again gives the same record and no further journal",
    "The API documents creates with an external id as idempotent",
)
def idempotent(scene: Scene) -> Iterator[Finding]:
    """A value change or an entry that was sent twice."""
    again = _resent(scene)
    if not again or scene.before != scene.after:
        return
    for account, lines in scene.lines.items():
        yield from unmoved(scene, account, lines, "the same external id was sent again")


@documented("one-live")
def one_live(scene: Scene) -> Iterator[Finding]:
    """A value change's external id that was sent again, alike or not: one journal is live."""
    if isinstance(scene.operation, Record) and _resent(scene):
        yield from against_books(scene)


def _at_their_days(scene: Scene, *, odd: bool) -> Iterator[Finding]:
    """Statements on the accrual basis at days that odd instants blur, or at those that none does."""
    if not owned(scene.after):
        return
    trials = (trial for trial in scene.of(SeenTrial) if trial.basis is Basis.ACCRUAL)
    statements: list[SeenTrial | SeenBalances] = [*trials, *scene.of(SeenBalances)]
    for read in statements:
        if (read.on is not None and scene.after.blurred(read.on)) is odd:
            yield as_of(scene, read, read.on, Basis.ACCRUAL)


def _recorded(scene: Scene) -> Change | None:
    """The value change that the scene's call has recorded, if it is a new one."""
    if not isinstance(scene.operation, Record) or scene.outcome is not Outcome.DONE or _resent(scene):
        return None
    item = scene.after.live().get(scene.operation.change)
    return item if isinstance(item, Change) else None


def _resent(scene: Scene) -> bool:
    """Whether the call carries an external id that was accepted before."""
    operation = scene.operation
    if isinstance(operation, Record):
        key = operation.change
    elif isinstance(operation, Post):
        key = operation.entry
    else:
        return False
    return any(item.key == key for item in scene.before.posted())


def _posting(operation: Amend) -> bool:
    members = (operation.effect, operation.minor, operation.instant, operation.counter)
    return any(member is not None for member in members)


def _sides(scene: Scene, change: Change) -> Iterator[Finding]:
    """The new journals that touch the asset: one of them adds what the change is to add."""
    asset = scene.after.assets()[change.asset]
    about = {change.against, asset.account} - {None}
    journals = [journal for journal in scene.journals() if about & journal.net().keys()]
    if not journals or change.against == change.counter:
        return
    signed = MOVES[change.effect][0].value * change.minor
    good = any(_posts(journal, scene, change, signed) for journal in journals)
    shown = ", ".join(f"{account} {money(minor)}" for account, minor in journals[-1].net().items())
    seen = f"{change.effect.value} of {money(change.minor)} posted (debits positive): {shown}"
    expected = f"{change.against} {money(signed)} and the counter account {money(-signed)}"
    yield verdict(good, seen, expected, (journals[-1].at,))


def _posts(journal: SeenJournal, scene: Scene, change: Change, signed: int) -> bool:
    """Whether a journal adds `signed` to the asset's account and takes it from the counter account."""
    net = journal.net()
    asset = scene.after.assets()[change.asset]
    others = {account: minor for account, minor in net.items() if account != change.against}
    if {asset.account, asset.accumulated} & others.keys() - {change.counter}:
        return False
    ours = change.counter in owned(scene.after)
    return (
        net.get(change.against) == signed and (others.get(change.counter) if ours else sum(others.values())) == -signed
    )
