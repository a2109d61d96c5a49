"""One history against the target.

Decides the order of things: send, compare the outcome with the forecast, read what shows the
effect, judge, and only then move the model. The first violation ends the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from contract_tests.call import Reply
from stateful import operations as op
from stateful.dialects import Terms
from stateful.machine import exchanges
from stateful.machine.exchanges import Abandoned, Violation, judge_by_all
from stateful.machine.figures import figures_of
from stateful.machine.forecast import Forecast, forecast
from stateful.machine.goals import reached_by
from stateful.machine.learning import learn, tell
from stateful.machine.looking import Probe, look_after
from stateful.machine.memory import Memory
from stateful.machine.transcript import Transcript
from stateful.model.books import Books, Change
from stateful.model.outlook import Objection, Outcome
from stateful.model.records import Told
from stateful.operations import Kind, Operation, Reading, ReadJournal
from stateful.rules.law import Broken, Pair, Scene
from stateful.rules.refusals import broken_by_outcome
from stateful.sights import SeenLines, SeenSettings, SeenWalk, Sight

_LARGE: Final = 10**14
_NEW_JOURNALS: Final = 3
"""How many journals that are new are read after one call."""


_OPEN_ENDED: Final = frozenset(
    {Objection.ARCHIVED_UPSERT, Objection.ARCHIVED_PATCH, Objection.VOIDED, Objection.NOT_POSITIVE}
)
"""Objections despite which a call may be accepted without a word on what the books then are."""


class Judges(exchanges.Judges, Protocol):
    """What a history asks of the run that it is part of."""

    terms: Terms
    floors: bool  # whether the target has been seen to keep values above zero


class Stage:
    """One history: its names, its model, its memory and its transcript."""

    def __init__(self, judges: Judges, transcript: Transcript, settings: SeenSettings | None = None) -> None:
        """settings: the business's own, where this history may change them."""
        self.judges = judges
        self.settings = settings
        self.transcript = transcript
        self.names = transcript.names
        self.books = Books()
        self.told: dict[str, Told] = {}
        self.memory = Memory()
        self.large: set[str] = set()
        """Value changes that take room within 64 bits which other histories will need."""

    def carry_out(
        self,
        operation: op.Writing,
        probe: Probe = Probe.NONE,
        *,
        look: bool = True,
        readings: Iterable[Reading] = (),
    ) -> Outcome:
        """Carry an operation out, read what shows its effect, and judge. Raises Violation.

        look: False reads nothing and leaves the effect to a later look. readings: what to read besides.
        """
        foreseen = forecast(operation, self.books, opened=frozenset(self.told))
        at, call, reply = self.transcript.send(operation)
        outcome = self._outcome(operation, foreseen, at, reply)
        sight = self._learnt(operation, at) if reply.ok else None
        likely = foreseen.accepted[0] if reply.ok else self.books
        usual = look_after(operation, outcome, self.books, likely, probe) if look else ()
        read = self._read([*usual, *self._reread(probe), *readings])
        after = _shown_by(read, foreseen) if reply.ok else self.books
        if outcome is Outcome.UNCHANGED and after != self.books:
            outcome = Outcome.DONE
        scene = self._scene(operation, outcome, read, after=after)
        scene = self._with_reply(scene, sight, foreseen.objections, read)
        self.transcript.draw(at, figures_of(operation, self.books), figures_of(operation, after, scene.lines))
        self.judge(scene, call.operation_id)
        self._move(scene, read)
        return outcome

    def look(
        self, *readings: Reading, walks: Sequence[SeenWalk] = (), pairs: Iterable[Pair] = ()
    ) -> dict[Reading, Sight]:
        """Read on its own, judge, and give what was read. Raises Violation."""
        read = self._read(readings)
        scene = self._scene(None, Outcome.DONE, read, walks=walks, pairs=pairs)
        self.judge(scene, self.transcript.blamed(place for walk in walks for place in walk.at[-1:]))
        for name in reached_by(scene):
            self.judges.reach(name)
        self.memory.remember(None, Outcome.UNCHANGED, self.books, self.books, read)
        return read

    def restore(self) -> None:
        """Put the business's settings back as they were before the run. Raises Violation."""
        kept = self.settings
        if kept is not None:
            reopen = kept.closed_before is None
            self.carry_out(op.Configure(kept.closed_before, reopen=reopen, basis=kept.basis), look=False)

    def leave(self) -> None:
        """The history is over: void every large change, whatever became of it. Raises Unreachable."""
        for key in sorted(self.large - self.books.withdrawn()):
            self.transcript.send(op.Void(key))

    def specimens(self) -> dict[str, list[str]]:
        """The records that others may work with: nothing archived, nothing voided."""
        assets = [asset for asset in self.books.assets().values() if not asset.archived]
        live = self.books.live().values()
        keys = {
            Kind.ASSET: [asset.key for asset in assets],
            Kind.CHANGE: [item.key for item in live if isinstance(item, Change)],
            Kind.ACCOUNT: [asset.account for asset in assets],
            Kind.JOURNAL: [item.key for item in live if not isinstance(item, Change)],
        }
        names = self.judges.terms.specimens
        known = self.names.knows
        return {names[kind]: [self.names.id_of(key) for key in keys[kind] if known(key)] for kind in names}

    def judge(self, scene: Scene, operation_id: str) -> None:
        """Ask every law about a scene. Raises the first Violation."""
        judge_by_all(self.judges, scene, operation_id, self.transcript.problems)

    def _learnt(self, operation: op.Writing, at: int) -> Sight:
        """What an accepted call's reply shows; its ids are taken down. Raises Violation."""
        sight = self.transcript.sight(operation, at)
        learn(operation, sight, self.names)
        if isinstance(operation, op.Record | op.Amend) and (operation.minor or 0) > _LARGE:
            self.large.add(operation.change)
        return sight

    def _reread(self, probe: Probe) -> list[Reading]:
        """A journal that was read before, where the probe asks for one."""
        known = list(self.memory.journals) if probe is Probe.JOURNAL else []
        return [ReadJournal(journal) for journal in known[-1:]]

    def _with_reply(
        self, scene: Scene, sight: Sight | None, objections: frozenset[Objection], read: dict[Reading, Sight]
    ) -> Scene:
        """The scene with what the call's own reply says, what was told by it, and what may be compared."""
        assert scene.operation is not None
        told = dict(self.told)
        if sight is not None and scene.outcome is Outcome.DONE:
            tell(scene.operation, sight, told)
        if sight is not None and objections & _OPEN_ENDED:
            # Nothing is said of the record from here on, nor of the reply that shows it.
            told, sight = {}, None
        pairs = self.memory.pairs(scene.operation, scene.outcome, scene.before, scene.after, read)
        return replace(scene, objections=objections, reply=sight, told=told, pairs=tuple(pairs))

    def _move(self, scene: Scene, read: dict[Reading, Sight]) -> None:
        """The scene has been judged: the model follows. Raises Abandoned where it cannot."""
        for name in reached_by(scene):
            self.judges.reach(name)
        refused = scene.outcome is Outcome.REFUSED
        self.judges.floors |= refused and Objection.BELOW_ZERO in scene.objections
        self.memory.remember(scene.operation, scene.outcome, scene.before, scene.after, read)
        self.books, self.told = scene.after, dict(scene.told)
        if not refused and scene.objections & _OPEN_ENDED:
            raise Abandoned("accepted where the document leaves open what that means")

    def _outcome(self, operation: Operation, foreseen: Forecast, at: int, reply: Reply) -> Outcome:
        """How the call ended. Raises Violation where no such end is admissible."""
        admissible = foreseen.outcomes(self.judges.terms.latitude)
        if not reply.ok and not reply.refused:
            self.transcript.hold_problems()
            raise Abandoned(f"status {reply.status}")
        outcome = Outcome.REFUSED if reply.refused else _accepted(admissible)
        if outcome in admissible:
            return outcome
        key = broken_by_outcome(operation, foreseen.objections, outcome)
        rule_id = self.judges.rule_id(key)
        if rule_id is None:
            self.transcript.hold_problems()
            raise Abandoned(f"status {reply.status}, of which no rule speaks")
        reasons = " and ".join(sorted(objection.value for objection in foreseen.objections))
        expected = f"a refusal: {reasons}" if outcome is not Outcome.REFUSED else "acceptance"
        step = self.transcript.steps[at]
        raise Violation(rule_id, step.call.operation_id, Broken(f"status {reply.status}", expected, (at,)))

    def _read(self, readings: Iterable[Reading]) -> dict[Reading, Sight]:
        """What the readings show, and every journal that is new in an account's lines."""
        read: dict[Reading, Sight] = {}
        for reading in readings:
            sight = self.transcript.read(reading)
            if sight is not None:
                read[reading] = sight
        rows = [row for seen in read.values() if isinstance(seen, SeenLines) for row in seen.rows]
        found = [row.journal for row in sorted(rows, key=lambda row: row.created or row.instant)]
        new = [journal for journal in dict.fromkeys(found) if journal not in self.memory.journals]
        for journal in new[-_NEW_JOURNALS:]:
            sight = self.transcript.read(ReadJournal(journal))
            if sight is not None:
                read[ReadJournal(journal)] = sight
        return read

    def _scene(
        self,
        operation: Operation | None,
        outcome: Outcome,
        read: dict[Reading, Sight],
        *,
        after: Books | None = None,
        walks: Sequence[SeenWalk] = (),
        pairs: Iterable[Pair] = (),
    ) -> Scene:
        return Scene(
            operation=operation,
            outcome=outcome,
            before=self.books,
            after=self.books if after is None else after,
            told_before=dict(self.told),
            told=dict(self.told),
            sights=tuple(read.values()),
            lines={seen.account: seen for seen in read.values() if isinstance(seen, SeenLines)},
            was=self.memory.standing(self.books),
            known=dict(self.memory.journals),
            walks=tuple(walks),
            pairs=tuple(pairs),
            conventions=self.judges.terms.conventions,
        )


def _accepted(admissible: frozenset[Outcome]) -> Outcome:
    """What an acceptance means, where it is admissible at all."""
    only_repeats = Outcome.UNCHANGED in admissible and Outcome.DONE not in admissible
    return Outcome.UNCHANGED if only_repeats else Outcome.DONE


def _shown_by(read: dict[Reading, Sight], foreseen: Forecast) -> Books:
    """The books that the accounts bear out; the likeliest where none are."""
    lines = [seen for seen in read.values() if isinstance(seen, SeenLines)]
    for books in foreseen.accepted:
        if all(seen.balance == books.balance(seen.account) for seen in lines):
            return books
    return foreseen.accepted[0]
