"""What does one posted value update cost in memory? Both lines and all indexes, measured as growth."""

from __future__ import annotations

import gc
import tracemalloc

import psutil
from rich.console import Console

from benchmarks.books import Books

ENTRIES, GOAL = 100_000, 2_500


def measure(console: Console, entries: int = ENTRIES) -> None:
    """Print bytes per posted value update: as Python allocates, and as the process grows."""
    books, process = Books(1_000), psutil.Process()
    gc.collect()
    resident = process.memory_info().rss
    books.fill(entries)
    gc.collect()
    grown = process.memory_info().rss - resident
    tracemalloc.start()
    books.fill(entries)
    gc.collect()
    allocated = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    books.close()
    console.print(
        f"Memory per posted value update: {allocated / entries:,.0f} bytes allocated,"
        f" {grown / entries:,.0f} bytes of resident growth (goal: under {GOAL:,})\n"
    )
