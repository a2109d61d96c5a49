"""What a request says, in the domain's terms.

Decides how references, dates and notes are read out of a body or query. Schemas have been checked
by the edge; a member that is left out takes its old value, and null clears it (DECISIONS 9, 10).
"""

from __future__ import annotations

from typing import Any

from mock_server.apis.layer.metadata import Metadata
from mock_server.domain.accounts import AccountRef, ById, ByKey
from mock_server.domain.assets import AssetRef
from mock_server.domain.entries import Days
from mock_server.domain.instants import Instant, parse
from mock_server.domain.journal import NO_NOTE, Note

Body = dict[str, Any]


def account(said: Any, at: str) -> AccountRef:
    """An AccountIdentifier: by id, by stable name, or a bare string, which is a stable name."""
    if isinstance(said, str):
        return ByKey(said, at)
    if said["type"] == "AccountId":
        return ById(said["id"].lower(), at)
    return ByKey(said["stable_name"], at)


def asset(body: Body) -> AssetRef:
    """The asset of a value update, by either selector; null counts as left out."""
    asset_id = body.get("asset_id")
    return AssetRef(
        None if asset_id is None else asset_id.lower(),
        body.get("asset_external_id"),
        id_at="/asset_id" if "asset_id" in body else "",
        external_id_at="/asset_external_id" if "asset_external_id" in body else "",
    )


def instant(body: Body, member: str) -> Instant:
    """The instant in that member. Raises Refused (NOT_AN_INSTANT)."""
    return parse(body[member], f"/{member}")


def days(query: Body) -> Days:
    """The UTC days from `start_date` through `end_date`. Raises Refused (NOT_AN_INSTANT)."""
    since = instant(query, "start_date").day if "start_date" in query else None
    through = instant(query, "end_date").day if "end_date" in query else None
    return Days(since, through)


def note(body: Body, old: Note = NO_NOTE) -> Note:
    """The note that a record has after this body."""
    metadata = old.metadata
    if "metadata" in body:
        metadata = None if body["metadata"] is None else Metadata(body["metadata"])
    new = Note(body.get("memo", old.memo), body.get("reference_number", old.reference), metadata)
    return old if new == old else new
