"""Do costs grow with history? The same calls on books with 1,000 and with 1,000,000 posted entries.

The calls alternate between the two, so that a noisy moment hits both; the figure is the ratio of medians.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.books import Books

SMALL, LARGE, TIMES, GOAL = 1_000, 1_000_000, 300, 2


def measure(console: Console, small: int = SMALL, large: int = LARGE) -> None:
    """Print the median of each call on both books, and their ratio."""
    with console.status(f"posting {large:,} entries"):
        books = Books(small), Books(large)
    calls = [_calls(each) for each in books]
    table = Table(
        "Call",
        f"{small:,} entries",
        f"{large:,} entries",
        "ratio",
        title=f"Medians of {TIMES}, µs; goal: within {GOAL} times",
    )
    for name in calls[0]:
        took: tuple[list[int], list[int]] = ([], [])
        for _ in range(TIMES):
            for times, each in zip(took, calls, strict=True):
                times.append(each[name]())
        low, high = median(took[0]), median(took[1])
        table.add_row(name, f"{low / 1000:,.0f}", f"{high / 1000:,.0f}", f"{high / low:.2f}")
    console.print(table)
    for measured in books:
        measured.close()


def _calls(books: Books) -> Mapping[str, Callable[[], int]]:
    """Name → a call that tells how many nanoseconds it took."""
    update = books.call("POST", "/assets/value-updates", books.update())[1]["data"]["id"]
    entry = books.call("GET", "/ledger/entries?limit=1")[1]["data"][0]["id"]
    account = books.asset["ledger_account"]["id"]["id"]
    accumulated = books.asset["accumulated_depreciation_account"]["id"]["id"]

    def post() -> int:
        books.entries += 1
        return books.call("POST", "/assets/value-updates", books.update())[0]

    calls: dict[str, Callable[[], int]] = {
        "POST value update": post,
        "GET value update": lambda: books.call("GET", f"/assets/value-updates/{update}")[0],
        "GET entry": lambda: books.call("GET", f"/ledger/entries/{entry}")[0],
        "GET balances": lambda: books.call("GET", "/ledger/balances")[0],
        "GET balances, as of the middle": lambda: books.call("GET", "/ledger/balances?end_date=2012-05-01T00:00:00Z")[
            0
        ],
        "GET balance sheet": lambda: books.call(
            "GET", "/reports/balance-sheet?effective_date=2012-05-01T00:00:00Z&reporting_basis=ACCRUAL"
        )[0],
        "GET lines of a quiet account": lambda: books.call("GET", f"/ledger/accounts/{account}/lines?limit=50")[0],
    }
    for name, path in {
        "value updates": "/assets/value-updates?limit=50",
        "value updates, newest first": "/assets/value-updates?limit=50&sort_order=DESC",
        "entries": "/ledger/entries?limit=50",
        "lines": f"/ledger/accounts/{accumulated}/lines?limit=50",
    }.items():
        calls[f"GET {name}, first page"] = _page(books, path)
        calls[f"GET {name}, middle page"] = _page(books, f"{path}&cursor={_deep(books, path)}")
    return calls


def _page(books: Books, path: str) -> Callable[[], int]:
    return lambda: books.call("GET", path)[0]


def _deep(books: Books, path: str) -> Any:
    """The cursor of the page in the middle of the list."""
    limit = min(1_000, books.entries // 4)
    longer, cursor = path.replace("limit=50", f"limit={limit}"), ""
    for _ in range(books.entries // 2 // limit):
        page = books.call("GET", longer + (f"&cursor={cursor}" if cursor else ""))[1]
        cursor = page["meta"]["pagination"]["cursor"]
    return cursor
