"""The one way in which a schedule says no."""

from __future__ import annotations


class BadTerms(ValueError):
    """Terms that no schedule can be made of. The text is one sentence that says what is wrong."""
