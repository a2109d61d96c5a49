"""The rules that part B judges: one function for each, in the order in which they are asked.

Decides that order: of several laws that one fault breaks, the first is the one that names it.
Nothing here knows an API; a dialect's terms say which of its profile's rules a law judges.
"""

from __future__ import annotations

from typing import Final

from stateful.rules import ledger, lists, records, refusals, relations, running, values, voids
from stateful.rules.law import Law

LAWS: Final[tuple[Law, ...]] = (
    # what one journal shows
    ledger.balanced,
    ledger.formed,
    ledger.mirrored,
    ledger.immutable,
    # what must not have moved
    voids.void_once,
    voids.reverse_once,
    records.sent_again,
    values.idempotent,
    values.one_live,
    ledger.refused_changes_nothing,
    # what must have moved
    ledger.within_int64,
    voids.void_undoes,
    voids.archive_whole,
    values.repost,
    values.quiet_amend,
    values.depreciation_sides,
    values.effect_size,
    values.fold,
    values.value_sides,
    records.creation_posts_nothing,
    # statements
    ledger.zero_sum,
    ledger.equation,
    voids.accrual_only,
    voids.accrual_only_back,
    values.back_dated,
    values.cut_off,
    values.utc_days,
    # records
    records.upsert_identity,
    records.distinct,
    records.selectors,
    records.own_account,
    records.metadata,
    records.upsert_stores,
    records.echo,
    records.amend_stores,
    voids.void_shows,
    voids.archive_shows,
    voids.void_traced,
    refusals.template_names,
    refusals.closed,
    *refusals.refusal_laws(),
    # lists
    lists.walk_once,
    lists.active_list,
    lists.order,
    lists.page_shape,
    lists.own_list,
    running.running,
    voids.lists_agree,
    # relations, which need no model
    values.order_free,
    *relations.relation_laws(),
)


SETTINGS_LAWS: Final = ("closed",)
"""Laws that nothing is seen of unless the business's settings may be changed."""
