"""The classes of assets that an API knows: how each is depreciated, and on which accounts.

Decides the shape of a `classes.toml` (with `classes.schema.yaml` beside it) and how it is held. It must
not know what any such file says, nor how a method is worked out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from spec.validation import reasons


class BadClasses(ValueError):
    """A classes.toml is not what it should be; the text says where and why, one line a reason."""


class Fall(Enum):
    """What an API's word for a method means."""

    DECLINING_YEARS = "declining_years"  # a share of what is left, for whole years
    LINEAR = "linear"  # a share of the cost, by months in the first year
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ClassAccounts:
    """The account codes that assets of a class post to. Without depreciation there is none but the first."""

    asset: str
    accumulated: str | None = None
    expense: str | None = None


@dataclass(frozen=True, slots=True)
class AssetClass:
    """One class, read-only.

    method: the API's own word. fall: what it means. standard: the accounting standard. group: the API's
    letter for the tax group, where it has one. rate: a share of one, a year, as the API writes it.
    proposed: the values that the vendor has not shown (fields of this class, and of `accounts`), each with
    the reason for ours; all others are documented.
    """

    code: str
    name: str
    description: str
    method: str
    fall: Fall
    standard: str
    group: str | None
    rate: str
    accounts: ClassAccounts
    proposed: Mapping[str, str]

    @property
    def yearly(self) -> Fraction:
        """The rate as a number: 3/10 is "0.30"."""
        return Fraction(self.rate)


def read_classes(name: str, written: Mapping[str, Any]) -> tuple[AssetClass, ...]:
    """The classes that a TOML file holds, in its order; `name` is how errors call the file. Raises BadClasses."""
    wrong = reasons(name, "classes.schema.yaml", written) or list(_contradictions(name, written))
    if wrong:
        raise BadClasses("\n".join(wrong))
    return tuple(_class(entry, written["methods"]) for entry in written["class"])


def _contradictions(name: str, written: Mapping[str, Any]) -> Iterator[str]:
    times = Counter(entry["code"] for entry in written["class"])
    yield from (f"{name}: class: {code} is given twice" for code, count in times.items() if count > 1)
    for entry in written["class"]:
        if entry["method"] not in written["methods"]:
            yield f"{name}: class: {entry['code']}: {entry['method']!r} is none of the methods"
        elif len({written["methods"][entry["method"]] != Fall.NONE.value, *_signs(entry)}) > 1:
            yield f"{name}: class: {entry['code']}: rate and accounts of depreciation go with it, and only with it"


def _signs(entry: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether the rate, and whether the accounts, say that there is depreciation."""
    return Fraction(entry["rate"]) > 0, "accumulated" in entry["accounts"]


def _class(entry: Mapping[str, Any], methods: Mapping[str, str]) -> AssetClass:
    return AssetClass(
        code=entry["code"],
        name=entry["name"],
        description=entry["description"],
        method=entry["method"],
        fall=Fall(methods[entry["method"]]),
        standard=entry["standard"],
        group=entry.get("group"),
        rate=entry["rate"],
        accounts=ClassAccounts(**entry["accounts"]),
        proposed=MappingProxyType(dict(entry.get("proposed", {}))),
    )
