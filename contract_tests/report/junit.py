"""The report as JUnit XML, for CI.

Decides how a verdict becomes a test result: a binding rule that failed is a failure, a binding rule
that is inconclusive an error, and whatever does not bind is passed or skipped with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from contract_tests.report.data import round_s
from contract_tests.report.sentence import Standing, headline, observations, standing, why
from contract_tests.report.telling import script
from contract_tests.verdict import Failed, Level, Report, Result

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_text(report: Report, *, strict: bool = False) -> str:
    """One test case for each rule, one suite for each level."""
    root = Element("testsuites", name=_clean(headline(report)))
    for level in Level:
        results = [result for result in report.results if result.rule.level is level]
        if results:
            _suite(root, report, level, results, binds=level is Level.MUST or (strict and level is Level.SHOULD))
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    root.set("time", str(round_s(report.duration_s)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, report: Report, level: Level, results: list[Result], *, binds: bool) -> None:
    suite = SubElement(root, "testsuite", name=f"fixtura.{report.api}.{level.value}", tests=str(len(results)))
    properties = SubElement(suite, "properties")
    facts = {"api": report.api, "target": report.target, "seed": report.seed, "requests": report.requests}
    _properties(properties, {**facts, "interrupted": str(report.interrupted).lower(), "lost": report.lost})
    _properties(properties, {f"note {number}": note for number, note in enumerate(report.notes, 1)})
    for result in results:
        _case(suite, report, result, binds=binds)
    for total, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(total, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("time", str(round_s(report.duration_s)))


def _case(suite: Element, report: Report, result: Result, *, binds: bool) -> None:
    rule = result.rule
    case = SubElement(
        suite,
        "testcase",
        classname=f"fixtura.{report.api}.{rule.level.value}",
        name=_clean(f"{rule.id} {rule.statement}"),
        time="0",
    )
    properties = SubElement(case, "properties")
    _properties(
        properties,
        {
            "id": rule.id,
            "level": rule.level.value,
            "source": rule.source,
            "verdict": standing(result).value,
            "observations": observations(result),
        },
    )
    if isinstance(result.verdict, Failed):
        first = result.verdict.failures[0]
        outcome = SubElement(case, "failure" if binds else "system-out")
        if binds:
            outcome.set("type", rule.id)
            outcome.set("message", _clean(f"expected {first.expected}; seen {first.seen}"))
        outcome.text = _clean(_story(report, result))
    elif standing(result) is Standing.UNKNOWN and binds:
        SubElement(case, "error", type="inconclusive", message=_clean(why(result)))
    elif why(result):
        SubElement(case, "skipped", message=_clean(why(result)))


def _story(report: Report, result: Result) -> str:
    assert isinstance(result.verdict, Failed)
    parts = [
        f"operation: {failure.operation}\nexpected: {failure.expected}\nseen: {failure.seen}"
        for failure in result.verdict.failures
    ]
    return "\n\n".join([*parts, f"source: {result.rule.source}", script(report, result, result.verdict.failures[0])])


def _properties(parent: Element, facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        SubElement(parent, "property", name=name, value=_clean(str(value)))


def _clean(text: str) -> str:
    """Text without what XML 1.0 has no way to write."""
    return _NOT_XML.sub("\ufffd", text)
