"""A and C: what is taken back, and what cash-basis books never see."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.verdict import Level
from stateful.model.outlook import Outcome
from stateful.model.words import Basis
from stateful.operations import ASSET, REVERSED_BY, Amend, ArchiveAsset, Record, Reverse, Void
from stateful.rules.figures import against_books, as_of, owned, unmoved
from stateful.rules.law import Finding, Scene, documented, law, verdict
from stateful.sights import SeenAsset, SeenChange, SeenChanges, SeenJournal, SeenTrial


@law(
    "A1",
    Level.MUST,
    "After a change is voided every account stands as if it had never been made",
    "The API documents that archiving a change reverses its entry",
)
def void_undoes(scene: Scene) -> Iterator[Finding]:
    """Own accounts after a void."""
    if isinstance(scene.operation, Void) and scene.outcome is Outcome.DONE:
        yield from against_books(scene)


@law(
    "A2",
    Level.MUST,
    "Voiding twice never reverses twice: it is refused or does nothing",
    "A1, once more",
)
def void_once(scene: Scene) -> Iterator[Finding]:
    """Own accounts after a second void."""
    if isinstance(scene.operation, Void) and scene.operation.change in scene.before.withdrawn():
        for account, lines in scene.lines.items():
            yield from unmoved(scene, account, lines, "the change was voided again")


@law(
    "A3",
    Level.SHOULD,
    "A voided change can still be read, or is gone everywhere, and what is shown of it says so",
    "Accounting practice: a correction leaves a trace",
)
def void_traced(scene: Scene) -> Iterator[Finding]:
    """Records of voided changes, read one by one."""
    voided = scene.after.withdrawn()
    for change in scene.of(SeenChange):
        if change.key in scene.told:
            seen = f"{change.key} is shown as {'archived' if change.archived else 'live'}"
            expected = "archived" if change.key in voided else "live"
            yield verdict(change.archived == (change.key in voided), seen, expected, (change.at,))


@law(
    "A4",
    Level.MUST,
    "Archiving an asset posts nothing, or reverses exactly what was live",
    "A1 and L6; the API leaves open which",
)
def archive_whole(scene: Scene) -> Iterator[Finding]:
    """Own accounts after an asset was archived; the books follow whichever of both it did."""
    if isinstance(scene.operation, ArchiveAsset) and scene.outcome is not Outcome.REFUSED:
        yield from against_books(scene)


@documented("void-shows")
def void_shows(scene: Scene) -> Iterator[Finding]:
    """The reply to a void, and that its journal has been reversed."""
    if not isinstance(scene.operation, Void) or scene.outcome is not Outcome.DONE:
        return
    if isinstance(scene.reply, SeenChange):
        yield verdict(scene.reply.archived, "the reply shows the value change as live", "archived", (scene.reply.at,))


@documented("archive-shows")
def archive_shows(scene: Scene) -> Iterator[Finding]:
    """The reply to the archiving of an asset, and its record afterwards."""
    if not isinstance(scene.operation, ArchiveAsset) or scene.outcome is Outcome.REFUSED:
        return
    shown = [*scene.of(SeenAsset), *([scene.reply] if isinstance(scene.reply, SeenAsset) else [])]
    for asset in shown:
        yield verdict(asset.archived, "the record shows the asset as active", "archived", (asset.at,))


@documented("lists-agree")
def lists_agree(scene: Scene) -> Iterator[Finding]:
    """Voided changes in the list of one asset and in the list of all."""
    voided = scene.after.withdrawn()
    hidden: dict[str, bool] = {}
    for listed in scene.of(SeenChanges):
        keys = {row.key: row for row in listed.rows}
        of_asset = {key for key, told in scene.told.items() if told.members.get(ASSET) == listed.asset}
        for key in sorted(voided & of_asset):
            hidden[key] = key not in keys
            if key in keys:
                seen = f"{key} is listed as live"
                yield verdict(keys[key].archived, seen, "archived, or not listed", (listed.at,))
    for walk in scene.walks:
        rows = {row.key: row for row in walk.rows if isinstance(row, SeenChange)}
        for key, was_hidden in hidden.items():
            if rows and walk.complete:
                seen = f"{key} is {'not ' if was_hidden else ''}in its asset's list but is in the other one"
                yield verdict((key not in rows) == was_hidden, seen, "both lists alike")


@documented("reverse-once")
def reverse_once(scene: Scene) -> Iterator[Finding]:
    """An entry that was reversed before: the same reversal again, and nothing posted."""
    operation = scene.operation
    if not isinstance(operation, Reverse) or operation.entry not in scene.before.withdrawn():
        return
    for account, lines in scene.lines.items():
        yield from unmoved(scene, account, lines, "the entry was reversed again")
    first = scene.told.get(operation.entry)
    if isinstance(scene.reply, SeenJournal) and first is not None:
        expected = first.members.get(REVERSED_BY)
        seen = f"the reply is journal {scene.reply.id}"
        yield verdict(scene.reply.id == expected, seen, f"the first reversal, {expected}", (scene.reply.at,))


@law(
    "C1",
    Level.MUST,
    "A value change moves accrual books only: cash-basis books show nothing of it",
    "The API documents that value changes are not recognised under cash accounting",
)
def accrual_only(scene: Scene) -> Iterator[Finding]:
    """Cash-basis statements after a value change was recorded or changed."""
    if isinstance(scene.operation, Record | Amend):
        yield from _cash(scene)


@law("C2", Level.MUST, "Voiding a value change touches accrual books only", "C1, taken back")
def accrual_only_back(scene: Scene) -> Iterator[Finding]:
    """Cash-basis statements after a void."""
    if isinstance(scene.operation, Void):
        yield from _cash(scene)


def _cash(scene: Scene) -> Iterator[Finding]:
    for trial in scene.of(SeenTrial):
        if trial.basis is Basis.CASH and owned(scene.after):
            yield as_of(scene, trial, trial.on, Basis.CASH)
