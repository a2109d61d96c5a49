"""Does a reply keep the document?

Decides which rule a reply breaks, and how firmly: what the vendor documents is must, what the
document only infers is should, what is chosen is not looked at. Knows no API and no history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jsonschema_rs import Draft202012Validator

from contract_tests.call import Call, NotJson, Reply
from contract_tests.checks import rules
from contract_tests.checks.requests import RequestJudge
from contract_tests.patience import asks_for_patience
from contract_tests.recorder import Recorder
from contract_tests.verdict import Failure, Rule, Step
from spec import Api, Document, Operation, Response, json_schema, operations

JUDGED: Final = "replies judged by the document"
"""The name under which they are counted."""

_JSON: Final = "application/json"
_REASONS: Final = 3  # how many reasons a finding names
_LONGEST: Final = 300  # characters of one reason


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule that a reply breaks: what was seen, and what was expected instead."""

    rule_id: str
    seen: str
    expected: str


class ReplyJudge:
    """Judges any reply of one API. Schemas are compiled once, when first met; safe in threads."""

    def __init__(self, api: Api) -> None:
        self._requests = RequestJudge(api)
        self._documented = _Reading(api.documented)
        self._judged = _Reading(api.judged)

    def judge(self, call: Call, reply: Reply) -> tuple[Problem, ...]:
        """What is wrong with the reply, a rule at most once; () for a call that names no operation.

        A server that asks for patience is never wrong. Of a finding that rests on documented parts,
        nothing is repeated under the rule for inferred ones.
        """
        if not self.speaks_of(call, reply):
            return ()
        if reply.status >= 500:
            return (self._crash(call, reply),)
        firm = self._documented.problems(call, reply)
        if firm:
            return firm
        soft = self._judged.problems(call, reply)[:1]
        return tuple(Problem(rules.INFERRED.id, problem.seen, problem.expected) for problem in soft)

    def looks_at(self, call: Call, reply: Reply) -> tuple[Rule, ...]:
        """The rules that `judge` looks at for this reply."""
        if not self.speaks_of(call, reply):
            return ()
        allowed = self._requests.allows(call)
        looked = [rules.NO_CRASH if allowed else rules.ROBUST]
        if reply.status < 500:
            if call.operation_id in self._documented.operations:
                looked += [rules.STATUS, rules.MEDIA, rules.SCHEMA]
            looked.append(rules.INFERRED)
        return tuple(looked)

    def speaks_of(self, call: Call, reply: Reply) -> bool:
        """Whether the document says anything of such a reply."""
        return call.operation_id in self._judged.operations and not asks_for_patience(reply)

    def record(self, recorder: Recorder, history: Sequence[Step], seed: int) -> tuple[Problem, ...]:
        """Judge the last step of a history, put the outcome on record, and return what is wrong."""
        call, reply = history[-1].call, history[-1].reply
        problems = self.judge(call, reply)
        for problem in problems:
            recorder.fail(
                Failure(problem.rule_id, call.operation_id, problem.seen, problem.expected, tuple(history), seed)
            )
        self.count(recorder, call, reply, problems)
        return problems

    def count(self, recorder: Recorder, call: Call, reply: Reply, problems: Sequence[Problem]) -> None:
        """Put on record what was looked at and held, beside the `problems` that were found."""
        broken = {problem.rule_id for problem in problems}
        looked_at = self.looks_at(call, reply)
        for rule in looked_at:
            if rule.id not in broken:
                recorder.observe(rule.id)
        if looked_at:
            recorder.reach(JUDGED)

    def _crash(self, call: Call, reply: Reply) -> Problem:
        allowed = self._requests.allows(call)
        rule = rules.NO_CRASH if allowed else rules.ROBUST
        expected = "a declared status: the document allows this request" if allowed else "a refusal, 4xx"
        return Problem(rule.id, f"status {reply.status}", expected)


class _Reading:
    """One reading of the document: with what is only inferred, or without."""

    def __init__(self, document: Document) -> None:
        self.operations: Mapping[str, Operation] = {
            operation.operation_id: operation for operation in operations(document)
        }
        self._document = document
        self._validators: dict[tuple[str, str], Draft202012Validator] = {}

    def problems(self, call: Call, reply: Reply) -> tuple[Problem, ...]:
        operation = self.operations.get(call.operation_id)
        if operation is None:
            return ()
        response = operation.response(reply.status)
        if response is None:
            declared = ", ".join(operation.responses)
            return (Problem(rules.STATUS.id, f"status {reply.status}", f"one of {declared}"),)
        found = [*_missing_headers(response, reply)]
        if response.schema is not None:
            found += self._body_problems(operation, response, response.schema, reply)
        return tuple({problem.rule_id: problem for problem in reversed(found)}.values())

    def _body_problems(self, operation: Operation, response: Response, schema: Document, reply: Reply) -> list[Problem]:
        media = (reply.header("content-type") or "").partition(";")[0].strip().lower()
        if media != _JSON:
            return [Problem(rules.MEDIA.id, f"content-type {media or 'missing'}", _JSON)]
        try:
            data = reply.json()
        except NotJson as error:
            if isinstance(error.__cause__, RecursionError):
                return []  # nested deeper than we can read, which is no fault of the server
            return [Problem(rules.MEDIA.id, f"a body that is not JSON: {error}", "one JSON text")]
        expected = f"what the document declares for {operation.operation_id} with status {response.status}"
        reasons = self._reasons(operation, response, schema, data)
        return [Problem(rules.SCHEMA.id, "; ".join(reasons), expected)] if reasons else []

    def _reasons(self, operation: Operation, response: Response, schema: Document, data: Any) -> list[str]:
        key = (operation.operation_id, response.status)
        if key not in self._validators:
            compiled = Draft202012Validator(json_schema(self._document, schema), validate_formats=True)
            self._validators[key] = compiled
        try:
            return _told(self._validators[key], data)
        except UnicodeEncodeError:
            return ["a text that is not Unicode: it holds half of a surrogate pair"]
        except ValueError:  # nested deeper than the validator goes
            return []


def _told(validator: Draft202012Validator, data: Any) -> list[str]:
    if validator.is_valid(data):
        return []
    reasons = []
    for error in validator.iter_errors(data):
        place = "/".join(str(key) for key in error.instance_path)
        reasons.append(f"/{place}: {error.message}"[:_LONGEST])
        if len(reasons) == _REASONS:
            break
    return reasons


def _missing_headers(response: Response, reply: Reply) -> list[Problem]:
    wanted = [name for name, required in response.headers.items() if required and reply.header(name) is None]
    return [Problem(rules.MEDIA.id, f"no header {', '.join(wanted)}", f"declared for {response.status}")] * bool(wanted)
