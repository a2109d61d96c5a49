"""Handlers of /ledger: accounts, chart, balances and lines.

Decides how the chart becomes a tree. Balances come rolled up from the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from mock_server.apis.layer import admission, paging, reading, wire
from mock_server.apis.layer.words import BASES, KINDS, NORMALITIES, SORTS
from mock_server.domain.accounts import Account
from mock_server.domain.entries import EVER, Days
from mock_server.domain.journal import Basis
from mock_server.domain.refused import Code
from mock_server.domain.statements import rolled_up
from mock_server.surface import Answer, Request

POINTERS: Final = {Code.WRONG_CLASS: "/account_type", Code.TOO_DEEP: "/parent_id"}


def open_account(request: Request) -> Answer:
    """Open an account under another one, or answer the one with the same stable name."""
    body = request.body
    account, new = admission.business(request).book.chart.open(
        body["name"],
        parent=reading.account(body["parent_id"], "/parent_id"),
        kind=KINDS[body["account_type"]],
        normality=NORMALITIES[body["normality"]],
        subtype=body["account_subtype"],
        key=body.get("stable_name"),
    )
    return Answer(201 if new else 200, {"data": wire.account(account)})


def chart(request: Request) -> Answer:
    """The chart as a tree."""
    accounts = tree(admission.business(request).book.chart, wire.account, below="sub_accounts")
    return Answer(200, {"data": {"type": "Chart_Of_Accounts", "accounts": accounts}})


def accounts_with_balances(request: Request) -> Answer:
    """The chart as a tree, with accrual balances of everything."""
    return _balances(request, Basis.ACCRUAL, EVER)


def balances(request: Request) -> Answer:
    """The chart as a tree, with balances or movements of the days asked for."""
    query = request.query
    return _balances(request, BASES[query.get("reporting_basis", "ACCRUAL")], reading.days(query))


def lines(request: Request) -> Answer:
    """One page of an account's own lines."""
    business, query = admission.business(request), request.query
    found = business.book.ledger.page_of_lines(
        admission.account(request),
        paging.ask(request),
        sort=SORTS[query["sort_by"]],
        days=reading.days(query),
    )
    return paging.answer(request, found, lambda line: wire.account_line(business, line))


HANDLERS: Final = {
    "business.ledger.accounts.post": open_account,
    "business.ledger.accounts.get": accounts_with_balances,
    "business.ledger.chart.get": chart,
    "business.ledger.balances.get": balances,
    "business.ledger.accounts.accountId.lines.get": lines,
}


def tree(
    accounts: Iterable[Account], shape: Callable[[Account], dict[str, Any]], *, below: str
) -> list[dict[str, Any]]:
    """Accounts, parents before children, as nested shapes; `below` names the member that holds the children."""
    roots: list[dict[str, Any]] = []
    nodes: dict[Account, list[dict[str, Any]]] = {}
    for account in accounts:
        children: list[dict[str, Any]] = []
        siblings = roots if account.parent is None else nodes[account.parent]
        siblings.append({**shape(account), below: children})
        nodes[account] = children
    return roots


def _balances(request: Request, basis: Basis, days: Days) -> Answer:
    book = admission.business(request).book
    sums = rolled_up(book.chart, book.ledger, basis=basis, days=days)
    accounts = tree(
        book.chart, lambda account: {**wire.account(account), "balance": sums[account]}, below="sub_accounts"
    )
    return Answer(200, {"data": {"type": "Ledger_Balances", "accounts": accounts}})
