"""`fixtura schedule`: its forms, its requests against the sandbox, its picture, and how it says no."""

from __future__ import annotations

import csv
import io
import json
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

import fixtura
from fixtura.schedules import read_amount
from tests.cli.conftest import Outcome

Cli = Callable[..., Outcome]

FORKLIFT = ("schedule", "--cost", "40000.00", "--life", "5", "--start", "2024-02-01")
FALLING = ("schedule", "--cost", "1500", "--residual", "200", "--method", "diminishing-value-100", "--rate", "20",
           "--start", "2025-01-01", "--averaging", "actual-days")  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def rows(outcome: Outcome) -> list[dict[str, str]]:
    assert outcome.status == 0, outcome.err
    return list(csv.DictReader(io.StringIO(outcome.out)))


def refused(outcome: Outcome, *words: str) -> None:
    assert outcome.status == 2, outcome.out
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    message = outcome.err.strip().splitlines()[-1]
    for word in words:
        assert word in message, message


# -- the forms


def test_the_table_shows_each_month_and_ends_at_the_residual_value(cli: Cli) -> None:
    outcome = cli(*FORKLIFT, "--residual", "1000")
    assert outcome.status == 0
    lines = [line.split() for line in outcome.out.splitlines() if line.strip()[:1] == "2"]
    assert len(lines) == 60
    assert lines[0] == ["2024-02", "01-29", "650.00", "650.00", "39,350.00"]
    assert lines[-1] == ["2029-01", "01-31", "650.00", "39,000.00", "1,000.00"]
    assert "Straight line over 5 years" in outcome.out


def test_csv_adds_up(cli: Cli) -> None:
    months = rows(cli(*FORKLIFT, "--csv"))
    assert [month["amount"] for month in months[:3]] == ["666.67", "666.66", "666.67"]
    assert sum(round(float(month["amount"]) * 100) for month in months) == 4_000_000
    assert months[-1] == {
        "first": "2029-01-01", "last": "2029-01-31", "amount": "666.67", "accumulated": "40000.00", "carrying": "0.00",
    }  # fmt: skip


def test_json_has_whole_cents(cli: Cli) -> None:
    outcome = cli(*FALLING, "--through", "2026-12-31", "--json")
    told = json.loads(outcome.out)
    assert (told["cost_minor"], told["residual_minor"], told["start"]) == (150_000, 20_000, "2025-01-01")
    amounts = [period["amount_minor"] for period in told["periods"]]
    assert (sum(amounts[:12]), sum(amounts[12:])) == (26_000, 20_800)
    assert told["periods"][0] == {
        "first": "2025-01-01",
        "last": "2025-01-31",
        "amount_minor": 2_208,
        "accumulated_minor": 2_208,
        "carrying_minor": 147_792,
    }


def test_years_and_through_say_where_to_stop(cli: Cli) -> None:
    assert len(rows(cli(*FALLING, "--years", "2", "--csv"))) == 24
    assert rows(cli(*FALLING, "--through", "2025-03-10", "--csv"))[-1]["last"] == "2025-03-31"
    assert rows(cli(*FALLING, "--through", "2024-03-10", "--csv")) == []


def test_diminishing_value_stops_by_itself_where_no_cent_is_left_to_charge(cli: Cli) -> None:
    months = rows(cli(*FALLING, "--csv"))
    assert 240 < len(months) < 1200
    assert 200 < float(months[-1]["carrying"]) < 200.05


@pytest.mark.parametrize(
    ("arguments", "amounts"),
    [
        (("--method", "full", "--cost-limit", "900", "--residual", "100"), ["800.00"]),
        (("--method", "none"), []),
        (("--rate", "300"), ["250.00"] * 4),
        (("--method", "diminishing-value-200", "--life", "4", "--years", "1"), ["41.67", "41.66", "41.67"] * 4),
        (("--method", "diminishing-value-150", "--life", "3/2", "--year-end", "06-30", "--years", "1"), None),
    ],
)
def test_each_method(cli: Cli, arguments: tuple[str, ...], amounts: list[str] | None) -> None:
    months = rows(cli("schedule", "--cost", "1000", "--start", "2025-01-01", "--csv", *arguments))
    if amounts is None:
        charged = [float(month["amount"]) for month in months]
        assert (round(sum(charged[:6]), 2), round(sum(charged[6:]), 2)) == (500.00, 250.00)
    else:
        assert [month["amount"] for month in months] == amounts


def test_re_estimates_act_forward_only_and_in_order_of_date(cli: Cli) -> None:
    late, early = ("--revise", "2027-02-01:residual=0"), ("--revise", "2026-02-01:life=5,residual=1000.00")
    months = rows(cli(*FORKLIFT, "--csv", *late, *early))
    before = rows(cli(*FORKLIFT, "--csv"))
    assert months[:24] == before[:24]
    assert months[24]["amount"] == "383.33"
    assert len(months) == 84
    assert months[-1]["carrying"] == "0.00"


def test_a_re_estimate_may_change_the_method(cli: Cli) -> None:
    months = rows(cli(*FALLING, "--csv", "--years", "3", "--revise", "2026-01-01:method=straight-line,rate=20"))
    assert round(sum(float(month["amount"]) for month in months[12:24]), 2) == 260.00
    months = rows(cli(*FALLING, "--csv", "--years", "2", "--revise", "2026-01-01:method=none"))
    assert len(months) == 12


# -- by an asset class


OFFICE = ("schedule", "--class", "OFFICE_EQUIPMENT", "--cost", "100000", "--start", "2024-05-10")
SOFTWARE = ("schedule", "--class", "SOFTWARE", "--cost", "120000", "--start", "2024-01-15")


def test_a_declining_class_is_a_table_of_whole_years(cli: Cli) -> None:
    outcome = cli(*OFFICE, "--years", "6")
    lines = [line.split() for line in outcome.out.splitlines() if line.strip()[:2] == "20"]
    assert [line[0] for line in lines] == ["2024", "2025", "2026", "2027", "2028", "2029"]
    assert lines[0] == ["2024", "05-10", "to", "12-31", "30,000.00", "30,000.00", "70,000.00"]
    assert lines[-1][-3:] == ["5,042.10", "88,235.10", "11,764.90"]
    assert "Office equipment, 30 % a year of what is left" in outcome.out
    assert "Year" in outcome.out


def test_a_linear_class_takes_its_rate_of_the_cost_and_the_remainder_last(cli: Cli) -> None:
    months = rows(cli(*SOFTWARE, "--csv"))
    years: dict[str, int] = {}
    for month in months:
        years[month["last"][:4]] = years.get(month["last"][:4], 0) + read_amount(month["amount"])
    assert years == {"2024": 3_960_000, "2025": 3_960_000, "2026": 3_960_000, "2027": 120_000}
    assert "Software, 33 % of the cost a year" in cli(*SOFTWARE).out


def test_a_linear_class_over_the_life_that_its_rate_stands_for(cli: Cli) -> None:
    assert [month["amount"] for month in rows(cli(*SOFTWARE, "--by-life", "--csv"))] == [
        "3333.33",
        "3333.34",
        "3333.33",
    ] * 12
    assert "Software, over 36 months" in cli(*SOFTWARE, "--by-life").out
    levelled = cli("schedule", "--class", "SOFTWARE", "--cost", "100000", "--start", "2024-01-01", "--by-life",
                   "--as", "layer", "--asset-id", "1")  # fmt: skip
    assert [json.loads(line)["amount"] for line in levelled.out.splitlines()] == [277_778] * 35 + [277_770]


def test_land_has_no_months(cli: Cli) -> None:
    land = ("schedule", "--class", "LAND", "--cost", "100000", "--start", "2024-05-10")
    assert rows(cli(*land, "--csv")) == []
    assert "Land, not depreciated" in cli(*land).out


def test_the_forms_of_whole_years(cli: Cli) -> None:
    told = json.loads(cli(*OFFICE, "--through", "2025-01-01", "--json").out)
    assert told["periods"] == [
        {"first": "2024-05-10", "last": "2024-12-31", "amount_minor": 3_000_000, "accumulated_minor": 3_000_000,
         "carrying_minor": 7_000_000},
        {"first": "2025-01-01", "last": "2025-12-31", "amount_minor": 2_100_000, "accumulated_minor": 5_100_000,
         "carrying_minor": 4_900_000},
    ]  # fmt: skip
    outcome = cli(*OFFICE, "--years", "2", "--as", "layer", "--asset-external-id", "desk")
    bodies = [json.loads(line) for line in outcome.out.splitlines()]
    assert [(body["external_id"], body["amount"], body["date"]) for body in bodies] == [
        ("desk-depreciation-2024-12", 3_000_000, "2024-12-31T00:00:00Z"),
        ("desk-depreciation-2025-12", 2_100_000, "2025-12-31T00:00:00Z"),
    ]


def test_a_class_is_what_its_method_and_rate_are(cli: Cli) -> None:
    said = ("--method", "diminishing-value-100", "--rate", "30", "--averaging", "whole-year")
    assert cli(*OFFICE, "--csv").out == cli("schedule", *OFFICE[3:], *said, "--csv").out
    assert cli("schedule", "--class", "office_equipment", *OFFICE[3:], "--csv").out == cli(*OFFICE, "--csv").out


def test_a_class_within_financial_years_and_estimated_anew(cli: Cli) -> None:
    months = rows(cli(*OFFICE, "--year-end", "06-30", "--years", "2", "--csv"))
    assert [month["last"] for month in months] == ["2024-06-30", "2025-06-30"]
    months = rows(cli(*OFFICE, "--revise", "2026-08-01:rate=25", "--years", "4", "--csv"))
    assert [month["amount"] for month in months] == ["30000.00", "21000.00", "12250.00", "9187.50"]


def test_a_picture_of_whole_years(cli: Cli, tmp_path: Path) -> None:
    picture = tmp_path / "office.svg"
    assert cli(*OFFICE, "--years", "10", "--plot", picture).status == 0
    texts = {text.text for text in ElementTree.parse(picture).iter(f"{SVG}text")}
    assert {"end of year", "Office equipment, 30 % a year of what is left, cost 100,000.00"} <= texts


def test_a_declining_balance_of_a_small_rate_needs_an_end(cli: Cli) -> None:
    buildings = ("schedule", "--class", "COMMERCIAL_BUILDINGS", "--cost", "100000", "--start", "2024-05-10", "--csv")
    refused(cli(*buildings), "100 years", "--years")
    assert len(rows(cli(*buildings, "--years", "150"))) == 150


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--class", "HOUSE", *OFFICE[3:]), ["'HOUSE'", "OFFICE_EQUIPMENT", "INVESTMENT_PROPERTY"]),
        ((*OFFICE[1:], "--method", "straight-line"), ["--class says", "--method"]),
        ((*OFFICE[1:], "--rate", "20", "--life", "5"), ["--class says", "--life, --rate"]),
        ((*OFFICE[1:], "--residual", "0"), ["--residual"]),
        ((*OFFICE[1:], "--cost-limit", "5"), ["--cost-limit"]),
        ((*OFFICE[1:], "--averaging", "full-month"), ["--averaging"]),
        ((*OFFICE[1:], "--by-life"), ["OFFICE_EQUIPMENT has no life", "linear"]),
        (("--by-life", *OFFICE[3:], "--life", "5"), ["--by-life goes with --class"]),
    ],
)
def test_misuse_of_a_class(cli: Cli, arguments: tuple[str, ...], words: list[str]) -> None:
    refused(cli("schedule", *arguments), *words)


# -- as requests


def test_the_guides_forklift_as_requests(cli: Cli) -> None:
    outcome = cli(*FORKLIFT, "--as", "layer", "--asset-external-id", "forklift-001")
    bodies = [json.loads(line) for line in outcome.out.splitlines()]
    assert bodies[0] == {
        "asset_external_id": "forklift-001",
        "external_id": "forklift-001-depreciation-2024-02",
        "amount": 66_667,
        "update_type": "DEPRECIATION_AMORTIZATION",
        "counter_account": "DEPRECIATION",
        "date": "2024-02-29T00:00:00Z",
    }
    assert [body["amount"] for body in bodies] == [66_667] * 59 + [66_647]
    assert len({body["external_id"] for body in bodies}) == 60


def test_an_asset_by_id_and_another_account(cli: Cli) -> None:
    outcome = cli(*FORKLIFT, "--through", "2024-02-01", "--as", "layer", "--asset-id", "8a1", "--account", "RENT")
    body = json.loads(outcome.out)
    assert (body["asset_id"], body["external_id"]) == ("8a1", "8a1-depreciation-2024-02")
    assert body["counter_account"] == "RENT"
    assert "asset_external_id" not in body


def test_months_without_a_charge_are_no_requests(cli: Cli) -> None:
    arguments = ("schedule", "--cost", "0.02", "--life", "1", "--start", "2024-01-01")
    assert len(rows(cli(*arguments, "--csv"))) == 12
    outcome = cli(*arguments, "--as", "layer", "--asset-external-id", "pin")
    assert [json.loads(line)["amount"] for line in outcome.out.splitlines()] == [2]


def test_nothing_to_charge_is_no_request_at_all(cli: Cli) -> None:
    outcome = cli("schedule", "--cost", "5", "--method", "none", "--start", "2024-01-01",
                  "--as", "layer", "--asset-external-id", "land")  # fmt: skip
    assert (outcome.status, outcome.out) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        (*FORKLIFT, "--residual", "1000.01"),
        (*FALLING, "--years", "4"),
        (*FORKLIFT, "--averaging", "actual-days", "--revise", "2026-02-11:life=3,residual=777.77"),
    ],
)
def test_the_sandbox_takes_them_and_the_asset_ends_where_the_schedule_does(
    cli: Cli, arguments: tuple[str, ...]
) -> None:
    months = rows(cli(*arguments, "--csv"))
    bodies = [
        json.loads(line) for line in cli(*arguments, "--as", "layer", "--asset-external-id", "f-1").out.splitlines()
    ]
    with fixtura.sandbox("layer") as books:
        business = f"/businesses/{books.scope['business_id']}"
        asset = {
            "name": "Forklift",
            "external_id": "f-1",
            "asset_type": "EQUIPMENT",
            "accumulated_depreciation_account": "ACCUMULATED_DEPRECIATION",
        }
        made = books.client.post(f"{business}/assets", json=asset).json()["data"]
        for body in [*bodies, *bodies]:  # twice: the external ids make the second time harmless
            reply = books.client.post(f"{business}/assets/value-updates", json=body)
            assert reply.status_code in (200, 201), reply.text
        updates = books.client.get(f"{business}/assets/{made['id']}/value-updates").json()["data"]
        balances = books.client.get(f"{business}/ledger/balances").json()["data"]
    charged = round(float(months[-1]["accumulated"]) * 100)
    assert sum(update["amount"] for update in updates) == charged
    assert "ACCUMULATED_DEPRECIATION" in json.dumps(balances)
    assert str(charged) in json.dumps(balances)


# -- the picture


def test_a_png_is_drawn_beside_what_is_printed(cli: Cli, tmp_path: Path) -> None:
    picture = tmp_path / "forklift.png"
    assert len(rows(cli(*FORKLIFT, "--csv", "--plot", picture))) == 60
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    assert (width, height) == (1350, 720)


def test_an_svg_says_what_it_shows_and_is_the_same_each_time(cli: Cli, tmp_path: Path) -> None:
    pictures = [tmp_path / name for name in ("one.svg", "two.SVG")]
    for picture in pictures:
        revise = ("--revise", "2026-01-01:residual=500.00", "--revise", "2027-01-01:life=2")
        assert cli(*FORKLIFT, *revise, "--plot", picture).status == 0
    texts = {text.text for text in ElementTree.parse(pictures[0]).iter(f"{SVG}text")}
    assert {"carrying value", "end of month", "residual value 500.00", "re-estimate", "40,000"} <= texts
    assert any("Straight line over 5 years" in (text or "") for text in texts)
    assert pictures[0].read_bytes() == pictures[1].read_bytes()


def test_a_picture_of_nothing_is_a_level_line(cli: Cli, tmp_path: Path) -> None:
    picture = tmp_path / "land.svg"
    assert cli("schedule", "--cost", "5", "--method", "none", "--start", "2024-01-01", "--plot", picture).status == 0
    assert "residual value 0.00" in picture.read_text()


def test_without_matplotlib_a_picture_is_refused_and_the_rest_works(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert len(rows(cli(*FORKLIFT, "--csv"))) == 60
    refused(cli(*FORKLIFT, "--plot", tmp_path / "a.png"), "matplotlib", "fixtura[plot]")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "word"), [("a.pdf", ".svg or .png"), ("none/a.png", "none"), ("plain", ".svg or .png"), (".", "directory")]
)
def test_a_picture_that_cannot_be_written(cli: Cli, tmp_path: Path, name: str, word: str) -> None:
    refused(cli(*FORKLIFT, "--plot", tmp_path / name), word)


# -- bad input is one sentence


GOOD = ("--cost", "5", "--start", "2024-01-01", "--life", "5")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--life", "5", "--start", "2024-01-01"), ["--cost"]),
        (("--cost", "5", "--life", "5"), ["--start"]),
        (("--cost", "5", "--start", "2024-01-01"), ["rate or a life"]),
        ((*GOOD, "--rate", "20"), ["exclude each other"]),
        (("--cost", "5", "--start", "2024-01-01", "--life", "0"), ["longer than nothing"]),
        (("--cost", "5", "--start", "2024-01-01", "--life", "99999"), ["9999"]),
        ((*GOOD, "--residual", "6"), ["above the cost"]),
        ((*GOOD, "--cost-limit", "6"), ["above the cost"]),
        (("--cost", "-5", "--start", "2024-01-01", "--life", "5"), ["'-5'", "amount"]),
        (("--cost", "5.001", "--start", "2024-01-01", "--life", "5"), ["two decimals"]),
        (("--cost", "40,000", "--start", "2024-01-01", "--life", "5"), ["'40,000'", "amount"]),
        (("--cost", "1e5", "--start", "2024-01-01", "--life", "5"), ["amount"]),
        (("--cost", "9" * 5000, "--start", "2024-01-01", "--life", "5"), ["amount"]),
        (("--cost", "92233720368547758.08", "--start", "2024-01-01", "--life", "5"), ["92233720368547758.07"]),
        (("--cost", "5", "--start", "2024-02-30", "--life", "5"), ["'2024-02-30'", "day"]),
        (("--cost", "5", "--start", "20240201", "--life", "5"), ["day"]),
        (("--cost", "5", "--start", "2024-01-01", "--life", "five"), ["'five'", "number"]),
        (("--cost", "5", "--start", "2024-01-01", "--life", "5/0"), ["'5/0'", "number"]),
        (("--cost", "5", "--start", "2024-01-01", "--rate", "-3"), ["'-3'"]),
        ((*GOOD, "--year-end", "13-01"), ["cannot end"]),
        ((*GOOD, "--year-end", "June"), ["06-30"]),
        ((*GOOD, "--method", "saldo"), ["saldo", "straight-line"]),
        ((*GOOD, "--years", "0"), ["--years"]),
        ((*GOOD, "--years", "1", "--through", "2024-05-01"), ["exclude"]),
        ((*GOOD, "--csv", "--as", "layer", "--asset-id", "1"), ["--csv"]),
        ((*GOOD, "--as", "layer"), ["--asset-id", "--asset-external-id"]),
        ((*GOOD, "--as", "layer", "--asset-id", "1",
          "--asset-external-id", "2"), ["one of"]),
        ((*GOOD, "--account", "RENT"), ["go with --as"]),
        ((*GOOD, "--as", "sage", "--asset-id", "1"), ["sage", "layer"]),
        ((*GOOD, "--as", "../layer", "--asset-id", "1"), ["layer"]),
        ((*GOOD, "--revise", "2024-05-01"), ["life="]),
        ((*GOOD, "--revise", "soon:life=2"), ["'soon'"]),
        ((*GOOD, "--revise", "2024-05-01:cost=7"), ["'cost=7'"]),
        ((*GOOD, "--revise", "2024-05-01:method=saldo"), ["'saldo'"]),
        ((*GOOD, "--revise", "2023-05-01:life=2"), ["comes before"]),
        ((*GOOD, "--revise", "2030-05-01:residual=1"), ["nothing is left"]),
        (("--cost", "5", "--start", "2024-01-01", "--life", "101"), ["100 years", "--years"]),
        (("--cost", "90000", "--start", "2024-01-01", "--rate", "1", "--method", "diminishing-value-100"), ["--years"]),
    ],
)  # fmt: skip
def test_misuse(cli: Cli, arguments: tuple[str, ...], words: list[str]) -> None:
    refused(cli("schedule", *arguments), *words)


def test_a_long_schedule_is_printed_when_its_end_is_said(cli: Cli) -> None:
    arguments = ("schedule", "--cost", "5", "--start", "2024-01-01", "--life", "101", "--csv")
    assert len(rows(cli(*arguments, "--years", "101"))) == 1212


def test_help_tells_every_option(cli: Cli) -> None:
    outcome = cli("schedule", "--help")
    assert outcome.status == 0
    for option in ("--cost", "--revise", "--plot", "--as", "--averaging"):
        assert option in outcome.out
