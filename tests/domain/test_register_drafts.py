"""Drafts, asset types and the shelf: what is accepted, what is refused, and that a refusal leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_server.domain.accounts import ById, ByKey
from mock_server.domain.refused import Code, Refused, RefusedTogether, refuse_all
from mock_server.domain.register.drafts import amend_draft, create_draft
from mock_server.domain.register.kinds import TypeTerms, amend_type, create_type
from mock_server.domain.register.lifecycle import enter
from mock_server.domain.register.records import NO_PLAN, Accounts, Asset, Facts, Plan, Status
from mock_server.domain.register.shelf import OF_DISPOSALS, Ask, Order, Register
from tests.domain.registers import BANK, LIFE_OF_FIVE, a_draft, a_register, a_type, day, everything

KEPT = (ByKey("cost"), ByKey("expense"), ByKey("accumulated"))


def shelf(register: Register) -> Any:
    """Everything, the lists and counters included."""
    asks = [
        Ask(status, order, limit=100)
        for status in Status
        for order in Order
        if order not in OF_DISPOSALS or status is Status.DISPOSED
    ]
    lists = [[asset.id for asset in register.page(ask).assets] for ask in asks]
    counted = [(register.locks(kind), register.in_use(kind)) for kind in register.types()]
    numbered = [register.numbered(asset.facts.number) is asset for asset in register.assets()]
    named = [register.named_type(kind.name) is kind for kind in register.types()]
    assert all(numbered)
    assert all(named)
    assert all(register.find(asset.id) is asset for asset in register.assets())
    assert all(register.find_type(kind.id) is kind for kind in register.types())
    return everything(register), lists, counted, len(register)


@contextmanager
def refused(register: Register, *codes: Code) -> Iterator[None]:
    """The command in the block is refused for exactly these reasons, and nothing has changed."""
    before = shelf(register)
    with pytest.raises(Refused) as refusal:
        yield
    faults = refusal.value.faults if isinstance(refusal.value, RefusedTogether) else (refusal.value,)
    assert [fault.code for fault in faults] == list(codes)
    assert all(map(str, faults))
    assert shelf(register) == before


def numbers(register: Register, **ask: Any) -> list[str]:
    return [asset.facts.number for asset in register.page(Ask(Status.DRAFT, **ask)).assets]


# ---- drafts -------------------------------------------------------------------------------------


def test_a_draft_is_on_the_shelf_and_posts_nothing() -> None:
    register = a_register()
    asset = a_draft(register)
    assert (asset.status, asset.charges, asset.disposal, asset.charged_minor) == (Status.DRAFT, (), None, 0)
    assert register.find(asset.id) is asset
    assert list(register.listed(Status.DRAFT)) == [asset]
    assert len(register.ledger) == 0


def test_a_number_is_used_once_and_free_again_when_it_is_given_up() -> None:
    register = a_register()
    first, second = a_draft(register, number="A"), a_draft(register, number="B")
    with refused(register, Code.NUMBER_TAKEN):
        a_draft(register, number="A")
    with refused(register, Code.NUMBER_TAKEN):
        amend_draft(register, second, replace(second.facts, number="A"), None)
    amend_draft(register, first, replace(first.facts, number="C"), None)
    amend_draft(register, second, replace(second.facts, number="A"), None)
    assert register.numbered("A") is second
    assert register.numbered("B") is None


def test_only_drafts_are_amended() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=BANK)
    with refused(register, Code.WRONG_STATUS):
        amend_draft(register, asset, asset.facts, asset.plan)


@pytest.mark.parametrize(
    ("plan", "codes"),
    [
        (Plan(rate=Fraction(1, 5), life=Fraction(5)), [Code.RATE_AND_LIFE]),
        (Plan(limit_minor=1_000_001), [Code.LIMIT_TOO_HIGH]),
        (Plan(residual_minor=1_000_001), [Code.RESIDUAL_TOO_HIGH]),
        (Plan(limit_minor=100, residual_minor=101), [Code.RESIDUAL_TOO_HIGH]),
        (Plan(start=day("2019-12-31")), [Code.BEFORE_START]),
        (
            Plan(rate=Fraction(1), life=Fraction(1), limit_minor=2_000_000, residual_minor=3_000_000),
            [Code.RATE_AND_LIFE, Code.LIMIT_TOO_HIGH, Code.RESIDUAL_TOO_HIGH],
        ),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_every_reason(plan: Plan, codes: list[Code]) -> None:
    register = a_register()
    asset = a_draft(register)
    with refused(register, *codes):
        a_draft(register, plan)
    with refused(register, *codes):
        amend_draft(register, asset, asset.facts, plan)


@pytest.mark.parametrize(
    "plan",
    [
        None,
        NO_PLAN,
        LIFE_OF_FIVE,
        Plan(limit_minor=1_000_000, residual_minor=1_000_000),
        Plan(residual_minor=1_000_000),
        Plan(start=day("2020-01-01")),
    ],
)
def test_a_plan_up_to_its_limits_is_taken(plan: Plan | None) -> None:
    assert a_draft(a_register(), plan).plan == plan


def test_without_a_price_only_the_limit_bounds_the_residual_value() -> None:
    register = a_register()
    assert a_draft(register, Plan(residual_minor=5), price_minor=None).facts.price_minor is None
    assert a_draft(register, Plan(limit_minor=5), price_minor=None).plan is not None
    with refused(register, Code.RESIDUAL_TOO_HIGH):
        a_draft(register, Plan(limit_minor=5, residual_minor=6), price_minor=None)


def test_nothing_to_refuse_is_no_refusal() -> None:
    refuse_all([])


# ---- types --------------------------------------------------------------------------------------


def test_a_type_is_made_and_amended() -> None:
    register = a_register()
    kind = create_type(register, TypeTerms("Chairs", *KEPT, LIFE_OF_FIVE))
    assert (kind.serial, kind.plan) == (2, LIFE_OF_FIVE)
    assert register.named_type("Chairs") is kind
    amended = amend_type(register, kind, TypeTerms("Tables", ByKey("cost-2"), *KEPT[1:], NO_PLAN))
    assert amended is kind
    assert kind.accounts.cost is register.chart.keyed("cost-2")
    assert (register.named_type("Chairs"), register.named_type("Tables")) == (None, kind)


def test_a_types_name_is_used_once() -> None:
    register = a_register()
    with refused(register, Code.TYPE_NAME_TAKEN):
        create_type(register, TypeTerms("Vehicles", *KEPT, NO_PLAN))
    with refused(register, Code.TYPE_NAME_TAKEN):
        amend_type(register, a_type(register), TypeTerms("Vehicles", *KEPT, NO_PLAN))
    amend_type(register, a_type(register), TypeTerms("Computers", *KEPT, NO_PLAN))


def test_a_types_accounts_must_exist_and_fit_each_told_by_itself() -> None:
    register = a_register()
    nowhere = ById("nowhere", "at")
    with refused(register, Code.UNKNOWN_ACCOUNT, Code.UNFIT_ACCOUNT, Code.UNKNOWN_ACCOUNT):
        create_type(register, TypeTerms("X", nowhere, ByKey("cost"), nowhere, NO_PLAN))
    expense = register.chart.resolve(ByKey("expense"))
    with refused(register, Code.UNFIT_ACCOUNT, Code.RATE_AND_LIFE):
        create_type(register, TypeTerms("X", expense, *KEPT[1:], Plan(rate=Fraction(1), life=Fraction(1))))
    with refused(register, Code.UNFIT_ACCOUNT):
        create_type(register, TypeTerms("X", ByKey("cost"), ByKey("expense"), ByKey("cost"), NO_PLAN))
    with refused(register, Code.UNFIT_ACCOUNT, Code.UNFIT_ACCOUNT):
        create_type(register, TypeTerms("X", expense, ByKey("expense"), expense, NO_PLAN))


def test_the_accounts_of_a_type_stay_once_an_asset_of_it_is_no_draft() -> None:
    register = a_register()
    kind, asset = a_type(register), a_draft(register)
    other = TypeTerms("Computers", ByKey("cost-2"), *KEPT[1:], NO_PLAN)
    amend_type(register, kind, other)
    amend_type(register, kind, TypeTerms("Computers", *KEPT, NO_PLAN))
    enter(register, asset, credit=BANK)
    assert register.in_use(kind) == 1
    with refused(register, Code.TYPE_IN_USE):
        amend_type(register, kind, other)
    amend_type(register, kind, TypeTerms("Laptops", *KEPT, LIFE_OF_FIVE))
    assert kind.plan == LIFE_OF_FIVE


# ---- the shelf ----------------------------------------------------------------------------------


def test_a_renamed_type_moves_its_assets_in_the_list() -> None:
    register = a_register()
    for number, kind in (("1", "Computers"), ("2", "Vehicles")):
        a_draft(register, number=number, type=a_type(register, kind))
    a_draft(register, number="3", type=None)
    assert numbers(register, order=Order.TYPE, descending=False) == ["3", "1", "2"]
    amend_type(register, a_type(register), TypeTerms("Watches", *KEPT, NO_PLAN))
    assert numbers(register, order=Order.TYPE, descending=False) == ["3", "2", "1"]


def test_a_filter_finds_by_four_texts_in_pages() -> None:
    register = a_register()
    a_draft(register, number="1", name="a VAN")
    a_draft(register, number="2", description="his van")
    a_draft(register, number="van-3")
    a_draft(register, number="4", type=a_type(register, "Vehicles"))
    a_draft(register, number="5", type=None, serial_number="van", warranty="van")
    assert numbers(register, text="Van", order=Order.NUMBER, descending=False) == ["1", "2", "van-3"]
    assert numbers(register, text="VEHIC") == ["4"]
    assert numbers(register, text="n", order=Order.NUMBER, descending=False, first=1, limit=1) == ["2"]
    assert register.page(Ask(Status.DRAFT, text="van", first=3)).assets == ()
    assert register.page(Ask(Status.DRAFT, text="van", first=9)).total == 3


@pytest.mark.parametrize(
    ("number", "following"),
    [
        ("FA-0007", 8),
        ("FA-7", 8),
        ("FA-999999999999999999", 10**18),
        ("FA-9999999999999999999", 1),
        ("FB-0007", 1),
        ("FA-", 1),
        ("FA-7a", 1),
        ("FA-\u0667", 1),
        ("fa-0007", 1),
    ],
)
def test_the_next_number_is_above_every_number_of_its_form(number: str, following: int) -> None:
    register = a_register()
    a_draft(register, number=number)
    assert register.organisation.next_number == following


def test_the_next_number_never_goes_back() -> None:
    register = a_register()
    asset = a_draft(register, number="FA-9")
    amend_draft(register, asset, replace(asset.facts, number="FA-3"), None)
    assert register.organisation.next_number == 10
    with refused(register, Code.BEFORE_START):
        a_draft(register, Plan(start=day("2000-01-01")), number="FA-77")


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_are_the_list_cut_into_pieces(descending: bool, limit: int) -> None:
    register = a_register()
    for number in "ABCDE":
        a_draft(register, number=number)
    ask = Ask(Status.DRAFT, Order.NUMBER, descending, limit=limit)
    found = [
        asset.facts.number for first in range(0, 10, limit) for asset in register.page(replace(ask, first=first)).assets
    ]
    assert "".join(found) == ("EDCBA" if descending else "ABCDE")
    assert register.page(replace(ask, first=10**30)).total == 5


def test_a_command_that_fails_halfway_leaves_nothing() -> None:
    """L5: the inverse of every step is recorded, those of an amended type and of the lists too."""
    register = a_register()
    asset, kind = a_draft(register), a_type(register)
    before = shelf(register)

    def halfway() -> None:
        with register.undo.command():
            a_draft(register)
            amend_draft(register, asset, replace(asset.facts, number="Z", type=None), NO_PLAN)
            amend_type(register, kind, TypeTerms("Renamed", ByKey("cost-2"), *KEPT[1:], LIFE_OF_FIVE))
            create_type(register, TypeTerms("New", *KEPT, NO_PLAN))
            register.change(register.organisation, prefix="X")
            raise KeyError

    with pytest.raises(KeyError):
        halfway()
    assert shelf(register) == before


TEXTS = st.text("aBc", min_size=1, max_size=2)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["make", "amend", "rename"]),
        TEXTS,
        TEXTS,
        st.none() | st.integers(0, 3),
        st.none() | st.sampled_from([day("2021-01-01"), day("2022-01-01")]),
        st.integers(0, 5),
    ),
    max_size=15,
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_whatever_is_done_every_list_is_the_sorted_one(steps: Any) -> None:
    register = a_register()
    for act, number, name, price, purchased, which in steps:
        facts = Facts(number, name, a_type(register) if which % 2 else None, None, purchased, price)
        assets = list(register.assets())
        with suppress(Refused):  # the number or the name is taken
            if act == "make" or not assets:
                create_draft(register, facts, None)
            elif act == "amend":
                amend_draft(register, assets[which % len(assets)], facts, None)
            else:
                kind = register.types()[which % 2]
                named = Accounts(kind.accounts.cost, kind.accounts.expense, kind.accounts.accumulated)
                assert named.cost
                assert named.expense
                assert named.accumulated
                amend_type(
                    register, kind, TypeTerms("Computers", named.cost, named.expense, named.accumulated, NO_PLAN)
                )

    shelf(register)
    keys: dict[Order, Any] = {
        Order.NAME: lambda one: (one.facts.name.casefold(), one.facts.name),
        Order.NUMBER: lambda one: (one.facts.number.casefold(), one.facts.number),
        Order.PRICE: lambda one: -1 if one.facts.price_minor is None else one.facts.price_minor,
        Order.PURCHASED: lambda one: one.facts.purchased or day("0001-01-01"),
        Order.TYPE: lambda one: "" if one.facts.type is None else one.facts.type.name.casefold(),
    }
    for order, key in keys.items():
        expected: list[Asset] = sorted(register.assets(), key=key)
        ask = Ask(Status.DRAFT, order, descending=False, limit=100)
        assert list(register.page(ask).assets) == expected
        assert list(register.page(replace(ask, descending=True)).assets) == expected[::-1]
        assert list(register.page(replace(ask, text="b")).assets) == [
            one
            for one in expected
            if "b" in f"{one.facts.name} {one.facts.number}".lower()
            or (one.facts.type is not None and "b" in one.facts.type.name.lower())
        ]
