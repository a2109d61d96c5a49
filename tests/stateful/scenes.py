"""Scenes for the tests of laws: one change on a forklift, and what was read after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from stateful import operations as op
from stateful.model.books import Asset, Books, Change, Entry, Opened, Posted, Withdrawn
from stateful.model.outlook import Outcome
from stateful.model.words import Effect
from stateful.operations import Template
from stateful.rules.law import Broken, Finding, Law, Scene
from stateful.sights import SeenJournal, SeenLine, SeenLines

JUNE = datetime(2024, 6, 15, tzinfo=UTC)
FORKLIFT = Asset("forklift", "at cost", "accumulated")
PURCHASE = Entry("purchase", date(2024, 1, 1), (("at cost", 4_000), ("bank", -4_000)))
CHANGE = Change("one", "forklift", Effect.IMPROVEMENT, 500, JUNE.date(), "funding", "at cost")
BEFORE = Books().after(Opened(FORKLIFT), Posted(PURCHASE))
AFTER = BEFORE.after(Posted(CHANGE))
VOIDED = AFTER.after(Withdrawn("one"))
RECORD = op.Record("one", "forklift", Effect.IMPROVEMENT, 500, JUNE, "funding")


def line(
    minor: int, account: str = "at cost", name: str = "", journal: str = "j", running: int | None = None
) -> SeenLine:
    return SeenLine(name or f"{account}{minor}", journal, account, minor, JUNE, JUNE, running)


def lines(account: str, *amounts: int, at: int = 7) -> SeenLines:
    return SeenLines(account, tuple(line(minor, account, f"{account}-{n}") for n, minor in enumerate(amounts)), at)


def journal(*amounts: tuple[str, int], name: str = "j", at: int = 8, **more: Any) -> SeenJournal:
    rows = tuple(line(minor, account, f"{name}-{n}", name) for n, (account, minor) in enumerate(amounts))
    return SeenJournal(name, rows, JUNE, at=at, **more)


def recorded(*sights: Any, **more: Any) -> Scene:
    """After the change was recorded; `sights` were read."""
    seen = {sight.account: sight for sight in sights if isinstance(sight, SeenLines)}
    scene = Scene(RECORD, Outcome.DONE, BEFORE, AFTER, sights=sights, lines=seen)
    return replace(scene, **more)


def broken(law: Law, scene: Scene) -> list[Broken]:
    return [finding for finding in found(law, scene) if isinstance(finding, Broken)]


def found(law: Law, scene: Scene) -> list[Finding]:
    return list(law.judge(scene))


def holds(law: Law, scene: Scene) -> bool:
    """The law was looked at, and nothing broke it."""
    return bool(found(law, scene)) and not broken(law, scene)


def silent(law: Law, scene: Scene) -> bool:
    """The law has nothing to say of the scene."""
    return not found(law, scene)


TEMPLATE = Template.EXPENSE
