"""The raw HTTP battery: what travels below JSON Schema.

Decides the order of its parts, and that a part which cannot be asked leaves its rules unsettled.
It sends what Schemathesis does not send or judge. Knows no API.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.call import BrokenOff
from contract_tests.checks import rules
from contract_tests.checks.battery import access, addresses, bodies, methods
from contract_tests.checks.battery.shot import Range, Shot
from contract_tests.checks.replies import ReplyJudge
from contract_tests.preflight import first_question
from contract_tests.session import Session, Specimens

__all__ = ["battery", "access"]

_OF_THE_PROBE = (
    rules.MEDIA_TYPE,
    rules.MEDIA_CASE,
    rules.NOT_JSON,
    rules.CHUNKED,
    rules.DUPLICATES,
)


def battery(session: Session, specimens: Specimens, judge: ReplyJudge, deadline: float) -> None:
    """Fire everything at the session's target, until `deadline` on its clock.

    Raises Unreachable when the target stops answering.
    """
    field = Range(session, judge, deadline)
    session.say("calls without credentials")
    access.access(field, specimens)
    session.say("odd bodies")
    field.fire(_bodies(field, bodies.Mould(session, specimens)))
    session.say("methods that are not there")
    methods.heads(field)
    methods.methods(field)
    session.say("odd paths and queries")
    field.fire(addresses.ids(session))
    field.fire(addresses.queries(session))
    after = first_question(session.api, session.target.scope)
    if after is not None and field.open:
        with field.spared():
            field.ask(after, "an honest question after all that", honest=True)


def _bodies(field: Range, mould: bodies.Mould) -> Iterator[Shot]:
    """Bent bodies, once the straight one has been accepted."""
    why = _unfit(field, mould)
    if why:
        for rule in _OF_THE_PROBE:
            field.session.recorder.doubt(rule.id, why)
        return
    yield from bodies.media_types(mould)
    yield from bodies.texts(mould)
    yield from bodies.values(mould)


def _unfit(field: Range, mould: bodies.Mould) -> str:
    """Why the probe cannot be used, "" when it can."""
    missing = [
        name
        for name in bodies.specimens_named(dict(field.session.api.profile.probe.body))
        if not mould.specimens.get(name)
    ]
    if missing:
        return f"the probe needs a real {missing[0]}, and the run made none"
    try:
        straight = field.ask(mould.call(mould.text().encode()), "the probe as it is", honest=True)
    except BrokenOff as broken:
        return f"the probe as it is got no reply: {broken}"
    return "" if straight.reply.ok else f"the probe as it is was answered {straight.reply.status}"
