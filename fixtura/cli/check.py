"""`fixtura check`: judge an implementation from the command line.

Decides the options and how they become a target and a plan; what a check does is in `fixtura.running`,
what its outcome looks like in `contract_tests.report`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

import spec
from contract_tests.guard import YES
from contract_tests.origin import UNTOLD
from contract_tests.report import KINDS
from contract_tests.target import Target
from contract_tests.target_file import token_in
from contract_tests.wire import is_credential
from fixtura.cli.outcome import judge_and_report
from fixtura.run_options import options_in
from fixtura.running import Plan
from fixtura.targets import describe_target

_WRITTEN = KINDS
_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was given on the command line; None and empty mean "not given"."""

    url: str | None
    api: str | None
    target: Path | None
    app: str | None
    scope: tuple[str, ...]
    token: str | None
    token_env: str | None
    header: tuple[str, ...]
    quick: bool | None
    budget: int | None
    scenarios: int | None
    seed: int
    rule: tuple[str, ...]
    read_only: bool
    allow_settings: bool
    strict: bool
    rps: float | None
    yes_this_host: tuple[str, ...]
    keep: bool
    plan: bool
    junit: Path | None
    json: Path | None
    html: Path | None
    markdown: Path | None
    har: Path | None


def _with_defaults(ctx: click.Context, _option: click.Parameter, file: Path | None) -> Path | None:
    """The table `check` of a target file stands for options of this command; the command line wins."""
    given = {} if file is None else options_in(file)
    ctx.default_map = {**(ctx.default_map or {}), **given}
    return file


@click.command("check")
@click.argument("url", required=False)
@click.option("--api", help=f"Which API the target implements: {', '.join(spec.available())}.")
@click.option(
    "--target",
    type=_FILE,
    is_eager=True,
    callback=_with_defaults,
    help="A TOML target file, or a sandbox's ready file; goes with --app.",
)
@click.option("--app", metavar="MODULE:ATTR", help="An ASGI or WSGI app to serve and judge; MODULE:NAME() makes one.")
@click.option("--scope", multiple=True, metavar="KEY=ID", help="Whose data, e.g. business_id=UUID.")
@click.option("--token", help="The bearer token.")
@click.option("--token-env", metavar="NAME", help="The environment variable that holds the token.")
@click.option("--header", multiple=True, metavar="NAME:VALUE", help="A header for every call.")
@click.option("--quick", is_flag=True, help="Under 15 seconds, with smaller goals.")
@click.option("--budget", type=click.IntRange(min=5), metavar="SECONDS", help="How long it may take.")
@click.option("--scenarios", type=click.IntRange(min=1), metavar="N", help="Play N histories, not until time is up.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--rule", multiple=True, metavar="ID", help="Judge this rule only; repeatable.")
@click.option("--read-only", is_flag=True, help="Write nothing: judge the books that are there.")
@click.option("--allow-settings", is_flag=True, help="May change settings of the tenant; restores them.")
@click.option("--strict", is_flag=True, help="A should-rule that fails, fails the run.")
@click.option("--rps", type=click.FloatRange(min=0, min_open=True), metavar="N", help="At most N requests a second.")
@click.option(YES, multiple=True, metavar="HOST", help="This host may be written to, whatever it looks like.")
@click.option("--keep", is_flag=True, help="Leave the records that the run made.")
@click.option("--plan", is_flag=True, help="Say what a run would make and how many calls it takes; write nothing.")
@click.option("--junit", type=_FILE, help="Write JUnit XML.")
@click.option("--json", type=_FILE, help="Write the verdicts as JSON.")
@click.option("--html", type=_FILE, help="Write a report for reading.")
@click.option("--markdown", type=_FILE, help="Write a summary for a CI job's page.")
@click.option("--har", type=_FILE, help="Write the failing histories as HAR.")
def command(**given: Any) -> None:
    """Judge the implementation at URL by the rules of its contract and of accounting.

    Exit status: 0 green, 1 a must-rule failed, 2 misuse or the target could not be reached,
    3 inconclusive, as where Ctrl-C or a lost target ended the run; 130 Ctrl-C before that;
    70 a crash of fixtura's own.
    """
    options = Options(**_one_of(given, "quick", "budget"))
    with ExitStack() as hosts:
        plan = Plan(
            target=_target(options, hosts),
            seed=options.seed,
            quick=bool(options.quick),
            budget_s=options.budget,
            scenarios=options.scenarios,
            rules=options.rule,
            read_only=options.read_only,
            allow_settings=options.allow_settings,
            yes_this_host=options.yes_this_host,
            keep=options.keep,
            words=_words(given),
        )
        if options.plan:
            from fixtura.cli.forecast import print_forecast  # the sandbox, which a check does without

            print_forecast(plan)
            return
        files = {kind: path for kind in KINDS if (path := getattr(options, kind)) is not None}
        status = judge_and_report(plan, files, strict=options.strict)
    sys.exit(status)


def _one_of(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The options with one at most of these; one on the command line takes the place of one in a file."""
    there = [name for name in names if given[name]]
    source = click.get_current_context().get_parameter_source
    said = [name for name in there if source(name) is not ParameterSource.DEFAULT_MAP]
    if len(there) > 1 and len(said) != 1:
        raise click.UsageError(f"{' and '.join(f'--{name}' for name in there)} exclude each other")
    return {**given, **(dict.fromkeys(set(there) - set(said)) if len(there) > 1 else {})}


def _target(options: Options, hosts: ExitStack) -> Target:
    sources = [name for name in ("url", "target", "app") if getattr(options, name)]
    if len(sources) != 1 and sources != ["target", "app"]:
        raise click.UsageError("give one of URL, --target FILE or --app MODULE:ATTR; a file may go with an app")
    if options.app:
        sys.path.insert(0, str(Path.cwd()))
        from contract_tests.host import hosted, load_app  # a server, which a check of an address does without

        url: str | None = hosts.enter_context(hosted(load_app(options.app)))
    else:
        url = options.url
    return describe_target(
        url=url,
        file=options.target,
        api=options.api,
        scope=dict(_pair(text, "=", "--scope") for text in options.scope),
        token=_token(options),
        headers=dict(_pair(text, ":", "--header") for text in options.header),
        rps=options.rps,
    )


def _words(given: Mapping[str, Any]) -> tuple[str, ...]:
    """The command line again, without secrets and without the files that it wrote."""
    words = ["fixtura", "check"]
    for option in command.params:
        name, value = str(option.name), given[str(option.name)]
        if name in _WRITTEN or value is None or value is False or value == ():
            continue
        spelled = [] if isinstance(option, click.Argument) else [option.opts[-1]]
        if name == "token":
            spelled, value = ["--token-env"], "TOKEN"
        for one in value if isinstance(value, tuple) else (value,):
            words += [*spelled, *([] if one is True else [_untold(str(one)) if name == "header" else str(one)])]
    return tuple(words)


def _untold(header: str) -> str:
    name = header.partition(":")[0]
    return f"{name}:{UNTOLD}" if is_credential(name) else header


def _token(options: Options) -> str | None:
    if options.token and options.token_env:
        raise click.UsageError("--token and --token-env exclude each other")
    if not options.token_env:
        return options.token.strip() if options.token else None
    return token_in(options.token_env)


def _pair(text: str, mark: str, option: str) -> tuple[str, str]:
    key, found, value = text.partition(mark)
    if not found or not key.strip():
        raise click.UsageError(f"{option} {text!r}: expected KEY{mark}VALUE")
    return key.strip(), value.strip()
