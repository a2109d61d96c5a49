"""The house's walls: who may import whom. A layering rule without a test decays."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PACKAGES = {"spec", "mock_server", "contract_tests", "stateful", "fixtura"}
MAY_IMPORT = {
    "spec": set(),
    "mock_server": {"spec"},
    "contract_tests": {"spec"},
    "stateful": {"spec", "contract_tests"},
    "fixtura": PACKAGES,
}

# Rooms within a package: folder → what of its own package it may import, beside itself.
ROOMS = {
    "mock_server/domain": set(),
    "mock_server/http": {"mock_server.surface"},
    "mock_server/apis": {"mock_server.surface", "mock_server.domain"},
    "stateful/model": set(),
}
STANDARD_LIBRARY_ONLY = {"mock_server/domain": {"msgspec", "sortedcontainers"}, "stateful/model": set()}
WEB_FRAMEWORKS = {"connexion", "starlette", "uvicorn", "flask", "werkzeug"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, f"no modules in {folder}: the test looks in the wrong place"
    return found


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_packages_import_in_one_direction(package: str) -> None:
    forbidden = PACKAGES - MAY_IMPORT[package] - {package}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imported(path)
        if name.split(".")[0] in forbidden | {"tests", "benchmarks"}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_rooms_import_only_what_lies_below_them(room: str) -> None:
    own = room.replace("/", ".")
    package = own.split(".")[0]
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imported(path)
        if within(name, package)
        and name != package
        and not any(within(name, allowed) for allowed in ROOMS[room] | {own})
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", sorted(STANDARD_LIBRARY_ONLY))
def test_the_cores_know_the_standard_library_only(room: str) -> None:
    allowed = sys.stdlib_module_names | STANDARD_LIBRARY_ONLY[room] | {room.split("/")[0]}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imported(path)
        if name.split(".")[0] not in allowed
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_edge_of_the_sandbox_knows_a_web_framework() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("mock_server")
        if ROOT / "mock_server/http" not in path.parents and path != ROOT / "mock_server/app.py"
        for name in imported(path)
        if name.split(".")[0] in WEB_FRAMEWORKS
    ]
    assert not wrong, "\n".join(wrong)


def test_one_api_is_never_imported_by_another() -> None:
    """What lies beside the folders of the APIs is for all of them."""
    apis = {f"mock_server.apis.{path.name}" for path in (ROOT / "mock_server/apis").iterdir() if path.is_dir()}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("mock_server/apis")
        for name in imported(path)
        if any(within(name, api) for api in apis - {".".join(path.relative_to(ROOT).parts[:3])})
    ]
    assert not wrong, "\n".join(wrong)
