"""The judged document asks for less than the served one, in the ways that the design names."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import spec
from spec import Document, Evidence, without

OK = {"200": {"description": "yes"}}


def document(**operation: Any) -> Document:
    return {
        "openapi": "3.0.3",
        "info": {"title": "toy", "version": "1"},
        "paths": {"/things": {"get": {"operationId": "things.get", "responses": OK, **operation}}},
    }


def things(left: Document) -> dict[str, Any]:
    found: dict[str, Any] = left["paths"]["/things"]["get"]
    return found


def replying(schema: dict[str, Any], **response: Any) -> Document:
    content = {"application/json": {"schema": schema}}
    return document(responses={"200": {"description": "yes", "content": content, **response}})


def reply_schema(left: Document, status: str = "200") -> Any:
    return things(left)["responses"][status]["content"]["application/json"]["schema"]


def test_a_chosen_operation_is_left_out_with_its_path_and_the_links_to_it() -> None:
    link = {"operationId": "other.get", "parameters": {}}
    whole = document(responses={"200": {"description": "yes", "links": {"other": link}}})
    whole["paths"]["/other"] = {"get": {"operationId": "other.get", "x-evidence": "chosen", "responses": OK}}
    left = without(whole, Evidence.CHOSEN)
    assert list(left["paths"]) == ["/things"]
    assert things(left)["responses"]["200"]["links"] == {}


def test_a_chosen_refusal_becomes_any_refusal_with_any_body() -> None:
    content = {"application/json": {"schema": {"type": "object"}}}
    refusal = {"description": "no", "x-evidence": "chosen", "content": content}
    responses = things(without(document(responses={**OK, "413": refusal, "415": refusal}), Evidence.CHOSEN))[
        "responses"
    ]
    assert set(responses) == {"200", "4XX"}
    assert "content" not in responses["4XX"]


def test_a_chosen_success_becomes_any_success_with_the_same_body() -> None:
    whole = replying({"type": "object", "required": ["id"]}, **{"x-evidence": "chosen"})
    left = without(whole, Evidence.CHOSEN)
    assert reply_schema(left, "2XX") == {"type": "object", "required": ["id"]}
    assert "200" not in things(left)["responses"]


def test_a_chosen_response_that_is_referred_to_is_folded_too() -> None:
    whole = document(responses={**OK, "413": {"$ref": "#/components/responses/Large"}})
    whole["components"] = {"responses": {"Large": {"description": "no", "x-evidence": "chosen"}}}
    left = without(whole, Evidence.CHOSEN)
    assert set(things(left)["responses"]) == {"200", "4XX"}
    assert left["components"]["responses"] == {}


def test_a_chosen_member_is_unconstrained_and_not_required() -> None:
    schema = {
        "type": "object",
        "required": ["id", "pointer"],
        "properties": {"id": {"type": "string"}, "pointer": {"type": "string", "x-evidence": "chosen"}},
        "additionalProperties": False,
    }
    left = without(replying(schema), Evidence.CHOSEN)
    judge = Draft202012Validator(spec.json_schema(left, reply_schema(left)))
    assert judge.is_valid({"id": "a"})
    assert judge.is_valid({"id": "a", "pointer": 5, "other": None})
    assert not judge.is_valid({"pointer": "p"})


def test_a_member_that_refers_to_a_chosen_component_is_left_out() -> None:
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/A"}}}
    whole = replying(schema)
    whole["components"] = {"schemas": {"A": {"type": "string", "x-evidence": "chosen"}}}
    assert reply_schema(without(whole, Evidence.CHOSEN)) == {"type": "object", "properties": {}}


def test_a_chosen_alternative_parameter_or_header_is_left_out() -> None:
    alternatives = {"oneOf": [{"type": "string"}, {"type": "integer", "x-evidence": "chosen"}]}
    whole = replying(alternatives, headers={"X-Ours": {"schema": {"type": "string"}, "x-evidence": "chosen"}})
    things(whole)["parameters"] = [
        {"name": "a", "in": "query", "schema": {"type": "string"}},
        {"name": "b", "in": "query", "schema": {"type": "string"}, "x-evidence": "chosen"},
    ]
    left = without(whole, Evidence.CHOSEN)
    assert reply_schema(left) == {"oneOf": [{"type": "string"}]}
    assert things(left)["responses"]["200"]["headers"] == {}
    assert [parameter["name"] for parameter in things(left)["parameters"]] == ["a"]


def test_chosen_keywords_go_with_what_is_chosen_and_with_nothing_else() -> None:
    limit = {"type": "integer", "minimum": 1, "maximum": 1000, "x-chosen": ["maximum"]}
    whole = document(parameters=[{"name": "limit", "in": "query", "schema": limit}])
    assert things(without(whole, Evidence.CHOSEN))["parameters"][0]["schema"] == {"type": "integer", "minimum": 1}
    assert things(without(whole, Evidence.INFERRED))["parameters"][0]["schema"] == limit


def test_replies_are_opened_through_references_and_recursion_but_requests_stay_closed() -> None:
    node = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"below": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}},
    }
    whole = replying({"$ref": "#/components/schemas/Node"})
    closed = {"type": "object", "additionalProperties": False}
    things(whole)["requestBody"] = {"content": {"application/json": {"schema": closed}}}
    whole["components"] = {"schemas": {"Node": node}}
    left = without(whole, Evidence.CHOSEN)
    assert "additionalProperties" not in left["components"]["schemas"]["Node"]
    assert things(left)["requestBody"]["content"]["application/json"]["schema"] == closed


def test_what_is_inferred_stays_until_it_is_asked_away() -> None:
    whole = replying({"type": "object", "properties": {"a": {"type": "string", "x-evidence": "inferred"}}})
    assert "a" in reply_schema(without(whole, Evidence.CHOSEN))["properties"]
    assert reply_schema(without(whole, Evidence.CHOSEN, Evidence.INFERRED))["properties"] == {}


def test_the_document_that_was_given_is_left_as_it_was() -> None:
    served = spec.load("layer").served
    before = deepcopy(served)
    without(served, Evidence.CHOSEN, Evidence.INFERRED)
    assert served == before


@pytest.mark.parametrize("name", spec.available())
def test_nothing_chosen_is_left_in_judged_and_nothing_inferred_in_documented(name: str) -> None:
    api = spec.load(name)
    assert '"x-evidence": "chosen"' not in json.dumps(api.judged)
    assert '"x-chosen"' not in json.dumps(api.judged)
    assert '"x-evidence": "inferred"' not in json.dumps(api.documented)


@pytest.mark.parametrize("name", spec.available())
def test_no_reply_of_the_judged_document_is_closed(name: str) -> None:
    api = spec.load(name)
    for operation in spec.operations(api.judged):
        for response in operation.responses.values():
            if response.schema is not None:
                assert '"additionalProperties": false' not in json.dumps(spec.json_schema(api.judged, response.schema))


@pytest.mark.parametrize("name", spec.available())
def test_whatever_the_sandbox_may_answer_passes_the_judge(name: str) -> None:
    """Every status is admitted, and every example of a served reply fits the judged and documented ones."""
    api = spec.load(name)
    for reading in (api.judged, api.documented):
        judged = {operation.operation_id: operation for operation in spec.operations(reading)}
        for operation in spec.operations(api.served):
            if operation.operation_id not in judged:
                continue
            for status, response in operation.responses.items():
                admitted = judged[operation.operation_id].response(int(status))
                assert admitted is not None, f"{operation.operation_id} {status}"
                if admitted.schema is not None:
                    judge = Draft202012Validator(spec.json_schema(reading, admitted.schema))
                    assert all(judge.is_valid(example) for example in response.examples.values())


def test_layer_leaves_refusals_free_but_keeps_the_documented_error_envelope() -> None:
    api = spec.load("layer")
    judged = {operation.operation_id: operation for operation in spec.operations(api.judged)}
    create = judged["business.assets.valueUpdates.post"]
    assert set(create.responses) == {"201", "200", "400", "401", "404", "405", "429", "4XX"}
    assert create.responses["4XX"].schema is None
    assert create.responses["401"].schema is not None


def test_layer_asks_no_must_of_what_only_the_client_shows() -> None:
    documented = {operation.operation_id for operation in spec.operations(spec.load("layer").documented)}
    assert documented.isdisjoint(
        {
            "business.assets.assetId.delete",
            "business.ledger.accounts.accountId.lines.get",
            "business.reports.unified.trialBalance.get",
        }
    )
