"""The glue to Hypothesis: one batch of histories, drawn, carried out, and shrunk.

Decides how a batch is seeded and how long its shrinking may take. Hypothesis' own verdict is not
used: a target that remembers makes shrunk examples flaky, and a violation is on record before
Hypothesis hears of it. Nothing is stored but what `remembering` is told to keep: no folder of its own in
the user's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, configuration, seed, settings
from hypothesis.database import ExampleDatabase
from hypothesis.errors import Flaky
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from hypothesis.strategies import runner

from stateful.machine.exchanges import Violation
from stateful.machine.theme import Play, Theme

Step = Callable[[Play], None]


def run_batch(
    theme: Theme,
    batch_seed: int,
    begin: Callable[[], Step],
    end: Callable[[], None],
    *,
    kept: ExampleDatabase | None = None,
    again: bool = False,
) -> None:
    """Draw `theme.histories` histories and carry them out; shrink the first that raises a Violation.

    begin: called at the start of a history; gives what carries out one play, which may raise a
    Violation. end: called at the end of each, however it ended. kept: where those that do are put down;
    again: carry out what is there, and draw nothing.
    """

    def history() -> _History:
        return _History(theme, begin, end)

    limits = settings(
        max_examples=theme.histories,
        stateful_step_count=theme.steps,
        phases=(Phase.reuse if again else Phase.generate, Phase.shrink),
        database=kept,
        deadline=None,
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(seed(batch_seed)(history), settings=limits)  # type: ignore[arg-type]  # a function will do
    except (Violation, Flaky):
        return  # on record already; flaky where shrinking was cut short


class _History(RuleBasedStateMachine):
    """One history. A single rule, so that swarm testing cannot switch a kind of play off.

    One class for all themes: Hypothesis never lets go of a machine's class, nor of what its rules refer to, and a
    long run has thousands of batches.
    """

    def __init__(self, theme: Theme, begin: Callable[[], Step], end: Callable[[], None]) -> None:
        super().__init__()
        self.theme = theme
        self._end = end
        self._step = begin()

    @rule(play=runner().flatmap(lambda history: history.theme.plays))
    def step(self, play: Play) -> None:
        """Carry one play out."""
        self._step(play)

    def teardown(self) -> None:
        """The history is over."""
        self._end()


@contextmanager
def quarters() -> Iterator[None]:
    """Keeps what Hypothesis writes for itself out of the user's folder."""
    place: Any = configuration.storage_directory(intent_to_write=False)
    before = getattr(place, "path", place)  # older versions give the path itself
    with tempfile.TemporaryDirectory(prefix="fixtura-") as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            configuration.set_hypothesis_home_dir(before)
