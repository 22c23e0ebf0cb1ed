"""Small PDFs for tests: set by typst, or written by hand where a file must be broken in one place (样例 PDF)."""

from __future__ import annotations

from functools import lru_cache

import typst

from tanhe.fonts import font_folders

HEAD = """#set page(paper: "a5", margin: 20mm)
#set text(font: ("Noto Serif SC", "DejaVu Sans"), size: 10pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
"""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def pdf(body: str, head: str = HEAD) -> bytes:
    """A PDF of Typst code."""
    compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile((head + body).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def plain(content: str, page: str = "", trailer: str = "", *further: str) -> bytes:
    """One page with a content stream and Helvetica, objects 1–5; ``further`` objects follow."""
    stream = content.encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>{page}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(one.encode("latin-1") for one in further),
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def encrypted() -> bytes:
    """A file that wants a password nobody knows."""
    key = "00" * 32
    return plain("BT ET", "", "/Encrypt 6 0 R/ID[<00><00>]", f"<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>")
