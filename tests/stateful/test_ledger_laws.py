"""L, V, O, A, C and M: each law holds, breaks, and keeps silent where it has nothing to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contract_tests.verdict import Level
from stateful import operations as op
from stateful.model.books import Closed, Convention, Posted
from stateful.model.outlook import Objection, Outcome
from stateful.model.records import Told
from stateful.model.words import Basis, Effect
from stateful.rules import LAWS, ledger, refusals, relations, values, voids
from stateful.rules.law import Law, Pair, Scene
from stateful.sights import (
    SeenAsset,
    SeenBalance,
    SeenBalances,
    SeenChange,
    SeenJournal,
    SeenLines,
    SeenSheet,
    SeenTrial,
)
from tests.stateful.scenes import (
    AFTER,
    BEFORE,
    CHANGE,
    JUNE,
    RECORD,
    VOIDED,
    broken,
    found,
    holds,
    journal,
    line,
    lines,
    recorded,
    silent,
)

RIGHT = journal(("at cost", 500), ("funding", -500))
SWAPPED = journal(("at cost", -500), ("funding", 500))
DAY = JUNE.date()


def trial(basis: Basis = Basis.ACCRUAL, on: date = DAY, **rows: int) -> SeenTrial:
    named = {name.replace("_", " "): minor for name, minor in rows.items()}
    debit = sum(minor for minor in named.values() if minor > 0)
    return SeenTrial(named, debit, debit - sum(named.values()), on, basis, at=9)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.key)
def test_a_look_at_nothing_settles_no_law(law: Law) -> None:
    assert silent(law, Scene(None, Outcome.DONE, BEFORE, BEFORE))


def test_laws_have_keys_of_their_own() -> None:
    assert len({law.key for law in LAWS}) == len(LAWS)


def test_l1_a_journal_balances() -> None:
    assert holds(ledger.balanced, recorded(RIGHT))
    (finding,) = broken(ledger.balanced, recorded(journal(("at cost", 500), ("funding", -499))))
    assert "500" in finding.seen
    assert "499" in finding.seen
    assert finding.at == (8,)


@pytest.mark.parametrize("wrong", [(("a", 5),), (("a", 5), ("b", 0), ("c", -5)), (("a", 5), ("b", 3))])
def test_l2_a_journal_has_two_sides(wrong: tuple[tuple[str, int], ...]) -> None:
    assert holds(ledger.formed, recorded(RIGHT))
    assert broken(ledger.formed, recorded(journal(*wrong)))


def test_l3_statements_add_up_to_zero() -> None:
    rows = (SeenBalance("root", 5), SeenBalance("below", 5, ("root",)), SeenBalance("other", -5))
    assert holds(ledger.zero_sum, recorded(SeenBalances(rows)))
    assert broken(ledger.zero_sum, recorded(SeenBalances(rows[:2])))
    assert holds(ledger.zero_sum, recorded(trial(a=5, b=-5)))
    assert broken(ledger.zero_sum, recorded(trial(a=5, b=-4)))


def test_l4_a_balance_sheet_balances() -> None:
    sheet = SeenSheet(5, 5, DAY, Basis.ACCRUAL)
    assert holds(ledger.equation, recorded(sheet))
    assert broken(ledger.equation, recorded(replace(sheet, funding=6)))


REFUSED = recorded(outcome=Outcome.REFUSED, after=BEFORE)


def test_l5_a_refused_call_leaves_the_very_lines_of_before() -> None:
    was = lines("at cost", 4_000, at=3)
    same = replace(REFUSED, lines={"at cost": lines("at cost", 4_000)}, was={"at cost": was})
    assert holds(ledger.refused_changes_nothing, same)
    more = replace(same, lines={"at cost": lines("at cost", 4_000, 500, -500)})
    (finding,) = broken(ledger.refused_changes_nothing, more)
    assert finding.at == (3, 7)
    assert silent(ledger.refused_changes_nothing, replace(more, was={}))
    assert silent(ledger.refused_changes_nothing, recorded(lines("at cost", 4_500)))


def test_l6_a_posted_journal_is_never_edited() -> None:
    known = {"j": replace(RIGHT, at=2)}
    assert holds(ledger.immutable, recorded(replace(RIGHT, reversed_by="k"), known=known))
    for edited in (SWAPPED, replace(RIGHT, memo="other"), replace(RIGHT, instant=JUNE + timedelta(1))):
        assert broken(ledger.immutable, recorded(edited, known=known))


def test_l6_a_line_stays_as_it_was_posted() -> None:
    was = {"at cost": lines("at cost", 4_000, at=3)}
    assert holds(ledger.immutable, recorded(lines("at cost", 4_000, 500), was=was))
    assert broken(ledger.immutable, recorded(lines("at cost", 4_500), was=was))


def test_l7_a_reversal_mirrors_its_original() -> None:
    known = {"j": RIGHT}
    back = journal(("funding", 500), ("at cost", -500), name="k", reversal_of="j")
    assert holds(ledger.mirrored, recorded(back, known=known))
    half = journal(("funding", 250), ("at cost", -250), name="k", reversal_of="j")
    assert broken(ledger.mirrored, recorded(half, known=known))
    assert broken(ledger.mirrored, recorded(replace(RIGHT, id="k", reversal_of="j"), known=known))
    assert silent(ledger.mirrored, recorded(back))


def test_l7_reversing_an_entry_nets_every_account_to_nothing() -> None:
    scene = recorded(lines("at cost", 4_000, -4_000), operation=op.Reverse("purchase", "back"), after=BEFORE)
    assert broken(ledger.mirrored, scene)


def test_l8_every_digit_counts() -> None:
    large = replace(CHANGE, minor=2**53 + 1)
    after = BEFORE.after(Posted(large))
    exact = recorded(lines("at cost", 4_000, 2**53 + 1), after=after)
    assert holds(ledger.within_int64, exact)
    for mangled in (2**53, 2**53 + 1 - 2**64, 2**63):
        assert broken(ledger.within_int64, replace(exact, lines={"at cost": lines("at cost", 4_000, mangled)}))
    # Something else is wrong here, and the rules of value say it better.
    assert holds(ledger.within_int64, replace(exact, lines={"at cost": lines("at cost", 4_000, -(2**53) - 1)}))


def test_the_size_of_an_effect_is_how_far_the_account_moved() -> None:
    was = {"at cost": lines("at cost", 4_000, at=3)}
    assert holds(values.effect_size, recorded(lines("at cost", 4_000, 500), was=was))
    assert holds(values.effect_size, recorded(lines("at cost", 4_000, 500)))
    assert broken(values.effect_size, recorded(lines("at cost", 4_000, -500), was=was))
    assert silent(values.effect_size, recorded(lines("funding", -500)))


def test_v1_accounts_show_the_sum_of_the_live_changes() -> None:
    assert holds(values.fold, recorded(lines("at cost", 4_000, 500), lines("funding", -500)))
    assert broken(values.fold, recorded(lines("at cost", 4_000)))
    assert silent(values.fold, recorded(lines("at cost", 1), outcome=Outcome.REFUSED))


def test_the_sides_of_a_change_are_those_of_its_effect() -> None:
    assert holds(values.value_sides, recorded(RIGHT))
    for wrong in (SWAPPED, journal(("at cost", 500), ("bank", -500)), journal(("at cost", 499), ("funding", -499))):
        assert broken(values.value_sides, recorded(wrong))
    assert silent(values.depreciation_sides, recorded(RIGHT))
    assert silent(values.value_sides, recorded(journal(("bank", 1), ("cash", -1))))


def test_depreciation_leaves_the_assets_own_account_alone() -> None:
    change = replace(CHANGE, effect=Effect.DEPRECIATION, against="accumulated")
    scene = recorded(after=BEFORE.after(Posted(change)))
    right = journal(("accumulated", -500), ("funding", 500))
    assert holds(values.depreciation_sides, replace(scene, sights=(right,)))
    for wrong in (journal(("at cost", -500), ("funding", 500)), journal(("accumulated", 500), ("funding", -500))):
        assert broken(values.depreciation_sides, replace(scene, sights=(wrong,)))
    assert silent(values.value_sides, replace(scene, sights=(right,)))


def test_among_several_new_journals_one_must_be_the_changes() -> None:
    older = journal(("at cost", 4_000), ("bank", -4_000), name="older")
    assert holds(values.value_sides, recorded(older, RIGHT))


AMENDED = recorded(
    operation=op.Amend("one", minor=700), before=AFTER, after=BEFORE.after(Posted(replace(CHANGE, minor=700)))
)


def test_an_amendment_leaves_the_books_of_one_recorded_so() -> None:
    right = replace(AMENDED, lines={"at cost": lines("at cost", 4_000, 500, -500, 700)})
    assert holds(values.repost, right)
    assert broken(values.repost, replace(right, lines={"at cost": lines("at cost", 4_000, 500, 700)}))
    assert silent(values.quiet_amend, right)


def test_a_change_of_notes_alone_posts_nothing() -> None:
    was = {"at cost": lines("at cost", 4_000, 500, at=3)}
    quiet = replace(AMENDED, operation=op.Amend("one", members={op.MEMO: "x"}), after=AFTER, was=was)
    assert holds(values.quiet_amend, replace(quiet, lines={"at cost": lines("at cost", 4_000, 500)}))
    again = replace(quiet, lines={"at cost": lines("at cost", 4_000, 500, -500, 500)})
    assert broken(values.quiet_amend, again)
    assert silent(values.repost, again)


def test_o1_a_statement_holds_what_counts_by_its_day() -> None:
    right = trial(at_cost=4_500, bank=-4_000, funding=-500)
    assert holds(values.cut_off, recorded(right))
    (finding,) = broken(values.cut_off, recorded(trial(at_cost=4_000, bank=-4_000)))
    assert "2024-06-15" in finding.seen
    earlier = trial(at_cost=4_000, bank=-4_000, on=date(2024, 6, 14))
    assert holds(values.cut_off, recorded(earlier))
    rows = tuple(SeenBalance(name, minor) for name, minor in right.rows.items())
    assert holds(values.cut_off, recorded(SeenBalances(rows, DAY)))
    assert broken(values.cut_off, recorded(SeenBalances(rows[:1], DAY)))


def test_o1_one_accepted_reading_must_explain_all_accounts() -> None:
    late = BEFORE.after(Posted(replace(CHANGE, late=True)))
    either = (Convention(), Convention(whole_day=False))
    for rows in ({"at_cost": 4_500, "bank": -4_000, "funding": -500}, {"at_cost": 4_000, "bank": -4_000}):
        assert holds(values.utc_days, recorded(trial(**rows), after=late, conventions=either))
    mixed = trial(at_cost=4_500, bank=-4_000)
    assert broken(values.utc_days, recorded(mixed, after=late, conventions=either))
    assert silent(values.cut_off, recorded(mixed, after=late, conventions=either))


def test_o1_speaks_of_days_that_no_odd_instant_is_near() -> None:
    late = BEFORE.after(Posted(replace(CHANGE, late=True)))
    afterwards = trial(at_cost=4_000, bank=-4_000, on=date(2024, 6, 17))
    assert broken(values.cut_off, recorded(afterwards, after=late))
    assert silent(values.utc_days, recorded(afterwards, after=late))


def test_o3_speaks_of_changes_that_others_of_a_later_day_preceded() -> None:
    right = trial(at_cost=4_500, bank=-4_000, funding=-500)
    assert silent(values.back_dated, recorded(right))
    later = replace(CHANGE, key="later", day=date(2024, 7, 1))
    scene = recorded(right, before=BEFORE.after(Posted(later)), after=AFTER.after(Posted(later)))
    assert holds(values.back_dated, scene)
    assert broken(values.back_dated, replace(scene, sights=(trial(at_cost=4_000, bank=-4_000),)))


def test_o7_sending_again_posts_nothing() -> None:
    was = {"at cost": lines("at cost", 4_000, 500, at=3)}
    again = recorded(before=AFTER, outcome=Outcome.UNCHANGED, was=was)
    assert holds(values.idempotent, replace(again, lines={"at cost": lines("at cost", 4_000, 500)}))
    twice = replace(again, lines={"at cost": lines("at cost", 4_000, 500, 500)})
    assert broken(values.idempotent, twice)
    assert broken(values.one_live, twice)
    assert silent(values.fold, twice)


def test_a1_a_void_leaves_the_books_of_before() -> None:
    scene = recorded(operation=op.Void("one"), before=AFTER, after=VOIDED)
    assert holds(voids.void_undoes, replace(scene, lines={"at cost": lines("at cost", 4_000, 500, -500)}))
    assert broken(voids.void_undoes, replace(scene, lines={"at cost": lines("at cost", 4_000, 500)}))


def test_a2_a_second_void_does_nothing() -> None:
    was = {"at cost": lines("at cost", 4_000, 500, -500, at=3)}
    scene = recorded(operation=op.Void("one"), before=VOIDED, after=VOIDED, outcome=Outcome.UNCHANGED, was=was)
    assert holds(voids.void_once, replace(scene, lines=was))
    assert broken(voids.void_once, replace(scene, lines={"at cost": lines("at cost", 4_000, 500, -500, -500)}))
    assert silent(voids.void_undoes, scene)


def test_a3_what_is_shown_of_a_voided_change_says_so() -> None:
    told = {"one": Told()}
    shown = SeenChange("id", "one", archived=True, members={})
    assert holds(voids.void_traced, recorded(shown, after=VOIDED, told=told))
    assert broken(voids.void_traced, recorded(replace(shown, archived=False), after=VOIDED, told=told))
    assert broken(voids.void_traced, recorded(shown, told=told))


def test_a4_archiving_posts_nothing_or_reverses_everything() -> None:
    scene = recorded(operation=op.ArchiveAsset("forklift"), before=AFTER, after=AFTER)
    assert holds(voids.archive_whole, replace(scene, lines={"at cost": lines("at cost", 4_000, 500)}))
    assert broken(voids.archive_whole, replace(scene, lines={"at cost": lines("at cost", 4_000, 500, -7)}))


@pytest.mark.parametrize(
    ("law", "scene"),
    [
        (voids.accrual_only, recorded()),
        (voids.accrual_only_back, recorded(operation=op.Void("one"), before=AFTER, after=VOIDED)),
    ],
)
def test_c_cash_books_show_nothing_of_a_value_change(law: Law, scene: Scene) -> None:
    right = trial(Basis.CASH, at_cost=4_000, bank=-4_000)
    assert holds(law, replace(scene, sights=(right,)))
    wrong = trial(Basis.CASH, at_cost=4_500, bank=-4_000, funding=-500)
    assert broken(law, replace(scene, sights=(wrong,)))
    assert silent(law, replace(scene, sights=(replace(right, basis=Basis.ACCRUAL),)))


@pytest.mark.parametrize("law", relations.relation_laws(), ids=lambda law: law.key)
def test_m_two_ways_come_to_the_same(law: Law) -> None:
    pair = Pair(law.key, {"a": 5, "b": None}, {"a": 5}, ("one way", "the other"), at=(1, 2))
    assert holds(law, recorded(pairs=(pair,)))
    (finding,) = broken(law, recorded(pairs=(replace(pair, other={"a": 6}),)))
    assert finding.seen == "a: 5 one way, 6 the other"
    assert finding.at == (1, 2)
    assert silent(law, recorded(pairs=(replace(pair, relation="M0"),)))


def test_m9_figures_scale() -> None:
    (law,) = (law for law in relations.relation_laws() if law.key == "M9")
    pair = Pair("M9", {"a": 5}, {"a": 15}, ("once", "thrice"), scale=3)
    assert holds(law, recorded(pairs=(pair,)))
    assert broken(law, recorded(pairs=(replace(pair, other={"a": 16}),)))


def test_o2_is_judged_by_reordered_twins() -> None:
    pair = Pair("M1", {"a": 5}, {"a": 5}, ("one", "other"))
    assert holds(values.order_free, recorded(pairs=(pair,)))
    assert broken(values.order_free, recorded(pairs=(replace(pair, other={"a": 4}),)))


def test_a_refusal_for_its_reason_holds_the_rule_that_asks_for_it() -> None:
    laws = {law.key: law for law in refusals.refusal_laws()}
    refused = replace(REFUSED, objections=frozenset({Objection.NO_ACCUMULATED}))
    assert holds(laws["needs-accumulated"], refused)
    assert silent(laws["one-asset"], refused)
    assert silent(laws["needs-accumulated"], replace(refused, outcome=Outcome.DONE))


@pytest.mark.parametrize(
    ("operation", "objections", "outcome", "key"),
    [
        (RECORD, {Objection.NO_ACCUMULATED}, Outcome.DONE, "needs-accumulated"),
        (RECORD, {Objection.BEYOND_INT64}, Outcome.DONE, "L8"),
        (RECORD, {Objection.UNKNOWN_EFFECT}, Outcome.DONE, "S7"),
        (RECORD, set(), Outcome.REFUSED, "effect-size"),
        (replace(RECORD, by_id=False, by_external="x"), set(), Outcome.REFUSED, "selectors"),
        (op.Void("one"), set(), Outcome.REFUSED, "void-shows"),
        (op.OpenAccount("x", op.Role.EXPENSE), set(), Outcome.REFUSED, "S8"),
    ],
)
def test_an_inadmissible_outcome_breaks_the_rule_that_names_it(
    operation: op.Operation, objections: set[Objection], outcome: Outcome, key: str
) -> None:
    assert refusals.broken_by_outcome(operation, frozenset(objections), outcome) == key


def test_nothing_new_stands_before_the_first_open_day() -> None:
    closed = AFTER.after(Closed(date(2024, 7, 1)))
    was = {"at cost": SeenLines("at cost", (line(500, name="old"),), 3)}
    scene = recorded(operation=op.Void("one"), before=closed, after=closed, was=was)
    early = SeenLines("at cost", (line(500, name="old"), line(-500, name="new")), 7)
    assert broken(refusals.closed, replace(scene, lines={"at cost": early}))
    late = replace(early.rows[1], instant=JUNE + timedelta(30))
    assert holds(refusals.closed, replace(scene, lines={"at cost": replace(early, rows=(early.rows[0], late))}))
    refused = replace(scene, outcome=Outcome.REFUSED, objections=frozenset({Objection.CLOSED}))
    assert holds(refusals.closed, refused)


def test_levels_are_as_decided() -> None:
    levels = {law.rule.id: law.rule.level for law in LAWS if law.rule is not None}
    must = {"L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "V1", "O1", "O2", "O3", "O7", "A1", "A2", "C1", "C2"}
    assert all(levels[rule] is Level.MUST for rule in must)
    assert levels["T4"] is Level.SHOULD


def test_records_of_other_kinds_do_not_confuse_a_law() -> None:
    asset = SeenAsset("id", "forklift", "at cost", archived=False, members={})
    assert found(ledger.balanced, recorded(asset)) == []
    assert isinstance(RIGHT, SeenJournal)
