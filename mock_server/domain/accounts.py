"""Accounts and the chart that they form.

Decides which accounts exist and how one is named by a caller. The chart's template is data that an
API hands over; its optional accounts are opened on first use. Knows no balances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from mock_server.domain.refused import Code, Refused
from mock_server.domain.undo import Undo

MOST_LEVELS: Final = 32
"""How deep accounts may be nested, the root included: every reading of the chart must be able to show them."""


class Normality(Enum):
    """The side on which an account grows."""

    DEBIT = 1
    CREDIT = -1

    def signed(self, minor: int) -> int:
        """Turn a debit-positive sum into a balance that is positive on this side, or back."""
        return minor if self is Normality.DEBIT else -minor


class Kind(Enum):
    """The class of an account; the last two are closed into equity (the rest is the balance sheet)."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    REVENUE = "revenue"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Template:
    """One account of the chart that every book of an API starts from.

    key: its name in the template, the same in every book. parent: the key of the account that it
    stands under, which comes before it in the template. subtype: the API's own finer class.
    required: opened with the book, not on first use.
    """

    key: str
    name: str
    kind: Kind
    normality: Normality
    subtype: str
    parent: str | None = None
    number: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """An account. It is never changed; what is posted to it is the ledger's affair."""

    id: str
    name: str
    kind: Kind
    normality: Normality
    subtype: str
    parent: Account | None
    number: str | None = None
    key: str | None = None

    @property
    def level(self) -> int:
        """1 for a root, and one more than its parent's for every other."""
        level, above = 1, self.parent
        while above is not None:
            level, above = level + 1, above.parent
        return level


@dataclass(frozen=True, slots=True)
class ById:
    """An account named by its id. at: the caller's label for a refusal (`Refused.at`)."""

    id: str
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ByKey:
    """An account named by its key. at: as in `ById`."""

    key: str
    at: str = field(default="", compare=False)


AccountRef = ById | ByKey | Account
"""How a command names an account; an account names itself."""


class Chart:
    """The accounts of one book, in the order in which they were opened: parents come before children."""

    __slots__ = ("_accounts", "_by_id", "_by_key", "_new_id", "_templates", "_undo")

    def __init__(self, templates: Sequence[Template], new_id: Callable[[], str], undo: Undo) -> None:
        self._templates = {template.key: template for template in templates}
        self._new_id = new_id
        self._undo = undo
        self._accounts: list[Account] = []
        self._by_id: dict[str, Account] = {}
        self._by_key: dict[str, Account] = {}
        with undo.command():
            for template in templates:
                if template.required:
                    self._instantiate(template)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts)

    def __len__(self) -> int:
        return len(self._accounts)

    def find(self, account_id: str) -> Account | None:
        """The account with that id."""
        return self._by_id.get(account_id)

    def keyed(self, key: str) -> Account | None:
        """The open account with that key; opens nothing."""
        return self._by_key.get(key)

    def resolve(self, ref: AccountRef) -> Account:
        """The account that a command names; an optional one of the template is opened now.

        Raises Refused (UNKNOWN_ACCOUNT).
        """
        if isinstance(ref, Account):
            return ref
        if isinstance(ref, ById):
            account = self._by_id.get(ref.id)
        else:
            account = self._by_key.get(ref.key)
            if account is None and ref.key in self._templates:
                account = self._instantiate(self._templates[ref.key])
        if account is None:
            named = f"the id {ref.id!r}" if isinstance(ref, ById) else f"the stable name {ref.key[:64]!r}"
            raise Refused(Code.UNKNOWN_ACCOUNT, f"There is no account with {named}.", ref.at)
        return account

    def open(
        self, name: str, *, parent: AccountRef | None, kind: Kind, normality: Normality, subtype: str, key: str | None
    ) -> tuple[Account, bool]:
        """Open an account, or find the one that has `key`. Returns it and whether it is new.

        Raises Refused: UNKNOWN_ACCOUNT; WRONG_CLASS where `kind` is not the parent's (a balance sheet
        has no place for it); TOO_DEEP.
        """
        with self._undo.command():
            if key is not None and (key in self._by_key or key in self._templates):
                known = key in self._by_key
                return self.resolve(ByKey(key)), not known
            above = None if parent is None else self.resolve(parent)
            if above is not None and kind is not above.kind:
                message = f"An account under {above.name!r} is of its class, {above.kind.value}; got {kind.value}."
                raise Refused(Code.WRONG_CLASS, message)
            account = Account(self._new_id(), name, kind, normality, subtype, above, key=key)
            self._add(account)
            return account, True

    def open_child(self, name: str, parent: Account) -> Account:
        """Open an account that takes after its parent. Only inside a command.

        Raises Refused (TOO_DEEP).
        """
        child = Account(self._new_id(), name, parent.kind, parent.normality, parent.subtype, parent)
        self._add(child)
        return child

    def _instantiate(self, template: Template) -> Account:
        parent = None if template.parent is None else self.resolve(ByKey(template.parent))
        account = Account(
            self._new_id(),
            template.name,
            template.kind,
            template.normality,
            template.subtype,
            parent,
            template.number,
            template.key,
        )
        self._add(account)
        return account

    def _add(self, account: Account) -> None:
        if account.level > MOST_LEVELS:
            message = f"Accounts may be nested {MOST_LEVELS} levels deep; {account.name[:64]!r} would be one more."
            raise Refused(Code.TOO_DEEP, message)
        self._undo.append(self._accounts, account)
        self._undo.put(self._by_id, account.id, account)
        if account.key is not None:
            self._undo.put(self._by_key, account.key, account)
