"""What a document rests on, and the document that is left without a part of it.

`x-evidence` on an operation, parameter, response, header or schema says inferred or chosen;
nothing, or "documented", means that the vendor says so. `x-chosen` names the constraint keywords
of one schema that are ours. Decides what leaving such parts out means. It must not know any API.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import Enum
from typing import Any, Final

from spec.document import METHODS, Document, at, resolve

EVIDENCE: Final = "x-evidence"
CHOSEN_KEYWORDS: Final = "x-chosen"


class Evidence(Enum):
    """Why a point is as it is; also the `evidence` of a profile's points."""

    DOCUMENTED = "documented"  # the vendor's documents say so
    OBSERVED = "observed"  # the vendor's own client or a captured reply shows it
    INFERRED = "inferred"  # it follows, or is the vendor's habit elsewhere
    CHOSEN = "chosen"  # ours alone: nobody is failed for it


def without(document: Document, *kinds: Evidence) -> Document:
    """A new document that says nothing of what rests on `kinds`; `document` is left as it is.

    Operations, parameters, headers, members and alternatives that rest on them are left out, a
    member also where it was required. A response's status becomes its class, "4XX" without a
    body or "2XX" with it, so that any status of the class will do. Replies may hold members that
    the document does not name. Where CHOSEN goes, so do the keywords listed in `x-chosen`.
    """
    names = {kind.value for kind in kinds}
    folded = _fold_responses(document, names)
    left: Document = prune(folded, lambda node: node.get(EVIDENCE) in names)
    if Evidence.CHOSEN in kinds:
        left = _loosen(left)
    _open_replies(left)
    _drop_empty_paths(left)
    _drop_dead_links(left)
    return left


def prune(document: Document, gone: Callable[[Document], bool]) -> Document:
    """A copy without the objects that `gone` says so of, the references to them, and their names in
    `required`."""
    pruned_components = {
        f"#/components/{kind}/{name}"
        for kind, components in document.get("components", {}).items()
        for name, component in components.items()
        if gone(component)
    }

    def goes(node: Any) -> bool:
        return isinstance(node, dict) and (node.get("$ref") in pruned_components or gone(node))

    def copy(node: Any) -> Any:
        if isinstance(node, list):
            return [copy(item) for item in node if not goes(item)]
        if not isinstance(node, dict):
            return node
        kept = {name: copy(value) for name, value in node.items() if not goes(value)}
        properties = node.get("properties")
        if isinstance(properties, dict) and isinstance(node.get("required"), list):
            lost = {name for name, member in properties.items() if goes(member)}
            kept["required"] = [name for name in node["required"] if name not in lost]
            if not kept["required"]:  # OpenAPI 3.0 forbids an empty list
                del kept["required"]
        return kept

    copied: Document = copy(document)
    return copied


def _each_operation(document: Document) -> Iterator[Document]:
    for item in document["paths"].values():
        for method in METHODS:
            if method in item:
                yield item[method]


def _fold_responses(document: Document, names: Collection[str]) -> Document:
    """A copy where the responses that rest on `names` stand under their class of statuses."""
    paths = {}
    for path, item in document["paths"].items():
        paths[path] = dict(item)
        for method in METHODS:
            if method in item:
                operation = item[method]
                paths[path][method] = {
                    **operation,
                    "responses": _folded(document, operation["responses"], names),
                }
    return {**document, "paths": paths}


def _folded(document: Document, responses: Document, names: Collection[str]) -> Document:
    kept: Document = {}
    classes: Document = {}
    for status, node in responses.items():
        response = resolve(document, node)
        if response.get(EVIDENCE) not in names:
            kept[status] = node
        elif status.startswith("2"):
            classes.setdefault("2XX", {key: value for key, value in response.items() if key != EVIDENCE})
        else:
            free = {"description": "Refused; the status and the body are free."}
            classes.setdefault(f"{status[0]}XX", free)
    return {**kept, **classes}


def _loosen(node: Any) -> Any:
    """A copy without the keywords that `x-chosen` lists."""
    if isinstance(node, list):
        return [_loosen(item) for item in node]
    if not isinstance(node, dict):
        return node
    ours = {CHOSEN_KEYWORDS, *node.get(CHOSEN_KEYWORDS, ())}
    return {name: _loosen(value) for name, value in node.items() if name not in ours}


def _open_replies(document: Document) -> None:
    """Let every schema that a reply reaches hold further members."""
    seen: set[str] = set()

    def open_schema(node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                open_schema(item)
        if not isinstance(node, dict):
            return
        if node.get("additionalProperties") is False:
            del node["additionalProperties"]
        reference = node.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            open_schema(at(document, reference))
        for value in node.values():
            open_schema(value)

    for operation in _each_operation(document):
        for response in operation["responses"].values():
            for media in resolve(document, response).get("content", {}).values():
                open_schema(media.get("schema", {}))


def _drop_empty_paths(document: Document) -> None:
    document["paths"] = {
        path: item for path, item in document["paths"].items() if any(method in item for method in METHODS)
    }


def _drop_dead_links(document: Document) -> None:
    alive = {operation["operationId"] for operation in _each_operation(document)}
    for operation in _each_operation(document):
        for response in operation["responses"].values():
            links = response.get("links", {})
            for name in [name for name, link in links.items() if link["operationId"] not in alive]:
                del links[name]
