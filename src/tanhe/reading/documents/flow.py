"""Running text (连续文字): whether a line goes on the paragraph above, over a line end or a page end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tanhe.reading.blocks import Paragraph
from tanhe.reading.documents.cells import unfinished
from tanhe.reading.documents.headings import heading_of
from tanhe.reading.documents.limits import MAX_SEAMS
from tanhe.reading.documents.lines import Line, width
from tanhe.reading.documents.words import CAPTION, ITEM, LABELLED, PICTURE, SYMBOL

CLOSING: Final = frozenset("。,;、)》”.")
"""What never begins a line of its own, half-width."""

_TITLE: Final = re.compile(r"[一二三四五六七八九十]{1,3}\s?、[^，。；：,;:]{2,40}")
"""Looks like a heading, so that what stands apart below it is not its end."""

_WRAPPED: Final = 40
_ENDS: Final = ("。", "；", "：", "！", "？")


class Flow:
    """Joins lines of one text; ``before`` is the index of the last line that was running text."""

    def __init__(self, lines: Sequence[Line], parts: Sequence[list[str] | None]) -> None:
        self._lines = lines
        self._parts = parts
        self._wrap = (0, 0)
        self.before = -2

    def continues(self, last: Paragraph, index: int) -> bool:
        """Whether the line at ``index`` goes on the paragraph ``last``."""
        line = self._lines[index]
        if len(last.seams) >= MAX_SEAMS:
            return False
        if line.half[0] in CLOSING and line.half[:3] != "...":
            return True
        if begins(line.half) and not self._goes_on(last, index):
            return False
        if len(last.text) <= 60 and heading_of(last.text):
            return False
        if begins_label(last.text) and not (index == self.before + 1 and self._full(index, last)):
            return False
        if index != self.before + 1:
            return unfinished(last.text) and not _TITLE.fullmatch(last.text)
        above = self._lines[index - 1]
        if line.raw[:1] in " \u3000\t" and above.raw[:1] not in " \u3000\t":
            return False
        if last.text.endswith(("，", "、", ",", "（", "(")):
            return True
        if index >= self._wrap[0]:
            self._wrap = self._run(index)
        wrap = self._wrap[1]
        full = wrap * (0.95 if last.text.endswith(_ENDS) else 0.75)
        return wrap >= _WRAPPED and width(above.text) >= full

    def _goes_on(self, last: Paragraph, index: int) -> bool:
        """Whether a line like ``其中：…`` only goes on the sentence that the line above left at a comma."""
        said = self._lines[index].half[:120]
        if index != self.before + 1 or not last.text.endswith("，") or begins_label(last.text[:-1]):
            return False
        return said.startswith("其中") or (LABELLED.match(said) is not None and not ITEM.match(said))

    def _full(self, index: int, last: Paragraph) -> bool:
        """Whether a line like ``名称：…`` is as wide as the page, among others as wide: then it is a sentence with a colon."""
        end, wrap = self._run(index)
        wide = sum(width(line.text) >= 0.9 * wrap for line in self._lines[index - 1 : end])
        return wrap >= 56 and width(last.text) >= 0.9 * wrap and (wide > 1 or end > index + 1 or last.text[-1] not in _ENDS)

    def _run(self, index: int) -> tuple[int, int]:
        """End of the lines that stand together here, and the width of the longest."""
        end = index
        while end < len(self._lines) and self._lines[end].text and self._parts[end] is None:
            end += 1
        return end, max(width(line.text) for line in self._lines[index - 1 : end])


def begins(shown: str) -> bool:
    """Whether a line, half-width, begins something of its own: an item, a symbol's meaning, a caption, ``名称：``."""
    head = shown[:120]
    return any(form.match(head) for form in (ITEM, SYMBOL, LABELLED)) or any(
        form.fullmatch(head) for form in (CAPTION, PICTURE)
    )


def begins_label(said: str) -> bool:
    """Whether a short paragraph is ``名称：值`` of a cover page, which never goes on."""
    return len(said) <= 40 and ("：" in said[:16] or ":" in said[:16]) and not said.endswith(("，", "、"))
