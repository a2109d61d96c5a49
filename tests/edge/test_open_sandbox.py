"""Whatever APIs there are: each is opened with books of its own, and refuses in its own documented words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest

import mock_server
import spec
from mock_server import Sandbox
from mock_server.sandbox.clock import SystemClock
from mock_server.sandbox.ids import SeededIds
from tests.edge.exchange import Headers, InProcess, Reply

NOWHERE = "99999999-9999-4999-8999-999999999999"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return mock_server.open_sandbox(seed=1)


@cache
def contract(name: str) -> spec.Api:
    return spec.load(name)


def everything() -> Iterator[tuple[str, spec.Operation]]:
    for name in spec.available():
        for operation in spec.operations(contract(name).served):
            yield name, operation


def target(sandbox: Sandbox, name: str, operation: spec.Operation, **values: str) -> str:
    scope = sandbox.instances[name].access.scope
    known = {contract(name).profile.scope[key].parameter: value for key, value in scope.items()}
    path = operation.path
    for parameter in operation.parameters:
        if parameter.where == "path":
            text = (known | values).get(parameter.name, NOWHERE)
            path = path.replace(f"{{{parameter.name}}}", text)
    return sandbox.base_paths[name] + path


def authorized(sandbox: Sandbox, name: str) -> Headers:
    """The token, and the scope where it is a header."""
    access, profile = sandbox.instances[name].access, contract(name).profile
    scope = [(profile.scope[key].parameter, value) for key, value in access.scope.items()]
    headers = [pair for pair in scope if profile.scope[_key(profile, pair[0])].where == "header"]
    return [("Authorization", f"Bearer {access.token}"), *headers]


def _key(profile: spec.Profile, parameter: str) -> str:
    return next(key for key, scope in profile.scope.items() if scope.parameter == parameter)


def conforms(name: str, operation: spec.Operation, reply: Reply) -> None:
    """The reply is documented, by another validator than the server's own."""
    response = operation.response(reply.status)
    assert response is not None, f"{operation.operation_id}: {reply.status} is not documented"
    assert reply.header("content-type") == "application/json"
    assert response.schema is not None
    schema = spec.json_schema(contract(name).served, response.schema)
    jsonschema.validate(reply.json(), schema)


@pytest.mark.parametrize(
    ("name", "operation"), list(everything()), ids=lambda value: getattr(value, "operation_id", "")
)
def test_each_operation_refuses_in_its_documented_shape(sandbox: Sandbox, name: str, operation: spec.Operation) -> None:
    """P1, and the order of the steps, for every document that is served."""
    exchange = InProcess(sandbox)
    here = target(sandbox, name, operation)
    headers = authorized(sandbox, name)
    if operation.secured:
        refused = exchange.send(operation.method, here, [], b"{")
        assert (refused.status, refused.header("www-authenticate")) == (401, 'Bearer realm="fixtura"')
        conforms(name, operation, refused)
    missing = exchange.send(operation.method, here + "/no/such/path", headers)
    assert missing.status == 404
    conforms(name, operation, missing)
    allowed = str(exchange.send("OPTIONS", here).header("allow")).split(", ")
    other = next(method for method in METHODS if method not in allowed)
    wrong = exchange.send(other, here, headers)
    assert wrong.status == 405
    assert str(wrong.header("allow")).split(", ") == allowed
    conforms(name, operation, wrong)


@pytest.mark.parametrize(
    ("name", "operation"),
    [
        (name, operation)
        for name, operation in everything()
        if operation.body is not None and "{" not in operation.path.rpartition("/")[2]
    ],
    ids=lambda value: getattr(value, "operation_id", ""),
)
def test_each_operation_with_a_body_refuses_bad_ones_in_its_documented_shape(
    sandbox: Sandbox, name: str, operation: spec.Operation
) -> None:
    exchange, here = InProcess(sandbox), target(sandbox, name, operation)
    headers: Any = authorized(sandbox, name)
    as_json = [*headers, ("Content-Type", "application/json")]
    for sent, body, status in [
        ([*headers, ("Content-Type", "text/plain")], b"{}", 415),
        (as_json, b" " * 3_000_000, 413),
        (as_json, b"{", 400),
        (as_json, b"[]", 400),
        (as_json, b"", 400),
    ]:
        refused = exchange.send(operation.method, here, sent, body)
        if NOWHERE in here and refused.status == 404:
            continue  # the record that the path names is asked for first
        assert refused.status == status, (body[:9], refused.body)
        conforms(name, operation, refused)


@pytest.mark.parametrize("name", spec.available())
def test_an_api_says_where_it_and_its_documentation_are(sandbox: Sandbox, name: str) -> None:
    exchange = InProcess(sandbox)
    assert exchange.send("GET", sandbox.documentation[name]).status == 200
    document = exchange.send("GET", f"{sandbox.base_paths[name]}/openapi.json").json()
    assert document == spec.load(name).served


def test_the_same_seed_opens_the_same_sandbox() -> None:
    def ids(sandbox: Sandbox) -> Any:
        exchange = InProcess(sandbox)
        made = exchange.send("POST", "/_sandbox/layer/businesses", [("Content-Type", "application/json")], b"{}")
        return made.json()["data"]["id"]

    one, same, other = (mock_server.open_sandbox(["layer"], seed=seed) for seed in (7, 7, 8))
    assert ids(one) == ids(same) != ids(other)
    assert ids(one) != ids(mock_server.open_sandbox(["layer"]))


def test_settings_may_be_brought_along() -> None:
    settings = mock_server.Settings(clock=SystemClock(), ids=SeededIds(1), token="mine")
    sandbox = mock_server.create_app(["layer"], settings)
    assert sandbox.instances["layer"].access.token == "mine"
    exchange = InProcess(sandbox)
    for token, status in (("mine", 200), ("layer-demo-token", 401)):
        assert exchange.send("GET", "/v1/whoami", [("Authorization", f"Bearer {token}")]).status == status


def test_an_api_asked_for_twice_is_opened_once() -> None:
    assert list(mock_server.open_sandbox(["layer", "layer"]).mounts) == ["layer", "layer control"]


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(spec.UnknownApi, match="sage"):
        mock_server.open_sandbox(["layer", "sage"])
    with pytest.raises(spec.UnknownSwitch, match="no_such"):
        mock_server.open_sandbox(["layer"], switches={"no_such": True})
    with pytest.raises(AttributeError, match="no_such"):
        _ = mock_server.no_such


def test_a_switch_reaches_the_document_that_is_served() -> None:
    switch = next(iter(spec.load("layer").profile.switches))
    served = mock_server.open_sandbox(["layer"], switches={switch: True})
    assert served.mounts["layer"].document == spec.load("layer", {switch: True}).served
