"""Schemathesis' engine, in a process of its own: `python -m contract_tests.fuzz.engine`.

The only file that knows Schemathesis, whose engine and events are not public: the minor version is
pinned. Reads one job from standard input and writes one JSON line for each exchange and each phase
to standard output. It judges nothing.

It has its own process because importing Schemathesis changes Hypothesis for everybody in it, and
because a process can be ended at its deadline.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import schemathesis
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks
from schemathesis.engine import Status, events, from_schema

from contract_tests.call import Reply
from contract_tests.fuzz.tame import Tamer
from contract_tests.patience import LONGEST_WAIT_S, retry_after_s

_UNAUTHORIZED: Final = 401

Emit = Callable[[dict[str, Any]], None]
Hear = Callable[[], Any]


def main() -> None:
    """Do the job that standard input holds, until it is done or its time is up."""
    st.text().validate()  # makes Hypothesis load its tables of Unicode while the job is not there yet
    job = json.loads(sys.stdin.buffer.readline())
    run(job, _emit, lambda: json.loads(sys.stdin.buffer.readline()))


def run(job: dict[str, Any], emit: Emit, hear: Hear) -> None:
    """Tell what happens: {"exchange": ...}, {"phase": name}, {"trouble": text}, {"done": reason}.

    A job that `asks` says {"leave": refused token or None} before each request, and hears the token to show.
    """
    config = schemathesis.Config.from_dict(job["config"])
    schema = schemathesis.openapi.from_dict(job["document"], config=config)
    tamer = Tamer(job["specimens"], job["seed"], job["prefix"], job["marks"])
    leave = Leave(emit, hear) if job["asks"] else None
    _turn_to_real_records(tamer, job["proxies"], leave)
    _tell_every_exchange(emit, leave)
    for event in from_schema(schema).execute():
        if isinstance(event, events.PhaseStarted):
            emit({"phase": event.phase.name.value})
        elif isinstance(event, events.NonFatalError):
            emit({"trouble": f"{event.label}: {event.info.title}: {event.info.message}"})
        elif isinstance(event, events.FatalError):
            emit({"trouble": f"{type(event.exception).__name__}: {event.exception}"})
        elif isinstance(event, events.EngineFinished):
            emit({"done": event.stop_reason.value})


class Leave:
    """What is asked before each request: whether it may go out, and with which token."""

    def __init__(self, emit: Emit, hear: Hear) -> None:
        self._emit = emit
        self._hear = hear
        self._shown: str | None = None
        self._refused: str | None = None

    def ask(self) -> str | None:
        """Wait for leave; gives the token to show."""
        self._emit({"leave": self._refused})
        self._shown, self._refused = self._hear()["token"], None
        return self._shown

    def answered(self, status: int) -> None:
        """The request was answered so."""
        self._refused = self._shown if status == _UNAUTHORIZED else None


def _turn_to_real_records(tamer: Tamer, proxies: Mapping[str, str], leave: Leave | None) -> None:
    """A hook for this process, which does one job only; `before_call` is the one that runs in every phase."""

    @schemathesis.hook
    def before_call(_context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        if proxies:
            kwargs["proxies"] = dict(proxies)
        if leave is not None and (token := leave.ask()) is not None:
            case.headers["Authorization"] = f"Bearer {token}"
        name = case.operation.definition.raw.get("operationId", "")
        if case.meta is None or case.meta.generation.mode.is_negative:
            if isinstance(case.body, dict):  # a server may accept it all the same
                case.body = tamer.marked(case.body, name, add=False)
            return
        last = case.method == "DELETE"
        if case.meta.phase.name.value != "stateful":  # there, links bring real ids
            parameters = case.path_parameters.items()
            case.path_parameters = {name: tamer.parameter(name, old, ends_life=last) for name, old in parameters}
        if isinstance(case.body, dict | list):
            case.body = tamer.marked(tamer.body(case.body), name, add=case.method == "POST")


def _tell_every_exchange(emit: Emit, leave: Leave | None) -> None:
    """A check that fails nothing and runs after all others, so that it sees what they found."""
    load_all_checks()

    @schemathesis.check
    def told(context: Any, response: Any, case: Any) -> None:
        recorder = context.internals.recorder
        node = recorder.cases.get(case.id)
        request, meta = response.request, case.meta
        found = recorder.checks.get(case.id, ())
        exchange = {
            "id": case.id,
            "parent": None if node is None else node.parent_id,
            "operation_id": case.operation.definition.raw.get("operationId", ""),
            "declared": case.operation.method.upper() == request.method,
            "mode": None if meta is None else meta.generation.mode.value,
            "phase": None if meta is None else meta.phase.name.value,
            "failed": [check.name for check in found if check.status is Status.FAILURE],
            "method": request.method,
            "url": request.url,
            "headers": [[_text(name), _text(value)] for name, value in request.headers.items()],
            "body": _packed(request.body),
            "status": response.status_code,
            "reply_headers": [[name, value] for name, values in response.headers.items() for value in values],
            "reply_body": _packed(response.content),
            "ended": time.monotonic(),  # the same clock in every process of a machine
            "elapsed": response.elapsed,
        }
        emit({"exchange": exchange})
        if leave is not None:
            leave.answered(response.status_code)
        time.sleep(patience_s(response.status_code, response.headers))


def patience_s(status: int, headers: Mapping[str, Sequence[str]]) -> float:
    """How long a server that gave such a reply is left alone, in seconds: 0 mostly, and never long."""
    asked = retry_after_s(Reply(status, tuple((name, value) for name, values in headers.items() for value in values)))
    return 0.0 if asked is None else min(asked, LONGEST_WAIT_S)


def _emit(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _packed(content: str | bytes | None) -> str | None:
    if content is None:
        return None
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return base64.b64encode(data).decode("ascii")


if __name__ == "__main__":
    main()
