"""What a body says, in the domain's terms.

Decides how ids, days and amounts are read, that a member which is left out keeps its value and null
clears it (DECISIONS 27), and which of two places counts where both name a limit. Whatever is wrong is
told at once. Schemas have been checked by the edge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar

from mock_server.apis.decimals import money
from mock_server.apis.xero.tenants import Tenant
from mock_server.apis.xero.words import AVERAGINGS, METHODS, NO_CALCULATION
from mock_server.domain.accounts import Account, AccountRef, ById
from mock_server.domain.refused import Code, Refused, refuse_all
from mock_server.domain.register.kinds import TypeTerms
from mock_server.domain.register.records import NO_PLAN, Accounts, Asset, AssetType, Facts, Plan

Body = dict[str, Any]
T = TypeVar("T")

_ABSENT: Final = object()
_SETTING: Final = "BookDepreciationSetting"
_DETAIL: Final = "BookDepreciationDetail"
_DAY: Final = len("2015-07-01")


def dashed(text: str) -> str:
    """An id in the one spelling that the books use: lower case, with dashes. Anything else is kept as it is."""
    digits = text.lower()
    if len(digits) == 32:
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
    return digits


def day(text: str, at: str = "") -> date:
    """The day that a text begins with. Raises Refused (NOT_AN_INSTANT)."""
    try:
        return date.fromisoformat(text[:_DAY])
    except ValueError:
        raise Refused(Code.NOT_AN_INSTANT, f"{text[:_DAY]} is not a day of the calendar.", at) from None


def percent(number: int | Decimal, _at: str = "") -> Fraction:
    """A percentage as a fraction of 1."""
    return Fraction(number) / 100


def years(number: int | Decimal, _at: str = "") -> Fraction:
    """A number of years."""
    return Fraction(number)


class Reader:
    """One object of a body, read member by member; what is wrong is collected."""

    def __init__(self, said: Body, at: str, faults: list[Refused]) -> None:
        """`at`: the object's own field name, "" for the body itself."""
        self._said = said
        self._at = at
        self._faults = faults

    def read(self, member: str, old: T | None, convert: Callable[[Any, str], T]) -> T | None:
        """The member's value: what was sent, nothing where null was, and `old` where it was left out."""
        if member not in self._said:
            return old
        return self._converted(member, self._said[member], old, convert)

    def text(self, member: str, old: str | None) -> str | None:
        """A member that is a text."""
        value: str | None = self._said.get(member, old)
        return value

    def _converted(self, member: str, said: Any, old: T | None, convert: Callable[[Any, str], T]) -> T | None:
        if said is None:
            return None
        try:
            return convert(said, self.field(member))
        except Refused as fault:
            self._faults.append(fault)
            return old

    def field(self, member: str) -> str:
        """The member's name as errors have it."""
        name = member[:1].upper() + member[1:]
        return f"{self._at}.{name}" if self._at else name


def require(body: Body, *members: str) -> None:
    """What a body must hold that names no record (a null id names none). Raises Refused (INCOMPLETE)."""
    fields = Reader(body, "", [])
    refuse_all(
        [
            Refused(Code.INCOMPLETE, "This field is required where something new is made.", fields.field(member))
            for member in members
            if member not in body
        ]
    )


def asset(body: Body, tenant: Tenant, old: Asset | None) -> tuple[Facts, Plan | None]:
    """An asset's terms after this body, complete.

    Raises Refused, or RefusedTogether: NOT_AN_INSTANT, NOT_IN_CENTS, UNKNOWN_TYPE, WRONG_STATUS, BAD_PLAN.
    """
    faults: list[Refused] = []
    status = body.get("assetStatus")
    if status is not None and status.lower() != "draft":
        faults.append(Refused(Code.WRONG_STATUS, "Assets can only be created and changed as drafts."))
    facts = _facts(body, tenant, None if old is None else old.facts, faults)
    plan = _plan(body, None if old is None else old.plan, faults)
    refuse_all(faults)
    return facts, plan


def kind(body: Body, old: AssetType | None) -> TypeTerms:
    """A type's terms after this body, complete. Raises as `asset` does, and Refused (INCOMPLETE)."""
    faults: list[Refused] = []
    plan = _plan(body, None if old is None else old.plan, faults)
    if old is None and all(body.get(name) is None for name in ("bookDepreciationSetting", "bookDepreciationSettings")):
        faults.append(Refused(Code.INCOMPLETE, "Book Depreciation Setting is required.", _SETTING))
    refuse_all(faults)
    accounts = Accounts() if old is None else old.accounts
    return TypeTerms(
        name=body["assetTypeName"] if old is None else body.get("assetTypeName", old.name),
        cost=_account(body, "fixedAssetAccountId", accounts.cost),
        expense=_account(body, "depreciationExpenseAccountId", accounts.expense),
        accumulated=_account(body, "accumulatedDepreciationAccountId", accounts.accumulated),
        plan=NO_PLAN if plan is None else plan,
    )


def _facts(body: Body, tenant: Tenant, old: Facts | None, faults: list[Refused]) -> Facts:
    said, detail = Reader(body, "", faults), Reader(body.get("bookDepreciationDetail") or {}, _DETAIL, faults)
    known = old or Facts(number="", name="")
    return Facts(
        number=body.get("assetNumber", known.number),
        name=body.get("assetName", known.name),
        type=said.read("assetTypeId", known.type, lambda type_id, at: _type(tenant, type_id, at)),
        description=said.text("description", known.description),
        purchased=said.read("purchaseDate", known.purchased, day),
        price_minor=said.read("purchasePrice", known.price_minor, money),
        disposal_price_minor=said.read("disposalPrice", known.disposal_price_minor, money) or 0,
        serial_number=said.text("serialNumber", known.serial_number),
        warranty=said.text("warrantyExpiryDate", known.warranty),
        echoed_start=detail.read("depreciationStartDate", known.echoed_start, day),
        deduction_percent=(
            detail.read("initialDeductionPercentage", known.deduction_percent, lambda number, _at: int(number))
            if tenant.country == "NZ"
            else None
        ),
    )


def _type(tenant: Tenant, type_id: str, at: str) -> AssetType:
    found = tenant.register.find_type(dashed(type_id))
    if found is None:
        raise Refused(Code.UNKNOWN_TYPE, "Asset Type Id is invalid", at)
    return found


def _plan(body: Body, old: Plan | None, faults: list[Refused]) -> Plan | None:
    """The plan after the settings and the detail of a body; None where nothing is said any more."""
    names = [name for name in ("bookDepreciationSetting", "bookDepreciationSettings") if name in body]
    settings = [body[name] for name in names]
    if len(settings) == 2 and settings[0] != settings[1]:
        faults.append(Refused(Code.BAD_PLAN, "The settings were sent twice, and differ.", _SETTING))
    known = NO_PLAN if old is None else old
    plan = known if not names else NO_PLAN if settings[0] is None else _merged(settings[0], known, faults)
    setting = dict.fromkeys(("costLimit", "residualValue")) if names and settings[0] is None else {}
    setting = setting or (settings[0] if names else {})
    detail = body.get("bookDepreciationDetail") or {}
    plan = replace(
        plan,
        limit_minor=_either("costLimit", setting, detail, known.limit_minor, faults),
        residual_minor=_either("residualValue", setting, detail, known.residual_minor, faults),
    )
    return None if plan == NO_PLAN else plan


def _merged(setting: Body, old: Plan, faults: list[Refused]) -> Plan:
    said = Reader(setting, _SETTING, faults)
    method = said.read("depreciationMethod", (old.method, old.factor), lambda word, _at: METHODS[word])
    calculation = said.text("depreciationCalculationMethod", old.calculation)
    return Plan(
        method=None if method is None else method[0],
        factor=100 if method is None else method[1],
        averaging=said.read("averagingMethod", old.averaging, lambda word, _at: AVERAGINGS[word]),
        rate=said.read("depreciationRate", old.rate, percent),
        life=said.read("effectiveLifeYears", old.life, years),
        calculation=None if calculation == NO_CALCULATION else calculation,
        start=said.read("effectiveFromDate", old.start, day),
    )


def _either(member: str, setting: Body, detail: Body, old: int | None, faults: list[Refused]) -> int | None:
    """A limit that may stand in two places: what is not what was stored counts, be it in one of them."""
    places = (Reader(setting, _SETTING, faults), Reader(detail, _DETAIL, faults))
    new = {value for place in places if (value := place.read(member, old, money)) != old}
    if len(new) == 2:
        message = f"{_SETTING} and {_DETAIL} change it to different amounts."
        faults.append(Refused(Code.BAD_PLAN, message, places[0].field(member)))
    return new.pop() if len(new) == 1 else old


def _account(body: Body, member: str, old: Account | None) -> AccountRef:
    said = body.get(member)
    if said is None:
        assert old is not None, "the document requires the accounts of a new type"
        return old
    return ById(dashed(said), member[:1].upper() + member[1:])
