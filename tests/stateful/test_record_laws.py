"""The rules that a profile states, in canonical words: records, references and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from stateful import operations as op
from stateful.model.books import Opened
from stateful.model.outlook import Outcome
from stateful.model.records import Told
from stateful.model.words import Effect
from stateful.operations import ASSET, EXTERNAL, ID, MEMO, METADATA, MINOR, NAME, Listing
from stateful.rules import lists, records, voids
from stateful.rules.law import Scene
from stateful.sights import (
    FIXED_ASSETS,
    SeenAccount,
    SeenAsset,
    SeenBalance,
    SeenBalances,
    SeenChange,
    SeenChanges,
    SeenPage,
    SeenWalk,
)
from tests.stateful.scenes import (
    AFTER,
    BEFORE,
    FORKLIFT,
    JUNE,
    RECORD,
    VOIDED,
    broken,
    holds,
    journal,
    lines,
    recorded,
    silent,
)

UPSERT = op.CreateAsset("forklift", "forklift", {NAME: "New", MEMO: "sent"})
KNOWN = {"forklift": Told({NAME: "Old", MEMO: "told", METADATA: {"a": 1}, EXTERNAL: "forklift"})}
TOLD = {"forklift": KNOWN["forklift"].merged(UPSERT.members)}


def asset(archived: bool = False, key: str = "forklift", account: str = "at cost", **members: Any) -> SeenAsset:
    shown = {NAME: "New", MEMO: "sent", METADATA: {"a": 1}, EXTERNAL: "forklift"} | members
    return SeenAsset(f"id of {key}", key, account, archived, shown, at=6)


def upserted(reply: SeenAsset, **more: Any) -> Scene:
    scene = Scene(UPSERT, Outcome.DONE, BEFORE, BEFORE, told_before=KNOWN, told=TOLD, reply=reply)
    return replace(scene, **more)


def test_an_upsert_answers_the_same_asset_with_the_same_account() -> None:
    assert holds(records.upsert_identity, upserted(asset()))
    assert broken(records.upsert_identity, upserted(asset(key="unknown id")))
    assert broken(records.upsert_identity, upserted(asset(account="another account")))
    refused = replace(upserted(asset()), outcome=Outcome.REFUSED, reply=None)
    assert silent(records.upsert_identity, refused)


def test_no_external_id_of_ours_is_listed_twice() -> None:
    one, other = asset(), replace(asset(), id="another", key="another")
    assert holds(records.upsert_identity, recorded(walks=(walk(one),), told=TOLD))
    assert broken(records.upsert_identity, recorded(walks=(walk(one, other),), told=TOLD))


def test_an_upsert_stores_what_it_sends() -> None:
    assert holds(records.upsert_stores, upserted(asset()))
    assert broken(records.upsert_stores, upserted(asset(name="Old")))


def test_an_upsert_keeps_all_that_it_does_not_send_or_clears_all_of_it() -> None:
    more = {"forklift": KNOWN["forklift"].merged({op.REFERENCE: "R", op.LIFE: 60})}
    told = {"forklift": more["forklift"].merged(UPSERT.members)}
    kept = asset(**{op.REFERENCE: "R", op.LIFE: 60})
    assert holds(records.upsert_stores, upserted(kept, told_before=more, told=told))
    cleared = asset(**{METADATA: None})
    sent = {"forklift": Told().merged(UPSERT.members)}
    assert holds(records.upsert_stores, upserted(cleared, told_before=more, told=sent))
    mixed = asset(**{op.REFERENCE: "R"})
    assert broken(records.upsert_stores, upserted(mixed, told_before=more, told=sent))


def test_metadata_comes_back_to_the_last_digit() -> None:
    told = {"one": Told({METADATA: {"n": 2**53 + 1, "x": None}})}
    shown = SeenChange("id", "one", False, {METADATA: {"x": None, "n": 2**53 + 1}})
    assert holds(records.metadata, recorded(shown, told=told))
    assert broken(records.metadata, recorded(replace(shown, members={METADATA: {"n": 2**53 + 1}}), told=told))
    assert broken(records.metadata, recorded(replace(shown, members={METADATA: {"n": 2**53, "x": None}}), told=told))
    assert silent(records.metadata, recorded(shown, told={"one": Told()}))


def change(**members: Any) -> SeenChange:
    return SeenChange("id", "one", False, {ASSET: "forklift", MINOR: 500} | members, at=6)


def test_the_reply_to_a_value_change_holds_what_was_sent() -> None:
    told = {"one": Told({MINOR: 500, op.INSTANT: JUNE})}
    right = recorded(reply=change(**{op.INSTANT: JUNE}), told=told)
    assert holds(records.echo, right)
    assert broken(records.echo, replace(right, reply=change(**{op.INSTANT: JUNE + timedelta(1)})))
    assert silent(records.amend_stores, right)


def test_an_amendment_stores_what_is_sent_and_keeps_the_rest() -> None:
    told = {"one": Told({MINOR: 700, MEMO: "kept"})}
    scene = recorded(change(**{MINOR: 700, MEMO: "kept"}), operation=op.Amend("one", minor=700), told=told)
    assert holds(records.amend_stores, scene)
    assert broken(records.amend_stores, replace(scene, sights=(change(**{MINOR: 700}),)))
    assert silent(records.echo, scene)


def test_a_change_goes_to_the_asset_that_was_named() -> None:
    assert holds(records.selectors, recorded(reply=change()))
    assert broken(records.selectors, recorded(reply=change(asset="crane")))


def test_external_ids_that_differ_in_case_name_different_records() -> None:
    create = op.CreateAsset("FORKLIFT", "FORKLIFT", {NAME: "New"})
    scene = upserted(asset(key="fresh id"), operation=create)
    assert holds(records.distinct, scene)
    assert broken(records.distinct, replace(scene, reply=asset()))
    unlike = op.CreateAsset("crane", "crane", {NAME: "New"})
    assert silent(records.distinct, replace(scene, operation=unlike))


def test_a_new_asset_has_an_account_of_its_own_under_fixed_assets() -> None:
    create = op.CreateAsset("crane", "crane", {NAME: "Crane"})
    assert holds(records.own_account, upserted(asset(account="fresh"), operation=create))
    assert broken(records.own_account, upserted(asset(), operation=create))
    under = SeenBalances((SeenBalance("at cost", 0, ("assets", FIXED_ASSETS)),))
    assert holds(records.own_account, recorded(under))
    assert broken(records.own_account, recorded(SeenBalances((SeenBalance("at cost", 0, ("assets",)),))))


def test_creating_an_asset_posts_nothing() -> None:
    create = op.CreateAsset("crane", "crane", {op.ORIGINAL: 5})
    scene = recorded(operation=create, after=BEFORE.after(Opened(replace(FORKLIFT, key="crane", account="its"))))
    assert holds(records.creation_posts_nothing, replace(scene, lines={"its": lines("its")}))
    assert broken(records.creation_posts_nothing, replace(scene, lines={"its": lines("its", 5)}))


def test_an_entry_or_an_account_that_is_sent_again_is_the_first_one() -> None:
    post = op.Post("purchase", JUNE, (), external="purchase")
    told = {"purchase": Told({ID: "j"}), "expense": Told({ID: "a"})}
    scene = recorded(operation=post, before=AFTER, outcome=Outcome.UNCHANGED, told_before=told)
    assert holds(records.sent_again, replace(scene, reply=journal(("a", 1), ("b", -1))))
    assert broken(records.sent_again, replace(scene, reply=journal(("a", 1), ("b", -1), name="k")))
    opened = replace(scene, operation=op.OpenAccount("expense", op.Role.EXPENSE, "expense"))
    assert holds(records.sent_again, replace(opened, reply=SeenAccount("a")))
    assert broken(records.sent_again, replace(opened, reply=SeenAccount("b")))


def test_a_void_and_an_archive_show_when() -> None:
    void = recorded(operation=op.Void("one"), before=AFTER, after=VOIDED)
    assert holds(voids.void_shows, replace(void, reply=replace(change(), archived=True)))
    assert broken(voids.void_shows, replace(void, reply=change()))
    archive = recorded(operation=op.ArchiveAsset("forklift"))
    assert holds(voids.archive_shows, replace(archive, reply=asset(archived=True)))
    assert broken(voids.archive_shows, replace(archive, reply=asset()))


def test_reversing_again_answers_the_first_reversal() -> None:
    told = {"purchase": Told({op.REVERSED_BY: "k"})}
    scene = recorded(operation=op.Reverse("one", "again"), before=VOIDED, after=VOIDED, told={"one": told["purchase"]})
    assert holds(voids.reverse_once, replace(scene, reply=journal(("a", 1), ("b", -1), name="k")))
    assert broken(voids.reverse_once, replace(scene, reply=journal(("a", 1), ("b", -1), name="new")))
    assert silent(voids.reverse_once, replace(scene, before=BEFORE))


# ---- lists ------------------------------------------------------------------------------------


def page(*rows: Any, more: bool = False, **given: Any) -> SeenPage:
    listing = Listing.ASSETS if rows and isinstance(rows[0], SeenAsset) else Listing.CHANGES
    limit = given.pop("limit", 2)
    return SeenPage(listing, rows, more, "next" if more else None, limit, at=4, **given)


def walk(*rows: Any, newest_first: bool = False, by_creation: bool = False, **born: int) -> SeenWalk:
    size = 2
    cut = [rows[start : start + size] for start in range(0, len(rows), size)] or [()]
    pages = tuple(page(*part, more=n + 1 < len(cut)) for n, part in enumerate(cut))
    return SeenWalk(pages[0].listing, pages, newest_first, by_creation, complete=True, born=born)


def row(key: str, day: int = 0) -> SeenChange:
    return SeenChange(f"id of {key}", key, False, {op.INSTANT: JUNE + timedelta(day)})


def test_a_walk_gives_every_record_once() -> None:
    a, b, c = row("a"), row("b", 1), row("c", 2)
    assert holds(lists.walk_once, recorded(walks=(walk(a, b, c, a=0, b=1, c=2),)))
    assert broken(lists.walk_once, recorded(walks=(walk(a, b, b, c),)))
    assert broken(lists.walk_once, recorded(walks=(walk(a, b, c, d=3),)))
    unfinished = replace(walk(a, b, d=3), complete=False)
    assert holds(lists.walk_once, recorded(walks=(unfinished,)))


def test_rows_stand_in_the_order_that_was_asked_for() -> None:
    a, b, c = row("a"), row("b", 1), row("c", 1)
    assert holds(lists.order, recorded(walks=(walk(a, b, c),)))
    assert broken(lists.order, recorded(walks=(walk(b, a, c),)))
    assert holds(lists.order, recorded(walks=(walk(c, b, a, newest_first=True),)))
    assert broken(lists.order, recorded(walks=(walk(a, b, c, newest_first=True),)))


def test_records_without_a_date_are_only_required_not_to_stand_the_wrong_way_round() -> None:
    rows = [asset(key=key) for key in "abcd"]
    born = {key: place for place, key in enumerate("abcd")}
    assert holds(lists.order, recorded(walks=(walk(*rows, by_creation=True, **born),)))
    tied = [rows[1], rows[0], *rows[2:]]
    assert holds(lists.order, recorded(walks=(walk(*tied, by_creation=True, **born),)))
    assert broken(lists.order, recorded(walks=(walk(*rows[::-1], by_creation=True, **born),)))


def test_the_list_of_assets_holds_active_ones_only() -> None:
    assert holds(lists.active_list, recorded(walks=(walk(asset()),)))
    assert broken(lists.active_list, recorded(walks=(walk(asset(archived=True)),)))
    gone = BEFORE.after(Opened(replace(FORKLIFT, archived=True)))
    assert broken(lists.active_list, recorded(walks=(walk(asset()),), after=gone))


def test_pages_are_as_long_as_asked_and_say_whether_more_follow() -> None:
    a, b, c = row("a"), row("b", 1), row("c", 2)
    assert holds(lists.page_shape, recorded(walks=(walk(a, b, c),)))
    long = replace(walk(a), pages=(page(a, b, c),))
    assert broken(lists.page_shape, recorded(walks=(long,)))
    lost = replace(walk(a, b), pages=(replace(page(a, b, more=True), cursor=None),))
    assert broken(lists.page_shape, recorded(walks=(lost,)))


def test_a_count_that_stays_the_same_on_the_way_counts_all_rows() -> None:
    a, b = row("a"), row("b", 1)
    counted = replace(walk(a, b), pages=(page(a, more=True, total=2), page(b, total=2)))
    assert holds(lists.page_shape, recorded(walks=(counted,)))
    wrong = replace(counted, pages=(page(a, more=True, total=3), page(b, total=3)))
    assert broken(lists.page_shape, recorded(walks=(wrong,)))
    moving = replace(counted, pages=(page(a, more=True, total=2), page(b, total=3)))
    assert holds(lists.page_shape, recorded(walks=(moving,)))


def test_a_page_that_says_more_follow_is_followed_by_rows() -> None:
    a, b = row("a"), row("b", 1)
    nothing = replace(walk(a, b), pages=(page(a, b, more=True), page()))
    (finding,) = broken(lists.page_shape, recorded(walks=(nothing,)))
    assert "page 1" in finding.seen
    assert holds(lists.page_shape, recorded(walks=(replace(walk(), pages=(page(),)),)))


def test_a_count_is_never_below_the_rows_that_were_seen_even_on_an_unfinished_walk() -> None:
    a, b = row("a"), row("b", 1)
    few = replace(walk(a, b), pages=(page(a, more=True, total=1), page(b, total=1)), complete=False)
    assert broken(lists.page_shape, recorded(walks=(few,)))


def test_an_assets_list_holds_its_own_live_changes_and_no_others() -> None:
    (own,) = AFTER.changes("forklift")
    listed = SeenChange("id", own.key, False, {ASSET: "forklift"})
    assert holds(lists.own_list, recorded(SeenChanges("forklift", (listed,), at=5)))
    (missing,) = broken(lists.own_list, recorded(SeenChanges("forklift", (), at=5)))
    assert own.key in missing.seen
    strange = replace(listed, key="theirs", members={ASSET: "another"})
    (finding,) = broken(lists.own_list, recorded(SeenChanges("forklift", (listed, strange), at=5)))
    assert "theirs" in finding.seen
    assert silent(lists.own_list, recorded())


def test_both_lists_agree_on_what_is_voided() -> None:
    told = {"one": Told({ASSET: "forklift"})}
    live, gone = row("two"), replace(row("one"), archived=True)
    hidden, shown = SeenChanges("forklift", (live,)), SeenChanges("forklift", (live, gone))
    scene = recorded(told=told, after=VOIDED, operation=None)
    assert holds(voids.lists_agree, replace(scene, sights=(hidden,), walks=(walk(live),)))
    assert holds(voids.lists_agree, replace(scene, sights=(shown,), walks=(walk(live, gone),)))
    assert broken(voids.lists_agree, replace(scene, sights=(hidden,), walks=(walk(live, gone),)))
    assert broken(voids.lists_agree, replace(scene, sights=(shown,), walks=(walk(live),)))
    unmarked = SeenChanges("forklift", (live, replace(gone, archived=False)))
    assert broken(voids.lists_agree, replace(scene, sights=(unmarked,)))


def test_an_effect_is_not_a_text() -> None:
    told = {"one": Told({op.EFFECT: Effect.IMPAIRMENT})}
    assert broken(records.echo, recorded(reply=change(**{op.EFFECT: Effect.IMPROVEMENT}), told=told))
    assert RECORD.effect is Effect.IMPROVEMENT
