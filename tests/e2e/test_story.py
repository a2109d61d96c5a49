"""The demo's story ends at the figures that the project promises (DECISIONS: 3,983,333 after the purchase)."""

from __future__ import annotations

import pytest

import fixtura
from fixtura.story import BrokenStory, load_story, play


def test_the_carrying_value_follows_the_story() -> None:
    with fixtura.sandbox("layer") as books:
        told = list(play(load_story("layer"), books.client, books.scope))
    assert [step.status for step in told] == [201, 201, 201, 201]
    assert [step.figures["Carrying value"] for step in told] == [0, 4_000_000, 3_933_333, 3_983_333]


def test_a_refused_step_ends_the_story_with_the_reply() -> None:
    story = load_story("layer")
    story["steps"][2]["body"]["amount"] = -1
    with fixtura.sandbox("layer") as books, pytest.raises(BrokenStory, match="value-updates was answered 400"):
        list(play(story, books.client, books.scope))


def test_the_books_follow_the_life_of_a_xero_asset() -> None:
    """3,000 at 33 % a year for 265 of 366 days is 716.80; the sale clears the asset out of the ledger."""
    with fixtura.sandbox("xero") as books:
        told = list(play(load_story("xero"), books.client, books.scope))
    assert [step.status for step in told] == [200, 200, 200, 200, 200]
    assert [step.figures["Carrying value"] for step in told] == [0, 0, 300_000, 228_320, 0]
    assert told[3].figures == {"At cost": 300_000, "Accumulated depreciation": -71_680, "Carrying value": 228_320}


def test_the_books_follow_the_life_of_a_snapbooks_asset() -> None:
    """100,000 at 30 % of what is left for two years; the sale clears the asset, so it can be deactivated."""
    with fixtura.sandbox("snapbooks") as books:
        told = list(play(load_story("snapbooks"), books.client, books.scope))
        (asset,) = books.client.get("/assets", params={"is_active": "null"}).json()["data"]
    assert [step.status for step in told] == [201, *[200] * 6]
    carrying = [0, 0, 10_000_000, 7_000_000, 4_900_000, 0, 0]
    assert [step.figures["Carrying value"] for step in told] == carrying
    assert told[4].figures == {
        "At cost": 10_000_000,
        "Accumulated depreciation": 5_100_000,
        "Carrying value": 4_900_000,
    }
    assert (asset["name"], asset["is_active"]) == ("Updated Equipment Name", False)
