"""Money of APIs that send it as decimal numbers, beside the whole cents of the books.

Decides that an amount has two decimals, and that no digit is lost either way. Knows no API.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mock_server.domain.refused import Code, Refused


def amount(minor: int) -> int | Decimal:
    """Cents as an amount of the currency, with every digit."""
    return minor // 100 if minor % 100 == 0 else Decimal(minor).scaleb(-2)


def money(number: int | Decimal, at: str = "") -> int:
    """An amount in whole cents. Raises Refused (NOT_IN_CENTS): more than two decimals that are not zero."""
    cents = Fraction(number) * 100
    if cents.denominator != 1:
        raise Refused(Code.NOT_IN_CENTS, "An amount has at most two decimals.", at)
    return cents.numerator
