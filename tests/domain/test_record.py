"""Records are never changed, and another one takes the place of what is revised."""

from __future__ import annotations

import pytest

from mock_server.domain.journal import Note
from mock_server.domain.record import revised

NOTE = Note("a", "b", {"n": [1]})


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        NOTE.memo = "c"  # type: ignore[misc]  # that is what is tested
    assert NOTE.memo == "a"


def test_a_revised_record_is_another_and_the_old_one_stays() -> None:
    other = revised(NOTE, memo="c")
    assert (other.memo, other.reference, other.metadata) == ("c", "b", {"n": [1]})
    assert NOTE == Note("a", "b", {"n": [1]}) != other


def test_a_member_that_a_record_does_not_have_cannot_be_revised() -> None:
    with pytest.raises(TypeError):
        revised(NOTE, mood="good")
