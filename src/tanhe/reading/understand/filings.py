"""An enterprise's own report (企业温室气体排放报告): the figures of its annexed tables, which give no emissions line by line.

The annexes of the guidelines list consumption and calorific value in one table (附表2), carbon content and oxidation
rate in another (附表3), purchased electricity and heat below them. What belongs to one fuel is put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tanhe.checks.genre import OWN_REPORT
from tanhe.dossier.places import Place
from tanhe.messages import TanheError
from tanhe.quantity.units import unit
from tanhe.reading.blocks import Cell, Document
from tanhe.reading.claims import Calculation, CalculationRow, Claim, Parameter, Said
from tanhe.reading.understand import calculation
from tanhe.reading.understand.figures import statement
from tanhe.reading.understand.flat import fold
from tanhe.reading.understand.located import Located, Row, figure, located, number, said, unit_text

_TITLE: Final = re.compile(r"温室气体(?:排放)?(?:清单|盘查|核算)?报告(?:书)?|碳排放报告")
_VERIFIED: Final = re.compile(r"核查(?:报告|组|机构|员|结论)")
_HEAD: Final = (
    ("ncv", re.compile("低位发热量|热值(?!含碳)")), ("cc", re.compile("单位热值含碳量|含碳量")), ("of", re.compile("碳?氧化率")),
    ("amount", re.compile("净?(?:消耗|消费|使用|购入)量|活动(?:水平)?数据")), ("unit", re.compile("(?:计量)?单位")),
    ("value", re.compile("数据|数值|数据值|排放因子")), ("label", re.compile(".*品种|.*名称|燃料.*|能源.*|源类别")),
)
_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "amount": ("消耗量", "t"), "ncv": ("低位发热量", "GJ/t"), "cc": ("单位热值含碳量", "tC/GJ"), "of": ("碳氧化率", "%")}
_ENERGY: Final = (("electricity", re.compile("电"), "净购入电力", "MWh"), ("heat", re.compile("热力|蒸汽"), "净购入热力", "GJ"))
"""Kind, how a row names it, what its emissions are called, its unit."""


@dataclass
class _Figures:
    """What the tables say of one fuel or energy: role → figure and unit."""

    label: Said
    known: dict[str, tuple[Said, str]] = field(default_factory=dict)


def own_report(document: Document) -> Place | None:
    """Where the title says that this is an enterprise's report; None where anything says that it is a verification's."""
    titles = [(place, fold(line)) for place, line in document.lines[:40]]
    found = next((place for place, line in titles if _TITLE.search(line) and len(line) < 40 and "核查" not in line), None)
    verified = sum(1 for _, line in document.lines if _VERIFIED.search(line))
    return found if verified < 3 else None


def claims(document: Document) -> Iterator[Claim]:
    """What the annexes claim; nothing of a verification report."""
    place = own_report(document)
    if place is None:
        return
    yield statement("genre", Said(OWN_REPORT, place), "题名")
    if any(True for _ in calculation.claims(document)):
        return
    fuels: dict[str, _Figures] = {}
    energy: dict[str, _Figures] = {}
    for table in located(document):
        _read(table, fuels, energy)
    burnt = [f for f in fuels.values() if "amount" in f.known and ("ncv" in f.known or "cc" in f.known)]
    yield from _claimed("化石燃料燃烧排放（由附表的数据）", burnt)
    for kind, _, title, _ in _ENERGY:
        if kind in energy and "amount" in energy[kind].known:
            yield from _claimed(f"{title}排放（由附表的数据）", [energy[kind]])


def _read(table: Located, fuels: dict[str, _Figures], energy: dict[str, _Figures]) -> None:
    head: dict[int, tuple[str, str]] = {}
    for row in table.rows:
        found = _header(row)
        if found:
            head = found
        elif head:
            _data(row, head, fuels, energy)


def _header(row: Row) -> dict[int, tuple[str, str]]:
    """Role and unit of each column, where the row is a header."""
    found: dict[int, tuple[str, str]] = {}
    for n, cell in enumerate(row):
        words, _, rest = fold(cell.text).replace("*", "").partition("(")
        role = next((name for name, pattern in _HEAD if pattern.fullmatch(words)), None)
        if number(cell.text) is not None:
            return {}
        if role is not None:
            found[n] = (role, rest.rstrip(")"))
    return found if {r for r, _ in found.values()} & {"amount", "ncv", "cc", "of", "value"} and len(found) > 1 else {}


def _data(row: Row, head: Mapping[int, tuple[str, str]], fuels: dict[str, _Figures], energy: dict[str, _Figures]) -> None:
    named = [n for n, cell in enumerate(row) if re.search("[\u4e00-\u9fff]", cell.text) and figure(cell.text) is None
             and head.get(n, ("label", ""))[0] in ("label", "value", "amount")]
    figures = [(n, cell, found) for n, cell in enumerate(row) if (found := figure(cell.text)) is not None]
    named = [n for n in named if figures and n < figures[0][0]]
    if not named:
        return
    label = said(row[named[-1]])
    words = fold(label.text)
    kind = next((k for k, pattern, _, _ in _ENERGY if pattern.search(words)), None)
    if kind is not None:
        _energy(kind, label, row, figures, head, energy)
        return
    fuel = fuels.setdefault(words, _Figures(label))
    for n, cell, (shown, printed) in figures:
        role, units = head.get(n, ("", ""))
        if role in _NAMES:
            fuel.known.setdefault(role, (said(cell, shown), printed or _unit(role, units, words)))


def _energy(kind: str, label: Said, row: Row, figures: Sequence[tuple[int, Cell, tuple[str, str]]], head: Mapping[int, tuple[str, str]],
            energy: dict[str, _Figures]) -> None:
    """A row of electricity or heat: what the figure is follows from its unit."""
    amount = next(measured for k, _, _, measured in _ENERGY if k == kind)
    beside = next((unit_text(row[n].text) for n, (role, _) in head.items() if role == "unit" and n < len(row)), "")
    for n, cell, (shown, printed) in figures:
        for told in (printed, beside, head.get(n, ("", ""))[1]):
            role = "amount" if _fits(told, amount) else "ef" if _fits(told, f"tCO2/{amount}") else None
            if role is not None:
                energy.setdefault(kind, _Figures(label)).known.setdefault(role, (said(cell, shown), told))
                break


def _fits(printed: str, wanted: str) -> bool:
    """Whether a printed unit measures the same as another: 万kWh as MWh."""
    try:
        return bool(printed) and unit(printed).fits(unit(wanted))
    except TanheError:
        return False


def _unit(role: str, printed: str, fuel: str) -> str:
    """Of the units a header names for solids, liquids and gases, the one for this fuel."""
    choices = [u for u in re.split("[,，、;；或]" + ("|/" if role == "amount" else ""), printed) if u]
    gas = "气" in fuel and "液化" not in fuel
    fits = [u for u in choices if ("m3" in u or "m³" in u) is gas]
    return (fits or choices or [_NAMES[role][1]])[0]


def _claimed(title: str, found: list[_Figures]) -> Iterator[Claim]:
    """Each figure as a datum of its own, and the calculation that the guideline makes of them."""
    rows: list[CalculationRow] = []
    for one in found:
        name, inputs = re.sub("净?(?:购入|消耗|消费|使用)量$", "", one.label.text), []
        electric = "ef" in one.known or "ncv" not in one.known
        for role, (value, its_unit) in one.known.items():
            words = {"ef": "排放因子", "amount": "净购入量" if electric else "消耗量"}.get(role) or _NAMES[role][0]
            yield Parameter(Said(f"{name}{words}", value.place), "activity" if role == "amount" else "factor",
                            unit=Said(its_unit, value.place), reported=value, verified=value, caption="附表")
            inputs.append((words, its_unit, value))
        rows.append(CalculationRow(Said(name, one.label.place), tuple(inputs), Said("/", one.label.place)))
    if rows:
        yield Calculation(title, "", tuple(rows), None, rows[0].item.place, note="附表没有逐项印出排放量，按指南公式由其数据复算")
