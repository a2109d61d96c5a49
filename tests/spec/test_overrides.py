"""What a target's own file may say of open points, and that documented ones stand."""

from __future__ import annotations

import pytest

import spec
from spec import BadOverride, Evidence, Overrides, overridden
from stateful.dialects.layer.terms import terms_of
from stateful.dialects.xero.terms import terms_of as xero_terms_of
from stateful.model.outlook import Objection, Outcome
from stateful.register.operations import Flaw

LAYER, XERO = spec.load("layer").profile, spec.load("xero").profile


def test_a_word_for_one_target_is_no_word_for_the_next() -> None:
    overridden(LAYER, Overrides({"patch_archived": [400]}))
    assert terms_of(LAYER).latitude[Objection.ARCHIVED_PATCH] == {Outcome.DONE, Outcome.REFUSED}
    assert overridden(LAYER, Overrides()) is LAYER


def test_an_open_point_may_be_narrower() -> None:
    narrower = overridden(LAYER, Overrides({"amount_not_positive": [400]}))
    assert terms_of(narrower).latitude[Objection.NOT_POSITIVE] == {Outcome.REFUSED}


def test_a_point_that_the_vendor_only_hints_at_is_the_targets_choice_from_then_on() -> None:
    assert XERO.points["limit_above_price"].evidence is not Evidence.DOCUMENTED
    assert Flaw.LIMIT_ABOVE_PRICE not in xero_terms_of(XERO).admits
    wider = overridden(XERO, Overrides({"limit_above_price": ["accepted", 400]}))
    assert wider.points["limit_above_price"].evidence is Evidence.CHOSEN
    assert Flaw.LIMIT_ABOVE_PRICE in xero_terms_of(wider).admits


@pytest.mark.parametrize(
    ("accepts", "sentence"),
    [
        ({"no_such_point": [400]}, "Layer has no open point 'no_such_point'; it has "),
        ({"cash_basis": ["none", "all"]}, "the point cash_basis is not open: it is documented"),
        ({"patch_archived": []}, "the point patch_archived takes a list of outcomes"),
        ({"patch_archived": 400}, "the point patch_archived takes a list of outcomes"),
        ({"patch_archived": ["perhaps"]}, "the point patch_archived has no outcome 'perhaps'"),
        ({"patch_archived": [99]}, "the point patch_archived has no outcome 99"),
        ({"patch_archived": [True]}, "the point patch_archived has no outcome True"),
        ({"reversal_date": ["accepted"]}, "the point reversal_date has no outcome 'accepted'"),
    ],
)
def test_what_may_not_be_said_is_one_sentence(accepts: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadOverride) as raised:
        overridden(LAYER, Overrides(accepts))
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("api", spec.available())
def test_no_documented_point_may_be_answered_anew(api: str) -> None:
    profile = spec.load(api).profile
    documented = [name for name, point in profile.points.items() if point.evidence is Evidence.DOCUMENTED]
    assert documented
    for name in documented:
        with pytest.raises(BadOverride, match="is documented"):
            overridden(profile, Overrides({name: list(profile.points[name].accepts)}))
