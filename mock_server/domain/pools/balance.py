"""How a pool closes its year.

Decides what is depreciated of a balance above zero, and what is income of one below: always a whole year's
share, whenever in the year an asset came. Officials disagree about balances that are exactly as large as
the limit; we follow the tax authority's calculator below zero and its help text above: such a balance is
no small one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mock_server.domain.pools.movements import Movements
from mock_server.domain.pools.rules import ALL, NONE, Below, Group, Kept, chosen
from mock_server.domain.schedule.schedule import half_up


@dataclass(frozen=True, slots=True)
class Balance:
    """One pool's year. transferred_minor: to the gain and loss account, a loss below zero.

    basis_minor - depreciation_minor + income_minor + transferred_minor == closing_minor
    """

    opening_minor: int
    movements: Movements
    depreciation_minor: int = 0
    income_minor: int = 0
    transferred_minor: int = 0

    @property
    def basis_minor(self) -> int:
        """The opening balance and all movements."""
        return self.opening_minor + self.movements.net_minor

    @property
    def closing_minor(self) -> int:
        """What the next year opens with."""
        return self.basis_minor - self.depreciation_minor + self.income_minor + self.transferred_minor


def close_pool(
    group: Group,
    opening_minor: int,
    movements: Movements,
    *,
    small_minor: int,
    share: Fraction | None = None,
    left: bool = False,
) -> Balance:
    """The year of one pool of that group.

    small_minor: balances nearer to zero than this are small. share: of the basis, where it is not the usual
    one: less than the group's rate of what is above zero, more of what is below, anything of a small balance above;
    of a small one below zero, all is income. left: the asset of a pool of its own has left the books, and
    what remains is gain or loss.

    Raises BadShare, BadMovements.
    """
    if group.bought_only:
        movements.check_bought_only()
    basis = opening_minor + movements.net_minor
    if (left and group.kept is Kept.BY_ASSET) or (basis < 0 and group.below is Below.ACCOUNT):
        return Balance(opening_minor, movements, transferred_minor=-basis)
    bound = ALL if abs(basis) < small_minor else group.rate
    if basis < 0:
        income = half_up(-basis * chosen(share, bound, ALL, bound))
        return Balance(opening_minor, movements, income_minor=income)
    depreciation = half_up(basis * chosen(share, NONE, bound, group.rate))
    return Balance(opening_minor, movements, depreciation_minor=depreciation)
