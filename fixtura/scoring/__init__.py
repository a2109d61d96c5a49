"""How strong the kit is: the seeded faults that it catches, how soon, and that it accuses nobody who is right.

`hunting` lets the kit loose on one server, `plain` lets Schemathesis alone do the same, `planning` says which
runs there are to be, `gallery` makes many at once, `tally` adds up, and `telling` shows it. A fault is caught
when one of the rules that it names fails, nothing else.
"""

from __future__ import annotations

from fixtura.scoring.hunting import Hit, hunt
from fixtura.scoring.tally import Clean, Score, Shot, Totals

__all__ = ["Hit", "hunt", "Clean", "Score", "Shot", "Totals"]
