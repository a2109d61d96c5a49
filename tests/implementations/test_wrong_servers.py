"""Each wrong server breaks what the right one keeps, seen without the kit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

import spec
import stateful
from tests.implementations import wrong_servers
from tests.implementations.flask_layer import create_app
from tests.implementations.layer_client import OTHER, Layer, at_once
from tests.implementations.wrong_servers import WRONG

if TYPE_CHECKING:
    from collections.abc import Callable


def improvement_raises_the_assets_account(layer: Layer) -> bool:
    layer.asset()
    layer.improve(50_000)
    return layer.balances()["Forklift"] == 50_000


def every_entry_has_two_sides(layer: Layer) -> bool:
    layer.asset()
    layer.improve(50_000)
    return [len(entry["line_items"]) for entry in layer.ok("GET /ledger/entries")] == [2]


def a_void_takes_the_amount_back(layer: Layer) -> bool:
    layer.asset()
    layer.ok(f"DELETE /assets/value-updates/{layer.improve(50_000)['id']}")
    return layer.balances() == {}


def a_second_void_changes_nothing(layer: Layer) -> bool:
    layer.asset()
    update = layer.improve(50_000)
    layer(f"DELETE /assets/value-updates/{update['id']}")
    layer(f"DELETE /assets/value-updates/{update['id']}")
    return layer.balances() == {}


def an_upsert_answers_the_same_asset(layer: Layer) -> bool:
    return bool(layer.asset()["id"] == layer.asset()["id"])


def a_patch_moves_the_balance(layer: Layer) -> bool:
    layer.asset()
    layer.ok(f"PATCH /assets/value-updates/{layer.improve(50_000)['id']}", {"amount": 7})
    return layer.balances()["Forklift"] == 7


def a_walk_meets_every_record(layer: Layer) -> bool:
    made = [layer.asset(f"forklift-{number}")["id"] for number in range(5)]
    return [asset["id"] for asset in layer.walk("/assets", limit=2)] == made


def a_balance_to_a_date_goes_by_the_entrys_date(layer: Layer) -> bool:
    layer.asset()
    layer.improve(50_000)
    return "Forklift" in layer.balances("?end_date=2024-06-15T00:00:00Z")


def another_business_sees_nothing(layer: Layer) -> bool:
    return Layer(layer.app, OTHER)(f"GET /assets/{layer.asset()['id']}")[0] == 404


def parallel_updates_all_count(layer: Layer) -> bool:
    layer.asset()
    at_once(*(partial(layer.improve, 1, f"update-{number}") for number in range(16)))
    return layer.balances()["Forklift"] == 16


KEPT: dict[str, Callable[[Layer], bool]] = {
    "swapped_sides": improvement_raises_the_assets_account,
    "missing_second_line": every_entry_has_two_sides,
    "void_forgets_reversal": a_void_takes_the_amount_back,
    "double_void": a_second_void_changes_nothing,
    "upsert_duplicates": an_upsert_answers_the_same_asset,
    "patch_keeps_old_journal": a_patch_moves_the_balance,
    "list_loses_last_page": a_walk_meets_every_record,
    "as_of_by_creation_time": a_balance_to_a_date_goes_by_the_entrys_date,
    "cross_business_read": another_business_sees_nothing,
    "lost_update": parallel_updates_all_count,
}


@pytest.mark.parametrize("name", WRONG)
def test_the_right_server_keeps_it(name: str) -> None:
    assert KEPT[name](Layer(create_app()))


@pytest.mark.parametrize("name", WRONG)
def test_the_wrong_server_breaks_it(name: str) -> None:
    assert not KEPT[name](Layer(WRONG[name].factory()))


@pytest.mark.parametrize("name", [name for name in WRONG if name != "lost_update"])
def test_the_lost_update_is_seen_by_parallel_clients_only(name: str) -> None:
    assert KEPT[name](Layer(WRONG["lost_update"].factory()))


@pytest.mark.parametrize("name", WRONG)
def test_each_name_is_an_application_to_serve(name: str) -> None:
    app = getattr(wrong_servers, name)
    assert app is getattr(wrong_servers, name)
    assert Layer(app)("GET /assets")[0] == 200


def test_each_fault_is_named_by_rules_that_the_kit_has() -> None:
    known = {rule.id for rule in stateful.rules_for(spec.load("layer"))}
    for name, server in WRONG.items():
        assert server.rules, name
        assert server.rules <= known, name


def test_no_other_name_is() -> None:
    with pytest.raises(AttributeError):
        _ = wrong_servers.right_in_every_way
