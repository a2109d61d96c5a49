"""The sandbox in process: clients without a socket, books of its own, gone when closed."""

from __future__ import annotations

import asyncio

import httpx
import pytest

import fixtura
import spec


def assets(books: fixtura.Sandbox) -> str:
    return f"/businesses/{books.scope['business_id']}/assets"


VAN = {"name": "Van", "asset_type": "VEHICLE", "external_id": "van-1"}


def test_both_clients_see_the_same_books() -> None:
    async def read(books: fixtura.Sandbox) -> httpx.Response:
        return await books.async_client.get(assets(books))

    with fixtura.sandbox() as books:
        made = books.client.post(assets(books), json=VAN)
        assert made.status_code == 201
        seen = asyncio.run(read(books))
        assert [asset["id"] for asset in seen.json()["data"]] == [made.json()["data"]["id"]]


def test_an_asynchronous_block_closes_both_clients() -> None:
    async def use() -> fixtura.Sandbox:
        async with fixtura.sandbox("layer") as books:
            assert (await books.async_client.post(assets(books), json=VAN)).status_code == 201
        return books

    books = asyncio.run(use())
    assert books.async_client.is_closed
    assert books.client.is_closed


def test_two_sandboxes_do_not_share_anything() -> None:
    with fixtura.sandbox() as one, fixtura.sandbox() as other:
        one.client.post(assets(one), json=VAN)
        assert other.client.get(assets(other)).json()["data"] == []


def test_the_same_seed_gives_the_same_ids() -> None:
    def made(seed: int) -> str:
        with fixtura.sandbox(seed=seed) as books:
            return str(books.client.post(assets(books), json=VAN).json()["data"]["id"])

    assert made(5) == made(5)
    assert made(5) != made(6)


def test_a_token_of_ones_own_replaces_the_first_tenants() -> None:
    with fixtura.sandbox(token="mine") as books:
        assert books.client.get("/whoami").status_code == 200
        assert books.client.get("/whoami", headers={"authorization": "Bearer layer-demo-token"}).status_code == 401


def test_the_second_tenant_is_another_one() -> None:
    with fixtura.sandbox() as books:
        theirs = {"authorization": f"Bearer {books.other.token}"}
        assert books.client.get(assets(books), headers=theirs).status_code == 404
        path = f"/businesses/{books.other.scope['business_id']}/assets"
        assert books.client.get(path, headers=theirs).status_code == 200


def test_a_switch_of_the_profile_can_be_turned_on() -> None:
    body = VAN | {"accumulated_depreciation_account": "ACCUMULATED_DEPRECIATION"}
    with fixtura.sandbox() as lenient, fixtura.sandbox(strict_accounts=True) as strict:
        assert lenient.client.post(assets(lenient), json=body).status_code == 201
        assert strict.client.post(assets(strict), json=body).status_code == 400


def test_unknown_apis_and_switches_are_named() -> None:
    with pytest.raises(spec.UnknownApi, match="sage"):
        fixtura.sandbox("sage")
    with pytest.raises(spec.UnknownSwitch, match="no_such"):
        fixtura.sandbox(no_such=True)


def test_serving_gives_a_url_for_clients_that_need_one() -> None:
    with fixtura.serving() as server:
        layer = server.access["layer"]
        headers = {"authorization": f"Bearer {layer.token}"}
        url = f"{layer.base_url}/businesses/{layer.scope['business_id']}/assets"
        assert httpx.post(url, headers=headers, json=VAN).status_code == 201
        assert len(httpx.get(url, headers=headers).json()["data"]) == 1
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, headers=headers)
