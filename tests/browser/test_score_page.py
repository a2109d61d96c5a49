"""The score page in a real browser: the number first, a row for each fault, bars that are as long as they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fixtura.scoring import Clean, Hit, Score, Shot
from fixtura.scoring.page import html_text
from mock_server import faults

pytestmark = pytest.mark.browser

SEEDS = (1, 2, 3)


def shot(place: int, fault: faults.Fault, seed: int) -> Shot:
    """Every twentieth is missed; the others take longer and longer."""
    hit = None if place % 20 == 19 else Hit(fault.rules[0], 10 + 7 * place, 0.05 * place * seed, 2 + place % 5)
    return Shot(fault.id, fault.apis[0], seed, hit, baseline=None if seed > 1 else place % 3 == 0)


@pytest.fixture(scope="module")
def score() -> Score:
    known = faults.catalogue()
    cleans = [Clean("layer sandbox", "slow,by-id" if seed > 1 else "", seed, ()) for seed in SEEDS]
    wrong = Clean("xero sandbox", "conflict-409,other-ids,more-members", 2, ("S1", "xero.R12"))
    shots = tuple(shot(place, fault, seed) for place, fault in enumerate(known) for seed in SEEDS)
    command = ("fixtura", "score", "--baseline", "--seeds", "3", "--html", "<script>alert(1)</script>")
    return Score(("layer", "xero"), SEEDS, shots, (*cleans, wrong), command=command)


@pytest.fixture(scope="module")
def written(score: Score, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("score") / "score.html"
    path.write_text(html_text(score), "utf-8")
    return path


@pytest.fixture
def offline(page: Page) -> Iterator[Page]:
    """A page that may load the score and nothing else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert [url for url in asked if not url.startswith("file:")] == []


def test_the_share_is_the_first_thing_on_the_page(offline: Page, written: Path, score: Score) -> None:
    offline.goto(written.as_uri())
    heading = offline.get_by_role("heading", level=1)
    totals = score.totals
    expect(heading).to_have_text(f"{100 * totals.caught // totals.shots} % caught")
    box = heading.bounding_box()
    assert box is not None
    assert box["y"] < 200


def test_every_fault_has_a_row_with_all_of_its_seeds(offline: Page, written: Path, score: Score) -> None:
    offline.goto(written.as_uri())
    rows = offline.locator("table.matrix tbody tr")
    expect(rows).to_have_count(score.totals.faults)
    expect(rows.first.locator("td")).to_have_count(len(SEEDS) + 2)
    missed = sum(row.hit is None for row in score.shots)
    expect(offline.locator("table.matrix .chip.failed")).to_have_count(missed)
    expect(offline.get_by_text("conflict-409,other-ids,more-members, seed 2")).to_be_visible()


def test_a_familys_bars_are_as_long_as_their_shares(offline: Page, written: Path, score: Score) -> None:
    offline.goto(written.as_uri())
    expect(offline.locator(".family")).to_have_count(len(score.totals.families))
    for place, share in enumerate(score.totals.families.values()):
        bars = offline.locator(".family").nth(place).locator("svg")
        for bar, part in ((bars.nth(0), share.caught / share.shots), (bars.nth(1), share.baseline / share.asked)):
            whole, filled = (bar.locator("rect").nth(one).bounding_box() for one in (0, 1))
            assert whole is not None
            assert (0.0 if filled is None else filled["width"]) == pytest.approx(whole["width"] * part, abs=1)


def test_the_columns_of_the_times_add_up_to_all_shots(offline: Page, written: Path, score: Score) -> None:
    offline.goto(written.as_uri())
    told = offline.locator("svg.times .value-label").all_text_contents()
    assert sum(map(int, told)) == len(score.shots)


@pytest.mark.parametrize("width", [380, 1200])
def test_nothing_sticks_out_to_the_side(offline: Page, written: Path, width: int) -> None:
    offline.set_viewport_size({"width": width, "height": 900})
    offline.goto(written.as_uri())
    assert offline.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [380, 1200])
def test_nothing_has_to_be_scrolled_to_the_side_or_is_torn(offline: Page, written: Path, width: int) -> None:
    offline.set_viewport_size({"width": width, "height": 900})
    offline.goto(written.as_uri())
    wider = "[...document.querySelectorAll('figure, table, td')].filter(one => one.scrollWidth > one.clientWidth + 1)"
    assert offline.evaluate(f"{wider}.map(one => one.outerHTML.slice(0, 200))") == []
    torn = "[...document.querySelectorAll('.parts span')].filter(one => one.getClientRects().length > 1).length"
    assert offline.evaluate(torn) == 0
    told = offline.locator(".parts").all_text_contents()
    assert not any(line.endswith(" 1 calls") or " 0.0 s" in line for line in told)


def test_a_fault_that_plain_schemathesis_was_not_asked_about_says_so(
    offline: Page, score: Score, tmp_path: Path
) -> None:
    first, *rest = score.shots
    path = tmp_path / "score.html"
    path.write_text(html_text(replace(score, shots=(first, *(replace(one, baseline=None) for one in rest)))), "utf-8")
    offline.goto(path.as_uri())
    expect(offline.get_by_text("not asked", exact=True)).to_have_count(score.totals.faults - 1)


def test_a_score_without_plain_schemathesis_speaks_of_the_kit_alone(offline: Page, tmp_path: Path) -> None:
    path = tmp_path / "score.html"
    path.write_text(html_text(Score(("layer",), (1,), (Shot("F-void-twice", "layer", 1),), ())), "utf-8")
    offline.goto(path.as_uri())
    expect(offline.get_by_role("heading", level=1)).to_have_text("0 % caught")
    expect(offline.locator(".family svg")).to_have_count(1)
    expect(offline.get_by_text("plain Schemathesis")).to_have_count(0)
