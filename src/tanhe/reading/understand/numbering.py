"""Numbers of sections, tables, figures and formulas, and references to them (编号与引用)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tanhe.reading.claims import Listed, Said
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import table_number
from tanhe.reading.understand.outline import Line, Title
from tanhe.reading.understand.pointers import people, quantity_before
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_DOTTED = re.compile(r"\d+(?:\.\d+)+")
_CAPTION = re.compile(r"^([表图])\d[\d.-]*(?![\d.-]*[中所可至、])")
_FORMULA = re.compile(r"(?:\\tag\{|\\quad\(|[(（])(?P<head>(?:\d{1,2}[.\-]){0,4})(?P<n>\d{1,2})[)}）]\s*\$*$")
_REFERENCE = re.compile(r"(?P<down>下)?表(?P<n>\d{1,3}(?:\.\d{1,3}){0,4}-\d{1,3})")
_SECTION = re.compile(r"(?:见|按照|参见|详见)(?:本报告)?(?P<n>\d{1,3}(?:\.\d{1,3}){1,3})(?![\d\-%tMG])")
_ITEM = re.compile(r"[-•]?\((\d{1,2})\)(?!\d)")
_ANNEXED = re.compile(r"^表\s?(附\d{1,2}-\d{1,2})")
_GROUPS = 3
"""Groups of tables (3.1-, 3.2-) that begin with 1 before one that begins with 2 is taken to miss its first."""
Numbered = tuple[str, Said, str]


def numbering(v: View) -> Iterator[Listed]:
    """Numbers out of order with the one expected; references with what they should be (the same when right)."""
    yield from _sections(v)
    captions = _captions(v)
    for kind in "表图":
        yield from _sequence(kind, [c for c in captions if c[0].startswith(kind)])
    yield from _formulas(v)
    yield from _gaps(v)
    yield from _items(v)
    yield from _rows(v)
    yield from _references(v, {number for number, _, _ in captions})


def _sections(v: View) -> Iterator[Listed]:
    body = [t for t in v.outline.titles if t.zone == "body"]
    titles = [t for t in body if _DOTTED.fullmatch(t.number.rstrip("."))]
    parents = [t for t in body if re.fullmatch(r"\d+", t.number)]
    titles = sorted([*titles, *parents], key=lambda t: t.position)
    counted = Counter(t.number for t in titles if "." in t.number)
    stack: dict[int, str] = {}
    children: Counter[str] = Counter()
    for n, title in enumerate(titles):
        number, depth = title.number.rstrip("."), title.number.count(".") + 1
        parent = stack.get(depth - 1, "")
        follows = titles[n + 1].number if n + 1 < len(titles) else ""
        said = Said(number, title.place)
        if depth > 1 and parent and not number.startswith(parent + ".") and (not follows or not follows.startswith(number.rpartition(".")[0] + ".")):
            yield statement("numbering", said, _titled(titles, parent), text=f"{parent}.{children[parent] + 1}")
            children[parent] += 1
            continue
        if counted[number] > 1:
            yield statement("numbering", said, title.text[:30])
        children[number.rpartition(".")[0]] += 1
        stack[depth] = number
        for deeper in [d for d in stack if d > depth]:
            del stack[deeper]


def _gaps(v: View) -> Iterator[Listed]:
    """A section's number one or two too high, when the one left out stands nowhere."""
    titles = [t for t in v.outline.titles if t.zone == "body" and _DOTTED.fullmatch(t.number.rstrip("."))]
    known = {t.number.rstrip(".") for t in titles}
    last: dict[str, int] = {}
    for n, title in enumerate(titles):
        head, _, tail = title.number.rstrip(".").rpartition(".")
        before, number = last.get(head, 0), int(tail)
        follows = next((t.number.rstrip(".").rpartition(".") for t in titles[n + 1:] if t.number.rstrip(".").rpartition(".")[0] == head), None)
        wanted = f"{head}.{before + 1}"
        resumed = follows is None or int(follows[2]) == before + 2
        if 1 < number - before <= 3 and wanted not in known and resumed and not any(k.startswith(wanted + ".") for k in known):
            yield statement("numbering", Said(title.number.rstrip("."), title.place), title.text[:30], text=wanted)
            number = before + 1
        last[head] = max(number, before)


def _items(v: View) -> Iterator[Listed]:
    """Items （1）（2）… of one list, paragraph after paragraph: one out of order between two that are in order."""
    run: list[tuple[int, Line]] = []
    for line in (*v.lines, None):
        match = _ITEM.match(line.flat.text) if line is not None and line.kind == "paragraph" else None
        if match and line is not None and (not run or run[-1][1].where == line.where):
            run.append((int(match[1]), line))
            continue
        yield from _odd(run)
        run = [(int(match[1]), line)] if match and line is not None else []


def _odd(run: list[tuple[int, Line]]) -> Iterator[Listed]:
    numbers = [n for n, _ in run]
    odd = [k for k, n in enumerate(numbers) if n != numbers[0] + k]
    if len(run) > 1 and len(odd) == 1 and numbers[0] == 1:
        number, line = run[odd[0]]
        yield statement("numbering", Said(f"（{number}）", line.place), line.where, text=f"（{odd[0] + 1}）")


def _rows(v: View) -> Iterator[Listed]:
    """The column 序号 of a list: one number out of order."""
    for sheet in v.outline.sheets:
        if not sheet.grid or not sheet.grid[0] or words(sheet.grid[0][0]) not in ("序号", "编号"):
            continue
        cells = [row[0] for row in sheet.grid[1:] if row and row[0] is not None and words(row[0])]
        if len(cells) < 2 or not all(words(c).isdecimal() and len(words(c)) < 7 for c in cells) or words(cells[0]) != "1":
            continue
        odd = [k for k, c in enumerate(cells) if int(words(c)) != k + 1]
        if len(odd) == 1 and (cell := cells[odd[0]]) is not None:
            yield statement("numbering", Said(f"序号{words(cell)}", cell.place), f"{sheet.where} 序号", text=f"序号{odd[0] + 1}")


def _titled(titles: list[Title], number: str) -> str:
    return next((f"{t.number} {t.text}" for t in titles if t.number == number), number)


def _captions(v: View) -> list[Numbered]:
    """Numbers of tables and figures as printed in captions, in order."""
    found: dict[tuple[str, str], Numbered] = {}
    for sheet in v.outline.sheets:
        annexed = _ANNEXED.match(sheet.caption)
        if number := f"表{annexed[1]}" if annexed else table_number(sheet.caption):
            found.setdefault((number, f"{sheet.table.place} {sheet.table.place.line}"), (number, Said(number, sheet.table.place), sheet.where))
    known = {number for number, _, _ in found.values()}
    for line in v.lines:
        match = _CAPTION.match(line.flat.text) if line.kind == "paragraph" and len(line.text) < 70 else None
        if match and not line.text.endswith(("。", "；", "，", "：")):
            number = table_number(line.text, match[1])
            if number not in known:
                found.setdefault((number, f"{line.place} {line.place.line}"), (number, Said(number, line.place), line.where))
    return sorted(found.values(), key=lambda c: (c[1].place.page or 0, c[1].place.line or 0))


def _parts(number: str) -> tuple[str, int]:
    head, _, last = number[1:].rpartition("-")
    return (head, int(last)) if last.isdecimal() and len(last) < 7 else (number, 0)


def _sequence(kind: str, captions: list[Numbered]) -> Iterator[Listed]:
    counted = Counter(number for number, _, _ in captions)
    groups = Counter(_parts(number)[0] for number, _, _ in captions)
    firsts = Counter(min(i for h, i in map(_parts, counted) if h == head) for head in groups)
    last: dict[str, int] = {}
    running = ""
    for number, said, place in captions:
        head, index = _parts(number)
        where = place if counted[number] < 2 or not said.place.quote else f"{place}（{said.place.quote[:24]}）"
        if groups[head] == 1 and running and head and index == last[running] + 1 and head != running and groups[running] > 1 and \
                (running.startswith(head) or head.startswith(running)):
            yield statement("numbering", said, where, text=f"{kind}{running}-{index}")
            last[running] = index
            continue
        before = last.get(head, 0 if firsts[1] >= _GROUPS and set(firsts) <= {1, 2} and index == 2 else index - 1)
        wanted = f"{kind}{head}-{before + 1}"
        if head and index > before + 1 and wanted not in counted:
            yield statement("numbering", said, where, text=wanted)
            index = before + 1 if counted[number] > 1 else index
        elif head and counted[number] > 1 and index <= before and wanted not in counted:
            yield statement("numbering", said, where, text=wanted)
            index = before + 1
        elif counted[number] > 1:
            yield statement("numbering", said, where)
        last[head], running = max(index, last.get(head, 0)), head or running


def _formulas(v: View) -> Iterator[Listed]:
    last: dict[str, int] = {}
    for line in v.lines:
        if line.kind != "paragraph" or line.topic not in ("method", "") or "=" not in line.text or len(line.text) > 400:
            continue
        match = _FORMULA.search(line.flat.text)
        if match is None:
            continue
        head, number = match["head"], int(match["n"])
        before = last.get(head, 0)
        if before and number != before + 1:
            yield statement("numbering", Said(f"公式({head}{number})", line.place), line.where, text=f"公式({head}{before + 1})")
        last[head] = number


def _references(v: View, known: set[str]) -> Iterator[Listed]:
    sections = {t.number.rstrip("."): t for t in v.outline.titles}
    done: set[tuple[str, str]] = set()
    of_people = people(v)
    for line in v.lines:
        text = line.flat.text
        if line.kind == "heading" or ("表" not in text and "见" not in text and "按照" not in text):
            continue
        for match in _REFERENCE.finditer(text):
            number = f"表{match['n']}"
            if (match.start() == 0 and len(text) < 70 and line.kind == "paragraph") or (number, line.where) in done or not known:
                continue
            done.add((number, line.where))
            quantity = quantity_before(text[:match.start()]) if number in of_people else ""
            right = f"讲{quantity}的表" if quantity else number if number in known else _meant(v, line, number, known, bool(match["down"]))
            if right:
                yield statement("reference", Said(number, line.place), line.where, text=right)
        for match in _SECTION.finditer(text):
            number = match["n"]
            right = _section_meant(v, sections, number, text[max(0, match.start() - 24):match.start()])
            if right and (number, line.where) not in done:
                done.add((number, line.where))
                yield statement("reference", Said(number, line.place), line.where, text=right)


def _meant(v: View, line: Line, number: str, known: set[str], down: bool) -> str:
    """The table a wrong reference means: the next one for 下表, else the one with the same last number."""
    if down:
        below = [s for s in v.outline.sheets if (s.table.place.line or 0) > (line.place.line or 0) and s.where in known]
        if below:
            return below[0].where
    index = number.rpartition("-")[2]
    alike = [k for k in known if k.rpartition("-")[2] == index and k.startswith("表") and k[1] == number[1]]
    return alike[0] if len(alike) == 1 else "没有此表"


def _section_meant(v: View, sections: dict[str, Title], number: str, before: str) -> str:
    title = sections.get(number)
    if title is None:
        return "没有此节" if len(sections) > 10 else ""
    activity = re.search(r"消耗量|产量|用量|消耗电力", re.split("[，。;]", before)[-1])
    factor = re.search(r"排放因子|含碳量|发热量|氧化率", re.split("[，。;]", before)[-1])
    wanted = "activity-data" if activity and title.topic == "factor-data" else "factor-data" if factor and title.topic == "activity-data" else ""
    better = next((t.number for t in v.outline.titles if t.topic == wanted and wanted), None)
    return better or number
