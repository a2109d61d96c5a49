"""What is here is found and handed out fresh; what is not is named in one line."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from subprocess import run

import pytest

import spec

ROOT = Path(spec.__file__).parent


def test_layer_is_available() -> None:
    assert "layer" in spec.available()
    assert list(spec.available()) == sorted(spec.available())


@pytest.mark.parametrize("name", ["stripe", "", "..", "layer/", "__pycache__"])
def test_an_api_that_is_not_here_is_named_with_those_that_are(name: str) -> None:
    with pytest.raises(spec.UnknownApi, match="layer"):
        spec.load(name)


def test_an_unknown_switch_is_named_with_those_there_are() -> None:
    with pytest.raises(spec.UnknownSwitch, match=r"no switch loose; it has .*strict_accounts"):
        spec.load("layer", {"loose": True})


def test_misuse_is_a_value_error() -> None:
    assert issubclass(spec.UnknownApi, ValueError)
    assert issubclass(spec.UnknownSwitch, ValueError)


def test_a_switch_may_be_set_to_its_default() -> None:
    assert spec.load("layer", {"strict_accounts": False}).served == spec.load("layer").served


@pytest.mark.parametrize("reading", ["served", "judged", "documented", "control"])
def test_the_documents_belong_to_the_caller(reading: str) -> None:
    getattr(spec.load("layer"), reading)["paths"].clear()
    assert getattr(spec.load("layer"), reading)["paths"]


def test_parts_that_the_yaml_shares_are_apart_once_loaded() -> None:
    served = spec.load("layer").served
    first = served["paths"]["/businesses/{businessId}/assets"]["post"]["responses"]
    first["201"]["links"].clear()
    assert first["200"]["links"]


def test_it_loads_from_a_zip_file(tmp_path: Path) -> None:
    """As a wheel may be imported without being unpacked."""
    archive = tmp_path / "spec.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(ROOT.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                packed.write(file, Path("spec") / file.relative_to(ROOT))
    code = (
        "import spec; assert '.zip' in spec.__file__; print(spec.available(), len(spec.load('layer').served['paths']))"
    )
    done = run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(archive)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("('layer',")


def test_a_part_may_be_there_only_under_a_switch() -> None:
    members = [
        set(spec.load("snapbooks", {"newer_revision": on}).served["components"]["schemas"]["Asset"]["properties"])
        for on in (False, True)
    ]
    assert "asset_class" in members[1] - members[0]
    assert members[0] < members[1]


def test_a_switch_may_put_something_else_in_place() -> None:
    sizes = [
        next(p for p in spec.operations(spec.load("snapbooks", {"newer_revision": on}).served) if p.path == "/assets")
        for on in (False, True)
    ]
    schemas = [next(p.schema for p in operation.parameters if p.name == "per_page") for operation in sizes]
    assert [schema["default"] for schema in schemas] == [100, 50]
    assert not any("x-under" in schema for schema in schemas)


@pytest.mark.parametrize("name", spec.available())
def test_every_mark_names_a_switch_of_the_profile(name: str) -> None:
    """A misspelt one would take nothing out, or leave everything out."""
    text = (ROOT / name / "openapi.yaml").read_text("utf-8")
    marks = re.findall(r"x-(?:unless: |when: |under: \{)(\w+)", text)
    assert set(marks) <= set(spec.load(name).profile.switches)
