"""Rules about registers: each law holds, breaks, and keeps silent where it has nothing to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from stateful.model.register import Averaging, Method, Plan
from stateful.model.register_course import Calendar, month_end, taken
from stateful.register import operations as op
from stateful.register import sights as see
from stateful.register.books import plan_of
from stateful.register.goals import reached_by, tried, wanted
from stateful.register.operations import Accounts, Flaw, Kept, Order, PutAsset, PutType, ReadList, Spelling, Status
from stateful.register.palette import PLANS
from stateful.register.plays import WRONGS
from stateful.register.rules import LAWS, disposals, lists, records, refusals, schedules, values
from stateful.register.scene import Course, Disposed, Law, Scene
from stateful.rules.finding import Broken, Finding
from stateful.rules.flaws import broken_by_acceptance
from stateful.walks import Walk

ACCOUNTS = Accounts("cost", "expense", "accumulated")
VAN = see.SeenAsset("1", "van", Status.DRAFT, {op.NAME: "Van", op.NUMBER: "N-1", op.PRICE: 1_000}, book=1_000, at=5)
KNOWN = {"van": Kept({op.NAME: "Van", op.NUMBER: "N-1", op.PRICE: 1_000})}
CREATE = PutAsset("van", KNOWN["van"].members)
CHANGE = PutAsset("van", {op.NAME: "Van"}, new=False)
PAGE = ReadList(page=1, size=2, text="van")


def found(law: Law, scene: Scene) -> list[Finding]:
    return list(law.judge(scene))


def broken(law: Law, scene: Scene) -> bool:
    return any(isinstance(finding, Broken) for finding in found(law, scene))


def holds(law: Law, scene: Scene) -> bool:
    return bool(found(law, scene)) and not broken(law, scene)


def silent(law: Law, scene: Scene) -> bool:
    return not found(law, scene)


def after(operation: Any, *shown: see.Sight, **more: Any) -> Scene:
    scene = Scene(operation, before=KNOWN, after=KNOWN, reply=shown[0] if shown else None, sights=shown[1:])
    return replace(scene, **more)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.key)
def test_a_look_at_nothing_settles_no_law(law: Law) -> None:
    assert silent(law, Scene())


def test_laws_have_keys_of_their_own() -> None:
    assert len({law.key for law in LAWS}) == len(LAWS)


# ---- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda wrong: f"{wrong.on.name} {wrong.flaw.name}")
def test_every_flaw_that_is_tried_has_a_law_that_names_its_acceptance(wrong: Any) -> None:
    key = broken_by_acceptance(refusals.REFUSALS, wrong.flaw)
    assert key in {law.key for law in LAWS} or wrong.flaw is Flaw.OTHER_STATUS


@pytest.mark.parametrize("flaw", sorted(set().union(*refusals.REFUSALS.values()), key=lambda flaw: flaw.name))
def test_a_refusal_for_its_reason_holds_a_law_and_reaches_its_goal(flaw: Flaw) -> None:
    scene = after(replace(CREATE, flaw=flaw), accepted=False, flaw=flaw)
    key = broken_by_acceptance(refusals.REFUSALS, flaw)
    law = next(law for law in LAWS if law.key == key)
    assert holds(law, scene)
    assert silent(law, replace(scene, accepted=True))
    assert tried(flaw) in set(reached_by(scene))


def test_a_residual_value_above_the_price_is_refused_at_entry() -> None:
    scene = after(CREATE, accepted=False, flaw=Flaw.RESIDUAL_ABOVE_PRICE)
    assert holds(refusals.residual_at_entry, scene)


def test_a_refusal_names_each_field() -> None:
    scene = after(PutType("t", {}), accepted=False, flaw=Flaw.UNKNOWN_ACCOUNTS, reply_fields=2)
    assert holds(refusals.each_field, scene)
    assert broken(refusals.each_field, replace(scene, reply_fields=1))
    assert silent(refusals.each_field, replace(scene, reply_fields=None))


def test_a_refused_call_leaves_the_record_as_it_was() -> None:
    was = replace(VAN, raw={"a": 1}, at=2)
    same = after(CHANGE, None, replace(VAN, raw={"a": 1}), accepted=False, was={"van": was})
    assert holds(refusals.refused_changes_nothing, same)
    assert broken(refusals.refused_changes_nothing, replace(same, sights=(replace(VAN, raw={"a": 2}),)))
    assert silent(refusals.refused_changes_nothing, replace(same, accepted=True))
    assert silent(refusals.refused_changes_nothing, replace(same, was={}))


# ---- records ------------------------------------------------------------------------------------


def test_what_is_created_is_a_draft() -> None:
    assert holds(records.born_draft, after(CREATE, VAN))
    assert broken(records.born_draft, after(CREATE, replace(VAN, status=Status.REGISTERED)))
    assert silent(records.born_draft, after(CHANGE, VAN))


def test_a_change_is_answered_with_the_asset_that_it_is_about() -> None:
    assert holds(records.in_place, after(CHANGE, VAN))
    assert broken(records.in_place, after(CHANGE, replace(VAN, key="another", id="2")))


def test_a_number_is_listed_once() -> None:
    walk = walked(VAN)
    assert holds(records.in_place, after(None, walks=(walk,)))
    twice = walked(VAN, replace(VAN, id="2"))
    assert broken(records.in_place, after(None, walks=(twice,)))


@pytest.mark.parametrize("shown", [{op.NAME: "Bus", op.NUMBER: "N-1", op.PRICE: 1_000}, {op.NAME: "Van"}])
def test_what_was_sent_is_stored(shown: op.Members) -> None:
    assert holds(records.stores, after(CREATE, VAN))
    assert broken(records.stores, after(CREATE, replace(VAN, members=shown)))
    assert silent(records.stores, after(CREATE, replace(VAN, key="another")))


def test_what_an_update_did_not_send_is_all_kept_or_all_cleared() -> None:
    assert holds(records.keeps, after(CHANGE, VAN))
    assert holds(records.keeps, after(CHANGE, replace(VAN, members={op.NAME: "Van"})))
    half = {op.NAME: "Van", op.NUMBER: "N-1"}
    assert broken(records.keeps, after(CHANGE, replace(VAN, members=half)))
    assert silent(records.keeps, after(CREATE, VAN))


def test_computed_members_that_are_sent_have_no_effect() -> None:
    sent = replace(CREATE, computed=True)
    assert holds(records.computed, after(sent, VAN))
    for wrong in (replace(VAN, accumulated=225), replace(VAN, gain=388), replace(VAN, book=op.SENT_VALUE)):
        assert broken(records.computed, after(sent, wrong))
    before = {"van": replace(VAN, can_roll_back=True)}
    assert broken(records.computed, after(sent, replace(VAN, can_roll_back=False), was=before))
    assert silent(records.computed, after(CREATE, replace(VAN, gain=388)))


def test_settings_are_taken_under_either_name() -> None:
    other = replace(CREATE, spelling=Spelling.OTHER)
    assert holds(records.spellings, after(other, VAN))
    assert broken(records.spellings, after(other, replace(VAN, members={op.NAME: "Van"})))
    assert silent(records.spellings, after(CREATE, VAN))


def test_a_draft_is_worth_its_price_less_its_disposal_price() -> None:
    assert holds(records.draft_value, after(CREATE, VAN))
    assert broken(records.draft_value, after(CREATE, replace(VAN, book=999)))
    kept = {"van": Kept({op.PRICE: 10_000, op.DISPOSAL_PRICE: 2_323})}
    assert holds(records.draft_value, after(CREATE, replace(VAN, book=7_677), after=kept))
    assert silent(records.draft_value, after(CREATE, replace(VAN, book=None)))


@pytest.mark.parametrize("raw", [{"a": None}, {"a": {"b": [1, None]}}])
def test_nothing_is_ever_null(raw: dict[str, Any]) -> None:
    assert holds(records.unset, after(CREATE, replace(VAN, raw={"a": [], "b": ""})))
    assert broken(records.unset, after(CREATE, replace(VAN, raw=raw)))
    assert broken(records.unset, after(None, see.SeenSettings(None, None, None, raw)))
    assert broken(records.unset, after(None, see.SeenType("1", "t", {}, raw=raw)))
    assert broken(records.unset, after(None, walks=(walked(replace(VAN, raw=raw)),)))


def test_an_asset_by_id_shows_what_its_list_item_shows() -> None:
    row = replace(VAN, facts={"a": 1})
    assert holds(records.detail, after(None, replace(VAN, raw={"a": 1, "b": 2}), walks=(walked(row),)))
    assert broken(records.detail, after(None, replace(VAN, raw={"b": 2}), walks=(walked(row),)))
    assert silent(records.detail, after(None, replace(VAN, key="another"), walks=(walked(row),)))


def test_a_call_that_is_sent_again_does_nothing() -> None:
    again = after(CHANGE, None, VAN, replayed=True, answered="van", was={"van": VAN})
    assert holds(records.replay, again)
    assert broken(records.replay, replace(again, answered="another"))
    changed = replace(VAN, members={**VAN.members, op.NAME: "Bus"})
    assert broken(records.replay, replace(again, sights=(changed,)))
    assert silent(records.replay, replace(again, replayed=False))


def test_a_type_is_changed_in_place_and_listed_once() -> None:
    known = {"type": Kept({op.NAME: "Vans"})}
    vans = see.SeenType("9", "type", {op.NAME: "Vans"})
    change = PutType("type", {op.NAME: "Vans"}, new=False)
    assert holds(records.type_in_place, after(change, vans, see.SeenTypes((vans,)), after=known))
    assert broken(records.type_in_place, after(change, replace(vans, key="8"), after=known))
    twice = see.SeenTypes((vans, replace(vans, id="8", key="8")))
    assert broken(records.type_in_place, after(None, None, twice, after=known))


# ---- lists --------------------------------------------------------------------------------------


def page(*rows: see.SeenAsset, asked: ReadList = PAGE, **said: int) -> see.SeenList:
    figures = {"page": asked.page or 1, "size": asked.size or 10, "pages": 1, "items": len(rows), **said}
    return see.SeenList(asked, rows, **figures, at=7)


def walked(*rows: see.SeenAsset, asked: ReadList = PAGE, complete: bool = True, ours: str = "van") -> see.SeenWalk:
    return Walk((page(*rows, asked=asked),), complete, frozenset(ours.split()))


def walking(walk: see.SeenWalk, **more: Any) -> Scene:
    return after(None, walks=(walk,), **more)


def test_a_list_is_of_one_status() -> None:
    assert holds(lists.one_status, walking(walked(VAN)))
    assert broken(lists.one_status, walking(walked(replace(VAN, status=Status.DISPOSED))))


def test_a_list_without_page_and_size_is_the_first_ten() -> None:
    assert holds(lists.first_page, after(None, page(VAN, asked=ReadList())))
    assert broken(lists.first_page, after(None, page(VAN, asked=ReadList(), size=20)))
    assert broken(lists.first_page, after(None, page(*[VAN] * 11, asked=ReadList())))
    assert silent(lists.first_page, after(None, page(VAN)))


def test_a_text_finds_all_that_hold_it_and_no_more() -> None:
    other = replace(VAN, id="2", key="other")
    assert holds(lists.filtered, walking(walked(VAN)))
    assert broken(lists.filtered, walking(walked(VAN, other)))
    assert broken(lists.filtered, walking(walked()))
    assert silent(lists.filtered, walking(walked(VAN, asked=ReadList(page=1, size=2))))


def test_a_walk_shows_every_asset_once() -> None:
    assert holds(lists.walk_once, walking(walked(VAN)))
    assert broken(lists.walk_once, walking(walked(VAN, VAN)))
    assert broken(lists.walk_once, walking(walked()))
    assert holds(lists.walk_once, walking(walked(complete=False)))


@pytest.mark.parametrize("said", [{"page": 2}, {"size": 3}, {"items": 2}, {"pages": 2}])
def test_pagination_tells_what_is_there(said: dict[str, int]) -> None:
    assert holds(lists.pagination, walking(walked(VAN)))
    wrong = Walk((page(VAN, **said),), complete=True)
    assert broken(lists.pagination, walking(wrong))
    none = Walk((page(pages=0),), complete=True)
    assert holds(lists.pagination, walking(none))


@pytest.mark.parametrize(
    ("order", "member", "one", "two"),
    [
        (Order.NAME, op.NAME, "a", "B"),
        (Order.NUMBER, op.NUMBER, "N-1", "N-2"),
        (Order.PRICE, op.PRICE, 1, 2),
        (Order.PURCHASED, op.PURCHASED, date(2020, 1, 1), date(2020, 1, 2)),
        (Order.TYPE, op.TYPE, "t1", "t2"),
    ],
)
def test_rows_are_in_the_order_that_was_asked_for(order: Order, member: str, one: Any, two: Any) -> None:
    known = {"t1": Kept({op.NAME: "a"}), "t2": Kept({op.NAME: "b"})}
    rows = [replace(VAN, id=str(value), members={member: value}) for value in (one, two)]
    for descending in (False, True):
        asked = replace(PAGE, order=order, descending=descending)
        right, wrong = (rows[::-1], rows) if descending else (rows, rows[::-1])
        assert holds(lists.order, walking(walked(*right, asked=asked), after=known))
        assert broken(lists.order, walking(walked(*wrong, asked=asked), after=known))
    nothing = [replace(row, members={}) for row in rows]
    assert silent(lists.order, walking(walked(*nothing, asked=replace(PAGE, order=order))))
    assert silent(lists.order, walking(walked(*rows, asked=replace(PAGE, order=Order.DISPOSED))))


def test_the_next_number_is_no_assets() -> None:
    settings = see.SeenSettings("N-2", None, None)
    assert holds(lists.next_number, after(CREATE, VAN, settings))
    taken = replace(settings, next_number="N-1", at=7)
    assert broken(lists.next_number, after(CREATE, VAN, taken))
    walk = walked(VAN)
    (finding,) = found(lists.next_number, replace(walking(walk), sights=(taken,)))
    assert isinstance(finding, Broken)
    assert finding.at == (7, walk.pages[0].at)
    assert silent(lists.next_number, after(None, None, settings))


# ---- depreciation -------------------------------------------------------------------------------


def course(plan: Plan, price: int, through: date, *, calendar: Calendar | None = None) -> Course:
    """What a target would charge that rounds its running total, half up."""
    years = calendar or Calendar()
    charges, day, so_far = [], month_end(plan.start), 0
    while day <= through:
        exact = taken(plan, price, day, years)
        total = (exact * 2 + 1).__floor__() // 2
        charges += [(day, total - so_far)] if total != so_far else []
        so_far, day = total, month_end(date(day.year + day.month // 12, day.month % 12 + 1, 1))
    return Course("van", plan, price, years, tuple(charges), through, (9,))


LINE = Plan(Method.STRAIGHT_LINE, date(2020, 1, 1), life=Fraction(2))
RIGHT = course(LINE, 100_001, date(2022, 12, 31))
REGISTERED = replace(VAN, status=Status.REGISTERED, accumulated=100_001, prior=0, book=0)
IN_USE = {"van": Kept({op.PRICE: 100_001}, Status.REGISTERED)}
READINGS = frozenset({"since_start", "this_year"})


def having(*courses: Course, **more: Any) -> Scene:
    return Scene(after=IN_USE, courses=courses, readings=READINGS, **more)


def bent(of: Course, place: int, by: int) -> Course:
    charges = list(of.charges)
    charges[place] = (charges[place][0], charges[place][1] + by)
    return replace(of, charges=tuple(charges))


OF_COURSES = [law for law in LAWS if law.key in {"V2", "V3", "V4", "D1", "D2", "D3", "D5", "D10", "T1", "T2", "T3"}]


@pytest.mark.parametrize("members", PLANS, ids=lambda members: f"{members[op.METHOD].value} {members[op.START]}")
@pytest.mark.parametrize("month", [12, 3])
@pytest.mark.parametrize("price", [196_999, 250_003])
def test_no_law_fails_a_schedule_that_rounds_its_running_total(members: op.Members, month: int, price: int) -> None:
    plan = plan_of(members)
    assert plan is not None
    calendar = Calendar(month)
    scene = having(course(plan, price, date(2026, 12, 31), calendar=calendar))
    # Only a straight line's years can be rounded so: a diminishing one goes on from what was charged.
    if plan.method in (Method.STRAIGHT_LINE, Method.FULL, Method.NONE):
        assert [law.key for law in OF_COURSES if broken(law, scene)] == []


@pytest.mark.parametrize(
    ("law", "wrong"),
    [
        (schedules.depreciable, bent(RIGHT, -1, -2)),
        (schedules.never_beyond, bent(RIGHT, -1, 1)),
        (schedules.never_back, bent(RIGHT, 3, -9_000)),
        (schedules.whole_years, bent(RIGHT, 3, 2)),
        (schedules.months, bent(bent(RIGHT, 3, 2), 4, -2)),
        (schedules.month_ends, replace(RIGHT, charges=((date(2020, 1, 30), 4_167), *RIGHT.charges[1:]))),
        (schedules.month_ends, replace(RIGHT, charges=(*RIGHT.charges[:3], *RIGHT.charges[4:]))),
        (schedules.no_part_year, replace(RIGHT, charges=RIGHT.charges[1:])),
    ],
    ids=["V2", "V3", "D2", "D1", "D3", "T3 not at the end", "T3 left out", "T1"],
)
def test_a_schedule_that_is_off_breaks_the_law_that_says_so(law: Law, wrong: Course) -> None:
    assert holds(law, having(RIGHT))
    assert broken(law, having(wrong))


def test_a_rate_by_life_is_judged_by_whole_years() -> None:
    plan = Plan(Method.DIMINISHING_200, date(2020, 1, 1), life=Fraction(5))
    right = Course("van", plan, 100_000, Calendar(), ((date(2020, 12, 31), 40_000),), date(2020, 12, 31))
    assert holds(schedules.rate_by_life, having(right))
    assert broken(schedules.rate_by_life, having(bent(right, 0, -20_000)))
    assert silent(schedules.rate_by_life, having(replace(right, plan=replace(plan, life=None, rate=Fraction(2, 5)))))


def test_a_first_year_counts_both_of_its_ends() -> None:
    plan = Plan(Method.STRAIGHT_LINE, date(2020, 12, 30), Averaging.ACTUAL_DAYS, rate=Fraction(1, 2))
    right = Course("van", plan, 366_000, Calendar(), ((date(2020, 12, 31), 1_000),), date(2020, 12, 31))
    assert holds(schedules.both_ends, having(right))
    assert broken(schedules.both_ends, having(bent(right, 0, -500)))


def test_full_depreciation_is_one_charge() -> None:
    plan = Plan(Method.FULL, date(2020, 5, 20))
    right = Course("van", plan, 1_000, Calendar(), ((date(2020, 5, 31), 1_000),), date(2020, 12, 31))
    assert holds(schedules.at_once, having(right))
    assert holds(schedules.at_once, having(replace(right, charges=(), through=date(2020, 5, 19))))
    late = replace(right, charges=((date(2020, 6, 30), 1_000),))
    assert broken(schedules.at_once, having(late))
    assert silent(schedules.at_once, having(RIGHT))


@pytest.mark.parametrize("plan", [replace(LINE, residual_minor=100_001), Plan(Method.NONE, date(2020, 1, 1))])
def test_where_nothing_is_to_be_depreciated_nothing_is_charged(plan: Plan) -> None:
    nothing = Course("van", plan, 100_001, Calendar(), (), date(2022, 12, 31))
    assert holds(schedules.nothing_to_charge, having(nothing))
    assert broken(schedules.nothing_to_charge, having(replace(nothing, charges=((date(2020, 1, 31), 1),))))


def test_a_book_value_is_the_price_less_all_that_was_posted() -> None:
    assert holds(values.fold, having(RIGHT, sights=(REGISTERED,)))
    assert broken(values.fold, having(RIGHT, sights=(replace(REGISTERED, book=1),)))
    assert broken(values.fold, having(RIGHT, sights=(replace(REGISTERED, book=1, accumulated=100_000),)))


def test_a_book_value_is_read_in_one_way_only() -> None:
    shown = replace(REGISTERED, book=0, accumulated=50_001, prior=50_000)
    assert holds(values.fold, having(sights=(shown,)))
    assert broken(values.fold, replace(having(sights=(shown,)), readings=frozenset({"since_start"})))


def test_the_account_of_accumulated_depreciation_shows_what_was_posted() -> None:
    balances = see.SeenBalances({"accumulated": -100_001, "expense": 100_001})
    scene = having(RIGHT, sights=(balances,), own=True, accounts=ACCOUNTS)
    assert holds(values.fold, scene)
    assert broken(values.fold, replace(scene, sights=(replace(balances, rows={"accumulated": -1}),)))
    assert holds(values.zero_sum, scene)
    assert broken(values.zero_sum, replace(scene, sights=(replace(balances, rows={"accumulated": -1}),)))


def entry(*lines: tuple[str, int], on: date = date(2021, 8, 31)) -> see.SeenEntry:
    return see.SeenEntry(on, lines)


def test_every_journal_balances() -> None:
    right = see.SeenEntries("van", (entry(("expense", 5), ("accumulated", -5)),))
    assert holds(values.balanced, having(sights=(right,)))
    assert broken(values.balanced, having(sights=(replace(right, rows=(entry(("expense", 5)),)),)))


def test_a_book_value_is_never_below_zero() -> None:
    assert holds(values.never_negative, having(sights=(REGISTERED,)))
    assert broken(values.never_negative, having(sights=(replace(REGISTERED, book=-1),)))
    assert silent(values.never_negative, having(sights=(replace(VAN, book=-1),)))


def test_a_type_is_locked_while_an_asset_of_it_has_been_depreciated() -> None:
    known = {"van": Kept({op.PRICE: 100_001, op.TYPE: "type"}, Status.REGISTERED), "type": Kept({op.NAME: "Vans"})}
    listed = see.SeenTypes((see.SeenType("9", "type", {op.NAME: "Vans"}, locks=1),))
    scene = replace(having(RIGHT, sights=(listed,), own=True), after=known)
    assert holds(values.locks, scene)
    assert broken(values.locks, replace(scene, sights=(see.SeenTypes((replace(listed.rows[0], locks=0),)),)))
    assert broken(values.locks, replace(scene, courses=(replace(RIGHT, charges=()),)))
    assert silent(values.locks, replace(scene, own=False))


# ---- disposals and runs -------------------------------------------------------------------------

SOLD = replace(VAN, status=Status.DISPOSED, book=0, gain=4_000, capital_gain=2_000)
PURCHASE = entry(("cost", 10_000), ("bank", -10_000), on=date(2020, 1, 1))
CHARGE = entry(("expense", 4_000), ("accumulated", -4_000))
SALE = entry(("bank", 12_000), ("accumulated", 4_000), ("cost", -10_000), ("gain", -4_000), ("capital gain", -2_000))
DISPOSED = Disposed("van", ACCOUNTS, date(2021, 8, 31), 10_000, 12_000, (PURCHASE, CHARGE, SALE), SOLD)


def sold(disposed: Disposed = DISPOSED, **shown: Any) -> Scene:
    return Scene(disposals=(replace(disposed, shown=replace(disposed.shown, **shown)),))


@pytest.mark.parametrize("law", [disposals.cleared, disposals.adds_up, disposals.split])
def test_a_right_disposal_holds(law: Law) -> None:
    assert holds(law, sold())


def test_a_disposal_clears_both_accounts_and_nothing_is_charged_afterwards() -> None:
    assert broken(disposals.cleared, sold(replace(DISPOSED, entries=(PURCHASE, CHARGE))))
    assert broken(disposals.cleared, sold(replace(DISPOSED, entries=(*DISPOSED.entries, CHARGE))))
    assert broken(disposals.cleared, sold(book=1))


@pytest.mark.parametrize("law", [disposals.adds_up, disposals.split])
def test_gains_are_proceeds_less_what_was_cleared(law: Law) -> None:
    assert broken(law, sold(gain=4_001))
    assert silent(law, sold(replace(DISPOSED, entries=())))
    assert silent(law, sold(gain=None))


def test_what_exceeds_the_price_is_a_capital_gain() -> None:
    assert broken(disposals.split, sold(gain=6_000, capital_gain=0))
    assert holds(disposals.adds_up, sold(gain=6_000, capital_gain=0))


def test_the_settings_show_the_last_run() -> None:
    settings = see.SeenSettings(None, None, date(2021, 6, 30))
    scene = Scene(sights=(settings,), own=True, depreciated=date(2021, 6, 30))
    assert holds(disposals.depreciated_through, scene)
    assert broken(disposals.depreciated_through, replace(scene, depreciated=date(2021, 7, 31)))
    assert silent(disposals.depreciated_through, replace(scene, own=False))


def test_what_is_locked_cannot_be_rolled_back() -> None:
    shown = replace(REGISTERED, can_roll_back=False)
    scene = having(RIGHT, sights=(shown,), own=True, locked=date(2020, 1, 31))
    assert holds(disposals.can_roll_back, scene)
    assert broken(disposals.can_roll_back, replace(scene, locked=None))
    assert broken(disposals.can_roll_back, replace(scene, sights=(replace(shown, can_roll_back=True),)))


# ---- goals --------------------------------------------------------------------------------------


def test_goals_of_what_screens_do_are_wanted_only_where_they_can_be_used() -> None:
    everything = {goal.name for goal in wanted(control=True)}
    without = {goal.name for goal in wanted(control=False)}
    assert without < everything
    assert not any(name.startswith(("course", "disposal", "life")) for name in without)


@pytest.mark.parametrize(
    ("scene", "name"),
    [
        (after(CREATE, VAN), "draft created"),
        (after(CHANGE, VAN), "draft changed"),
        (after(replace(CREATE, computed=True), VAN), "computed members sent"),
        (after(replace(CREATE, spelling=Spelling.OTHER), VAN), "settings under the other name"),
        (after(PutType("t", {})), "type created"),
        (after(PutType("t", {}, new=False)), "type changed"),
        (after(CHANGE, replayed=True), "call sent again with its key"),
        (after(None, page(VAN, asked=ReadList())), "list without page and size"),
        (having(RIGHT), "life that is over"),
        (having(RIGHT), "first year that is whole"),
        (having(RIGHT, locked=date(2020, 1, 31)), "locked charge"),
        (after(CREATE, VAN, see.SeenSettings("N-2", None, None)), "next number beside an asset that has taken one"),
        (sold(), "disposal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_goals_are_reached_by_what_they_speak_of(scene: Scene, name: str) -> None:
    assert name in set(reached_by(scene))
    assert name in {goal.name for goal in wanted(control=True)}


def test_an_asset_with_a_number_of_another_kind_says_nothing_of_the_next_number() -> None:
    settings = see.SeenSettings("FA-0002", None, None)
    assert "next number beside an asset that has taken one" not in set(reached_by(after(CREATE, VAN, settings)))
