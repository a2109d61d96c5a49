"""The contracts: one folder per API, data and its loader, no behaviour.

`load("layer")` reads `spec/layer/`: the OpenAPI document as the sandbox serves it and as the kit
judges by it, the profile of its open points, the control plane's document, and the classes of assets
where it has some. The rest are pure functions over such documents that every part shares. It must not
know HTTP, the sandbox or the kit.
"""

from __future__ import annotations

from spec.classes import AssetClass, BadClasses, ClassAccounts, Fall
from spec.document import Document, Operation, Parameter, Response, Schema, operations, resolve, server_path
from spec.evidence import Evidence, without
from spec.loader import Api, UnknownApi, UnknownSwitch, asset_classes, available, classified, load
from spec.overrides import BadOverride, Overrides, overridden
from spec.profile import (
    BadProfile,
    Hosts,
    OperationNote,
    Point,
    Probe,
    Profile,
    ProfileRule,
    ScopeKey,
    UnknownPoint,
)
from spec.schema import json_schema

__all__ = [
    "load",
    "available",
    "classified",
    "asset_classes",
    "Api",
    "AssetClass",
    "ClassAccounts",
    "Fall",
    "Profile",
    "ScopeKey",
    "Hosts",
    "Point",
    "OperationNote",
    "ProfileRule",
    "Probe",
    "operations",
    "Operation",
    "Parameter",
    "Response",
    "resolve",
    "server_path",
    "json_schema",
    "without",
    "Evidence",
    "Document",
    "Schema",
    "UnknownApi",
    "UnknownSwitch",
    "UnknownPoint",
    "BadProfile",
    "BadClasses",
    "Overrides",
    "overridden",
    "BadOverride",
]
