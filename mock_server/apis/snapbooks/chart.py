"""The chart of accounts that every client account starts from, as data.

Decides which accounts there are, what they are called here, and which of them demand an asset: those of fixed
assets. The numbers are those of `spec/snapbooks/classes.toml` and what buying and selling needs beside them.
"""

from __future__ import annotations

from typing import Final

from mock_server.domain.accounts import ByKey, Kind, Normality, Template

BANK: Final = ByKey("1920")
GAIN: Final = ByKey("3880")
LOSS: Final = ByKey("7880")

_KINDS: Final = {"1": Kind.ASSET, "2": Kind.LIABILITY, "3": Kind.REVENUE}
_CREDITED: Final = frozenset({Kind.LIABILITY, Kind.EQUITY, Kind.REVENUE})
_EQUITY: Final = "20"  # what such a number begins with
_FIXED_ASSETS: Final = ("10", "11", "12")


def kind_of(code: str) -> Kind:
    """What an account is by its number."""
    return Kind.EQUITY if code.startswith(_EQUITY) else _KINDS.get(code[:1], Kind.EXPENSE)


def normality_of(code: str) -> Normality:
    """The side on which an account of that number grows."""
    return Normality.CREDIT if kind_of(code) in _CREDITED else Normality.DEBIT


def demands_asset(code: str) -> bool:
    """Whether lines on the account must name an asset, unless somebody said otherwise."""
    return code.startswith(_FIXED_ASSETS)


TEMPLATE: Final = tuple(
    Template(code, name, kind_of(code), normality_of(code), subtype="", number=code)
    for code, name in (
        ("1000", "Development"),
        ("1030", "Patents"),
        ("1060", "Other rights"),
        ("1080", "Goodwill"),
        ("1100", "Buildings"),
        ("1110", "Building installations"),
        ("1117", "Power distribution"),
        ("1140", "Agricultural property"),
        ("1150", "Land"),
        ("1180", "Investment property"),
        ("1200", "Machinery and plant"),
        ("1210", "Machinery under construction"),
        ("1220", "Ships"),
        ("1225", "Aircraft"),
        ("1230", "Passenger cars"),
        ("1237", "Lorries"),
        ("1250", "Furniture and fixtures"),
        ("1280", "Office machines"),
        ("1299", "Accumulated depreciation"),
        ("1920", "Bank"),
        ("2050", "Other equity"),
        ("2400", "Accounts payable"),
        ("3880", "Gain on disposal of fixed assets"),
        ("6000", "Depreciation of buildings"),
        ("6010", "Depreciation of means of transport"),
        ("6015", "Depreciation of machinery"),
        ("6017", "Depreciation of fixtures"),
        ("6020", "Depreciation of goodwill"),
        ("6029", "Depreciation of other intangibles"),
        ("7880", "Loss on disposal of fixed assets"),
    )
)
