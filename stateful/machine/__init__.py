"""Histories: drawing, carrying out, judging, shrinking and replaying them.

Shared by all suites: `theme` (what a batch is drawn from), `batch` (the glue to Hypothesis), `exchanges`
(what was sent and answered), `conduct` (what of a history counts) and `running` (all histories of a run).

The rest is about value changes. `plays` and the files beside it (`asset_plays`, `ledger_plays`, `wrongs`,
`walks`, `twins`, `extremes`) say what can be drawn, `draws` how often, `menu` when. A `stage` is one
history against the target, with its `transcript` and its `memory`; a `run` is all of them.
"""
