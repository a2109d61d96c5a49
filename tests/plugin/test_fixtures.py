"""The fixtures that an installed fixtura brings to any project."""

from __future__ import annotations

import pytest

import spec

pytest_plugins = ["pytester"]


def test_each_api_has_a_fixture_with_clients_clock_and_faults(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import pytest
        import spec

        @pytest.mark.parametrize("api", {list(spec.available())!r})
        def test_books_of_its_own(request, api):
            books = request.getfixturevalue(f"fixtura_{{api}}")
            assert str(books.client.base_url).startswith("http")
            before = books.clock.now
            books.clock.move(days=400)
            assert (books.clock.now - before).days >= 400

        def test_control(fixtura_layer, fixtura_sandbox):
            path = f"/businesses/{{fixtura_layer.scope['business_id']}}/assets"
            assert fixtura_layer.client.get(path).json()["data"] == []
            fixtura_layer.misbehave("F-void-twice")
            fixtura_layer.misbehave()
            late = fixtura_sandbox("layer", seed=7, now="2024-02-29T00:00:00Z")
            assert late.clock.now.year == 2024
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly")
    result.assert_outcomes(passed=len(spec.available()) + 1)
    listed = pytester.runpytest_subprocess("--fixtures", "-q").stdout.str()
    for api in spec.available():
        assert f"fixtura_{api}" in listed
