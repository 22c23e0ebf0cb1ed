"""Lists of the report (清单): energy, equipment, meters, sources, criteria, evidence, findings, purpose and scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tanhe.reading.blocks import Document
from tanhe.reading.claims import Claim, Listed, Said
from tanhe.reading.understand.dates import mentions
from tanhe.reading.understand.findings_told import finding, implied_steps, step
from tanhe.reading.understand.flat import fold, iso, unmarked, unstopped
from tanhe.reading.understand.lexicon import fuels
from tanhe.reading.understand.meters_told import calibrations, meter_kind, meters_told
from tanhe.reading.understand.outline import Line, Sheet
from tanhe.reading.understand.production import production
from tanhe.reading.understand.sheets import Listing
from tanhe.reading.understand.sources_told import neglected, sources, sources_prose
from tanhe.reading.understand.view import View, masked

_NOTHING = frozenset({"", "/", "-", "--", "无", "无。", "不涉及"})
_TEXTS = {"purpose": "purpose", "scope": "scope", "desk-review": "review_focus", "quality": "quality_assurance",
          "other": "other_findings"}
_ITEM = re.compile(r"^\s*(?:[-•●]|[(（]?\d{1,2}[)）、.]|[①-⑳])")
_NUMBERED_TEXT = re.compile(r"〔\d{4}〕|第?\d+号(?:[)）]|$)|(?:通知|办法|条例|规范|规程|细则|决定|意见|法)(?:[（(][^（()）]*[)）])?$|^[A-Z]{2,5}(?:/?T)?\s*\d[\d.\-—]*")
_STANDARD = re.compile(r"[A-Z]{2,5}(?:/?T)?\s*\d[\d.]*\s*[\-—]\s*(?:19|20)\d\d")
"""What tells the title or number of a document of law or a standard printed without its marks."""
_INTRO = re.compile(r"[:：]$|如下[:：。]?$|^(?:此次|本次)?核查(?:目的|范围)(?:主要)?(?:包括|为)[:：]?$|^根据《.*进行核查。?$")


def claims(document: Document) -> Iterable[Claim]:
    """Every row of the report's lists."""
    return masked(_lists, document)


def _lists(v: View) -> Iterator[Claim]:
    for sheet in v.outline.sheets:
        if sheet.listing is not None and (reader := _READERS.get(sheet.listing.kind.name)) is not None:
            yield from reader(v, sheet, sheet.listing)
    if not any(_kind(s) == "energy" for s in v.outline.sheets):
        yield from _energy_prose(v)
    if not any(_kind(s) == "meters" for s in v.outline.sheets):
        yield from meters_told(v)
    yield from sources_prose(v)
    yield from neglected(v)
    yield from _criteria(v)
    yield from _annexes(v)
    for topic, into in _TEXTS.items():
        yield from _texts(v, topic, into)
    yield from production(v)


def _kind(sheet: Sheet) -> str:
    return sheet.listing.kind.name if sheet.listing is not None else ""


def _simple(_: View, sheet: Sheet, found: Listing) -> Iterator[Claim]:
    for row in found.rows:
        if "name" in row and fold(row["name"].text) not in (*_NOTHING, "合计"):
            yield Listed(found.kind.name, row)


def _meters(v: View, sheet: Sheet, found: Listing) -> Iterator[Claim]:
    told = calibrations(v)
    for row in found.rows:
        fields = dict(row)
        kind = meter_kind(fold(fields["name"].text)) if "name" in fields else ""
        if kind and not {"valid_to", "calibrated"} & fields.keys():
            fields |= told.get(kind, {})
        for name in ("calibrated", "valid_to"):
            if name in fields:
                days = re.findall(r"20\d\d[年.\-/]\d{1,2}[月.\-/]\d{1,2}", fold(fields[name].text))
                printed = fields.pop(name)
                if len(days) == 2:
                    fields["valid_from"] = Said(iso(days[0]) or days[0], printed.place)
                if len(days) == 1 and re.search(r"日?(?:至|到|起)[/-]*$", fold(printed.text)):
                    fields["valid_from"] = Said(iso(days[0]) or days[0], printed.place)
                elif days and iso(days[-1]):
                    fields[name] = Said(iso(days[-1]) or "", printed.place)
        if "name" in fields:
            yield Listed("meters", fields)


def _documents(_: View, sheet: Sheet, found: Listing) -> Iterator[Claim]:
    if sheet.topic != "documents" and "支持性" not in sheet.caption and "清单" not in sheet.caption:
        return
    for row in found.rows:
        if "title" not in row or fold(row["title"].text) in _NOTHING:
            continue
        fields = {name: said for name, said in row.items() if name != "number"}
        number = fold(row["number"].text) if "number" in row else ""
        if number.isdigit():
            fields["id"] = Said(f"D{int(number):02}", row["number"].place)
        elif re.fullmatch(r"[A-Za-z]{1,3}-?\d{1,4}", number):
            fields["id"] = Said(number, row["number"].place)
        yield Listed("documents", fields)


def _findings(v: View, sheet: Sheet, found: Listing) -> Iterator[Claim]:
    place, stated = sheet.table.place, ""
    recorded = any(_kind(s) == "steps" for s in v.outline.sheets)
    empty = True
    for row in found.rows:
        words_ = fold(row["description"].text) if "description" in row else ""
        if words_ in _NOTHING:
            stated, place = words_ or stated, row["description"].place if "description" in row else place
            continue
        empty = False
        kind = "clarification" if "澄清" in sheet.caption + found.header["description"].text else "nc"
        fields = finding(row, kind)
        yield Listed("findings", fields)
        if kind == "nc" and not recorded:
            yield from (Listed("findings.steps", x) for x in implied_steps(fields, _same_day(v)))
    if empty and "澄清" not in sheet.caption:
        yield Listed("statements", {"about": Said("nc-list", place), "value": Said(stated, place), "where": Said(sheet.where, place)})


def _same_day(v: View) -> str:
    """The day on which findings were raised, where both the review and the visit were on one day; else nothing."""
    days = {name: said.text for name, said, _ in reversed(mentions(v)) if name in ("document_review", "site_visit")}
    return days["site_visit"] if len(days) == 2 and len(set(days.values())) == 1 else ""


def _steps(_: View, sheet: Sheet, found: Listing) -> Iterator[Claim]:
    for row in found.rows:
        if "step" in row and (fields := step(row)):
            yield Listed("findings.steps", fields)


def _suggestions(_: View, sheet: Sheet, found: Listing) -> Iterator[Claim]:
    for row in found.rows:
        if sheet.topic == "suggestions" and "description" in row and fold(row["description"].text) not in _NOTHING:
            yield _suggestion(row["description"])


def _suggestion(said: Said) -> Listed:
    return Listed("findings", {"kind": Said("suggestion", said.place), "description": Said(unstopped(said.text), said.place)})


def _named(lines: list[Line], into: str) -> Iterator[Claim]:
    """What a sentence names as looked at: 文件评审对象和内容包括：…、…等。"""
    for line in lines:
        match = re.search(r"(?:对象|内容)[^。:]{0,8}包括:(?P<v>[^。]{4,300}?)等?(?:。|$)", line.flat.text)
        for part in match["v"].split("、") if match else ():
            yield Listed(into, {"text": Said(part, line.place)})


_READERS = {"energy": _simple, "equipment": _simple, "meters": _meters, "sources": sources, "documents": _documents,
            "nc": _findings, "steps": _steps, "suggestions": _suggestions}


def _energy_prose(v: View) -> Iterator[Claim]:
    pair = v.pair("entity.energy")
    places: list[Line] = [x for x in v.outline.of("energy-management", "equipment", "basic", "scope")
                          if re.search(r"能源(消耗)?(品种|种类)", x.flat.text)]
    said = pair.value if pair is not None else places[0].whole if places else None
    if said is not None:
        text = fold(said.text)
        start = re.search(r"能源(消耗)?(品种|种类)[^:为]{0,6}[:为]|^", text)
        told = text[start.end() if start and pair is None else 0:]
        kinds = re.search(rf"({fuels().pattern})\(分为([^()]+)\)", told)
        if kinds:
            told = told.replace(kinds[0], "")
            for name in fuels().findall(kinds[2]):
                yield Listed("energy", {"name": Said(f"{kinds[1]}（{name}）", said.place)})
        for name in dict.fromkeys(fuels().findall(told.split("。")[0])):
            yield Listed("energy", {"name": Said(name, said.place)})


def _criteria(v: View) -> Iterator[Claim]:
    seen: set[str] = set()
    for line in v.outline.of("criteria"):
        bare = re.sub(r"[;；。]\s*$", "", unmarked(line.text))
        named = "《" in bare or re.search(r"GB|百问百答|标准$|指南$", bare) or _STANDARD.fullmatch(bare) or (
            _ITEM.match(line.text) and _NUMBERED_TEXT.search(bare))
        if re.match(r"[（(]以下[统简]称", bare) or re.fullmatch(r"[（(][^（）()]*[）)]", bare) or not named:
            continue
        if re.search(r"依据《[^《》]+》.*开展", bare) and not _ITEM.match(line.text):
            bare = re.search(r"《[^《》]+》", bare)[0]  # type: ignore[index]
        bare = re.sub(r"[（(]以下[统简]称.*$", "", bare).strip()
        bare = re.sub(r"^根据(?=《)", "", bare)
        if bare and fold(bare) not in seen:
            seen.add(fold(bare))
            yield Listed("criteria", {"text": Said(bare, line.place)})


def _annexes(v: View) -> Iterator[Claim]:
    """Suggestions and documents given as lists of lines."""
    tables = {s.topic for s in v.outline.sheets}
    for line in v.outline.of("suggestions"):
        if line.kind == "paragraph" and not _INTRO.search(line.text) and fold(unmarked(line.text)) not in _NOTHING:
            yield _suggestion(Said(unmarked(line.text), line.place))
    for line in v.outline.of("documents") if "documents" not in tables else ():
        if line.kind == "paragraph" and _ITEM.match(line.text) and not _INTRO.search(line.text):
            yield Listed("documents", {"title": Said(unmarked(line.text).rstrip("；;。"), line.place)})
    for sheet in v.outline.sheets:
        if sheet.topic == "documents" and sheet.listing is None:
            yield from _counted(sheet)


def _counted(sheet: Sheet) -> Iterator[Claim]:
    """Documents in a table without a header: 1, words; 2, words; 3 …"""
    rows = [[cell for cell in row if cell is not None and cell.text] for row in sheet.grid]
    if len(rows) < 3 or any(len(row) != 2 or fold(row[0].text) != str(n) or fold(row[1].text).isdigit() for n, row in enumerate(rows, 1)):
        return
    for n, (_, cell) in enumerate(rows, 1):
        if fold(cell.text) not in _NOTHING:
            yield Listed("documents", {"title": Said(cell.text.rstrip("；;。"), cell.place), "id": Said(f"D{n:02}", cell.place)})


def _texts(v: View, topic: str, into: str) -> Iterator[Claim]:
    lines = [x for x in v.outline.of(topic, zone="body") if x.kind == "paragraph"
             and (not _INTRO.search(x.text) or (_ITEM.match(x.text) and len(x.text) > 30))]
    items = [x for x in lines if _ITEM.match(x.text)]
    if topic == "desk-review" and not items:
        whole = [x for x in v.outline.of(topic, zone="body") if x.kind == "paragraph"]
        lines = [x for n, x in enumerate(whole) if n and re.search(r"重点[^。]{0,6}如下[:。]?$", whole[n - 1].flat.text)]
        if not lines:
            yield from _named(whole, into)
            return
    for line in items or lines:
        bare = unmarked(line.text)
        if fold(bare) not in _NOTHING and (len(bare) > 5 or (len(bare) > 2 and (items or bare.endswith("。")))):
            yield Listed(into, {"text": Said(unstopped(bare), line.place)})


