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
