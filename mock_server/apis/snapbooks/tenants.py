"""Client accounts, each with assets and a ledger of its own, the users, and the tokens by which they are known.

Decides what a sandbox starts with: two users and three client accounts, of which they share one (DECISIONS 22).
Ids of assets go up over all client accounts, so that an id alone says whose asset it is. Knows no requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mock_server.apis.grants import Grant, Grants, judged
from mock_server.apis.snapbooks import chart
from mock_server.domain.accounts import Chart
from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.ledger import Ledger
from mock_server.domain.undo import Undo
from mock_server.surface import Classes, Settings


@dataclass(frozen=True, slots=True)
class Start:
    """A user that a sandbox starts with. account, shared: the ids of the client accounts that the user sees."""

    user_id: int
    first_name: str
    token: str
    account: int
    shared: int

    @property
    def scope(self) -> dict[str, str]:
        """The scope keys of the profile."""
        return {"client_account_id": str(self.account)}


# User and client account of the vendor's example, and others beside them.
DEMO: Final = Start(789, "Demo", "snapbooks-demo-token", 456, 457)
OTHER: Final = Start(790, "Other", "snapbooks-other-token", 458, 457)
_NAMES: Final = {
    456: ("company-abc", "Company ABC"),
    457: ("company-shared", "Shared company"),
    458: ("company-other", "Other company"),
}


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who has a token."""

    id: int
    first_name: str
    last_name: str
    created_ns: int


@dataclass(frozen=True, slots=True, eq=False)
class ClientAccount:
    """A tenant. Only its holdings ever change."""

    id: int
    unique_name: str
    display_name: str
    holdings: Holdings


class Tenants:
    """All client accounts, users and tokens of one instance, in order of creation."""

    def __init__(self, settings: Settings) -> None:
        """Raises BadSettings."""
        self._settings = settings
        self._demo_token = DEMO.token if settings.token is None else judged(settings.token, others=OTHER.token)
        self._accounts: dict[int, ClientAccount] = {}
        self._users: dict[int, User] = {}
        self._user_of: dict[str, User] = {}  # by token
        self._owners: dict[int, int] = {}  # an asset's id → its client account's
        self._classes: Classes = {}
        self._last_asset = 0
        self._last_account = max(_NAMES)
        self._last_user = max(DEMO.user_id, OTHER.user_id)
        self._grants = Grants("snapbooks", new_id=settings.ids.new, any_token=settings.any_token)
        self.reset()

    def reset(self) -> None:
        """Make everything as it was at the start; ids go on where they were."""
        for kept in (self._accounts, self._users, self._user_of, self._owners):
            kept.clear()
        self._grants.clear()
        for account_id, (unique_name, display_name) in _NAMES.items():
            self.keep(self.prepare(account_id, unique_name, display_name))
        for start, token in ((DEMO, self._demo_token), (OTHER, OTHER.token)):
            self._user_of[token] = self._add_user(start.user_id, start.first_name)
            for account_id in sorted((start.account, start.shared)):
                self._grants.give(token, str(account_id))

    def recast(self, classes: Classes) -> None:
        """See `surface.Tenants`."""
        self._classes = classes
        for account in self._accounts.values():
            account.holdings.recast(classes)

    @property
    def demo_token(self) -> str:
        """The first user's token."""
        return self._demo_token

    # ---- client accounts ----------------------------------------------------------------------

    def find(self, account_id: int) -> ClientAccount | None:
        """The client account with that id."""
        return self._accounts.get(account_id)

    def owner_of(self, asset_id: int) -> ClientAccount | None:
        """The client account that has the asset."""
        account = self._accounts.get(self._owners.get(asset_id, 0))
        return None if account is None or account.holdings.find(asset_id) is None else account

    def accounts(self) -> tuple[ClientAccount, ...]:
        """All of them."""
        return tuple(self._accounts.values())

    def seen_by(self, grant: Grant) -> list[ClientAccount]:
        """The client accounts that a token may see."""
        if grant.tenant_ids is None:
            return list(self._accounts.values())
        return [self._accounts[int(seen)] for seen in grant.tenant_ids if int(seen) in self._accounts]

    def prepare(
        self, account_id: int | None = None, unique_name: str | None = None, display_name: str | None = None
    ) -> ClientAccount:
        """A client account that is not there until `keep` puts it there; what is not given is made up."""
        chosen = self._next_account() if account_id is None else account_id

        def next_asset() -> int:
            self._last_asset += 1
            self._owners[self._last_asset] = chosen
            return self._last_asset

        undo, now_ns = Undo(), self._settings.clock.now_ns
        accounts = Chart(chart.TEMPLATE, self._settings.ids.new, undo)
        ledger = Ledger(now_ns, self._settings.ids.new, undo)
        holdings = Holdings(accounts, ledger, undo, now_ns=now_ns, new_id=next_asset)
        for account in accounts:
            holdings.vouchers.set_demand(account, chart.demands_asset(account.key or ""))
        holdings.recast(self._classes)
        return ClientAccount(
            chosen, unique_name or f"client-account-{chosen}", display_name or f"Client account {chosen}", holdings
        )

    def keep(self, account: ClientAccount) -> ClientAccount:
        """Put a prepared client account there; nothing where it is there already."""
        return self._accounts.setdefault(account.id, account)

    def _next_account(self) -> int:
        self._last_account += 1
        while self._last_account in self._accounts:
            self._last_account += 1
        return self._last_account

    # ---- users and tokens ---------------------------------------------------------------------

    def identify(self, token: str) -> Grant | None:
        """What that token may see; None where it is not accepted."""
        return self._grants.identify(token)

    def user(self, user_id: int) -> User:
        """The user with that id, who must be there."""
        return self._users[user_id]

    def user_of(self, token: str) -> User:
        """Whose token it is; one that is accepted only because any is acts as the first user."""
        return self._user_of.get(token) or self._users[DEMO.user_id]

    def allow(self, token: str, account: ClientAccount) -> None:
        """Let that token see the client account, beside what it sees already; a new token is a new user's."""
        self._grants.allow(token, str(account.id))
        if token not in self._user_of:
            self._last_user += 1
            self._user_of[token] = self._add_user(self._last_user, "Further")

    def issue(self, account: ClientAccount) -> str:
        """A token of a new user that sees that client account alone."""
        token = self._grants.issue(str(account.id))
        self.allow(token, account)
        return token

    def tokens(self) -> Sequence[tuple[str, int, int]]:
        """Every token, whose it is, and every client account that it was given."""
        return [(token, self.user_of(token).id, int(seen)) for token, seen in self._grants.all()]

    def _add_user(self, user_id: int, first_name: str) -> User:
        user = User(user_id, first_name, "user", self._settings.clock.now_ns())
        self._users[user_id] = user
        return user
