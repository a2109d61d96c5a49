"""One run of the kit against one target: what all of its parts share.

Decides nothing; carries the target, the way to it, the recorder and the clock of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from contract_tests.call import Call, Driver, Reply
from contract_tests.interrupt import Interrupt
from contract_tests.makings import Makings
from contract_tests.recorder import Recorder
from contract_tests.target import Target
from spec import Api

Specimens = Mapping[str, Sequence[str]]
"""Real ids that the run made: the document's path parameter → values that exist on the target."""


@dataclass(frozen=True, slots=True)
class Session:
    """The shared ground of a run.

    prefix: what every external id of this run starts with, fresh for each run, so that a target
    that is never reset can be checked again and again. say: called with one short line about
    what is being tried. quick: reach goals and examples are scaled down.
    interrupt: whether somebody wants the run to end. one_by_one: why calls cannot overlap on this target,
    "" where they can. makings: where what the run makes is taken down.
    memory: a folder with the failing histories of earlier runs, which are tried first; None for no memory.
    """

    api: Api
    target: Target
    driver: Driver
    recorder: Recorder
    seed: int
    prefix: str
    quick: bool = False
    say: Callable[[str], None] = field(default=lambda _line: None)
    now: Callable[[], float] = monotonic
    interrupt: Interrupt = field(default_factory=Interrupt)
    one_by_one: str = ""
    makings: Makings | None = None
    memory: Path | None = None

    def took(self, call: Call, reply: Reply) -> None:
        """An exchange has taken place: what it made is taken down."""
        if self.makings is not None:
            self.makings.take(call, reply)
