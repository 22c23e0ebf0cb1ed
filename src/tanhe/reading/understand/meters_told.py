"""Meters named inside tables of data (数据表所述计量器具): class, interval and the time a calibration is valid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.reading.claims import Claim, Listed, Said
from tanhe.reading.understand.flat import fold, iso
from tanhe.reading.understand.sheets import words
from tanhe.reading.understand.view import View

_KINDS = (("电表", r"电能?表|电度表"), ("衡", r"汽车衡|地磅|地秤"), ("皮带秤", r"皮带秤"), ("流量计", r"流量计"), ("燃气表", r"燃气表|气表"))
_LABEL = re.compile(r"监测设备(的)?(维护|校验|校准|检定|管理).{0,6}|(计量|监测)(设备|器具)(的)?(校准|检定|维护|校验)(频次|周期|情况)?")
_CLASS = re.compile(r"(?P<n>[\u4e00-\u9fff]{0,6}?(?:电能?表|电度表|流量计|汽车衡|皮带秤|燃气表))(?:的)?(?:准确度|精度)(?:等级)?(?:为|是)?(?P<a>\d(?:\.\d+)?S?级?)")
_RANGE = re.compile(r"(20\d\d年\d{1,2}月\d{1,2}日)(?:-|至|到)(20\d\d年\d{1,2}月\d{1,2}日)")
_DAYS = re.compile(r"有效期(?:至|到)(20\d\d年\d{1,2}月\d{1,2}日)")


def meter_kind(name: str) -> str:
    """The kind of a meter by its folded name; empty for kinds not told apart."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, name)), "")


def calibrations(v: View) -> dict[str, dict[str, Said]]:
    """By kind of meter: the first and last day a calibration holds, as tables of data say."""
    found: dict[str, dict[str, Said]] = {}
    for label, cell in _rows(v):
        text = fold(cell.text)
        kind = meter_kind(text)
        if not kind or not _LABEL.fullmatch(label):
            continue
        if match := _RANGE.search(text):
            days = [("valid_from", iso(match[1])), ("valid_to", iso(match[2]))]
        elif match := _DAYS.search(text):
            days = [("valid_to", iso(match[1]))]
        else:
            continue
        found.setdefault(kind, {name: Said(day, cell.place) for name, day in days if day})
    return found


def meters_told(v: View) -> Iterator[Claim]:
    """Meters of a report without a list of them: named with their class under 监测方法, with the interval told below."""
    for sheet in v.outline.sheets:
        rows = {words(row[0]): row[1] for row in sheet.grid if len(row) > 1 and row[0] is not None and row[1] is not None}
        method = rows.get("监测方法")
        match = _CLASS.search(fold(method.text)) if method is not None else None
        if method is None or match is None:
            continue
        name = re.sub(r"^.*(?:单位|用能|进出|使用|采用)", "", match["n"])
        fields = {"name": Said(name, method.place), "accuracy": Said(match["a"], method.place)}
        interval = next((c for label, c in rows.items() if c is not None and _LABEL.fullmatch(label)), None)
        if interval is not None:
            fields["interval"] = Said(interval.text, interval.place)
        yield Listed("meters", fields)


def _rows(v: View) -> Iterator[tuple[str, Said]]:
    for sheet in v.outline.sheets:
        for row in sheet.grid:
            filled = [c for c in row if c is not None and words(c)]
            if len(filled) > 1:
                yield words(filled[0]), Said(filled[1].text, filled[1].place)
