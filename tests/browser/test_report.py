"""The HTML report in a real browser: what a person sees, and that it needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import fixtura
from contract_tests.host import hosted
from contract_tests.report import write_report
from tests.e2e.test_kit import target
from tests.implementations.wrong_servers import WRONG

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def red(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the server that swaps debit and credit."""
    with hosted(WRONG["swapped_sides"].factory()) as url:
        report = fixtura.check(target(url), rules=("layer.R1", "layer.R3"), scenarios=4)
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(report, "html", path)
    return path


@pytest.fixture
def offline(page: Page) -> Iterator[Page]:
    """A page that may load the report and nothing else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert [url for url in asked if not url.startswith("file:")] == []


def test_the_verdict_is_the_first_thing_on_the_page(offline: Page, red: Path) -> None:
    offline.goto(red.as_uri())
    heading = offline.get_by_role("heading", level=1)
    expect(heading).to_have_text("failed", ignore_case=True)
    box = heading.bounding_box()
    assert box is not None
    assert box["y"] < 200


def test_a_failing_history_is_told_step_by_step_with_its_figures(offline: Page, red: Path) -> None:
    offline.goto(red.as_uri())
    expect(offline.get_by_text("What is broken")).to_be_visible()
    expect(offline.locator("svg").first).to_be_visible()
    expect(offline.get_by_text("carrying").first).to_be_visible()
    closed = offline.locator("details:not([open]) > summary", has_text="request and reply").first
    details = closed.locator("xpath=..")
    expect(details.locator("pre").first).to_be_hidden()
    closed.click()
    expect(offline.locator("details[open] pre").first).to_be_visible()


def test_the_history_can_be_taken_along_as_a_script(offline: Page, red: Path) -> None:
    offline.goto(red.as_uri())
    summary = offline.locator("summary", has_text="curl").first
    summary.click()
    script = summary.locator("xpath=..").locator("pre").first
    expect(script).to_be_visible()
    expect(script).to_contain_text("#!/usr/bin/env bash")


def test_what_was_left_behind_is_said_at_the_top(offline: Page, red: Path) -> None:
    offline.goto(red.as_uri())
    note = offline.get_by_text("records, named fixtura-")
    expect(note).to_be_visible()
    expect(note).to_contain_text("put away")


@pytest.mark.parametrize("width", [380, 1200])
def test_nothing_sticks_out_to_the_side(offline: Page, red: Path, width: int) -> None:
    offline.set_viewport_size({"width": width, "height": 900})
    offline.goto(red.as_uri())
    assert offline.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_colour_schemes(offline: Page, red: Path, scheme: str) -> None:
    offline.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    offline.goto(red.as_uri())
    luminance = """selector => {
        const colour = getComputedStyle(document.querySelector(selector[0]))[selector[1]];
        const [r, g, b] = colour.match(/[0-9.]+/g).map(Number);
        return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
    }"""
    text = offline.evaluate(luminance, ["body", "color"])
    ground = offline.evaluate(luminance, ["body", "backgroundColor"])
    assert abs(text - ground) > 0.6
    assert (ground < text) == (scheme == "dark")
