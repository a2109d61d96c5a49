"""The rules of part A, each with its level and its source.

Decides what is claimed and how firmly; how it is looked at is in the files beside this one.
Must is what the document says of a request that it allows, and no more: what a server does with
malformed input is nowhere documented, so those rules are HTTP's and JSON's own, level should.
"""

from __future__ import annotations

from typing import Final

from contract_tests.verdict import Level, Rule

_DOCUMENT: Final = "The API's document"
_INFERRED: Final = "The API's document, where it is inferred (x-evidence)"

STATUS = Rule("S1", Level.MUST, "A reply has a status that the document declares for its operation", _DOCUMENT)
MEDIA = Rule(
    "S2",
    Level.MUST,
    "A reply has the media type and the headers that the document declares for its status",
    _DOCUMENT,
)
SCHEMA = Rule("S3", Level.MUST, "A reply's body fits the schema declared for its status, formats included", _DOCUMENT)
INFERRED = Rule(
    "S4",
    Level.SHOULD,
    "A reply also keeps what the document only infers of its status, headers and body",
    _INFERRED,
)
NO_CRASH = Rule(
    "S5",
    Level.MUST,
    "A request that the document allows is never answered with a server error",
    "The API's document: no operation declares a 5xx",
)
ROBUST = Rule(
    "S6",
    Level.SHOULD,
    "A malformed request is never answered with a server error",
    "RFC 9110 15.5, 15.6: what the client did wrong is a 4xx",
)
REFUSED = Rule(
    "S7",
    Level.SHOULD,
    "A request that the document forbids is refused",
    "The API's document: required members, types, enums and formats of requests",
)
ACCEPTED = Rule(
    "S8",
    Level.SHOULD,
    "A request that the document allows is accepted, or refused for a reason that the profile knows",
    "The API's document and profile",
)
LINT = Rule(
    "S9",
    Level.SHOULD,
    "The document keeps its own rules: examples fit their schemas, literal paths come before templates",
    "OpenAPI 3.0.3, 4.7.8 and 4.8.24",
)

CREDENTIALS = Rule(
    "H1",
    Level.MUST,
    "Every operation that declares security refuses a call without credentials, or with unknown ones, with 401",
    "The API's document: security; RFC 9110 15.5.2",
)
CHALLENGE = Rule("H2", Level.SHOULD, "A 401 names the scheme it asks for in WWW-Authenticate", "RFC 9110 11.6.1")
MEDIA_TYPE = Rule(
    "H3",
    Level.SHOULD,
    "A body of a media type that the operation does not declare is refused",
    "The API's document: requestBody.content; RFC 9110 15.5.16",
)
MEDIA_CASE = Rule(
    "H4", Level.SHOULD, "Names of media types and charsets are read without regard to case", "RFC 9110 8.3.1, 8.3.2"
)
NOT_JSON = Rule("H5", Level.SHOULD, "A body that is not one JSON text in UTF-8 is refused", "RFC 8259 2, 8.1")
CHUNKED = Rule("H6", Level.SHOULD, "A chunked body is read as the same body with a length is", "RFC 9112 6.3, 7.1")
HOSTILE = Rule(
    "H7",
    Level.SHOULD,
    "Hostile input (huge numbers, deep nesting, lone surrogates, odd escapes) is never a server error",
    "RFC 9110 15.5, 15.6",
)
METHODS = Rule(
    "H8",
    Level.SHOULD,
    "A method that the path does not have is refused, and a 405 lists in Allow those that it has",
    "RFC 9110 15.5.6, 10.2.1",
)
HEAD = Rule("H9", Level.SHOULD, "HEAD is answered as GET is, without the body, or not at all", "RFC 9110 9.3.2")
DUPLICATES = Rule(
    "H10", Level.OBSERVED, "A body that names a member twice is refused", "RFC 8259 4: names should be unique"
)
REPEATED = Rule(
    "H11",
    Level.OBSERVED,
    "A query parameter that takes one value is refused when it is given twice",
    "The API's document: the parameter is no array",
)

RULES: Final = (
    STATUS, MEDIA, SCHEMA, INFERRED, NO_CRASH, ROBUST, REFUSED, ACCEPTED, LINT,
    CREDENTIALS, CHALLENGE, MEDIA_TYPE, MEDIA_CASE, NOT_JSON, CHUNKED, HOSTILE, METHODS, HEAD,
    DUPLICATES, REPEATED,
)  # fmt: skip
