"""The pytest plugin: sandboxes as fixtures, and a target's rules as test items.

Decides the names and scopes of fixtures and options. It is loaded by every pytest run of an environment in
which fixtura is installed, so it imports nothing of ours until something of it is asked for.

    def test_my_integration(fixtura_sandbox):
        books = fixtura_sandbox()                       # or fixtura_sandbox("layer", seed=7)
        my_code(books.client, books.scope["business_id"])

    def test_my_reconciliation(fixtura_layer):          # fixtura_xero, ...: one for each API
        fixtura_layer.clock.move(days=30)
        fixtura_layer.misbehave("F-void-twice")
        my_code(fixtura_layer.client)

    def test_over_a_socket(fixtura_server):
        my_code(fixtura_server.access["layer"].base_url, fixtura_server.access["layer"].token)

    pytest --fixtura-target target.toml                 # an item for each rule: fixtura.rule_items
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from fixtura.sandboxes import Sandbox
    from fixtura.servers import Server

_SHARED = "fixtura_shared"


class OpenSandbox(Protocol):
    """What the fixture `fixtura_sandbox` is: `fixtura.sandbox`, closed when the test ends."""

    def __call__(self, api: str = "layer", **options: Any) -> Sandbox:
        """Open one more sandbox with books of its own; the options are `fixtura.sandbox`'s."""


@pytest.fixture
def fixtura_sandbox() -> Iterator[OpenSandbox]:
    """Open sandboxes in process, each with books of its own; all are closed after the test."""
    import fixtura

    with ExitStack() as opened:

        def open_sandbox(api: str = "layer", **options: Any) -> Sandbox:
            return opened.enter_context(fixtura.sandbox(api, **options))

        yield open_sandbox


@pytest.fixture
def fixtura_server() -> Iterator[Server]:
    """Serve every API on a free loopback port for one test, with fresh books."""
    import fixtura

    with fixtura.serving() as server:
        yield server


def _fixture_of(api: str) -> Callable[..., Iterator[Sandbox]]:
    @pytest.fixture(name=f"fixtura_{api}")
    def opened() -> Iterator[Sandbox]:
        import fixtura

        with fixtura.sandbox(api) as books:
            yield books

    opened.__doc__ = f"Open a sandbox of {api} with fresh books for one test: clients, clock and seeded faults."
    return opened


def _apis() -> Iterator[str]:
    """The APIs beside this package, without importing what reads them: see `spec.available`."""
    folder = Path(str(files("fixtura"))).parent / "spec"
    yield from sorted(path.parent.name for path in folder.glob("*/openapi.yaml"))


for _api in _apis():
    globals()[f"fixtura_{_api}"] = _fixture_of(_api)


# ---- rules as items ---------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a run that judges a target."""
    group = parser.getgroup("fixtura", "fixtura: judge a fixed-asset accounting API")
    add = group.addoption
    add("--fixtura-target", action="append", default=[], metavar="FILE", help="collect this target's rules as tests")
    add("--fixtura-api", metavar="NAME", help="which API, where the file describes several")
    add(
        "--fixtura-app",
        metavar="MODULE:ATTR",
        help="serve this ASGI or WSGI app as the target; MODULE:NAME() makes one",
    )
    add(
        "--fixtura-yes-this-host",
        dest="fixtura_yes",
        action="append",
        default=[],
        metavar="HOST",
        help="this host may be written to, whatever it looks like",
    )


def _targets(config: pytest.Config) -> dict[Path, str]:
    """The target files by their full paths, as they were given."""
    base = config.invocation_params.dir
    return {(base / given).resolve(): given for given in config.getoption("fixtura_target")}


def pytest_configure(config: pytest.Config) -> None:
    """Have target files collected, unless items of theirs were asked for by name."""
    targets = _targets(config)
    if not targets:
        return
    from fixtura.siblings import Shadowed, require_own_packages

    try:
        require_own_packages()
    except Shadowed as error:
        raise pytest.UsageError(f"fixtura: {error}") from error
    from fixtura.rule_items import SHARED

    base = config.invocation_params.dir
    asked = {(base / argument.partition("::")[0]).resolve() for argument in config.args}
    config.args += [str(path) for path in targets if path not in asked]
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        config.stash[SHARED] = Path(worker[_SHARED])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist where the workers meet."""
    if _targets(node.config):
        from fixtura.rule_items import SHARED

        if SHARED not in node.config.stash:
            node.config.stash[SHARED] = Path(tempfile.mkdtemp(prefix="fixtura-"))
        node.workerinput[_SHARED] = str(node.config.stash[SHARED])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A target file's rules."""
    if not parent.config.getoption("fixtura_target") or file_path.resolve() not in _targets(parent.config):
        return None
    from fixtura.rule_items import TargetFile

    return TargetFile.from_parent(parent, path=file_path)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if not config.getoption("fixtura_target", []):
        return
    from fixtura.rule_items import SHARED
    from fixtura.shared_run import forget

    folder = config.stash.get(SHARED, None)
    forget(folder)
    if folder is not None and not hasattr(config, "workerinput"):
        shutil.rmtree(folder, ignore_errors=True)
