"""The failing histories as an HTTP archive (HAR)."""

from __future__ import annotations

import json

from contract_tests.history import har
from contract_tests.report.sentence import end, failures, headline
from contract_tests.report.telling import origin_of, title
from contract_tests.verdict import Report


def archive_text(report: Report, *, strict: bool = False) -> str:
    """The archive as JSON text: one page for each failing history, and the headline as its comment."""
    told = ((title(result, failure), failure.history) for result, failure in failures(report))
    archive = har(told, origin_of(report))
    archive["log"]["comment"] = f"{end(report, strict=strict)}: {headline(report)}"
    return json.dumps(archive, indent=1) + "\n"
