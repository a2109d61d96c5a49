"""The report as Markdown, for a CI job's summary.

Decides what fits a page that is glanced at: the headline, what is broken with a script each, what is open.
GitHub takes at most 1 MiB of it. What a target says is never markup here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from contract_tests.report.sentence import Standing, counts, end, failures, headline, why
from contract_tests.report.telling import script
from contract_tests.verdict import Failure, Level, Report, Result

LONGEST: Final = 900_000
"""How many bytes a summary may have, with room for others of the same job."""

_MARKS: Final = {"green": "✅", "failed": "❌", "inconclusive": "⚠️"}
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|&~$@])")
_BLANK: Final = re.compile(r"[\x00-\x1f\x7f\s]+")
_CUT: Final = "\n\n(There is more: see the other reports.)\n"


def markdown_text(report: Report, *, strict: bool = False) -> str:
    """The summary."""
    whole = "\n".join(_lines(report, strict=strict)) + "\n"
    kept = whole.encode("utf-8", "backslashreplace")
    if len(kept) <= LONGEST:
        return kept.decode()
    # At the end of a failure, so that no block of code is left open.
    return kept[:LONGEST].decode("utf-8", "ignore").rpartition("\n</details>")[0] + "\n</details>" + _CUT


def _lines(report: Report, *, strict: bool) -> Iterator[str]:
    outcome = end(report, strict=strict)
    yield f"## {_MARKS[outcome]} fixtura, {_plain(report.api)}: {outcome}\n"
    yield f"{headline(report)}. {report.requests} requests in {report.duration_s:.1f} s, seed {report.seed}.\n"
    if report.lost:
        yield f"The target was lost: {_plain(report.lost)}\n"
    yield from _levels(report)
    broken = list(failures(report))
    if broken:
        yield "\n### Broken\n"
    for result, failure in broken:
        yield from _broken(report, result, failure)
    still_open = [result for result in report.results if why(result)]
    if still_open:
        yield "\n<details><summary>Not settled: " + f"{len(still_open)} rules</summary>\n"
        yield "| Rule | Level | Why |\n| --- | --- | --- |"
        for result in still_open:
            yield f"| {result.rule.id} | {result.rule.level.value} | {_plain(why(result))} |"
        yield "\n</details>"
    for note in report.notes:
        yield f"\n{_plain(note)}."


def _levels(report: Report) -> Iterator[str]:
    yield "| Level | " + " | ".join(kind.value for kind in Standing) + " |"
    yield "| --- |" + " ---: |" * len(Standing)
    for level in Level:
        held = counts(report, level)
        if held:
            yield f"| {level.value} | " + " | ".join(str(held[kind]) for kind in Standing) + " |"


def _broken(report: Report, result: Result, failure: Failure) -> Iterator[str]:
    rule = result.rule
    where = f" (`{failure.operation}`)" if failure.operation else ""
    yield f"* **{rule.id}** ({rule.level.value}): {_plain(rule.statement)}{where}"
    for name, said in (("expected", failure.expected), ("seen", failure.seen), ("source", rule.source)):
        yield f"  * {name}: {_plain(said)}"
    text = script(report, result, failure)
    if text:
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        yield f"\n<details><summary>{rule.id} as curl lines</summary>\n\n{fence}sh\n{text}\n{fence}\n\n</details>\n"


def _plain(text: str) -> str:
    """One line of text that means itself."""
    return _MARKUP.sub(r"\\\1", _BLANK.sub(" ", text))
