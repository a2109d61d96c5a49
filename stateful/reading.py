"""What can be judged of books that exist already: a run that writes nothing.

Decides which statements and lists are read. The laws are those of part B; what they say of calls
that write is Unobservable here.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from contract_tests.session import Session
from stateful import on_record
from stateful import operations as op
from stateful.machine.looking import FOREVER
from stateful.machine.run import Run
from stateful.machine.stage import Stage
from stateful.machine.walks import walked
from stateful.model.words import Basis
from stateful.operations import Listing, Reading, ReadPage
from stateful.rules import LAWS
from stateful.rules.law import Pair
from stateful.sights import SeenJournal, SeenWalk

_DAYS: Final = (date(2000, 1, 1), date(2023, 12, 31), date(2024, 2, 29), date(2024, 12, 31), FOREVER)
_SHORT: Final = 7  # rows of a short page
_WHOLE: Final = 100  # the page length that documents promise
_OF_BOOKS: Final = frozenset({"L1", "L2", "L3", "L4", "L7", "walk-once", "order", "page-shape", "M10"})
_REVERSALS: Final = 5  # how many originals of reversals are looked up


def read_only(session: Session) -> None:
    """Judge L1 to L4, L7, paging and the document over what is there. Raises Unreachable."""
    run = Run(session, "o")
    seen: set[str] = set()
    refused: dict[str, None] = {}
    for name, look in (*_statements(), *_lists()):
        session.say(f"reading: {name}")
        stage = run.open_stage()
        with on_record.look(run, stage):
            look(stage)
        seen |= {rule.id for rule in stage.transcript.looked_at}
        for step in stage.transcript.steps:
            if not step.reply.ok:
                refused[f"{step.call.method} {step.call.path}: status {step.reply.status}"] = None
    _tell_unseen(run, seen, tuple(refused))


def _tell_unseen(run: Run, seen: Container[str], refused: Sequence[str]) -> None:
    """Why laws have found nothing to speak of: nobody called, nothing is there, or nobody may look."""
    for law in LAWS:
        rule_id = run.rule_id(law.key)
        if rule_id is None or rule_id in seen:
            continue
        if law.key not in _OF_BOOKS:
            run.session.recorder.unobservable(rule_id, on_record.NO_CALLS)
        elif refused:
            run.session.recorder.doubt(rule_id, f"reading was refused: {refused[0]}")
        else:
            run.session.recorder.unobservable(rule_id, "the books hold nothing of that kind")


Look = Callable[[Stage], object]


def _statements() -> Iterator[tuple[str, Look]]:
    today = datetime.now(UTC).date()
    yield "balances", _reader(op.ReadBalances())
    for day in (*_DAYS[:-1], today, _DAYS[-1]):
        yield f"balances at {day}", _reader(op.ReadBalances(day))
        for basis in Basis:
            yield f"statements at {day}", _reader(op.ReadTrial(day, basis), op.ReadSheet(day, basis))


def _lists() -> Iterator[tuple[str, Look]]:
    for listing in (Listing.ASSETS, Listing.CHANGES, Listing.JOURNALS):
        for newest_first in (False, True):
            yield listing.value, _walker(listing, _SHORT, newest_first)
    yield "journals", _walker(Listing.JOURNALS, _WHOLE, newest_first=True)


def _reader(*readings: Reading) -> Look:
    return lambda stage: stage.look(*readings)


def _walker(listing: Listing, limit: int, newest_first: bool) -> Look:
    def look(stage: Stage) -> None:
        asked = ReadPage(
            listing, limit=limit, newest_first=newest_first, by_creation=listing is Listing.ASSETS, counted=True
        )
        before = walked(stage, replace(asked, limit=_WHOLE), pages=1)
        walk = walked(stage, asked)
        after = walked(stage, replace(asked, limit=_WHOLE), pages=1)
        if walk.pages:
            stage.look(*_originals(walk), walks=(walk,), pairs=_two_sizes(before, walk, after))

    return look


def _two_sizes(before: SeenWalk, walk: SeenWalk, after: SeenWalk) -> list[Pair]:
    """The list in short pages and in one, unless somebody wrote to it in between."""
    ids = [[row.id for row in seen.rows] for seen in (before, walk, after)]
    if not (before.complete and walk.complete and ids[0] == ids[2]):
        return []
    by = (f"in one page of {_WHOLE}", f"in pages of {_SHORT}")
    return [Pair("M10", {"rows": len(ids[0]), "ids": ids[0]}, {"rows": len(ids[1]), "ids": ids[1]}, by, at=walk.at)]


def _originals(walk: SeenWalk) -> list[Reading]:
    """The journals that reversals in the walk speak of and that the walk itself does not show."""
    shown = {row.id for row in walk.rows}
    wanted = [row.reversal_of for row in walk.rows if isinstance(row, SeenJournal)]
    missing = [journal for journal in dict.fromkeys(wanted) if journal is not None and journal not in shown]
    return [op.ReadJournal(journal) for journal in missing[:_REVERSALS]]
