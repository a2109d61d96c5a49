"""Faults that only show between two businesses, or between two clients."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from typing import Any, Final

from contract_tests.call import Call, Who
from tests.stateful.fake_books import Business, Entry, Json
from tests.stateful.fake_layer import FakeLayer
from tests.stateful.planted import named


class ReadsAcross(FakeLayer):
    def find(self, records: list[Json], identifier: str) -> Json:
        everything = [record for one in self.businesses.values() for record in (*one.assets, *one.changes)]
        return super().find(everything, identifier)

    def show_asset(self, business: Business, asset: Json) -> Json:
        home = next(one for one in self.businesses.values() if asset["account"] in one.accounts)
        return super().show_asset(home, asset)


class ListsAcross(FakeLayer):
    def list_changes(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        return super().list_changes(next(iter(self.businesses.values())), query)


class AnyTokenReadsEntries(FakeLayer):
    def answer(self, call: Call) -> tuple[int, Json]:
        if call.method == "GET" and call.path.endswith("/ledger/entries"):
            return self.list_entries(self.businesses[call.path.split("/")[2]], dict(call.query))
        return super().answer(call)


class ForgetsToAsk(FakeLayer):
    """One report needs no credentials."""

    def admit(self, who: Who, business: str) -> Business:
        return super().admit(Who.OWNER if who is Who.NOBODY and self._report else who, business)

    def answer(self, call: Call) -> tuple[int, Json]:
        self._report = call.path.endswith("/balance-sheet")
        return super().answer(call)

    _report = False


class ExternalIdsAcross(FakeLayer):
    def known_asset(self, business: Business, external: str | None) -> Json | None:
        found = (super(ExternalIdsAcross, self).known_asset(one, external) for one in self.businesses.values())
        return next((asset for asset in found if asset is not None), None)

    def show_asset(self, business: Business, asset: Json) -> Json:
        home = next(one for one in self.businesses.values() if asset["account"] in one.accounts)
        return super().show_asset(home, asset)


class _Meeting(FakeLayer):
    """Two requests that meet act on what both saw before: neither waits for the other."""

    def __init__(self) -> None:
        super().__init__()
        self._pair = threading.Barrier(2)

    def turn(self) -> Any:
        return nullcontext()

    def meet(self) -> None:
        """Wait a moment for another request to come this far."""
        try:
            self._pair.wait(0.02)
        except threading.BrokenBarrierError:
            self._pair.reset()


class LostUpdate(_Meeting):
    def post(self, business: Business, lines: Any, at: str, **more: Any) -> Entry:
        seen = list(business.entries)
        self.meet()
        entry = super().post(business, lines, at, **more)
        business.entries = [*seen, entry]
        return entry


class RacingUpserts(_Meeting):
    def known_asset(self, business: Business, external: str | None) -> Json | None:
        known = super().known_asset(business, external)
        self.meet()
        return known


class RacingResends(_Meeting):
    def known_change(self, business: Business, external: str | None) -> Json | None:
        known = super().known_change(business, external)
        self.meet()
        return known


class RacingVoids(_Meeting):
    def take_back(self, business: Business, change: Json) -> None:
        self.meet()
        super().take_back(business, change)


TENANCY: Final = (
    named(ReadsAcross, "N1", "N2", "N4"),
    named(ListsAcross, "N3"),
    named(AnyTokenReadsEntries, "N6", "N7"),
    named(ForgetsToAsk, "N7"),
    named(ExternalIdsAcross, "N5"),
)
"""Faults that part C finds with two businesses."""

RACES: Final = (
    named(LostUpdate, "K3"),
    named(RacingUpserts, "K1"),
    named(RacingResends, "K2"),
    named(RacingVoids, "K5"),
)
"""Faults that part C finds with many clients."""
