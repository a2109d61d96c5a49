"""The sandbox's server: one Connexion app for every API in `spec.available()`, and nothing else.

Decides which documents are served where and which middlewares stand before them. Each API is
opened by its own `mock_server.apis.<name>.open_instance`; its control plane, where it has one, is
mounted at the address that its control document gives. Nothing is kept in modules: two sandboxes
in one process share nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from connexion import AsyncApp
from connexion.middleware.exceptions import ExceptionMiddleware
from connexion.middleware.security import SecurityMiddleware
from connexion.resolver import Resolver

import spec
from mock_server import faults, variants
from mock_server.http.documentation import UI, UI_OPTIONS, Documentation
from mock_server.http.errors import ErrorHandlers
from mock_server.http.mount import Mount, Mounts
from mock_server.http.operations import Operations
from mock_server.http.routing import Routing
from mock_server.http.security import BearerToken
from mock_server.sandbox import timing
from mock_server.sandbox.clock import SystemClock
from mock_server.sandbox.conduct import Conduct
from mock_server.sandbox.ids import RandomIds, SeededIds
from mock_server.surface import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mock_server.surface import Clock, Instance
    from mock_server.variants import Variant

_STACK = (ExceptionMiddleware, Documentation, Routing, SecurityMiddleware, Operations)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox: itself an ASGI app, and what is known of each API by name.

    clock: where all of it takes the time from. base_paths: where the API answers, as its document says
    ("/v1"). documentation: the path of its Swagger UI. mounts: every served document by name, an API's
    control plane as "<api> control"; replacing a mount's `surface` changes what answers from the next
    request on. conducts: how each API behaves.
    """

    app: ASGIApp
    clock: Clock
    instances: Mapping[str, Instance]
    base_paths: Mapping[str, str]
    documentation: Mapping[str, str]
    mounts: Mapping[str, Mount]
    conducts: Mapping[str, Conduct]

    def misbehave(self, fault_ids: Iterable[str]) -> None:
        """Have these seeded faults and no others, from the next request on; the books stay.

        Raises UnknownFault.
        """
        chosen = [faults.find(fault_id) for fault_id in fault_ids]
        for conduct in self.conducts.values():
            conduct.misbehave(chosen)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, as ASGI has it."""
        await self.app(scope, receive, send)


def open_sandbox(
    apis: Sequence[str] | None = None,
    *,
    seed: int | None = None,
    token: str | None = None,
    any_token: bool = False,
    open_tenants: bool = False,
    switches: Mapping[str, bool] | None = None,
    fault_ids: Iterable[str] = (),
    variant_names: Iterable[str] = (),
    now: str | None = None,
) -> Sandbox:
    """A sandbox with a clock that can be set; with a seed its ids are the same in every run.

    token, any_token, open_tenants, switches: see `Settings`. fault_ids: in which ways it misbehaves
    from the start. variant_names: in which ways it is another right one. now: the RFC 3339 time at which
    its clock starts; None for the machine's own. Raises UnknownFault, UnknownVariant, BadTime, and as
    `create_app`.
    """
    ids = RandomIds() if seed is None else SeededIds(seed)
    settings = Settings(
        clock=SystemClock(None if now is None else timing.time_ns(now)),
        ids=ids,
        token=token,
        any_token=any_token,
        open_tenants=open_tenants,
        switches=dict(switches or {}),
    )
    sandbox = create_app(apis, settings, variants.chosen(_names(apis), variant_names))
    sandbox.misbehave(fault_ids)
    return sandbox


def create_app(
    apis: Sequence[str] | None = None,
    settings: Settings | None = None,
    varied: Mapping[str, Sequence[Variant]] | None = None,
) -> Sandbox:
    """A sandbox of these APIs (all by default), each with books of its own, ready to serve.

    varied: the variants that each is served in. Raises spec.UnknownApi, spec.UnknownSwitch, and
    HandlersDiffer where an API and its document do not match.
    """
    settings, varied = settings or Settings(clock=SystemClock(), ids=RandomIds()), varied or {}
    names = _names(apis)
    started = {name: _varied(settings, varied.get(name, ())) for name in names}
    contracts = _contracts(started)
    instances = {name: _open(started[name], contract) for name, contract in contracts.items()}
    conducts = {name: Conduct(instances[name], contracts[name], settings.clock, varied.get(name, ())) for name in names}
    mounts = {mount.name: mount for conduct in conducts.values() for mount in conduct.mounts}
    return Sandbox(
        app=serve(mounts.values()),
        clock=settings.clock,
        instances=instances,
        base_paths={name: mounts[name].base_path for name in names},
        documentation={name: mounts[name].base_path + UI for name in names},
        mounts=mounts,
        conducts=conducts,
    )


def serve(mounts: Iterable[Mount]) -> ASGIApp:
    """The ASGI app that serves these documents, ready to answer."""
    served = Mounts(mounts)
    app = AsyncApp(__name__, middlewares=list(_STACK), swagger_ui_options=UI_OPTIONS)
    for exception, handler in ErrorHandlers(served).by_exception.items():
        app.add_error_handler(exception, handler)
    for mount in served.all:
        app.add_api(
            mount.document,
            resolver=Resolver(mount.surface.handlers.__getitem__),
            security_map=dict.fromkeys(("bearer", "oauth2"), partial(BearerToken, mount)),
            mount=mount,
        )
    _build(app)
    ready: ASGIApp = app
    return ready


def _names(apis: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(spec.available() if apis is None else dict.fromkeys(apis))


def _contracts(started: Mapping[str, Settings]) -> dict[str, spec.Api]:
    """Each API's contract, with those of its settings' switches that are its own."""
    contracts = {name: spec.load(name) for name in started}
    known = {switch for contract in contracts.values() for switch in contract.profile.switches}
    unknown = {switch for settings in started.values() for switch in settings.switches} - known
    if unknown:
        raise spec.UnknownSwitch(f"no API here has a switch {', '.join(sorted(unknown))}")
    for name, settings in started.items():
        own = {switch: on for switch, on in settings.switches.items() if switch in contracts[name].profile.switches}
        if own:
            contracts[name] = spec.load(name, own)
    return contracts


def _varied(settings: Settings, chosen: Sequence[Variant]) -> Settings:
    """The settings that one API starts with in these variants."""
    for variant in chosen:
        ids = settings.ids if variant.ids is None else variant.ids(settings.ids)
        settings = replace(settings, ids=ids, switches={**settings.switches, **variant.switches})
    return settings


def _open(settings: Settings, contract: spec.Api) -> Instance:
    module: Any = import_module(f"mock_server.apis.{contract.name}")
    instance: Instance = module.open_instance(settings, contract)
    return instance


def _build(app: Callable[..., Coroutine[None, None, None]]) -> None:
    """Make Connexion build its middlewares now, so that a fault shows here and not in a request.

    It builds them at its first call, whatever that is; this one is the start and stop that a
    server announces (ASGI lifespan), and it never waits for anything.
    """

    async def receive() -> dict[str, str]:
        return {"type": "lifespan.startup"}

    async def send(_message: object) -> None:
        pass

    call = app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    try:
        call.send(None)
    except StopIteration:
        return
    finally:
        call.close()
    raise RuntimeError("Connexion waits while it builds its middlewares")
