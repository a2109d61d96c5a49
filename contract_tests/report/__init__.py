"""What a run found out, for people and for machines.

Decides which formats there are and how a file is written. Every format is drawn from the same plain
data, starts with the same sentence, and knows no rule's meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from contract_tests.report.archive import archive_text
from contract_tests.report.data import json_text
from contract_tests.report.files import check_writable, write
from contract_tests.report.junit import junit_text
from contract_tests.report.markdown import markdown_text
from contract_tests.report.page import html_text
from contract_tests.report.sentence import headline
from contract_tests.report.table import print_report
from contract_tests.target import Misuse
from contract_tests.verdict import Report

__all__ = ["KINDS", "headline", "print_report", "write_report", "write_reports", "report_text", "check_writable"]


class Format(Protocol):
    """One way to write a report down."""

    def __call__(self, report: Report, *, strict: bool) -> str:
        """The report as text. strict: should-rules bind as must-rules do."""


_TEXTS: Final[Mapping[str, Format]] = {
    "json": json_text,
    "junit": junit_text,
    "html": html_text,
    "markdown": markdown_text,
    "har": archive_text,
}

KINDS: Final = tuple(_TEXTS)
"""The formats that can be written to a file."""


def report_text(report: Report, kind: str, *, strict: bool = False) -> str:
    """The report in one of KINDS. strict: should-rules bind as must-rules do."""
    return _TEXTS[kind](report, strict=strict)


def write_report(report: Report, kind: str, path: Path, *, strict: bool = False) -> None:
    """Write the report in one of KINDS; the file is complete or not there. Raises Misuse."""
    write(path, report_text(report, kind, strict=strict))


def write_reports(report: Report, files: Mapping[str, Path], *, strict: bool = False) -> list[str]:
    """Write `files` (format → path), each whatever becomes of the others; gives a sentence for each that failed."""
    failed = []
    for kind, path in files.items():
        try:
            write_report(report, kind, path, strict=strict)
        except Misuse as error:
            failed.append(str(error))
    return failed
