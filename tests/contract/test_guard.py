"""Which hosts the kit writes to without being told."""

from __future__ import annotations

import pytest

import spec
from contract_tests.guard import looks_like_sandbox, require_sandbox
from contract_tests.target import Misuse, Target

LAYER = spec.load("layer").profile


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", "172.16.1.1", "169.254.1.1", "fd00::1",
        "fe80::1%eth0", "books", "api.sandbox.acme.com", "staging.acme.com", "books-staging.acme.com", "qa2.acme.io",
        "dev.acme.dev", "api.test", "books.local", "api.default.svc.internal", "demo-eu.acme.com", "mock.acme.com",
    ],
)  # fmt: skip
def test_what_looks_like_a_sandbox(host: str) -> None:
    assert looks_like_sandbox(host)


@pytest.mark.parametrize(
    "host",
    [
        "api.acme.com", "8.8.8.8", "2001:4860::1", "contest.com", "acme.dev", "developers.acme.com", "latest.acme.com",
        "127.acme.com", "127.0.0.1.acme.com", "134744072", "0x8080808", "01002004010",
    ],
)  # fmt: skip
def test_what_does_not(host: str) -> None:
    assert not looks_like_sandbox(host)


def test_the_vendors_own_hosts_are_known() -> None:
    require_sandbox(LAYER, Target("https://sandbox.layerfi.com/v1", "layer"))
    with pytest.raises(Misuse, match=r"api\.layerfi\.com is where Layer keeps real books"):
        require_sandbox(LAYER, Target("https://API.layerfi.com./v1", "layer"))
    with pytest.raises(Misuse, match="keeps real books"):
        require_sandbox(spec.load("xero").profile, Target("https://api.xero.com/assets.xro/1.0", "xero"))


def test_somebody_may_say_that_it_is_all_right_for_one_host_alone() -> None:
    target = Target("https://books.acme.com/v1", "layer")
    with pytest.raises(Misuse, match=r"does not look like a sandbox.*: say --yes-this-host books\.acme\.com"):
        require_sandbox(LAYER, target, ("other.acme.com",))
    require_sandbox(LAYER, target, ("Books.acme.com",))


def test_a_control_plane_is_written_to_as_well() -> None:
    target = Target("http://127.0.0.1:1", "layer", control_url="https://books.acme.com/_sandbox")
    with pytest.raises(Misuse, match=r"books\.acme\.com"):
        require_sandbox(LAYER, target)
