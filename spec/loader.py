"""Finds and reads the folders beside this file.

Decides which files make an API, and what a switch takes out of a document (`x-unless`), puts into
it (`x-when`) or puts in place of what stands there (`x-under`). It must not know what any API says.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

import yaml

from spec.classes import AssetClass, read_classes
from spec.document import Document, server_path
from spec.evidence import Evidence, prune, without
from spec.profile import Profile, read_profile

# The C twin of the safe loader is several times as quick, and not in every build of PyYAML.
_YAML: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNLESS: Final = "x-unless"
_WHEN: Final = "x-when"
_UNDER: Final = "x-under"
_CLASSES: Final = "classes.toml"


class UnknownApi(ValueError):
    """No API of that name is here; the text names those that are."""


class UnknownSwitch(ValueError):
    """The API's profile has no such switch; the text names those that it has."""


@dataclass(frozen=True, slots=True)
class Api:
    """One API's contract. The documents are plain dicts of the caller's own: change them freely.

    served: everything, as the sandbox serves it and holds itself to. judged: without what is
    chosen, which the kit judges by. documented: without what is inferred too, for the rules of
    level must. control: the control plane's document, None where the API has none. classes: those
    of its assets, in the API's order; empty where the API has none.
    """

    name: str
    profile: Profile
    served: Document
    judged: Document
    documented: Document
    control: Document | None
    classes: tuple[AssetClass, ...] = ()

    @property
    def base_path(self) -> str:
        """The server path that the document's paths hang under, such as "/v1"."""
        return server_path(self.served)


def available() -> tuple[str, ...]:
    """The names of the APIs that are here, sorted."""
    folders = (entry.name for entry in _root().iterdir() if entry.joinpath("openapi.yaml").is_file())
    return tuple(sorted(folders))


def classified() -> tuple[str, ...]:
    """The names of the folders that hold classes of assets, sorted."""
    folders = (entry.name for entry in _root().iterdir() if entry.joinpath(_CLASSES).is_file())
    return tuple(sorted(folders))


def asset_classes(name: str) -> tuple[AssetClass, ...]:
    """The classes of assets that one API has; quicker than the whole of its contract.

    Raises BadClasses where the folder's own file is wrong.
    """
    return _classes(name) if name in classified() else ()


def load(name: str, switches: Mapping[str, bool] | None = None) -> Api:
    """The contract of one API, with the profile's switches set as given and else at their defaults.

    Raises UnknownApi, UnknownSwitch, and BadProfile or BadClasses where the folder's own file is wrong.
    """
    if name not in available():
        known = ", ".join(available())
        raise UnknownApi(f"there is no API called {name!r}; there is {known}")
    profile = _profile(name)
    on = _switched_on(name, profile, switches or {})
    served = _switched(_document(name, "openapi.yaml"), on, profile.switches.keys() - on)
    return Api(
        name=name,
        profile=profile,
        served=served,
        judged=without(served, Evidence.CHOSEN),
        documented=without(served, Evidence.CHOSEN, Evidence.INFERRED),
        control=deepcopy(_document(name, "control.yaml")) if _has(name, "control.yaml") else None,
        classes=asset_classes(name),
    )


def _switched_on(name: str, profile: Profile, switches: Mapping[str, bool]) -> frozenset[str]:
    unknown = sorted(set(switches) - set(profile.switches))
    if unknown:
        known = ", ".join(sorted(profile.switches)) or "none"
        raise UnknownSwitch(f"{name} has no switch {', '.join(unknown)}; it has {known}")
    settled = {**profile.switches, **switches}
    return frozenset(switch for switch, on in settled.items() if on)


def _switched(document: Document, on: Collection[str], off: Collection[str]) -> Document:
    """A copy of the document as it reads under those switches."""
    left = prune(document, lambda node: node.get(_UNLESS) in on or node.get(_WHEN) in off)
    _put_under(left, on)
    return left


def _put_under(node: Any, on: Collection[str]) -> None:
    if isinstance(node, list):
        for item in node:
            _put_under(item, on)
    elif isinstance(node, dict):
        for switch, members in node.pop(_UNDER, {}).items():
            if switch in on:
                node.update(members)
        for value in node.values():
            _put_under(value, on)


def _root() -> Traversable:
    return resources.files(__package__)


def _has(name: str, file: str) -> bool:
    return _root().joinpath(name, file).is_file()


@cache
def _document(name: str, file: str) -> Document:
    """The file as it stands; callers copy before they hand it out."""
    reader = _YAML(_root().joinpath(name, file).read_text(encoding="utf-8"))
    try:
        document: Document = reader.get_single_data()
    finally:
        reader.dispose()
    return document


@cache
def _profile(name: str) -> Profile:
    return read_profile(f"spec/{name}/profile.toml", _settings(name, "profile.toml"))


@cache
def _classes(name: str) -> tuple[AssetClass, ...]:
    return read_classes(f"spec/{name}/{_CLASSES}", _settings(name, _CLASSES))


def _settings(name: str, file: str) -> dict[str, Any]:
    return tomllib.loads(_root().joinpath(name, file).read_text(encoding="utf-8"))
