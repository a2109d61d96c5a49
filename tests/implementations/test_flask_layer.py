"""The independent implementation keeps the contract: figures from outside, then what it refuses."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.serving import WSGIRequestHandler, make_server

import spec
from tests.implementations.flask_layer import PROFILE, create_app, instants, strict_json
from tests.implementations.layer_client import DEMO, OTHER, Layer, at_once

if TYPE_CHECKING:
    from collections.abc import Iterator

BIGGEST = 2**63 - 1
DAY = timedelta(days=1)
DEPRECIATION = {
    "asset_external_id": "forklift-001",
    "external_id": "forklift-001-depreciation-2024-02",
    "amount": 66_667,
    "update_type": "DEPRECIATION_AMORTIZATION",
    "counter_account": "DEPRECIATION",
    "date": "2024-02-29T00:00:00Z",
}


@pytest.fixture
def layer() -> Layer:
    return Layer(create_app())


def tell(layer: Layer) -> None:
    """The guide's three calls (seed 000)."""
    layer.asset()
    layer.ok("POST /assets/value-updates", DEPRECIATION)
    layer.improve(50_000, "forklift-001-improvement-2024-06")


def transfer(amount: int, debit: str, credit: str, **other: Any) -> dict[str, Any]:
    """A manual entry between two template accounts."""
    sides = [(debit, "DEBIT"), (credit, "CREDIT")]
    lines = [{"account_identifier": name, "amount": amount, "direction": direction} for name, direction in sides]
    return {"entry_at": "2024-01-31T00:00:00Z", "line_items": lines, **other}


def everything(layer: Layer) -> list[Any]:
    """All that can be read, of both businesses."""
    calls = ("assets", "assets/value-updates", "ledger/entries", "ledger/balances", "accounting-config")
    return [who(f"GET /{call}") for who in (layer, Layer(layer.app, OTHER)) for call in calls]


# ---- figures ----------------------------------------------------------------------------------


def test_the_guides_story_ends_in_the_golden_figures(layer: Layer) -> None:
    tell(layer)
    balances = layer.balances()
    assert balances["Forklift"] == 50_000
    assert balances["Accumulated depreciation"] == 66_667
    assert balances["Depreciation Expense"] == 66_667
    assert balances["Cash"] == -50_000
    assert balances["Fixed assets"] == -16_667  # the contra account subtracts
    assert layer.balances("?reporting_basis=CASH") == {}


def test_with_the_purchase_posted_the_carrying_value_is_the_demos(layer: Layer) -> None:
    account = layer.asset()["ledger_account"]["id"]
    layer.ok("POST /ledger/journal-entries", transfer(4_000_000, account, "CASH"))
    tell(layer)
    assert layer.balances()["Fixed assets"] == 3_983_333
    assert layer.balances("?reporting_basis=CASH")["Fixed assets"] == 4_000_000


def test_a_balance_to_a_date_holds_that_utc_day_and_all_before(layer: Layer) -> None:
    tell(layer)
    assert "Forklift" not in layer.balances("?end_date=2024-06-14T23:59:59Z")
    assert layer.balances("?end_date=2024-06-15T00:00:00Z")["Forklift"] == 50_000
    assert layer.balances("?end_date=2024-06-14T22:00:00-03:00")["Forklift"] == 50_000
    movement = layer.balances("?start_date=2024-06-15T12:00:00Z")
    assert movement == {"Forklift": 50_000, "Fixed assets": 50_000, "Cash": -50_000}


@pytest.mark.parametrize("basis", ["ACCRUAL", "CASH"])
@pytest.mark.parametrize("day", ["2024-01-30", "2024-01-31", "2024-03-01", "2025-01-01"])
def test_both_reports_balance_at_every_date(layer: Layer, basis: str, day: str) -> None:
    tell(layer)
    layer.ok("POST /ledger/journal-entries", transfer(900, "CASH", "SALES"))
    layer.ok("POST /ledger/journal-entries", transfer(100, "RENT", "ACCOUNTS_PAYABLE"))
    query = f"?effective_date={day}T00:00:00Z&reporting_basis={basis}"
    sheet = layer.ok(f"GET /reports/balance-sheet{query}")
    assert sum(line["value"] for line in sheet["assets"]) == sum(
        line["value"] for line in sheet["liabilities_and_equity"]
    )
    *rows, total = layer.ok(f"GET /reports/unified/trial-balance{query}")["rows"]
    assert total["cells"]["total"] == sum(row["cells"]["total"] for row in rows) == 0
    assert len(rows) == {"2024-01-30": 0, "2024-01-31": 4}.get(day, len(rows))


def test_running_balances_go_by_day_and_creation_whatever_the_sort(layer: Layer) -> None:
    account = layer.asset()["ledger_account"]["id"]["id"]
    for amount, day in ((5, "03"), (7, "01"), (11, "02")):
        layer.improve(amount, date=f"2024-01-{day}T00:00:00Z")
    for sort, expected in (("entry_at&sort_order=ASC", [7, 18, 23]), ("entry_number&sort_order=DESC", [18, 7, 23])):
        lines = layer.ok(f"GET /ledger/accounts/{account}/lines?sort_by={sort}")
        assert [line["running_balance"] for line in lines] == expected


def test_a_running_balance_may_leave_64_bits_between_an_entry_and_its_reversal(layer: Layer) -> None:
    account = layer.asset()["ledger_account"]["id"]["id"]
    update = layer.improve(BIGGEST)
    layer.ok(f"DELETE /assets/value-updates/{update['id']}")
    layer.improve(BIGGEST, date="2024-06-14T00:00:00Z")
    lines = layer.ok(f"GET /ledger/accounts/{account}/lines")
    assert [line["running_balance"] for line in lines] == [BIGGEST, 2 * BIGGEST, BIGGEST]


def test_sums_near_the_limit_of_64_bits_stay_exact_and_beyond_it_are_refused(layer: Layer) -> None:
    layer.asset()
    for _ in range(3):  # each void makes room again
        update = layer.improve(BIGGEST)
        assert layer.balances()["Forklift"] == BIGGEST
        before = everything(layer)
        assert layer("POST /ledger/journal-entries", transfer(1, "CASH", "SALES"))[0] == 400
        assert everything(layer) == before
        layer.ok(f"DELETE /assets/value-updates/{update['id']}")
    assert layer.balances() == {}


# ---- entries, amendments, voids ---------------------------------------------------------------


def test_a_patch_of_the_amount_reverses_and_posts_again_a_patch_of_the_memo_does_not(layer: Layer) -> None:
    layer.asset()
    update = layer.improve(50_000)
    layer.ok(f"PATCH /assets/value-updates/{update['id']}", {"memo": "crane", "amount": 50_000})
    assert len(layer.ok("GET /ledger/entries")) == 1
    changed = layer.ok(f"PATCH /assets/value-updates/{update['id']}", {"amount": 7, "date": "2024-07-01T00:00:00Z"})
    assert changed == update | {"memo": "crane", "amount": 7, "date": "2024-07-01T00:00:00Z"}
    first, reversal, second = layer.ok("GET /ledger/entries?sort_by=entry_number")
    assert first["reversal_id"] == reversal["id"]
    assert reversal["reversal_of_id"] == first["id"]
    assert reversal["entry_at"] == first["entry_at"]
    assert second["line_items"][0]["amount"] == 7


def test_a_void_is_a_reversal_and_happens_once(layer: Layer) -> None:
    tell(layer)
    update = layer.improve(3)
    before = layer.balances()
    assert layer.ok(f"DELETE /assets/value-updates/{update['id']}")["archived_at"] is not None
    assert layer(f"DELETE /assets/value-updates/{update['id']}")[0] == PROFILE["archive_twice"]
    assert layer.balances()["Forklift"] == before["Forklift"] - 3
    shown = layer.walk("/assets/value-updates", limit=2)
    assert [row["archived_at"] is not None for row in shown] == [False, False, True]


def test_a_replay_posts_nothing_and_another_body_is_refused(layer: Layer) -> None:
    tell(layer)
    before = everything(layer)
    asset_id = layer.asset()["id"]
    again = DEPRECIATION | {"date": "2024-02-29T01:00:00+01:00", "memo": None, "asset_id": asset_id}
    assert layer("POST /assets/value-updates", again)[0] == 200
    others: list[dict[str, Any]] = [
        {"amount": 1},
        {"memo": "x"},
        {"metadata": {}},
        {"counter_account": "RENT"},
    ]
    for other in others:
        assert layer("POST /assets/value-updates", DEPRECIATION | other)[0] == 400
    assert everything(layer) == before


def test_a_reversal_answers_itself_the_second_time_and_may_be_reversed(layer: Layer) -> None:
    entry = layer.ok("POST /ledger/journal-entries", transfer(9, "CASH", "SALES", external_id="sale"))
    status, reply = layer(f"POST /ledger/entries/{entry['id']}/reverse")
    assert status == 201
    assert layer(f"POST /ledger/entries/{entry['id']}/reverse") == (200, reply)
    assert layer.balances() == {}
    assert layer(f"POST /ledger/entries/{reply['data']['id']}/reverse")[0] == 201
    assert layer.balances()["Cash"] == 9
    assert layer("POST /ledger/journal-entries", transfer(9, "CASH", "SALES", external_id="sale"))[0] == 200
    assert layer.balances()["Cash"] == 9


def test_nothing_is_posted_into_closed_books(layer: Layer) -> None:
    tell(layer)
    update = layer.ok("GET /assets/value-updates")[0]
    layer.ok("PATCH /accounting-config", {"closing_date": "2024-03-01"})
    before = everything(layer)
    path = f"/assets/value-updates/{update['id']}"
    assert layer(f"DELETE {path}")[0] == 400
    assert layer(f"PATCH {path}", {"amount": 1})[0] == 400
    assert layer("POST /ledger/journal-entries", transfer(1, "CASH", "SALES"))[0] == 400
    assert everything(layer) == before
    layer.ok(f"PATCH {path}", {"memo": "still"})
    layer.improve(1, date="2024-03-01T00:00:00Z")
    assert layer.ok("PATCH /accounting-config", {"closing_date": None})["closing_date"] is None


def test_an_upsert_merges_and_null_clears(layer: Layer) -> None:
    asset = layer.asset()
    same = {"name": "Crane", "asset_type": "VEHICLE", "external_id": "forklift-001", "original_value": None}
    status, reply = layer("POST /assets", same)
    assert status == 200
    assert reply["data"] == asset | {"name": "Crane", "asset_type": "VEHICLE", "original_value": None}
    assert len(layer.ok("GET /assets")) == 1


def test_an_archived_asset_leaves_the_list_and_takes_no_updates(layer: Layer) -> None:
    tell(layer)
    asset = layer.asset()
    layer.ok(f"DELETE /assets/{asset['id']}")
    before = everything(layer)
    assert layer.ok("GET /assets") == []
    assert layer("POST /assets/value-updates", DEPRECIATION | {"external_id": None})[0] == 400
    assert layer("POST /assets/value-updates", DEPRECIATION)[0] == 200  # a replay changes nothing
    assert layer("POST /assets", {"name": "x", "asset_type": "VEHICLE", "external_id": "forklift-001"})[0] == 400
    assert everything(layer) == before
    assert layer.ok(f"GET /assets/{asset['id']}")["archived_at"] is not None
    assert len(layer.ok(f"GET /assets/{asset['id']}/value-updates")) == 2


# ---- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"asset_external_id": None},
        {"asset_external_id": "unknown"},
        {"asset_id": "99999999-9999-4999-8999-999999999999"},
        {"amount": 0},
        {"amount": -1},
        {"amount": 2**63},
        {"amount": 1.5},
        {"amount": "1"},
        {"amount": True},
        {"update_type": "DISPOSAL"},
        {"counter_account": "NO_SUCH_ACCOUNT"},
        {"counter_account": ""},
        {"counter_account": "ACCUMULATED_DEPRECIATION"},
        {"counter_account": {"type": "AccountId", "id": "99999999-9999-4999-8999-999999999999"}},
        {"date": "2024-02-30T00:00:00Z"},
        {"date": "2024-02-29T23:59:60Z"},
        {"date": "0001-01-01T00:00:00+14:00"},
        {"metadata": "text"},
    ],
)
def test_a_refused_value_update_leaves_nothing(layer: Layer, wrong: dict[str, Any]) -> None:
    layer.asset()
    before = everything(layer)
    status, reply = layer("POST /assets/value-updates", DEPRECIATION | wrong)
    assert status in (400, PROFILE["unknown_reference"])
    assert all(error["description"] for error in reply["errors"])
    assert everything(layer) == before


def test_depreciation_needs_an_accumulated_account(layer: Layer) -> None:
    layer.ok("POST /assets", {"name": "Bare", "asset_type": "GOODWILL", "external_id": "forklift-001"})
    assert layer("POST /assets/value-updates", DEPRECIATION)[0] == 400
    assert layer.balances() == {}


def test_two_selectors_must_agree(layer: Layer) -> None:
    layer.asset()
    other = layer.asset("forklift-002")
    assert layer("POST /assets/value-updates", DEPRECIATION | {"asset_id": other["id"]})[0] == 400


def test_every_breach_is_told_with_a_pointer(layer: Layer) -> None:
    status, reply = layer("POST /assets", {"name": 3, "asset_type": "BOAT", "memo": "fine"})
    assert status == 400
    assert {error["meta"]["pointer"] for error in reply["errors"]} == {"/name", "/asset_type"}


def test_one_business_neither_sees_nor_uses_what_another_has(layer: Layer) -> None:
    tell(layer)
    asset, entry = layer.asset(), layer.ok("GET /ledger/entries")[0]
    other = Layer(layer.app, OTHER)
    before = everything(layer)
    account = asset["ledger_account"]["id"]
    for call in (f"GET /assets/{asset['id']}", f"GET /ledger/entries/{entry['id']}"):
        assert other(call)[0] == 404
    assert other("POST /assets/value-updates", DEPRECIATION | {"asset_id": asset["id"]})[0] == 404
    assert other("POST /ledger/journal-entries", transfer(1, account, "CASH"))[0] == 404
    assert Layer(layer.app, (DEMO[0], OTHER[1]))("GET /assets")[0] == 404
    assert everything(layer) == before


# ---- lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("sort", ["date", "created_at"])
@pytest.mark.parametrize("order", ["ASC", "DESC"])
def test_a_walk_gives_every_row_once_and_in_order(layer: Layer, limit: int, sort: str, order: str) -> None:
    layer.asset()
    made = [layer.improve(n, date=f"2024-01-{1 + n % 3:02}T00:00:00Z") for n in range(1, 8)]
    if sort == "date":
        made.sort(key=lambda update: update["date"], reverse=order == "DESC")
    elif order == "DESC":
        made.reverse()
    walked, cursor = [], ""
    while True:
        query = f"sort_by={sort}&sort_order={order}&limit={limit}&show_total_count=true{cursor}"
        reply = layer(f"GET /assets/value-updates?{query}")[1]
        walked += reply["data"]
        paging = reply["meta"]["pagination"]
        assert paging["total_count"] == 7
        if not paging["has_more"]:
            break
        cursor = f"&cursor={paging['cursor']}"
    assert walked == made


def test_a_cursor_of_another_order_or_list_is_refused(layer: Layer) -> None:
    for number in range(3):
        layer.asset(f"forklift-{number}")
    cursor = layer("GET /assets?limit=1")[1]["meta"]["pagination"]["cursor"]
    for call in (f"assets?sort_order=DESC&cursor={cursor}", f"ledger/entries?cursor={cursor}", "assets?cursor=x"):
        status, reply = layer(f"GET /{call}")
        assert (status, reply["errors"][0]["type"]) == (400, "PaginationCursor")


# ---- many at once -----------------------------------------------------------------------------


def test_the_same_upsert_from_sixteen_threads_makes_one_asset(layer: Layer) -> None:
    assert len({asset["id"] for asset in at_once(*[layer.asset] * 16)}) == 1
    assert len(layer.ok("GET /assets")) == 1


def test_parallel_patches_of_different_members_all_stay(layer: Layer) -> None:
    layer.asset()
    path = f"/assets/value-updates/{layer.improve(5)['id']}"
    sent: list[dict[str, Any]] = [{"memo": "m"}, {"reference_number": "r"}, {"amount": 9}, {"metadata": {"a": 1}}]
    at_once(*(partial(layer.ok, f"PATCH {path}", body) for body in sent))
    stored = layer.ok(f"GET {path}")
    assert all(stored[name] == value for body in sent for name, value in body.items())
    assert layer.balances()["Forklift"] == 9


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing to read here."""


@pytest.fixture
def served() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(), threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/businesses/{DEMO[0]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_sixteen_clients_over_sockets_lose_nothing(served: str) -> None:
    with httpx.Client(headers={"Authorization": f"Bearer {DEMO[1]}"}, timeout=60) as client:
        create = {"name": "Forklift", "asset_type": "EQUIPMENT", "external_id": "forklift-001"}
        created = at_once(*[partial(client.post, f"{served}/assets", json=create)] * 16)
        assert sorted(reply.status_code for reply in created) == [200] * 15 + [201]
        update = {key: value for key, value in DEPRECIATION.items() if key != "external_id"}
        update |= {"amount": 1, "update_type": "IMPROVEMENT"}
        at_once(*[partial(client.post, f"{served}/assets/value-updates", json=update)] * 16)
        trial = client.get(f"{served}/reports/unified/trial-balance?effective_date=2024-12-31T00:00:00Z")
    assert trial.json()["data"]["rows"][-1]["cells"] == {"debit": 16, "credit": 16, "total": 0}


# ---- the edge ---------------------------------------------------------------------------------

VALID = {"name": "x", "asset_type": "VEHICLE"}
HOSTILE = {
    "nothing": b"",
    "no JSON": b"{",
    "two texts": b"{} {}",
    "not UTF-8": b'{"name": "\xff"}',
    "UTF-16": json.dumps(VALID).encode("utf-16"),
    "BOM": b"\xef\xbb\xbf" + json.dumps(VALID).encode(),
    "NaN": b'{"name": "x", "asset_type": "VEHICLE", "metadata": {"a": NaN}}',
    "infinity": b'{"name": "x", "asset_type": "VEHICLE", "metadata": {"a": 1e400}}',
    "tiny": b'{"name": "x", "asset_type": "VEHICLE", "metadata": {"a": 1e-9999999999999999999}}',
    "long integer": b'{"name": "x", "asset_type": "VEHICLE", "original_value": ' + b"9" * 5000 + b"}",
    "twice": b'{"name": "x", "name": "y", "asset_type": "VEHICLE"}',
    "half a pair": b'{"name": "\\ud800", "asset_type": "VEHICLE"}',
    "deep": b'{"name": "x", "asset_type": "VEHICLE", "metadata": ' + b'{"a":' * 500 + b"1" + b"}" * 501,
    "bottomless": b"[" * 100_000,
    "not an object": b"[]",
    "zero": b"0",
    "null": b"null",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_is_400_in_the_apis_own_shape(layer: Layer, raw: bytes) -> None:
    headers = {"Authorization": f"Bearer {DEMO[1]}", "Content-Type": "application/json"}
    reply = layer.raw("POST", f"/businesses/{DEMO[0]}/assets", data=raw, headers=headers)
    assert (reply.status_code, reply.mimetype) == (400, "application/json")
    assert reply.get_json()["errors"][0].keys() == {"type", "description", "error_enum", "meta"}
    assert layer.ok("GET /assets") == []


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("APPLICATION/JSON; Charset=UTF-8", 201),
        ('application/json; charset="utf-8"; odd', 201),
        ("application/json; charset=utf-16", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("", 415),
    ],
)
def test_only_json_in_utf_8_is_taken(layer: Layer, content_type: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {DEMO[1]}", "Content-Type": content_type}
    path = f"/businesses/{DEMO[0]}/assets"
    assert layer.raw("POST", path, data=json.dumps(VALID), headers=headers).status_code == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/assets/", 404),
        ("GET", "//assets", 404),
        ("DELETE", "/assets/value-updates", 405),
        ("PATCH", "/assets/value-updates", 405),
        ("BREW", "/assets", 405),
        ("GET", "/assets/not-a-uuid", 400),
        ("GET", "/assets/%00", 400),
        ("GET", "/assets/1_111111-1111-4111-8111-111111111111", 400),
        ("GET", "/assets?limit=0", 400),
        ("GET", "/assets?limit=1001", 400),
        ("GET", "/assets?limit=1_0", 400),
        ("GET", "/assets?limit=%2B1", 400),
        ("GET", "/assets?limit=" + "9" * 5000, 400),
        ("GET", "/assets?limit=1&limit=1", 400),
        ("GET", "/assets?show_total_count=1", 400),
        ("GET", "/assets?sort_by=name", 400),
        ("GET", "/assets?unknown=1", 200),
        ("GET", "/reports/balance-sheet", 400),
        ("GET", "/reports/balance-sheet?effective_date=2024-01-01", 400),
        ("HEAD", "/assets", 200),
        ("OPTIONS", "/assets", 204),
    ],
)
def test_the_edge_answers(layer: Layer, method: str, path: str, status: int) -> None:
    reply = layer.raw(method, f"/businesses/{DEMO[0]}{path}")
    assert reply.status_code == status
    if status == 405:
        assert "GET" in reply.headers["Allow"]
    if status >= 400:
        assert reply.get_json()["errors"]


@pytest.mark.parametrize("value", [None, "", "Bearer", "Bearer x", "Basic layer-demo-token", "layer-demo-token"])
def test_without_a_known_token_every_operation_is_401(layer: Layer, value: str | None) -> None:
    headers = {} if value is None else {"Authorization": value}
    for operation in spec.operations(spec.load("layer").served):
        path = operation.path.replace("{businessId}", DEMO[0]).replace("{assetId}", DEMO[0])
        reply = layer.raw(operation.method, path, headers=headers)
        assert (reply.status_code, reply.headers["WWW-Authenticate"][:6]) == (401, "Bearer")
        assert reply.get_json()["errors"]


def test_a_body_of_more_than_ten_megabytes_is_413(layer: Layer) -> None:
    body = VALID | {"memo": "x" * 10_485_760}
    assert layer("POST /assets", body)[0] == 413
    assert layer("POST /assets", VALID | {"memo": "x" * 1_000_000})[0] == 201


# ---- what is kept of what was sent ------------------------------------------------------------

NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**300), max_value=10**300)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)  # other tests share the machine
@given(JSON_VALUES)
def test_json_comes_back_equal_with_all_digits(value: Any) -> None:
    back = strict_json.parse(strict_json.encode(value).encode())
    assert strict_json.same(back, value)
    assert strict_json.same(value, back)


def test_json_equality_tells_true_from_one_and_not_one_from_1_0() -> None:
    assert strict_json.same({"a": [1, None]}, {"a": [Decimal("1.0"), None]})
    for one, other in ((True, 1), ({}, []), ([1], [1, 2]), ({"a": None}, {}), ("1", 1)):
        assert not strict_json.same(one, other)


def test_metadata_keeps_its_digits_on_the_wire(layer: Layer) -> None:
    text = '{"big":12345678901234567890123,"small":0.10000000000000000000001,"deep":[{"a":null},{}]}'
    headers = {"Authorization": f"Bearer {DEMO[1]}", "Content-Type": "application/json"}
    body = f'{{"name":"x","asset_type":"VEHICLE","metadata":{text}}}'
    assert text in layer.raw("POST", f"/businesses/{DEMO[0]}/assets", data=body, headers=headers).text


@settings(deadline=None)  # other tests share the machine
@given(st.dates(date.min + DAY, date.max - DAY), st.times(), st.integers(-1439, 1439))
def test_an_instant_is_kept_whatever_its_offset(day: date, clock: time, minutes: int) -> None:
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    text = f"{day}T{clock.isoformat('seconds')}.{clock.microsecond:06}{sign}{hours:02}:{rest:02}"
    assert datetime.fromisoformat(f"{instants.normal(text)}+00:00") == datetime.fromisoformat(text)


@settings(deadline=None)  # other tests share the machine
@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_held_instants_sort_as_text(one: datetime, other: datetime) -> None:
    held = [instants.normal(moment.isoformat()) for moment in (one, other)]
    assert (held[0] < held[1]) == (one < other)


def test_where_this_server_differs_from_the_sandbox_the_profile_accepts_it() -> None:
    points = spec.load("layer").profile.points
    for name, choice in PROFILE.items():
        assert choice in points[name].accepts[1:], name
