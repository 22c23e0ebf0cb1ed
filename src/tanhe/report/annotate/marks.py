"""Findings and unexplained numbers as remarks (发现 → 批注).

Marked are findings of the degrees material, minor and editorial that nobody has waived, each once, at its first place
in the report; its other places are named in the remark. Notes (提示) and waived findings are only counted in the
summary: they are in the review.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Final, cast

from tanhe.checks.findings import Finding
from tanhe.dossier.marks import Kind, Mark, Marks
from tanhe.dossier.places import Place
from tanhe.dossier.reading import Reading, Unplaced
from tanhe.messages import text
from tanhe.report.findings.listing import Listing, effect_words, kind_word, settle_words, severity_word
from tanhe.report.findings.spots import MOST_WORDS, spots
from tanhe.report.paths import readable

NUMBERS: Final = 200
"""Unexplained numbers marked at most."""
FINDINGS: Final = 1_000
"""Findings marked at most, the gravest first."""
_MARKED: Final = ("material", "minor", "editorial")
_OTHERS: Final = 6
_LONGEST: Final = 2_000


def marks_of(listing: Listing, reading: Reading, on: datetime.date) -> Marks:
    """Everything to be marked in the report at ``listing.path``, the gravest first; ``on`` is the day of the check."""
    name = PurePath(listing.path).name
    standing = [f for s in _MARKED for f in listing.outcome.findings if f.severity == s and f.waiver is None]
    marks = [_finding(f, name) for f in standing[:FINDINGS]]
    marks += [_number(u) for u in reading.unplaced[:NUMBERS] if _is_of(u.place, name)]
    return Marks(on, tuple(map(_clean, _summary(listing, reading, standing, on))), tuple(marks))


def _summary(listing: Listing, reading: Reading, standing: list[Finding], on: datetime.date) -> Iterator[str]:
    count = Counter(f.severity for f in standing)
    yield text(f"碳核批注，{on}", f"Remarks by Tanhe, {on}")
    if standing:
        said = [f"{severity_word(s)} {count[s]}" for s in _MARKED if count[s]]
        yield text(f"发现 {len(standing)} 项：{'，'.join(said)}。", f"{len(standing)} findings: {', '.join(said)}.")
    else:
        yield text("没有须批注的发现。", "No findings to be marked.")
    if len(standing) > FINDINGS:
        yield text(f"只批注了前 {FINDINGS} 项。", f"Only the first {FINDINGS} are marked.")
    notes = sum(f.severity == "note" and f.waiver is None for f in listing.outcome.findings)
    waived = sum(f.waiver is not None for f in listing.outcome.findings)
    if notes or waived:
        yield text(f"另有提示 {notes} 项、已豁免 {waived} 项没有批注，见审阅意见。",
                   f"{notes} notes and {waived} waived findings are not marked; see the review.")
    numbers = len(reading.unplaced)
    if numbers:
        cut = text(f"，标出前 {NUMBERS} 个", f", the first {NUMBERS} are marked") if numbers > NUMBERS else ""
        yield text(f"未解释的数字 {numbers} 个{cut}。", f"{numbers} unexplained numbers{cut}.")
    yield text("颜色：红 重要，橙 一般，蓝 文字，灰 未解释的数字。每项发现批注一次，在它的第一个位置。",
               "Colours: red material, orange minor, blue editorial, grey unexplained numbers. "
               "Each finding is marked once, at its first place.")


def _finding(finding: Finding, name: str) -> Mark:
    places = list(dict.fromkeys(p for p in finding.places if _is_of(p, name)))
    lines = [f"[{severity_word(finding.severity)}] {finding.rule} {finding.title}", readable(finding.message)]
    if finding.kind != "fail":
        lines[0] += text(f"（{kind_word(finding.kind)}）", f" ({kind_word(finding.kind)})")
    for zh, en, said in (
        ("依据", "Basis", finding.clause or ""),
        ("影响", "Effect", effect_words(finding.effect) if finding.effect else ""),
        ("怎样解决", "What settles it", settle_words(finding)),
        ("另见", "See also", text("；", "; ").join(spots(places[1 : 1 + _OTHERS], places[0].file if places else "", MOST_WORDS))),
    ):
        if said:
            lines.append(text(f"{zh}：{said}", f"{en}: {said}"))
    return Mark(cast(Kind, finding.severity), tuple(map(_clean, lines)), places[0] if places else None)


def _number(unplaced: Unplaced) -> Mark:
    said = text(f"未解释的数字 {unplaced.number}", f"Unexplained number {unplaced.number}")
    around = text(f"：{unplaced.text}", f": {unplaced.text}") if unplaced.text != unplaced.number else ""
    return Mark("unplaced", (_clean(said + around),), replace(unplaced.place, quote=unplaced.text), unplaced.number)


def _is_of(place: Place, name: str) -> bool:
    """Whether it is a place that the report has: a page, or a paragraph or cell."""
    return PurePath(place.file).name == name and (place.page is not None or place.sheet is not None)


def _clean(words: str) -> str:
    """Without characters that neither XML nor a PDF string can hold, and cut when endless."""
    kept = "".join(c for c in words[:_LONGEST] if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"))
    return kept if len(words) <= _LONGEST else kept + "…"
