"""Handlers of /assets/value-updates and of one asset's list of them.

Decides how a body becomes a value change, and where a member that is left out of a PATCH has its
value from.
"""

from __future__ import annotations

from typing import Any, Final

from mock_server.apis.layer import admission, paging, reading, wire
from mock_server.apis.layer.tenants import Business
from mock_server.apis.layer.words import EFFECTS, SORTS
from mock_server.domain.changes import ChangeTerms, ValueChange
from mock_server.domain.refused import Code
from mock_server.surface import Answer, Request

POINTERS: Final = {
    Code.AMOUNT_NOT_POSITIVE: "/amount",
    Code.AMOUNT_TOO_LARGE: "/amount",
    Code.BELOW_FLOOR: "/amount",
    Code.CLOSED_PERIOD: "/date",
    Code.SAME_ACCOUNT: "/counter_account",
    Code.NO_ACCUMULATED_ACCOUNT: "/update_type",
    Code.REPLAY_DIFFERS: "/external_id",
    Code.VOIDED_CHANGE: "/external_id",
}


def create(request: Request) -> Answer:
    """Record a value change and post its entry, or answer the same one."""
    business, body = admission.business(request), request.body
    terms = ChangeTerms(
        amount_minor=body["amount"],
        effect=EFFECTS[body["update_type"]],
        counter=reading.account(body["counter_account"], "/counter_account"),
        instant=reading.instant(body, "date"),
        note=reading.note(body),
    )
    changes = business.book.changes
    change, new = changes.post(reading.asset(body), terms, external_id=body.get("external_id"))
    return _answer(201 if new else 200, business, change)


def page(request: Request) -> Answer:
    """One page of the value changes of all assets, without the archived ones."""
    business, query = admission.business(request), request.query
    found = business.book.changes.page(paging.ask(request), sort=SORTS[query["sort_by"]])
    return paging.answer(request, found, lambda change: wire.value_update(business, change))


def list_of_asset(request: Request) -> Answer:
    """All value changes of one asset, by date, without the archived ones."""
    business = admission.business(request)
    changes = business.book.changes.of(admission.asset(request))
    return Answer(200, {"data": [wire.value_update(business, change) for change in changes]})


def fetch(request: Request) -> Answer:
    """One value change, archived or not."""
    return _answer(200, admission.business(request), admission.value_update(request))


def change(request: Request) -> Answer:
    """Merge the members sent into the value change; what moves the books posts again."""
    business, old = admission.business(request), admission.value_update(request)
    return _answer(200, business, business.book.changes.amend(old, _merged(request.body, old)))


def archive(request: Request) -> Answer:
    """Archive the value change and reverse its entry."""
    business, old = admission.business(request), admission.value_update(request)
    return _answer(200, business, business.book.changes.void(old))


HANDLERS: Final = {
    "business.assets.valueUpdates.post": create,
    "business.assets.valueUpdates.get": page,
    "business.assets.valueUpdates.valueUpdateId.get": fetch,
    "business.assets.valueUpdates.valueUpdateId.patch": change,
    "business.assets.valueUpdates.valueUpdateId.delete": archive,
    "business.assets.assetId.valueUpdates.get": list_of_asset,
}


def _merged(body: dict[str, Any], old: ValueChange) -> ChangeTerms:
    said = body.get("counter_account")
    return ChangeTerms(
        amount_minor=body.get("amount", old.amount_minor),
        effect=EFFECTS[body["update_type"]] if "update_type" in body else old.effect,
        counter=old.counter if said is None else reading.account(said, "/counter_account"),
        instant=reading.instant(body, "date") if "date" in body else old.instant,
        note=reading.note(body, old.note),
    )


def _answer(status: int, business: Business, change: ValueChange) -> Answer:
    return Answer(status, {"data": wire.value_update(business, change)})
