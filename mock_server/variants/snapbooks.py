"""Snapbooks' variants. Decides which there are, and which points of its profile leave them open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from mock_server.faults.fault import Parts, with_handlers
from mock_server.surface import Answer, Handler, Refusal, Request
from mock_server.variants.variant import Variant, answering, more_members, other_texts, refusing, slow

_LIST: Final = "listAssets"
_TIMES: Final = ("created_at", "updated_at")
_LONGEST: Final = 100  # rows of a page


def _other_texts(parts: Parts) -> Parts:
    """Refusals in other words, but for the one whose words are documented: a deactivation that is denied."""
    documented = parts.surface.handlers["deactivateAsset"]
    return with_handlers(other_texts("error").apply(parts), "deactivateAsset", lambda _other: documented)


def _restated(before: int, after: int) -> Callable[[Parts], Parts]:
    """Another status of refusals; the body says it, too."""

    def other(answer: Answer) -> Answer:
        if answer.status != before:
            return answer
        return replace(answer, status=after, body={**answer.body, "status": after}, judged=False)

    def apply(parts: Parts) -> Parts:
        admit = parts.surface.admit

        def admitting(request: Request) -> None:
            try:
                admit(request)
            except Refusal as refusal:
                raise Refusal(other(refusal.answer)) from refusal

        surface = replace(parts.surface, admit=admitting)
        return refusing(replace(parts, surface=surface), lambda _refused, answer: other(answer))

    return apply


def _moves_are_conflicts(parts: Parts) -> Parts:
    """A PUT is refused by its handler for one reason only: another client account."""
    return with_handlers(
        parts, "updateAsset", lambda _handler: _restated(400, 409)(parts).surface.handlers["updateAsset"]
    )


def _created_200(parts: Parts) -> Parts:
    return answering(
        parts, lambda answer: replace(answer, status=200, judged=False) if answer.status == 201 else answer
    )


def _inactive_listed(parts: Parts) -> Parts:
    def listing(handler: Handler) -> Handler:
        return lambda request: handler(replace(request, query={**request.query, "is_active": "null"}))

    return with_handlers(parts, _LIST, listing)


def _newest_first(parts: Parts) -> Parts:
    """The whole list is fetched, turned round, and cut into pages here."""

    def turned(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            right = handler(request)
            meta = right.body["meta"]
            rows = _every_row(handler, request, -(-meta["records"] // _LONGEST))[::-1]
            first = (meta["page"] - 1) * meta["per_page"]
            return replace(right, body={"data": rows[first : first + meta["per_page"]], "meta": meta})

        return answer

    return with_handlers(parts, _LIST, turned)


def _every_row(handler: Handler, request: Request, pages: int) -> list[Any]:
    queries = ({**request.query, "page": page, "per_page": _LONGEST} for page in range(1, pages + 1))
    return [row for query in queries for row in handler(replace(request, query=query)).body["data"]]


def _one_empty_page(parts: Parts) -> Parts:
    def listing(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            right = handler(request)
            meta = right.body["meta"]
            return replace(right, body={**right.body, "meta": {**meta, "pages": max(1, meta["pages"])}})

        return answer

    return with_handlers(parts, _LIST, listing)


def _in_another_language(parts: Parts) -> Parts:
    """Names of classes in another language: their codes in small letters stand for a translation."""

    def translated(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            right = handler(request)
            rows = [{**row, "name": row["code"].lower(), "description": "as one says there"} for row in right.body]
            return replace(right, body=rows)

        return answer

    return with_handlers(parts, "listAssetClasses", translated)


def _fractions(parts: Parts) -> Parts:
    """Instants with a fraction and an offset, which RFC 3339 has beside Z."""

    def spelled(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: f"{child[:-1]}.000+00:00" if name in _TIMES else spelled(child) for name, child in value.items()
            }
        return [spelled(one) for one in value] if isinstance(value, list) else value

    return answering(parts, lambda answer: replace(answer, body=spelled(answer.body), judged=False))


VARIANTS: Final = (
    Variant(
        "newer-revision",
        "The page's later revision: 50 assets on a page, a filter, and seven members more.",
        "newer_revision",
        "later",
        switches={"newer_revision": True},
        about="listed",
    ),
    Variant(
        "inactive-listed",
        "Lists hold inactive assets, too.",
        "inactive_listed",
        "shown",
        _inactive_listed,
        about="listed",
    ),
    Variant(
        "strict-lists",
        "A page that is too long or beyond the end, and an unknown value of with, are refused.",
        "per_page_above",
        400,
        switches={"strict_lists": True},
    ),
    Variant(
        "once-false",
        "is_active is left out until it is false.",
        "is_active_shown",
        "once_false",
        switches={"is_active_only_when_false": True},
    ),
    Variant(
        "account-ignored",
        "A PUT with another client account is carried out without it.",
        "put_client_account",
        "ignored",
        switches={"ignore_account_change": True},
        about="account",
    ),
    Variant(
        "conflict-409",
        "A PUT with another client account is answered with 409.",
        "put_client_account",
        409,
        _moves_are_conflicts,
        about="account",
    ),
    Variant(
        "foreign-404",
        "What the user has no access to is not there: 404 in place of 403.",
        "foreign_asset",
        404,
        _restated(403, 404),
    ),
    Variant("created-200", "A POST is answered with 200.", "success_status", 200, _created_200),
    Variant(
        "newest-first", "A list begins with the asset that was made last.", "order", "anything_stable", _newest_first
    ),
    Variant("one-empty-page", "An empty list has one page.", "empty_list", "one", _one_empty_page),
    Variant("other-language", "Classes have other names and descriptions.", "localised", "other", _in_another_language),
    Variant("fractions", "Instants have a fraction and an offset.", "times", "rfc3339", _fractions),
    replace(other_texts("error"), apply=_other_texts),
    replace(more_members(), point="further_members"),
    slow(),
)
