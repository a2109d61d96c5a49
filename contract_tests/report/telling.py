"""A failure as text that can be run.

Decides the title of a failing history and falls back to a literal retelling where the report does
not know where it was recorded.
"""

from __future__ import annotations

from contract_tests.history import curl_script
from contract_tests.origin import Origin
from contract_tests.verdict import Failure, Report, Result


def origin_of(report: Report) -> Origin:
    """Where the report's histories were recorded."""
    return report.origin or Origin(report.target)


def title(result: Result, failure: Failure) -> str:
    """A failure in one line: the rule and the operation at fault."""
    where = f" ({failure.operation})" if failure.operation else ""
    return f"{result.rule.id}: {result.rule.statement}{where}"


def script(report: Report, result: Result, failure: Failure) -> str:
    """The failing history as a bash script; "" when there is none to play."""
    if not failure.history:
        return ""
    return curl_script(
        failure.history,
        origin_of(report),
        title=f"{title(result, failure)}\nsource: {result.rule.source}\nseed: {failure.seed}",
        expected=failure.expected,
        seen=failure.seen,
    )
