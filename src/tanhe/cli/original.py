"""The finished report that was given (原件), ready to bear the findings; what could not be written is said."""

from __future__ import annotations

from pathlib import Path

import click

from tanhe.cli.engagement import Engagement
from tanhe.messages import TanheError, text
from tanhe.report.annotate import Original, copy_name


def original(engagement: Engagement) -> Original | None:
    """For a report that is PDF or DOCX; None for texts and dossiers."""
    if engagement.reading is None:
        return None
    from tanhe.reading.annotate import annotated, suffix_of

    path = Path(engagement.path)
    suffix = suffix_of(path)
    return None if suffix is None else Original(copy_name(str(path), suffix), lambda marks: annotated(path, marks))


def unmarked_words(found: Original | None, why: TanheError | None) -> str:
    """One line when the copy with remarks was not written though the rest was; empty otherwise."""
    if found is None or why is None:
        return ""
    reason = " ".join(str(why).splitlines())
    return text(f"没有写出 {found.name}：{reason}", f"{found.name} was not written: {reason}")


def say_unmarked(found: Original | None, why: TanheError | None) -> None:
    """The same on standard error."""
    if words := unmarked_words(found, why):
        click.echo(words, err=True)
