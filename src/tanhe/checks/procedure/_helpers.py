"""What the procedure rules share (程序检查的公用部分): data files, dates and their names."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import lru_cache
from importlib.resources import files

from tanhe.checks.engine import Context
from tanhe.dossier.model import Dossier
from tanhe.messages import text

DATE_NAMES = {
    "accepted": ("接受委托", "acceptance"), "initial_report": ("初始排放报告", "initial report"),
    "report_received": ("收到排放报告", "receipt of the report"), "document_review": ("文件评审", "desk review"),
    "site_visit": ("现场核查", "site visit"), "report_completed": ("核查报告完成", "completion of the verification report"),
    "technical_review_start": ("技术评审开始", "start of the technical review"),
    "technical_review_end": ("技术评审结束", "end of the technical review"), "approved": ("批准", "approval"),
    "issued": ("签发", "issue"), "final_report": ("最终排放报告", "final emission report"),
}


@lru_cache(maxsize=16)
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the layer's data files."""
    content = files("tanhe.checks.procedure").joinpath(name).read_text("utf-8")
    return tuple(csv.DictReader(io.StringIO(content)))


def day(c: Context, name: str) -> date | None:
    """One of the dates of the engagement."""
    found = getattr(c.dossier.dates, name)
    return found if isinstance(found, date) else None


def named(name: str) -> str:
    """A date's name in the current language."""
    return text(*DATE_NAMES[name])


def report_date(d: Dossier) -> date | None:
    """The day the verification report bears: issue, else approval, else completion (核查报告日期)."""
    return d.dates.issued or d.dates.approved or d.dates.report_completed


def plain_words(printed: str) -> str:
    """A cell's words; empty where it prints a dash for none."""
    bare = printed.strip()
    return "" if bare in ("/", "-", "—", "——", "无", "若干") else bare
