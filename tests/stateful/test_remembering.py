"""A failing history of one run is the first that the next run tries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import configuration

from contract_tests.host import hosted
from contract_tests.target import Target
from contract_tests.verdict import Failed, Failure, Report
from fixtura.running import Plan, run
from stateful.machine.batch import quarters
from stateful.machine.remembering import Memory
from tests.implementations.wrong_servers import WRONG

BATCH = (3, {"void": 2, "statement at a day": 5})


def test_nothing_is_kept_without_a_folder() -> None:
    memory = Memory(None, "layer")
    memory.note(BATCH, failed=True)
    assert list(memory.batches()) == []
    assert memory.shelf(BATCH) is None


def test_a_batch_is_kept_until_nothing_fails_in_it(tmp_path: Path) -> None:
    Memory(tmp_path, "layer").note(BATCH, failed=True)
    assert list(Memory(tmp_path, "layer").batches()) == [BATCH]
    assert list(Memory(tmp_path, "layer, quick").batches()) == []
    Memory(tmp_path, "layer").note(BATCH, failed=False)
    assert list(Memory(tmp_path, "layer").batches()) == []


def test_each_batch_has_a_shelf_of_its_own(tmp_path: Path) -> None:
    one, other = (Memory(tmp_path, "layer").shelf(batch) for batch in (BATCH, (4, {})))
    assert one is not None
    assert other is not None
    one.save(b"key", b"value")
    assert set(one.fetch(b"key")) == {b"value"}
    assert set(other.fetch(b"key")) == set()
    one.delete(b"key", b"value")
    assert set(one.fetch(b"key")) == set()


def test_what_somebody_else_put_there_is_passed_over(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "layer")
    memory.note(BATCH, failed=True)
    assert memory._kept is not None
    memory._kept.save(b"layer", b"not ours")
    assert list(memory.batches()) == [BATCH]


@pytest.mark.parametrize("older", [False, True], ids=["today", "older"])
def test_what_hypothesis_writes_for_itself_goes_elsewhere_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, older: bool
) -> None:
    """Older versions of Hypothesis give the path itself."""
    current = configuration.storage_directory
    monkeypatch.setattr(configuration, "storage_directory", lambda **_: tmp_path if older else current())
    told: list[object] = []
    monkeypatch.setattr(configuration, "set_hypothesis_home_dir", told.append)
    before = tmp_path if older else current().path
    with quarters():
        assert told[0] not in (None, before, str(before))
    assert told[1:] == [before]


def _judged(url: str, folder: Path | None, calls: list[int], monkeypatch: pytest.MonkeyPatch) -> Report:
    """A run for one rule; `calls` gets how many requests had been sent when it first failed."""
    from contract_tests.driver import HttpDriver
    from contract_tests.recorder import Recorder

    drivers: list[HttpDriver] = []
    opened, fail = HttpDriver.__init__, Recorder.fail

    def opens(self: HttpDriver, *given: object, **more: object) -> None:
        opened(self, *given, **more)  # type: ignore[arg-type]
        drivers.append(self)

    def fails(self: Recorder, failure: Failure) -> None:
        if not calls:
            calls.append(drivers[-1].meter.requests)
        fail(self, failure)

    with monkeypatch.context() as patch:
        patch.setattr(HttpDriver, "__init__", opens)
        patch.setattr(Recorder, "fail", fails)
        target = Target(
            f"{url}/v1", "layer", {"business_id": "11111111-1111-4111-8111-111111111111"}, "layer-demo-token"
        )
        return run(Plan(target=target, rules=("A2",), scenarios=20, budget_s=60, seed=3, keep=True, memory=folder))


def test_the_last_failure_is_the_first_thing_that_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hosted(WRONG["double_void"].factory()) as url:
        first, second = [], []
        _judged(url, tmp_path, first, monkeypatch)
        report = _judged(url, tmp_path, second, monkeypatch)
    assert isinstance(report.results[0].verdict, Failed)
    assert second[0] < first[0], "the second run has not begun with what failed in the first"
    assert list(Memory(tmp_path, "layer").batches()) != []
