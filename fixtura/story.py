"""Playing a story: the requests of `spec/<api>/story.yaml` against a server, with figures after each.

Decides how a story's steps are sent and how its figures are read. It knows no API: paths, bodies and
pointers are the story's. A path below `/_sandbox/` is the server's own; every other hangs under the API's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final

import httpx
import yaml

_OF_THE_SERVER: Final = "/_sandbox/"


@dataclass(frozen=True, slots=True)
class Told:
    """One step as it went: the call's first line, the reply's status, and the figures after it.

    figures: name → minor units, the total last.
    """

    title: str
    call: str
    status: int
    figures: Mapping[str, int]


class BrokenStory(Exception):
    """A step was not accepted; the text holds the call and the reply."""


def load_story(api: str) -> dict[str, Any]:
    """The story of one API, as its file has it."""
    story = yaml.safe_load(files("spec").joinpath(api, "story.yaml").read_text("utf-8"))
    assert isinstance(story, dict)
    return story


def play(story: Mapping[str, Any], client: httpx.Client, scope: Mapping[str, str]) -> Iterator[Told]:
    """Send the story's steps in order and read its figures after each.

    `decimals` of a story: how many its API's amounts have; none where it counts in minor units.
    Raises BrokenStory at the first step that is not accepted.
    """
    kept = dict(scope)
    for step in story["steps"]:
        reply = _send(client, step["call"], kept, step.get("body"))
        kept |= {name: str(_at(reply.json(), pointer)) for name, pointer in step.get("keep", {}).items()}
        figures = dict(_figures(story, client, kept))
        yield Told(step["title"], step["call"], reply.status_code, figures)


def _figures(story: Mapping[str, Any], client: httpx.Client, kept: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    total = 0
    for figure in story["figures"]:
        shown = _send(client, figure["call"], kept, None).json(parse_float=Decimal)
        value = int(Decimal(_at(shown, figure["value"]) or 0).scaleb(story.get("decimals", 0)))
        total += figure["sign"] * value
        yield figure["name"], value
    yield story["total"], total


def _send(client: httpx.Client, call: str, kept: Mapping[str, str], body: Any) -> httpx.Response:
    method, _, path = _filled(call, kept).partition(" ")
    url = client.base_url.join(path) if path.startswith(_OF_THE_SERVER) else path
    reply = client.request(method, url, json=_filled(body, kept) if body is not None else None)
    if not reply.is_success:
        raise BrokenStory(f"{method} {path} was answered {reply.status_code}: {reply.text}")
    return reply


def _filled(template: Any, kept: Mapping[str, str]) -> Any:
    if isinstance(template, dict):
        return {key: _filled(value, kept) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, kept) for value in template]
    if isinstance(template, str):
        for name, value in kept.items():
            template = template.replace(f"{{{name}}}", value)
    return template


def _at(document: Any, pointer: str) -> Any:
    """The value at a JSON Pointer, None where there is none."""
    for part in pointer.split("/")[1:]:
        if isinstance(document, list) and part.isdigit() and int(part) < len(document):
            document = document[int(part)]
        elif isinstance(document, dict):
            document = document.get(part)
        else:
            return None
    return document
