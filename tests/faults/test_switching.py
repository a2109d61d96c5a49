"""The control plane switches seeded faults, alike for every API."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

import fixtura
import spec
from mock_server import faults

CONTROLLED = [api for api in spec.available() if spec.load(api).control is not None]


def control(books: fixtura.Sandbox, api: str, asked: Any = None) -> httpx.Response:
    address = f"http://sandbox/_sandbox/{api}/faults"
    return books.client.get(address) if asked is None else books.client.put(address, json=asked)


ONE_OF_EACH = {api: fault.id for fault in faults.catalogue() for api in fault.apis}


@pytest.mark.parametrize(("api", "fault_id"), ONE_OF_EACH.items())
def test_every_control_plane_switches_faults_on_and_off(api: str, fault_id: str) -> None:
    with fixtura.sandbox(api) as books:
        assert control(books, api).json() == {"data": []}
        assert control(books, api, {"faults": [fault_id, fault_id]}).json() == {"data": [fault_id]}
        assert control(books, api).json() == {"data": [fault_id]}
        assert control(books, api, {"faults": []}).json() == {"data": []}


@pytest.mark.parametrize("api", CONTROLLED)
def test_an_unknown_fault_is_refused_and_nothing_is_switched(api: str) -> None:
    with fixtura.sandbox(api) as books:
        refused = control(books, api, {"faults": ["F-nothing"]})
        assert refused.status_code == 400
        assert "be a fault of this API; got 'F-nothing'" in refused.text
        assert control(books, api).json() == {"data": []}
        assert control(books, api, {}).status_code == 400


def test_a_fault_of_another_api_is_none_of_this_one() -> None:
    with fixtura.sandbox("xero") as books:
        assert control(books, "xero", {"faults": ["F-swapped-sides"]}).status_code == 400


def page(books: fixtura.Sandbox) -> httpx.Response:
    return books.client.get(f"/businesses/{books.scope['business_id']}/assets")


def test_a_switched_fault_shows_in_this_sandbox_alone() -> None:
    with fixtura.sandbox("layer") as wrong, fixtura.sandbox("layer") as right:
        control(wrong, "layer", {"faults": ["F-undeclared-status"]})
        assert (page(wrong).status_code, page(right).status_code) == (206, 200)
        control(wrong, "layer", {"faults": []})
        assert page(wrong).status_code == 200


def test_a_reset_leaves_faults_on_and_what_a_test_switches_is_what_the_control_plane_shows() -> None:
    with fixtura.sandbox("layer") as books:
        books.misbehave("F-undeclared-status")
        assert books.client.post("http://sandbox/_sandbox/layer/reset").status_code == 204
        assert control(books, "layer").json() == {"data": ["F-undeclared-status"]}
        assert page(books).status_code == 206
