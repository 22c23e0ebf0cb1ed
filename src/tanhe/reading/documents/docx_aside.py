"""Words of a DOCX beside its text (正文之外的文字): footnotes, endnotes, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

from tanhe.reading.documents.archive import Package
from tanhe.reading.documents.docx_styles import W
from tanhe.reading.documents.docx_words import Words


def footnotes(package: Package, folder: str, words: Words) -> dict[str, tuple[str, ...]]:
    """Paragraphs of the notes by ``footnote:3``, as ``Words.notes`` names them."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in ("footnote", "endnote"):
        root = package.xml(f"{folder}/{kind}s.xml")
        for note in () if root is None else root.findall(W + kind):
            if note.get(W + "type") in (None, "normal"):
                said = tuple(shown for p in note.iter(W + "p") if (shown := words.text(p)))
                found[f"{kind}:{note.get(W + 'id', '')}"] = said
    return found


def running(package: Package, folder: str, words: Words) -> Iterator[tuple[str, int, str]]:
    """Headers and footers, each wording once: 页眉 or 页脚, which of them, its words."""
    seen: set[str] = set()
    for kind, prefix in (("页眉", "header"), ("页脚", "footer")):
        names = sorted(n for n in package.names if n.startswith(f"{folder}/{prefix}") and n.endswith(".xml"))
        for count, name in enumerate(names, 1):
            root = package.xml(name)
            for paragraph in () if root is None else root.iter(W + "p"):
                said = words.text(paragraph)
                if any(c.isalnum() for c in said) and said not in seen and not _only_pages(said):
                    seen.add(said)
                    yield kind, count, said


def _only_pages(said: str) -> bool:
    """第 页 共 页, what is left of a footer without its page numbers."""
    return not set(said) - set("第页共 -—–/·PageofpageOF0123456789")
