"""By which member a generated record can be recognised as the kit's own.

Decides that from names alone: the member that the profile's probe fills with a fresh value, else one that
holds an external id, else a name. An update that gives such a member bears the mark, too: it would take
the record's own away. Knows no API.
"""

from __future__ import annotations

from typing import Any, Final

from spec import Api, operations, resolve

FRESH: Final = "{fresh}"
_ENDINGS: Final = ("externalid", "name")


def marks_of(api: Api) -> dict[str, dict[str, int]]:
    """The members that can bear a mark, by operation: the best first, with how many characters each has at least.

    Of all operations that create or update; nothing for one that has no such member.
    """
    probed = [name for name, value in api.profile.probe.body.items() if value == FRESH]
    found: dict[str, dict[str, int]] = {}
    for operation in operations(api.judged):
        if operation.body is None:
            continue
        members = resolve(api.judged, operation.body).get("properties", {})
        free = [name for name, schema in members.items() if _is_free_text(resolve(api.judged, schema))]
        ranked = [name for name in probed if name in free]
        ranked += [name for ending in _ENDINGS for name in free if _plain(name).endswith(ending)]
        own = [name for name in dict.fromkeys(ranked) if not _is_reference(name, free)]
        if own:
            found[operation.operation_id] = {
                name: resolve(api.judged, members[name]).get("minLength", 0) for name in own
            }
    return found


def _is_free_text(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "string" and not schema.keys() & {"enum", "format", "pattern", "maxLength"}


def _is_reference(name: str, free: list[str]) -> bool:
    """Whether a member names another record: "asset_external_id" beside "external_id"."""
    return any(other != name and _plain(name).endswith(_plain(other)) for other in free)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
