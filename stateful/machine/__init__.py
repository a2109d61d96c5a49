"""Histories: drawing, carrying out, judging, shrinking and replaying them.

`plays` and the files beside it (`asset_plays`, `ledger_plays`, `wrongs`, `walks`, `twins`,
`extremes`) say what can be drawn, `draws` how often, `menu` when. A `stage` is one history against
the target, with its `transcript` and its `memory`; `conduct` decides what of it counts; a `run` is
all of them, and `batch` is the glue to Hypothesis.
"""
