"""Does a page of 200 assets cost more out of 100,000 than out of 1,000? Xero's list, in several orders.

The calls alternate between the two, so that a noisy moment hits both; the figure is the ratio of medians.
"""

from __future__ import annotations

from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.registers import Registers

SMALL, LARGE, TIMES, GOAL = 1_000, 100_000, 30, 2
QUERIES = {
    "first page": "",
    "last page": "&page={last}",
    "middle page, by name": "&orderBy=AssetName&page={middle}",
    "middle page, by price, descending": "&orderBy=PurchasePrice&sortDirection=DESC&page={middle}",
}


def measure(console: Console, small: int = SMALL, large: int = LARGE) -> None:
    """Print the median of each page out of both registers, and their ratio."""
    with console.status(f"making {large:,} drafts"):
        registers = {size: Registers(size) for size in (small, large)}
    table = Table(
        "GET /Assets, 200 of",
        f"{small:,}",
        f"{large:,}",
        "ratio",
        title=f"Medians of {TIMES}, µs; goal: within {GOAL} times",
    )
    for name, query in QUERIES.items():
        took: dict[int, list[int]] = {size: [] for size in registers}
        for _ in range(TIMES):
            for size, one in registers.items():
                path = "/Assets?status=DRAFT&pageSize=200" + query.format(last=size // 200, middle=size // 400 + 1)
                nanoseconds, page = one.get(path)
                assert len(page["items"]) == 200
                took[size].append(nanoseconds)
        low, high = median(took[small]), median(took[large])
        table.add_row(name, f"{low / 1000:,.0f}", f"{high / 1000:,.0f}", f"{high / low:.2f}")
    console.print(table)
    for one in registers.values():
        one.close()
