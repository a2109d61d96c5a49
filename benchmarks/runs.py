"""How long does a depreciation run take? 10,000 assets of every method, five years at once and then month by month."""

from __future__ import annotations

from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from benchmarks.registers import Registers

ASSETS = 10_000
RUNS = {
    "60 months at once": "2024-12-31",
    "the month after them": "2025-01-31",
    "the same month again": "2025-01-31",
}


def measure(console: Console, assets: int = ASSETS) -> None:
    """Print how long each run took, and how many journals it posted."""
    with console.status(f"registering {assets:,} assets"):
        registers = Registers(assets, registered=True)
    table = Table("Run", "journals", "seconds", "CPU seconds", "µs/journal", title=f"Depreciation of {assets:,} assets")
    for name, through in RUNS.items():
        wall, cpu = perf_counter(), process_time()
        posted = registers.control("control.depreciation.post", {"through": through})["journals"]
        wall, cpu = perf_counter() - wall, process_time() - cpu
        each = f"{cpu / posted * 1e6:.0f}" if posted else ""
        table.add_row(name, f"{posted:,}", f"{wall:.2f}", f"{cpu:.2f}", each)
    console.print(table)
    registers.close()
