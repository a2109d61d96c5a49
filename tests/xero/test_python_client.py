"""The vendor's own Python client, unmodified, over a socket: every operation, a round trip, its retries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from xero_python.api_client import ApiClient, Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.assets import (
    Asset,
    AssetApi,
    AssetStatus,
    AssetStatusQueryParam,
    AssetType,
    BookDepreciationDetail,
    BookDepreciationSetting,
)
from xero_python.exceptions import (
    BadRequestException,
    HTTPStatusException,
    NotFoundException,
    RateLimitException,
)

from contract_tests.host import hosted
from mock_server.app import Sandbox, open_sandbox
from tests.xero.client import ACCUMULATED, BASE, COMPUTERS, COST, DEMO, EXPENSE, NOBODY, TOKEN, Xero


def midnight(year: int, month: int, day: int) -> datetime:
    """A day as the client shows it: without a zone."""
    return datetime(year, month, day)  # noqa: DTZ001


class Flaky:
    """The sandbox behind something that answers the first requests itself: a rate limit, or a maintenance page."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.refusals: list[tuple[int, dict[str, str]]] = []
        self.seen = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.sandbox(scope, receive, send)
            return
        self.seen += 1
        if not self.refusals:
            await self.sandbox(scope, receive, send)
            return
        status, headers = self.refusals.pop(0)
        raw = [(name.lower().encode(), text.encode()) for name, text in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": [*raw, (b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


@contextmanager
def client(url: str, token: str = TOKEN) -> Iterator[AssetApi]:
    """The vendor's client, told where the sandbox is and what to send as a token."""
    held = {"access_token": token, "scope": ["assets"], "expires_in": 1800, "token_type": "Bearer"}
    api_client = ApiClient(Configuration(oauth2_token=OAuth2Token(client_id="any", client_secret="any")))
    api_client.oauth2_token_getter(lambda: held)
    api_client.oauth2_token_saver(held.update)
    try:
        yield AssetApi(api_client, base_url=url + BASE)
    finally:
        api_client.rest_client.pool_manager.clear()


@pytest.fixture(scope="module")
def flaky() -> Flaky:
    return Flaky(open_sandbox(["xero"], seed=1))


@pytest.fixture(scope="module")
def url(flaky: Flaky) -> Iterator[str]:
    with hosted(flaky) as address:
        yield address


@pytest.fixture
def api(flaky: Flaky, url: str) -> Iterator[AssetApi]:
    assert Xero(flaky.sandbox, token=None).raw("POST", "/_sandbox/xero/reset").status == 204
    flaky.refusals.clear()
    with client(url) as connected:
        yield connected


def laptop(number: str = "FA-0001", **members: Any) -> Asset:
    return Asset(
        asset_name="Laptop",
        asset_number=number,
        asset_type_id=COMPUTERS,
        purchase_date=date(2024, 1, 1),
        purchase_price=Decimal("1200.50"),
        asset_status=AssetStatus.DRAFT,
        serial_number="S-1",
        book_depreciation_setting=BookDepreciationSetting(
            depreciation_method="StraightLine", averaging_method="FullMonth", depreciation_rate=Decimal(20)
        ),
        book_depreciation_detail=BookDepreciationDetail(
            cost_limit=Decimal(1000), residual_value=Decimal(100), depreciation_start_date=midnight(2024, 1, 1)
        ),
        **members,
    )


def test_every_operation_answers_the_client_in_its_own_types(api: AssetApi) -> None:
    made = api.create_asset(DEMO, laptop())
    assert isinstance(made, Asset)
    assert (made.asset_status, made.purchase_price) == (AssetStatus.DRAFT, Decimal("1200.5"))
    assert made.purchase_date == midnight(2024, 1, 1)
    assert (made.book_depreciation_detail.cost_limit, made.book_depreciation_detail.residual_value) == (1000, 100)
    assert made.book_depreciation_setting.depreciation_calculation_method == "None"
    assert api.get_asset_by_id(DEMO, made.asset_id) == made
    listed = api.get_assets(
        DEMO,
        AssetStatusQueryParam.DRAFT,
        page=1,
        page_size=5,
        order_by="AssetName",
        sort_direction="ASC",
        filter_by="Lap & top",
    )
    assert (listed.pagination.item_count, listed.items) == (0, [])
    listed = api.get_assets(DEMO, "DRAFT", filter_by="lapt", sort_direction="desc")
    assert [item.asset_id for item in listed.items] == [made.asset_id]
    kind = AssetType(
        asset_type_name="Machinery",
        fixed_asset_account_id=COST,
        depreciation_expense_account_id=EXPENSE,
        accumulated_depreciation_account_id=ACCUMULATED,
        book_depreciation_setting=BookDepreciationSetting(
            depreciation_method="DiminishingValue100", averaging_method="ActualDays", depreciation_rate=Decimal(40)
        ),
    )
    made_type = api.create_asset_type(DEMO, kind)
    assert (made_type.asset_type_name, made_type.locks) == ("Machinery", 0)
    assert [one.asset_type_id for one in api.get_asset_types(DEMO)] == [COMPUTERS, made_type.asset_type_id]
    found = api.get_asset_settings(DEMO)
    assert (found.asset_number_prefix, found.asset_number_sequence, found.opt_in_for_tax) == ("FA-", "0002", False)
    assert found.asset_start_date == midnight(2015, 7, 1)


def test_what_was_read_is_edited_and_sent_back(api: AssetApi, flaky: Flaky) -> None:
    """The client sends every read-only member back, and loses effectiveFromDate, which it has no name for."""
    body = {"assetName": "Laptop", "assetNumber": "FA-0001", "description": "kept", "purchasePrice": 1200}
    setting = {"effectiveFromDate": "2024-02-01", "depreciationMethod": "StraightLine", "depreciationRate": 20}
    made = api.create_asset(DEMO, {**body, "bookDepreciationSettings": setting})
    made.asset_name = "Laptop (Tracy)"
    changed = api.create_asset(DEMO, made)
    assert (changed.asset_id, changed.asset_name) == (made.asset_id, "Laptop (Tracy)")
    whole = Xero(flaky.sandbox).get(f"/Assets/{made.asset_id}").data
    assert (whole["description"], whole["purchasePrice"]) == ("kept", 1200)
    assert whole["bookDepreciationSetting"]["effectiveFromDate"] == "2024-02-01T00:00:00"
    assert whole["bookDepreciationSetting"]["depreciationRate"] == 20


def test_an_assets_whole_life_is_read_by_the_client(api: AssetApi, flaky: Flaky) -> None:
    made = api.create_asset(DEMO, laptop())
    xero = Xero(flaky.sandbox)
    assert xero.control("POST", f"/assets/{made.asset_id}/register", {}).status == 200
    assert xero.control("POST", "/depreciation", {"through": "2024-03-31"}).status == 200
    registered = api.get_asset_by_id(DEMO, made.asset_id)
    assert registered.asset_status == AssetStatus.REGISTERED
    assert registered.accounting_book_value == Decimal("1155.50")  # 900 at 20 % a year, for three months
    body = {"date": "2024-03-31", "price": 1000}
    assert xero.control("POST", f"/assets/{made.asset_id}/dispose", body).status == 200
    (item,) = api.get_assets(DEMO, AssetStatusQueryParam.DISPOSED, order_by="DisposalDate").items
    assert (item.disposal_date, item.disposal_price) == (midnight(2024, 3, 31), 1000)
    assert item.book_depreciation_detail.current_gain_loss == Decimal("-155.50")


def test_refusals_are_the_clients_own_exceptions(api: AssetApi, url: str) -> None:
    both = BookDepreciationSetting(depreciation_rate=Decimal(20), effective_life_years=5)
    with pytest.raises(BadRequestException) as bad:
        api.create_asset(DEMO, Asset(asset_name="A", asset_number="1", book_depreciation_setting=both))
    (error,) = bad.value.error_data["fieldValidationErrors"]
    assert error["fieldName"] == "BookDepreciationSetting.DepreciationRate"
    with pytest.raises(BadRequestException) as bad:
        api.get_assets(DEMO, "DRAFT", page_size=201)
    assert bad.value.error_data == {"message": "Requested page size cannot exceed 200"}
    with pytest.raises(NotFoundException):
        api.get_asset_by_id(DEMO, NOBODY)
    for tenant_id, status, wanted in ((NOBODY, "DRAFT", 403), (DEMO, "draft", 403)):
        with pytest.raises(HTTPStatusException) as refused:
            api.get_assets(tenant_id, status)
        assert refused.value.status == wanted
    with client(url, "unknown") as stranger, pytest.raises(HTTPStatusException) as refused:
        stranger.get_asset_settings(DEMO)
    assert refused.value.status == 401


def test_its_idempotency_key_makes_a_repeat_harmless(api: AssetApi) -> None:
    first = api.create_asset(DEMO, laptop(), idempotency_key="once")
    assert api.create_asset(DEMO, laptop(), idempotency_key="once") == first
    assert api.get_assets(DEMO, "DRAFT").pagination.item_count == 1
    with pytest.raises(BadRequestException):
        api.create_asset(DEMO, laptop("FA-0002"), idempotency_key="once")


@pytest.mark.parametrize("status", [429, 503])
def test_it_reads_again_after_retry_after(api: AssetApi, flaky: Flaky, status: int) -> None:
    api.create_asset(DEMO, laptop())
    flaky.seen = 0
    flaky.refusals = [(status, {"Retry-After": "0"})] * 3
    assert api.get_assets(DEMO, "DRAFT").pagination.item_count == 1
    assert flaky.seen == 4


def test_it_gives_up_after_three_retries_and_does_not_repeat_a_create(api: AssetApi, flaky: Flaky) -> None:
    flaky.seen = 0
    flaky.refusals = [(429, {"Retry-After": "0", "X-Rate-Limit-Problem": "minute"})]
    with pytest.raises(RateLimitException):
        api.create_asset(DEMO, laptop())
    assert flaky.seen == 1
    assert api.get_assets(DEMO, "DRAFT").pagination.item_count == 0
    flaky.refusals = [(503, {})]  # nothing says when to come back
    flaky.seen = 0
    with pytest.raises(HTTPStatusException):
        api.get_asset_settings(DEMO)
    assert flaky.seen == 1
