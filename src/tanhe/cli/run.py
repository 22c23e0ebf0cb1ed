"""Running a command and turning every outcome into an exit status and at most one line (退出码与错误提示)."""

import sys
from collections.abc import Sequence
from typing import Final

import click

from tanhe.cli.commands import application
from tanhe.cli.console import complain, drop_output, forgive_encoding, internal_error
from tanhe.cli.wording import usage_problem
from tanhe.messages import Language, TanheError, speaking, text, why_refused

UNREADABLE: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``tanhe`` with ``argv`` (the process's own by default) and return the exit status.

    0 nothing found, 1 findings, 2 unreadable input or a wrong call, 130 interrupted, 141 the reader of the
    output has gone.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    forgive_encoding()
    with speaking(asked_language(arguments)):
        return guarded(arguments)


def asked_language(arguments: Sequence[str]) -> Language | None:
    """The language asked for by ``--lang`` before the command; known early, since help texts depend on it."""
    for position, word in enumerate(arguments):
        value = None
        if word == "--lang":
            value = arguments[position + 1] if position + 1 < len(arguments) else None
        elif word.startswith("--lang="):
            value = word.removeprefix("--lang=")
        elif not word.startswith("-"):
            return None
        if value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return None


def guarded(arguments: list[str]) -> int:
    """Run, and let no exception reach the screen."""
    try:
        status = run(arguments)
        sys.stdout.flush()
        return status
    except click.exceptions.NoArgsIsHelpError as error:
        complain(error.format_message())
        return UNREADABLE
    except click.ClickException as error:
        complain(usage_problem(error))
    except TanheError as error:
        complain(str(error))
    except (KeyboardInterrupt, click.Abort):
        complain(text("已中断", "interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        drop_output()
        return PIPE_CLOSED
    except OSError as error:
        complain(file_problem(error) if error.filename is not None else internal_error(error))
    except Exception as error:
        complain(internal_error(error))
    return UNREADABLE


def run(arguments: list[str]) -> int:
    """Run the command; its return value, or the status of ``ctx.exit``, is the exit status."""
    try:
        with application().make_context("tanhe", arguments) as ctx:
            result = ctx.command.invoke(ctx)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    return int(result) if isinstance(result, int) else 0


def file_problem(error: OSError) -> str:
    """A file or folder the system refused, in one line."""
    return f"{error.filename}: {why_refused(error)}"
