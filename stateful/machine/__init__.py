"""Histories: drawing, carrying out, judging, shrinking and replaying them.

`intents` and the files beside it say what can be drawn; a `stage` is one history against the
target; a `run` is all of them together; `batch` is the glue to Hypothesis.
"""
