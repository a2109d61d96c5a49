"""A register's parts behave as others do, and as their own again: what they hold stays."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from mock_server.domain.register.dues import Schedules
from mock_server.domain.register.records import Asset
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Schedule, Terms
from tests.domain.registers import a_draft, a_register, day


class _Blind(Register):
    def numbered(self, number: str) -> Asset | None:
        return None


class _TwiceAsFast(Schedules):
    def _terms(self, *arguments: Any) -> Terms:
        terms = super()._terms(*arguments)
        return Terms(terms.cost_minor, terms.start, terms.method, life=(terms.life or Fraction(1)) / 2)


class _Nothing(Schedule):
    def accumulated(self, through: Any) -> int:
        return 0


class _Never(Schedules):
    def _kind(self) -> type[Schedule]:
        return _Nothing


def test_a_register_behaves_otherwise_and_as_itself_again() -> None:
    register = a_register()
    asset = a_draft(register)
    number = asset.facts.number
    register.recast({Register: _Blind})
    assert register.numbered(number) is None
    register.recast({})
    assert register.numbered(number) is asset


def test_schedules_that_were_kept_are_made_anew_by_another_class() -> None:
    register = a_register()
    asset = a_draft(register)
    december = day("2022-12-31")
    usual = register.schedule_of(asset).accumulated(december)
    register.recast({Schedules: _TwiceAsFast})
    assert register.schedule_of(asset).accumulated(december) == 2 * usual
    register.recast({Schedules: _Never})
    assert register.schedule_of(asset).accumulated(december) == 0
    register.recast({})
    assert register.schedule_of(asset).accumulated(december) == usual
