"""The rules about registers: one function for each, in the order in which they are asked.

Decides that order: of several laws that one fault breaks, the first is the one that names it.
"""

from __future__ import annotations

from typing import Final

from stateful.register.rules import disposals, lists, records, refusals, schedules, values
from stateful.register.scene import Law

LAWS: Final[tuple[Law, ...]] = (
    *refusals.refusal_laws(),
    refusals.residual_at_entry,
    refusals.each_field,
    records.replay,
    refusals.refused_changes_nothing,
    # records
    records.born_draft,
    records.in_place,
    records.type_in_place,
    records.computed,
    records.spellings,
    records.stores,
    records.keeps,
    records.draft_value,
    records.unset,
    # lists
    lists.one_status,
    lists.first_page,
    lists.walk_once,
    lists.filtered,
    lists.pagination,
    lists.order,
    lists.next_number,
    records.detail,
    # depreciation
    values.balanced,
    values.zero_sum,
    schedules.at_once,
    schedules.nothing_to_charge,
    schedules.never_back,
    schedules.never_beyond,
    schedules.rate_by_life,
    schedules.no_part_year,
    schedules.both_ends,
    schedules.whole_years,
    schedules.depreciable,
    schedules.months,
    schedules.month_ends,
    values.never_negative,
    values.fold,
    values.locks,
    # disposals and runs
    disposals.cleared,
    disposals.split,
    disposals.adds_up,
    disposals.depreciated_through,
    disposals.can_roll_back,
)

OF_CONTROL: Final = (
    *("V2", "V3", "V4", "V5", "L1", "L3", "D1", "D2", "D3", "D5", "D10", "T1", "T2", "T3", "X2", "X3", "X5", "V1"),
    *("drafts-only", "locks", "depreciated-through", "can-roll-back"),
)
"""Laws that nothing is seen of unless the target lets the kit do what an API's screens do."""
