"""Drafts: made and amended, as long as nothing was posted for them.

Decides which terms of a draft make sense, that a number is used once, and that only drafts are
amended here. Everything that speaks against a command is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from mock_server.domain.refused import Code, Refused, refuse_all
from mock_server.domain.register.records import NO_PLAN, Asset, Facts, Plan, Status
from mock_server.domain.register.shelf import Register


def create_draft(register: Register, facts: Facts, plan: Plan | None) -> Asset:
    """Make a draft; it posts nothing.

    Raises Refused, or RefusedTogether where several speak against it: NUMBER_TAKEN, and what
    `terms_faults` tells.
    """
    with register.undo.command():
        _check(register, None, facts, plan)
        return register.add(facts, plan)


def amend_draft(register: Register, asset: Asset, facts: Facts, plan: Plan | None) -> Asset:
    """Put new terms in place of the old, complete: what was left out has its old value already.

    Raises Refused: WRONG_STATUS where the asset is no draft, and what `create_draft` raises.
    """
    if asset.status is not Status.DRAFT:
        raise Refused(Code.WRONG_STATUS, "Only drafts can be changed; this asset is none any more.")
    with register.undo.command():
        _check(register, asset, facts, plan)
        register.change(asset, facts=facts, plan=plan)
        return asset


def terms_faults(register: Register, facts: Facts, plan: Plan | None) -> Iterator[Refused]:
    """What speaks against these terms: RATE_AND_LIFE, LIMIT_TOO_HIGH, RESIDUAL_TOO_HIGH, BEFORE_START."""
    said = NO_PLAN if plan is None else plan
    yield from plan_faults(said, facts.price_minor)
    first = register.organisation.start_date
    if said.start is not None and said.start < first:
        yield Refused(Code.BEFORE_START, f"Depreciation starts on {first} at the earliest; got {said.start}.")


def plan_faults(plan: Plan, price_minor: int | None) -> Iterator[Refused]:
    """What speaks against a plan for something of that price, as far as that is known."""
    if plan.rate is not None and plan.life is not None:
        yield Refused(Code.RATE_AND_LIFE, "Can't have both Depreciation Rate and Effective Life")
    if plan.limit_minor is not None and price_minor is not None and plan.limit_minor > price_minor:
        yield Refused(Code.LIMIT_TOO_HIGH, "The cost limit is above the purchase price.")
    most = price_minor if plan.limit_minor is None else plan.limit_minor
    if plan.residual_minor is not None and most is not None and plan.residual_minor > most:
        what = "purchase price" if plan.limit_minor is None else "cost limit"
        yield Refused(Code.RESIDUAL_TOO_HIGH, f"The residual value is above the {what}.")


def _check(register: Register, asset: Asset | None, facts: Facts, plan: Plan | None) -> None:
    faults: list[Refused] = []
    other = register.numbered(facts.number)
    if other is not None and other is not asset:
        faults.append(Refused(Code.NUMBER_TAKEN, "There is an asset with this number already."))
    faults.extend(terms_faults(register, facts, plan))
    refuse_all(faults)
