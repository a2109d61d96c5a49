"""One history of a register against the target.

Decides the order of things: send, compare the outcome with what was to be expected, read what shows the
effect, judge, and only then move what is known. The first violation ends the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from contract_tests.call import Reply
from contract_tests.checks.rules import ACCEPTED
from stateful.machine import exchanges
from stateful.machine.exchanges import judge_by_all
from stateful.machine.outcomes import done, judge_outcome
from stateful.model.register import settled
from stateful.model.register_course import Calendar, month_end
from stateful.names import Names
from stateful.register import operations as op
from stateful.register.books import Ledger, courses_of, disposals_of
from stateful.register.goals import reached_by
from stateful.register.operations import Accounts, Flaw, Kept, Operation, PutAsset, PutType, Reading, Status
from stateful.register.rules.refusals import REFUSALS
from stateful.register.scene import Scene
from stateful.register.sights import (
    SeenAccounts,
    SeenAsset,
    SeenEntries,
    SeenOrganisation,
    SeenType,
    SeenWalk,
    Sight,
)
from stateful.register.terms import Dialect
from stateful.register.transcript import Transcript
from stateful.rules.flaws import broken_by_acceptance

_RECORD: Final = (PutAsset, PutType)
_MOVES: Final = {op.Register: Status.REGISTERED, op.UndoDisposal: Status.REGISTERED, op.Dispose: Status.DISPOSED}


class Judges(exchanges.Judges, Protocol):
    """What a history asks of the run that it is part of."""

    dialect: Dialect
    readings: frozenset[str]  # how all book values that were seen so far may be read


class Stage:
    """One history: its names, what is known of its records, and its transcript."""

    def __init__(self, judges: Judges, transcript: Transcript) -> None:
        self.judges = judges
        self.transcript = transcript
        self.known: dict[str, Kept] = {}
        self.tokens: set[str] = set()
        """Idempotency keys that a call was accepted with."""
        self.calendar = Calendar()
        self.accounts: Accounts | None = None
        """Those of the types of an organisation that the history has opened."""
        self._was: dict[str, SeenAsset] = {}
        self._depreciated: date | None = None
        self._locked: date | None = None
        self._late: frozenset[str] = frozenset()
        self._rolled_back = self._undone = False
        self._disposals: dict[str, op.Dispose] = {}
        self._figures: dict[str, int] = {}

    @property
    def names(self) -> Names:
        """Who is who in this history."""
        return self.transcript.names

    # ---- calls ----------------------------------------------------------------------------------

    def carry_out(self, operation: op.Writing, *readings: Reading) -> bool:
        """Carry an operation out, read what shows its effect, and judge. Gives whether it was accepted.

        Raises Violation.
        """
        before = dict(self.known)
        at, call, reply = self.transcript.send(operation)
        replayed = isinstance(operation, PutAsset) and operation.token in self.tokens and operation.flaw is None
        self._judge_outcome(operation, at, reply, replayed=replayed)
        sight = self._learnt(operation, at) if reply.ok else None
        if reply.ok and not replayed:
            self._follow(operation, sight)
        scene = Scene(
            operation=operation,
            accepted=reply.ok,
            flaw=_flaw(operation),
            before=before,
            after=dict(self.known),
            reply=None if replayed else sight,
            answered=sight.key if replayed and isinstance(sight, SeenAsset) else None,
            reply_fields=None if reply.ok else self.judges.dialect.fields(reply),
            sights=self._read(readings),
            was=dict(self._was),
            replayed=replayed,
            readings=self.judges.readings,
            place=at,
        )
        self._judge(scene, call.operation_id)
        return reply.ok

    def look(self, *readings: Reading, walks: Iterable[SeenWalk] = ()) -> tuple[Sight, ...]:
        """Read on its own, judge, and give what was read. Raises Violation."""
        walks = tuple(walks)
        at = len(self.transcript.steps)
        sights = self._read(readings)
        known = dict(self.known)
        ways, was = self.judges.readings, dict(self._was)
        scene = Scene(before=known, after=known, sights=sights, was=was, walks=walks, readings=ways, place=at)
        self._judge(scene, self.transcript.blamed(place for walk in walks for place in walk.at[-1:]))
        return sights

    def ask_in_vain(self, reading: op.ReadList) -> None:
        """A read that has to be refused. Raises Violation."""
        at, call, reply = self.transcript.send(reading)
        self._judge_outcome(reading, at, reply)
        known = dict(self.known)
        scene = Scene(reading, reply.ok, reading.flaw, known, known, place=at)
        self._judge(scene, call.operation_id)

    # ---- an organisation of the history's own ----------------------------------------------------

    def open_organisation(self, start: date, month: int) -> None:
        """Go on in an organisation that nobody else uses. Raises Abandoned where there is none to be had."""
        opened = done(self.transcript, op.OpenOrganisation(start, month))
        assert isinstance(opened, SeenOrganisation)
        self.transcript.names = Names({**self.names.scope, **opened.scope}, self.names.prefix, token=opened.token)
        self.known.clear()
        self._was.clear()
        self._depreciated = self._locked = None
        self._late, self._rolled_back, self._undone = frozenset(), False, False
        self.calendar = Calendar(month)
        chart = done(self.transcript, op.ReadAccounts())
        assert isinstance(chart, SeenAccounts)
        self.accounts = chart.accounts
        for name, account in (("cost", chart.accounts.cost), ("expense", chart.accounts.expense)):
            self.names.learn(f"the {name} account", account)
        self.names.learn("the accumulated account", chart.accounts.accumulated)

    def move(self, operation: op.Move) -> None:
        """Do what an API's screens do. Raises Abandoned where it is refused: no document promises it."""
        done(self.transcript, operation)
        kind = type(operation)
        if kind in _MOVES and isinstance(operation, op.Register | op.Dispose | op.UndoDisposal):
            kept = self.known[operation.asset]
            self.known[operation.asset] = replace(kept, status=_MOVES[kind])
        match operation:
            case op.Register(asset) if self._depreciated is not None:
                self._late |= {asset}
            case op.Depreciate(through):
                self._depreciated, self._rolled_back = max(through, self._depreciated or through), False
            case op.RollBack(to) if self._depreciated is not None and to < self._depreciated:
                self._depreciated, self._rolled_back = to if month_end(to) == to else None, True
            case op.Dispose(asset):
                self._disposals[asset] = operation
            case op.UndoDisposal(asset):
                self._disposals.pop(asset, None)
                self._undone = True
            case op.Lock(day):
                self._locked = day

    def look_at_books(self, *keys: str) -> None:
        """Read these assets and what was posted for them, their types and the settings; judge. Raises Violation."""
        at = len(self.transcript.steps)
        each = [reading for key in keys for reading in (op.ReadAsset(key), op.ReadEntries(key))]
        sights = self._read([*each, op.ReadTypes(), op.ReadSettings(), op.ReadBalances()])
        shown = {sight.key: sight for sight in sights if isinstance(sight, SeenAsset)}
        posted = {sight.asset: sight for sight in sights if isinstance(sight, SeenEntries)}
        known = dict(self.known)
        assert self.accounts is not None
        ledger = Ledger(self.accounts, self.calendar, self._depreciated)
        self._settle_readings(shown.values())
        self._draw(at - 1, keys, shown)
        scene = Scene(
            before=known,
            after=known,
            sights=sights,
            courses=tuple(courses_of(self.known, posted, ledger)),
            disposals=tuple(disposals_of(self.known, posted, ledger, self._disposals, shown)),
            readings=self.judges.readings,
            depreciated=self._depreciated,
            locked=self._locked,
            late=self._late,
            rolled_back=self._rolled_back,
            undone=self._undone,
            own=True,
            accounts=self.accounts,
            place=at,
        )
        self._judge(scene, self.transcript.blamed())

    def leave(self) -> None:
        """The history is over: drafts of the kit's own are in nobody's way."""

    def specimens(self) -> dict[str, list[str]]:
        """Drafts and types that others may work with; not those of an organisation of the history's own."""
        found: dict[str, list[str]] = {}
        if self.accounts is not None:
            return found
        for key, kept in self.known.items():
            if self.names.knows(key) and kept.status is Status.DRAFT:
                identifier = self.names.id_of(key)
                is_type = key.startswith("type")
                ids = self.judges.dialect.specimens(None if is_type else identifier, identifier if is_type else None)
                for name, value in ids.items():
                    found.setdefault(name, []).append(value)
        return found

    # ---- parts ----------------------------------------------------------------------------------

    def _judge_outcome(self, operation: Operation, at: int, reply: Reply, *, replayed: bool = False) -> None:
        """Raises Violation where a call should have ended otherwise, Abandoned where nobody can say."""
        flaw = _flaw(operation)
        law = _promised(operation) if flaw is None else broken_by_acceptance(REFUSALS, flaw)
        open_ = replayed or flaw in self.judges.dialect.terms.admits
        judge_outcome(self.judges, self.transcript, at, reply, flaw=flaw, law=law, open_=open_)

    def _learnt(self, operation: Operation, at: int) -> Sight:
        """What an accepted call's reply shows; the id of what is new is taken down. Raises Violation."""
        sight = self.transcript.sight(operation, at)
        key = getattr(operation, "asset", getattr(operation, "kind", None))
        if isinstance(operation, _RECORD) and isinstance(sight, SeenAsset | SeenType) and key is not None:
            if not self.names.knows(key) and operation.new:
                self.names.learn(key, sight.id)
            return replace(sight, key=self.names.key_of(sight.id))
        return sight

    def _follow(self, operation: Operation, sight: Sight | None) -> None:
        """What was sent is known from here on; what an update did not send, as far as it was kept."""
        if not isinstance(operation, _RECORD) or not isinstance(sight, SeenAsset | SeenType):
            return
        key = operation.asset if isinstance(operation, PutAsset) else operation.kind
        before = self.known.get(key, Kept())
        kept = {name: value for name, value in before.members.items() if sight.members.get(name) is not None}
        self.known[key] = replace(before, members={**kept, **operation.members})
        if isinstance(operation, PutAsset) and operation.token is not None:
            self.tokens.add(operation.token)

    def _read(self, readings: Iterable[Reading]) -> tuple[Sight, ...]:
        sights = (self.transcript.read(reading) for reading in readings)
        return tuple(sight for sight in sights if sight is not None)

    def _judge(self, scene: Scene, operation_id: str) -> None:
        """Ask every law about a scene, then count what was reached. Raises the first Violation."""
        judge_by_all(self.judges, scene, operation_id, self.transcript.problems)
        for name in reached_by(scene):
            self.judges.reach(name)
        for shown in (sight for sight in scene.sights if isinstance(sight, SeenAsset)):
            self._was[shown.key] = shown

    def _settle_readings(self, shown: Iterable[SeenAsset]) -> None:
        """Whatever fits all book values of a target so far is how the next ones must be read."""
        for asset in shown:
            price = self.known[asset.key].members.get(op.PRICE) if asset.key in self.known else None
            figures = (asset.book, asset.accumulated)
            if asset.status is Status.REGISTERED and isinstance(price, int) and None not in figures:
                fits = settled(asset.book or 0, price, asset.accumulated or 0, asset.prior)
                self.judges.readings = (self.judges.readings & fits) or self.judges.readings

    def _draw(self, at: int, keys: tuple[str, ...], shown: Mapping[str, SeenAsset]) -> None:
        """Note what the first of the assets was worth before what was last done, and is after it."""
        asset = shown.get(keys[0])
        figures = {} if asset is None else {"carrying": asset.book, "accumulated": asset.accumulated}
        told = {name: minor for name, minor in figures.items() if minor is not None}
        self.transcript.draw(at, self._figures, told)
        self._figures = told


def _flaw(operation: Operation) -> Flaw | None:
    return getattr(operation, "flaw", None)


def _promised(operation: Operation) -> str:
    """The law that a call breaks when it is refused for no reason."""
    if isinstance(operation, PutAsset):
        return "stores" if operation.new else "in-place"
    return "stores" if isinstance(operation, PutType) and operation.new else ACCEPTED.id
