"""What selling an asset gains or loses (rules X2, X5).

Decides the split only: what is earned above the cost is a capital gain, the rest is gain or loss. The two
add up to price less book value, always.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gain:
    """gain_loss_minor: a loss is below zero. capital_gain_minor: never below zero."""

    gain_loss_minor: int
    capital_gain_minor: int


def gain(price_minor: int, cost_minor: int, book_minor: int) -> Gain:
    """Split what a sale brings over the book value. Scrapping is a sale for nothing (X7)."""
    capital_gain_minor = max(0, price_minor - cost_minor)
    return Gain(price_minor - capital_gain_minor - book_minor, capital_gain_minor)
