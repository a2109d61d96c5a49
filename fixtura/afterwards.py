"""What is done and said once the verdicts are in.

Decides what of the run's records is put away and for how long that is tried, and the sentences about it
that stand in every report. Nothing here changes a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final

from contract_tests.call import Unreachable
from contract_tests.driver import HttpDriver
from contract_tests.makings import Makings, Tidied
from contract_tests.patience import LONGEST_WAIT_S
from contract_tests.target import CONTROL, Target

if TYPE_CHECKING:
    from fixtura.running import Plan

SHORTEST_S: Final = 10
"""How long tidying up may take at least; else half as long as the run."""


def tidy_up(
    plan: Plan, makings: Makings, driver: HttpDriver, say: Callable[[str], None], *, early: bool
) -> tuple[Tidied, str]:
    """Put away what can be. early: the run was ended. Gives what there is, and why any of it was left."""
    why = _spared(plan, early=early)
    if not why and makings.tally().made:
        say("putting away what was made")
        until = monotonic() + max(SHORTEST_S, plan.seconds / 2)
        why = "the API cannot archive it, or refused to"
        try:
            makings.tidy(driver, lambda: monotonic() >= until)
        except KeyboardInterrupt:
            why = "interrupted"
        except Unreachable as lost:
            why = str(lost)
        else:
            why = "there was no more time" if monotonic() >= until else why
    return makings.tally(), why


def tidying_s(plan: Plan, makings: Makings, a_call_s: float) -> float:
    """How long `tidy_up` will take of what has been made so far, where a call takes so many seconds."""
    return 0 if _spared(plan, early=False) else makings.waiting() * a_call_s


def _spared(plan: Plan, *, early: bool) -> str:
    if plan.keep:
        return "--keep"
    if CONTROL in plan.target.capabilities:
        return "a sandbox's books end with it"
    return "the run ended early" if early else ""


def notes_of(target: Target, driver: HttpDriver, tidied: Tidied, why: str, prefix: str) -> Iterator[str]:
    """What is to be said besides verdicts, a sentence each without a full stop."""
    made, left = sum(tidied.made.values()), sum(tidied.left.values())
    if made:
        what = ", ".join(f"{name} {count}" for name, count in sorted(tidied.left.items()))
        yield f"Made {made} records, named {prefix}…; {made - left} are put away, {left} left" + (
            f" ({why}): {what}" if left else ""
        )
    pleas, longest = driver.meter.pleas
    if pleas:
        often = "once" if pleas == 1 else f"{pleas} times"
        more = f", or for {LONGEST_WAIT_S:g} s where it asked for more" if longest > LONGEST_WAIT_S else ""
        long = f"up to {longest:g} s" if longest < inf else "ever"
        yield f"The target asked for patience {often}, for {long}; nobody called it meanwhile{more}"
    if target.overrides.accepts:
        yield f"Open points are judged as the target has them: {', '.join(sorted(target.overrides.accepts))}"
    if target.overrides.levels:
        levels = ", ".join(f"{rule_id} {level}" for rule_id, level in sorted(target.overrides.levels.items()))
        yield f"Rules have the level that the target gives them: {levels}"
