"""A report with one of everything, for the tests of its formats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from contract_tests.call import Call, Reply, Who
from contract_tests.origin import Origin
from contract_tests.verdict import (
    Failed,
    Failure,
    Goal,
    Level,
    Passed,
    Reached,
    Report,
    Result,
    Rule,
    Step,
    Unknown,
    Unobservable,
)

SHOP = "11111111-1111-4111-8111-111111111111"
BOX = "7d444840-9dc0-4512-9b51-0f3b7f3b6d42"
CHANGE = "b0c1d2e3-0000-4512-9b51-0f3b7f3b6d42"
NASTY = "<script>alert('x')</script> & \"quotes\" \x00\x1b ü 🦆"
BOXES = f"/shops/{SHOP}/boxes"


def step(
    at: float, call: Call, status: int, reply: Any, note: str, before: Mapping[str, int], after: Mapping[str, int]
) -> Step:
    body = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
    answer = Reply(status, (("content-type", "application/json"),), body, at, at + 0.004)
    return Step(call, answer, note, before, after)


HISTORY = (
    step(
        1,
        Call("POST", BOXES, operation_id="boxes.create").with_json(
            {"name": "Forklift", "external_id": "run7-box-1", "life_months": 60, "accumulated": "ACCUMULATED"}
        ),
        201,
        {"data": {"id": BOX, "name": "Forklift", "external_id": "run7-box-1", "archived_at": None}},
        "create the asset",
        {},
        {"carrying": 0, "accumulated": 0, "cash": 0},
    ),
    step(
        2,
        Call("POST", f"{BOXES}/changes").with_json({"box_id": BOX, "amount": 4_000_000, "type": "UP"}),
        201,
        {"data": {"id": CHANGE, "amount": 4_000_000}},
        "record an increase of 40,000.00",
        {"carrying": 0, "accumulated": 0, "cash": 0},
        {"carrying": 4_000_000, "accumulated": 0, "cash": -4_000_000},
    ),
    step(
        3,
        Call("POST", f"{BOXES}/changes").with_json({"box_id": BOX, "amount": 66_667, "type": "DOWN"}),
        201,
        {"data": {"id": "c0c1d2e3-0000-4512-9b51-0f3b7f3b6d42", "amount": 66_667}},
        "record depreciation of 666.67",
        {"carrying": 4_000_000, "accumulated": 0, "cash": -4_000_000},
        {"carrying": 3_933_333, "accumulated": -66_667, "cash": -4_000_000},
    ),
    step(
        4,
        Call("DELETE", f"{BOXES}/changes/{CHANGE}", operation_id="changes.delete"),
        200,
        {"data": {"id": CHANGE, "amount": 4_000_000, "archived_at": "2024-03-01T00:00:00Z"}},
        "void the increase",
        {"carrying": 3_933_333, "accumulated": -66_667, "cash": -4_000_000},
        {"carrying": 3_933_333, "accumulated": -66_667, "cash": -4_000_000},
    ),
    step(
        5,
        Call("GET", f"{BOXES}/{BOX}", (("as_of", "2024-03-01"),), operation_id="boxes.read", who=Who.OTHER),
        404,
        {"error": NASTY},
        "read it as the other tenant",
        {"carrying": 3_933_333},
        {},
    ),
)

VOID = Rule("A1", Level.MUST, "After a void the books are as if the change had never been", "The guide: archiving")
SHAPE = Rule("S4", Level.SHOULD, "A reply keeps what the document only infers", "The document, where it is inferred")
REPORT = Report(
    api="toy",
    target="http://127.0.0.1:8000/v1",
    seed=7,
    requests=12_345,
    duration_s=49.8765,
    results=(
        Result(Rule("L1", Level.MUST, "Every entry balances", "Double entry"), Passed(1_912)),
        Result(
            VOID,
            Failed(
                (
                    Failure("A1", "changes.delete", "carrying 3,933,333", "carrying -66,667", HISTORY, 7),
                    Failure("A1", "boxes.delete", NASTY, "nothing\nelse", (), 7),
                ),
                40,
            ),
        ),
        Result(Rule("L7", Level.MUST, "Pages are complete", "The reference"), Unknown("page walks: 1 of 3", 4)),
        Result(Rule("N1", Level.MUST, "Tenants are apart", "The guide"), Unobservable("other: no second tenant")),
        Result(SHAPE, Failed((Failure("S4", "boxes.list", "status 202", "200", HISTORY[:1], 7),), 12)),
        Result(Rule("H2", Level.SHOULD, "A 401 names the scheme", "RFC 9110 11.6.1"), Passed(25)),
        Result(Rule("H10", Level.OBSERVED, "A name twice is refused", "RFC 8259 4"), Unknown("it is accepted")),
    ),
    reach=(
        Reached(Goal("page walks of three pages", 3, ("L7",)), 1),
        Reached(Goal("increases accepted", 20, ("L1",)), 64),
    ),
    origin=Origin("http://127.0.0.1:8000/v1", {"shop": SHOP}, {}, {"x-team": "books"}, (), True, "run7-"),
)
