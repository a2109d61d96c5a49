"""Rules about holdings: each law holds, breaks, and keeps silent where it has nothing to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

import spec
from stateful.dialects.snapbooks import open_dialect
from stateful.dialects.snapbooks.replies import balances_in
from stateful.holdings import operations as op
from stateful.holdings import sights as see
from stateful.holdings.goals import reached_by, tried, wanted
from stateful.holdings.operations import Create, Deactivate, Flaw, ReadList, Relation, Rename
from stateful.holdings.plays import WRONGS
from stateful.holdings.rules import LAWS, OF_CONTROL, charges, classes, ledger, lists, pools, records, refusals
from stateful.holdings.scene import Course, Holding, Kept, Law, Scene
from stateful.model.classes import AssetClass, Held, Pool, Way
from stateful.model.holdings import Holdings, Line
from stateful.rules.finding import Broken
from stateful.rules.flaws import broken_by_acceptance
from stateful.walks import Walk

TERMS = open_dialect(spec.load("snapbooks")).terms
EARLY, LATE = datetime(2024, 3, 15, 10, tzinfo=UTC), datetime(2024, 3, 15, 16, tzinfo=UTC)


def asset(name: str = "Lathe", **more: Any) -> see.SeenAsset:
    """Asset 1 of client account 456, as it was made, unless said otherwise."""
    plain = see.SeenAsset("1", "lathe", name, "456", 1, EARLY, EARLY, "789", "789", True, at=5)
    shown = replace(plain, **more)
    facts = {see.NAME: shown.name, see.ACTIVE: shown.active, see.UPDATED: shown.updated, "number": shown.number}
    return replace(shown, facts=facts)


KNOWN = {"lathe": Kept("Lathe")}
CREATE, RENAME, END = Create("lathe", "Lathe"), Rename("lathe", "Drill"), Deactivate("lathe")
WAS = {"lathe": asset(at=1)}


def broken(law: Law, scene: Scene) -> bool:
    return any(isinstance(finding, Broken) for finding in law.judge(scene))


def holds(law: Law, scene: Scene) -> bool:
    return bool(list(law.judge(scene))) and not broken(law, scene)


def silent(law: Law, scene: Scene) -> bool:
    return not list(law.judge(scene))


def after(operation: Any, *shown: see.Sight, **more: Any) -> Scene:
    scene = Scene(TERMS, operation, known=KNOWN, account="456", was=WAS if operation is not CREATE else {})
    return replace(scene, reply=shown[0] if shown else None, sights=shown[1:], **more)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.key)
def test_a_look_at_nothing_settles_no_law(law: Law) -> None:
    assert silent(law, Scene(TERMS))


def test_laws_have_keys_of_their_own_and_the_profile_knows_them() -> None:
    keys = [law.key for law in LAWS]
    assert len(set(keys)) == len(keys)
    assert {law.key for law in LAWS if law.rule is None} <= set(TERMS.rules)
    assert set(OF_CONTROL) <= set(keys)


# ---- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda wrong: f"{wrong.on.name} {wrong.flaw.name} {wrong.how}")
def test_every_flaw_that_is_tried_may_pass_or_has_a_law_that_forbids_it(wrong: Any) -> None:
    key = broken_by_acceptance(refusals.REFUSALS, wrong.flaw)
    assert wrong.flaw in TERMS.admits or key in {law.key for law in LAWS}


@pytest.mark.parametrize("flaw", sorted(set().union(*refusals.REFUSALS.values()), key=lambda flaw: flaw.name))
def test_a_refusal_holds_a_law_if_its_status_is_accepted(flaw: Flaw) -> None:
    status = next(iter(TERMS.statuses[flaw]))
    scene = after(CREATE, accepted=False, flaw=flaw, refusal=see.SeenRefusal(status, "no", status))
    law = next(law for law in LAWS if law.key == broken_by_acceptance(refusals.REFUSALS, flaw))
    assert holds(law, scene)
    assert broken(law, replace(scene, refusal=see.SeenRefusal(418)))
    assert silent(law, replace(scene, refusal=None))
    assert tried(flaw) in set(reached_by(scene))


def test_what_the_table_of_errors_says_is_asked_for_to_the_number() -> None:
    assert TERMS.statuses[Flaw.NO_NAME] == TERMS.statuses[Flaw.OUTSTANDING] == {400}
    assert TERMS.statuses[Flaw.UNKNOWN_ASSET] == {404}


@pytest.mark.parametrize("said", [see.SeenRefusal(400), see.SeenRefusal(400, "no", 500), see.SeenRefusal(400, "", 400)])
def test_a_refusal_says_why_and_its_own_status(said: see.SeenRefusal) -> None:
    assert holds(refusals.error_body, after(CREATE, refusal=see.SeenRefusal(400, "no", 400)))
    assert broken(refusals.error_body, after(CREATE, refusal=said))


def test_a_refused_call_leaves_record_and_balances() -> None:
    books = Holdings(frozenset({"1200"}), {("1200", "lathe"): 500})
    scene = after(RENAME, None, asset(), see.SeenBalances("lathe", {"1200": 500}), accepted=False, books=books)
    assert holds(refusals.refused_changes_nothing, scene)
    assert broken(refusals.refused_changes_nothing, replace(scene, sights=(asset("Drill"),)))
    assert broken(refusals.refused_changes_nothing, replace(scene, sights=(see.SeenBalances("lathe", {"1200": 0}),)))
    assert silent(refusals.refused_changes_nothing, replace(scene, accepted=True))


# ---- the guard -----------------------------------------------------------------------------------


def denied(**more: Any) -> Scene:
    refusal = see.SeenRefusal(400, "no", 400)
    plain = after(END, None, asset(), accepted=False, flaw=Flaw.OUTSTANDING, refusal=refusal)
    return replace(plain, outstanding={"1200": 1_500_000, "1210": -250_000}, **more)


def test_a_denial_names_each_account_and_its_balance() -> None:
    assert holds(refusals.guard_names, denied(named={"1210": -250_000, "1200": 1_500_000}))
    for wrong in ({"1200": 1_500_000}, {"1200": 1_500_000, "1210": 250_000}, {}, None):
        assert broken(refusals.guard_names, denied(named=wrong))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Cannot deactivate asset: account 1200: 15000.00, account 1210: -2500.00",
            {"1200": 1_500_000, "1210": -250_000},
        ),
        ("account 1210: -2500.00 and account 1200: 15000.00", {"1200": 1_500_000, "1210": -250_000}),
        ("account 1200: 1.00, account 1200: 2.00", None),
        ("The asset has balances", {}),
        (None, {}),
    ],
)
def test_balances_are_read_out_of_a_denial_in_any_order(text: str | None, named: dict[str, int] | None) -> None:
    assert balances_in(text) == named


def test_a_denied_deactivation_leaves_the_asset() -> None:
    assert holds(refusals.guard_leaves, denied())
    assert broken(refusals.guard_leaves, denied(sights=(asset(active=False),)))


def test_nothing_else_denies_a_deactivation() -> None:
    free = after(END, asset(active=False), outstanding={})
    assert holds(refusals.guard_others, free)
    assert broken(refusals.guard_others, replace(free, accepted=False))
    assert silent(refusals.guard_others, replace(free, outstanding=None))
    drafts = replace(free, drafted=True)
    assert holds(refusals.guard_drafts, drafts)
    assert silent(refusals.guard_others, drafts)
    assert broken(refusals.guard_drafts, replace(drafts, accepted=False))
    awaited = "deactivation beside a draft that was not posted"
    assert awaited not in set(reached_by(drafts))
    assert awaited in set(reached_by(replace(drafts, awaiting=True)))


# ---- records -------------------------------------------------------------------------------------


def test_a_new_asset_is_what_was_sent() -> None:
    assert holds(records.stores, after(CREATE, asset()))
    assert broken(records.stores, after(CREATE, asset("Drill")))
    assert broken(records.stores, after(CREATE, asset(account="457")))
    assert broken(records.stores, after(CREATE, asset(), unread=(("lathe", 6),)))
    assert silent(records.stores, after(RENAME, asset("Drill")))


def test_an_asset_shows_what_was_last_written() -> None:
    assert holds(records.shows, after(None, None, asset()))
    assert broken(records.shows, after(None, None, asset("Drill")))
    assert broken(records.shows, after(None, unread=(("lathe", 6),)))
    assert silent(records.shows, after(None, None, asset(key="another")))


def test_a_rename_changes_the_name_alone() -> None:
    renamed = asset("Drill", updated=LATE)
    assert holds(records.renames, after(RENAME, renamed))
    assert broken(records.renames, after(RENAME, asset("Lathe")))
    assert broken(records.renames, after(RENAME, asset("Drill", active=False)))
    assert silent(records.renames, after(RENAME, renamed, accepted=False))


@pytest.mark.parametrize(
    ("law", "wrong"),
    [
        (records.account_fixed, {"account": "457"}),
        (records.number_fixed, {"number": 2}),
        (records.made_fixed, {"created": LATE}),
        (records.made_fixed, {"creator": "1"}),
        (records.times, {"updated": datetime(2020, 1, 1, tzinfo=UTC)}),
    ],
)
def test_what_is_set_once_never_changes(law: Law, wrong: dict[str, Any]) -> None:
    assert holds(law, after(RENAME, asset()))
    assert broken(law, after(RENAME, asset(**wrong)))
    assert silent(law, after(RENAME, None, asset(key="another"), was={})) or law is records.times


def test_the_reply_to_a_rename_is_of_that_asset() -> None:
    assert broken(records.number_fixed, after(RENAME, asset(key="another")))


def test_both_times_are_the_same_at_first() -> None:
    assert holds(records.times, after(CREATE, asset()))
    assert broken(records.times, after(CREATE, asset(updated=LATE)))


def test_one_caller_is_one_user() -> None:
    made = (asset(), asset(id="2", key="drill", creator="1"))
    assert broken(records.made_fixed, after(None, made=made))
    assert holds(records.made_fixed, after(None, made=(asset(), asset(id="2"))))


def test_a_change_is_dated_and_signed() -> None:
    changed = after(RENAME, asset("Drill", updated=LATE), made=(asset(),), newest=LATE)
    assert holds(records.tracked, changed)
    assert broken(records.tracked, replace(changed, reply=asset("Drill")))
    assert broken(records.tracked, replace(changed, reply=asset("Drill", updated=LATE, updater="1")))
    nothing_new = Rename("lathe", "Lathe")
    assert silent(records.tracked, replace(changed, operation=nothing_new))
    assert silent(records.tracked, replace(changed, operation=END, was={"lathe": asset(active=False, at=1)}))


def test_what_a_client_sends_for_computed_members_is_not_stored() -> None:
    sent = replace(CREATE, flaw=Flaw.COMPUTED)
    assert holds(records.computed, after(sent, asset(), flaw=Flaw.COMPUTED))
    for wrong in ({"number": op.SENT_NUMBER}, {"creator": str(op.SENT_USER)}, {"created": op.SENT_INSTANT}):
        assert broken(records.computed, after(sent, asset(**wrong), flaw=Flaw.COMPUTED))
    assert silent(records.computed, after(CREATE, asset(number=op.SENT_NUMBER)))


def test_an_accepted_deactivation_says_inactive() -> None:
    assert holds(records.says_inactive, after(END, asset(active=False)))
    for wrong in (asset(), asset(active=None), asset(active=False, key="another")):
        assert broken(records.says_inactive, after(END, wrong))


def test_a_deactivated_asset_is_preserved() -> None:
    gone = {"lathe": Kept("Lathe", active=False)}
    assert holds(records.preserved, after(END, asset(active=False, updated=LATE), known=gone))
    assert holds(records.preserved, after(None, None, asset(active=None), known=gone))
    assert broken(records.preserved, after(None, None, asset(), known=gone))
    assert broken(records.preserved, after(END, asset("?", active=False), known=gone))
    assert broken(records.preserved, after(None, known=gone, unread=(("lathe", 6),)))


def test_numbers_are_unique_and_go_up_by_one() -> None:
    def made(*numbers: int) -> tuple[see.SeenAsset, ...]:
        return tuple(asset(id=f"{place}", number=number) for place, number in enumerate(numbers))

    assert holds(records.number_unique, after(None, made=made(1, 3)))
    assert broken(records.number_unique, after(None, made=made(1, 1)))
    assert broken(records.number_unique, after(None, walks=(walked(*made(1, 1)),)))
    assert holds(records.number_unique, after(None, walks=(walked(asset(), asset(id="2", account="9")),)))
    assert holds(records.gap_free, after(None, made=made(1, 2, 3), own=True))
    assert broken(records.gap_free, after(None, made=made(1, 3), own=True))
    assert silent(records.gap_free, after(None, made=made(1, 3)))


def test_relations_are_shown_where_they_are_asked_for() -> None:
    both = asset(relations={Relation.ACCOUNT: "456", Relation.CREATOR: "789"}, asked=frozenset(Relation))
    for law in (records.with_account, records.with_creator):
        assert holds(law, after(None, None, both))
        assert holds(law, after(None, None, asset()))
        assert broken(law, after(None, None, replace(both, asked=frozenset())))
        assert broken(law, after(None, None, replace(both, relations={})))
        assert broken(law, after(None, None, replace(both, account="1", creator="1")))


# ---- lists ---------------------------------------------------------------------------------------


def page(*rows: see.SeenAsset, asked: ReadList | None = None, **said: int) -> see.SeenList:
    read = ReadList(page=1, size=2) if asked is None else asked
    size = read.size if isinstance(read.size, int) else 100
    figures = {"page": 1, "pages": -(-len(rows) // size), "size": size, "records": len(rows), **said}
    return see.SeenList(read, rows, **figures, at=7)


def walked(*rows: see.SeenAsset, complete: bool = True, all_accounts: bool = False) -> see.SeenWalk:
    only = page(*rows, asked=ReadList(page=1, size=9, all=all_accounts))
    return Walk((only,), complete, frozenset({"lathe"}))


def test_a_walk_shows_each_asset_once() -> None:
    assert holds(lists.walk_once, after(None, walks=(walked(asset()),)))
    assert broken(lists.walk_once, after(None, walks=(walked(asset(), asset()),)))
    assert broken(lists.walk_once, after(None, walks=(walked(asset(key="another", id="2")),)))
    assert holds(lists.walk_once, after(None, walks=(walked(asset(key="another", id="2"), complete=False),)))


def test_a_list_of_all_client_accounts_holds_ours() -> None:
    assert holds(lists.all_accounts, after(None, walks=(walked(asset(), all_accounts=True),)))
    assert broken(lists.all_accounts, after(None, walks=(walked(all_accounts=True),)))
    assert silent(lists.all_accounts, after(None, walks=(walked(asset()),)))


def test_a_list_of_one_client_account_holds_no_other() -> None:
    assert holds(lists.of_account, after(None, None, page(asset())))
    assert broken(lists.of_account, after(None, None, page(asset(account="457"))))
    assert silent(lists.of_account, after(None, None, page(asset(account="457"), asked=ReadList(all=True))))


@pytest.mark.parametrize("said", [{"page": 2}, {"size": 3}, {"pages": 2}, {"records": 5}, {"records": 0}])
def test_meta_tells_what_is_there(said: dict[str, int]) -> None:
    assert holds(lists.meta, after(None, None, page(asset())))
    assert broken(lists.meta, after(None, None, page(asset(), **said)))


def test_an_empty_list_has_no_page_or_one() -> None:
    for pages in (0, 1):
        assert holds(lists.meta, after(None, None, page(pages=pages)))
    assert broken(lists.meta, after(None, None, page(pages=2)))


def test_a_page_beyond_the_last_is_empty() -> None:
    asked = ReadList(page=4, size=2)
    assert holds(lists.meta, after(None, None, page(asked=asked, page=4, records=1, pages=1)))
    assert broken(lists.meta, after(None, None, page(asset(), asked=asked, page=4, records=1, pages=1)))


def test_a_page_has_its_length() -> None:
    plain = ReadList()
    for size in (100, 50):
        assert holds(lists.page_length, after(None, None, page(asset(), asked=plain, size=size)))
    assert broken(lists.page_length, after(None, None, page(asset(), asked=plain, size=20)))
    assert broken(lists.page_length, after(None, None, page(asset(), asked=ReadList(page=1, size=101), size=101)))


def test_a_page_that_is_none_is_refused_or_another() -> None:
    odd = ReadList(page=0, size=2, flaw=Flaw.NO_SUCH_PAGE)
    assert holds(lists.page_numbers, after(odd, accepted=False, flaw=Flaw.NO_SUCH_PAGE))
    assert holds(lists.page_numbers, after(odd, page(asset(), asked=odd), flaw=Flaw.NO_SUCH_PAGE))
    assert broken(lists.page_numbers, after(odd, page(asset(), asked=odd, page=0), flaw=Flaw.NO_SUCH_PAGE))


def test_a_row_shows_what_the_asset_does() -> None:
    assert holds(lists.detail, after(None, None, page(asset()), asset()))
    assert broken(lists.detail, after(None, None, page(asset("Drill")), asset()))
    assert silent(lists.detail, after(None, None, page(asset("Drill"))))


# ---- classes -------------------------------------------------------------------------------------


def listed(**changes: dict[str, str | None]) -> see.SeenClasses:
    """All classes of the table; `changes`: members of one, by its code."""
    rows = []
    for code, row in TERMS.table.items():
        accounts = {"asset account": "1200", "accumulated account": "1299", "expense account": "6000"}
        said = {"description": "", **accounts, **row, **TERMS.shown.get(code, {}), **changes.get(code, {})}
        way = {"saldo": Way.DECLINING, "linear": Way.STRAIGHT, "none": Way.NONE}[str(said["method"])]
        codes = (said["asset account"], said["accumulated account"], said["expense account"])
        rows.append(see.SeenClass(AssetClass(code, way, said["group"], Fraction(1), *codes), said))  # type: ignore[arg-type]
    return see.SeenClasses(tuple(rows), 9)


def test_the_classes_are_those_of_the_page() -> None:
    assert len(TERMS.table) == 18
    everything = after(None, None, listed())
    for law in (classes.all_there, classes.as_in_table, classes.as_in_example, classes.with_accounts):
        assert holds(law, everything)
    rows = listed().rows
    assert broken(classes.all_there, after(None, None, see.SeenClasses(rows[:-1], 9)))
    assert broken(classes.all_there, after(None, None, see.SeenClasses((*rows, rows[0]), 9)))
    assert broken(classes.as_in_table, after(None, None, listed(AIRCRAFT={"rate": "0.14"})))
    assert broken(classes.as_in_example, after(None, None, listed(SOFTWARE={"asset account": "1040"})))
    assert broken(classes.with_accounts, after(None, None, listed(AIRCRAFT={"expense account": None})))
    assert holds(classes.with_accounts, after(None, None, listed(LAND={"expense account": None})))


# ---- the ledger ----------------------------------------------------------------------------------


def entry(*lines: Line, number: int = 1, on: date = date(2022, 12, 31), **more: Any) -> see.SeenEntry:
    plain = see.SeenEntry(f"{number}", f"entry-{number}", on, False, False, lines, at=8)
    return replace(plain, **more)


BUY = entry(("1280", "lathe", 10_000), ("1920", None, -10_000), on=date(2022, 1, 15))


def test_entries_balance_and_balances_add_up_to_nothing() -> None:
    assert holds(ledger.balanced, after(None, None, BUY))
    assert broken(ledger.balanced, after(None, None, entry(("1280", "lathe", 1))))
    assert holds(ledger.zero_sum, after(None, None, see.SeenBalances(None, {"1280": 5, "1920": -5})))
    assert broken(ledger.zero_sum, after(None, None, see.SeenBalances(None, {"1280": 5})))


def test_a_cancellation_is_the_opposite_once() -> None:
    turned = entry(("1280", "lathe", -10_000), ("1920", None, 10_000), number=2, on=BUY.on, cancels="1")
    seen = see.SeenEntries("lathe", (BUY, turned))
    assert holds(ledger.mirrored, after(None, None, seen))
    assert holds(ledger.once, after(None, None, seen))
    half = replace(turned, lines=(("1280", "lathe", -5_000), ("1920", None, 5_000)))
    assert broken(ledger.mirrored, after(None, None, replace(seen, rows=(BUY, half))))
    assert broken(ledger.once, after(None, None, replace(seen, rows=(BUY, turned, replace(turned, id="3")))))


def test_a_balance_is_the_sum_of_the_posted_lines() -> None:
    books = Holdings(frozenset(), {("1280", "lathe"): 10_000, ("1920", None): -10_000})
    right = see.SeenBalances("lathe", {"1280": 10_000, "1920": 0})
    assert holds(ledger.sums, after(None, None, right, books=books))
    assert holds(ledger.sums, after(None, None, see.SeenBalances(None, {"1280": 10_000}), books=books))
    assert broken(ledger.sums, after(None, None, see.SeenBalances("lathe", {"1280": 1}), books=books))
    assert holds(ledger.sums, after(None, None, right, see.SeenEntries("lathe", (BUY, replace(BUY, draft=True)))))
    assert broken(ledger.sums, after(None, None, right, see.SeenEntries("lathe", (BUY, BUY))))


# ---- assets in use -------------------------------------------------------------------------------

OFFICE = AssetClass("office", Way.DECLINING, "a", Fraction(30, 100), "1280", "1299", "6015")
LAND = AssetClass("land", Way.NONE, None, Fraction(0), "1280", None, None)


def charged(year: int, minor: int, number: int = 2) -> see.SeenEntry:
    return entry(("6015", "lathe", minor), ("1299", "lathe", -minor), number=number, on=date(year, 12, 31))


SOLD = entry(
    ("1280", "lathe", -10_000),
    ("1299", "lathe", 5_100),
    ("1920", None, 4_000),
    ("7880", None, 900),
    number=9,
    on=date(2024, 6, 1),
)


def course(*rows: see.SeenEntry, through: int = 2023, until: date | None = None, **more: Any) -> Scene:
    kind = more.pop("kind", OFFICE)
    held = Held(kind, 10_000, date(2022, 1, 15), until)
    holding = Holding("lathe", held, 4_000 if until else 0, through)
    seen = see.SeenEntries("lathe", (BUY, *rows))
    return after(None, None, *more.pop("sights", ()), courses=(Course(holding, seen),), **more)


def test_a_year_charges_the_class_rate_of_what_is_left() -> None:
    right = course(charged(2022, 3_000), charged(2023, 2_100, 3))
    for law in (charges.first_year, charges.whole_years, charges.class_accounts, charges.never_beyond):
        assert holds(law, right), law.key
    assert holds(charges.charged_once, right)
    assert holds(charges.never_back, right)
    assert broken(charges.first_year, course(charged(2022, 1_500), charged(2023, 2_550, 3)))
    assert broken(charges.whole_years, course(charged(2022, 3_000), charged(2023, 3_000, 3)))
    assert broken(charges.whole_years, course(charged(2022, 3_000)))
    assert broken(charges.charged_once, course(charged(2022, 1_500), charged(2022, 1_500, 3), through=2022))
    assert broken(charges.never_beyond, course(charged(2022, 10_001)))
    assert broken(charges.never_back, course(charged(2022, 3_000), charged(2023, -100, 3)))


def test_what_is_posted_is_on_the_accounts_of_the_class() -> None:
    elsewhere = entry(("6099", "lathe", 3_000), ("1299", "lathe", -3_000))
    assert broken(charges.class_accounts, course(elsewhere))
    nobodys = entry(("6015", None, 3_000), ("1299", "lathe", -3_000))
    assert broken(charges.class_accounts, course(nobodys))


def test_land_is_bought_and_no_more() -> None:
    assert holds(charges.never_charged, course(kind=LAND))
    assert broken(charges.never_charged, course(charged(2022, 1), kind=LAND))
    assert silent(charges.never_charged, course())


def test_the_books_carry_cost_less_depreciation() -> None:
    right = see.SeenBook("lathe", 10_000, 3_000, 7_000)
    assert holds(charges.carrying, course(charged(2022, 3_000), sights=(right,)))
    assert broken(charges.carrying, course(charged(2022, 3_000), sights=(replace(right, carrying=10_000),)))
    assert broken(charges.carrying, course(charged(2022, 2_000), sights=(right,)))
    assert holds(charges.never_negative, course(sights=(right,)))
    assert broken(charges.never_negative, course(sights=(replace(right, carrying=-1),)))


def test_a_disposal_clears_and_its_gain_is_what_is_left() -> None:
    rows = charged(2022, 3_000), charged(2023, 2_100, 3), SOLD
    gone = date(2024, 6, 1)
    book = see.SeenBook("lathe", 0, 0, 0, gain=-900)
    right = course(*rows, until=gone, sights=(book,))
    for law in (charges.cleared, charges.gains, charges.whole_years):
        assert holds(law, right), law.key
    assert broken(charges.gains, course(*rows, until=gone, sights=(replace(book, gain=4_000),)))
    kept = replace(SOLD, lines=(("1280", "lathe", -10_000), ("1920", None, 4_000), ("7880", None, 6_000)))
    assert broken(charges.cleared, course(*rows[:2], kept, until=gone))
    assert broken(charges.cleared, course(*rows, charged(2024, 1_470, 10), until=gone))


# ---- tax pools -----------------------------------------------------------------------------------


def report(year: int, pool: Pool, **said: int) -> see.SeenPools:
    figures = {"basis": pool.basis, "charge": 0, "income": 0, "gain": 0, "closing": pool.basis, **said}
    return see.SeenPools(year, (see.SeenPool(pool, None, **figures),), 4)


A = Pool("a", Fraction(30, 100), 0, 10_000_000, 0)
HELD = (Holding("lathe", Held(OFFICE, 10_000_000, date(2024, 11, 30))),)


def test_a_pool_is_depreciated_and_goes_on() -> None:
    first = report(2024, A, charge=3_000_000, closing=7_000_000)
    second = report(2025, Pool("a", A.rate, 7_000_000, 0, 0), charge=2_100_000, closing=4_900_000)
    right = after(None, None, first, second, holdings=HELD)
    for law in (pools.opens, pools.basis, pools.depreciates, pools.closes):
        assert holds(law, right), law.key
    forgetful = report(2025, Pool("a", A.rate, 0, 0, 0))
    assert broken(pools.opens, after(None, None, first, forgetful))
    assert broken(pools.basis, after(None, None, report(2024, Pool("a", A.rate, 0, 0, 0)), holdings=HELD))
    assert broken(pools.basis, after(None, None, report(2024, A, basis=1), holdings=HELD))
    assert broken(pools.depreciates, after(None, None, report(2024, A, charge=250_000)))
    assert broken(pools.closes, after(None, None, report(2024, A, charge=3_000_000)))


def test_a_negative_pool_is_income() -> None:
    below = Pool("c", Fraction(24, 100), 10_000_000, 4_000_000, 20_000_000)
    right = report(2024, below, income=1_440_000, closing=-4_560_000)
    assert holds(pools.income, after(None, None, right))
    assert holds(pools.closes, after(None, None, right))
    assert broken(pools.income, after(None, None, report(2024, below)))
    assert broken(pools.income, after(None, None, report(2024, below, charge=-1_440_000)))


# ---- reach ---------------------------------------------------------------------------------------


def test_goals_speak_of_laws_and_need_no_ledger_without_one() -> None:
    keys = {law.key for law in LAWS}
    for goal in wanted(control=True):
        assert set(goal.laws) <= keys | {"computed"}, goal.name
    without = {key for goal in wanted(control=False) for key in goal.laws}
    assert not without & set(OF_CONTROL)
