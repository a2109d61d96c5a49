"""Faults of state and identity: what is stored of assets and types, and what is one and the same.

Decides these faults alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from mock_server.apis.xero import reading, wire
from mock_server.apis.xero.reading import dashed
from mock_server.domain.register.records import Asset, AssetType, Organisation, Status
from mock_server.domain.register.shelf import Register
from mock_server.faults.fault import Family, Parts, recast, with_body, with_handlers
from mock_server.faults.xero.shelf import shelf
from mock_server.surface import Answer, Handler, Refusal, Request

SHELF: Final = shelf(Family.STATE)

_PUT_ASSET: Final = "createAsset"
_PUT_TYPE: Final = "createAssetType"
_ASSET: Final = "getAssetById"
_KEY: Final = "idempotency-key"
_SETTING: Final = "bookDepreciationSetting"


def _reading(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Handler], Handler]:
    """The handler, which is given another body."""

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            request.body = change(request.body)
            return handler(request)

        return answer

    return wrong


def _named(request: Request) -> Asset | None:
    """The asset that a body names by its id."""
    named = request.body.get("assetId")
    register: Register = request.tenant.register
    return None if named is None else register.find(dashed(named))


# ---- what is one and the same -----------------------------------------------------------------


class _Doubles(Register):
    """Keeps assets of which two may have one number."""

    def _unlist(self, asset: Asset) -> None:
        self._by_number.setdefault(asset.facts.number, asset)
        super()._unlist(asset)


def _numbers_taken(of_new: bool) -> Callable[[Parts], Parts]:
    class _Taken(_Doubles):
        def numbered(self, number: str) -> Asset | None:
            return None if vars(self).get("_blind") else super().numbered(number)

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            register = request.tenant.register
            vars(register)["_blind"] = (request.body.get("assetId") is None) is of_new
            try:
                return handler(request)
            finally:
                vars(register)["_blind"] = False

        return answer

    return lambda parts: with_handlers(recast(parts, _Taken), _PUT_ASSET, wrong)


SHELF.fault("number-twice", "A new asset may have another one's number.", "xero.R2", "K1")(_numbers_taken(True))
SHELF.fault("number-twice-by-change", "A change may give an asset another one's number.", "xero.R2")(
    _numbers_taken(False)
)


@SHELF.books("type-name-twice", "A new type may have another one's name.", "xero.R24", "K2")
class _TypeNameTwice(Register):
    def named_type(self, name: str) -> AssetType | None:
        return None


@SHELF.fault("change-makes-another", "A change of an asset makes a second one with its number.", "xero.R5")
def _change_makes_another(parts: Parts) -> Parts:
    class _Second(_Doubles):
        def change(self, record: Any, **fields: Any) -> None:
            known = isinstance(record, Asset) and record.status is Status.DRAFT and fields.keys() == {"facts", "plan"}
            if known:
                self.add(fields["facts"], fields["plan"])
            else:
                super().change(record, **fields)

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            shown = handler(request)
            newest = list(request.tenant.register.assets())[-1]
            return replace(shown, body=wire.changed_asset(request.tenant, newest)) if _named(request) else shown

        return answer

    return with_handlers(recast(parts, _Second), _PUT_ASSET, wrong)


SHELF.handlers("type-change-makes-another", "A change of a type makes a second one.", "xero.R27", of=_PUT_TYPE)(
    _reading(lambda body: {name: value for name, value in body.items() if name != "assetTypeId"})
)


@SHELF.handlers("key-forgotten", "An Idempotency-Key is not looked at.", "xero.R29", of=(_PUT_ASSET, _PUT_TYPE))
def _key_forgotten(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        request.headers.pop(_KEY, None)
        return handler(request)

    return answer


@SHELF.handlers(
    "key-with-any-body",
    "An Idempotency-Key is answered as before, whatever was sent.",
    "xero.R30",
    of=_PUT_ASSET,
)
def _key_with_any_body(handler: Handler) -> Handler:
    bodies: dict[tuple[str, str], Any] = {}

    def answer(request: Request) -> Answer:
        key = request.headers.get(_KEY)
        if key is not None:
            request.body = bodies.setdefault((request.tenant.id, key), request.body)
        return handler(request)

    return answer


@SHELF.books("next-number-stays", "Taking the next number does not move it on.", "xero.R22")
class _CountsPast(Register):
    def _count_up(self, number: str) -> None:
        organisation = self.organisation
        if number != f"{organisation.prefix}{organisation.next_number:04}":
            super()._count_up(number)


# ---- what is stored ---------------------------------------------------------------------------


def _clearing(body: dict[str, Any]) -> dict[str, Any]:
    return {"description": None, **body} if body.get("assetId") is not None else body


SHELF.handlers(
    "unsent-description-cleared", "A change that does not send the description clears it.", "xero.R7", of=_PUT_ASSET
)(_reading(_clearing))


@SHELF.handlers(
    "warranty-dropped", "A change stores all members that are sent but the warranty date.", "xero.R6", of=_PUT_ASSET
)
def _warranty_dropped(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        if request.body.get("assetId") is not None:
            request.body = {name: value for name, value in request.body.items() if name != "warrantyExpiryDate"}
        return handler(request)

    return answer


SHELF.handlers(
    "other-name-unread", "Settings under the plural name are not read.", "xero.R9", "xero.R6", of=_PUT_ASSET
)(_reading(lambda body: {name: value for name, value in body.items() if name != f"{_SETTING}s"}))


@SHELF.answers("half-years-lost", "A life is shown in whole years.", "xero.R6", of=(_ASSET, _PUT_ASSET, _PUT_TYPE))
def _half_years_lost(_request: Request, answer: Answer) -> Answer:
    setting = answer.body[_SETTING]
    if "effectiveLifeYears" not in setting:
        return answer
    return with_body(
        answer, {**answer.body, _SETTING: {**setting, "effectiveLifeYears": int(setting["effectiveLifeYears"])}}
    )


@SHELF.answers("computed-stored", "Accumulated depreciation that is sent is shown.", "xero.R8", of=_PUT_ASSET)
def _computed_stored(request: Request, answer: Answer) -> Answer:
    sent = request.body.get("bookDepreciationDetail") or {}
    detail = {**answer.body["bookDepreciationDetail"], **sent}
    return with_body(answer, {**answer.body, "bookDepreciationDetail": detail}) if sent else answer


@SHELF.handlers("status-counts", "A new asset that is sent as registered is registered.", "xero.R3", of=_PUT_ASSET)
def _status_counts(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        if str(request.body.get("assetStatus")).lower() != "registered":
            return handler(request)
        request.body = {name: value for name, value in request.body.items() if name != "assetStatus"}
        shown, register = handler(request), request.tenant.register
        asset = register.find(shown.body["assetId"])
        with register.undo.command():
            register.change(asset, status=Status.REGISTERED)
        return replace(shown, body=wire.changed_asset(request.tenant, asset))

    return answer


@SHELF.handlers("registered-changed", "The name of a registered asset is changed by a POST.", "xero.R4", of=_PUT_ASSET)
def _registered_changed(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        asset, register = _named(request), request.tenant.register
        if asset is None or asset.status is not Status.REGISTERED:
            return handler(request)
        facts, _plan = reading.asset(request.body, request.tenant, asset)
        with register.undo.command():
            register.change(asset, facts=replace(asset.facts, name=facts.name))
        return Answer(200, wire.changed_asset(request.tenant, asset))

    return answer


@SHELF.handlers("refused-renames", "A change that is refused stores the name all the same.", "L5", of=_PUT_ASSET)
def _refused_renames(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        try:
            return handler(request)
        except Refusal:
            asset, register = _named(request), request.tenant.register
            name = request.body.get("assetName")
            if asset is not None and asset.status is Status.DRAFT and isinstance(name, str):
                with register.undo.command():
                    register.change(asset, facts=replace(asset.facts, name=name))
            raise

    return answer


# ---- what is shown ----------------------------------------------------------------------------


@SHELF.answers(
    "draft-worth-its-price", "A draft's book value leaves its disposal price out.", "xero.R33", of=(_ASSET, _PUT_ASSET)
)
def _draft_worth_its_price(_request: Request, answer: Answer) -> Answer:
    draft = answer.body["assetStatus"] == "Draft" and "purchasePrice" in answer.body
    return with_body(answer, {**answer.body, "accountingBookValue": answer.body["purchasePrice"]}) if draft else answer


@SHELF.answers("always-rolls-back", "canRollback is true whatever is locked.", "xero.R37", of=_ASSET)
def _always_rolls_back(_request: Request, answer: Answer) -> Answer:
    return with_body(answer, {**answer.body, "canRollback": True})


@SHELF.books("locks-of-registered", "A type is locked by assets of which nothing has been charged.", "xero.R35")
class _LocksOfRegistered(Register):
    def locks(self, kind: AssetType) -> int:
        return self.in_use(kind)


@SHELF.books("last-run-stays", "Rolling back leaves the last depreciation date as it is.", "xero.R36")
class _LastRunStays(Register):
    def change(self, record: Any, **fields: Any) -> None:
        if isinstance(record, Organisation) and "last_depreciation" in fields:
            days = [day for day in (record.last_depreciation, fields["last_depreciation"]) if day is not None]
            fields = {**fields, "last_depreciation": max(days, default=None)}
        super().change(record, **fields)


SHELF.answers("null-for-unset", "A description that was never set is shown as null.", "xero.R34", "S3", of=_ASSET)(
    lambda _request, answer: with_body(answer, {"description": None, **answer.body})
)
