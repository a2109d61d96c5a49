"""One history of holdings against the target.

Decides the order of things: send, compare the outcome with what was to be expected, read what shows the effect,
judge, and only then move what is known. The first violation ends the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from contract_tests.checks.rules import ACCEPTED
from stateful.holdings import operations as op
from stateful.holdings.goals import reached_by
from stateful.holdings.operations import Flaw, Operation, Reading
from stateful.holdings.rules.refusals import REFUSALS
from stateful.holdings.scene import Course, Holding, Kept, Scene
from stateful.holdings.sights import (
    SeenAccount,
    SeenAsset,
    SeenChart,
    SeenClasses,
    SeenEntries,
    SeenEntry,
    SeenRefusal,
    SeenWalk,
    Sight,
)
from stateful.holdings.terms import Dialect
from stateful.holdings.transcript import Transcript
from stateful.machine import exchanges
from stateful.machine.exchanges import Abandoned, judge_by_all
from stateful.machine.outcomes import done, judge_outcome
from stateful.model.classes import AssetClass, Held
from stateful.model.holdings import Holdings, Line, reversed_lines
from stateful.names import Names
from stateful.rules.flaws import broken_by_acceptance


class Judges(exchanges.Judges, Protocol):
    """What a history asks of the run that it is part of."""

    dialect: Dialect
    control: bool
    elder: SeenAsset | None  # an asset that an earlier history has made


class Stage:
    """One history: its names, what is known of its records and of the ledger, and its transcript."""

    def __init__(self, judges: Judges, transcript: Transcript) -> None:
        self.judges = judges
        self.transcript = transcript
        self.known: dict[str, Kept] = {}
        self.made: list[SeenAsset] = []
        self.classes: tuple[AssetClass, ...] = ()
        self.chart: Mapping[str, bool] = {}
        """The accounts of a client account of the history's own, once it has opened one."""
        self.books: Holdings | None = None
        """What the ledger must hold; None while the target posts amounts of its own."""
        self.holdings: dict[str, Holding] = {}
        self._entries: dict[str, tuple[Line, ...]] = {}
        self._drafted: set[str | None] = set()
        self._drafts: set[str] = set()  # entries that are drafts now
        self._posted: dict[str, Holdings] = {}
        self._was: dict[str, SeenAsset] = {}
        self._newest: datetime | None = None
        self._figures: dict[str, int] = {}

    @property
    def names(self) -> Names:
        """Who is who in this history."""
        return self.transcript.names

    @property
    def own(self) -> bool:
        """Whether the client account is the history's own."""
        return bool(self.chart)

    # ---- records ----------------------------------------------------------------------------------

    def carry_out(self, operation: op.OfRecord, *readings: Reading) -> bool:
        """Carry an operation out, read what shows its effect, and judge. Gives whether it was accepted.

        Raises Violation.
        """
        outstanding = self._outstanding(operation)
        flaw = operation.flaw
        if outstanding:
            flaw = Flaw.OUTSTANDING if sum(outstanding.values()) else Flaw.NETTED
        at, call, reply = self.transcript.send(operation)
        law = self._promised(operation) if flaw is None else broken_by_acceptance(REFUSALS, flaw)
        open_ = flaw in self.judges.dialect.terms.admits or self._unsettled(operation, outstanding)
        judge_outcome(self.judges, self.transcript, at, reply, flaw=flaw, law=law, open_=open_)
        refusal = None if reply.ok else replace(self.judges.dialect.refusal(reply), at=at)
        sight = self._learnt(operation, at) if reply.ok else None
        named = None
        if refusal is not None and outstanding:
            named = self.judges.dialect.balances_named(refusal)
        scene = replace(
            self._scene(operation, flaw=flaw, accepted=reply.ok, refusal=refusal, reply=sight),
            outstanding=outstanding,
            drafted=isinstance(operation, op.Deactivate) and operation.asset in self._drafted,
            awaiting=isinstance(operation, op.Deactivate) and self._awaits(operation.asset),
            named=named,
        )
        self._judge(self._shown(scene, readings, at), call.operation_id)
        return reply.ok

    def look(self, *readings: Reading, walks: Iterable[SeenWalk] = ()) -> tuple[Sight, ...]:
        """Read on its own, judge, and give what was read. Raises Violation."""
        walks = tuple(walks)
        at = len(self.transcript.steps)
        scene = self._shown(replace(self._scene(None), walks=walks), readings, at)
        self._judge(scene, self.transcript.blamed(place for walk in walks for place in walk.at[-1:]))
        return scene.sights

    def ask(self, reading: op.ReadAsset | op.ReadList) -> bool:
        """A read with a flaw. Gives whether it was accepted. Raises Violation."""
        at, call, reply = self.transcript.send(reading)
        assert reading.flaw is not None
        law, open_ = broken_by_acceptance(REFUSALS, reading.flaw), reading.flaw in self.judges.dialect.terms.admits
        judge_outcome(self.judges, self.transcript, at, reply, flaw=reading.flaw, law=law, open_=open_)
        refusal = None if reply.ok else replace(self.judges.dialect.refusal(reply), at=at)
        sight = self.transcript.sight(reading, at) if reply.ok else None
        scene = self._scene(reading, flaw=reading.flaw, accepted=reply.ok, refusal=refusal, reply=sight)
        self._judge(replace(scene, place=at), call.operation_id)
        return reply.ok

    def adopt(self, key: str, elder: SeenAsset) -> bool:
        """Go on with an asset that an earlier history has made, as it is now; gives whether it is one.

        Raises Violation.
        """
        if self.names.key_of(elder.id) not in (key, elder.id):
            return False  # this very history has made it
        self.names.learn(key, elder.id)
        found = [sight for sight in self.look(op.ReadAsset(key)) if isinstance(sight, SeenAsset)]
        for shown in found:
            self.known[key] = Kept(shown.name, shown.active is not False)
        return bool(found)

    # ---- a client account of the history's own -------------------------------------------------------

    def open_account(self) -> None:
        """Go on in a client account that nobody else uses. Raises Abandoned where there is none to be had."""
        opened = done(self.transcript, op.OpenAccount())
        assert isinstance(opened, SeenAccount)
        self.transcript.names = Names({**self.names.scope, **opened.scope}, self.names.prefix, token=opened.token)
        of_assets = (self.known, self.made, self.holdings, self._posted, self._was)
        for forgotten in (*of_assets, self._entries, self._drafted, self._drafts):
            forgotten.clear()
        chart = done(self.transcript, op.ReadChart())
        assert isinstance(chart, SeenChart)
        self.chart = chart.rows
        self.books = Holdings(frozenset(code for code, demanding in chart.rows.items() if demanding))

    def post(self, *lines: Line, draft: bool = False) -> str:
        """Post an entry of the kit's own; gives its key. Raises Abandoned, Violation."""
        key = f"entry-{len(self._entries) + 1}"
        entry = done(self.transcript, op.Post(key, lines, draft=draft))
        if isinstance(entry, SeenEntry):
            self.names.learn(key, entry.id)
        self._entries[key] = lines
        if draft:
            self._drafted |= {asset for _, asset, _ in lines}
            self._drafts |= {key}
        else:
            self._add(lines)
        return key

    def publish(self, entry: str) -> None:
        """Post a draft. Raises Abandoned."""
        done(self.transcript, op.Publish(entry))
        self._drafts -= {entry}
        self._add(self._entries[entry])

    def cancel(self, entry: str, *, draft: bool = False) -> None:
        """Cancel an entry, and once more, which must do nothing. Raises Abandoned, Violation."""
        done(self.transcript, op.Cancel(entry))
        self._drafts -= {entry}
        self._drafted |= {asset for _, asset, _ in self._entries[entry]}
        if not draft:
            self._add(reversed_lines(self._entries[entry]))
        self.transcript.send(op.Cancel(entry))

    def look_at_account(self, *keys: str, cancelled: bool = False) -> None:
        """Read what the ledger holds for these assets, and in all; judge. Raises Violation."""
        at = len(self.transcript.steps)
        each = [reading for key in keys for reading in (op.ReadBalances(key), op.ReadEntries(key))]
        scene = self._shown(self._scene(op.Cancel("") if cancelled else None), [*each, op.ReadBalances()], at)
        self._judge(scene, self.transcript.blamed())

    def _awaits(self, key: str) -> bool:
        """Whether a draft speaks of the asset."""
        return any(asset == key for entry in self._drafts for _, asset, _ in self._entries[entry])

    # ---- assets in use -------------------------------------------------------------------------------

    def read_classes(self) -> tuple[AssetClass, ...]:
        """The classes that the target lists. Raises Violation, Abandoned."""
        if not self.classes:
            seen = [sight for sight in self.look(op.ReadClasses()) if isinstance(sight, SeenClasses)]
            self.classes = tuple(row.kind for listed in seen for row in listed.rows)
        if not self.classes:
            raise Abandoned("the play needs a class")
        return self.classes

    def move(self, operation: op.Acquire | op.Depreciate | op.Dispose) -> None:
        """Do what a class makes of an asset. Raises Abandoned where it is refused: no vendor promises it."""
        done(self.transcript, operation)
        self.books = None
        match operation:
            case op.Acquire(asset, kind, cost, on):
                self.holdings[asset] = Holding(asset, Held(kind, cost, on))
            case op.Depreciate(year):
                for key, holding in self.holdings.items():
                    again = holding.again or holding.through >= year >= holding.held.since.year
                    self.holdings[key] = replace(holding, through=max(holding.through, year), again=again)
            case op.Dispose(asset, on, proceeds):
                holding = self.holdings[asset]
                before = max(holding.through, on.year - 1)
                self.holdings[asset] = replace(
                    holding, held=replace(holding.held, until=on), proceeds=proceeds, through=before
                )

    def look_at_books(self, *keys: str, years: Iterable[int] = ()) -> None:
        """Read what the books show of these assets, and the tax reports of these years; judge. Raises Violation."""
        at = len(self.transcript.steps)
        reads = (op.ReadEntries, op.ReadBook, op.ReadBalances)
        each: list[Reading] = [reading(key) for key in keys for reading in reads]
        reports = [op.ReadPools(year) for year in years]
        scene = self._shown(self._scene(None), [*each, op.ReadBalances(), *reports], at)
        posted = {sight.asset: sight for sight in scene.sights if isinstance(sight, SeenEntries)}
        for key, entries in posted.items():
            lines = [line for row in entries.rows if not row.draft for line in row.lines]
            self._posted[key] = Holdings(self._demanding()).with_lines(lines)
        courses = tuple(Course(self.holdings[key], posted[key]) for key in keys if key in posted)
        self._draw(at - 1, courses)
        self._judge(replace(scene, courses=courses), self.transcript.blamed())

    # ---- the end -------------------------------------------------------------------------------------

    def leave(self) -> None:
        """The history is over; nothing is in others' way."""

    def specimens(self) -> dict[str, list[str]]:
        """Assets that others may work with; not those of a client account of the history's own."""
        found: dict[str, list[str]] = {}
        for key, kept in self.known.items():
            if not self.own and kept.active and self.names.knows(key):
                for name, value in self.judges.dialect.specimens(self.names.id_of(key)).items():
                    found.setdefault(name, []).append(value)
        return found

    # ---- parts ---------------------------------------------------------------------------------------

    def _demanding(self) -> frozenset[str]:
        return frozenset(code for code, demanding in self.chart.items() if demanding)

    def _add(self, lines: Iterable[Line]) -> None:
        if self.books is not None:
            self.books = self.books.with_lines(lines)

    def _outstanding(self, operation: op.OfRecord) -> Mapping[str, int] | None:
        """What the ledger holds against a deactivation; None where nobody can say."""
        if not isinstance(operation, op.Deactivate) or not self.own or operation.flaw is not None:
            return None
        if self.books is not None:
            return self.books.outstanding(operation.asset)
        posted = self._posted.get(operation.asset)
        return None if posted is None else posted.outstanding(operation.asset)

    def _promised(self, operation: op.OfRecord) -> str:
        """The law that a call breaks when it is refused for no reason."""
        match operation:
            case op.Create():
                return "stores"
            case op.Rename():
                return "renames"
            case op.Deactivate(asset) if self.own:
                return "guard-drafts" if asset in self._drafted else "guard-others"
        return ACCEPTED.id

    def _unsettled(self, operation: op.OfRecord, outstanding: Mapping[str, int] | None) -> bool:
        """Whether no document says how a call ends: what is done to an asset that is no longer active."""
        if isinstance(operation, op.Create):
            return False
        kept = self.known.get(operation.asset)
        if kept is not None and not kept.active:
            return operation.flaw is None
        return isinstance(operation, op.Deactivate) and self.own and outstanding is None and operation.flaw is None

    def _learnt(self, operation: op.OfRecord, at: int) -> Sight:
        """What an accepted call's reply shows; the id of what is new is taken down, and what is known moves on."""
        sight = self.transcript.sight(operation, at)
        if not isinstance(sight, SeenAsset):
            return sight
        if isinstance(operation, op.Create):
            self.names.learn(operation.asset, sight.id)
            sight = replace(sight, key=self.names.key_of(sight.id))
            self.known[operation.asset] = Kept(operation.name)
            self.made.append(sight)
        elif isinstance(operation, op.Rename) and operation.asset in self.known:
            self.known[operation.asset] = replace(self.known[operation.asset], name=operation.name)
        elif operation.asset in self.known:
            self.known[operation.asset] = replace(self.known[operation.asset], active=False)
        return sight

    def _scene(
        self,
        operation: Operation | None,
        *,
        flaw: Flaw | None = None,
        accepted: bool = True,
        refusal: SeenRefusal | None = None,
        reply: Sight | None = None,
    ) -> Scene:
        """The moment as it is now, before anything more is read."""
        return Scene(
            terms=self.judges.dialect.terms,
            operation=operation,
            accepted=accepted,
            flaw=flaw,
            refusal=refusal,
            known=dict(self.known),
            reply=reply,
            was=dict(self._was),
            newest=self._newest,
            account=next(iter(self.names.scope.values())),  # an asset is of one client account, and of nothing else
            own=self.own,
            made=tuple(self.made),
            holdings=tuple(self.holdings.values()),
            books=self.books,
        )

    def _shown(self, scene: Scene, readings: Iterable[Reading], at: int) -> Scene:
        """The moment with what is read now."""
        sights: list[Sight] = []
        unread: list[tuple[str, int]] = []
        for reading in readings:
            sight = self.transcript.read(reading)
            if sight is not None:
                sights.append(sight)
            elif isinstance(reading, op.ReadAsset) and reading.asset in self.known:
                unread.append((reading.asset, len(self.transcript.steps) - 1))
        return replace(scene, sights=tuple(sights), unread=tuple(unread), place=at)

    def _judge(self, scene: Scene, operation_id: str) -> None:
        """Ask every law about a scene, then count what was reached. Raises the first Violation."""
        judge_by_all(self.judges, scene, operation_id)
        self.transcript.hold_problems()
        for name in reached_by(scene):
            self.judges.reach(name)
        rows = [row for page in scene.pages() for row in page.rows]
        for shown in (*scene.assets(), *rows):
            self._newest = max(shown.updated, shown.created, self._newest or shown.created)
        for shown in scene.assets():
            self._was[shown.key] = shown

    def _draw(self, at: int, courses: Iterable[Course]) -> None:
        """Note what the first of the assets was worth before what was last done, and is after it."""
        for course in courses:
            told = {"carrying": course.held.cost - course.total, "accumulated": course.total}
            self.transcript.draw(at, self._figures, told)
            self._figures = told
            return
