"""Lists that come in numbered pages, walked from the first on, in any suite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

Page = TypeVar("Page")


def followed(read: Callable[[Any], Any], asked: Any, kind: type[Page], most: int) -> tuple[tuple[Page, ...], bool]:
    """The pages of a list, `most` at the most, and whether they go to its end.

    asked: the reading of the first page, with a member `page`. kind: what a page shows, with its number `page` and
    the number of `pages`; a page that is refused, or shows something else, ends the walk.
    """
    seen: list[Any] = []
    while len(seen) < most:
        page = read(asked)
        if not isinstance(page, kind):
            return tuple(seen), False
        seen.append(page)
        if seen[-1].page >= seen[-1].pages:
            return tuple(seen), True
        asked = replace(asked, page=seen[-1].page + 1)
    return tuple(seen), False
