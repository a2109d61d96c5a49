"""The books themselves: a double-entry ledger and the assets whose value changes post to it.

Decides what is accepted and what it does to the books. Imports the standard library and
sortedcontainers only; it must not know HTTP, JSON or any vendor's spelling.

From the leaves up: refused · money · instants · undo · order · timeline · sums · accounts · journal ·
entries · track · ledger · effects · assets · carrying · changes · statements · book. Beside them, with layers of
their own: schedule (which imports nothing of the others), pools (which rounds as schedule does) and register.
"""
