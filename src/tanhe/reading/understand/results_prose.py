"""Results told in sentences and remarks below forms (正文所述结果与表下说明)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tanhe.reading.blocks import Document, Heading, Paragraph, Table
from tanhe.reading.claims import Results, Said
from tanhe.reading.understand.equations import key
from tanhe.reading.understand.vocabulary import fold, has_word, tidy

_ANNOUNCED: Final = re.compile(r"补充数据.{0,6}说明\s*[:：]\s*$")
_LISTED: Final = re.compile(r"^\s*[(（]\d{1,2}[)）]\s*")
_TOLD: Final = re.compile(r"(?:企业|受核查方)?([\u4e00-\u9fff]{2,10}?)(?:的)?排放(?:实际)?量?(?:的?实际)?[量值]?为:?([\d,]+(?:\.\d+)?)(?:t|吨|tCO2e?)?(?=[，,。;；]|$)")


def notes_below(document: Document) -> Mapping[str, tuple[Said, ...]]:
    """The numbered remarks announced below each table (补充数据表说明：), or the one paragraph that follows."""
    found: dict[str, tuple[Said, ...]] = {}
    table, announced = "", False
    for block in document.blocks:
        if isinstance(block, Table):
            table, announced = key(block.place, block.rows), False
        elif not isinstance(block, Paragraph):
            table = ""
        elif _ANNOUNCED.search(block.text):
            announced = True
        elif table and announced and ((item := _LISTED.match(block.text)) or table not in found):
            words = block.text[item.end():] if item else block.text
            found[table] = (*found.get(table, ()), Said(re.sub(r"(?<=[^。])。$", "", tidy(words)), block.place))
            announced = item is not None
    return found


def told(document: Document) -> Iterator[Results]:
    """A subtotal told in a sentence: ``企业工业生产过程排放实际量为 0``."""
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            section = block.number or section
        if not isinstance(block, Paragraph):
            continue
        for match in _TOLD.finditer(fold(block.text)):
            if has_word(match[1], "results", "sources"):
                at = block.place_at(max(0, block.text.find(match[2])))
                row = (Said(match[1], block.place), (Said(match[2], at),))
                yield Results((row,), None, None, block.place, section, match[1])
