"""Parameter tables become data (数据核查表 → 数据项)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tanhe.factors.names import fold
from tanhe.quantity.units import DIMENSIONLESS, Unit, unit
from tanhe.reading.assemble.drafts import Draft, Kind, Pool, number
from tanhe.reading.assemble.tree import Tree
from tanhe.reading.assemble.words import fuel_in, nearest_unit, role_of, squeeze, unit_of
from tanhe.reading.claims import Parameter, Said

ROWS = ("source", "method", "frequency", "record_frequency", "calibration", "gaps", "cross_check_note", "conclusion", "sampling",
        "facility", "location", "source_type", "note")
_TOTAL = re.compile(r"合计|总计|小计|^总")
_NO_SOURCE = re.compile(r"核查结果|核查数据|核查值|^年份|^结果")


def read_parameters(claims: tuple[Parameter, ...], pool: Pool, tree: Tree) -> None:
    """One draft for each quantity of the tables; a table of several uses gives one for each use besides the whole."""
    for claim in claims:
        whole = number(claim.verified.text if claim.verified else None) or number(claim.reported.text if claim.reported else None)
        quantities = [] if whole and claim.kind == "factor" else _parts(claim)
        if quantities and not _uses(claim, quantities):
            for name, said in quantities:
                _add(claim, Said(_named(claim, name.text), name.place), said, said, pool, tree)
            continue
        first, second = claim.reported, claim.verified
        item = Said(claim.name or claim.item.text, claim.item.place)
        if number(first.text if first else None) is None and number(second.text if second else None) is None and quantities:
            total = [s for n, s in claim.parts if _TOTAL.search(n)]
            first = second = total[-1] if total else None
        if _add(claim, item, first, second, pool, tree) is not None:
            for name, said in quantities:
                _add(claim, Said(f"{name.text}{item.text}", said.place), said, said, pool, tree, part=name.text)


def settle_kinds(pool: Pool, used_by_lines: Iterable[Iterable[str]]) -> None:
    """Where a report letters its quantities, one without a letter enters no formula: no symbol and no kind of its own."""
    used = {name for inputs in used_by_lines for name in inputs}
    if not any(d.lettered for d in pool):
        return
    for draft in pool:
        if draft.lettered or draft.table is None or draft.id in used or draft.kind == "factor":
            continue
        draft.symbol = ""
        draft.kind = "other" if draft.kind == "activity" else draft.kind


def _parts(claim: Parameter) -> list[tuple[Said, Said]]:
    """Named parts of the value row that are numbers, without the total."""
    return [(Said(squeeze(n), s.place), s) for n, s in claim.parts if number(s.text) is not None and not _TOTAL.search(n) and n.strip()
            and not re.fullmatch(r"\d{4}\s*年?", n.strip())]


def _uses(claim: Parameter, parts: list[tuple[Said, Said]]) -> bool:
    """Whether the parts are uses of one quantity, rather than several quantities in one table."""
    roles = {role_of(n.text, None) for n, _ in parts}
    return claim.kind != "factor" or roles == {"amount"}


def _named(claim: Parameter, part: str) -> str:
    """The full name of a quantity whose table names the fuel only in its caption."""
    if fuel_in(part) or (fuel_in(claim.item.text) and claim.item.text in part):
        return part
    if claim.item.text and claim.item.text not in part and not number(claim.item.text) and role_of(claim.item.text, None) == "amount":
        return f"{claim.item.text}{part}"
    return f"{subject(claim.caption)}{part}"


def subject(caption: str) -> str:
    """The thing a caption is about: ``表 3.4-14 动力煤单位热值含碳量和碳氧化率核查表`` → 动力煤."""
    bare = re.sub(r"^\s*表\s*[\d.\-–—]+\s*", "", caption)
    bare = re.sub(r"^(对|经核查的|核查确认的|排放因子和计算系数数据\s*\d*[:：]?|活动水平数据\s*\d*[:：]?)", "", bare)
    found = re.match(r"(.*?)的?(单位热值|低位|平均低位|含碳|碳氧化|排放因子|消耗|消费|净购|产量)", bare)
    return squeeze(found[1]) if found else ""


def _add(
    claim: Parameter, item: Said, reported: Said | None, verified: Said | None, pool: Pool, tree: Tree, part: str = ""
) -> Draft | None:
    first, second = _numeric(reported), _numeric(verified)
    if first is None and second is None:
        shown = verified or reported or item
        tree.lose(Said(f"{item.text} {shown.text if shown is not item else ''}".strip(), shown.place), "数据表没有读出数值")
        return None
    printed = _unit_text(claim, item, part)
    printed, as_printed = _misprint(printed)
    its_unit = unit_of(printed.text) if printed else None
    role = role_of(item.text, its_unit if not claim.parts or part or not _mixed(claim) else None)
    if role == "enthalpy" and any(d.role == role and d.said is not None and d.said.text.strip() == (second or first or item).text.strip() for d in pool):
        return None
    fuel = fuel_in(item.text) or fuel_in(claim.caption)
    chosen, misprint = _unit(printed, its_unit, role, second or first)
    kind: Kind = "other" if role == "emission" else claim.kind
    if role == "output":
        kind = "production"
    draft = pool.named(Said(squeeze(item.text), item.place), role, kind, chosen, fuel)
    draft.unit_said, draft.unit_printed = printed, as_printed or misprint
    draft.reported = first or (None if claim.apart and reported is None else second)
    draft.verified = second or (None if claim.apart and verified is None and first is not None else first)
    draft.lettered, draft.equation = squeeze(claim.lettered), claim.equation if not part else None
    draft.state = claim.parts if role == "enthalpy" else ()
    draft.symbol, draft.section, draft.table = squeeze(claim.symbol), claim.section, claim.item.place
    draft.context = f"{claim.caption} {claim.rows['facility'].text if 'facility' in claim.rows else ''}"
    _assume_normal_cubic_metres(draft)
    for key in ROWS:
        if key in claim.rows and squeeze(claim.rows[key].text):
            draft.fields[key] = Said(squeeze(claim.rows[key].text), claim.rows[key].place)
    for key, said in claim.rows.items():
        if key not in ROWS:
            tree.lose(said, f"数据表的“{key}”一行没有归处")
    draft.cross_checks = _cross_checks(claim, draft, part, tree)
    return draft


def _numeric(said: Said | None) -> Said | None:
    return said if said is not None and number(said.text) is not None else None


def _mixed(claim: Parameter) -> bool:
    return len({role_of(n, None) for n, _ in claim.parts}) > 1


def _unit_text(claim: Parameter, item: Said, part: str) -> Said | None:
    """The unit row, else a unit in brackets behind the item's name; of a shared row the one meant for the part."""
    if claim.unit is not None and claim.unit.text.strip():
        return claim.unit
    found = re.search(r"[(（]([^()（）]{1,20})[)）]\s*$", item.text)
    return Said(found[1], item.place) if found and unit_of(found[1]) is not None else None


def _misprint(printed: Said | None) -> tuple[Said | None, str]:
    """The unit and, where the row says what another document printed for it (原文印作“MWhJ”), that."""
    found = re.search(r"\s*[(（](?:原文|报告|排放报告)?印作[“\"]?([^”\"()（）]+)[”\"]?[)）]\s*$", printed.text) if printed else None
    return (Said(printed.text[: found.start()], printed.place), found[1]) if printed and found else (printed, "")


def _unit(printed: Said | None, its_unit: Unit | None, role: str, value: Said | None) -> tuple[Unit, str]:
    """The unit to compute with, and the printed one where it is another; an oxidation factor needs none."""
    percent = value is not None and value.text.strip().endswith(("%", "％"))
    if role == "of":
        if percent or its_unit is None or str(its_unit) not in ("%", "1"):
            figure = number(value.text) if value else None
            bare = not percent and figure is not None and figure.value > 1
            return (unit("%") if bare else DIMENSIONLESS), ""
        return its_unit, ""
    if its_unit is not None:
        return its_unit, ""
    near = nearest_unit(printed.text) if printed else None
    return near or DIMENSIONLESS, squeeze(printed.text) if printed else ""


def _assume_normal_cubic_metres(draft: Draft) -> None:
    """A gas fuel printed in cubic metres is taken at standard state, and that is said."""
    spelled = str(draft.unit)
    if draft.fuel and "m3" in spelled and "Nm3" not in spelled:
        draft.unit = unit(spelled.replace("m3", "Nm3"))
        draft.note.append(f"单位印作{draft.unit_said.text if draft.unit_said else spelled}，未注明标准状态")


def _cross_checks(claim: Parameter, draft: Draft, part: str, tree: Tree) -> list[dict[str, Said]]:
    """Second sources; the datum's own source among several columns and the column of the result are no second source."""
    found: list[dict[str, Said]] = []
    for given in claim.cross_checks:
        fields = {k: Said(squeeze(v.text), v.place) for k, v in given.items() if squeeze(v.text)}
        if "source" not in fields or _NO_SOURCE.search(fields["source"].text):
            continue
        if part and part not in fields["source"].text:
            continue
        if "value" in fields and number(fields["value"].text) is None:
            fields["explanation"] = fields.get("explanation", fields["value"])
            del fields["value"]
        if "unit" in fields and unit_of(fields["unit"].text) is None:
            tree.lose(fields.pop("unit"), "交叉核对的单位不认识")
        if "deviation" in fields and number(fields["deviation"].text) is None:
            tree.lose(fields.pop("deviation"), "交叉核对的偏差不是一个数")
        found.append(fields)
    others = [f for f in found if not _own(f, draft)]
    if others:
        for own in (f for f in found if _own(f, draft)):
            for key in ("explanation", "deviation"):
                if key in own:
                    others[0].setdefault(key, own[key])
        return others
    return found


def _own(fields: Mapping[str, Said], draft: Draft) -> bool:
    source = draft.fields.get("source")
    if source is None or "value" not in fields:
        return False
    said, value = number(fields["value"].text), draft.value
    same = said is not None and value is not None and said.value == value
    return same and _title(fields["source"].text) in fold(source.text)


def _title(words: str) -> str:
    named = re.search(r"《([^》]+)》", words)
    return re.sub(r"(统计)?表$", "", fold(named[1] if named else words))
