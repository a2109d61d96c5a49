"""A score as a page of Markdown, to be kept beside the code.

Decides what stands on it: the two numbers, what was run where, families, right servers, and every fault.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from fixtura.scoring.tally import Score
from fixtura.scoring.telling import alarms, cell, circumstances, headline, of_server, pace, percent, rows


def markdown(score: Score) -> str:
    """The page."""
    return "\n".join(_lines(score)) + "\n"


def _lines(score: Score) -> Iterator[str]:
    yield from ("# How strong the kit is", "", f"**{headline(score)}** {pace(score)} {alarms(score)}", "")
    if score.unfinished:
        yield from ("The run was interrupted: this is what there was until then.", "")
    yield from (f"A run crashed: {trouble}\n" for trouble in score.troubles)
    if score.command:
        yield from ("```sh", shlex.join(score.command), "```", "")
    yield ", ".join([f"APIs: {' '.join(score.apis)}", f"seeds: {' '.join(map(str, score.seeds))}"]) + "."
    yield " ".join(f"{name[:1].upper()}{name[1:]}: {said}." for name, said in circumstances().items())
    yield from ("", "## Families", "")
    yield from _table(
        ("What a fault is about", "shots", "the kit", "plain Schemathesis"),
        (
            (name, str(share.shots), percent(share.caught, share.shots), percent(share.baseline, share.asked))
            for name, share in score.totals.families.items()
        ),
    )
    if score.cleans:
        yield from ("", "## Right servers", "")
        yield from _table(
            ("server", "runs", "failed rules"),
            (
                (
                    server,
                    str(runs),
                    "; ".join(f"{', '.join(run.failed)} ({run.variant or 'plain'}, seed {run.seed})" for run in wrong)
                    or "none",
                )
                for server, runs, wrong in of_server(score.cleans)
            ),
        )
    yield from ("", "## Faults", "")
    yield "For each seed: the rule that failed, requests and seconds until then, and the calls of the shortest history."
    yield ""
    yield from _table(
        ("fault", "API", "the server", *(f"seed {seed}" for seed in score.seeds), "plain Schemathesis"),
        ((row.fault, row.api, row.sentence, *map(cell, row.shots), row.baseline or "not asked") for row in rows(score)),
    )


def _table(heads: Sequence[str], lines: Iterator[Sequence[str]]) -> Iterator[str]:
    yield _row(heads)
    yield _row(["---"] * len(heads))
    yield from map(_row, lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(text.replace('|', chr(92) + '|') for text in cells)} |"
