"""Part B as the kit's runner calls it.

Decides what is Unobservable beforehand, and that settings are put back however a run ends.
"""

from __future__ import annotations

from contract_tests.call import BrokenOff
from contract_tests.session import Session, Specimens
from stateful import operations as op
from stateful.machine.exchanges import Unreadable
from stateful.machine.run import Run
from stateful.names import Names
from stateful.rules import SETTINGS_LAWS
from stateful.sights import SeenSettings
from stateful.suite import specimens_of

ALLOW_SETTINGS = "--allow-settings"


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
    records that exist, by the document's path parameters. Raises Unreachable.
    """
    run = Run(session, "h")
    settings = _settings(session, run) if allow_settings else None
    run.settings = settings
    if settings is None:
        for key in SETTINGS_LAWS:
            rule_id = run.rule_id(key)
            if rule_id is not None:
                session.recorder.unobservable(rule_id, f"the target's settings may not be changed ({ALLOW_SETTINGS})")
    try:
        conduct = run.spend(seconds, scenarios, spare=spare)
    finally:
        if settings is not None:
            with session.interrupt.deferred():
                _restore(session, run, settings)
    return specimens_of(session, conduct.specimens)


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


def _restore(session: Session, run: Run, kept: SeenSettings) -> None:
    back = op.Configure(kept.closed_before, reopen=kept.closed_before is None, basis=kept.basis)
    call = run.dialect.call(back, _names(session))
    try:
        session.driver.send(call)
    except BrokenOff:  # whether it was carried out or not, sent again it comes to the same
        session.driver.send(call)


def _names(session: Session) -> Names:
    return Names(session.target.scope, session.prefix)
