"""Dates known only in part (不完整日期): ``2013``, ``2014-09``, ``2024-04-12``.

Much of the law is known by its year or month only. A document whose day is unknown counts as published when
the whole month or year has passed, so that an answer "as of a day" never uses what may not have been out.
"""

import calendar
import re
from datetime import date

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def earliest(text: str) -> date | None:
    """First day the text can mean; ``None`` for an empty text. Raises ``ValueError`` for anything else."""
    if not text:
        return None
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def latest(text: str) -> date | None:
    """Last day the text can mean; ``None`` for an empty text. Raises ``ValueError`` for anything else."""
    if not text:
        return None
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(text: str) -> tuple[int, int, int]:
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"not a date: {text!r}")
    year, month, day = found.groups()
    return int(year), int(month or 0), int(day or 0)
