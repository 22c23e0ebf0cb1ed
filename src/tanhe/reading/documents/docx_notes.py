"""What of a DOCX was not read (未读的内容): macros, links outside, pictures, objects, hidden words; each said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from tanhe.dossier.places import Place
from tanhe.messages import text
from tanhe.reading.documents.archive import Package

Note = tuple[Place, str]
_FETCHED: Final = ("/attachedTemplate", "/frame", "/subDocument", "/image", "/oleObject", "/aFChunk")


def package_notes(package: Package, place: Callable[[], Place]) -> Iterator[Note]:
    """Macros and comments."""
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield place(), text("文件带有宏；宏没有运行", "the file has macros; they were not run")
    comments = package.xml("word/comments.xml")
    if comments is not None and len(comments):
        yield place(), text(f"{len(comments)} 条批注没有读", f"{len(comments)} comments were not read")


def external_links(relations: etree._Element | None, place: Callable[[], Place]) -> Iterator[Note]:
    """Parts that would have to be fetched from elsewhere; hyperlinks in the text do not count."""
    found = () if relations is None else relations
    count = sum(
        r.get("TargetMode") == "External" and str(r.get("Type", "")).endswith(_FETCHED) for r in found
    )
    if count:
        yield place(), text(f"{count} 处外部链接的内容没有打开", f"{count} external links were not opened")


def reading_notes(counts: Counter[str], place: Callable[[], Place]) -> Iterator[Note]:
    """What the paragraphs held besides words."""
    said = {
        "revisions": (
            "{} 处修订按接受处理（插入的保留，删除的不读）",
            "{} revisions were taken as accepted (insertions kept, deletions not read)",
        ),
        "hidden": ("{} 处隐藏文字没有读", "{} pieces of hidden text were not read"),
        "pictures": ("{} 幅图片中的文字没有读", "the words in {} pictures were not read"),
        "objects": (
            "{} 个嵌入对象（如旧式公式）没有读",
            "{} embedded objects (old-style formulas, for example) were not read",
        ),
        "chunks": ("{} 处嵌入的其他格式文档没有读", "{} embedded documents of other formats were not read"),
    }
    for key, (zh, en) in said.items():
        if counts[key]:
            yield place(), text(zh.format(counts[key]), en.format(counts[key]))
