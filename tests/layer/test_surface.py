"""The seam itself: handlers called without an edge, and the tables that hold every case."""

from __future__ import annotations

import pytest

import spec
from mock_server.apis.layer import open_instance
from mock_server.apis.layer.errors import _REFUSED_BY_THE_BOOKS, in_our_words, refuse
from mock_server.apis.layer.tenants import TOKEN
from mock_server.domain.refused import OF_HOLDINGS, OF_THE_REGISTER, Code, Refused
from mock_server.sandbox import conduct
from mock_server.sandbox.clock import SystemClock
from mock_server.sandbox.ids import SeededIds
from mock_server.surface import Answer, Instance, Refusal, Request, Settings, Violation, Where
from tests.layer.client import DEMO, NOBODY, OTHER


@pytest.fixture
def instance() -> Instance:
    return open_instance(Settings(clock=SystemClock(), ids=SeededIds(1)), spec.load("layer"))


def call(instance: Instance, operation_id: str, **parts: object) -> Answer:
    path = {"businessId": DEMO, **parts.pop("path", {})}
    grant = instance.surface.identify(instance.access.token)
    request = Request(operation_id, path, grant=grant, **parts)
    instance.surface.admit(request)
    return instance.surface.handlers[operation_id](request)


def test_a_handler_for_every_operation_and_no_other(instance: Instance) -> None:
    api = spec.load("layer")
    assert instance.surface.handlers.keys() == {one.operation_id for one in spec.operations(api.served)}
    assert api.control is not None
    documented = {one.operation_id for one in spec.operations(api.control)}
    assert instance.control.handlers.keys() == documented - conduct.OPERATIONS  # those are every API's


def test_both_ways_in_are_told(instance: Instance) -> None:
    assert (instance.access.scope, instance.access.token) == ({"business_id": DEMO}, "layer-demo-token")
    assert (instance.other.scope, instance.other.token) == ({"business_id": OTHER}, "layer-other-token")
    assert instance.control.identify("anything") is None


def test_a_handler_works_on_plain_data(instance: Instance) -> None:
    body = {"name": "Truck", "asset_type": "VEHICLE"}
    made = call(instance, "business.assets.post", body=body)
    found = call(instance, "business.assets.assetId.get", path={"assetId": made.body["data"]["id"]})
    assert (made.status, found.status, found.body) == (201, 200, made.body)


def test_admission_refuses_before_a_handler_is_asked(instance: Instance) -> None:
    with pytest.raises(Refusal) as refusal:
        call(instance, "business.assets.assetId.get", path={"assetId": NOBODY})
    assert refusal.value.answer.status == 404


def test_a_record_that_is_gone_between_admission_and_handler_is_404(instance: Instance) -> None:
    made = call(instance, "business.assets.post", body={"name": "Truck", "asset_type": "VEHICLE"})
    request = Request(
        "business.assets.assetId.get",
        {"businessId": DEMO, "assetId": made.body["data"]["id"]},
        grant=instance.surface.identify(instance.access.token),
    )
    instance.surface.admit(request)
    instance.control.handlers["control.reset.post"](Request("control.reset.post", {}))
    instance.surface.admit(renewed := Request(request.operation_id, {"businessId": DEMO}, grant=request.grant))
    request.tenant = renewed.tenant
    with pytest.raises(Refusal):
        instance.surface.handlers[request.operation_id](request)


def test_a_request_goes_to_the_books_that_are_there_when_it_is_carried_out() -> None:
    """While a body is read the business may be opened by another request, or everything be reset."""
    settings = Settings(clock=SystemClock(), ids=SeededIds(1), open_tenants=True)
    instance = open_instance(settings, spec.load("layer"))
    grant = instance.surface.identify(instance.access.token)
    body = {"name": "Truck", "asset_type": "VEHICLE"}
    requests = [
        Request("business.assets.post", {"businessId": business}, body=body, grant=grant)
        for business in (NOBODY, NOBODY, DEMO)
    ]
    for request in requests[:2]:
        instance.surface.admit(request)
    for request in requests[:2]:
        instance.surface.handlers[request.operation_id](request)
    query = {"limit": 9, "sort_by": "created_at", "sort_order": "ASC", "show_total_count": False}
    listed = call(instance, "business.assets.get", path={"businessId": NOBODY}, query=query)
    assert len(listed.body["data"]) == 2
    instance.surface.admit(requests[2])
    instance.control.handlers["control.reset.post"](Request("control.reset.post", {}))
    instance.surface.handlers["business.assets.post"](requests[2])
    assert len(call(instance, "business.assets.get", query=query).body["data"]) == 1


def test_any_integer_is_a_seed_and_each_gives_other_ids() -> None:
    seeds = (0, 1, -1, 2**255, 10**80, -(10**80), 10**5000)
    assert len({SeededIds(seed).new() for seed in seeds}) == len(seeds)
    assert [SeededIds(10**80).new() for _ in range(2)] == [SeededIds(10**80).new()] * 2


def test_the_pattern_of_a_token_is_the_control_planes() -> None:
    control = spec.load("layer").control
    assert control is not None
    body = control["paths"]["/tokens"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["token"]["pattern"] == f"^{TOKEN.pattern}$"


def test_every_reason_of_the_books_has_an_answer() -> None:
    assert _REFUSED_BY_THE_BOOKS.keys() == set(Code) - OF_THE_REGISTER - OF_HOLDINGS
    assert {family.status for family in _REFUSED_BY_THE_BOOKS.values()} == {400}


@pytest.mark.parametrize("code", sorted(set(Code) - OF_THE_REGISTER - OF_HOLDINGS, key=lambda code: code.value))
def test_what_the_books_refuse_is_one_error_in_our_shape(code: Code) -> None:
    def handler(_request: Request) -> Answer:
        raise Refused(code, "because.", "/said" if code is Code.UNKNOWN_ACCOUNT else "")

    pointers = {Code.UNKNOWN_ACCOUNT: "/never", Code.UNBALANCED: "/line_items", Code.WRONG_CLASS: "/not_sent"}
    with pytest.raises(Refusal) as refusal:
        in_our_words(handler, pointers)(Request("x", {}, body={"line_items": [], "never": 1}))
    (error,) = refusal.value.answer.body["errors"]
    expected = {Code.UNKNOWN_ACCOUNT: {"pointer": "/said"}, Code.UNBALANCED: {"pointer": "/line_items"}}
    assert error["meta"] == expected.get(code)
    assert error["description"]


@pytest.mark.parametrize(
    ("where", "status"),
    [
        (Where.ROUTE, 404),
        (Where.METHOD, 405),
        (Where.TOKEN, 401),
        (Where.PATH, 400),
        (Where.QUERY, 400),
        (Where.HEADER, 400),
        (Where.MEDIA_TYPE, 415),
        (Where.SIZE, 413),
        (Where.JSON, 400),
        (Where.BODY, 400),
        (Where.RATE, 429),
        (Where.SERVER, 500),
    ],
)
def test_whatever_the_edge_finds_has_a_status_and_one_element_each(where: Where, status: int) -> None:
    answer = refuse([Violation(where, "is wrong", "/a"), Violation(where, "is too", "")])
    assert answer.status == status
    assert [error["description"] for error in answer.body["errors"]] == ["Is wrong", "Is too"]
    assert [error["meta"] for error in answer.body["errors"]] == [{"pointer": "/a"}, None]
    assert len(Where) == 12
