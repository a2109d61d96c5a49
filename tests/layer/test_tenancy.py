"""Who sees what (DECISIONS 14, 22)."""

from __future__ import annotations

import json

import pytest

from mock_server.app import open_sandbox
from mock_server.surface import BadSettings
from tests.layer.client import DEMO, NOBODY, OTHER, OTHER_TOKEN, TOKEN, Layer

ONE_LINE = json.dumps(
    {
        "entry_at": "2024-01-31T00:00:00Z",
        "line_items": [{"account_identifier": "CASH", "amount": 1, "direction": "DEBIT"}],
    }
).encode()


def test_what_one_business_makes_is_nowhere_in_another(layer: Layer) -> None:
    other = layer.other()
    before = other.read_back()
    asset = layer.asset()
    update = layer.value_update(external_id="x").data
    (entry,) = layer.walk("/ledger/entries")
    account = asset["ledger_account"]["id"]["id"]
    assert other.read_back() == before
    for method, path in (
        ("GET", f"/assets/{asset['id']}"),
        ("PATCH", f"/assets/{asset['id']}"),
        ("DELETE", f"/assets/{asset['id']}"),
        ("GET", f"/assets/{asset['id']}/value-updates"),
        ("GET", f"/assets/value-updates/{update['id']}"),
        ("DELETE", f"/assets/value-updates/{update['id']}"),
        ("GET", f"/ledger/entries/{entry['id']}"),
        ("POST", f"/ledger/entries/{entry['id']}/reverse"),
        ("GET", f"/ledger/accounts/{account}/lines"),
    ):
        assert other.call(method, path, {} if method == "PATCH" else None).status == 404
    assert other.value_update().said == (400, "SpecifiedIdNotFound", "/asset_external_id")
    other.asset()
    foreign = {"type": "AccountId", "id": account}
    assert other.value_update(counter_account=foreign).said == (400, "SpecifiedIdNotFound", "/counter_account")
    assert other.value_update(asset_external_id=None, asset_id=asset["id"]).said[0] == 400
    assert other.value_update(external_id="x").status == 201
    assert layer.get(f"/assets/value-updates/{update['id']}").data == update


@pytest.mark.parametrize("business_id", [NOBODY, OTHER])
def test_an_unknown_business_and_another_ones_look_alike(layer: Layer, business_id: str) -> None:
    stranger = Layer(layer.sandbox, business_id, TOKEN)
    for reply in (stranger.get("/assets"), stranger.post("/assets", b"{"), stranger.get("/reports/balance-sheet")):
        assert reply.said == (404, "SpecifiedIdNotFound", None)
        assert reply.error["description"] == f"There is no business {business_id} that this token may see."


def test_a_token_of_ones_own_takes_the_place_of_the_printed_one() -> None:
    sandbox = open_sandbox(["layer"], seed=1, token="mine")
    assert Layer(sandbox, token="mine").get("/assets").status == 200
    assert Layer(sandbox, token=TOKEN).get("/assets").status == 401
    assert (sandbox.instances["layer"].access.token, sandbox.instances["layer"].other.token) == ("mine", OTHER_TOKEN)


@pytest.mark.parametrize("token", ["", "a b", "ümlaut", "a\n", "=", "a=b", OTHER_TOKEN])
def test_a_token_that_could_not_be_sent_or_is_the_other_businesss_starts_no_sandbox(token: str) -> None:
    with pytest.raises(BadSettings, match=r"^The token .*\.$"):
        open_sandbox(["layer"], seed=1, token=token)


def test_any_token_sees_everything_but_printed_ones_see_their_own() -> None:
    sandbox = open_sandbox(["layer"], seed=1, any_token=True)
    for business_id in (DEMO, OTHER):
        assert Layer(sandbox, business_id, "whatever").get("/assets").status == 200
    assert Layer(sandbox, OTHER, TOKEN).get("/assets").status == 404
    assert Layer(sandbox, token=None).get("/assets").status == 401
    assert Layer(sandbox, token="whatever").raw("GET", "/v1/whoami").data["clientId"] == "layer-client-any"


def test_an_open_sandbox_makes_a_business_on_first_use_for_the_token_that_names_it() -> None:
    sandbox = open_sandbox(["layer"], seed=1, open_tenants=True)
    fresh = Layer(sandbox, NOBODY, TOKEN)
    assert fresh.asset()["business_id"] == NOBODY
    assert len(fresh.walk("/assets")) == 1
    assert Layer(sandbox, NOBODY, OTHER_TOKEN).get("/assets").status == 404
    assert Layer(sandbox, OTHER, TOKEN).get("/assets").status == 404


def test_an_open_sandbox_with_any_token_opens_for_anybody() -> None:
    sandbox = open_sandbox(["layer"], seed=1, open_tenants=True, any_token=True)
    assert Layer(sandbox, NOBODY, "whatever").get("/assets").status == 200
    assert Layer(sandbox, NOBODY, "another").get("/assets").status == 200


def test_a_token_that_opens_a_business_still_sees_every_other() -> None:
    sandbox = open_sandbox(["layer"], seed=1, open_tenants=True, any_token=True)
    for business_id in (DEMO, NOBODY, DEMO, OTHER, NOBODY):
        assert Layer(sandbox, business_id, "whatever").get("/assets").status == 200


def test_a_token_that_is_given_a_business_still_sees_every_other() -> None:
    sandbox = open_sandbox(["layer"], seed=1, any_token=True)
    sent = json.dumps({"business_id": DEMO, "token": "whatever"}).encode()
    assert Layer(sandbox, token=None).raw("POST", "/_sandbox/layer/tokens", sent).status == 201
    for business_id in (DEMO, OTHER):
        assert Layer(sandbox, business_id, "whatever").get("/assets").status == 200


def test_a_token_that_the_sandbox_makes_sees_its_own_business_alone_even_where_any_token_does() -> None:
    sandbox = open_sandbox(["layer"], seed=1, any_token=True)
    made = Layer(sandbox, token=None).raw("POST", "/_sandbox/layer/businesses", b"{}").data
    assert Layer(sandbox, made["id"], made["token"]).get("/assets").status == 200
    assert Layer(sandbox, DEMO, made["token"]).get("/assets").status == 404


@pytest.mark.parametrize("any_token", [False, True])
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/assets", b"{", 400),
        ("POST", "/assets", b"{}", 400),
        ("GET", "/assets?limit=0", None, 400),
        ("GET", f"/assets/{NOBODY}", None, 404),
        ("POST", f"/ledger/entries/{NOBODY}/reverse", None, 404),
        ("POST", "/ledger/journal-entries", ONE_LINE, 400),
    ],
)
def test_a_refused_request_opens_no_business(
    any_token: bool, method: str, path: str, body: bytes | None, status: int
) -> None:
    """L5."""
    sandbox = open_sandbox(["layer"], seed=1, open_tenants=True, any_token=any_token)
    control = Layer(sandbox, token=None)
    seen = [control.raw("GET", f"/_sandbox/layer/{what}").data for what in ("businesses", "tokens")]
    path, _, query = path.partition("?")
    fresh = Layer(sandbox, NOBODY)
    assert fresh.raw(method, f"/v1/businesses/{NOBODY}{path}", body or b"", query).status == status
    assert [control.raw("GET", f"/_sandbox/layer/{what}").data for what in ("businesses", "tokens")] == seen
    assert fresh.asset()["business_id"] == NOBODY
    assert len(fresh.walk("/assets")) == 1


def test_the_caller_is_told_who_it_is(layer: Layer) -> None:
    one, other = (Layer(layer.sandbox, token=token).raw("GET", "/v1/whoami").data for token in (TOKEN, OTHER_TOKEN))
    assert one == {"type": "whoami", "clientName": "Sandbox client-1", "clientId": "layer-client-1"}
    assert other["clientId"] != one["clientId"]


def test_a_business_id_may_be_written_in_either_case() -> None:
    sandbox = open_sandbox(["layer"], seed=1, open_tenants=True)
    upper = "ABCDEFAB-1111-4111-8111-111111111111"
    assert Layer(sandbox, upper).asset()["business_id"] == upper.lower()
    assert len(Layer(sandbox, upper.lower()).walk("/assets")) == 1


def test_two_sandboxes_share_nothing(layer: Layer) -> None:
    layer.asset()
    assert Layer().walk("/assets") == []
