"""What is worth a test each, and together takes too long for every commit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def every_second_now(items: Iterable[Any]) -> list[Any]:
    """The items as parameters of a test; every second one is for `make verify`."""
    return [pytest.param(item, marks=pytest.mark.verify) if place % 2 else item for place, item in enumerate(items)]
