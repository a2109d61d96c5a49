"""What a run made is known, and put away again as the document says."""

from __future__ import annotations

import json
from typing import Any

import spec
from contract_tests.call import Call, Reply, Who
from contract_tests.makings import Makings

B = "/businesses/b1"
POST_ASSET, POST_UPDATE = "business.assets.post", "business.assets.valueUpdates.post"
POST_ENTRY, POST_ACCOUNT = "business.ledger.journalEntries.post", "business.ledger.accounts.post"


class Books:
    """A driver that refuses some paths."""

    def __init__(self, *refused: str) -> None:
        self.refused = refused
        self.sent: list[Call] = []

    def send(self, call: Call) -> Reply:
        self.sent.append(call)
        return Reply(400 if call.path in self.refused else 200)


def made(path: str, operation_id: str, identifier: Any, status: int = 201, who: Who = Who.OWNER) -> tuple[Call, Reply]:
    call = Call("POST", B + path, headers=(("x-team", "books"),), operation_id=operation_id, who=who).with_json({})
    return call, Reply(status, body=json.dumps({"data": {"id": identifier}}).encode())


def test_the_newest_is_put_away_first_on_behalf_of_whoever_made_it() -> None:
    makings, books = Makings(spec.load("layer")), Books()
    makings.take(*made("/assets", POST_ASSET, "a1", who=Who.OTHER))
    makings.take(*made("/assets/value-updates", POST_UPDATE, "v 1"))
    makings.take(*made("/ledger/journal-entries", POST_ENTRY, "e1"))
    makings.tidy(books, lambda: False)
    assert [(call.method, call.path, call.who) for call in books.sent] == [
        ("POST", f"{B}/ledger/entries/e1/reverse", Who.OWNER),
        ("DELETE", f"{B}/assets/value-updates/v%201", Who.OWNER),
        ("DELETE", f"{B}/assets/a1", Who.OTHER),
    ]
    assert {call.headers for call in books.sent} == {(("x-team", "books"),)}
    assert {call.body for call in books.sent} == {None}
    assert makings.tally().left == {}


def test_what_waits_to_be_put_away_is_counted() -> None:
    makings = Makings(spec.load("layer"))
    assert makings.waiting() == 0
    makings.take(*made("/assets", POST_ASSET, "a1"))
    makings.take(*made("/ledger/accounts", POST_ACCOUNT, "n1"))  # nothing puts an account away
    makings.take(*made("/assets/value-updates", POST_UPDATE, "v1"))
    assert makings.waiting() == 2
    makings.tidy(Books(), lambda: False)
    assert makings.waiting() == 0


def test_what_cannot_be_put_away_is_left_and_counted() -> None:
    makings, books = Makings(spec.load("layer")), Books(f"{B}/assets/a2")
    for number in (1, 2, 3):
        makings.take(*made("/assets", POST_ASSET, f"a{number}"))
    makings.take(*made("/ledger/accounts", POST_ACCOUNT, {"type": "AccountId", "id": "x"}))
    makings.tidy(books, lambda: False)
    assert makings.tally().made == {POST_ASSET: 3, POST_ACCOUNT: 1}
    assert makings.tally().left == {POST_ASSET: 1, POST_ACCOUNT: 1}


def test_a_record_that_was_there_already_counts_once() -> None:
    makings = Makings(spec.load("layer"))
    makings.take(*made("/assets", POST_ASSET, "a1"))
    makings.take(*made("/assets", POST_ASSET, "a1", status=200))
    assert makings.tally().made == {POST_ASSET: 1}


def test_what_the_run_has_put_away_itself_is_not_asked_for_again() -> None:
    makings, books = Makings(spec.load("layer")), Books()
    makings.take(*made("/assets", POST_ASSET, "a1"))
    makings.take(Call("DELETE", f"{B}/assets/a1", operation_id="business.assets.assetId.delete"), Reply(200))
    makings.tidy(books, lambda: False)
    assert books.sent == []
    assert makings.tally().left == {}


def test_what_was_refused_was_not_made() -> None:
    makings = Makings(spec.load("layer"))
    makings.take(*made("/assets", POST_ASSET, "a1", status=400))
    assert makings.tally().made == {}


def test_a_reply_that_names_no_record_leaves_it_where_it_is() -> None:
    makings, books = Makings(spec.load("layer")), Books()
    call, _ = made("/assets", POST_ASSET, "a1")
    for body in (b"<html>", b"[]", b'{"data": {"id": null}}'):
        makings.take(call, Reply(201, body=body))
    makings.tidy(books, lambda: False)
    assert books.sent == []
    assert makings.tally().left == {POST_ASSET: 3}


def test_tidying_ends_when_its_time_is_over() -> None:
    makings, books = Makings(spec.load("layer")), Books()
    for number in range(9):
        makings.take(*made("/assets", POST_ASSET, f"a{number}"))
    makings.tidy(books, lambda: len(books.sent) == 4)
    assert len(books.sent) == 4
    assert makings.tally().left == {POST_ASSET: 5}


def test_an_api_without_a_way_leaves_everything() -> None:
    makings = Makings(spec.load("xero"))
    assert makings.ways() == {}
    makings.take(Call("POST", "/Assets", operation_id="createAsset"), Reply(200, body=b'{"assetId": "1"}'))
    assert makings.tally().left == {"createAsset": 1}
