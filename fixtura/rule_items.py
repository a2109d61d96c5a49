"""The kit's rules as pytest's test items: `pytest --fixtura-target target.toml`.

Decides how a target file becomes a collector, a rule an item, and a verdict an outcome. The kit runs once
for all items that are left after deselection, when the first of them is reached; with xdist once for all
workers. What a run does is in `fixtura.running`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest

from contract_tests.host import hosted, load_app
from contract_tests.report import check_writable, write_reports
from contract_tests.report.sentence import Standing, observations, standing, why
from contract_tests.report.telling import script
from contract_tests.target import Misuse
from contract_tests.verdict import Failed, Failure, Level, Report, Result, Rule
from fixtura.contracts import contract_of, levelled
from fixtura.run_options import RunOptions
from fixtura.running import Plan, chosen, rules_of, run
from fixtura.shared_run import once
from fixtura.targets import describe_target

SHARED: Final = pytest.StashKey[Path]()
"""A folder that all workers of a run see."""


class RuleBroken(AssertionError):
    """A rule that failed, or could not be settled. The text is for reading."""


class TargetFile(pytest.File):
    """A target file, and one item for each rule of its API."""

    def collect(self) -> Iterator[pytest.Item]:
        """The rules, in the order of a report. Raises a collection error for what is wrong with the file."""
        try:
            self.options = RunOptions.of(self.path)
            api = self.config.getoption("fixtura_api")
            described = describe_target(file=self.path, api=api, url=_SERVED if self._app() else None)
            known = chosen(rules_of(contract_of(described)), self.options.rules)
            rules = levelled(known, described.overrides.levels)
            for path in self.options.files.values():
                check_writable(path)
        except Misuse as error:
            raise self.CollectError(f"fixtura: {error}") from error
        for rule in rules:
            yield RuleItem.from_parent(self, name=rule.id, rule=rule, api=described.api)

    def report(self, wanted: Sequence[str]) -> Report:
        """The report of this session's one run, which judges these rules. Raises Misuse and Unreachable."""
        shared = self.config.stash.get(SHARED, None)
        return once(shared, str(self.path), lambda: self._run(tuple(wanted)))

    def _app(self) -> str | None:
        named: str | None = self.config.getoption("fixtura_app")
        return named

    def _run(self, wanted: tuple[str, ...]) -> Report:
        config = self.config
        with ExitStack() as hosts:
            url = None
            if (named := self._app()) is not None:
                sys.path.insert(0, str(config.rootpath))
                url = hosts.enter_context(hosted(load_app(named)))
            target = describe_target(file=self.path, api=config.getoption("fixtura_api"), url=url)
            plan = Plan(
                target=target,
                rules=wanted,
                yes_this_host=tuple(config.getoption("fixtura_yes")),
                memory=_memory(config),
                **self.options.of_the_plan(),
            )
            report = run(plan)
        for trouble in write_reports(report, self.options.files, strict=self.options.strict):
            self.warn(pytest.PytestWarning(f"fixtura: {trouble}"))
        return report


_SERVED: Final = "http://127.0.0.1:1"
"""Stands for the address of an app that is not served yet."""


class RuleItem(pytest.Item):
    """One rule of one target."""

    def __init__(self, *, rule: Rule, api: str, **more: Any) -> None:
        super().__init__(**more)
        self.rule = rule
        self.user_properties += [("rule", rule.id), ("level", rule.level.value), ("source", rule.source)]
        self.extra_keyword_matches |= {"fixtura", api, rule.level.value}
        if self.config.pluginmanager.has_plugin("xdist"):
            # With `--dist loadgroup` they stay together; without, the workers wait for the one that runs the kit.
            self.add_marker(pytest.mark.xdist_group(str(self.path)))

    def runtest(self) -> None:
        """Pass, fail or skip as the verdict says."""
        assert isinstance(self.parent, TargetFile)
        report = self.parent.report(self._wanted())
        if report.interrupted:
            raise KeyboardInterrupt
        result = next(result for result in report.results if result.rule.id == self.rule.id)
        self.user_properties += [("verdict", standing(result).value), ("observations", observations(result))]
        binding = (Level.MUST, Level.SHOULD) if self.parent.options.strict else (Level.MUST,)
        _settle(report, result, binds=result.rule.level in binding)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The rule's own words instead of a traceback through the kit."""
        from contract_tests.call import Unreachable

        if isinstance(excinfo.value, RuleBroken | Misuse | Unreachable):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """How a failure is headed."""
        return self.path, None, f"{self.rule.id}: {self.rule.statement}"

    def _wanted(self) -> list[str]:
        """The rules of this target that are left in the session."""
        left = self.session.items
        return [item.rule.id for item in left if isinstance(item, RuleItem) and item.path == self.path]


def _settle(report: Report, result: Result, *, binds: bool) -> None:
    kind = standing(result)
    if kind is Standing.FAILED:
        assert isinstance(result.verdict, Failed)
        told = "\n\n".join(_told(report, result, failure) for failure in result.verdict.failures)
        if binds:
            raise RuleBroken(told)
        if result.rule.level is not Level.OBSERVED:  # what is observed never fails
            pytest.xfail(f"a {result.rule.level.value}-rule, which binds only when strict: {_seen(result)}")
    elif kind is Standing.UNKNOWN and binds:
        raise RuleBroken(f"inconclusive: {result.rule.id}: {result.rule.statement}\n{why(result)}")
    elif kind in (Standing.UNKNOWN, Standing.UNOBSERVABLE):
        pytest.skip(f"{kind.value}: {why(result)}")


def _seen(result: Result) -> str:
    assert isinstance(result.verdict, Failed)
    first = result.verdict.failures[0]
    return f"seen {first.seen}, expected {first.expected}"


def _told(report: Report, result: Result, failure: Failure) -> str:
    rule = result.rule
    facts = [
        f"{rule.id} ({rule.level.value}): {rule.statement}",
        f"source:    {rule.source}",
        f"operation: {failure.operation}",
        f"seen:      {failure.seen}",
        f"expected:  {failure.expected}",
        f"seed:      {failure.seed}",
    ]
    return "\n".join([*facts, "", script(report, result, failure)])


def _memory(config: pytest.Config) -> Path | None:
    """Where failing histories are kept, beside what pytest keeps of failed tests; nowhere with its cache off."""
    cache = getattr(config, "cache", None)
    return None if cache is None else Path(cache.mkdir("fixtura"))
