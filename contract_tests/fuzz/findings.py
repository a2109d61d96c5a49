"""What generated exchanges show.

Decides which rule an exchange speaks of: replies are judged by the same judge as everywhere else,
and Schemathesis' own verdict counts only where it knows more, that is how a request was made. Of
several failures of a rule on one operation the smallest request is kept. Knows no API.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from contract_tests.call import Call, Reply
from contract_tests.checks import rules
from contract_tests.checks.replies import ReplyJudge
from contract_tests.checks.requests import RequestJudge
from contract_tests.driver import Metered
from contract_tests.fuzz.job import ACCEPTANCE, REJECTION
from contract_tests.patience import retry_after_s
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.verdict import Failure, Rule, Step
from contract_tests.wire import is_credential

ACCEPTED_BY: Final = "operations that accepted a generated request"
"""The name under which those operations are counted, each once."""

_NOT_OURS: Final = frozenset(
    {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length", "x-schemathesis-testcaseid"}
)
_TOLD: Final = 300  # characters of a refusal's text


class Findings:
    """Takes exchanges in, puts observations on record at once and failures when `flush` is called."""

    def __init__(self, session: Session, replies: ReplyJudge, requests: RequestJudge) -> None:
        self._session = session
        self._replies = replies
        self._requests = requests
        self._smallest: dict[tuple[str, str], tuple[int, Failure]] = {}
        self._steps: dict[str, tuple[Step, str | None]] = {}
        self._accepted: set[str] = set()
        self.exchanges = 0

    def take(self, exchange: Mapping[str, Any]) -> None:
        """Judge one exchange as the engine tells it."""
        self.exchanges += 1
        step = self._step(exchange)
        self._steps[exchange["id"]] = (step, exchange["parent"])
        self._session.took(step.call, step.reply)
        if (wait := retry_after_s(step.reply)) is not None:
            if isinstance(self._session.driver, Metered):
                self._session.driver.meter.plead(wait)
            return
        history = self._history(exchange["id"])
        self._judge_reply(history)
        if step.call.operation_id:
            self._judge_request(exchange, history)

    def flush(self) -> None:
        """Put the failures on record."""
        for _, failure in self._smallest.values():
            self._session.recorder.fail(failure)

    def _judge_reply(self, history: Sequence[Step]) -> None:
        call, reply = history[-1].call, history[-1].reply
        problems = self._replies.judge(call, reply)
        for problem in problems:
            self._fail(problem.rule_id, history, problem.seen, problem.expected)
        self._replies.count(self._recorder, call, reply, problems)

    def _judge_request(self, exchange: Mapping[str, Any], history: Sequence[Step]) -> None:
        call, reply = history[-1].call, history[-1].reply
        failed = set(exchange["failed"])
        negative = exchange["mode"] == "negative"
        if failed.intersection(REJECTION):
            # Schemathesis spoils a request by design; our own reading has to agree that it is spoiled.
            if not self._requests.allows(call):
                self._fail(rules.REFUSED.id, history, f"status {reply.status}", "a refusal: 4xx")
        elif negative and reply.refused:
            self._recorder.observe(rules.REFUSED.id)
        if ACCEPTANCE in failed:
            if self._requests.allows(call):
                self._fail(rules.ACCEPTED.id, history, _refusal(reply), "2xx, or a status that the profile knows")
        elif not negative and reply.status < 500:
            self._recorder.observe(rules.ACCEPTED.id)
        if not negative and reply.ok:
            if call.operation_id not in self._accepted:
                self._recorder.reach(ACCEPTED_BY)
            self._accepted.add(call.operation_id)
            self._recorder.reach(accepted(call.operation_id))

    def _fail(self, rule_id: str, history: Sequence[Step], seen: str, expected: str) -> None:
        call = history[-1].call
        failure = Failure(rule_id, call.operation_id, seen, expected, tuple(history), self._session.seed)
        size = sum(len(step.call.path) + len(str(step.call.query)) + len(step.call.body or b"") for step in history)
        known = self._smallest.get(failure.key)
        if known is None or (len(history), size) < (len(known[1].history), known[0]):
            self._smallest[failure.key] = (size, failure)

    def _history(self, exchange_id: str) -> list[Step]:
        """The exchange and those whose replies it was made from, oldest first."""
        steps: list[Step] = []
        following: str | None = exchange_id
        while following is not None and following in self._steps:
            step, following = self._steps[following]
            steps.insert(0, step)
        return steps

    def _step(self, exchange: Mapping[str, Any]) -> Step:
        target = self._session.target
        # Only the path is compared: clients spell a host in their own way.
        address = urlsplit(exchange["url"])
        path, query = address.path.removeprefix(urlsplit(target.base_url).path), address.query
        shared = _NOT_OURS | {name.lower() for name in target.headers}
        call = Call(
            method=exchange["method"],
            path=path,
            query=tuple(parse_qsl(query, keep_blank_values=True, errors="surrogateescape")),
            headers=tuple(
                (name, value)
                for name, value in exchange["headers"]
                if name.lower() not in shared and not is_credential(name)
            ),
            body=_unpacked(exchange["body"]),
            operation_id=exchange["operation_id"] if exchange["declared"] else "",
        )
        reply = Reply(
            status=exchange["status"],
            headers=tuple((name.lower(), value) for name, value in exchange["reply_headers"]),
            body=_unpacked(exchange["reply_body"]) or b"",
            started=exchange["ended"] - exchange["elapsed"],
            ended=exchange["ended"],
        )
        return Step(call, reply, note=f"{exchange['phase']}, {exchange['mode']}")

    @property
    def _recorder(self) -> Recorder:
        return self._session.recorder


def accepted(operation_id: str) -> str:
    """The name under which accepted generated requests of an operation are counted."""
    return f"{operation_id}: generated requests accepted"


def judged_rules() -> tuple[Rule, ...]:
    """The rules that only generated requests speak of."""
    return (rules.REFUSED, rules.ACCEPTED)


def _refusal(reply: Reply) -> str:
    return f"status {reply.status}: {reply.body[:_TOLD].decode('utf-8', 'replace')}"


def _unpacked(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
