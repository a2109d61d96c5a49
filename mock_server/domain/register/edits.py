"""A registered asset is edited, the way Xero does it (DECISIONS 28; forward-only re-estimates are not meant).

Decides which of two ways an edit takes. Another rate alone acts from the start of the current financial
year: an increase is posted, a decrease waits until the charges have caught up. Everything else takes all
charges back, posts the purchase anew where it is another one, and charges the asset again from its start.
"""

from __future__ import annotations

from dataclasses import replace

from mock_server.domain.refused import refuse_all
from mock_server.domain.register.charging import charge_through, check_status, take_back
from mock_server.domain.register.drafts import terms_faults
from mock_server.domain.register.figures import current_year_start
from mock_server.domain.register.lifecycle import post_purchase
from mock_server.domain.register.records import NO_PLAN, Asset, Facts, FormerRate, Plan, Status
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Schedule


def edit(register: Register, asset: Asset, facts: Facts, plan: Plan) -> None:
    """Put new facts (type and price; nothing else may differ) and a new plan in place of the old.

    Raises Refused: WRONG_STATUS; what `terms_faults` tells; what `Schedules.of`, `post_purchase`, `charge_through`
    and `take_back` raise.
    """
    with register.undo.command():
        check_status(asset, Status.REGISTERED)
        old = asset.plan or NO_PLAN
        if (facts, plan) == (asset.facts, old):
            return
        refuse_all(tuple(terms_faults(register, facts, plan)))
        before = register.schedule_of(asset)
        if facts == asset.facts and _is_another_rate(old, plan):
            register.change(asset, plan=plan, former_rates=_former_rates(register, asset, before))
        else:
            _start_anew(register, asset, facts, plan)
        charge_through(register, (asset,), register.organisation.last_depreciation)


def _is_another_rate(old: Plan, new: Plan) -> bool:
    return old.rate is not None and new.rate is not None and replace(old, rate=new.rate) == new


def _former_rates(register: Register, asset: Asset, schedule: Schedule) -> tuple[FormerRate, ...]:
    """The rates before the current financial year, whose start is where the new one begins."""
    since = current_year_start(register.organisation)
    if since <= schedule.start:
        return ()
    assert asset.plan is not None
    assert asset.plan.rate is not None
    earlier = tuple(former for former in asset.former_rates if former.before < since)
    replaced = [former.rate for former in asset.former_rates if former.before >= since]
    return (*earlier, FormerRate(since, replaced[0] if replaced else asset.plan.rate))


def _start_anew(register: Register, asset: Asset, facts: Facts, plan: Plan) -> None:
    take_back(register, asset, unless=lambda _charge: False)
    old = asset.facts
    register.change(asset, facts=facts, plan=plan, former_rates=())
    register.schedule_of(asset)
    if asset.registered_entry is None or (old.type, old.price_minor) == (facts.type, facts.price_minor):
        return
    purchase = register.ledger.find(asset.registered_entry)
    assert purchase is not None
    register.ledger.reverse(purchase)
    credit = purchase.journal.postings[1].account
    register.change(asset, registered_entry=post_purchase(register, asset.id, facts, credit).id)
