"""What an asset is worth and what stands in its way, out of what has been posted.

Decides the figures that are shown and not kept (DECISIONS 26): book value, accumulated depreciation
before and since the current financial year, and whether depreciation can still be rolled back. Pure:
it changes nothing and posts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mock_server.domain.register.records import Asset, Organisation, Status
from mock_server.domain.schedule.calendar import YearEnd
from mock_server.domain.schedule.counting import Days


@dataclass(frozen=True, slots=True)
class Accumulated:
    """Depreciation before the current financial year, and the figure that is shown beside it."""

    prior_minor: int
    current_minor: int


def year_start(year_end: YearEnd, day: date) -> date:
    """The first day of the financial year that holds the day."""
    count = Days(year_end)
    return date.fromordinal(max(1, count.first(count.year_of(day.toordinal()))))


def current_year_start(organisation: Organisation) -> date:
    """The first day of the current financial year: the one of the first day without depreciation.

    So a year is current until its last month has been depreciated, and no figure depends on today's date.
    """
    last = organisation.last_depreciation
    day = organisation.start_date if last is None else last + timedelta(days=last < date.max)
    return year_start(organisation.year_end, day)


def book_value(asset: Asset) -> int:
    """A draft's price less what it is expected to bring, a registered asset's cost less depreciation, or nothing."""
    price = asset.facts.price_minor or 0
    if asset.status is Status.DRAFT:
        return price - asset.facts.disposal_price_minor
    return price - asset.charged_minor if asset.status is Status.REGISTERED else 0


def accumulated(asset: Asset, organisation: Organisation, *, this_year_only: bool = False) -> Accumulated:
    """The asset's depreciation. The current figure holds the prior one, unless it is of this year only."""
    since = current_year_start(organisation)
    prior = sum(charge.minor for charge in asset.charges if charge.month_end < since)
    return Accumulated(prior, asset.charged_minor - prior if this_year_only else asset.charged_minor)


def can_rollback(asset: Asset, organisation: Organisation) -> bool:
    """Whether no charge of the asset lies in the lock."""
    lock = organisation.lock
    return lock is None or not asset.charges or asset.charges[0].month_end > lock
