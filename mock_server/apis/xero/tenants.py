"""Organisations, each with a register and a ledger of its own, and the tokens that may see them.

Decides what a sandbox starts with: the two organisations, their fixed ids, and the asset type that the
vendor's own sample names (DECISIONS 22, 23). Knows no requests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from mock_server.apis.grants import Grant, Grants, judged
from mock_server.apis.xero import chart
from mock_server.apis.xero.replays import Replays
from mock_server.domain.accounts import Chart
from mock_server.domain.ledger import Ledger
from mock_server.domain.register.records import Accounts, AssetType, Organisation, Plan
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Averaging, Method, YearEnd
from mock_server.domain.undo import Undo
from mock_server.surface import Classes, Settings

START: Final = date(2015, 7, 1)
"""The start date of an organisation for which none is given; the vendor's sample depreciates from it on."""

_CALENDAR_YEAR: Final = YearEnd()


@dataclass(frozen=True, slots=True)
class Start:
    """An organisation that a sandbox starts with. accounts: the fixed ids of some accounts, by key."""

    id: str
    name: str
    token: str
    country: str
    type_id: str
    accounts: Mapping[str, str]

    @property
    def scope(self) -> dict[str, str]:
        """The scope keys of the profile."""
        return {
            "tenant_id": self.id,
            "fixed_asset_account_id": self.accounts[chart.COST.key],
            "depreciation_expense_account_id": self.accounts[chart.EXPENSE.key],
            "accumulated_depreciation_account_id": self.accounts[chart.ACCUMULATED.key],
        }


# The ids of type and accounts are those of the vendor's samples and demo organisation.
DEMO: Final = Start(
    "1a1a1a1a-1a1a-41a1-81a1-1a1a1a1a1a1a",
    "Demo organisation",
    "xero-demo-token",
    "NZ",
    "5da209c5-5e19-4a43-b925-71b776c49ced",
    {
        chart.COST.key: "afe53f21-1221-451c-a8c4-08457e129d84",
        chart.EXPENSE.key: "9a30bb28-6d9d-428b-8a98-b0b591518d5b",
        chart.ACCUMULATED.key: "b7e1f170-d238-41d7-ab2b-d0a89b16838f",
    },
)
OTHER: Final = Start(
    "2b2b2b2b-2b2b-42b2-82b2-2b2b2b2b2b2b",
    "Other organisation",
    "xero-other-token",
    "AU",
    "2b2b2b2b-0000-42b2-82b2-000000000001",
    {
        chart.COST.key: "2b2b2b2b-0000-42b2-82b2-000000000720",
        chart.EXPENSE.key: "2b2b2b2b-0000-42b2-82b2-000000000416",
        chart.ACCUMULATED.key: "2b2b2b2b-0000-42b2-82b2-000000000721",
    },
)
_STARTS: Final = (DEMO, OTHER)


@dataclass(frozen=True, slots=True, eq=False)
class Tenant:
    """An organisation as the API knows it.

    this_year_only: what currentAccumDepreciationAmount covers (DECISIONS 26). replays: what its calls with
    an Idempotency-Key were answered.
    """

    id: str
    name: str
    register: Register
    this_year_only: bool
    replays: Replays = field(default_factory=Replays)

    @property
    def country(self) -> str:
        """ISO 3166, two letters."""
        return self.register.organisation.country


class Tenants:
    """All organisations and tokens of one instance, in order of creation."""

    def __init__(self, settings: Settings, *, this_year_only: bool = False) -> None:
        """`this_year_only`: see `Tenant`. Raises BadSettings."""
        self._settings = settings
        self._this_year_only = this_year_only
        self._new_id = settings.ids.new
        self._demo_token = DEMO.token if settings.token is None else judged(settings.token, others=OTHER.token)
        # Drawn once, so that a reset gives the same books to the byte.
        at_start = sum(template.key not in start.accounts for start in _STARTS for template in chart.TEMPLATE)
        self._ids_at_start = [self._new_id() for _ in range(at_start)]
        self._tenants: dict[str, Tenant] = {}
        self._classes: Classes = {}
        self.grants = Grants("xero", new_id=self._new_id, any_token=settings.any_token)
        self.reset()

    def reset(self) -> None:
        """Make everything as it was at the start."""
        self._tenants.clear()
        self.grants.clear()
        drawn = iter(self._ids_at_start)
        for start, token in ((DEMO, self._demo_token), (OTHER, OTHER.token)):
            self._tenants[start.id] = self._at_start(start, drawn)
            self.grants.give(token, start.id)

    def recast(self, classes: Classes) -> None:
        """See `surface.Tenants`."""
        self._classes = classes
        for tenant in self._tenants.values():
            tenant.register.recast(classes)

    @property
    def demo_token(self) -> str:
        """The first organisation's token."""
        return self._demo_token

    def find(self, tenant_id: str) -> Tenant | None:
        """The organisation with that id."""
        return self._tenants.get(tenant_id)

    def tenants(self) -> tuple[Tenant, ...]:
        """All of them."""
        return tuple(self._tenants.values())

    def prepare(
        self,
        tenant_id: str | None = None,
        name: str | None = None,
        *,
        country: str = "NZ",
        start_date: date = START,
        year_end: YearEnd = _CALENDAR_YEAR,
    ) -> Tenant:
        """An organisation that is not there until `keep` puts it there; id and name are made up if not given."""
        chosen = self._new_id() if tenant_id is None else tenant_id
        organisation = Organisation(start_date, year_end, country=country)
        register = self._register(organisation, self._new_id)
        called = f"Organisation {chosen[:8]}" if name is None else name
        return Tenant(chosen, called, register, self._this_year_only)

    def keep(self, tenant: Tenant) -> Tenant:
        """Put a prepared organisation there; nothing where it is there already."""
        return self._tenants.setdefault(tenant.id, tenant)

    def identify(self, token: str) -> Grant | None:
        """What that token may see; None where it is not accepted."""
        return self.grants.identify(token)

    def tokens(self) -> Sequence[tuple[str, str]]:
        """Every token with every organisation that it was given."""
        return self.grants.all()

    def _at_start(self, start: Start, drawn: Iterator[str]) -> Tenant:
        ids = iter([start.accounts.get(template.key) or next(drawn) for template in chart.TEMPLATE])
        register = self._register(Organisation(START, country=start.country), ids.__next__)
        with register.undo.command():
            register.add_type(_first_type(start, register.chart))
        return Tenant(start.id, start.name, register, self._this_year_only)

    def _register(self, organisation: Organisation, account_id: Callable[[], str]) -> Register:
        now_ns, undo = self._settings.clock.now_ns, Undo()
        accounts = Chart(chart.TEMPLATE, account_id, undo)
        ledger = Ledger(now_ns, self._new_id, undo)
        register = Register(accounts, ledger, undo, organisation, now_ns=now_ns, new_id=self._new_id)
        register.recast(self._classes)
        return register


def _first_type(start: Start, accounts: Chart) -> AssetType:
    plan = Plan(method=Method.DIMINISHING, averaging=Averaging.ACTUAL_DAYS, rate=Fraction(40, 100), calculation="None")
    named = Accounts(
        cost=accounts.resolve(chart.COST),
        expense=accounts.resolve(chart.EXPENSE),
        accumulated=accounts.resolve(chart.ACCUMULATED),
    )
    return AssetType(start.type_id, 0, "Computer equipment", named, plan)
