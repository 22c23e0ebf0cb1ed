"""The dates of the engagement (时间安排): schedule table, sentences, signatures; every mention kept as a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tanhe.reading.claims import Claim, Fact, Listed, Said
from tanhe.reading.understand.flat import fold, iso
from tanhe.reading.understand.industry import version_and_date
from tanhe.reading.understand.lexicon import data
from tanhe.reading.understand.view import View

_DATE = r"(?P<d>20\d\d[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?)"
_GAP = r"(?:(?!20\d\d[年.\-/]\d)[^。;])"
"""What may stand between a date and its word: anything but the end of the sentence and another date."""

_SENTENCES = tuple((name, re.compile(pattern.replace("[^。;]", _GAP).replace("DATE", _DATE))) for name, pattern in (
    ("report_received", r"DATE[^。;]{0,6}收到[^。;]{0,60}排放报告"),
    ("document_review", r"DATE(?:至20[\d年月日.\-/]+)?[^。;]{0,60}?(?:进行|开展|完成|实施)了?文件(?:评审|审核)"),
    ("site_visit", r"DATE(?:至20[\d年月日.\-/]+)?[^。;]{0,60}?(?:进行|开展|完成|实施)了?现场(?:核查|访问|评审)"),
    ("report_completed", r"DATE[^。;]{0,12}(?:完成|编制完成)了?(?:最终)?(?:核查)?(?:报告)?(?:的)?(?:核查报告|报告)?(?:初稿|编制|编写)?(?=[。;，])"),
    ("technical_review_start", r"DATE[^。;]{0,16}提交[给至]?(?:了)?[^。;]{0,12}(?:技术|内部)(?:评审|复核|复审)"),
    ("technical_review_both", r"DATE[^。;]{0,30}?(?:经过|通过|完成|进行)了?[^。;]{0,30}?(?:技术|内部)(?:评审|复核|复审)"),
    ("approved", r"DATE[^。;]{0,16}?(?:获得|得到|经)?[^。;]{0,8}批准"),
))
_TOPICS = ("desk-review", "site-visit", "writing", "team", "schedule", "chapter", "other", "cover")
MOST_JOINED = 20000


@lru_cache(maxsize=1)
def _items() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in data("terms")["schedule"].items())


Mention = tuple[str, Said, str]


def mentions(v: View) -> list[Mention]:
    """Every date of the engagement: its name, the day, where it stands; table before prose before labels."""
    return [*_table(v), *_prose(v), *_labels(v)]


def _table(v: View) -> Iterator[Mention]:
    for sheet in v.outline.sheets:
        if sheet.listing is None or sheet.listing.kind.name != "schedule":
            continue
        for row in sheet.listing.rows:
            day = iso(row["date"].text) if "date" in row else None
            item = fold(row["item"].text) if "item" in row else ""
            name = next((n for n, pattern in _items() if pattern.search(item)), None)
            if name and day:
                yield name, Said(day, row["date"].place), sheet.where


def _prose(v: View) -> Iterator[Mention]:
    for n, line in enumerate(v.lines):
        if line.topic not in _TOPICS or line.kind == "heading" or line.zone != "body" or len(line.text) > MOST_JOINED:
            continue
        broken = line.kind == "paragraph" and not line.text.endswith(("。", "；", "：")) and n + 1 < len(v.lines)
        text = line.flat.text + (v.lines[n + 1].flat.text if broken and v.lines[n + 1].kind == "paragraph" else "")
        for name, pattern in _SENTENCES:
            for match in pattern.finditer(text):
                day = iso(match["d"])
                if not day or match.start() >= len(line.flat.text):
                    continue
                if name == "technical_review_both":
                    yield "technical_review_start", Said(day, line.place), line.where
                yield name.replace("review_both", "review_end"), Said(day, line.place), line.where


def _labels(v: View) -> Iterator[Mention]:
    for pair in v.pairs:
        if pair.name == "dates.issued" and (day := iso(pair.value.text)):
            yield "issued", Said(day, pair.value.place), pair.where
        elif pair.name in ("report.initial", "report.final"):
            when = version_and_date(Said(" ".join([pair.value.text, *(r.text for r in pair.rest)]), pair.value.place))[1]
            if when is not None:
                yield f"{pair.name.removeprefix('report.')}_report", when, pair.where


def schedule(v: View) -> Iterator[Claim]:
    """Facts of the dates, the first mention of each; every mention as a statement; approval also by signature."""
    done: set[str] = set()
    for name, said, where in mentions(v):
        if name not in done:
            done.add(name)
            yield Fact(("dates", name), said)
        yield Listed("statements", {"about": Said(f"dates.{name}", said.place), "value": said, "where": Said(where, said.place)})
    if "approved" not in done:
        for pair in v.pairs:
            day = next((d for r in (pair.value, *pair.rest) if (d := iso(r.text))), None)
            if pair.name == "role.approver" and day:
                yield Fact(("dates", "approved"), Said(day, pair.value.place))
                return


def day_in(v: View, words: str) -> str | None:
    """A day printed without its year, ``2月19日``, in the year of the site visit."""
    match = re.fullmatch(r"(\d{1,2})月(\d{1,2})日?.{0,12}", words)
    visit = next((said.text for name, said, _ in mentions(v) if name == "site_visit"), None)
    return iso(f"{visit[:4]}-{match[1]}-{match[2]}") if match and visit else None
