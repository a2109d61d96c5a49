"""What a variant is, and those that any API may have.

Decides that a variant is a function from parts to parts, like a fault, or a switch of the profile, and
that it names the point of the profile which leaves it open. It must not know the kit.
"""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from mock_server.domain.refused import Code, Refused
from mock_server.faults.fault import Parts, with_body, with_handlers
from mock_server.surface import Answer, Handler, Ids, Refusal, Request

_SLOWLY_S: Final = 0.02
_ANOTHER_MEMBER: Final = "later_member"


def _as_it_is(parts: Parts) -> Parts:
    return parts


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of being right. sentence: what it does. point: the profile's point that leaves it open.

    outcome: what that point accepts it as. apply, switches, ids: how it comes about: other parts, switches of
    the profile, other ids. about: variants about the same thing exclude each other.
    """

    name: str
    sentence: str
    point: str
    outcome: int | str
    apply: Callable[[Parts], Parts] = _as_it_is
    switches: Mapping[str, bool] = field(default_factory=dict)
    ids: Callable[[Ids], Ids] | None = None
    about: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "about", self.about or self.name)


class _OrderedIds:
    """Ids that begin with when they were made, as version 7 does (RFC 9562 5.7)."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._given = 0

    def new(self) -> str:
        """The next id; the version's digit is a 7."""
        self._given += 1
        drawn = self._ids.new()
        return f"0190{self._given >> 16:04x}-{self._given & 0xFFFF:04x}-7{drawn[15:]}"


def slow() -> Variant:
    """Every call takes a while."""

    async def wait(_request: Request) -> None:
        await sleep(_SLOWLY_S)

    def apply(parts: Parts) -> Parts:
        waits = dict.fromkeys(parts.surface.handlers, wait)
        return replace(parts, surface=replace(parts.surface, waits=waits))

    return Variant("slow", "Every call is answered 20 milliseconds later.", "pace", "later", apply)


def other_ids() -> Variant:
    """Ids that are uuids of another version."""
    return Variant("other-ids", "Ids are version 7 uuids.", "ids", "uuid", ids=_OrderedIds)


def more_members(*free: str) -> Variant:
    """A member that no document names in every object of a reply; `free`: members that are the caller's own."""

    def grown(value: Any) -> Any:
        if isinstance(value, dict):
            known = {name: child if name in free else grown(child) for name, child in value.items()}
            return {**known, _ANOTHER_MEMBER: {"since": 2}}
        return [grown(one) for one in value] if isinstance(value, list) else value

    def more(answer: Answer) -> Answer:
        return answer if answer.body is None else with_body(answer, grown(answer.body))

    sentence = "Every object of a reply has a member that the document does not name."
    return Variant("more-members", sentence, "reply_members", "more", lambda parts: answering(parts, more))


def other_texts(*texts: str, empty: Collection[str] = ()) -> Variant:
    """Refusals in other words. texts: the members that say why; empty: those that may be left null."""

    def retold(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: "No." if name in texts else None if name in empty else retold(child)
                for name, child in value.items()
            }
        return [retold(one) for one in value] if isinstance(value, list) else value

    def other(answer: Answer) -> Answer:
        return replace(answer, body=retold(answer.body))

    def apply(parts: Parts) -> Parts:
        refuse = parts.surface.refuse
        surface = replace(parts.surface, refuse=lambda violations: other(refuse(violations)))
        return refusing(replace(parts, surface=surface), lambda _refused, answer: other(answer))

    return Variant("other-texts", "Refusals say nothing but No.", "refusal_text", "other", apply)


def conflict_409(point: str, *codes: Code) -> Variant:
    """409 for what the books refuse for these reasons; `point` is the profile's."""

    def other(refused: Refused | None, answer: Answer) -> Answer:
        conflict = refused is not None and answer.status == 400 and refused.code in codes
        return replace(answer, status=409, judged=False) if conflict else answer

    sentence = "What the state of the books forbids is answered with 409 in place of 400."
    return Variant("conflict-409", sentence, point, 409, lambda parts: refusing(parts, other))


def answering(parts: Parts, change: Callable[[Answer], Answer]) -> Parts:
    """The parts, with something done to every answer that is no refusal."""

    def other(handler: Handler) -> Handler:
        return lambda request: change(handler(request))

    return with_handlers(parts, tuple(parts.surface.handlers), other)


def refusing(parts: Parts, change: Callable[[Refused | None, Answer], Answer]) -> Parts:
    """The parts, with something done to every refusal of a handler; None where it was not the books'."""

    def other(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            try:
                return handler(request)
            except Refusal as refusal:
                cause = refusal.__cause__
                raise Refusal(change(cause if isinstance(cause, Refused) else None, refusal.answer)) from cause

        return answer

    return with_handlers(parts, tuple(parts.surface.handlers), other)
