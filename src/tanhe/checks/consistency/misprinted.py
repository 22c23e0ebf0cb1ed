"""What cannot be as it is printed (误印): dates that do not exist, one figure in two scales, differences that do not follow, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tanhe.checks.consistency._helpers import shown, silent, statements
from tanhe.checks.engine import Context, Family, Result, check, fail, not_applicable
from tanhe.messages import text
from tanhe.quantity.quantity import plain

_AGREE = re.compile(r"(?<!不)一致|(?:没有|无|不存在)(?:任何)?偏差|(?<!不)相同")
_DIFFER = re.compile(r"不一致|不相同|(?:核查后)?调整为|核减|核增")
_FIGURE = re.compile(r"(?<![\d.])\d{2,}\.\d{1,2}(?![\d.%])")
_TOTALS = re.compile("总量|初始|填报|报告值")


@check("CON076", Family.CONSISTENCY, "minor", clause="", covers=("T1",))
def dates_exist(c: Context) -> Iterator[Result]:
    """印出的日期在日历上存在 | the dates printed are in the calendar"""
    if not c.dossier.statements:
        yield silent(c, text("日期", "dates"))
    for said in statements(c, "date.printed"):
        yield fail(text(f"{said.where}印作“{said.spec.value}”，日历上没有这一天。请按原始记录改正",
                        f"{said.where} prints {said.spec.value!r}; there is no such day. Correct it by the records"),
                   f"date/{said.where}/{said.spec.value}", said.places)


@check("CON077", Family.CONSISTENCY, "minor", clause="", covers=("C10", "C3"))
def one_scale(c: Context) -> Iterator[Result]:
    """同一数值在各表中的单位相同（元与万元、t与万t） | a figure has one unit in all tables (yuan or ten thousand yuan)"""
    if not c.dossier.statements:
        yield silent(c, text("表中的单位", "units of tables"))
    for said in statements(c, "unit.scale"):
        yield fail(text(f"{said.where}的 {said.spec.value} 单位为{said.spec.unit}，{said.spec.text}也印同一数值，两者相差一万倍。请改正其一",
                        f"{said.where} gives {said.spec.value} in {said.spec.unit}; {said.spec.text} prints the same figure. They differ ten "
                        "thousand times; correct one"), f"scale/{said.where}/{said.spec.unit}", said.places)


@check("CON078", Family.CONSISTENCY, "minor", clause="", covers=("P15", "C3"))
def differences(c: Context) -> Iterator[Result]:
    """填报与核查之差的说法和差异表与数值相符 | what is said of reported and verified values agrees with them"""
    d, total = c.dossier, c.inventory.including
    said_of, told = statements(c, "difference"), statements(c, "difference.said")
    if not d.conclusions.difference and not said_of and not told:
        yield not_applicable(text("没有关于差异的说法", "nothing is said of differences"))
    for said in said_of:
        yield fail(text(f"{said.where}的差异印作 {said.spec.value}，由填报值和核查值得 {said.spec.text}（核查值减填报值）。请改正",
                        f"{said.where} prints a difference of {said.spec.value}; the values give {said.spec.text} (verified less reported)"),
                   f"difference/{said.where}/{said.spec.value}", said.places)
    filed, verified = total.reported, total.verified_value
    if filed is None or not total.complete:
        return
    texts = [(shown(("conclusions", "difference")), part, c.place("conclusions", "difference")) for part in re.split("[。；;]", d.conclusions.difference)]
    for where, part, places in (*texts, *((said.where, said.spec.value, said.places) for said in told)):
        differ = _DIFFER.search(part)
        agree = None if differ else _AGREE.search(part)
        if not _TOTALS.search(part):
            continue
        before = set(_FIGURE.findall(part[:agree.start()])) if agree else set()
        apart = len(before) > 1 if _FIGURE.search(part) else abs(verified - filed) >= 1
        if (agree and apart) or (differ and filed == verified):
            yield fail(text(f"{where}称“{part[:60]}”，填报总量为 {plain(filed)}，核查后为 {plain(verified)}。请统一",
                            f"{where} says {part[:60]!r}; reported {plain(filed)}, verified {plain(verified)}. Make them agree"),
                       f"difference/said/{where}", places)


@check("CON079", Family.CONSISTENCY, "editorial", clause="", covers=("I9",))
def postcodes(c: Context) -> Iterator[Result]:
    """邮政编码为六位数字 | a postcode has six digits"""
    code = c.dossier.entity.postcode.strip()
    if not code or not code.isdigit():
        yield not_applicable(text("没有邮政编码", "there is no postcode"))
    elif len(code) != 6:
        yield fail(text(f"邮政编码“{code}”有 {len(code)} 位，应为六位。请改正", f"the postcode {code!r} has {len(code)} digits; it should have six"),
                   "postcode", c.place("entity", "postcode"))
