"""Calls of a target's control plane: where they go, what they carry, and how they are told again."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from contract_tests.asgi import AsgiDriver, InProcess
from contract_tests.call import Call, Reply, Who
from contract_tests.driver import HttpDriver
from contract_tests.history.archive import har
from contract_tests.history.captures import captures
from contract_tests.history.curl import curl_script
from contract_tests.host import hosted
from contract_tests.origin import Origin
from contract_tests.target import Misuse, Target
from contract_tests.tokens import Tokens
from contract_tests.verdict import Step
from contract_tests.wire import base_url, request_headers

TARGET = Target("http://here/v1", "toy", {"tenant": "t1"}, "secret", {"x-key": "k", "x-trace": "1"})
WITH_CONTROL = replace(TARGET, control_url="http://here/_control")
OPEN = Call("POST", "/tenants", control=True).with_json({})


def test_a_call_of_the_control_plane_goes_there_without_credentials() -> None:
    assert base_url(WITH_CONTROL, OPEN) == "http://here/_control"
    assert base_url(WITH_CONTROL, Call("GET", "/x")) == "http://here/v1"
    token = Tokens(WITH_CONTROL).shown_by(OPEN)
    names = {name for name, _ in request_headers(WITH_CONTROL, OPEN, token)}
    assert "x-trace" in names
    assert not names & {"authorization", "x-key"}


def test_a_target_without_a_control_plane_cannot_be_asked_there() -> None:
    with pytest.raises(Misuse, match="control_url"):
        base_url(TARGET, OPEN)


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers with the path and the headers that it was asked with."""
    if scope["type"] != "http":
        return
    await receive()
    said = {"path": scope["path"], "headers": {name.decode(): value.decode() for name, value in scope["headers"]}}
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(said).encode()})


CALL = Call("GET", "/tenants", headers=(("Idempotency-Key", "a"),), control=True)


def test_the_driver_in_process_asks_there_with_names_in_lower_case() -> None:
    with InProcess(echo) as app:
        told = AsgiDriver(WITH_CONTROL, app).send(CALL).json()
    assert told["path"] == "/_control/tenants"
    assert told["headers"]["idempotency-key"] == "a"


def test_the_driver_over_a_socket_asks_there() -> None:
    with hosted(echo) as url:
        target = replace(TARGET, base_url=f"{url}/v1", control_url=f"{url}/_control")
        with HttpDriver(target) as driver:
            assert driver.send(CALL).json()["path"] == "/_control/tenants"
            assert driver.send(Call("GET", "/x")).json()["path"] == "/v1/x"


def reply(**data: Any) -> Reply:
    return Reply(200, (("content-type", "application/json"),), json.dumps({"data": data}).encode(), 1.0, 2.0)


OPENED = Step(OPEN, reply(tenant_id="tenant-4711", token="token-0815"))
IN_IT = Step(
    Call("GET", "/x", headers=(("authorization", "Bearer token-0815"), ("tenant-id", "tenant-4711"))),
    replace(reply(), started=3.0, ended=4.0),
)
ORIGIN = Origin.of(WITH_CONTROL)


def test_ids_and_tokens_in_headers_are_captured() -> None:
    found = {capture.value: capture.name for capture in captures([OPENED, IN_IT])}
    assert found == {"tenant-4711": "TENANT_TENANT_ID", "token-0815": "TENANT_TOKEN"}


def test_a_history_with_a_tenant_of_its_own_is_told_with_variables() -> None:
    script = curl_script([OPENED, IN_IT], ORIGIN)
    assert "CONTROL_URL=${CONTROL_URL:-http://here/_control}" in script
    assert '"$CONTROL_URL"/tenants' in script
    assert "'authorization: Bearer '\"$TENANT_TOKEN\"" in script
    assert "'tenant-id: '\"$TENANT_TENANT_ID\"" in script
    assert "token-0815" not in script
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0


def test_a_control_call_is_told_without_a_token() -> None:
    script = curl_script([OPENED], ORIGIN)
    assert "TOKEN" not in script
    assert "X_KEY" not in script
    (entry,) = har([("", [OPENED])], ORIGIN)["log"]["entries"]
    assert entry["request"]["url"] == "http://here/_control/tenants"
    assert "authorization" not in {header["name"].lower() for header in entry["request"]["headers"]}


def test_a_call_on_anothers_behalf_is_told_as_before() -> None:
    step = Step(Call("GET", "/x", who=Who.OTHER), reply())
    assert "CONTROL_URL" not in curl_script([step], ORIGIN)
    assert "OTHER_TOKEN" in curl_script([step], ORIGIN)
