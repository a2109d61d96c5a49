"""The documentation page that the sandbox prints: Swagger UI in a real browser, with the API's operations."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

import fixtura
import spec

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("api", spec.available())
def test_the_documentation_lists_every_operation_and_asks_nobody_else(page: Page, api: str) -> None:
    operations = len(list(spec.operations(spec.load(api).served)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with fixtura.serving([api]) as server:
        page.goto(server.access[api].documentation)
        expect(page.locator(".opblock").first).to_be_visible()
        expect(page.locator(".opblock")).to_have_count(operations)
        assert [url for url in asked if not url.startswith((server.base_url, "data:"))] == []
