"""Sources that the dossier's own words imply and the inventory lacks (排放源完整). Sums follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .base import Base, Mutant, operator, put


def entry_of(b: Base, line: str) -> list[int]:
    """Positions of the sources entries of a line."""
    return [n for n, entry in enumerate(b.at("sources", [])) if entry.get("line") == line]


@operator("completeness", "排放源整个漏掉：行、排放源表都没有，工艺和设备仍在", "a lexicon of fuels and equipment implies the source")
def source_removed(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        gone = [(f"sources.{n}", None) for n in reversed(entry_of(b, line["id"]))]
        used = any(f"line:{line['id']}" in str(d.get("derive")) for _, d in b.each("data"))
        if gone and not used and line.get("reported"):
            data = [(f"data.{d}", None) for d in _only_here(b, line)]
            notes = [(p, None) for p in reversed([f"statements.{n}" for n, s in enumerate(b.at("statements", []))
                                                  if any(s["about"] == f"datum.{d[0][5:]}" for d in data)])]
            yield put(path, (path, None), *gone, *data, *notes, closed=True)


def _only_here(b: Base, line: dict[str, Any]) -> list[str]:
    """Data that only this line uses, directly."""
    own = {r for r in line.get("inputs", {}).values() if isinstance(r, str)}
    others = str([x.get("inputs") for x in b.at("lines") if x["id"] != line["id"]])
    others += str([x.get("inputs") for u in b.at("supplementary", []) for x in u["lines"]]) + str([d.get("derive") for _, d in b.each("data")])
    return sorted(d for d in own if f"'{d}'" not in others and d in b.at("data"))


@operator("completeness", "有排放行而排放源表没有", "every line has its entry in the sources")
def entry_removed(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        gone = entry_of(b, line["id"])
        if gone:
            yield put(path, *((f"sources.{n}", None) for n in reversed(gone)))


@operator("completeness", "识别了排放源而没有计算", "every source has a value or a reasoned exclusion")
def line_removed(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        for n in entry_of(b, line["id"]):
            used = any(f"line:{line['id']}" in str(d.get("derive")) for _, d in b.each("data"))
            if not used:
                yield put(path, (path, None), (f"sources.{n}.line", None), closed=True)


@operator("completeness", "行没有数据也没有数", "every source has a value or a reasoned exclusion")
def line_emptied(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        if line.get("inputs") and line.get("reported"):
            yield put(path, (f"{path}.inputs", None), (f"{path}.reported", None), closed=True)


@operator("completeness", "源以“不涉及”排除而自己的设备在用", "an exclusion contradicts energy list or equipment")
def excluded_wrongly(b: Base) -> Iterator[Mutant]:
    for path, line in b.each("lines"):
        for n in entry_of(b, line["id"]):
            used = any(f"line:{line['id']}" in str(d.get("derive")) for _, d in b.each("data"))
            if line["source"] == "combustion" and not used:
                yield put(path, (path, None), (f"sources.{n}.line", None), (f"sources.{n}.excluded", "不涉及"), closed=True)


def equipment(name: str, energy: str) -> dict[str, str]:
    """A device."""
    return {"name": name, "unit": "公用工程", "model": "/", "count": "2", "energy": energy, "location": "厂区", "status": "正常"}


def implied(b: Base, layer_words: dict[str, tuple[str, Any]], known: str) -> Iterator[Mutant]:
    """Additions to the description of a firm that has none of this yet."""
    if known and any(word in str(b.tree) for word in known.split()):
        return
    for where, (path, value) in layer_words.items():
        if b.at(path.split(".")[0]) is not None:
            yield put(f"{path} {where}", (path, value))


@operator("completeness", "工艺或设备用煤、兰炭、焦炭，没有对应的源", "coal, semi-coke and coke in a kiln")
def kiln_of_coal(b: Base) -> Iterator[Mutant]:
    yield from implied(b, {
        "process": ("processes.+", {"name": "辅料烘干", "text": "辅料在回转窑内烘干，兰炭粉由窑头喷入燃烧供热。"}),
        "energy": ("energy.+", {"name": "焦炭", "use": "冲天炉熔化", "facility": "冲天炉"}),
        "equipment": ("equipment.+", equipment("燃煤热风炉", "烟煤")),
        "cupola": ("equipment.+", equipment("冲天炉", "焦炭")),
    }, "兰炭 焦炭")


@operator("completeness", "锅炉燃料没有对应的源", "a boiler burns something")
def boiler(b: Base) -> Iterator[Mutant]:
    if not any(line.get("fuel") == "lpg" for line in b.at("lines")):
        yield from implied(b, {
            "lpg": ("equipment.+", equipment("液化石油气锅炉", "液化石油气")),
            "oil": ("equipment.+", equipment("燃油导热油炉", "重油")),
            "biomass and oil": ("energy.+", {"name": "燃料油", "use": "导热油炉", "facility": "导热油炉"}),
        }, "液化石油气 重油")


@operator("completeness", "石灰石、白云石等煅烧或作熔剂，没有碳酸盐源", "limestone, dolomite, soda fired or used")
def carbonates(b: Base) -> Iterator[Mutant]:
    yield from implied(b, {
        "lime kiln": ("processes.+", {"name": "石灰煅烧", "text": "外购石灰石在竖窑内煅烧成生石灰，供厂内使用。"}),
        "flux": ("processes.+", {"name": "熔炼造渣", "text": "炉内加入石灰石和白云石作熔剂造渣。"}),
        "soda": ("processes.+", {"name": "玻璃熔化", "text": "纯碱、石英砂在熔窑中熔化。"}),
    }, "石灰石 白云石 纯碱")


@operator("completeness", "石灰石脱硫没有对应的源", "desulphurisation with limestone")
def desulphurisation(b: Base) -> Iterator[Mutant]:
    yield from implied(b, {
        "device": ("equipment.+", equipment("石灰石-石膏湿法脱硫塔", "电力")),
        "step": ("processes.+", {"name": "烟气治理", "text": "烟气经石灰石-石膏法脱硫后排放。"}),
    }, "石灰石 脱硫")


@operator("completeness", "车辆用油没有对应的源", "forklifts, loaders and cars burn fuel")
def vehicles(b: Base) -> Iterator[Mutant]:
    if not any(line.get("fuel") == "gasoline" for line in b.at("lines")):
        yield from implied(b, {
            "car": ("equipment.+", equipment("公务用车", "汽油")),
            "energy": ("energy.+", {"name": "汽油", "use": "公务车", "facility": "公务车"}),
        }, "")
    if not any(line.get("fuel") == "diesel" for line in b.at("lines")):
        yield from implied(b, {
            "loader": ("equipment.+", equipment("装载机", "柴油")),
            "forklift": ("processes.+", {"name": "成品发运", "text": "成品由柴油叉车装车外运。"}),
        }, "")


@operator("completeness", "备用柴油发电机没有对应的源", "emergency generators burn diesel")
def generator(b: Base) -> Iterator[Mutant]:
    if not any(line.get("fuel") == "diesel" for line in b.at("lines")):
        yield from implied(b, {
            "device": ("equipment.+", equipment("备用柴油发电机组", "柴油")),
            "energy": ("energy.+", {"name": "柴油", "use": "备用发电", "facility": "备用柴油发电机组"}),
        }, "发电机")


@operator("completeness", "食堂用气没有对应的源", "a canteen burns gas")
def canteen(b: Base) -> Iterator[Mutant]:
    if b.clean:
        yield put("lpg stove", ("equipment.+", equipment("食堂液化气灶", "液化石油气")))
        yield put("lpg energy", ("energy.+", {"name": "液化石油气", "use": "食堂炊事", "facility": "食堂灶具"}))
        yield put("answer gone, gas stove", (_answer(b, "食堂"), None), ("equipment.+", equipment("食堂燃气灶", "液化石油气")))


def _answer(b: Base, word: str) -> str:
    return next(p for p, e in b.each("sources") if word in e["category"] + e.get("energy", ""))


@operator("completeness", "六氟化硫设备没有询问和说明", "SF6 switchgear")
def switchgear(b: Base) -> Iterator[Mutant]:
    if b.clean:
        yield put("answer gone, device", (_answer(b, "六氟化硫"), None), ("equipment.+", equipment("六氟化硫断路器", "电力")))
        yield put("answer kept, device", ("equipment.+", equipment("SF6气体绝缘开关柜", "电力")))
    else:
        yield from implied(b, {"device": ("equipment.+", equipment("六氟化硫断路器", "电力"))}, "六氟化硫 SF6")


@operator("completeness", "制冷剂充注没有询问和说明", "refrigerants")
def refrigerant(b: Base) -> Iterator[Mutant]:
    if b.clean:
        yield put("answer gone, charging", (_answer(b, "制冷剂"), None),
                  ("processes.+", {"name": "冷水机组总装", "text": "机组抽真空后充注制冷剂R134a，检漏入库。"}))
    else:
        yield from implied(b, {"charging": ("processes.+", {"name": "空调总装", "text": "整机抽真空后充注制冷剂R410A。"})}, "制冷剂")


@operator("completeness", "厌氧废水处理没有对应的源", "anaerobic wastewater treatment")
def anaerobic(b: Base) -> Iterator[Mutant]:
    change = [(_answer(b, "废水"), None)] if b.clean else []
    if not b.clean and "厌氧" in str(b.tree):
        return
    for what, value in (("device", equipment("UASB厌氧反应器", "电力")),):
        yield put(what, *change, ("equipment.+", value))
    if b.at("processes"):
        yield put("step", *change, ("processes.+", {"name": "废水处理", "text": "高浓度废水经厌氧池处理后进入好氧池。"}))


@operator("completeness", "焊接、切割用气没有对应的源", "welding and cutting gases")
def cutting(b: Base) -> Iterator[Mutant]:
    if b.clean:
        yield put("acetylene", (_answer(b, "乙炔"), None), ("processes.+", {"name": "下料", "text": "钢板用氧乙炔火焰切割下料。"}))
        yield put("propane energy", ("energy.+", {"name": "丙烷", "use": "切割", "facility": "火焰切割机"}))
    elif not any("焊" in str(x) for x in (b.at("processes"), b.at("equipment"), b.at("sources"))):
        yield from implied(b, {"welder": ("equipment.+", equipment("二氧化碳气体保护焊机", "电力"))}, "保护焊 乙炔")


@operator("completeness", "自备发电没有对应的燃料", "a captive power plant burns something")
def captive_power(b: Base) -> Iterator[Mutant]:
    yield from implied(b, {
        "plant": ("equipment.+", equipment("自备燃煤发电机组", "煤炭")),
        "text": ("processes.+", {"name": "自备电厂", "text": "自备电厂燃煤锅炉供汽发电，供全厂使用。"}),
    }, "自备")


@operator("completeness", "外购热力没有对应的源", "heat among the energies or devices")
def heat_bought(b: Base) -> Iterator[Mutant]:
    if not any(line["source"] == "heat" for line in b.at("lines")):
        yield put("energy", ("energy.+", {"name": "外购蒸汽", "use": "烘干和采暖", "facility": "换热站"}))


@operator("completeness", "外供的电没有任何一行使用", "activity data that no line uses")
def datum_unused(b: Base) -> Iterator[Mutant]:
    for item, unit in (("外供电量", "MWh"), ("外购蒸汽量", "GJ"), ("汽油消耗量", "t")):
        datum = {"item": item, "unit": unit, "reported": "350.00", "verified": "350.00", "source": "结算单", "kind": "activity"}
        yield put(item, ("data.mutant", datum))


@operator("completeness", "排除而没有理由", "a reasoned exclusion")
def exclusion_without_reason(b: Base) -> Iterator[Mutant]:
    for path, entry in b.each("sources"):
        if len(str(entry.get("excluded", ""))) > 12:
            yield put(path, (f"{path}.excluded", "/"))


@operator("completeness", "必问的源没有询问和说明", "sources of the industry are asked and answered")
def answer_removed(b: Base) -> Iterator[Mutant]:
    for path, entry in b.each("sources"):
        if b.clean and entry.get("excluded") and any(w in entry["category"] for w in ("电气设备", "制冷设备")):
            yield put(path, (path, None))


@operator("completeness", "报告缺少必备的部分", "mandatory parts are present")
def part_missing(b: Base) -> Iterator[Mutant]:
    for part in ("equipment", "meters", "interviews", "documents", "team", "processes", "energy", "dates"):
        if b.at(part):
            yield put(part, (part, None))


@operator("completeness", "没有总量", "the report prints its total")
def total_missing(b: Base) -> Iterator[Mutant]:
    yield put("including", ("totals.including_purchased_energy", None))


@operator("completeness", "结果表少一行", "all rows of the guideline's result table")
def result_row_missing(b: Base) -> Iterator[Mutant]:
    for source in dict.fromkeys(line["source"] for line in b.at("lines")):
        if b.at(f"subtotals.{source}"):
            yield put(source, (f"subtotals.{source}", None))
    for path, value in b.statements("result-rows"):
        rows = value.split(",")
        yield from (put(f"{path} {row}", (path, ",".join(r for r in rows if r != row))) for row in rows)
