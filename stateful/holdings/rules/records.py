"""Records of assets: what was sent is kept, what the target sets is set once, and nothing else moves.

All of these are rules that an API's profile states, judged in canonical words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from stateful.holdings.operations import (
    SENT_INSTANT,
    SENT_NUMBER,
    SENT_USER,
    Create,
    Deactivate,
    Flaw,
    Relation,
    Rename,
)
from stateful.holdings.scene import Scene
from stateful.holdings.sights import ACTIVE, NAME, UPDATED, UPDATER, SeenAsset
from stateful.rules.finding import Broken, Finding, documented, verdict

_CLOCKS: Final = timedelta(seconds=1)  # by how much the clocks of one target's hosts may differ


@documented("computed")
def computed(scene: Scene) -> Iterator[Finding]:
    """Records that were sent with an id, a number, times and users of the caller's own."""
    if scene.flaw is Flaw.COMPUTED and scene.accepted:
        for shown in scene.assets():
            wrong = [
                name
                for name, taken in {
                    "number": shown.number == SENT_NUMBER,
                    "creator": shown.creator == str(SENT_USER),
                    "last editor": shown.updater == str(SENT_USER),
                    "time of creation": shown.created == SENT_INSTANT,
                    "time of change": shown.updated == SENT_INSTANT,
                }.items()
                if taken
            ]
            seen = f"{shown.key} has taken over what was sent as {', '.join(wrong)}"
            yield verdict(not wrong, seen, "the target's own", (shown.at,))


@documented("account-fixed")
def account_fixed(scene: Scene) -> Iterator[Finding]:
    """The client account of a record beside what it was."""
    for was, shown in scene.beside():
        seen = f"{shown.key} is of client account {shown.account}"
        yield verdict(shown.account == was.account, seen, was.account, (was.at, shown.at))


@documented("number-fixed")
def number_fixed(scene: Scene) -> Iterator[Finding]:
    """The sequence number of a record beside what it was, and the id in the reply to a change."""
    if isinstance(scene.operation, Rename) and isinstance(scene.reply, SeenAsset):
        key = scene.operation.asset
        seen = f"the change of {key} is answered with {scene.reply.key}"
        yield verdict(scene.reply.key == key, seen, key, (scene.reply.at,))
    for was, shown in scene.beside():
        seen = f"{shown.key} has the number {shown.number}"
        yield verdict(shown.number == was.number, seen, f"{was.number}, as before", (was.at, shown.at))


@documented("number-unique")
def number_unique(scene: Scene) -> Iterator[Finding]:
    """The sequence numbers of all records of a client account that were shown together."""
    groups = [(scene.made, tuple(row.at for row in scene.made)), *((walk.rows, walk.at) for walk in scene.walks)]
    for rows, at in groups:
        # A row that is shown twice is another rule's affair.
        numbers = Counter(
            (account, number) for account, number, _ in {(row.account, row.number, row.id) for row in rows}
        )
        twice = sorted({f"{number}" for (_, number), times in numbers.items() if times > 1})
        if len(numbers) > 1 or twice:
            seen = f"several assets of a client account have the number {', '.join(twice)}"
            yield verdict(not twice, seen, "one asset for each number", at)


@documented("gap-free")
def gap_free(scene: Scene) -> Iterator[Finding]:
    """The numbers of assets that were made one after the other where nobody else makes any."""
    if scene.own and len(scene.made) > 1:
        numbers = [row.number for row in scene.made]
        wanted = list(range(numbers[0], numbers[0] + len(numbers)))
        at = tuple(row.at for row in scene.made)
        yield verdict(numbers == wanted, f"numbers {numbers}, in the order of creation", f"{wanted}", at)


@documented("stores")
def stores(scene: Scene) -> Iterator[Finding]:
    """A new asset, in the reply and as it is read afterwards, beside what was sent."""
    if not isinstance(scene.operation, Create) or not scene.accepted:
        return
    key, name = scene.operation.asset, scene.operation.name
    yield from (
        Broken(f"{key} cannot be read", "the asset that was made", (at,)) for lost, at in scene.unread if lost == key
    )
    for shown in scene.assets():
        if shown.key == key:
            seen = f"{key} is {shown.name!r} of client account {shown.account}"
            good = (shown.name, shown.account) == (name, scene.account)
            yield verdict(good, seen, f"{name!r} of {scene.account}", (shown.at,))


@documented("renames")
def renames(scene: Scene) -> Iterator[Finding]:
    """An asset after its name was changed: another name, and nothing else but who changed it when."""
    if isinstance(scene.operation, Rename):
        for was, shown in scene.subject():
            name = scene.operation.name
            yield verdict(shown.name == name, f"{shown.key} is called {shown.name!r}", f"{name!r}", (shown.at,))
            wrong = _moved(was, shown, NAME, UPDATED, UPDATER)
            seen = f"{', '.join(wrong)} of {shown.key} has changed with its name"
            yield verdict(not wrong, seen, "everything else as before", (was.at, shown.at))


@documented("shows")
def shows(scene: Scene) -> Iterator[Finding]:
    """Every asset of the kit's own that is read, beside the name that was last written."""
    for key, at in scene.unread:
        if scene.known[key].active:
            yield Broken(f"{key} cannot be read", "the asset as it was last written", (at,))
    for shown in scene.assets():
        kept = scene.known.get(shown.key)
        if kept is not None:
            yield verdict(
                shown.name == kept.name, f"{shown.key} is called {shown.name!r}", f"{kept.name!r}", (shown.at,)
            )


@documented("says-inactive")
def says_inactive(scene: Scene) -> Iterator[Finding]:
    """The reply to an accepted deactivation."""
    if isinstance(scene.operation, Deactivate) and scene.accepted and isinstance(scene.reply, SeenAsset):
        shown, key = scene.reply, scene.operation.asset
        seen = f"{shown.key} is {_active(shown)} in the reply"
        yield verdict(shown.active is False and shown.key == key, seen, f"{key}, inactive", (shown.at,))


@documented("preserved")
def preserved(scene: Scene) -> Iterator[Finding]:
    """An asset since it was deactivated: still there, not active, and otherwise as it was."""
    for key, at in scene.unread:
        if not scene.known[key].active:
            yield Broken(f"{key} cannot be read since it was deactivated", "the record, preserved", (at,))
    for shown in scene.assets():
        kept = scene.known.get(shown.key)
        if kept is not None and not kept.active:
            yield verdict(shown.active is not True, f"{shown.key} is {_active(shown)}", "inactive", (shown.at,))
    if isinstance(scene.operation, Deactivate):
        for was, shown in scene.subject():
            wrong = _moved(was, shown, ACTIVE, UPDATED, UPDATER)
            seen = f"{', '.join(wrong)} of {shown.key} has changed with its deactivation"
            yield verdict(not wrong, seen, "the record, preserved", (was.at, shown.at))


@documented("made-fixed")
def made_fixed(scene: Scene) -> Iterator[Finding]:
    """Who made a record, and when, beside what it was."""
    for was, shown in scene.beside():
        same = (shown.created, shown.creator) == (was.created, was.creator)
        seen = f"{shown.key} was made at {shown.created} by {shown.creator}"
        yield verdict(same, seen, f"{was.created} by {was.creator}, as before", (was.at, shown.at))
    makers = sorted({row.creator for row in scene.made})
    if len(scene.made) > 1:
        at = tuple(row.at for row in scene.made)
        yield verdict(len(makers) == 1, f"one caller is the users {', '.join(makers)}", "one user", at)


@documented("times")
def times(scene: Scene) -> Iterator[Finding]:
    """The time of the last change beside that of the creation, and beside what it was."""
    for shown in scene.assets():
        seen = f"{shown.key} was made at {shown.created} and last changed at {shown.updated}"
        new = isinstance(scene.operation, Create) and scene.accepted and shown.key == scene.operation.asset
        good = shown.created == shown.updated if new else shown.created <= shown.updated
        yield verdict(good, seen, "the same at first" if new else "a change after the creation", (shown.at,))
    for was, shown in scene.beside():
        seen = f"{shown.key} was last changed at {shown.updated}"
        yield verdict(shown.updated >= was.updated, seen, f"not before {was.updated}", (was.at, shown.at))


@documented("tracked")
def tracked(scene: Scene) -> Iterator[Finding]:
    """Who last changed a record, and when: the one caller that there is, and not before what was made before."""
    makers = {row.creator for row in scene.made}
    for was, shown in scene.subject():
        if not _is_change(scene, was):
            continue
        if makers:
            seen = f"{shown.key} was last changed by {shown.updater}"
            yield verdict(shown.updater in makers, seen, f"{', '.join(sorted(makers))}, who has", (shown.at,))
        if scene.newest is not None:
            seen = f"{shown.key} was last changed at {shown.updated}"
            expected = f"not before {scene.newest}, which another record had shown"
            yield verdict(shown.updated + _CLOCKS >= scene.newest, seen, expected, (was.at, shown.at))


@documented("with-account")
def with_account(scene: Scene) -> Iterator[Finding]:
    """The client account beside a record: where it was asked for, and nowhere else."""
    yield from _related(scene, Relation.ACCOUNT)


@documented("with-creator")
def with_creator(scene: Scene) -> Iterator[Finding]:
    """The creator beside a record: where they were asked for, and nowhere else."""
    yield from _related(scene, Relation.CREATOR)


def _related(scene: Scene, relation: Relation) -> Iterator[Finding]:
    """Single records and rows: with the related one if it was asked for, of the right id."""
    for shown in (*scene.assets(), *(row for page in scene.pages() for row in page.rows)):
        there, asked = relation in shown.relations, relation in shown.asked
        seen = f"{shown.key} is shown {'with' if there else 'without'} its {relation.value}"
        yield verdict(there is asked, seen, "what was asked for", (shown.at,))
        if there:
            right = shown.account if relation is Relation.ACCOUNT else shown.creator
            seen = f"the {relation.value} of {shown.key} is {shown.relations[relation]}"
            yield verdict(shown.relations[relation] == right, seen, right, (shown.at,))


def _moved(was: SeenAsset, shown: SeenAsset, *free: str) -> list[str]:
    """What is shown otherwise than before, but for what is free to change."""
    both = (was.facts.keys() & shown.facts.keys()) - {*free}
    return sorted(name for name in both if was.facts[name] != shown.facts[name])


def _is_change(scene: Scene, was: SeenAsset) -> bool:
    """Whether an accepted call has changed something, so that its time is that of the last change."""
    if isinstance(scene.operation, Deactivate):
        return was.active is not False
    return isinstance(scene.operation, Rename) and was.name != scene.operation.name


def _active(shown: SeenAsset) -> str:
    return {True: "active", False: "inactive", None: "shown without saying whether it is active"}[shown.active]
