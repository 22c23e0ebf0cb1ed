"""What printed words mean (词义): which quantity a name stands for, which fuel, which unit; and ids made from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal

from tanhe.factors import loading, tables
from tanhe.factors.names import fold
from tanhe.messages import TanheError
from tanhe.quantity.units import Unit, unit

Role = Literal["amount", "output", "ncv", "ccpe", "cc", "of", "ef", "enthalpy", "emission", "purity", "other"]
"""What kind of quantity a datum is."""

_BY_WORDS: Final[tuple[tuple[str, Role], ...]] = (
    (r"氧化率|氧化因子", "of"),
    (r"单位热值(的)?含碳|热值含碳量", "ccpe"),
    (r"含碳量|碳含量|折碳系数", "cc"),
    (r"低位发热|发热值|发热量|热值", "ncv"),
    (r"焓", "enthalpy"),
    (r"排放因子|因子|ef", "ef"),
    (r"纯度|利用率|转化率", "purity"),
    (r"排放量", "emission"),
    (r"产量|产出量|输出量", "output"),
)
_BY_DIMENSION: Final[Mapping[str, Role]] = {
    "tC/GJ": "ccpe", "GJ/t": "ncv", "GJ/1e4Nm3": "ncv", "GJ/1e4m3": "ncv", "tC/t": "cc", "tC/1e4Nm3": "cc", "kJ/kg": "enthalpy",
    "tCO2/MWh": "ef", "tCO2/GJ": "ef", "tCO2/t": "ef", "tCO2": "emission", "tCO2e": "emission",
}
FACTORS: Final = frozenset({"ncv", "ccpe", "cc", "of", "ef", "enthalpy", "purity"})

_SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_SLUGS: Final[tuple[tuple[str, str], ...]] = (
    (r"甲醇", "methanol"), (r"合成氨|液氨", "ammonia"), (r"硫磺", "sulphur"), (r"原料煤", "feed-coal"), (r"动力煤|燃料煤", "steam-coal"),
    (r"石灰石", "limestone"), (r"白云石", "dolomite"), (r"纯碱|碳酸钠", "soda-ash"), (r"蒸汽", "steam"), (r"热力|热量|供热", "heat"),
    (r"电", "electricity"), (r"废水", "wastewater"), (r"二氧化碳|CO2", "co2"), (r"产品", "product"), (r"煤", "coal"),
)
_QUALIFIERS: Final[tuple[tuple[str, str], ...]] = (
    (r"点火", "ignition"), (r"车(?!间)", "vehicle"), (r"食堂", "canteen"), (r"补充", "supplementary"), (r"锅炉", "boiler"), (r"外供|外销|转供|输出", "out"),
    (r"空分", "air-separation"), (r"其[他它]", "other"), (r"车间|分厂", "workshop"), (r"合计|总", "total"),
)
_ROLE_SLUGS: Final[Mapping[str, str]] = {
    "amount": "", "output": "output", "ncv": "ncv", "ccpe": "carbon-per-heat", "cc": "carbon-content", "of": "oxidation", "ef": "factor",
    "enthalpy": "enthalpy", "emission": "emission", "purity": "purity", "other": "",
}


def role_of(words: str, its_unit: Unit | None) -> Role:
    """The kind of quantity by its unit where the unit says it, else by its name."""
    if its_unit is not None and (known := _BY_DIMENSION.get(str(its_unit))) is not None and known != "emission":
        return known
    folded = fold(words)
    for pattern, role in _BY_WORDS:
        if re.search(pattern, folded):
            return role
    return "emission" if its_unit is not None and str(its_unit).startswith("tCO2") and "/" not in str(its_unit) else "amount"


def clean_unit(printed: str) -> str:
    """A printed unit without blanks, subscripts and brackets."""
    bare = re.sub(r"\s", "", printed.translate(_SUBSCRIPTS)).strip("()（）[]：:")
    return re.sub(r"^(单位[:：]?)", "", bare).replace("°C", "℃")


def unit_of(printed: str) -> Unit | None:
    """The unit, or None where the words are none; a dash or nothing is no unit."""
    bare = clean_unit(printed)
    if not bare or bare in ("/", "-", "—", "——", "--", "无"):
        return None
    try:
        return unit(bare)
    except TanheError:
        return None


def nearest_unit(printed: str) -> Unit | None:
    """The known unit a misprinted one begins with (``MWhJ`` → MWh), None where none is recognisable."""
    bare = clean_unit(printed)
    for length in range(len(bare) - 1, 0, -1):
        found = unit_of(bare[:length])
        if found is not None and len(bare) - length <= 2:
            return found
    return None


@lru_cache(maxsize=1)
def _fuel_names() -> tuple[tuple[str, str], ...]:
    """Every Chinese fuel name and alias with its id, longest first."""
    names: dict[str, str] = {}
    for row in loading.load(tables.FUELS, loading.DATA):
        names.setdefault(fold(row["fuel_zh"]), row["fuel_id"])
    for row in loading.load(tables.FUEL_ALIASES, loading.DATA):
        names.setdefault(fold(row["alias"]), row["fuel_id"])
    return tuple(sorted(((n, i) for n, i in names.items() if len(n) > 1), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4096)
def fuel_in(words: str) -> str | None:
    """The fuel named in a phrase, the longest name first; None where there is none."""
    folded = fold(words)
    return next((fuel_id for name, fuel_id in _fuel_names() if name in folded), None)


def slug(words: str, role: str, fuel: str | None = None) -> str:
    """A readable id from an item's name: subject, qualifier, quantity."""
    subject = next((name for pattern, name in _SLUGS[:6] if re.search(pattern, words)), None)
    subject = subject or (fuel.replace("_", "-") if fuel else None)
    subject = subject or next((name for pattern, name in _SLUGS if re.search(pattern, words)), None)
    ascii_words = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
    subject = subject or (ascii_words if re.match("[a-z]", ascii_words) else "item")
    qualifiers = [name for pattern, name in _QUALIFIERS if re.search(pattern, words)]
    parts = [*qualifiers[:1], subject, _ROLE_SLUGS.get(role, role)]
    return "-".join(dict.fromkeys(p for p in parts if p))


def fresh(name: str, taken: Iterable[str]) -> str:
    """``name``, or with the first free number behind it."""
    used = set(taken)
    if name not in used:
        return name
    n = 2
    while f"{name}-{n}" in used:
        n += 1
    return f"{name}-{n}"


def squeeze(words: str) -> str:
    """Text without control characters and with single blanks."""
    visible = "".join(c if c.isprintable() else " " for c in words)
    return " ".join(visible.split())
