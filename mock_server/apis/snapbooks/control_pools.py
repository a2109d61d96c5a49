"""Control plane: the tax pools of a client account, and what moves them beside buying and selling.

Decides the shapes of movements, of a pool and of the gain and loss account, and from what the report is made.
Nothing here posts, and what a pool comes to is the report's affair (two books, DECISIONS 30).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from mock_server.apis.decimals import amount, money
from mock_server.apis.snapbooks.control_request import asset_of, holdings_of
from mock_server.apis.snapbooks.errors import refused
from mock_server.apis.snapbooks.groups import RULES
from mock_server.domain.holdings import life
from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Asset, Life
from mock_server.domain.pools import AccountBalance, BadMovements, Happening, Movements, Pool, pool_years
from mock_server.surface import Answer, Handler, Request

Shape = dict[str, Any]

_HUNDREDTHS: Final = Decimal("0.01")
_NOTHING: Final = Movements()
_NO_ACCOUNT: Final = AccountBalance(0, 0, 0)
_MOVEMENTS: Final = (
    "improvements",
    "grants",
    "input_tax",
    "split_out",
    "grants_repaid",
    "gains_reinvested",
    "gain_write_downs",
)


def movements(request: Request) -> Answer:
    """What else moved an asset's pool in a year."""
    asset, year = asset_of(request), request.path["year"]
    moved = _NOTHING if asset.life is None else asset.life.pooled.get(year, _NOTHING)
    return Answer(200, {"data": {"asset_id": asset.id, "year": year, **_moved(moved)}})


def set_movements(request: Request) -> Answer:
    """Say what else moved an asset's pool in a year."""
    asset = asset_of(request)
    moved = _read(request.body)
    if asset.life is not None:
        _check_group(asset.life, moved)
    life.move_pool(holdings_of(request), asset, request.path["year"], moved)
    return movements(request)


def pools(request: Request) -> Answer:
    """The tax pools of a year, and the gain and loss account."""
    year, group = request.query["year"], request.query.get("group")
    found = pool_years(RULES, _happenings(holdings_of(request)), year)
    wanted = [pool for pool in (found[-1].pools if found else ()) if group in (None, pool.group)]
    wanted.sort(key=lambda pool: (pool.group, int(pool.key or 0)))
    account = found[-1].account if found else _NO_ACCOUNT
    return Answer(200, {"data": [_pool(year, pool) for pool in wanted], "gain_loss_account": _account(account)})


HANDLERS: Final[dict[str, Handler]] = {
    "control.taxMovements.get": movements,
    "control.taxMovements.put": set_movements,
    "control.taxPools.get": pools,
}


def _read(body: Shape) -> Movements:
    said = {name: money(body[name], name) for name in _MOVEMENTS if name in body}
    return Movements(**{_kept_as(name): minor for name, minor in said.items()})


def _check_group(known: Life, moved: Movements) -> None:
    """Raises Refusal (400): the asset is in no pool, or in one that such a thing does not move."""
    if known.kind.group is None:
        raise refused(400, f"An asset of the class {known.kind.code} is in no tax pool")
    if not RULES.groups[known.kind.group].bought_only:
        return
    try:
        moved.check_bought_only()
    except BadMovements as bad:
        raise refused(400, str(bad)) from bad


def _happenings(kept: Holdings) -> Iterator[Happening]:
    """What moved the pools: acquisitions, disposals, and what was said beside them."""
    for asset in kept.assets():
        known = asset.life
        if known is None or known.kind.group is None:
            continue
        bought = Movements(bought_minor=known.terms.cost_minor)
        yield _happening(asset, known, known.terms.start.year, bought)
        for year, moved in known.pooled.items():
            yield _happening(asset, known, year, moved)
        if known.disposal is not None:
            got = Movements(proceeds_minor=known.disposal.proceeds_minor)
            yield _happening(asset, known, known.disposal.on.year, got, left=True)


def _happening(asset: Asset, known: Life, year: int, moved: Movements, *, left: bool = False) -> Happening:
    assert known.kind.group is not None
    return Happening(
        year,
        str(asset.id),
        known.kind.group,
        moved,
        place="" if known.building is None else str(known.building),
        rate=known.terms.rate,
        left=left,
    )


def _kept_as(name: str) -> str:
    """What `Movements` calls a member of a body."""
    return {"improvements": "improved_minor", "grants": "granted_minor"}.get(name, f"{name}_minor")


def _moved(moved: Movements) -> Shape:
    return {name: amount(getattr(moved, _kept_as(name))) for name in _MOVEMENTS}


def _pool(year: int, pool: Pool) -> Shape:
    balance = pool.balance
    return {
        "year": year,
        "group": pool.group,
        **({"asset_id": int(pool.key)} if pool.key else {}),
        "rate": _rate(pool.rate),
        "opening": amount(balance.opening_minor),
        "acquisitions": amount(balance.movements.bought_minor),
        "proceeds": amount(balance.movements.proceeds_minor),
        **_moved(balance.movements),
        "basis": amount(balance.basis_minor),
        "depreciation": amount(balance.depreciation_minor),
        "income": amount(balance.income_minor),
        "gain_loss": amount(balance.transferred_minor),
        "closing": amount(balance.closing_minor),
    }


def _account(account: AccountBalance) -> Shape:
    return {
        "rate": _rate(RULES.account_rate),
        "opening": amount(account.opening_minor),
        "transferred": amount(account.transferred_minor),
        "income": amount(account.taken_minor),
        "closing": amount(account.closing_minor),
    }


def _rate(share: Fraction) -> str:
    return str((Decimal(share.numerator) / share.denominator).quantize(_HUNDREDTHS))
