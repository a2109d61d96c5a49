"""The command line: `fixtura serve`, `check`, `rules`, `demo`, `schedule` and `faults`.

This file decides what the commands have in common: a misuse, a target that cannot be reached or a full
disk is one sentence on standard error and exit status 2, never a traceback; a crash of our own is a
traceback and a status that no verdict has. Each command lives in a file of its own and is loaded when it
is called.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from typing import Final, NoReturn

import click

from fixtura.siblings import Shadowed, require_own_packages

INTERRUPTED: Final = 130
"""The exit status after Ctrl-C where there is nothing to report: 128 and the signal's number, as shells have it."""

CRASHED: Final = 70
"""The exit status after a crash of our own: EX_SOFTWARE of sysexits.h. Python's own would be 1, a failed must-rule."""

COMMANDS = ("serve", "check", "rules", "demo", "schedule", "faults", "score")


class Commands(click.Group):
    """Loads a command's file when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"fixtura.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fixtura")
def fixtura() -> None:
    """A sandbox for fixed-asset accounting APIs, and the kit that proves an implementation right."""


def main() -> None:
    """The console script. Never lets a misuse or Ctrl-C through as a traceback, nor a crash as a verdict."""
    try:
        sys.exit(_status())
    except (click.Abort, KeyboardInterrupt):
        _stop("interrupted", INTERRUPTED)
    except Exception:
        traceback.print_exc()
        _stop("that is a fault of fixtura's own, and no verdict", CRASHED)


def _status() -> int:
    """Do what the command line says, and give the exit status."""
    try:
        require_own_packages()
    except Shadowed as error:
        _stop(str(error))
    from contract_tests.call import Unreachable
    from contract_tests.target import Misuse
    from mock_server.faults import UnknownFault
    from mock_server.sandbox.timing import BadTime
    from mock_server.surface import BadSettings
    from mock_server.variants import UnknownVariant
    from spec import UnknownApi, UnknownSwitch

    try:
        # Not as click's own main program, which would end an interrupt with 1: a must-rule failed.
        returned = fixtura(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (
        Misuse,
        Unreachable,
        BadSettings,
        UnknownApi,
        UnknownSwitch,
        UnknownFault,
        UnknownVariant,
        BadTime,
    ) as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return returned if isinstance(returned, int) else 0


def _stop(sentence: str, status: int = 2) -> NoReturn:
    click.echo(f"fixtura: {sentence}", err=True)
    sys.exit(status)
