"""Which amounts exist (L8)."""

from __future__ import annotations

import pytest

from mock_server.domain import money
from mock_server.domain.refused import Code, Refused


@pytest.mark.parametrize("minor", [1, 66_667, 2**53 + 1, money.MAX_MINOR])
def test_an_amount_from_one_to_the_largest_is_taken(minor: int) -> None:
    assert money.positive(minor) == minor


@pytest.mark.parametrize(
    ("minor", "code"),
    [
        (0, Code.AMOUNT_NOT_POSITIVE),
        (-1, Code.AMOUNT_NOT_POSITIVE),
        (-(2**63), Code.AMOUNT_NOT_POSITIVE),
        (money.MAX_MINOR + 1, Code.AMOUNT_TOO_LARGE),
        (10**30, Code.AMOUNT_TOO_LARGE),
    ],
)
def test_any_other_amount_is_refused(minor: int, code: Code) -> None:
    with pytest.raises(Refused) as refused:
        money.positive(minor)
    assert refused.value.code is code


def test_a_sum_may_reach_the_largest_amount_and_not_pass_it() -> None:
    half = 2**62
    assert money.added(half, half - 1) == money.MAX_MINOR
    with pytest.raises(Refused, match="is left, got 4611686018427387904") as refused:
        money.added(half, half)
    assert refused.value.code is Code.AMOUNT_TOO_LARGE
