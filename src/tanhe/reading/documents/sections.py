"""Which lines of a text are section headings (章节标题), however the report numbers them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tanhe.reading.blocks import Block, Heading
from tanhe.reading.documents.headings import QUANTITY, heading_of
from tanhe.reading.documents.lines import half

_TITLES: Final = re.compile(
    "概述|引言|前言|核查目的|核查范围|核查准则|核查依据|核查(?:过程|程序)和?方法|核查组安排|文件评审|文件审核|现场核查|"
    "核查报告编写.*|核查发现|(?:重点排放单位|企业|受核查方)?基本(?:情况|信息)的?核?查?|核算边界的核查|核算方法的核查|"
    "核算数据的核查|活动(?:水平)?数据及来源的核查|排放因子和计算系数数据及来源的核查|.*排放量的核查|.*补充数据的核查|"
    "质量保证和文件存档的核查|监测计划执行.*|数据质量控制计划.*|其他核查发现|核查结论|.*排放量声明|.*异常波动.*|.*未覆盖的问题.*|"
    "附件|不符合(?:项)?清单|.*核算活动的建议|支持性文件清单|.*符合性"
)
_OPENING: Final = re.compile("(?:核查)?(?:工作)?概述|引言|前言|绪论|总则")
"""Titles of the first chapter: numbers before it belonged to a summary on the cover."""

_CLOSING: Final = re.compile(".*符合性|.*排放量声明|.*异常波动.*|.*未覆盖的问题.*|核查结论")
"""Titles of the last chapter, and of the same parts in a summary on the cover."""

_SINGLE: Final = re.compile(r"(\d{1,2})\s?[.、]?\s*((?![\d月年日]).{2,40})")
_CHINESE: Final = re.compile(r"([一二三四五六七八九十]{1,3})\s?[、.．]\s*(.{2,40})")
_BRACKETED: Final = re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]\s*(.{2,40})")
_ROW: Final = re.compile(r"[\u4e00-\u9fff)] [\u4e00-\u9fff]|\d|/|[\u4e00-\u9fff] \S+ ")
"""Blanks between words and figures belong to a row of a list: 3 现场核查 2024 年 3 月, 4 批准人 批准 /."""

_MARKDOWN: Final = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_ANNEX: Final = re.compile(r"附\s?[件录]")
_DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")}


class Sections:
    """Recognises headings of one text; knows from all its lines how chapters are numbered.

    Where the marks of a Markdown text do not tell the levels, a heading without number stands under the last numbered one.
    Numbers before the first chapter (a summary form on the cover) and numbers that fall back behind the
    current chapter (rows of a table that lost its layout) are not sections.
    """

    def __init__(self, candidates: Sequence[str]) -> None:
        self._dotted = set()
        self._opened = True
        self._chapter = 0
        self._annexes = False
        self._flat = False
        self._level = 0
        for line in candidates:
            said = line.lstrip("# ")
            if said != line and _OPENING.fullmatch(said):
                self._opened = False
            found = heading_of(said) if len(said) <= 60 else None
            if found is None or _ANNEX.match(found.number):
                continue
            number = dotted(found.number)
            self._dotted.add(number)
            if number in ("1", "1.1"):
                self._opened = False

    def of(self, said: str) -> tuple[int, str, str] | None:
        """Level, dotted number, title of a line that is a heading; None for any other."""
        marked = _MARKDOWN.fullmatch(said) if said.startswith("#") and len(said) < 200 else None
        line = marked[2] if marked else said
        if len(line) > 60 or not line:
            return None
        found = self._numbered(half(line).rstrip(":"), marked is not None)
        if found is not None:
            level, number, title = found
            self._flat = self._flat or (marked is not None and level > len(marked[1]) and "." in number)
            self._level = level
            return level, number, line[-len(title) :] if title and line.endswith(title) else title
        if marked and not line.endswith(("。", "；")):
            self._opened = self._opened or _OPENING.fullmatch(line) is not None
            return (max(len(marked[1]), self._level + 1) if self._flat else len(marked[1])), "", line
        return None

    def _numbered(self, line: str, marked: bool) -> tuple[int, str, str] | None:
        found = heading_of(line)
        if found is not None:
            if _ANNEX.match(found.number):
                return self._annex(found.number, found.text)
            return self._accepted(found.level, dotted(found.number), found.text)
        single = _SINGLE.fullmatch(line)
        if single is not None and (marked or self._chapter_title(single[1], single[2], line)):
            return self._accepted(1, str(int(single[1])), single[2])
        for level, pattern in ((1, _CHINESE), (2, _BRACKETED)):
            match = pattern.fullmatch(line)
            if (
                match
                and (marked or not self._dotted or _TITLES.fullmatch(match[2]))
                and line[-1] not in "。;,"
            ):
                return self._accepted(level, str(arabic(match[1])), match[2])
        return None

    def _chapter_title(self, number: str, title: str, line: str) -> bool:
        if line[-1] in "。;,:" or not (line[len(number)] in " .、" or "\u4e00" <= title[0] <= "\u9fff"):
            return False
        return _TITLES.fullmatch(title) is not None or (
            line[len(number)] == " " and len(title) <= 20 and not _ROW.search(title) and not QUANTITY.match(title) and f"{int(number)}.1" in self._dotted and title[0] > "\u4e00"
            and int(number) == self._chapter + 1
        )  # fmt: skip

    def _accepted(self, level: int, number: str, title: str) -> tuple[int, str, str] | None:
        if not self._opened and level == 2 and "." not in number and _CLOSING.fullmatch(title):
            return None
        if level == 1 or "." in number:
            chapter = int(number.split(".")[0])
            if not chapter:
                return None
            if not self._opened and (chapter != 1 or (level == 1 and _CLOSING.fullmatch(title))):
                return None
            if level == 1 and chapter == 1 and _OPENING.fullmatch(title):
                self._chapter = 0
            if chapter < self._chapter or chapter > max(self._chapter, 0) + 3:
                return None
            self._opened = True
            self._chapter = chapter
            if level == 1:
                self._annexes = "附件" in title or "附录" in title
        return level, number, title

    def _annex(self, number: str, title: str) -> tuple[int, str, str] | None:
        self._opened = True
        return (2 if self._annexes else 1), dotted(number), title


def dotted(number: str) -> str:
    """A heading's number in one spelling: 第三章 → 3, （二） → 2, ３．４ → 3.4, 附件 一 → 附件1."""
    number = re.sub(r"\s", "", half(number))
    annex = _ANNEX.match(number)
    inner = re.sub(r"附[件录]|第|[章部篇分节]|[()、.]$|^\(", "", number)
    if inner and all(c in "一二三四五六七八九十〇" for c in inner):
        inner = str(arabic(inner))
    return (annex[0] if annex else "") + inner.strip(".")


def arabic(numeral: str) -> int:
    """Chinese numerals up to 99: 十二 → 12."""
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones[:1], 0) if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in numeral if c in _DIGITS) or "0")


_DEEPEST: Final = 3
"""Levels of headings that get their number back."""

_LEAST: Final = 5
"""So many known titles show that a report's headings lost their numbers."""


def _counted(blocks: Sequence[Block]) -> Sequence[Block]:
    """Headings of a report that lost all their numbers (自动编号丢失), counted again from the first chapter on."""
    start = next((i for i, b in enumerate(blocks) if isinstance(b, Heading) and not b.number and _OPENING.fullmatch(b.text)), None)
    if start is None:
        return blocks
    top = blocks[start]
    assert isinstance(top, Heading)
    heads = [b for b in blocks[start:] if isinstance(b, Heading) and top.level <= b.level <= top.level + 1]
    if any(b.number and not _ANNEX.match(b.number) for b in heads) or sum(_TITLES.fullmatch(b.text) is not None for b in heads) < _LEAST:
        return blocks
    counts: list[int] = []
    made = list(blocks)
    for index, block in enumerate(blocks[start:], start):
        depth = block.level - top.level + 1 if isinstance(block, Heading) else 0
        if not isinstance(block, Heading) or not 0 < depth <= len(counts) + 1 or depth > _DEEPEST:
            continue
        if depth == 1 and _ANNEX.match(block.number or block.text):
            break
        counts = [*counts[:depth], *[0] * (depth - len(counts))]
        counts[-1] += 1
        if not block.number:
            made[index] = replace(block, number=".".join(map(str, counts)))
    return made


def numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks whose headings all carry dotted numbers; 一、 and （一） get the numbers of their parents before them."""
    above: list[str] = []
    made: list[Block] = []
    for block in _counted(blocks):
        if isinstance(block, Heading) and block.number:
            number = dotted(block.number)
            plain = number.isdigit() and block.level > 1
            if plain and len(above) >= block.level - 1 and above[block.level - 2]:
                number = f"{above[block.level - 2]}.{number}"
            above = [*above[: block.level - 1], *[""] * (block.level - 1 - len(above)), number]
            block = replace(block, number=number)
        made.append(block)
    return tuple(made)
