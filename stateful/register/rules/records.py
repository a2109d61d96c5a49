"""Records of assets and types: identity, and whether what was sent is what is kept.

All of these are rules that an API's profile states, judged in canonical words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stateful.model.records import same
from stateful.register.operations import (
    DISPOSAL_PRICE,
    NAME,
    NUMBER,
    PRICE,
    SENT_VALUE,
    Kept,
    PutAsset,
    PutType,
    Spelling,
    Status,
)
from stateful.register.scene import Scene
from stateful.register.sights import SeenAsset, SeenSettings, SeenType, SeenTypes
from stateful.rules.finding import HELD, Finding, documented, verdict


@documented("born-draft")
def born_draft(scene: Scene) -> Iterator[Finding]:
    """The status of an asset that a call has made."""
    if isinstance(scene.operation, PutAsset) and scene.operation.new and scene.accepted:
        for shown in _subject(scene):
            seen = f"{shown.key} is {shown.status.value}"
            yield verdict(shown.status is Status.DRAFT, seen, Status.DRAFT.value, (shown.at,))


@documented("in-place")
def in_place(scene: Scene) -> Iterator[Finding]:
    """The reply to a change of an asset; and how often its number is listed."""
    operation = scene.operation
    changing = isinstance(operation, PutAsset) and not operation.new and scene.accepted
    if changing and isinstance(scene.reply, SeenAsset):
        key = operation.asset if isinstance(operation, PutAsset) else ""
        seen = f"the change of {key} was answered with {scene.reply.key}"
        yield verdict(scene.reply.key == key, seen, key, (scene.reply.at,))
    for walk in scene.walks:
        numbers = [row.members.get(NUMBER) for row in walk.rows if row.key in scene.after]
        twice = sorted({str(number) for number in numbers if numbers.count(number) > 1})
        ids = {row.id for row in walk.rows if row.members.get(NUMBER) in twice}
        if walk.complete and numbers:
            seen = f"{len(ids)} assets are listed with the number {', '.join(twice)}"
            yield verdict(len(ids) <= len(twice), seen, "one for each number", walk.at)


@documented("stores")
def stores(scene: Scene) -> Iterator[Finding]:
    """Assets and types as they are shown, beside what was sent of them."""
    if not scene.accepted:
        return
    records: list[SeenAsset | SeenType] = [*scene.assets(), *scene.of(SeenType)]
    for shown in records:
        kept = scene.after.get(shown.key)
        if kept is None:
            continue
        sent = kept.members
        for name in sent.keys() - shown.members.keys() - {None}:
            yield verdict(False, f"{name} of {shown.key} is not shown", _text(sent[name]), (shown.at,))
        wrong = [name for name in sent if name in shown.members and not same(shown.members[name], sent[name])]
        for name in wrong:
            seen = f"{name} of {shown.key} is {_text(shown.members[name])}"
            yield verdict(False, seen, _text(sent[name]), (shown.at,))
        if sent and not wrong:
            yield HELD


@documented("keeps")
def keeps(scene: Scene) -> Iterator[Finding]:
    """What an update did not send: all kept, or all cleared."""
    operation = scene.operation
    if not isinstance(operation, PutAsset | PutType) or operation.new or not scene.accepted:
        return
    key = operation.asset if isinstance(operation, PutAsset) else operation.kind
    before = scene.before.get(key, Kept()).members
    absent = {name: value for name, value in before.items() if name not in operation.members}
    if isinstance(scene.reply, SeenAsset | SeenType) and absent:
        shown = scene.reply.members
        kept = [name for name, value in absent.items() if same(shown.get(name), value)]
        cleared = [name for name in absent if not shown.get(name)]
        good = len(kept) == len(absent) or len(cleared) == len(absent)
        seen = f"of what was not sent, {', '.join(kept) or 'nothing'} is as before"
        yield verdict(good, seen, f"all of {', '.join(absent)}, or all cleared", (scene.reply.at,))


@documented("computed")
def computed(scene: Scene) -> Iterator[Finding]:
    """Figures of a draft that was sent with figures of its own: a draft has none."""
    operation = scene.operation
    if not isinstance(operation, PutAsset) or not operation.computed or not scene.accepted:
        return
    for shown in _subject(scene):
        figures = {
            "accumulated depreciation": shown.accumulated,
            "prior depreciation": shown.prior,
            "gain or loss": shown.gain,
            "capital gain": shown.capital_gain,
        }
        wrong = [f"{name} {minor:,}" for name, minor in figures.items() if minor]
        yield verdict(not wrong, f"{shown.key} shows {', '.join(wrong)}", "nothing of what was sent", (shown.at,))
        was = scene.was.get(shown.key)
        if was is not None and was.can_roll_back is not None and shown.can_roll_back is not None:
            seen = f"{shown.key} can be rolled back: {shown.can_roll_back}"
            good = shown.can_roll_back == was.can_roll_back
            yield verdict(good, seen, f"{was.can_roll_back}, as before", (shown.at,))
        expected = _draft_value(scene.after.get(shown.key))
        if expected is not None and shown.book is not None:
            seen = f"{shown.key} has a book value of {shown.book:,}"
            yield verdict(shown.book != SENT_VALUE, seen, f"{expected:,}, whatever was sent", (shown.at,))


@documented("spellings")
def spellings(scene: Scene) -> Iterator[Finding]:
    """Settings sent under an API's other name."""
    operation = scene.operation
    if isinstance(operation, PutAsset | PutType) and operation.spelling is Spelling.OTHER and scene.accepted:
        key = operation.asset if isinstance(operation, PutAsset) else operation.kind
        records: list[SeenAsset | SeenType] = [*scene.assets(), *scene.of(SeenType)]
        for shown in records:
            if shown.key == key:
                lost = sorted(name for name in operation.members if shown.members.get(name) is None)
                seen = f"of {key}, {', '.join(lost)} is not shown"
                yield verdict(not lost, seen, "what was sent under either name", (shown.at,))


@documented("draft-value")
def draft_value(scene: Scene) -> Iterator[Finding]:
    """The book value of drafts, read one by one."""
    for shown in scene.assets():
        expected = _draft_value(scene.after.get(shown.key))
        if expected is not None and shown.status is Status.DRAFT and shown.book is not None:
            seen = f"{shown.key} has a book value of {shown.book:,}"
            yield verdict(shown.book == expected, seen, f"{expected:,}: price less disposal price", (shown.at,))


@documented("unset")
def unset(scene: Scene) -> Iterator[Finding]:
    """Nulls in whatever is shown."""
    shown: list[tuple[Mapping[str, Any], int]] = [(asset.raw, asset.at) for asset in scene.assets()]
    shown += [(kind.raw, max(kind.at, scene.place)) for kind in scene.types()]
    shown += [(settings.raw, settings.at) for settings in scene.of(SeenSettings)]
    shown += [(row.raw, page.at) for walk in scene.walks for page in walk.pages for row in page.rows]
    for raw, at in shown:
        nulls = list(_nulls(raw))
        yield verdict(not nulls, f"null for {', '.join(nulls)}", "nothing at all", (at,))


@documented("detail")
def detail(scene: Scene) -> Iterator[Finding]:
    """Rows of lists beside the same assets, read one by one."""
    rows = {row.key: (row, page.at) for walk in scene.walks for page in walk.pages for row in page.rows}
    for shown in scene.assets():
        if shown.key in rows:
            row, at = rows[shown.key]
            wrong = sorted(name for name in row.facts if not same(row.facts[name], shown.raw.get(name)))
            seen = f"the list shows another {', '.join(wrong)} of {shown.key} than the asset by its id"
            yield verdict(not wrong, seen, "the same, and perhaps more by its id", (at, shown.at))


@documented("replay")
def replay(scene: Scene) -> Iterator[Finding]:
    """An asset after a call was sent again with its key: as it was before."""
    if not scene.replayed or not isinstance(scene.operation, PutAsset):
        return
    if scene.answered is not None:
        seen = f"the call that was sent again is answered with {scene.answered}"
        yield verdict(scene.answered == scene.operation.asset, seen, scene.operation.asset, (scene.place,))
    for shown in scene.assets():
        was = scene.was.get(shown.key)
        if was is not None:
            wrong = sorted(name for name in was.members if not same(was.members[name], shown.members.get(name)))
            seen = f"{', '.join(wrong)} of {shown.key} has changed with the call that was sent again"
            yield verdict(not wrong, seen, "nothing done twice", (was.at, shown.at))


@documented("type-in-place")
def type_in_place(scene: Scene) -> Iterator[Finding]:
    """The reply to a change of a type; and how often its name is listed."""
    operation = scene.operation
    if isinstance(operation, PutType) and not operation.new and scene.accepted and isinstance(scene.reply, SeenType):
        seen = f"the change of {operation.kind} was answered with {scene.reply.key}"
        yield verdict(scene.reply.key == operation.kind, seen, operation.kind, (scene.reply.at,))
    for listed in scene.of(SeenTypes):
        for key, kept in scene.after.items():
            rows = [row for row in listed.rows if row.members.get(NAME) == kept.members.get(NAME)]
            if any(row.key == key for row in rows):
                seen = f"{len(rows)} types are listed with the name of {key}"
                yield verdict(len(rows) == 1, seen, "one", (listed.at,))


def _subject(scene: Scene) -> Iterator[SeenAsset]:
    """The asset that the call is about, wherever it was shown."""
    key = scene.operation.asset if isinstance(scene.operation, PutAsset) else ""
    return (shown for shown in scene.assets() if shown.key == key)


def _draft_value(kept: Kept | None) -> int | None:
    """What a draft is worth, where its price is known."""
    price = None if kept is None else kept.members.get(PRICE)
    if kept is None or not isinstance(price, int) or kept.status is not Status.DRAFT:
        return None
    off = kept.members.get(DISPOSAL_PRICE, 0)
    return price - (off if isinstance(off, int) else 0)


def _nulls(value: Any, place: str = "") -> Iterator[str]:
    if value is None:
        yield place
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _nulls(inner, f"{place}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _nulls(inner, f"{place}/{index}")


def _text(value: object) -> str:
    return str(value.value) if hasattr(value, "value") else str(value)
