"""Places (地区): provinces, the grid regions they lie in, and the names people write for them."""

import re
from typing import Final

from tanhe.factors.errors import FactorNotFound
from tanhe.factors.loading import Row
from tanhe.factors.model import Province
from tanhe.factors.names import fold, near

_NATION: Final = frozenset(map(fold, ("全国", "中国", "国家", "全国电网", "China", "national")))
_TAIL: Final = re.compile(r"(壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|省|市|区域电网|电网)$")
_ALIASES: Final = {
    "蒙西": "内蒙古西部",
    "内蒙古西": "内蒙古西部",
    "蒙东": "内蒙古东部",
    "内蒙古东": "内蒙古东部",
}
_SPLIT: Final = "内蒙古"


class Places:
    """Provinces and grid regions, by any usual name or the administrative code."""

    def __init__(self, rows: list[Row]) -> None:
        self._provinces = [
            Province(
                r["admin_code"],
                r["province_zh"],
                r["province_en"],
                r["region6_zh"],
                r["region7_zh"],
                r["grade"],
                r["note"],
            )
            for r in rows
        ]
        self._index = {
            fold(word): p
            for p in self._provinces
            for word in (p.code, p.name_zh, p.name_en, p.code.rstrip("0"))
        }
        self._regions = {
            "regional6": {p.region6 for p in self._provinces if p.region6},
            "regional7": {p.region7 for p in self._provinces if p.region7},
        }
        english = (
            "华北 North China",
            "东北 Northeast",
            "华东 East China",
            "华中 Central China",
            "西北 Northwest",
            "南方 South China",
            "西南 Southwest",
        )
        self._region_names = {fold(w): s.split()[0] for s in english for w in s.split(" ", 1)}

    def province(self, name: str) -> Province:
        """See :meth:`tanhe.factors.library.Library.province`."""
        clean = _clean(name)
        found = self._index.get(fold(clean)) or self._index.get(fold(name))
        if found is not None:
            return found
        if clean in (_SPLIT, "150000") or fold(clean) == "innermongolia":
            raise FactorNotFound(
                "内蒙古跨两个区域电网，请指明西部或东部",
                "Inner Mongolia lies in two grids: say west or east",
                ("内蒙古西部", "内蒙古东部"),
            )
        if clean in self._regions["regional7"]:
            inside = [p.name_zh for p in self._provinces if clean in (p.region6, p.region7)]
            raise FactorNotFound(
                f"“{name}”是区域电网，不是省份", f"{name} is a grid region, not a province", inside
            )
        raise FactorNotFound(f"没有省份“{name}”", f"no province {name!r}", near(clean, self._all_names()))

    def is_nation(self, name: str) -> bool:
        """Whether the name means the whole country."""
        return fold(name) in _NATION

    def province_name(self, name: str) -> str:
        """The name provincial factors stand under; Inner Mongolia is one there."""
        clean = _clean(name)
        if clean.startswith(_SPLIT) or fold(clean).startswith("innermongolia"):
            return _SPLIT
        return self.province(name).name_zh

    def regions(self, name: str, scope: str) -> dict[str, str]:
        """Scope to region of a province or region, for ``regional`` both divisions."""
        scopes = ("regional6", "regional7") if scope == "regional" else (scope,)
        region = self._region_names.get(fold(_clean(name)))
        if region is None:
            province = self.province(name)
            found = {"regional6": province.region6, "regional7": province.region7}
            if not province.region6:
                raise FactorNotFound(
                    f"{province.name_zh}不属于任何区域电网：{province.note}",
                    f"{province.name_en} lies in no grid region",
                )
            return {s: found[s] for s in scopes}
        inside = {s: region for s in scopes if region in self._regions[s]}
        if not inside:
            raise FactorNotFound(
                "六大区域中没有西南（并入华中），2021年数据起才单列",
                "the division into six has no Southwest (inside Central China until data year 2021)",
                ("华中",),
            )
        return inside

    def every_name(self, name: str) -> set[str]:
        """The area and every area it lies in, as spelt in the electricity table."""
        if self.is_nation(name):
            return {"全国"}
        region = self._region_names.get(fold(_clean(name)))
        if region is not None:
            return {region}
        if _clean(name) == _SPLIT:
            return {_SPLIT}
        province = self.province(name)
        return {self.province_name(name), province.region6, province.region7} - {""}

    def _all_names(self) -> list[str]:
        return [p.name_zh for p in self._provinces] + sorted(self._regions["regional7"])


def _clean(name: str) -> str:
    stripped = _TAIL.sub("", name.strip())
    return _ALIASES.get(stripped, stripped)
