"""What a request of the control plane speaks of, once its client account and its asset were found to be there.

Decides nothing: `control` has refused what is not there. Knows no operation.
"""

from __future__ import annotations

from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Asset
from mock_server.surface import Request


def holdings_of(request: Request) -> Holdings:
    """The books of the request's client account."""
    kept: Holdings = request.tenant.holdings
    return kept


def asset_of(request: Request) -> Asset:
    """The asset that the request's path names."""
    asset = holdings_of(request).find(request.path["asset_id"])
    assert asset is not None
    return asset
