"""A finished report from end to end: one kind of claim that cannot be put together does not cost the report."""

from pathlib import Path

import pytest

from tanhe.reading import service
from tanhe.reading.documents import read, text_document
from tanhe.reading.service import from_document

REPORT = Path(__file__).parent / "layouts" / "tabs.txt"


def test_a_kind_of_claims_that_cannot_be_put_together_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = from_document(read(REPORT))
    assemble = service.assemble

    def breaks(document, claims):  # type: ignore[no-untyped-def]
        if any(getattr(claim, "into", "") == "equipment" for claim in claims):
            raise StopIteration
        return assemble(document, claims)

    monkeypatch.setattr(service, "assemble", breaks)
    with pytest.raises(StopIteration):
        from_document(read(REPORT), strict=True)
    rest = from_document(read(REPORT))
    assert whole.dossier.equipment and not rest.dossier.equipment
    assert [line.reported for line in rest.dossier.lines] == [line.reported for line in whole.dossier.lines]
    assert any("equipment (StopIteration)" in note for _, note in rest.reading.notes)


HEAD = "虚构公司\n2023年度温室气体排放核查报告\n核算依据：《工业其他行业企业温室气体排放核算方法与报告指南（试行）》\n"
DIGITS = "7" * 5000
BURNT = "表 3-2 化石燃料燃烧排放量计算表\n品种\t消耗量（t）\t低位发热量（GJ/t）\t排放量（tCO2）\n\tA\tB\tC=A*B\n"


@pytest.mark.parametrize("body", [
    f"{BURNT}柴油\t{DIGITS}\t43.330\t31.45\n", f"{BURNT}柴油\t10.00\n", f"表 2-1 设备清单\n序号\t名称\t数量\n{DIGITS}\t锅炉\t{DIGITS}\n",
    f"表 3-1 柴油消耗量\n数据项\t柴油消耗量\n数值\t10.00\n单位\tt\n数据来源\t台账={DIGITS}×{DIGITS}\n", f"第二评估报告 GWP 取{DIGITS}。\n", f"20{DIGITS}年13月45日\n",
    f"数据来源\t{'1 ' * 30_000}\n", f"| 序号 | 名称 |\n|---|---|\n| ² | 甲 |\n| {DIGITS} | 乙 |\n", f"偏差{DIGITS}%，见表{DIGITS}-{DIGITS}。\n",
], ids=range(9))  # fmt: skip
def test_digits_without_end_are_no_number_and_cost_nothing_else(body: str) -> None:
    report = from_document(text_document((HEAD + body).encode(), "报告.txt"), strict=True)
    assert report.dossier.year == 2023
    assert not any(DIGITS[:200] in str(value) for datum in report.dossier.data.values() for value in (datum.reported, datum.verified))


def test_a_run_of_digits_is_not_cut_to_a_number_but_listed_as_not_understood() -> None:
    text = f"{HEAD}表 3-1 柴油消耗量\n数据项\t柴油消耗量\n数值\t{DIGITS}\n单位\tt\n数据来源\t台账\n"
    report = from_document(text_document(text.encode(), "报告.txt"), strict=True)
    assert all(datum.reported is None and datum.verified is None for datum in report.dossier.data.values())
    assert [unplaced.number for unplaced in report.reading.unplaced] == [DIGITS]


@pytest.mark.parametrize(("head", "made"), [("含碳量", []), ("含碳量（tC/t）", ["tC/t"])])
def test_a_monthly_factor_without_a_unit_is_no_datum(head: str, made: list[str]) -> None:
    months = "\n".join(f"{n}月\t0.{60 + n}" for n in range(1, 13))
    report = from_document(text_document(f"{HEAD}表 3-3 月度含碳量\n月份\t{head}\n{months}\n平均\t0.67\n".encode(), "报告.txt"), strict=True)
    assert [str(datum.unit) for datum in report.dossier.data.values()] == made
    assert len(report.dossier.all_series) == 1
