"""Disposals: the worked table, the two ways in which depreciation ends, and undoing them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from mock_server.domain.refused import Code
from mock_server.domain.register.disposal import Until, dispose, undo_disposal
from mock_server.domain.register.figures import book_value
from mock_server.domain.register.lifecycle import enter
from mock_server.domain.register.locking import lock
from mock_server.domain.register.records import Asset, Plan, Status
from mock_server.domain.register.runs import roll_back, run
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Averaging, Method, YearEnd
from tests.domain.registers import (
    BANK,
    LIFE_OF_FIVE,
    a_draft,
    a_register,
    a_sale,
    charged,
    day,
    entries,
    everything,
    sums,
)
from tests.domain.test_register_life import refused

BY_DAYS = Plan(Method.STRAIGHT_LINE, averaging=Averaging.ACTUAL_DAYS, rate=Fraction(1, 5))


def registered(through: str | None = "2023-12-31", plan: Plan = LIFE_OF_FIVE) -> tuple[Register, Asset]:
    """A register with one asset of 10,000.00, bought on 2022-01-01 and depreciated through that day."""
    register = a_register()
    asset = a_draft(register, plan)
    enter(register, asset, credit=BANK)
    if through is not None:
        run(register, day(through))
    return register, asset


@pytest.mark.parametrize(
    ("price", "capital_gain", "gain_loss"),
    [
        (1_200_000, 200_000, 400_000),
        (1_000_000, 0, 400_000),
        (700_000, 0, 100_000),
        (600_000, 0, 0),
        (500_000, 0, -100_000),
        (0, 0, -600_000),
    ],
)
def test_the_worked_table_of_disposals(price: int, capital_gain: int, gain_loss: int) -> None:
    register, asset = registered()
    assert book_value(asset) == 600_000
    dispose(register, asset, a_sale("2023-12-31", price))
    assert asset.disposal is not None
    assert (asset.disposal.capital_gain_minor, asset.disposal.gain_loss_minor) == (capital_gain, gain_loss)
    assert capital_gain + gain_loss == price - 600_000
    assert (asset.status, book_value(asset)) == (Status.DISPOSED, 0)
    told = {"bank": price - 1_000_000, "expense": 400_000, "gain": -max(gain_loss, 0), "loss": -min(gain_loss, 0)}
    told["capital"] = -capital_gain
    assert sums(register) == {key: minor for key, minor in told.items() if minor}
    entry = entries(register)[-1]
    assert (entry.id, entry.origin, entry.journal.instant.day) == (asset.disposal.entry_id, asset.id, day("2023-12-31"))
    assert entry.journal.note.memo == "Disposal of FA-0001"


def test_the_price_goes_where_it_is_said() -> None:
    register, asset = registered()
    dispose(register, asset, a_sale("2023-12-31", 600_000, into="till"))
    assert sums(register) == {"bank": -1_000_000, "till": 600_000, "expense": 400_000}


def test_cost_is_cleared_where_the_purchase_was_posted_elsewhere_too() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=None)
    dispose(register, asset, a_sale("2022-01-31", 1_000_000))
    assert sums(register) == {"bank": 1_000_000, "cost": -1_000_000, "expense": 16_667, "gain": -16_667}


@pytest.mark.parametrize(
    ("plan", "on", "last", "accumulated"),
    [
        (BY_DAYS, "2024-01-15", ("2024-01-15", 8_197), 408_197),  # 15/366 of 2,000.00
        (LIFE_OF_FIVE, "2024-01-15", ("2024-01-15", 16_667), 416_667),  # a month that has begun counts in full
        (LIFE_OF_FIVE, "2024-01-31", ("2024-01-31", 16_667), 416_667),
        (LIFE_OF_FIVE, "2023-12-31", ("2023-12-31", 16_667), 400_000),
        (BY_DAYS, "2023-07-10", ("2023-07-10", 5_480), 304_658),  # 191/365 of it, less 181/365
    ],
)
def test_depreciation_ends_with_the_day_of_the_disposal(
    plan: Plan, on: str, last: tuple[str, int], accumulated: int
) -> None:
    """Missing months are charged and later ones taken back, whatever had been run."""
    for through in (None, "2022-02-28", "2023-12-31", "2024-06-30"):
        register, asset = registered(through, plan)
        dispose(register, asset, a_sale(on, 0))
        assert charged(asset)[-1] == last
        assert asset.charged_minor == accumulated
        assert sums(register) == {"bank": -1_000_000, "expense": accumulated, "loss": 1_000_000 - accumulated}
        assert register.organisation.last_depreciation == (None if through is None else day(through))


@pytest.mark.parametrize("through", [None, "2022-02-28", "2022-12-31", "2024-06-30"])
def test_depreciation_can_end_with_the_financial_year_before(through: str | None) -> None:
    register, asset = registered(through)
    dispose(register, asset, a_sale("2023-07-10", 0, until=Until.NONE_THIS_YEAR))
    assert charged(asset)[-1] == ("2022-12-31", 16_667)
    assert sums(register) == {"bank": -1_000_000, "expense": 200_000, "loss": 800_000}


def test_without_an_earlier_year_nothing_is_left_of_depreciation() -> None:
    register, asset = registered("2022-06-30")
    dispose(register, asset, a_sale("2022-07-10", 0, until=Until.NONE_THIS_YEAR))
    assert charged(asset) == []
    assert sums(register) == {"bank": -1_000_000, "loss": 1_000_000}
    register = a_register(start_date=date.min, year_end=YearEnd(6, 30))
    asset = a_draft(register, purchased=date.min)
    enter(register, asset, credit=BANK)
    run(register, day("0001-01-31"))
    dispose(register, asset, a_sale("0001-02-28", 0, until=Until.NONE_THIS_YEAR))
    assert charged(asset) == []


def test_what_was_disposed_of_is_not_depreciated_any_more_nor_rolled_back() -> None:
    register, asset = registered("2022-06-30")
    dispose(register, asset, a_sale("2022-05-20", 0))
    before = asset.charges, sums(register)
    assert run(register, day("2022-12-31")).journals == 0
    assert roll_back(register, day("2022-01-31")).journals == 0
    assert (asset.charges, sums(register)) == before


@pytest.mark.parametrize("until", Until)
@pytest.mark.parametrize("on", ["2022-02-10", "2022-05-20", "2022-06-30", "2023-03-05"])
def test_undoing_a_disposal_restores_the_asset(on: str, until: Until) -> None:
    register, asset = registered("2022-06-30", BY_DAYS)
    before = charged(asset), sums(register)
    dispose(register, asset, a_sale(on, 123_456, until=until))
    undo_disposal(register, asset)
    assert (charged(asset), sums(register)) == before
    assert (asset.status, asset.disposal) == (Status.REGISTERED, None)
    dispose(register, asset, a_sale(on, 123_456, until=until))
    assert asset.status is Status.DISPOSED


def test_undoing_a_disposal_catches_up_with_what_was_run_since_or_rolled_back() -> None:
    register, asset = registered("2022-06-30")
    _, other = registered("2022-09-30")
    dispose(register, asset, a_sale("2022-05-20", 1))
    run(register, day("2022-09-30"))
    undo_disposal(register, asset)
    assert (charged(asset), sums(register)) == (charged(other), sums(_))
    dispose(register, asset, a_sale("2022-05-20", 1))
    roll_back(register, day("2020-01-01"))
    undo_disposal(register, asset)
    assert (charged(asset), sums(register)) == ([], {"cost": 1_000_000, "bank": -1_000_000})


def test_a_disposal_is_refused_without_a_trace() -> None:
    register, asset = registered()
    draft = a_draft(register)
    with refused(register, Code.WRONG_STATUS):
        dispose(register, draft, a_sale("2023-12-31", 1))
    with refused(register, Code.BEFORE_START, "on"):
        dispose(register, asset, a_sale("2021-12-31", 1))
    with refused(register, Code.TOO_FAR):
        dispose(register, asset, a_sale("2124-01-01", 1))
    with refused(register, Code.AMOUNT_NOT_POSITIVE, "price_minor"):
        dispose(register, asset, a_sale("2023-12-31", -1))
    with refused(register, Code.AMOUNT_TOO_LARGE):
        dispose(register, asset, a_sale("2023-06-10", 2**63 - 1))
    with refused(register, Code.UNKNOWN_ACCOUNT):
        dispose(register, asset, a_sale("2023-06-10", 1, into="nowhere"))
    with refused(register, Code.SAME_ACCOUNT):
        dispose(register, asset, a_sale("2023-06-10", 1, into="accumulated"))
    with refused(register, Code.WRONG_STATUS):
        undo_disposal(register, asset)
    dispose(register, asset, a_sale("2023-12-31", 1))
    with refused(register, Code.WRONG_STATUS):
        dispose(register, asset, a_sale("2023-12-31", 1))


def test_neither_a_disposal_nor_its_undoing_reaches_into_the_lock() -> None:
    register, asset = registered("2022-06-30")
    lock(register, day("2022-05-31"))
    for on in ("2022-05-31", "2022-03-10"):
        with refused(register, Code.CLOSED_PERIOD):
            dispose(register, asset, a_sale(on, 1))
    with refused(register, Code.CLOSED_PERIOD):
        dispose(register, asset, a_sale("2022-06-10", 1, until=Until.NONE_THIS_YEAR))
    dispose(register, asset, a_sale("2022-06-10", 1))
    lock(register, day("2022-06-10"))
    with refused(register, Code.CLOSED_PERIOD):
        undo_disposal(register, asset)
    lock(register, day("2022-06-09"))
    undo_disposal(register, asset)
    assert len(asset.charges) == 6
    assert everything(register)[-1] == {
        "cost": 1_000_000,
        "bank": -1_000_000,
        "expense": 100_000,
        "accumulated": -100_000,
    }
