"""Lists: complete, in pages that say of themselves what is true, and of the client account that was asked for.

All of these are rules that an API's profile states. Others may work in the same client account: what is judged is
that the kit's own assets are there, and that the pages agree with one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stateful.holdings.operations import Flaw
from stateful.holdings.scene import Scene
from stateful.rules.finding import HELD, Finding, documented, verdict


@documented("of-account")
def of_account(scene: Scene) -> Iterator[Finding]:
    """The client account of every row of a list that was asked for one."""
    for page in scene.pages():
        if not page.asked.all and page.rows:
            wrong = sorted({row.account for row in page.rows} - {scene.account})
            seen = f"the list of client account {scene.account} shows assets of {', '.join(wrong)}"
            yield verdict(not wrong, seen, "assets of that client account only", (page.at,))


@documented("all-accounts")
def all_accounts(scene: Scene) -> Iterator[Finding]:
    """A list that names no client account, walked to the end: the kit's own assets are in it."""
    for walk in scene.walks:
        if walk.complete and walk.pages[0].asked.all and walk.ours:
            missing = sorted(walk.ours - {row.key for row in walk.rows})
            seen = f"a list without a client account leaves out {', '.join(missing)}"
            yield verdict(not missing, seen, "every asset that the caller can see", walk.at)


@documented("walk-once")
def walk_once(scene: Scene) -> Iterator[Finding]:
    """No asset twice in a walk; and, walked to the end, every active one of ours."""
    for walk in scene.walks:
        twice = [row for row, times in Counter(row.id for row in walk.rows).items() if times > 1]
        size = walk.pages[0].size
        seen = f"in pages of {size} {len(twice)} assets are shown twice"
        yield verdict(not twice, seen, "every asset once", walk.at)
        if walk.complete and not walk.pages[0].asked.all:
            missing = sorted(walk.ours - {row.key for row in walk.rows})
            yield verdict(not missing, f"pages of {size} leave out {', '.join(missing)}", "every asset", walk.at)


@documented("meta")
def meta(scene: Scene) -> Iterator[Finding]:
    """What every page says of itself, one beyond the last too; and what all pages of a walk say together."""
    for page in scene.pages():
        if scene.flaw in (Flaw.NO_SUCH_PAGE, Flaw.NO_SUCH_SIZE):
            continue  # another rule's affair
        wanted = page.asked.page or 1
        seen = f"page {page.page}, {len(page.rows)} rows of {page.size}"
        good = page.page == wanted and len(page.rows) <= page.size
        if isinstance(page.asked.size, int) and page.asked.size <= scene.terms.longest:
            good = good and page.size == page.asked.size
        yield verdict(good, seen, f"page {wanted} of {page.asked.size or 'some'}", (page.at,))
        seen = f"{page.records} assets on {page.pages} pages of {page.size}"
        pages = -(-page.records // page.size) if page.size else 0
        empty = not page.records and page.pages in (0, 1)
        yield verdict(page.pages == pages or empty, seen, f"{pages} pages", (page.at,))
        left = max(0, page.records - (page.page - 1) * page.size)
        seen = f"page {page.page} has {len(page.rows)} rows; {page.records} assets are said to be there"
        yield verdict(len(page.rows) == min(page.size, left), seen, f"{min(page.size, left)}", (page.at,))
    for walk in scene.walks:
        said = {page.records for page in walk.pages}
        if walk.complete and len(said) == 1:  # a count that changes on the way is another's doing
            records, rows = next(iter(said)), len({row.id for row in walk.rows})
            yield verdict(records == rows, f"{records} assets are said to be there", f"{rows}, as shown", walk.at)


@documented("page-length")
def page_length(scene: Scene) -> Iterator[Finding]:
    """A page that nobody asked the length of, and one that was asked for too long."""
    for page in scene.pages():
        seen = f"page {page.page} of {page.size} with {len(page.rows)} rows"
        if page.asked.page is None and page.asked.size is None:
            sizes = " or ".join(map(str, sorted(scene.terms.sizes)))
            good = page.page == 1 and page.size in scene.terms.sizes
            yield verdict(good, seen, f"page 1 of {sizes}", (page.at,))
        longest = scene.terms.longest
        yield verdict(max(page.size, len(page.rows)) <= longest, seen, f"{longest} at most", (page.at,))


@documented("page-numbers")
def page_numbers(scene: Scene) -> Iterator[Finding]:
    """A page or size that is none: refused, or read as one that there is."""
    if scene.flaw in (Flaw.NO_SUCH_PAGE, Flaw.NO_SUCH_SIZE):
        if not scene.accepted:
            yield HELD
        for page in scene.pages():
            good = page.page >= 1 and 1 <= page.size <= scene.terms.longest and len(page.rows) <= page.size
            seen = f"page {page.page} of {page.size} with {len(page.rows)} rows"
            yield verdict(good, seen, "a refusal, or a page that there is", (page.at,))


@documented("detail")
def detail(scene: Scene) -> Iterator[Finding]:
    """Rows of lists beside the same assets, read one by one."""
    rows = {row.key: (row, page.at) for page in scene.pages() for row in page.rows}
    for shown in scene.assets():
        if shown.key in rows:
            row, at = rows[shown.key]
            wrong = sorted(name for name in row.facts if row.facts[name] != shown.facts.get(name))
            seen = f"the list shows another {', '.join(wrong)} of {shown.key} than the asset by its id"
            yield verdict(not wrong, seen, "the same", (at, shown.at))
