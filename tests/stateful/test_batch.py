"""One batch of histories: what it carries out, and that it leaves nothing behind."""

from __future__ import annotations

import gc
import weakref

from hypothesis import strategies as st

from stateful.machine.batch import Step, run_batch
from stateful.machine.exchanges import Violation
from stateful.machine.theme import Theme
from stateful.rules.finding import Broken

THEME = Theme("numbers", st.integers(), 4, 3)


class Conduct:
    """What a batch is carried out by."""

    def __init__(self, fails: bool = False) -> None:
        self.begun = self.ended = 0
        self.plays: list[object] = []
        self._fails = fails

    def begin(self) -> Step:
        self.begun += 1
        return self.step

    def step(self, play: object) -> None:
        self.plays.append(play)
        if self._fails and len(self.plays) % 3 == 0:
            raise Violation("V1", "boxes.create", Broken("seen", "expected"))

    def end(self) -> None:
        self.ended += 1


def test_every_history_is_begun_and_ended_once_and_plays_what_its_theme_has() -> None:
    conduct = Conduct()
    run_batch(THEME, 1, conduct.begin, conduct.end)
    assert 0 < conduct.begun == conduct.ended <= 4
    assert len(conduct.plays) >= conduct.begun
    assert all(isinstance(play, int) for play in conduct.plays)


def test_the_same_seed_draws_the_same_plays() -> None:
    drawn = []
    for seed in (1, 1, 2):
        conduct = Conduct()
        run_batch(THEME, seed, conduct.begin, conduct.end)
        drawn.append(conduct.plays)
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_violation_ends_the_batch_without_a_word() -> None:
    conduct = Conduct(fails=True)
    run_batch(THEME, 1, conduct.begin, conduct.end)
    assert conduct.begun == conduct.ended > 0


def test_a_batch_leaves_nothing_of_the_run_behind() -> None:
    conduct = Conduct()
    run_batch(THEME, 1, conduct.begin, conduct.end)
    left = weakref.ref(conduct)
    del conduct
    gc.collect()
    assert left() is None
