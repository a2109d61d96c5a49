"""The plays about drafts, types and lists: what any client of such an API may do.

A play is one drawn step, as plain data that means something in every state; carrying it out makes the
operations that it stands for. The fields' first values are what shrinking ends at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from stateful.machine.exchanges import Abandoned
from stateful.machine.paging import followed
from stateful.model.records import Value
from stateful.register import operations as op
from stateful.register.operations import Flaw, Members, Order, PutAsset, PutType, ReadList, Spelling, Status
from stateful.register.palette import FACTS, KINDS, STRAIGHT
from stateful.register.sights import SeenList, SeenSettings, SeenWalk
from stateful.register.stage import Stage
from stateful.walks import Walk

_PAGES = 12  # how many pages a walk reads at most


# ---- who plays in a history -------------------------------------------------------------------


def next_key(stage: Stage, word: str) -> str:
    """A key that no record of this history has had yet."""
    return next(f"{word}-{n}" for n in range(1, len(stage.known) + 2) if f"{word}-{n}" not in stage.known)


def new_asset(stage: Stage, members: Members, spelling: Spelling = Spelling.USUAL, *, computed: bool = False) -> str:
    """Create a draft with a name and a number of its own; gives its key. Raises Abandoned where it is refused."""
    key = next_key(stage, "asset")
    usual = {op.NAME: f"{key} of ours", op.NUMBER: stage.names.external(key)}
    put = PutAsset(key, {**usual, **members}, spelling=spelling, computed=computed)
    if not stage.carry_out(put, op.ReadAsset(key)):
        raise Abandoned("the play needs a draft")
    return key


def an_asset(stage: Stage, slot: int = 0) -> str:
    """A draft of this history; the first is made when it is first needed."""
    drafts = [key for key, kept in stage.known.items() if key.startswith("asset") and kept.status is Status.DRAFT]
    return drafts[slot % len(drafts)] if drafts else new_asset(stage, FACTS[0])


def new_type(stage: Stage, members: Members | None = None, spelling: Spelling = Spelling.USUAL) -> str:
    """Create a type of assets; gives its key. Raises Abandoned where it is refused."""
    key = next_key(stage, "type")
    given = KINDS[0] if members is None else members
    put = PutType(key, {op.NAME: f"{stage.names.prefix}{key}", **given}, spelling=spelling)
    if not stage.carry_out(put):
        raise Abandoned("the play needs a type")
    return key


def a_type(stage: Stage) -> str:
    """A type of this history."""
    return next((key for key in stage.known if key.startswith("type")), None) or new_type(stage)


# ---- drafts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Creating:
    """Create a draft, and read it."""

    facts: Members
    plan: Members = field(default_factory=dict)
    typed: bool = False
    spelling: Spelling = Spelling.USUAL
    computed: bool = False

    def play(self, stage: Stage) -> None:
        """One call or two, and a look."""
        kind = {op.TYPE: a_type(stage)} if self.typed else {}
        plan = {op.PRICE: 300_000, **self.plan} if self.plan else {}
        new_asset(stage, {**self.facts, **kind, **plan}, spelling=self.spelling, computed=self.computed)


@dataclass(frozen=True, slots=True)
class Changing:
    """Change a draft by its id, and read it and another one."""

    slot: int
    members: Members
    computed: bool = False
    renumbered: bool = False

    def play(self, stage: Stage) -> None:
        """One call, and a look at both."""
        key = an_asset(stage, self.slot)
        bystander = new_asset(stage, {}) if len(stage.known) < 3 else an_asset(stage, self.slot + 1)
        kept = stage.known[key].members
        name = kept[op.NAME]
        members = {op.NAME: name, op.NUMBER: kept[op.NUMBER], **self.members}
        if self.renumbered:
            members[op.NUMBER] = stage.names.external(f"again-{len(stage.transcript.steps)}")
        put = PutAsset(key, members, new=False, computed=self.computed)
        stage.carry_out(put, op.ReadAsset(key), op.ReadAsset(bystander))


@dataclass(frozen=True, slots=True)
class Replaying:
    """Send a change with a key, change the asset again, and send the first call once more; or another with its key."""

    differing: bool = False

    def play(self, stage: Stage) -> None:
        """Three calls, and a look after each."""
        key = an_asset(stage)
        kept = stage.known[key].members
        number = kept[op.NUMBER]
        token = f"{stage.names.prefix}key-{len(stage.transcript.steps)}"
        first = PutAsset(key, {op.NAME: "sent with a key", op.NUMBER: number}, new=False, token=token)
        look = op.ReadAsset(key)
        stage.carry_out(first, look)
        stage.carry_out(PutAsset(key, {op.NAME: "changed since", op.NUMBER: number}, new=False), look)
        if self.differing:
            first = replace(first, members={**first.members, op.NAME: "another"}, flaw=Flaw.USED_KEY)
        stage.carry_out(first, look)


@dataclass(frozen=True, slots=True)
class Numbering:
    """Take the number that the settings say is free, and ask for the next one."""

    def play(self, stage: Stage) -> None:
        """A call, and before and after it a look at the next number and at who has it already."""
        number = _next_number(stage)
        if number is not None:
            key = next_key(stage, "asset")
            stage.carry_out(PutAsset(key, {op.NAME: stage.names.external(key), op.NUMBER: number}))
            _next_number(stage, op.ReadAsset(key))


def _next_number(stage: Stage, *more: op.Reading) -> str | None:
    """The number that the settings show as free. Raises Violation where an asset has it."""
    settings = stage.transcript.read(op.ReadSettings())
    if not isinstance(settings, SeenSettings) or settings.next_number is None:
        return None
    holders = walked(stage, ReadList(page=1, size=200, text=settings.next_number), pages=1)
    stage.look(op.ReadSettings(), *more, walks=[holders] if holders.pages else [])
    return settings.next_number


# ---- types ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Typing:
    """Create a type, change it, and list all."""

    members: Members
    spelling: Spelling = Spelling.USUAL
    change: bool = False

    def play(self, stage: Stage) -> None:
        """One call or two, and the list after each."""
        key = new_type(stage, self.members, self.spelling)
        stage.look(op.ReadTypes())
        if self.change:
            renamed = {op.NAME: f"{stage.names.prefix}{key} renamed"}
            stage.carry_out(PutType(key, {**self.members, **renamed}, new=False), op.ReadTypes())


# ---- lists ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """Make drafts that hold one text in different places, and walk the list of those that hold it, both ways."""

    size: int
    order: Order = Order.NAME
    descending: bool = False
    ours: int = 5

    def play(self, stage: Stage) -> None:
        """A call for each draft, the walk, and a look at the first row by its id."""
        text = f"zq{stage.names.prefix}{len(stage.transcript.steps)}"
        stage.carry_out(PutType("type-of-lists", {op.NAME: f"{text} type", **KINDS[0]}))
        keys = [new_asset(stage, members) for members in _holding(stage, text, self.ours)]
        asked = ReadList(page=1, size=self.size, order=self.order, descending=self.descending, text=text)
        ways = (asked, replace(asked, descending=not self.descending))
        walks = [replace(walk, ours=frozenset(keys)) for way in ways if (walk := walked(stage, way)).pages]
        stage.look(op.ReadAsset(keys[0]), op.ReadAsset(keys[-1]), walks=walks)
        stage.look(ReadList())


def _holding(stage: Stage, text: str, count: int) -> list[Members]:
    """Members of drafts of which each holds the text somewhere else.

    Names and numbers differ first in a letter, so that they are in the same order in any collation.
    """
    step = len(stage.transcript.steps)
    places: tuple[Members, ...] = (
        {op.NAME: f"a {text}"},
        {op.DESCRIPTION: f"it is {text} indeed", op.NAME: "c described"},
        {op.TYPE: "type-of-lists", op.NAME: "b typed"},
        {op.NAME: "d numbered"},
    )

    def members(n: int) -> Members:
        number = f"{step}{'dacbefg'[n % 7]}{n if n % 4 != 3 else text}"
        facts = {**FACTS[1 + n % 3], op.PRICE: 100 * (n * 7 % 5 + 1), op.NUMBER: stage.names.external(number)}
        return {**facts, **places[n % len(places)]}

    return [members(n) for n in range(count)]


def walked(stage: Stage, asked: ReadList, pages: int = _PAGES) -> SeenWalk:
    """A list from its first page, so many pages at most."""
    return Walk(*followed(stage.transcript.read, asked, SeenList, pages))


# ---- calls that must be refused -----------------------------------------------------------------


class On(Enum):
    """The operation that a flaw is written into."""

    CREATE = auto()
    CHANGE = auto()
    TYPE = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Wrong:
    """One way of being wrong."""

    on: On
    flaw: Flaw

    def play(self, stage: Stage) -> None:
        """Read, send the flawed call, and read again."""
        if self.on is On.LIST:
            stage.ask_in_vain(_LISTS[self.flaw])
            return
        if self.on is On.TYPE:
            _wrong_type(stage, self.flaw)
            return
        key = an_asset(stage)
        kept = stage.known[key].members
        stage.look(op.ReadAsset(key))
        members: dict[str, Value] = {
            op.NAME: "refused",
            op.NUMBER: stage.names.external(f"refused-{len(stage.transcript.steps)}"),
        }
        members |= _SPOILT.get(self.flaw, {})
        if self.flaw in (Flaw.NO_NAME, Flaw.NO_NUMBER):
            del members[op.NAME if self.flaw is Flaw.NO_NAME else op.NUMBER]
        taken = self.flaw is Flaw.TAKEN_NUMBER
        if self.on is On.CREATE:
            members |= {op.NUMBER: kept[op.NUMBER]} if taken else {}
            stage.carry_out(PutAsset(next_key(stage, "refused"), members, flaw=self.flaw), op.ReadAsset(key))
            return
        other = new_asset(stage, {}) if taken else key
        members[op.NUMBER] = stage.known[other].members[op.NUMBER]
        stage.carry_out(PutAsset(key, members, new=False, flaw=self.flaw), op.ReadAsset(key))


def _wrong_type(stage: Stage, flaw: Flaw) -> None:
    members = {op.NAME: f"{stage.names.prefix}refused-{len(stage.transcript.steps)}", **KINDS[0]}
    if flaw is Flaw.TAKEN_TYPE_NAME:
        known = a_type(stage)
        members[op.NAME] = stage.known[known].members[op.NAME]
    if flaw is Flaw.NO_TYPE_NAME:
        del members[op.NAME]
    stage.carry_out(PutType(next_key(stage, "refused"), members, flaw=flaw), op.ReadTypes())


_PRICED: Members = {**STRAIGHT, op.PRICE: 100_000}
_SPOILT: dict[Flaw, Members] = {
    Flaw.RATE_AND_LIFE: _PRICED,
    Flaw.EARLY_START: _PRICED,
    Flaw.LIMIT_ABOVE_PRICE: {**_PRICED, op.LIMIT: 100_001},
    Flaw.RESIDUAL_ABOVE_PRICE: {**_PRICED, op.RESIDUAL: 100_001},
    Flaw.RESIDUAL_ABOVE_LIMIT: {**_PRICED, op.LIMIT: 50_000, op.RESIDUAL: 50_001},
}
_LISTS = {
    Flaw.NO_STATUS: ReadList(flaw=Flaw.NO_STATUS),
    Flaw.ODD_STATUS: ReadList(flaw=Flaw.ODD_STATUS),
    Flaw.LONG_PAGE: ReadList(page=1, size=201, flaw=Flaw.LONG_PAGE),
    Flaw.ORDER_OF_DISPOSED: ReadList(order=Order.DISPOSED, flaw=Flaw.ORDER_OF_DISPOSED),
}

WRONGS = (
    *(Wrong(On.CREATE, flaw) for flaw in (Flaw.NO_NAME, Flaw.NO_NUMBER, Flaw.TAKEN_NUMBER, Flaw.OTHER_STATUS)),
    *(Wrong(On.CREATE, flaw) for flaw in (*_SPOILT, Flaw.UNKNOWN_TYPE)),
    *(Wrong(On.CHANGE, flaw) for flaw in (Flaw.TAKEN_NUMBER, Flaw.UNKNOWN_ASSET, Flaw.UNKNOWN_TYPE, Flaw.OTHER_STATUS)),
    *(Wrong(On.TYPE, flaw) for flaw in (Flaw.NO_TYPE_NAME, Flaw.NO_TYPE_ACCOUNT, Flaw.NO_TYPE_SETTINGS)),
    *(Wrong(On.TYPE, flaw) for flaw in (Flaw.UNKNOWN_ACCOUNT, Flaw.UNKNOWN_ACCOUNTS, Flaw.TYPE_RATE_AND_LIFE)),
    Wrong(On.TYPE, Flaw.TAKEN_TYPE_NAME),
    *(Wrong(On.LIST, flaw) for flaw in _LISTS),
)
