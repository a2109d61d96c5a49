"""Records: identity, selectors, and whether what was sent is what is kept.

All of these are rules that an API's profile states, judged in canonical words.
"""

from __future__ import annotations

from collections.abc import Iterator

from stateful.model.outlook import Outcome
from stateful.model.records import Told, same
from stateful.operations import (
    ASSET,
    EXTERNAL,
    ID,
    METADATA,
    Amend,
    AmendAsset,
    CreateAsset,
    OpenAccount,
    Post,
    Record,
)
from stateful.rules.figures import unmoved
from stateful.rules.law import HELD, Finding, Scene, documented, money, verdict
from stateful.sights import (
    FIXED_ASSETS,
    SeenAccount,
    SeenAsset,
    SeenBalances,
    SeenChange,
    SeenChanges,
    SeenJournal,
)


@documented("upsert-identity")
def upsert_identity(scene: Scene) -> Iterator[Finding]:
    """A known external id of an asset, sent again; and how often it is listed."""
    known = scene.before.assets().get(_subject(scene))
    if isinstance(scene.operation, CreateAsset) and isinstance(scene.reply, SeenAsset) and known is not None:
        seen = f"the reply shows the asset {scene.reply.key} with the account {scene.reply.account}"
        good = (scene.reply.key, scene.reply.account) == (known.key, known.account)
        yield verdict(good, seen, f"{known.key} with {known.account}", (scene.reply.at,))
    for walk in scene.walks:
        listed = [row for row in walk.rows if isinstance(row, SeenAsset)]
        ours = {row.members.get(EXTERNAL) for row in listed if row.key in scene.told} - {None}
        for external in sorted(map(str, ours)):
            ids = {row.id for row in listed if row.members.get(EXTERNAL) == external}
            seen = f"{len(ids)} assets are listed with the external id {external}"
            yield verdict(len(ids) == 1, seen, "one", tuple(page.at for page in walk.pages))


@documented("distinct")
def distinct(scene: Scene) -> Iterator[Finding]:
    """A new external id, however like a known one, makes a new record."""
    operation = scene.operation
    if not isinstance(operation, CreateAsset | Record) or operation.external is None or not _accepted(scene):
        return
    key = operation.asset if isinstance(operation, CreateAsset) else operation.change
    known = {told.members.get(EXTERNAL) for other, told in scene.told_before.items() if other != key}
    if key in scene.told_before or not isinstance(scene.reply, SeenAsset | SeenChange):
        return
    if any(_alike(operation.external, str(other)) for other in known - {None}):
        seen = f"external id {operation.external!r} was answered with the record of {scene.reply.key}"
        good = scene.reply.key not in scene.told_before
        yield verdict(good, seen, "a record of its own", (scene.reply.at,))


@documented("selectors")
def selectors(scene: Scene) -> Iterator[Finding]:
    """The asset that a value change was given to, named either way."""
    if isinstance(scene.operation, Record) and isinstance(scene.reply, SeenChange) and _accepted(scene):
        shown = scene.reply.members.get(ASSET)
        seen = f"the value change is shown as one of {shown}"
        yield verdict(shown == scene.operation.asset, seen, scene.operation.asset, (scene.reply.at,))


@documented("own-account")
def own_account(scene: Scene) -> Iterator[Finding]:
    """The account of a new asset, and where assets' accounts stand in the chart."""
    operation = scene.operation
    new = isinstance(operation, CreateAsset) and operation.asset not in scene.before.assets()
    if new and isinstance(scene.reply, SeenAsset):
        taken = {asset.account for asset in scene.before.assets().values()}
        seen = f"the new asset's account is {scene.reply.account}"
        yield verdict(scene.reply.account not in taken, seen, "one that no other asset has", (scene.reply.at,))
    accounts = {asset.account for asset in scene.after.assets().values()}
    for balances in scene.of(SeenBalances):
        for row in balances.rows:
            if row.account in accounts:
                seen = f"{row.account} stands under {', '.join(row.under) or 'nothing'}"
                yield verdict(FIXED_ASSETS in row.under, seen, f"under {FIXED_ASSETS}", (balances.at,))


@documented("creation-posts-nothing")
def creation_posts_nothing(scene: Scene) -> Iterator[Finding]:
    """Accounts after an asset was created or its record changed."""
    if isinstance(scene.operation, CreateAsset | AmendAsset) and scene.outcome is Outcome.DONE:
        for account, lines in scene.lines.items():
            expected = scene.after.balance(account)
            seen = f"{account} stands at {money(lines.balance)}"
            yield verdict(lines.balance == expected, seen, money(expected), (lines.at,))


@documented("metadata")
def metadata(scene: Scene) -> Iterator[Finding]:
    """Metadata of every record that is shown."""
    for shown, told in _shown(scene):
        if METADATA in told.members:
            kept, sent = shown.members.get(METADATA), told.members[METADATA]
            seen = f"metadata of {shown.key} is {kept!r}"
            yield verdict(same(kept, sent), seen, repr(sent), (shown.at,))


@documented("upsert-stores")
def upsert_stores(scene: Scene) -> Iterator[Finding]:
    """An asset after it was created or sent again: what was sent, and the rest all kept or all cleared."""
    operation = scene.operation
    if not isinstance(operation, CreateAsset) or not _accepted(scene):
        return
    yield from _stored(scene)
    before = scene.told_before.get(operation.asset)
    if before is not None and isinstance(scene.reply, SeenAsset):
        shown = scene.reply.members
        absent = {name: told for name, told in before.members.items() if name not in operation.members}
        kept = [name for name, told in absent.items() if same(shown.get(name), told)]
        cleared = [name for name in absent if shown.get(name) is None]
        good = len(kept) == len(absent) or set(cleared) >= absent.keys() - {EXTERNAL}
        seen = f"of the members that were not sent, {', '.join(kept) or 'none'} are as before"
        expected = f"all of {', '.join(absent)}, or all cleared"
        yield verdict(good, seen, expected, (scene.reply.at,))


@documented("echo")
def echo(scene: Scene) -> Iterator[Finding]:
    """A value change after it was recorded."""
    if isinstance(scene.operation, Record) and _accepted(scene):
        yield from _stored(scene)


@documented("amend-stores")
def amend_stores(scene: Scene) -> Iterator[Finding]:
    """Every record that is shown after any other accepted call."""
    if not isinstance(scene.operation, Record | CreateAsset) and _accepted(scene):
        yield from _stored(scene)


@documented("sent-again")
def sent_again(scene: Scene) -> Iterator[Finding]:
    """An entry's external id or an account's name, sent again."""
    operation = scene.operation
    if isinstance(operation, Post) and operation.entry in scene.told_before and operation.external:
        for account, lines in scene.lines.items():
            yield from unmoved(scene, account, lines, "the entry was sent again")
        if isinstance(scene.reply, SeenJournal):
            first = scene.told_before[operation.entry].members.get(ID)
            seen = f"the reply is journal {scene.reply.id}"
            yield verdict(scene.reply.id == first, seen, f"the journal {first}", (scene.reply.at,))
    again = isinstance(operation, OpenAccount) and operation.account in scene.told_before
    if isinstance(operation, OpenAccount) and again and isinstance(scene.reply, SeenAccount):
        first = scene.told_before[operation.account].members.get(ID)
        seen = f"the reply is account {scene.reply.id}"
        yield verdict(scene.reply.id == first, seen, f"the account {first}", (scene.reply.at,))


def _accepted(scene: Scene) -> bool:
    return scene.outcome is not Outcome.REFUSED


def _alike(one: str, other: str) -> bool:
    """Whether two texts are taken for one by a careless comparison."""
    return one != other and (
        one.casefold() == other.casefold() or one.startswith(other) or other.startswith(one) or not one.isascii()
    )


def _shown(scene: Scene) -> Iterator[tuple[SeenAsset | SeenChange, Told]]:
    """Every record that is shown and of which something was told."""
    records: list[SeenAsset | SeenChange] = [*scene.of(SeenAsset), *scene.of(SeenChange)]
    records += [row for listed in scene.of(SeenChanges) for row in listed.rows]
    records += [row for walk in scene.walks for row in walk.rows if isinstance(row, SeenAsset | SeenChange)]
    for record in records:
        if record.key in scene.told:
            yield record, scene.told[record.key]
    key = _subject(scene)
    if isinstance(scene.reply, SeenAsset | SeenChange) and key in scene.told:
        yield scene.reply, scene.told[key]


def _subject(scene: Scene) -> str:
    """The key of the record that the call is about."""
    operation = scene.operation
    if isinstance(operation, CreateAsset | AmendAsset):
        return operation.asset
    return operation.change if isinstance(operation, Record | Amend) else ""


def _stored(scene: Scene) -> Iterator[Finding]:
    """Everything told of the shown records, metadata apart."""
    for shown, told in _shown(scene):
        wrong = [difference for difference in told.differences(shown.members) if difference[0] != METADATA]
        if not wrong:
            yield HELD
        for name, value, sent in wrong:
            seen = f"{name} of {shown.key} is {_text(value)}"
            yield verdict(holds=False, seen=seen, expected=_text(sent), at=(shown.at,))


def _text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)
