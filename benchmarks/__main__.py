"""`make bench`: every measurement, one after the other; `python -m benchmarks growth` runs one of them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich.console import Console

from benchmarks import growth, holdings, lists, memory, runs, throughput

MEASUREMENTS: dict[str, Callable[[Console], None]] = {
    "throughput": throughput.measure,
    "growth": growth.measure,
    "memory": memory.measure,
    "lists": lists.measure,
    "holdings": holdings.measure,
    "runs": runs.measure,
}


def main() -> None:
    """Run the measurements named on the command line, or all."""
    console = Console()
    for name in sys.argv[1:] or MEASUREMENTS:
        if name not in MEASUREMENTS:
            sys.exit(f"no such measurement: {name}; there are {', '.join(MEASUREMENTS)}")
        MEASUREMENTS[name](console)


main()
