"""Value changes: posted once, amended by another entry, voided by a reversal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from mock_server.domain.accounts import ByKey
from mock_server.domain.assets import AssetRef
from mock_server.domain.book import Book
from mock_server.domain.changes import ChangeTerms, ValueChange
from mock_server.domain.effects import Effect
from mock_server.domain.instants import parse
from mock_server.domain.journal import Basis, Note
from mock_server.domain.money import MAX_MINOR
from mock_server.domain.order import Ask
from mock_server.domain.record import revised
from mock_server.domain.refused import Code, Refused
from mock_server.domain.timeline import Sort
from tests.domain.books import CASH, a_book, an_asset, balance, carried, everything, journal, post, terms


def refusal_of(book: Book, command: Callable[[], object], code: Code) -> Refused:
    """Run a command that is refused for that reason and changes nothing (L5)."""
    before = everything(book)
    with pytest.raises(Refused) as refused:
        command()
    assert refused.value.code is code
    assert everything(book) == before
    return refused.value


# ---- posting ----------------------------------------------------------------------------------


def test_the_guides_figures() -> None:
    """DECISIONS 2: carrying is the asset account less the accumulated account; the cash books see nothing."""
    book = a_book()
    forklift = an_asset(book)
    post(book, forklift, terms(66_667, on="2024-02-29"))
    post(book, forklift, terms(50_000, Effect.IMPROVEMENT, counter=CASH, on="2024-06-15"))
    own = book.ledger.balance(forklift.account)
    assert (own, balance(book, "accumulated"), balance(book, "depreciation"), balance(book, "cash")) == (
        50_000,
        -66_667,
        66_667,
        -50_000,
    )
    assert own + balance(book, "accumulated") == -16_667
    assert balance(book, "depreciation", basis=Basis.CASH) == balance(book, "cash", basis=Basis.CASH) == 0


def test_the_guides_figures_after_the_purchase() -> None:
    book = a_book()
    forklift = an_asset(book)
    book.post_journal(journal((forklift.account, 4_000_000), (CASH, -4_000_000)))
    post(book, forklift, terms(66_667, on="2024-02-29"))
    post(book, forklift, terms(50_000, Effect.IMPROVEMENT, counter=CASH, on="2024-06-15"))
    assert book.ledger.balance(forklift.account) + balance(book, "accumulated") == 3_983_333
    assert book.ledger.balance(forklift.account, basis=Basis.CASH) == 4_000_000


def test_a_literal_reading_of_the_guide_ends_twenty_cents_over_cost() -> None:
    """facts/layer.md 5: 60 times 66,667 is 4,000,020; the last period has to be trued up to 66,647."""
    book = a_book()
    forklift = an_asset(book)
    for month in range(60):
        post(book, forklift, terms(66_667, on=f"{2024 + (month + 1) // 12}-{(month + 1) % 12 + 1:02}-01"))
    assert balance(book, "accumulated") == -4_000_020
    last = book.changes.of(forklift)[-1]
    book.changes.amend(last, terms(66_647, on="2029-01-01"))
    assert balance(book, "accumulated") == -4_000_000


def test_the_entry_of_a_change_says_what_it_was_posted_for() -> None:
    book = a_book()
    note = Note("February", "DEP-2", {"n": 1})
    change = post(book, an_asset(book), terms(note=note), external_id="x")
    assert (change.entry.origin, change.entry.journal.note, change.live) == (change.id, note, True)
    assert book.changes.find(change.id) is book.changes.find_external("x") is change
    assert book.changes.find("nobody") is book.changes.find_external("nobody") is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (terms(0), Code.AMOUNT_NOT_POSITIVE),
        (terms(-1), Code.AMOUNT_NOT_POSITIVE),
        (terms(MAX_MINOR + 1), Code.AMOUNT_TOO_LARGE),
        (terms(counter=ByKey("nobody")), Code.UNKNOWN_ACCOUNT),
        (terms(counter=ByKey("accumulated")), Code.SAME_ACCOUNT),
        (terms(on="2023-12-31T23:59:59Z"), Code.CLOSED_PERIOD),
        (terms(on="2024-01-01T00:30:00+01:00"), Code.CLOSED_PERIOD),
    ],
)
def test_a_change_that_cannot_be_posted_leaves_nothing(change: ChangeTerms, code: Code) -> None:
    """L5, L8, DECISIONS 7, 17; not even the optional account that it named is opened."""
    book = a_book()
    asset = an_asset(book)
    book.ledger.close(date(2024, 1, 1))
    refusal_of(book, lambda: post(book, asset, change, external_id="x"), code)
    assert book.chart.keyed("depreciation") is None
    assert book.changes.find_external("x") is None


def test_the_largest_amount_can_be_posted_once() -> None:
    """L8."""
    book = a_book()
    asset = an_asset(book)
    change = post(book, asset, terms(MAX_MINOR))
    refusal_of(book, lambda: post(book, asset, terms(1)), Code.AMOUNT_TOO_LARGE)
    book.changes.void(change)
    post(book, asset, terms(MAX_MINOR, Effect.IMPROVEMENT))


def test_an_amendment_frees_what_it_replaces() -> None:
    """L8."""
    book = a_book()
    change = post(book, an_asset(book), terms(MAX_MINOR))
    assert book.changes.amend(change, terms(MAX_MINOR - 1)).amount_minor == MAX_MINOR - 1
    assert book.ledger.live_minor == MAX_MINOR - 1


def test_depreciation_needs_an_accumulated_account_and_nothing_else_does() -> None:
    book = a_book()
    asset = an_asset(book, accumulated=None)
    refusal_of(book, lambda: post(book, asset, terms()), Code.NO_ACCUMULATED_ACCOUNT)
    post(book, asset, terms(5, Effect.IMPAIRMENT))


def test_the_counter_account_is_not_the_assets_own() -> None:
    book = a_book()
    asset = an_asset(book)
    change = terms(5, Effect.IMPROVEMENT, counter=asset.account)
    refusal_of(book, lambda: post(book, asset, change), Code.SAME_ACCOUNT)
    post(book, asset, revised(change, effect=Effect.DEPRECIATION))


def test_an_archived_asset_takes_no_new_change() -> None:
    book = a_book()
    archived = book.assets.archive(an_asset(book))
    refusal_of(book, lambda: post(book, archived, terms()), Code.ARCHIVED_ASSET)
    book.post_journal(journal((archived.account, 1), (CASH, -1)))


# ---- replay -----------------------------------------------------------------------------------

SENT = terms(100, Effect.IMPAIRMENT, counter=CASH, note=Note("m", "r", {"n": 1}))


def test_a_replay_answers_the_same_change_and_posts_nothing() -> None:
    """O7; either selector, the account by id or key, the instant in another spelling."""
    book = a_book()
    asset = an_asset(book, "a")
    change = post(book, asset, SENT, external_id="x")
    before = everything(book)
    for ref in (AssetRef(asset.id), AssetRef(None, "a"), AssetRef(asset.id, "a")):
        for counter in (CASH, change.counter):
            again = revised(SENT, counter=counter, instant=parse("2024-02-29T01:00:00+01:00"))
            assert book.changes.post(ref, again, external_id="x") == (change, False)
    assert everything(book) == before


@pytest.mark.parametrize(
    "other",
    [
        revised(SENT, amount_minor=101),
        revised(SENT, effect=Effect.REVALUATION_DOWN),
        revised(SENT, counter=ByKey("depreciation")),
        revised(SENT, instant=parse("2024-02-29T00:00:01Z")),
        revised(SENT, note=Note("m", "r", {"n": 2})),
        revised(SENT, note=Note("m", None, {"n": 1})),
        revised(SENT, note=Note(None, "r", {"n": 1})),
    ],
)
def test_a_replay_with_other_contents_is_refused(other: ChangeTerms) -> None:
    book = a_book()
    asset = an_asset(book)
    post(book, asset, SENT, external_id="x")
    refusal_of(book, lambda: post(book, asset, other, external_id="x"), Code.REPLAY_DIFFERS)
    assert book.chart.keyed("depreciation") is None


def test_a_replay_for_another_asset_is_refused() -> None:
    book = a_book()
    post(book, an_asset(book, "a"), SENT, external_id="x")
    other = an_asset(book, "b")
    refusal_of(book, lambda: post(book, other, SENT, external_id="x"), Code.REPLAY_DIFFERS)


def test_a_replay_is_compared_with_the_change_as_it_is_now() -> None:
    book = a_book()
    asset = an_asset(book)
    change = post(book, asset, SENT, external_id="x")
    amended = book.changes.amend(change, revised(SENT, amount_minor=7))
    refusal_of(book, lambda: post(book, asset, SENT, external_id="x"), Code.REPLAY_DIFFERS)
    again = book.changes.post(AssetRef(asset.id), revised(SENT, amount_minor=7), external_id="x")
    assert again == (amended, False)


def test_a_replay_comes_before_closed_days_and_archived_assets() -> None:
    """DECISIONS 11."""
    book = a_book()
    asset = an_asset(book)
    change = post(book, asset, SENT, external_id="x")
    book.ledger.close(date(2025, 1, 1))
    book.assets.archive(asset)
    assert book.changes.post(AssetRef(asset.id), SENT, external_id="x") == (change, False)


def test_a_replay_of_a_voided_change_is_refused() -> None:
    book = a_book()
    asset = an_asset(book)
    book.changes.void(post(book, asset, SENT, external_id="x"))
    refusal_of(book, lambda: post(book, asset, SENT, external_id="x"), Code.VOIDED_CHANGE)


def test_without_an_external_id_every_change_is_another_one() -> None:
    book = a_book()
    asset = an_asset(book)
    assert post(book, asset, SENT).id != post(book, asset, SENT).id
    assert book.ledger.balance(asset.account) == -200


# ---- amending ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        revised(SENT, amount_minor=101),
        revised(SENT, effect=Effect.REVALUATION_UP),
        revised(SENT, counter=ByKey("debts")),
        revised(SENT, instant=parse("2024-03-01T00:00:00Z")),
        revised(SENT, instant=parse("2024-02-29T00:00:01Z")),
    ],
)
def test_another_amount_effect_account_or_instant_posts_again(other: ChangeTerms) -> None:
    """M4: as if voided and created that way."""
    book, straight = a_book(), a_book()
    change = post(book, an_asset(book), SENT)
    amended = book.changes.amend(change, other)
    direct = post(straight, an_asset(straight), other)
    assert [entry.depth for entry in book.ledger.page(Ask(9), sort=Sort.CREATION).rows] == [0, 1, 0]
    assert book.ledger.reversal_of(change.entry) is not None
    assert carried(amended.entry) == carried(direct.entry)
    assert amended.entry.origin == change.id
    assert book.ledger.live_minor == straight.ledger.live_minor
    for account in straight.chart:
        here = next(one for one in book.chart if one.name == account.name)
        assert book.ledger.balance(here) == straight.ledger.balance(account)


def test_a_note_alone_posts_nothing() -> None:
    book = a_book()
    change = post(book, an_asset(book), SENT)
    amended = book.changes.amend(change, revised(SENT, note=Note("other")))
    assert (amended.note, amended.entry, len(book.ledger)) == (Note("other"), change.entry, 1)
    assert change.entry.journal.note == SENT.note  # a posted entry is never edited (L6)


def test_equal_values_post_nothing_and_the_instant_takes_its_new_spelling() -> None:
    book = a_book()
    change = post(book, an_asset(book), SENT)
    amended = book.changes.amend(change, revised(SENT, instant=parse("2024-02-29T02:00:00+02:00")))
    assert amended.instant.text == "2024-02-29T02:00:00+02:00"
    assert (amended.entry, len(book.ledger)) == (change.entry, 1)


def test_an_amendment_that_cannot_be_posted_keeps_the_old_entry() -> None:
    """L5, L6."""
    book = a_book()
    change = post(book, an_asset(book, accumulated=None), SENT)
    for other, code in (
        (revised(SENT, amount_minor=0), Code.AMOUNT_NOT_POSITIVE),
        (revised(SENT, amount_minor=MAX_MINOR + 1), Code.AMOUNT_TOO_LARGE),
        (revised(SENT, effect=Effect.DEPRECIATION), Code.NO_ACCUMULATED_ACCOUNT),
        (revised(SENT, counter=ByKey("nobody")), Code.UNKNOWN_ACCOUNT),
    ):
        refusal_of(book, partial(book.changes.amend, change, other), code)


def test_in_a_closed_period_only_the_note_may_change() -> None:
    """DECISIONS 7."""
    book = a_book()
    change = post(book, an_asset(book), SENT)
    later = post(book, book.assets.at(0), revised(SENT, instant=parse("2024-06-01T00:00:00Z")))
    book.ledger.close(date(2024, 5, 1))
    refusal_of(book, lambda: book.changes.amend(change, revised(SENT, amount_minor=1)), Code.CLOSED_PERIOD)
    refusal_of(book, lambda: book.changes.amend(later, SENT), Code.CLOSED_PERIOD)
    refusal_of(book, lambda: book.changes.void(change), Code.CLOSED_PERIOD)
    assert book.changes.amend(change, revised(SENT, note=Note("late"))).note == Note("late")


def test_a_change_of_an_archived_asset_may_be_renamed_and_voided_but_not_posted_again() -> None:
    """DECISIONS 12."""
    book = a_book()
    asset = an_asset(book)
    change = post(book, asset, SENT)
    book.assets.archive(asset)
    refusal_of(book, lambda: book.changes.amend(change, revised(SENT, amount_minor=1)), Code.ARCHIVED_ASSET)
    renamed = book.changes.amend(change, revised(SENT, note=Note("n")))
    assert not book.changes.void(renamed).live


# ---- voiding ----------------------------------------------------------------------------------


def test_a_voided_change_is_as_if_it_had_never_been_made() -> None:
    """A1, M3, O5: the other changes keep their effect."""
    book = a_book()
    asset = an_asset(book)
    changes = [post(book, asset, terms(10**power, Effect.IMPROVEMENT, counter=CASH)) for power in range(3)]
    book.changes.void(changes[0])
    assert book.ledger.balance(asset.account) == 110
    assert book.changes.of(asset) == tuple(changes[1:])
    assert book.ledger.live_minor == 110


def test_voiding_twice_changes_nothing() -> None:
    """A2."""
    book = a_book()
    voided = book.changes.void(post(book, an_asset(book), SENT))
    before = everything(book)
    assert book.changes.void(voided) is voided
    assert everything(book) == before


def test_a_voided_change_stays_readable_and_leaves_both_lists() -> None:
    """A3."""
    book = a_book()
    asset = an_asset(book)
    voided = book.changes.void(post(book, asset, SENT, external_id="x"))
    assert voided.voided_ns is not None
    assert book.changes.find(voided.id) is book.changes.find_external("x") is voided
    assert book.changes.of(asset) == ()
    assert all(book.changes.page(Ask(5), sort=sort).rows == () for sort in Sort)


def test_a_voided_change_takes_no_amendment() -> None:
    book = a_book()
    voided = book.changes.void(post(book, an_asset(book), SENT))
    refusal_of(book, lambda: book.changes.amend(voided, SENT), Code.VOIDED_CHANGE)


def test_an_entry_of_a_change_is_not_reversed_by_itself() -> None:
    """DECISIONS 15: the original, its reversal and what was posted again."""
    book = a_book()
    change = post(book, an_asset(book), SENT)
    amended = book.changes.amend(change, revised(SENT, amount_minor=1))
    for entry in (change.entry, book.ledger.reversal_of(change.entry), amended.entry):
        assert entry is not None
        refusal_of(book, partial(book.reverse, entry), Code.ENTRY_OF_A_CHANGE)


# ---- lists ------------------------------------------------------------------------------------


def test_changes_are_listed_by_instant_or_by_creation_either_way() -> None:
    book = a_book()
    asset = an_asset(book)
    for day in ("2024-03-01", "2024-01-01", "2024-03-01", "2024-02-01"):
        post(book, asset, terms(on=day))

    def serials(sort: Sort, *, descending: bool) -> list[int]:
        found, after, more = [], None, True
        while more:
            page = book.changes.page(Ask(1, descending=descending, after=after), sort=sort)
            found += [change.serial for change in page.rows]
            after, more = page.last, page.more
        return found

    assert serials(Sort.TIME, descending=False) == [1, 3, 0, 2]
    assert serials(Sort.TIME, descending=True) == [2, 0, 3, 1]
    assert serials(Sort.CREATION, descending=False) == [0, 1, 2, 3]
    assert [change.serial for change in book.changes.of(asset)] == [1, 3, 0, 2]


def test_a_walk_during_writes_gives_every_lasting_row_once() -> None:
    """DECISIONS 18."""
    book = a_book()
    asset = an_asset(book)
    lasting = [post(book, asset, terms(on=f"2024-01-{day:02}")) for day in range(2, 22, 2)]
    doomed = post(book, asset, terms(on="2024-01-07"))
    seen: list[ValueChange] = []
    after, more = None, True
    while more:
        page = book.changes.page(Ask(3, after=after), sort=Sort.TIME)
        seen += page.rows
        after, more = page.last, page.more
        post(book, asset, terms(on="2024-01-01"))
        doomed = book.changes.void(doomed)
    assert [change for change in seen if change in lasting] == lasting


def test_a_back_dated_change_shifts_only_what_comes_after_it() -> None:
    """O3."""
    book = a_book()
    asset = an_asset(book)
    post(book, asset, terms(100, on="2024-03-01"))
    before = {month: balance(book, "accumulated", f"2024-{month:02}-28") for month in range(1, 6)}
    post(book, asset, terms(7, on="2024-02-15"))
    after = {month: balance(book, "accumulated", f"2024-{month:02}-28") for month in range(1, 6)}
    assert {month: after[month] - before[month] for month in before} == {1: 0, 2: -7, 3: -7, 4: -7, 5: -7}
