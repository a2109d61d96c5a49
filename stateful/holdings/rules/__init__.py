"""The rules about holdings: one function for each, in the order in which they are asked.

Decides that order: of several laws that one fault breaks, the first is the one that names it.
"""

from __future__ import annotations

from typing import Final

from stateful.holdings.rules import charges, classes, ledger, lists, pools, records, refusals
from stateful.holdings.scene import Law

LAWS: Final[tuple[Law, ...]] = (
    *refusals.refusal_laws(),
    refusals.error_body,
    refusals.guard_names,
    refusals.guard_leaves,
    refusals.guard_drafts,
    refusals.guard_others,
    refusals.refused_changes_nothing,
    # records
    records.computed,
    records.account_fixed,
    records.number_fixed,
    records.made_fixed,
    records.stores,
    records.renames,
    records.says_inactive,
    records.preserved,
    records.shows,
    records.times,
    records.tracked,
    records.with_account,
    records.with_creator,
    # lists
    lists.of_account,
    lists.page_numbers,
    lists.walk_once,
    lists.all_accounts,
    lists.page_length,
    lists.meta,
    lists.detail,
    records.number_unique,
    records.gap_free,
    # classes
    classes.all_there,
    classes.as_in_example,
    classes.as_in_table,
    classes.with_accounts,
    # the ledger
    ledger.balanced,
    ledger.once,
    ledger.mirrored,
    ledger.zero_sum,
    # assets in use
    charges.never_charged,
    charges.never_back,
    charges.charged_once,
    charges.cleared,
    charges.class_accounts,
    charges.first_year,
    charges.whole_years,
    charges.never_beyond,
    charges.never_negative,
    charges.carrying,
    charges.gains,
    ledger.sums,
    # the tax report
    pools.basis,
    pools.depreciates,
    pools.income,
    pools.opens,
    pools.closes,
)

OF_CONTROL: Final = (
    *("L1", "L3", "L7", "A2", "V1", "V2", "V3", "V5", "V7", "D1", "D2", "D3", "T2", "X2", "X3"),
    *("P1", "P2", "P3", "P4", "P5", "gap-free", "class-accounts"),
    *("guard", "guard-each", "guard-names", "guard-leaves", "guard-others", "guard-drafts"),
)
"""Laws that nothing is seen of unless the target lets the kit work with the ledger."""
