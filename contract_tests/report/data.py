"""The report as JSON.

Decides the names of its members, which scripts rely on: api, target, seed, requests, duration_s,
rules (id, level, statement, source, verdict, observations, failure), summary.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from contract_tests.call import NotJson, Reply
from contract_tests.report.sentence import Standing, counts, end, headline, observations, standing, why
from contract_tests.report.telling import script
from contract_tests.verdict import Failed, Failure, Level, Report, Result, Step


def json_text(report: Report, *, strict: bool = False) -> str:
    """The report as JSON text."""
    return json.dumps(report_data(report, strict=strict), indent=2, default=str) + "\n"


def report_data(report: Report, *, strict: bool = False) -> dict[str, Any]:
    """The report as JSON data."""
    return {
        "api": report.api,
        "target": report.target,
        "seed": report.seed,
        "requests": report.requests,
        "duration_s": round_s(report.duration_s),
        "rules": [_rule(report, result) for result in report.results],
        "summary": _summary(report, strict=strict),
    }


def round_s(seconds: float) -> float:
    """Seconds to the millisecond."""
    return int(seconds * 1000) / 1000


def _rule(report: Report, result: Result) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": result.rule.id,
        "level": result.rule.level.value,
        "statement": result.rule.statement,
        "source": result.rule.source,
        "verdict": standing(result).value,
        "observations": observations(result),
    }
    if isinstance(result.verdict, Failed):
        first, *others = result.verdict.failures
        told["failure"] = _failure(report, result, first)
        told["failure"]["others"] = [
            {"operation": other.operation, "seen": other.seen, "expected": other.expected} for other in others
        ]
    return told


def _failure(report: Report, result: Result, failure: Failure) -> dict[str, Any]:
    return {
        "operation": failure.operation,
        "seen": failure.seen,
        "expected": failure.expected,
        "seed": failure.seed,
        "history": [_step(step) for step in failure.history],
        "script": script(report, result, failure),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "note": step.note,
        "operation": step.call.operation_id,
        "who": step.call.who.value,
        "method": step.call.method,
        "path": step.call.path,
        "query": [list(pair) for pair in step.call.query],
        "body": None if step.call.body is None else step.call.body.decode("utf-8", "replace"),
        "status": step.reply.status,
        "reply": _reply(step.reply),
        "before": _figures(step.before),
        "after": _figures(step.after),
    }


def _reply(reply: Reply) -> Any:
    """A reply's body as JSON where it is, else as text."""
    try:
        return reply.json()
    except NotJson:
        return reply.body.decode("utf-8", "replace")


def _figures(figures: Mapping[str, int]) -> dict[str, int]:
    return dict(figures)


def _summary(report: Report, *, strict: bool) -> dict[str, Any]:
    return {
        "headline": headline(report),
        "outcome": end(report, strict=strict),
        "exit_status": report.exit_status(strict=strict),
        "interrupted": report.interrupted,
        "lost": report.lost,
        "notes": list(report.notes),
        "made": dict(report.made),
        "levels": {level.value: {kind.value: counts(report, level)[kind] for kind in Standing} for level in Level},
        "open": [{"id": result.rule.id, "why": why(result)} for result in report.results if why(result)],
        "reach": [
            {"name": reached.goal.name, "got": reached.got, "wanted": reached.goal.wanted, "missed": reached.missed}
            for reached in report.reach
        ],
    }
