"""The classes of assets: as the vendor documents them, a reason for what it does not; a wrong file is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import spec
from spec import BadClasses, ClassAccounts, Fall
from spec.classes import read_classes

FOLDERS = Path(spec.__file__).parent
FILE = FOLDERS / "snapbooks" / "classes.toml"
CLASSES = spec.asset_classes("snapbooks")

# The vendor's table of available asset classes, row by row.
TABLE = """
OFFICE_EQUIPMENT | Office equipment | saldo | IAS 16 | a | 30%
GOODWILL | Goodwill | saldo | IAS 38 | b | 20%
COMMERCIAL_VEHICLES | Commercial vehicles | saldo | IAS 16 | c | 24%
MACHINERY_AND_PLANT | Machinery and plant | saldo | IAS 16 | d | 20%
MOTOR_VEHICLES | Motor vehicles | saldo | IAS 16 | d | 20%
FURNITURE_AND_FIXTURES | Furniture and fixtures | saldo | IAS 16 | d | 20%
SHIPS_AND_VESSELS | Ships and vessels | saldo | IAS 16 | e | 14%
AIRCRAFT | Aircraft | saldo | IAS 16 | f | 12%
POWER_DISTRIBUTION | Power distribution | saldo | IAS 16 | g | 5%
BUILDINGS_AND_STRUCTURES | Buildings and structures | saldo | IAS 16 | h | 4%
AGRICULTURAL_BUILDINGS | Agricultural buildings | saldo | IAS 16 | h | 6%
COMMERCIAL_BUILDINGS | Commercial buildings | saldo | IAS 16 | i | 2%
BUILDING_INSTALLATIONS | Building installations | saldo | IAS 16 | j | 10%
LAND | Land | none | IAS 16 | — | 0%
PATENTS_AND_LICENSES | Patents and licenses | linear | IAS 38 | — | 10%
SOFTWARE | Software | linear | IAS 38 | — | 33%
RESEARCH_AND_DEVELOPMENT | Research and development | linear | IAS 38 | — | 20%
INVESTMENT_PROPERTY | Investment property | saldo | IAS 40 | h | 4%
"""
# Its example reply: description and the three accounts.
EXAMPLES = {
    "OFFICE_EQUIPMENT": ("Computers, printers, phones, and other office equipment", "1280", "1299", "6015"),
    "MOTOR_VEHICLES": ("Cars and other passenger vehicles", "1230", "1299", "6010"),
    "SOFTWARE": ("Purchased or internally developed software", "1060", "1299", "6029"),
}


def test_all_classes_are_there_as_in_the_vendors_table_and_in_its_order() -> None:
    rows = [line.split(" | ") for line in TABLE.strip().splitlines()]
    assert len(rows) == 18
    assert [
        [one.code, one.name, one.method, one.standard, one.group or "—", f"{one.yearly * 100}%"] for one in CLASSES
    ] == rows


def test_what_the_vendors_example_shows_is_word_for_word_so() -> None:
    shown = {one.code: one for one in CLASSES if one.code in EXAMPLES}
    assert {
        code: (one.description, one.accounts.asset, one.accounts.accumulated, one.accounts.expense)
        for code, one in shown.items()
    } == EXAMPLES


def test_every_value_that_the_vendor_does_not_show_has_a_reason_and_no_other_has() -> None:
    unseen = {"description", "asset", "accumulated", "expense"}
    assert {one.code: set(one.proposed) for one in CLASSES} == {
        one.code: set() if one.code in EXAMPLES else unseen for one in CLASSES
    }


def test_what_the_methods_mean() -> None:
    falls = {one.code: one.fall for one in CLASSES}
    assert falls["OFFICE_EQUIPMENT"] is Fall.DECLINING_YEARS
    assert falls["SOFTWARE"] is Fall.LINEAR
    assert falls["LAND"] is Fall.NONE


def test_land_alone_has_one_account_and_all_others_have_three() -> None:
    land = [one.code for one in CLASSES if one.accounts.accumulated is None or one.accounts.expense is None]
    assert land == ["LAND"]
    assert next(one for one in CLASSES if one.code == "LAND").accounts == ClassAccounts("1150")


def test_rates_are_text_and_exact_numbers() -> None:
    assert {one.code: one.rate for one in CLASSES}["LAND"] == "0.00"
    assert next(one for one in CLASSES if one.code == "SOFTWARE").yearly == Fraction(33, 100)


def test_classes_are_read_only() -> None:
    with pytest.raises(TypeError):
        CLASSES[1].proposed["rate"] = "no"  # type: ignore[index]


@pytest.mark.parametrize("name", spec.available())
def test_a_contract_has_the_classes_of_its_folder(name: str) -> None:
    assert spec.load(name).classes == spec.asset_classes(name)
    assert bool(spec.load(name).classes) == (name in spec.classified())


def test_a_folder_without_classes_has_none() -> None:
    assert "snapbooks" in spec.classified()
    assert "layer" not in spec.classified()
    assert spec.asset_classes("layer") == ()


Spoil = Callable[[dict[str, Any]], object]


@pytest.fixture
def written() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(lambda f: f.pop("methods"), "'methods' is a required property", id="no methods"),
        pytest.param(lambda f: f.pop("class"), "'class' is a required property", id="no classes"),
        pytest.param(lambda f: f["class"].clear(), "class: ", id="empty"),
        pytest.param(lambda f: f["methods"].update(saldo="magic"), "methods.saldo", id="meaning"),
        pytest.param(lambda f: f["class"][0].update(code="office"), "class.0.code", id="code"),
        pytest.param(lambda f: f["class"][0].update(rate="30"), "class.0.rate", id="rate"),
        pytest.param(lambda f: f["class"][0].update(rate=0.3), "class.0.rate", id="rate as a number"),
        pytest.param(lambda f: f["class"][0].update(colour="red"), "'colour' was unexpected", id="unknown"),
        pytest.param(lambda f: f["class"][0]["accounts"].update(asset="12"), "class.0.accounts.asset", id="account"),
        pytest.param(lambda f: f["class"][0]["accounts"].pop("asset"), "'asset' is a required", id="no account"),
        pytest.param(
            lambda f: f["class"][0]["accounts"].pop("expense"), "'expense' is a dependency", id="two of three"
        ),
        pytest.param(lambda f: f["class"][0].update(proposed={"colour": "red"}), "class.0.proposed", id="proposed"),
        pytest.param(lambda f: f["class"][0].update(method="guess"), "'guess' is none of the methods", id="method"),
        pytest.param(lambda f: f["class"].append(f["class"][3]), "MACHINERY_AND_PLANT is given twice", id="twice"),
        pytest.param(
            lambda f: f["class"][0].update(method="none"), "OFFICE_EQUIPMENT: rate and accounts", id="none, three"
        ),
        pytest.param(lambda f: f["class"][13].update(method="linear"), "LAND: rate and accounts", id="linear, one"),
        pytest.param(lambda f: f["class"][13].update(rate="0.01"), "LAND: rate and accounts", id="none, rate"),
        pytest.param(lambda f: f["class"][0].update(rate="0.00"), "OFFICE_EQUIPMENT: rate and", id="no rate"),
    ],
)
def test_a_wrong_file_is_refused_where_it_is_wrong(written: dict[str, Any], spoil: Spoil, reason: str) -> None:
    spoil(written)
    with pytest.raises(BadClasses) as refused:
        read_classes("spec/snapbooks/classes.toml", written)
    assert reason in str(refused.value)
    assert str(refused.value).startswith("spec/snapbooks/classes.toml: ")


def test_every_reason_is_given_at_once(written: dict[str, Any]) -> None:
    written["class"][0]["rate"] = "30"
    written["class"][1]["code"] = "goodwill"
    with pytest.raises(BadClasses) as refused:
        read_classes("here", written)
    assert len(str(refused.value).splitlines()) == 2
