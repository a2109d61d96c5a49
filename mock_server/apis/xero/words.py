"""The vendor's words for the domain's, both ways.

Decides spellings only; every table is one to one.
"""

from __future__ import annotations

from typing import Final

from mock_server.domain.register.records import Status
from mock_server.domain.register.shelf import Order
from mock_server.domain.schedule import Averaging, Method

METHODS: Final = {
    "NoDepreciation": (Method.NONE, 100),
    "StraightLine": (Method.STRAIGHT_LINE, 100),
    "DiminishingValue100": (Method.DIMINISHING, 100),
    "DiminishingValue150": (Method.DIMINISHING, 150),
    "DiminishingValue200": (Method.DIMINISHING, 200),
    "FullDepreciation": (Method.FULL, 100),
}
"""A method, and the percentage by which diminishing value multiplies 100/life."""

AVERAGINGS: Final = {"FullMonth": Averaging.FULL_MONTH, "ActualDays": Averaging.ACTUAL_DAYS}
QUERY_STATUSES: Final = {
    "DRAFT": Status.DRAFT,
    "REGISTERED": Status.REGISTERED,
    "DISPOSED": Status.DISPOSED,
}
ORDERS: Final = {
    "AssetType": Order.TYPE,
    "AssetName": Order.NAME,
    "AssetNumber": Order.NUMBER,
    "PurchaseDate": Order.PURCHASED,
    "PurchasePrice": Order.PRICE,
    "DisposalDate": Order.DISPOSED,
    "DisposalPrice": Order.DISPOSAL_PRICE,
}

METHOD: Final = {method: word for word, method in METHODS.items()}
AVERAGING: Final = {averaging: word for word, averaging in AVERAGINGS.items()}
STATUS: Final = {Status.DRAFT: "Draft", Status.REGISTERED: "Registered", Status.DISPOSED: "Disposed"}
NO_CALCULATION: Final = "None"
"""What depreciationCalculationMethod is where nothing was said: a text, not null."""
