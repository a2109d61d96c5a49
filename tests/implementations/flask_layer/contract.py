"""openapi-core, set up once: requests and replies against the document.

Decides how strictly the document is read (formats, spelling of numbers in parameters) and in what
words a breach is told; knows no operation. A request costs about 2 ms here, because schemas,
paths and validators are looked up once and kept, and nothing is unmarshalled.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from jsonschema import ValidationError
from jsonschema_path import SchemaPath
from openapi_core.casting.schemas import oas30_casters_dict
from openapi_core.casting.schemas.casters import AnyCaster, BooleanCaster, IntegerCaster, TypesCaster
from openapi_core.casting.schemas.factories import SchemaCastersFactory
from openapi_core.contrib.flask import FlaskOpenAPIRequest
from openapi_core.templating.paths.finders import APICallPathFinder
from openapi_core.validation.request.exceptions import ParameterValidationError
from openapi_core.validation.request.validators import V30RequestValidator
from openapi_core.validation.response.validators import V30ResponseValidator
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from openapi_core.validation.schemas.factories import SchemaValidatorsFactory
from openapi_schema_validator import OAS30ReadValidator, OAS30WriteValidator

from tests.implementations.flask_layer import instants
from tests.implementations.flask_layer.refusals import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Request
    from openapi_core.validation.schemas.validators import SchemaValidator

JSON: Final = "application/json"
LONGEST_TEXT: Final = 300  # characters of a description: messages may quote a whole body
LONGEST_LIST: Final = 4  # elements of a reply's list that are looked at
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,18})", re.ASCII)


def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or _UUID.fullmatch(value) is not None


_FORMATS: Final = deepcopy(OAS30WriteValidator.FORMAT_CHECKER)
_FORMATS.checks("uuid")(_is_uuid)
_FORMATS.checks("date-time")(instants.is_date_time)
_FORMATS.checks("date")(instants.is_date)


def ends(value: Any) -> Any:
    """JSON with both ends of every long list in it: one function made all of its elements.

    A chart of a thousand accounts would else take longer to check than everything else together.
    """
    if isinstance(value, dict):
        return {name: ends(member) for name, member in value.items()}
    if isinstance(value, list):
        kept = value if len(value) <= LONGEST_LIST else [*value[:2], *value[-2:]]
        return [ends(item) for item in kept]
    return value


@dataclass(frozen=True, slots=True)
class Parsed:
    """JSON that was read already, where openapi-core expects bytes to read."""

    value: Any


class Arrived(FlaskOpenAPIRequest):
    """A Flask request whose body was read and whose media type was checked."""

    def __init__(self, request: Request, body: Parsed | None) -> None:
        super().__init__(request)
        self._body = body

    host_url = "http://any"  # the path decides; a constant keeps the kept paths few
    content_type = JSON

    @property
    def method(self) -> str:
        """The method whose operation answers: a HEAD is a GET without its body."""
        return self.request.method.lower().replace("head", "get")

    @property
    def body(self) -> Any:
        """The parsed body, or None."""
        return self._body


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply before it is text, as openapi-core wants to see one."""

    status_code: int
    data: Any  # Parsed
    headers: Mapping[str, str]
    content_type: str = JSON


class Contract:
    """One document's validators, safe to use from several threads."""

    def __init__(self, document: dict[str, Any]) -> None:
        spec = SchemaPath.from_dict(document)
        requests, replies = _KeptSchemas(OAS30WriteValidator), _KeptSchemas(OAS30ReadValidator)
        reading = {JSON: lambda parsed: parsed.value}
        self._requests = V30RequestValidator(
            spec,
            path_finder_cls=_KeptPaths,
            schema_validators_factory=requests,
            schema_casters_factory=SchemaCastersFactory(requests, _CASTERS),
            extra_media_type_deserializers=reading,
        )
        self._replies = V30ResponseValidator(
            spec,
            path_finder_cls=_KeptPaths,
            schema_validators_factory=replies,
            extra_media_type_deserializers=reading,
        )
        self._lock = Lock()  # openapi-core does not say that its validators may be shared

    def faults(self, arrived: Arrived) -> tuple[Fault, ...]:
        """Everything in a request that the document does not allow."""
        with self._lock:
            return tuple(fault for error in self._requests.iter_errors(arrived) for fault in _told(error))

    def breaches(self, arrived: Arrived, answer: Answer) -> tuple[Fault, ...]:
        """Everything in a reply that the document does not allow."""
        with self._lock:
            return tuple(fault for error in self._replies.iter_errors(arrived, answer) for fault in _told(error))


class _KeptSchemas(SchemaValidatorsFactory):
    """Makes each schema's validator once; openapi-core would for every value."""

    def __init__(self, validator: type[Any]) -> None:
        super().__init__(validator, _FORMATS)
        self._kept: dict[str, SchemaValidator] = {}

    def create(self, spec: SchemaPath, schema: SchemaPath, *more: Any, **options: Any) -> SchemaValidator:
        where = schema.as_uri()
        if where not in self._kept:
            self._kept[where] = super().create(spec, schema, *more, **options)
        return self._kept[where]


class _KeptPaths(APICallPathFinder):
    """Finds each operation once; Flask has matched the path already."""

    find = cache(APICallPathFinder.find)


class _StrictInteger(IntegerCaster):
    def validate(self, value: Any) -> None:
        """Raises ValueError for what int() would take all the same: spaces, signs, other digits."""
        if not _INTEGER.fullmatch(value):
            raise ValueError("not an integer")


class _StrictBoolean(BooleanCaster):
    def validate(self, value: Any) -> None:
        """Raises ValueError for anything but true and false."""
        if value not in ("true", "false"):
            raise ValueError("neither true nor false")


_CASTERS: Final = TypesCaster({**oas30_casters_dict, "integer": _StrictInteger, "boolean": _StrictBoolean}, AnyCaster)


def _told(error: Exception) -> Iterator[Fault]:
    """One fault for each thing that a schema found wrong, else one for the error itself."""
    name = f"/{error.name}" if isinstance(error, ParameterValidationError) else ""
    cause = error.__cause__
    if isinstance(cause, InvalidSchemaValue):
        for found in cause.schema_errors:
            assert isinstance(found, ValidationError)
            pointer = "".join(f"/{_escaped(step)}" for step in found.absolute_path)
            yield Fault(found.message[:LONGEST_TEXT], name + pointer)
    else:
        yield Fault(str(cause or error)[:LONGEST_TEXT], name)


def _escaped(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
