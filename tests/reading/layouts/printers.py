"""The ways in which the invented report is printed as text (文本版式); each gives the whole file's text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from base import REPORT, Block, Cell, Rows

PrintTable = Callable[[Rows], str]


def parts(cell: Cell) -> tuple[str, int, int]:
    """Text, rowspan, colspan."""
    return cell if isinstance(cell, tuple) else (cell, 1, 1)


def grid(rows: Rows) -> list[list[str]]:
    """Rows of equal width; a merged cell stands once, blanks where it reaches."""
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            said, down, across = parts(cell)
            taken |= {(y + j, x + i): "" for j in range(down) for i in range(across)}
            taken[y, x] = said
            x += across
    wide = max(x for _, x in taken) + 1
    return [[taken.get((y, x), "") for x in range(wide)] for y in range(len(rows))]


def text(print_table: PrintTable, words: Callable[[str], str] = str, head: str = "{number} {title}", contents: str = "{n} {t}\t{p}") -> str:
    """The whole report, one block after the other with a blank line between."""
    return "\n\n".join(_blocks(print_table, words, head, contents)) + "\n"


def _blocks(print_table: PrintTable, words: Callable[[str], str], head: str, contents: str) -> Iterator[str]:
    for block in REPORT:
        if block[0] == "toc":
            yield "目 录"
            yield "\n".join(contents.format(n=n, t=t, p=p) for n, t, p in entries())
        elif block[0] == "h":
            yield head.format(number=block[2], title=block[3], marks="#" * block[1])
        elif block[0] == "p":
            yield words(block[1])
        else:
            if block[1]:
                yield words(block[1])
            yield print_table(block[2])


def entries() -> list[tuple[str, str, int]]:
    """Number, title and page of every section."""
    heads = [block for block in REPORT if block[0] == "h"]
    return [(number, title, 1 + at // 3) for at, (_, _, number, title) in enumerate(heads)]


def tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in grid(rows))


def pipes(rows: Rows, cell: Callable[[str], str] = str) -> str:
    made = [f"| {' | '.join(map(cell, row))} |" for row in grid(rows)]
    return "\n".join([made[0], "|" + " --- |" * len(grid(rows)[0]), *made[1:]])


def html(rows: Rows, cell: Callable[[str], str] = str, line: str = "") -> str:
    made = []
    for row in rows:
        cells = []
        for each in row:
            said, down, across = parts(each)
            spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            cells.append(f"<td{spans}>{cell(said)}</td>")
        made.append("<tr>" + line.join(cells) + "</tr>")
    return f'<table border="1">{line}{line.join(made)}{line}</table>'


def subscripted(said: str) -> str:
    """CO2 as converters of PDF to Markdown write it."""
    return said.replace("CO2", "CO<sub>2</sub>").replace("Nm3", "Nm<sup>3</sup>").replace("E=A*B*C*D/100*44/12", "E=A\\*B\\*C\\*D/100\\*44/12")


def remnants(said: str) -> str:
    """Markdown cells with what HTML left in them."""
    return subscripted(said).replace("；", "；<br>").replace(" ", "&nbsp;")


def mixed(rows: Rows) -> str:
    """A merged table as HTML, any other as Markdown with remnants."""
    merged = any(isinstance(cell, tuple) for row in rows for cell in row)
    return html(rows, remnants) if merged else pipes(rows, remnants)


def stacked(rows: Rows) -> str:
    return "\n".join(cell for row in grid(rows) for cell in row if cell)


def apart(rows: Rows) -> str:
    return "\n\n".join(cell for row in grid(rows) for cell in row if cell)


def garbled(said: str) -> str:
    """A formula as a reader of formulas in pictures writes it."""
    return re.sub(r"\b([A-E])=A\*B(\*C\*D/100\*44/12)?", lambda m: f"${m[1]} = A \\times B" + (" \\times C \\times D / 100 \\times \\frac{44}{12}$" if m[2] else "$"), said)


def lost(said: str) -> str:
    """A formula that lost its operators."""
    return said.replace("E=A*B*C*D/100*44/12", "E=A B C D/100 44/12").replace("C=A*B", "C=A B")


def spaces(rows: Rows) -> str:
    """Columns set apart by blanks, as ``pdftotext -layout`` prints them."""
    made = grid(rows)
    sizes = [max(shown(row[i]) for row in made) + 3 for i in range(len(made[0]))]
    return "\n".join("".join(cell + " " * (size - shown(cell)) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in made)


def shown(said: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in said)


def wrapped(said: str, size: int = 34) -> str:
    """Words broken over lines as on a narrow page; numbers stay whole."""
    lines, line = [], ""
    for piece in re.findall(r"[\dA-Za-z.,/%《]+|.", said):
        if shown(line) + shown(piece) > 2 * size and piece not in "，。；、）》：":
            lines.append(line)
            line = ""
        line += piece
    return "\n".join([*lines, line])


def fullwidth(said: str) -> str:
    """Digits and letters as full-width characters, as some word processors leave them."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in said)


def furnished(said: str) -> str:
    """A running header and a page number after every 40 lines, at blank lines outside tables."""
    made, page, since = [], 1, 0
    lines = said.split("\n")
    for at, line in enumerate(lines):
        made.append(line)
        since += 1
        quiet = at + 1 < len(lines) and not line and "\t" not in lines[at + 1] and at and "\t" not in lines[at - 1] and not lines[at - 1].startswith(("表", "目"))
        if since > 40 and quiet and page:
            made += [f"第 {page} 页", "", "青岚纸品 2023 年度温室气体排放核查报告", ""]
            page, since = page + 1, 0
    return "\n".join(made)


def broken(rows: Rows) -> str:
    """A tab table whose long last cells are broken over lines."""
    return "\n".join("\t".join([*row[:-1], wrapped(row[-1], 16)] if row[-1] else row) for row in grid(rows))


def page(said: Sequence[Block] = ()) -> str:
    """One HTML page with a style, for the printers of PDF and DOCX."""
    body = []
    for block in REPORT:
        if block[0] == "toc":
            continue
        if block[0] == "h":
            body.append(f"<h{block[1]}>{block[2]} {block[3]}</h{block[1]}>")
        elif block[0] == "p":
            body.append(f"<p>{subscripted(block[1])}</p>")
        else:
            body.append((f'<p class="caption">{subscripted(block[1])}</p>' if block[1] else "") + html(block[2], lambda c: subscripted(c).replace("\\*", "*")))
    style = "body{font-family:'Noto Sans CJK SC',sans-serif;font-size:10.5pt}table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:3px}.caption{text-align:center}h1,h2,h3{font-weight:normal}h1{font-size:15pt}h2{font-size:13pt}h3{font-size:12pt}"
    return f"<!doctype html><html><head><meta charset='utf-8'><style>{style}</style></head><body>{''.join(body)}</body></html>"


TEXTS: dict[str, Callable[[], str]] = {
    "tabs.txt": lambda: text(tabs),
    "pipes.md": lambda: text(pipes, head="{marks} {number} {title}", contents="- {n} {t} ..... {p}"),
    "mixed.md": lambda: text(mixed, subscripted, head="{marks} {number} {title}", contents="{n} {t} ........ {p}"),
    "html.md": lambda: text(lambda rows: html(rows, subscripted, "\n"), subscripted, head="{marks} **{number} {title}**", contents="{n} {t} ........ {p}"),
    "lines.txt": lambda: garbled(text(stacked, contents="{n}\n{t}\n{p}")),
    "lines-apart.txt": lambda: lost(text(apart, contents="{n} {t}\n\n{p}\n")),
    "spaces.txt": lambda: text(spaces, contents="{n} {t}     {p}"),
    "broken.txt": lambda: furnished(fullwidth(text(broken, wrapped, contents="{n} {t}\t{p}"))),
}  # fmt: skip
