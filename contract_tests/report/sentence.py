"""The first line of every output.

Decides the words for how a run ended: how many must-rules were observed, of how many, comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum

from contract_tests.verdict import Failed, Failure, Level, Passed, Report, Result, Unknown, Unobservable


class Standing(Enum):
    """A verdict in one word, as every format spells it."""

    FAILED = "failed"
    UNKNOWN = "unknown"
    UNOBSERVABLE = "unobservable"
    PASSED = "passed"


_STANDINGS = {
    Passed: Standing.PASSED,
    Failed: Standing.FAILED,
    Unobservable: Standing.UNOBSERVABLE,
    Unknown: Standing.UNKNOWN,
}
_ENDS = {0: "green", 1: "failed", 3: "inconclusive"}


def standing(result: Result) -> Standing:
    """A rule's verdict in one word."""
    return _STANDINGS[type(result.verdict)]


def observations(result: Result) -> int:
    """How often the rule was looked at."""
    return 0 if isinstance(result.verdict, Unobservable) else result.verdict.observations


def why(result: Result) -> str:
    """Why a verdict is not settled; "" when it is."""
    return result.verdict.why if isinstance(result.verdict, Unknown | Unobservable) else ""


def failures(report: Report) -> Iterator[tuple[Result, Failure]]:
    """Every failure with its rule, must-rules first, else in the order of the report."""
    order = list(Level)
    for result in sorted(report.results, key=lambda found: order.index(found.rule.level)):
        if isinstance(result.verdict, Failed):
            yield from ((result, failure) for failure in result.verdict.failures)


def counts(report: Report, level: Level) -> Counter[Standing]:
    """How many rules of a level stand how."""
    return Counter(standing(result) for result in report.results if result.rule.level is level)


def end(report: Report, *, strict: bool = False) -> str:
    """How the run ended: green, failed or inconclusive."""
    return _ENDS[report.exit_status(strict=strict)]


def headline(report: Report) -> str:
    """How many must-rules were observed, of how many, and what became of them.

    A rule is observed once it has been looked at, whatever was seen.
    """
    must = [result for result in report.results if result.rule.level is Level.MUST]
    seen = sum(1 for result in must if observations(result))
    by_standing = counts(report, Level.MUST)
    should = counts(report, Level.SHOULD)
    parts = [f"{seen} of {len(must)} must-rules observed"]
    parts.append(f"{by_standing[Standing.FAILED]} failed" if by_standing[Standing.FAILED] else "none failed")
    if by_standing[Standing.UNKNOWN]:
        parts.append(f"{by_standing[Standing.UNKNOWN]} inconclusive")
    if by_standing[Standing.UNOBSERVABLE]:
        parts.append(f"{by_standing[Standing.UNOBSERVABLE]} not observable on this target")
    if should[Standing.FAILED]:
        plural = "s" if should[Standing.FAILED] > 1 else ""
        parts.append(f"{should[Standing.FAILED]} should-rule{plural} failed")
    if report.interrupted:
        parts.append("interrupted")
    if report.lost:
        parts.append("the target was lost")
    return ", ".join(parts)
