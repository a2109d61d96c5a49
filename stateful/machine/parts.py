"""Part B as the kit's runner calls it, and the business's settings in parts B and C.

Decides what is Unobservable beforehand, what becomes of books that are closed, and that settings are
put back however a run ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from contract_tests.call import BrokenOff, Reply
from contract_tests.session import Session, Specimens
from contract_tests.target import Misuse
from stateful import operations as op
from stateful.machine.exchanges import Unreadable
from stateful.machine.palette import LONG_AGO
from stateful.machine.run import Run
from stateful.names import Names
from stateful.rules import SETTINGS_LAWS
from stateful.sights import SeenSettings
from stateful.suite import specimens_of

ALLOW_SETTINGS: Final = "--allow-settings"


def histories(
    session: Session,
    seconds: float,
    scenarios: int | None = None,
    *,
    spare: float = 0,
    allow_settings: bool = False,
) -> Specimens:
    """Part B: draw, carry out and judge histories until `seconds` or `scenarios` are spent.

    spare: seconds that may be taken on top while reach goals are missing. allow_settings: whether
    the business's settings may be changed; they are put back, also after Ctrl-C. Gives ids of
    records that exist, by the document's path parameters. Raises Misuse (the books are closed, and may
    not be opened) and Unreachable.
    """
    run = Run(session, "h")
    with settings_of(session, run, allow_settings=allow_settings):
        if run.settings is None:
            for key in SETTINGS_LAWS:
                rule_id = run.rule_id(key)
                if rule_id is not None:
                    why = f"the target's settings may not be changed ({ALLOW_SETTINGS})"
                    session.recorder.unobservable(rule_id, why)
        conduct = run.spend(seconds, scenarios, spare=spare)
    return specimens_of(session, conduct.specimens)


@contextmanager
def settings_of(session: Session, run: Run, *, allow_settings: bool, changing: bool = True) -> Iterator[None]:
    """Tell a run of the business's settings where it may change them, have the books open, put all back at the end.

    changing: whether its histories change settings of their own accord. Raises Misuse where the books are
    closed for days that histories post to, and may not be opened.
    """
    kept = _settings(session, run)
    closed = kept is not None and _in_the_way(kept)
    if kept is None or not (allow_settings and (changing or closed)):
        if kept is not None and closed:
            raise Misuse(
                f"the books of {_tenant(session)} are closed before {kept.closed_before}, and a run posts to days"
                f" before that: with {ALLOW_SETTINGS} it opens them while it lasts"
            )
        yield
        return
    try:
        run.settings = _opened(session, run, kept)
        yield
    finally:
        with session.interrupt.deferred():
            _send(session, run, op.Configure(kept.closed_before, reopen=kept.closed_before is None, basis=kept.basis))


def _in_the_way(kept: SeenSettings) -> bool:
    return kept.closed_before is not None and kept.closed_before > LONG_AGO.date()


def _opened(session: Session, run: Run, kept: SeenSettings) -> SeenSettings:
    """The settings with which histories begin: no day is closed that they may want to post to. Raises Misuse."""
    if not _in_the_way(kept):
        return kept
    reply = _send(session, run, op.Configure(reopen=True))
    if not reply.ok:
        raise Misuse(f"the books are closed before {kept.closed_before}, and opening them answers {reply.status}")
    return replace(kept, closed_before=None)


def _settings(session: Session, run: Run) -> SeenSettings | None:
    """The business's settings as they are; None where they cannot be read, and so not put back."""
    try:
        reply = session.driver.send(run.dialect.call(op.ReadSettings(), _names(session)))
    except BrokenOff:
        return None
    if not reply.ok:
        return None
    try:
        seen = run.dialect.sight(op.ReadSettings(), reply, _names(session))
    except Unreadable:
        return None
    return seen if isinstance(seen, SeenSettings) else None


def _send(session: Session, run: Run, configure: op.Configure) -> Reply:
    call = run.dialect.call(configure, _names(session))
    try:
        return session.driver.send(call)
    except BrokenOff:  # whether it was carried out or not, sent again it comes to the same
        return session.driver.send(call)


def _tenant(session: Session) -> str:
    return ", ".join(f"{key}={value}" for key, value in session.target.scope.items())


def _names(session: Session) -> Names:
    return Names(session.target.scope, session.prefix)
