"""`import fixtura` is cheap, and a folder that takes the place of one of ours is named in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

OURS = "{'spec', 'mock_server', 'contract_tests', 'stateful'}"


def python(code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("module", ["fixtura", "fixtura.plugin"])
def test_importing_loads_nothing_else_of_ours(module: str, tmp_path: Path) -> None:
    done = python(f"import sys, {module}; assert not {OURS} & set(sys.modules), sys.modules.keys()", tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_check_of_an_address_loads_no_server(tmp_path: Path) -> None:
    servers = "{'mock_server', 'connexion', 'uvicorn', 'flask', 'schemathesis'}"
    done = python(f"import sys, fixtura.cli.check; assert not {servers} & set(sys.modules)", tmp_path)
    assert done.returncode == 0, done.stderr


def test_names_are_loaded_when_used(tmp_path: Path) -> None:
    done = python("import fixtura; print(fixtura.sandbox.__module__, fixtura.check.__name__)", tmp_path)
    assert done.stdout.split() == ["fixtura.sandboxes", "check"], done.stderr


def test_every_public_name_is_there(tmp_path: Path) -> None:
    done = python("import fixtura; [getattr(fixtura, name) for name in fixtura.__all__]", tmp_path)
    assert done.returncode == 0, done.stderr


def test_an_unknown_name_is_an_attribute_error(tmp_path: Path) -> None:
    done = python("import fixtura; fixtura.no_such_name", tmp_path)
    assert "has no attribute 'no_such_name'" in done.stderr


@pytest.mark.parametrize("name", ["contract_tests", "spec"])
def test_a_folder_of_the_same_name_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    done = python("import fixtura; fixtura.check", tmp_path)
    last = done.stderr.strip().splitlines()[-1]
    assert str(tmp_path / name) in last
    assert "shadows" in last


def test_the_command_line_says_it_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "spec.py").touch()
    done = subprocess.run(
        [sys.executable, "-m", "fixtura", "--help"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "spec.py") in done.stderr


def test_pytest_in_a_project_with_such_a_folder_names_it(tmp_path: Path) -> None:
    """pytest puts the test's root folder in front of the installed packages."""
    (tmp_path / "contract_tests").mkdir()
    (tmp_path / "contract_tests" / "__init__.py").touch()
    (tmp_path / "contract_tests" / "test_mine.py").write_text("def test_it(fixtura_sandbox): fixtura_sandbox()\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"{tmp_path / 'contract_tests'} shadows fixtura's own package" in done.stdout


def test_the_plugin_opens_a_sandbox_for_a_project_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(
        "def test_assets(fixtura_sandbox):\n"
        "    books = fixtura_sandbox()\n"
        "    url = f\"/businesses/{books.scope['business_id']}/assets\"\n"
        "    assert books.client.post(url, json={'name': 'Van', 'asset_type': 'VEHICLE'}).status_code == 201\n"
        "    assert len(books.client.get(url).json()['data']) == 1\n"
        "    assert fixtura_sandbox().client.get(url).json()['data'] == []\n"
        "def test_socket(fixtura_server):\n"
        "    import httpx\n"
        "    layer = fixtura_server.access['layer']\n"
        "    headers = {'authorization': f'Bearer {layer.token}'}\n"
        "    assert httpx.get(layer.base_url + '/whoami', headers=headers).status_code == 200\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "2 passed" in done.stdout, done.stdout
