"""The plays about records, lists and classes: what any client of such an API may do.

A play is one drawn step, as plain data that means something in every state; carrying it out makes the operations that
it stands for. The fields' first values are what shrinking ends at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from stateful.holdings import operations as op
from stateful.holdings.operations import Flaw, ReadList, Relation
from stateful.holdings.sights import SeenList, SeenWalk
from stateful.holdings.stage import Stage
from stateful.machine.exchanges import Abandoned
from stateful.machine.paging import followed
from stateful.walks import Walk

PAGES: Final = 12
"""How many pages a walk reads at most."""


# ---- who plays in a history -------------------------------------------------------------------


def new_asset(stage: Stage, text: str = "Lathe", *relations: Relation, looked_at: bool = True) -> str:
    """Create an asset and read it; gives its key. Raises Abandoned where it is refused."""
    key = f"asset-{len(stage.known) + 1}"
    looks = [op.ReadAsset(key, relations)] if looked_at else []
    if not stage.carry_out(op.Create(key, f"{stage.names.prefix}{key} {text}"), *looks):
        raise Abandoned("the play needs an asset")
    return key


def an_asset(stage: Stage, slot: int = 0) -> str:
    """An active asset of this history; the first is made when it is first needed."""
    active = [key for key, kept in stage.known.items() if kept.active]
    return active[slot % len(active)] if active else new_asset(stage)


# ---- records ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Creating:
    """Create an asset, and read it."""

    text: str
    relations: tuple[Relation, ...] = ()

    def play(self, stage: Stage) -> None:
        """One call, and a look."""
        new_asset(stage, self.text, *self.relations)


@dataclass(frozen=True, slots=True)
class Renaming:
    """Give an asset another name, and read it and another one."""

    slot: int
    text: str

    def play(self, stage: Stage) -> None:
        """One call, and a look at both."""
        key = an_asset(stage, self.slot)
        bystander = new_asset(stage) if len(stage.known) < 2 else an_asset(stage, self.slot + 1)
        name = f"{stage.names.prefix}{self.text} {len(stage.transcript.steps)}"
        stage.carry_out(op.Rename(key, name), op.ReadAsset(key), op.ReadAsset(bystander))


@dataclass(frozen=True, slots=True)
class SettingAside:
    """Deactivate an asset, and read it; perhaps once more; perhaps give it another name."""

    slot: int
    again: bool = False
    renamed: bool = False

    def play(self, stage: Stage) -> None:
        """One call to three, and a look after each."""
        key = an_asset(stage, self.slot)
        look = op.ReadAsset(key)
        if not stage.carry_out(op.Deactivate(key), look):
            return
        if self.again:
            stage.carry_out(op.Deactivate(key), look)
        if self.renamed:
            stage.carry_out(op.Rename(key, f"{stage.names.prefix}set aside"), look)


@dataclass(frozen=True, slots=True)
class Aging:
    """Give an asset of an earlier history another name, after a new one has shown what time it is."""

    def play(self, stage: Stage) -> None:
        """Two calls and their looks; the first of all histories only makes the asset."""
        new_asset(stage)
        made = stage.made[-1]
        if stage.own:
            return
        elder = stage.judges.elder
        if elder is None or (stage.adopt("elder", elder) and not stage.known["elder"].active):
            stage.judges.elder = made
        elif "elder" in stage.known:
            name = f"{stage.names.prefix}elder {len(stage.transcript.steps)}"
            stage.carry_out(op.Rename("elder", name), op.ReadAsset("elder"))


# ---- lists ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """Make assets, perhaps rename one and set another aside, and walk the list of their client account."""

    size: int
    ours: int = 5
    aside: bool = False
    renamed: bool = False
    relations: tuple[Relation, ...] = ()

    def play(self, stage: Stage) -> None:
        """A call for each asset, the walk, and a look at the first and the last of them by their ids."""
        if stage.judges.control and not stage.own:
            stage.open_account()
        keys = [new_asset(stage, looked_at=False) for _ in range(self.ours)]
        if self.aside:
            stage.carry_out(op.Deactivate(keys[1]), op.ReadAsset(keys[1]))
        if self.renamed:
            stage.carry_out(op.Rename(keys[0], f"{stage.names.prefix}renamed"), op.ReadAsset(keys[0]))
        walk = walked(stage, ReadList(page=1, size=_fitting(stage, self.size), relations=self.relations))
        stage.look(op.ReadAsset(keys[0]), op.ReadAsset(keys[-1]), walks=[walk] if walk.pages else [])
        stage.look(ReadList())
        if walk.complete:
            beyond = replace(walk.pages[-1].asked, page=walk.pages[-1].pages + 2)
            stage.look(beyond)


@dataclass(frozen=True, slots=True)
class ListingAll:
    """Make an asset, and walk the list of every client account that the caller sees."""

    def play(self, stage: Stage) -> None:
        """A call, and the walk."""
        new_asset(stage)
        walk = walked(stage, ReadList(page=1, size=100, all=True))
        if walk.pages:
            stage.look(walks=[walk])


def walked(stage: Stage, asked: ReadList) -> SeenWalk:
    """A list from its first page on; every active asset of the history must be in it."""
    ours = frozenset(key for key, kept in stage.known.items() if kept.active)
    pages, complete = followed(stage.transcript.read, asked, SeenList, PAGES)
    return Walk(pages, complete, ours)


def _fitting(stage: Stage, size: int) -> int:
    """A size of pages by which a list of so many assets can be walked to its end, if there is one."""
    first = stage.transcript.read(ReadList(page=1, size=size))
    if not isinstance(first, SeenList):
        raise Abandoned("the play needs a list")
    return size if first.pages <= PAGES else min(100, -(-first.records // (PAGES - 1)))


# ---- classes ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Classifying:
    """List the classes of assets."""

    def play(self, stage: Stage) -> None:
        """One look."""
        stage.read_classes()


# ---- calls with something wrong -----------------------------------------------------------------


class On(Enum):
    """The operation that a flaw is written into."""

    CREATE = auto()
    RENAME = auto()
    DEACTIVATE = auto()
    READ = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Wrong:
    """One way of being wrong; `how`: which of the values that are."""

    on: On
    flaw: Flaw
    how: int = 0

    def play(self, stage: Stage) -> None:
        """Read, send the flawed call, and read again."""
        if self.on is On.LIST:
            stage.ask(_list_of(self.flaw, self.how))
            return
        key = an_asset(stage)
        if self.on is On.READ:
            relations = (Relation.ACCOUNT,) if self.flaw is Flaw.UNKNOWN_RELATION else ()
            stage.ask(op.ReadAsset(key, relations, flaw=self.flaw))
            return
        stage.look(op.ReadAsset(key))
        name = f"{stage.names.prefix}refused {len(stage.transcript.steps)}"
        match self.on:
            case On.CREATE:
                refused = f"refused-{len(stage.transcript.steps)}"
                stage.carry_out(op.Create(refused, name, self.flaw), op.ReadAsset(key))
                if refused in stage.known:
                    stage.look(op.ReadAsset(refused))
            case On.RENAME:
                stage.carry_out(op.Rename(key, name, self.flaw), op.ReadAsset(key))
            case On.DEACTIVATE:
                stage.carry_out(op.Deactivate(key, self.flaw), op.ReadAsset(key))


_NONE: Final[tuple[int | str, ...]] = (0, -1, "x")


def _list_of(flaw: Flaw, how: int) -> ReadList:
    none = _NONE[how % len(_NONE)]
    match flaw:
        case Flaw.NO_SUCH_PAGE:
            return ReadList(page=none, size=5, flaw=flaw)
        case Flaw.NO_SUCH_SIZE:
            return ReadList(page=1, size=none, flaw=flaw)
        case Flaw.LONG_PAGE:
            return ReadList(page=1, size=(101, 1000, 2**31 - 1)[how % 3], flaw=flaw)
        case _:
            return ReadList(page=1, size=3, relations=(Relation.CREATOR,), flaw=flaw)


WRONGS: Final = (
    *(Wrong(On.CREATE, flaw) for flaw in (Flaw.NO_NAME, Flaw.NO_ACCOUNT, Flaw.BLANK_NAME, Flaw.ODD_NAME)),
    *(Wrong(On.CREATE, flaw) for flaw in (Flaw.ODD_ACCOUNT, Flaw.UNKNOWN_ACCOUNT, Flaw.COMPUTED)),
    *(Wrong(On.RENAME, flaw) for flaw in (Flaw.NO_NAME, Flaw.BLANK_NAME, Flaw.ODD_NAME, Flaw.UNKNOWN_ASSET)),
    *(Wrong(On.RENAME, flaw) for flaw in (Flaw.OTHER_ACCOUNT, Flaw.COMPUTED)),
    Wrong(On.DEACTIVATE, Flaw.UNKNOWN_ASSET),
    *(Wrong(On.READ, flaw) for flaw in (Flaw.UNKNOWN_ASSET, Flaw.UNKNOWN_RELATION)),
    *(Wrong(On.LIST, flaw, how) for flaw in (Flaw.NO_SUCH_PAGE, Flaw.NO_SUCH_SIZE) for how in range(3)),
    *(Wrong(On.LIST, Flaw.LONG_PAGE, how) for how in range(3)),
    Wrong(On.LIST, Flaw.UNKNOWN_RELATION),
)
"""Every flaw in every operation that it can be in."""
