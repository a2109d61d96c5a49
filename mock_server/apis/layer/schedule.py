"""A depreciation schedule as the requests that record it: bodies for POST /assets/value-updates.

Decides the spelling only: a month is an update dated on its last day, under an external id of its own, so
that sending it again records nothing twice. Months without a charge are left out, as the API takes no
amount of zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from mock_server.apis.layer.words import UPDATE_TYPE
from mock_server.domain.effects import Effect
from mock_server.domain.schedule import Period

EXPENSE_ACCOUNT: Final = "DEPRECIATION"


def requests(
    periods: Iterable[Period],
    *,
    asset_id: str | None = None,
    asset_external_id: str | None = None,
    account: str | None = None,
) -> Iterator[dict[str, Any]]:
    """One body for each month. account: the expense account's stable name. Name the asset one way or the other."""
    asset = {"asset_id": asset_id} if asset_id is not None else {"asset_external_id": asset_external_id}
    for period in periods:
        if period.minor:
            yield {
                **asset,
                "external_id": f"{asset_id or asset_external_id}-depreciation-{period.last.isoformat()[:7]}",
                "amount": period.minor,
                "update_type": UPDATE_TYPE[Effect.DEPRECIATION],
                "counter_account": account or EXPENSE_ACCOUNT,
                "date": f"{period.last.isoformat()}T00:00:00Z",
            }
