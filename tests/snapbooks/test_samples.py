"""The page's own requests, byte for byte, and the replies that it shows."""

from __future__ import annotations

import re
from typing import Any

import spec
from tests.snapbooks.client import OWN, USER, Snapbooks
from tests.spec.test_classes import TABLE

CREATE = b"""{
"name": "Office Equipment",
"client_account_id": 456
}"""
UPDATE = b"""{
"name": "Updated Equipment Name"
}"""
MEMBERS = [
    "id",
    "name",
    "client_account_id",
    "sequence_number",
    "created_at",
    "updated_at",
    "created_by_id",
    "updated_by_id",
]
TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")

OFFICE = {
    "code": "OFFICE_EQUIPMENT",
    "name": "Office equipment",
    "description": "Computers, printers, phones, and other office equipment",
    "depreciation_method": "saldo",
    "ifrs_standard": "IAS 16",
    "no": {
        "saldogruppe": "a",
        "depreciation_rate": "0.30",
        "default_asset_account": "1280",
        "default_accumulated_account": "1299",
        "default_expense_account": "6015",
    },
}
CARS = {
    "code": "MOTOR_VEHICLES",
    "name": "Motor vehicles",
    "description": "Cars and other passenger vehicles",
    "depreciation_method": "saldo",
    "ifrs_standard": "IAS 16",
    "no": {
        "saldogruppe": "d",
        "depreciation_rate": "0.20",
        "default_asset_account": "1230",
        "default_accumulated_account": "1299",
        "default_expense_account": "6010",
    },
}
SOFTWARE = {
    "code": "SOFTWARE",
    "name": "Software",
    "description": "Purchased or internally developed software",
    "depreciation_method": "linear",
    "ifrs_standard": "IAS 38",
    "no": {
        "saldogruppe": None,
        "depreciation_rate": "0.33",
        "default_asset_account": "1060",
        "default_accumulated_account": "1299",
        "default_expense_account": "6029",
    },
}


def without(member: str, record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != member}


def test_the_pages_create_answers_the_pages_reply(api: Snapbooks) -> None:
    reply = api.call("POST", "/assets", CREATE)
    assert reply.status == 201
    asset = reply.data
    assert list(without("is_active", asset)) == MEMBERS
    assert (asset["name"], asset["client_account_id"], asset["sequence_number"]) == ("Office Equipment", OWN, 1)
    assert asset["is_active"] is True
    assert TIME.fullmatch(asset["created_at"])
    assert (asset["updated_at"], asset["updated_by_id"]) == (asset["created_at"], USER)
    assert api.get(f"/assets/{asset['id']}").data == asset


def test_the_pages_update_changes_the_name_and_who_and_when(api: Snapbooks) -> None:
    asset = api.asset()
    updated = api.call("PUT", f"/assets/{asset['id']}", UPDATE).data
    assert updated["name"] == "Updated Equipment Name"
    assert updated["updated_at"] >= asset["updated_at"]
    assert without("name", without("updated_at", updated)) == without("name", without("updated_at", asset))
    assert api.get(f"/assets/{asset['id']}").data == updated


def test_the_pages_delete_answers_the_asset_and_keeps_it(api: Snapbooks) -> None:
    asset = api.asset()
    reply = api.call("DELETE", f"/assets/{asset['id']}")
    assert reply.status == 200
    assert list(reply.data) == [*MEMBERS[:4], "is_active", *MEMBERS[4:]]
    assert without("updated_at", reply.data) == without("updated_at", {**asset, "is_active": False})
    assert api.get(f"/assets/{asset['id']}").data == reply.data


def test_the_pages_list_has_both_relations_and_the_pages_meta(api: Snapbooks) -> None:
    asset = api.asset()
    found = api.page(including="client_account,created_by")
    assert list(found) == ["data", "meta"]
    (listed,) = found["data"]
    assert listed["client_account"] == {"id": 456, "unique_name": "company-abc", "display_name": "Company ABC"}
    user = listed["created_by"]
    assert list(user) == ["id", "first_name", "last_name", "created_at", "profile_image_url", "last_login"]
    assert (user["id"], user["profile_image_url"]) == (USER, None)
    assert without("client_account", without("created_by", listed)) == asset
    assert found["meta"] == {"page": 1, "pages": 1, "per_page": 100, "records": 1}


def test_the_pages_denial_to_the_letter(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    api.entry(("1200", 15000, asset), ("1210", -2500, asset), ("1920", -12500, None))
    reply = api.call("DELETE", f"/assets/{asset}")
    assert reply.status == 400
    assert reply.json() == {
        "error": "Cannot deactivate asset: account 1200: 15000.00, account 1210: -2500.00",
        "status": 400,
    }


def test_the_three_classes_that_the_page_shows(api: Snapbooks) -> None:
    classes = api.get("/asset-classes").data
    shown = [one for one in classes if one["code"] in ("OFFICE_EQUIPMENT", "MOTOR_VEHICLES", "SOFTWARE")]
    assert shown == [OFFICE, CARS, SOFTWARE]
    assert [list(one) for one in shown] == [list(OFFICE)] * 3


def test_all_classes_of_the_pages_table_in_its_order(api: Snapbooks) -> None:
    rows = [
        (
            one["code"],
            one["name"],
            one["depreciation_method"],
            one["ifrs_standard"],
            one["no"]["saldogruppe"] or "—",
            f"{float(one['no']['depreciation_rate']):.0%}",
        )
        for one in api.get("/asset-classes").data
    ]
    assert rows == [tuple(line.split(" | ")) for line in TABLE.strip().splitlines()]


def test_no_class_says_where_its_values_are_from(api: Snapbooks) -> None:
    kept = spec.asset_classes("snapbooks")
    assert sum(bool(one.proposed) for one in kept) == 15
    text = api.get("/asset-classes").body.decode()
    assert "proposed" not in text
    assert not any(reason in text for one in kept for reason in one.proposed.values())
