"""A profile that is wrong is refused with its reasons; Layer's holds every open point."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis

import spec
from spec import BadProfile, Evidence, OperationNote, Profile, ScopeKey
from spec.profile import read_profile

FOLDERS = Path(spec.__file__).parent
LAYER = FOLDERS / "layer"

# Every decision on what Layer leaves open, in the order in which they were taken, and the points that hold it.
DECISIONS: dict[str, set[str]] = {
    "bare strings": {"bare_account", "template_account"},
    "carrying value": {"carrying_value", "below_zero"},
    "bases": {"cash_basis", "cash_basis_business"},
    "roll-ups and signs": {"balance_sign", "post_to_parent", "net_income", "trial_balance_rows"},
    "as-of": {"as_of_day", "balances_basis", "entry_dates", "instant_range", "instant_text"},
    "reversal date": {"reversal_date"},
    "closed period": {"closed_period"},
    "amounts": {"amount_not_positive", "int64_total"},
    "upsert": {"upsert_merge", "upsert_status"},
    "patch": {"patch_absent", "patch_null", "patch_asset_type", "patch_archived"},
    "replay": {"replay_status"},
    "archive": {"archive_asset_books", "archived_asset_update", "archived_asset_upsert", "archive_twice"},
    "lists": {"archived_updates_listed", "archived_by_id"},
    "references": {"unknown_path_id", "unknown_reference", "both_selectors"},
    "entries of value updates": {"value_update_entry_reversed", "entry_source"},
    "shared accounts": {"shared_accounts"},
    "degenerate": {"counter_is_own_account", "accumulated_account_changed", "counter_account_class"},
    "paging": {"cursor", "cursor_other_sort", "limit", "running_balance"},
    "metadata": {"metadata"},
    "errors": {"refusal_status", "error_shape", "edge_status"},
    "samples": {"sample_asset"},
    "start": {"tokens", "unknown_business", "foreign_business"},
}


@pytest.fixture(scope="module")
def layer() -> Profile:
    return spec.load("layer").profile


@pytest.fixture
def written() -> dict[str, Any]:
    return tomllib.loads((LAYER / "profile.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("decision", sorted(DECISIONS))
def test_every_decision_has_its_points(layer: Profile, decision: str) -> None:
    assert DECISIONS[decision] <= set(layer.points)


def test_scope_and_switches(layer: Profile) -> None:
    assert layer.scope == {"business_id": ScopeKey(parameter="businessId", where="path")}
    assert layer.switches == {"strict_accounts": False, "refuse_below_zero": False}


def test_accepted_outcomes_are_a_set_and_ours_comes_first(layer: Profile) -> None:
    assert layer.accepts("upsert_status") == {200, 201}
    assert layer.points["upsert_status"].accepts[0] == 200
    assert layer.points["upsert_status"].evidence is Evidence.INFERRED


def test_an_unknown_point_is_an_error(layer: Profile) -> None:
    with pytest.raises(spec.UnknownPoint):
        layer.accepts("weather")


def test_chosen_and_inferred_refusals_accept_more_than_one_outcome(layer: Profile) -> None:
    """A point that is ours alone and accepts nothing else would fail others for our choice."""
    alone = {
        point.id
        for point in layer.points.values()
        if point.evidence is Evidence.CHOSEN and len(point.accepts) < 2 and point.id != "trial_balance_rows"
    }
    assert alone == set()


def test_only_the_settings_are_of_business_scope(layer: Profile) -> None:
    business = {name for name, note in layer.operations.items() if note.scope == "business"}
    assert business == {"business.accountingConfig.get", "business.accountingConfig.patch"}
    assert layer.note("business.assets.assetId.get") == OperationNote(scope="record", refuses=frozenset())


@pytest.mark.parametrize("name", spec.available())
def test_notes_scope_and_probe_name_what_the_document_has(name: str) -> None:
    api = spec.load(name)
    operations = {operation.operation_id: operation for operation in spec.operations(api.served)}
    assert set(api.profile.operations) <= set(operations)
    parameters = {(p.name, p.where) for operation in operations.values() for p in operation.parameters}
    bodies = [spec.resolve(api.served, operation.body) for operation in operations.values() if operation.body]
    parameters |= {(member, "body") for body in bodies for member in body["properties"]}
    assert {(key.parameter, key.where) for key in api.profile.scope.values()} <= parameters
    probe = operations[api.profile.probe.operation_id]
    assert probe.body is not None
    body, said = spec.resolve(api.served, probe.body), api.profile.probe
    assert {*said.body, said.text, said.integer} <= set(body["properties"])
    assert said.free in body["properties"] or body.get("additionalProperties") is not False


@pytest.mark.parametrize("name", spec.available())
def test_rules_have_ids_in_order(name: str) -> None:
    rules = spec.load(name).profile.rules
    assert [rule.id for rule in rules] == [f"{name}.R{number}" for number in range(1, len(rules) + 1)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("layer", {"2xx", 400, 404}),
        ("xero", {"2xx", 400, 404, 409}),
        ("snapbooks", {"2xx", 400, 403, 404}),
    ],
)
def test_the_schemathesis_settings_are_real_and_expect_what_the_profile_notes(name: str, expected: set[Any]) -> None:
    file = FOLDERS / name / "schemathesis.toml"
    config = schemathesis.Config.from_path(file)
    assert config.cache.enabled is False
    groups = tomllib.loads(file.read_text(encoding="utf-8"))["operations"]
    expecting = next(group for group in groups if "positive_data_acceptance" in group.get("checks", {}))
    notes = spec.load(name).profile.operations
    refusing = {name for name, note in notes.items() if note.refuses and note.scope == "record"}
    assert set(expecting["include-operation-id"]) == refusing
    statuses = set(expecting["checks"]["positive_data_acceptance"]["expected-statuses"])
    assert statuses == expected


@pytest.mark.parametrize("name", spec.available())
def test_the_schemathesis_settings_give_a_reason_for_what_they_switch_off(name: str) -> None:
    lines = (FOLDERS / name / "schemathesis.toml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line == "enabled = false":
            group = max(index for index, text in enumerate(lines[:number]) if text in ("[[operations]]", "[cache]"))
            assert lines[group - 1].startswith("# "), f"line {number + 1} gives no reason"


@pytest.mark.parametrize("name", spec.available())
def test_the_readme_has_every_open_point_as_the_profile_has_it(name: str) -> None:
    text = (FOLDERS / name / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    expected = [
        f"| {point.id} | {point.question} | {point.choice} | {point.evidence.value} "
        f"| {', '.join(map(str, point.accepts))} |"
        for point in spec.load(name).profile.points.values()
    ]
    assert rows[-len(expected) :] == expected


Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(lambda p: p.pop("title"), "'title' is a required property", id="no title"),
        pytest.param(lambda p: p.update(colour=1), "'colour' was unexpected", id="unknown table"),
        pytest.param(lambda p: p["points"].clear(), "points: ", id="no points"),
        pytest.param(lambda p: p["points"]["limit"].pop("source"), "points.limit: 'source' is a required", id="source"),
        pytest.param(lambda p: p["points"]["limit"].update(evidence="rumour"), "points.limit.evidence", id="evidence"),
        pytest.param(lambda p: p["points"]["limit"].update(accepts=[]), "points.limit.accepts", id="accepts nothing"),
        pytest.param(lambda p: p["points"]["limit"].update(accepts=[42]), "points.limit.accepts.0", id="no status"),
        pytest.param(lambda p: p["switches"].update(strict_accounts="no"), "switches.strict_accounts", id="switch"),
        pytest.param(lambda p: p["scope"]["business_id"].update(where="cookie"), "scope.business_id.where", id="scope"),
        pytest.param(lambda p: p["operations"].update(x={"scope": "all"}), "operations.x.scope", id="operation"),
        pytest.param(lambda p: p["rules"][0].update(level="maybe"), "rules.0.level", id="level"),
        pytest.param(lambda p: p["rules"][0].update(id="R1"), "rules.0.id", id="rule id"),
        pytest.param(lambda p: p["rules"][0].update(statement="A full stop."), "rules.0.statement", id="statement"),
        pytest.param(lambda p: p["rules"].append(p["rules"][0]), "layer.R1 is given twice", id="twice"),
        pytest.param(lambda p: p["probe"].pop("body"), "probe: 'body' is a required property", id="probe"),
    ],
)
def test_a_wrong_profile_is_refused_where_it_is_wrong(written: dict[str, Any], spoil: Spoil, reason: str) -> None:
    spoil(written)
    with pytest.raises(BadProfile) as refused:
        read_profile("spec/layer/profile.toml", written)
    assert reason in str(refused.value)
    assert str(refused.value).startswith("spec/layer/profile.toml: ")


def test_every_reason_is_given_at_once(written: dict[str, Any]) -> None:
    del written["title"]
    written["points"]["limit"]["evidence"] = "rumour"
    with pytest.raises(BadProfile) as refused:
        read_profile("here", written)
    assert len(str(refused.value).splitlines()) == 2


def test_a_profile_without_switches_and_operations_is_fine(written: dict[str, Any]) -> None:
    smaller = deepcopy(written)
    del smaller["switches"], smaller["operations"]
    profile = read_profile("here", smaller)
    assert (profile.switches, profile.operations) == ({}, {})


def test_a_profile_is_read_only(layer: Profile) -> None:
    with pytest.raises(TypeError):
        layer.switches["strict_accounts"] = True
