"""The same books kept the slow way: plain lists, every figure added up anew, no code shared with the domain."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

RISES = ("IMPROVEMENT", "REVALUATION_UP")
LARGEST = 2**63 - 1


@dataclass
class NaiveAsset:
    account: str
    accumulated: str | None
    archived: bool = False


@dataclass
class NaiveChange:
    asset: int
    amount: int
    effect: str
    counter: str
    at: tuple[int, int]  # day of the year, second of the day
    entry: int
    live: bool = True

    @property
    def signed(self) -> int:
        return self.amount if self.effect in RISES else -self.amount


@dataclass
class NaiveEntry:
    at: tuple[int, int]
    lines: list[tuple[str, int]]
    direct: bool
    standing: bool = True  # whether what it says holds: made even by an even number of reversals
    reversal: int | None = None
    root: int | None = None


@dataclass
class Naive:
    assets: list[NaiveAsset] = field(default_factory=list)
    changes: list[NaiveChange] = field(default_factory=list)
    entries: list[NaiveEntry] = field(default_factory=list)
    closed: int | None = None

    def copy(self) -> Naive:
        return deepcopy(self)

    # ---- what would be accepted ---------------------------------------------------------------

    @property
    def live(self) -> int:
        """What the live entries add up to: a chain of reversals counts once or not at all."""
        roots = [entry for entry in self.entries if entry.root is None]
        return sum(sum(m for _, m in entry.lines if m > 0) for entry in roots if entry.standing)

    def is_closed(self, at: tuple[int, int]) -> bool:
        return self.closed is not None and at[0] < self.closed

    def moved(self, asset: int, effect: str) -> str | None:
        return self.assets[asset].accumulated if effect == "DEPRECIATION" else self.assets[asset].account

    def takes(self, asset: int, amount: int, effect: str, counter: str, at: tuple[int, int], *, freed: int = 0) -> bool:
        moved = self.moved(asset, effect)
        return not (
            self.assets[asset].archived
            or amount < 1
            or moved is None
            or moved == counter
            or self.is_closed(at)
            or self.live - freed + amount > LARGEST
        )

    # ---- what is done -------------------------------------------------------------------------

    def post(self, asset: int, amount: int, effect: str, counter: str, at: tuple[int, int]) -> None:
        self.changes.append(NaiveChange(asset, amount, effect, counter, at, len(self.entries)))
        self._enter(self.changes[-1])

    def void(self, number: int) -> None:
        self.changes[number].live = False
        self.reverse(self.changes[number].entry)

    def amend(self, number: int, amount: int, effect: str, counter: str, at: tuple[int, int]) -> None:
        change = self.changes[number]
        self.reverse(change.entry)
        change.amount, change.effect, change.counter, change.at = amount, effect, counter, at
        change.entry = len(self.entries)
        self._enter(change)

    def journal(self, lines: list[tuple[str, int]], at: tuple[int, int]) -> None:
        self.entries.append(NaiveEntry(at, lines, direct=True))

    def reverse(self, number: int) -> None:
        entry = self.entries[number]
        entry.reversal = len(self.entries)
        root = number if entry.root is None else entry.root
        self.entries[root].standing = not self.entries[root].standing
        mirrored = [(account, -minor) for account, minor in entry.lines]
        self.entries.append(NaiveEntry(entry.at, mirrored, entry.direct, root=root))

    def _enter(self, change: NaiveChange) -> None:
        moved = self.moved(change.asset, change.effect)
        assert moved is not None
        debit, credit = (moved, change.counter) if change.effect in RISES else (change.counter, moved)
        self.entries.append(NaiveEntry(change.at, [(debit, change.amount), (credit, -change.amount)], direct=False))

    # ---- what is read -------------------------------------------------------------------------

    def balance(self, account: str, through: int, *, cash: bool) -> int:
        return sum(
            minor
            for entry in self.entries
            if entry.at[0] <= through and (entry.direct or not cash)
            for name, minor in entry.lines
            if name == account
        )

    def running(self, account: str) -> list[tuple[int, int]]:
        """The account's lines by day and then by creation, each with the balance after it."""
        found, total = [], 0
        for entry in sorted(self.entries, key=lambda entry: entry.at[0]):
            for name, minor in entry.lines:
                if name == account:
                    total += minor
                    found.append((minor, total))
        return found

    def listed(self, *, by_time: bool) -> list[int]:
        """The live changes in the order of a list."""
        live = [number for number, change in enumerate(self.changes) if change.live]
        return sorted(live, key=lambda number: self.changes[number].at) if by_time else live

    def carried(self, asset: int, through: int) -> int:
        """The asset's live changes, and whatever else was posted to its account (DECISIONS 16)."""
        account = self.assets[asset].account
        live = [change for change in self.changes if change.live and change.at[0] <= through]
        own = sum(change.signed for change in live if change.asset == asset)
        as_counter = -sum(change.signed for change in live if change.counter == account)
        direct = sum(
            minor
            for entry in self.entries
            if entry.direct and entry.at[0] <= through
            for name, minor in entry.lines
            if name == account
        )
        return own + as_counter + direct
