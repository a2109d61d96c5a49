"""Which requests the document allows, so that a crash is the server's fault alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

import spec
from contract_tests.call import Call
from contract_tests.checks.requests import RequestJudge

B = "/businesses/11111111-1111-4111-8111-111111111111"
ASSET = "22222222-2222-4222-8222-222222222222"
JUDGE = RequestJudge(spec.load("layer"))
CREATE = Call("POST", f"{B}/assets", operation_id="business.assets.post").with_json(
    {"name": "Forklift", "asset_type": "EQUIPMENT", "metadata": {"deep": [None, {}]}}
)
LIST = Call("GET", f"{B}/assets", operation_id="business.assets.get")
ONE = Call("GET", f"{B}/assets/{ASSET}", operation_id="business.assets.assetId.get")


@pytest.mark.parametrize(
    "call",
    [
        CREATE,
        replace(CREATE, headers=(("Content-Type", "Application/JSON; charset=utf-8"),)),
        LIST,
        replace(LIST, query=(("limit", "10"), ("sort_order", "DESC"), ("show_total_count", "true"))),
        ONE,
    ],
)
def test_what_the_document_describes_is_allowed(call: Call) -> None:
    assert JUDGE.allows(call)


@pytest.mark.parametrize(
    "call",
    [
        replace(CREATE, body=None),
        replace(CREATE, headers=()),
        replace(CREATE, headers=(("content-type", "text/plain"),)),
        CREATE.with_json({"name": "Forklift"}),
        CREATE.with_json({"name": "Forklift", "asset_type": "BOAT"}),
        replace(CREATE, body=b'{"name": "a", "name": "b", "asset_type": "EQUIPMENT"}'),
        replace(CREATE, body=b'{"name": "a", "asset_type": "EQUIPMENT", "metadata": {"n": NaN}}'),
        replace(CREATE, body=b'{"name": "\\ud800", "asset_type": "EQUIPMENT"}'),
        replace(CREATE, body=b"\xff"),
        replace(CREATE, body=b"[" * 100_000),
        replace(LIST, query=(("limit", "1_0"),)),
        replace(LIST, query=(("limit", "+1"),)),
        replace(LIST, query=(("limit", "0"),)),
        replace(LIST, query=(("limit", "1"), ("limit", "2"))),
        replace(LIST, query=(("colour", "blue"),)),
        replace(LIST, query=(("show_total_count", "yes"),)),
        replace(LIST, body=b"{}"),
        replace(LIST, method="HEAD"),
        replace(LIST, path=f"{B}/assets/"),
        replace(ONE, path=f"{B}/assets/7"),
        replace(ONE, path=f"{B}/assets/%ff"),
        replace(ONE, operation_id=""),
        replace(ONE, operation_id="no.such"),
    ],
)
def test_what_it_forbids_is_not(call: Call) -> None:
    assert not JUDGE.allows(call)
