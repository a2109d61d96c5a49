"""Asset types: made and amended.

Decides that a type's name is its own, which accounts it may name, and that these stay as they are
while anything was posted to them for its assets. Knows no asset's terms.
"""

from __future__ import annotations

from dataclasses import dataclass

from mock_server.domain.accounts import Account, AccountRef, Kind
from mock_server.domain.refused import Code, Refused, refuse_all
from mock_server.domain.register.drafts import plan_faults
from mock_server.domain.register.records import Accounts, AssetType, Plan
from mock_server.domain.register.shelf import Register


@dataclass(frozen=True, slots=True)
class TypeTerms:
    """What a caller may say about a type, complete: what was left out has its old value already."""

    name: str
    cost: AccountRef
    expense: AccountRef
    accumulated: AccountRef
    plan: Plan


def create_type(register: Register, terms: TypeTerms) -> AssetType:
    """Make a type.

    Raises Refused: what `amend_type` raises, but for TYPE_IN_USE.
    """
    with register.undo.command():
        accounts = _checked(register, None, terms)
        kind = AssetType(register.new_id(), len(register.types()), terms.name, accounts, terms.plan)
        return register.add_type(kind)


def amend_type(register: Register, kind: AssetType, terms: TypeTerms) -> AssetType:
    """Put new terms in place of the old.

    Raises Refused, or RefusedTogether where several speak against it: TYPE_NAME_TAKEN, UNKNOWN_ACCOUNT,
    UNFIT_ACCOUNT, RATE_AND_LIFE, LIMIT_TOO_HIGH, RESIDUAL_TOO_HIGH; TYPE_IN_USE where other accounts
    are named and an asset of the type is no draft.
    """
    with register.undo.command():
        accounts = _checked(register, kind, terms)
        if accounts != kind.accounts and register.in_use(kind):
            message = "Assets of this type are registered; its accounts stay as they are."
            raise Refused(Code.TYPE_IN_USE, message)
        register.change(kind, name=terms.name, accounts=accounts, plan=terms.plan)
        return kind


def _checked(register: Register, kind: AssetType | None, terms: TypeTerms) -> Accounts:
    named = register.named_type(terms.name)
    faults: list[Refused] = []
    accounts = Accounts(
        cost=_resolved(register, terms.cost, Kind.ASSET, faults),
        expense=_resolved(register, terms.expense, Kind.EXPENSE, faults),
        accumulated=_resolved(register, terms.accumulated, Kind.ASSET, faults),
    )
    if accounts.cost is not None and accounts.cost is accounts.accumulated and accounts.cost.kind is Kind.ASSET:
        faults.append(_unfit(terms.accumulated))  # else both were told already
    faults.extend(plan_faults(terms.plan, None))
    refuse_all(faults)
    if named is not None and named is not kind:
        raise Refused(Code.TYPE_NAME_TAKEN, "There is an asset type of this name already.")
    return accounts


def _resolved(register: Register, ref: AccountRef, role: Kind, faults: list[Refused]) -> Account | None:
    try:
        account = register.chart.resolve(ref)
    except Refused as fault:
        faults.append(fault)
        return None
    if account.kind is not role:
        faults.append(_unfit(ref))
    return account


def _unfit(ref: AccountRef) -> Refused:
    at = "" if isinstance(ref, Account) else ref.at
    return Refused(Code.UNFIT_ACCOUNT, "The account is not one that a type can use in this place.", at)
