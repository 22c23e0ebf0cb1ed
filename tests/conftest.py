"""Shared by all tests: one language, no deadline for properties on a busy machine, and a small dossier to spoil."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["TANHE_LANG"] = "zh"

settings.register_profile("tanhe", deadline=None)
settings.load_profile("tanhe")

SMALL = """\
format: tanhe.dossier/1
guideline: ndrc2015-industrial-other
year: 2023
entity:
  name: 某某有限公司
documents:
  - {id: D01, title: 结算单, date: 2024-01-31}
tables:
  power:
    title: 月度电量
    file: tables/power.csv
    columns:
      used: {title: 用电量, unit: MWh}
data:
  diesel:
    item: 柴油消费量
    unit: t
    reported: 10.00
    documents: [D01]
  oxidation:
    item: 柴油碳氧化率
    kind: factor
    unit: "1"
    reported: 98%
  electricity:
    item: 净购入电量
    unit: MWh
    reported: 78.0
    series: power.used
    derive: {formula: statistics.series_sum, inputs: {x: power.used}}
  grid:
    item: 电力排放因子
    kind: factor
    unit: tCO2/MWh
    reported: 0.5703
lines:
  - id: combustion/diesel
    source: combustion
    item: 柴油
    fuel: diesel
    inputs: {AD: diesel, OF: oxidation}
    reported: 31.45
  - id: electricity/grid
    source: electricity
    item: 净购入电力
    inputs: {AD: electricity, EF: grid}
    reported: 44.48
"""
POWER = "period,used\n" + "".join(f"{month}月,{month}.0\n" for month in range(1, 13))


@dataclass(frozen=True)
class Small:
    """A dossier of two lines that holds, in a folder with a Chinese name and a space."""

    folder: Path
    text: str = SMALL
    csv: str = POWER

    def write(self, *edits: tuple[str, str], text: str | bytes | None = None, csv: str | bytes | None = None) -> Path:
        """Write the dossier, its text changed by ``edits`` or replaced; the folder."""
        words = self.text if text is None else text
        for old, new in edits:
            assert isinstance(words, str) and old in words, old
            words = words.replace(old, new, 1)
        (self.folder / "tables").mkdir(parents=True, exist_ok=True)
        for name, content in (("dossier.yaml", words), ("tables/power.csv", self.csv if csv is None else csv)):
            (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.folder

    def line(self, part: str) -> int:
        """The line of the unchanged dossier.yaml on which ``part`` stands."""
        return 1 + self.text[: self.text.index(part)].count("\n")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "案 卷")


@dataclass(frozen=True)
class Ran:
    """A command's exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


@pytest.fixture
def tanhe(capsys):
    """Run a command in process."""
    from tanhe.cli import main

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture
def few_rules(monkeypatch):
    """Eight rules in place of the real ones, one for every way a rule can end."""
    from decimal import Decimal

    from tanhe.checks import registry
    from tanhe.checks.engine import Family, check, effect, fail, not_applicable, review
    from tanhe.dossier.places import Place
    from tanhe.messages import text

    @check("XAA001", Family.CLOSURE, "material", needs=("lines",), clause="指南 <4.2>", covers=("C2",))
    def sums(c):
        """合计等于各行之和 | sums are the sum of their lines"""
        places = (*c.place("lines", 0, "reported"), *c.place("lines", 1, "reported"))
        yield fail(text("合计少 <1.5> 吨 & 更多", "the sum lacks <1.5> t & more"), "sum", places,
                   effect=effect(Decimal("-2.005"), Decimal("1.5")))

    @check("XAA002", Family.CONSISTENCY, "minor")
    def names(c):
        """名称一致 | names agree"""
        yield review("名称不同", "name", (Place("核查报告.pdf", page=3, quote="某某公司"), Place("底稿.xlsx", sheet="电力", cell="B3")))

    @check("XAB001", Family.PROCEDURE, "editorial")
    def words(c):
        """用语正确 | wording is right"""
        yield fail("用语有误", "words", effect=effect(Decimal("3")))

    @check("XAB002", Family.PLAUSIBILITY, "note")
    def steady(c):
        """月度平稳 | months are steady"""
        yield fail("某月偏高", "month")

    @check("XAC001", Family.PROCEDURE, "minor", needs=("meters", "entity.uscc"))
    def metered(c):
        """计量器具齐全 | meters are there"""
        raise AssertionError("not reached without meters")

    @check("XAC002", Family.PROCEDURE, "minor")
    def broken(c):
        """出错的规则 | a rule that raises"""
        yield fail("说了一半", "half")
        raise KeyError("abc")

    @check("XAC003", Family.CLOSURE, "minor")
    def good(c):
        """通过的规则 | a rule that passes"""
        yield from ()

    @check("XAC004", Family.CLOSURE, "minor")
    def nothing(c):
        """没有对象的规则 | a rule without an object"""
        yield not_applicable("没有补充数据表")

    found = {r.code: r for r in (sums, names, words, steady, metered, broken, good, nothing)}
    monkeypatch.setattr(registry, "rules", lambda: found)
    return found


@pytest.fixture
def basic_rules(monkeypatch):
    """Only the rules on readable data, units and replays: the small dossier has no team, dates or process to check."""
    from tanhe.checks import registry

    kept = ("DAT", "SER", "CMP001", "PER", "UNI", "REP", "LIB")
    found = {code: rule for code, rule in registry.rules().items() if code.startswith(kept)}
    monkeypatch.setattr(registry, "rules", lambda: found)
