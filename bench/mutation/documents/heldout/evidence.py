"""Evidence and metering (证据与计量): sources, cross checks, meters, samples, lists of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..figures import monthly, parameters
from ..operators import Mutant, drop_row, operator, put
from ..paper import At, Paper
from .common import DAY, all_text, moved


def _rows(paper: Paper, label: str) -> Iterator[tuple[At, str]]:
    for n, table, _ in parameters(paper):
        for r, row in enumerate(table.rows):
            if row[0].text == label and len(row) > 1:
                yield At(n, r, 1), table.caption


@operator("references", "数据来源不在证据清单（没有编号的文件名）", "every named document is in the list")
def source_unlisted(paper: Paper) -> Iterator[Mutant]:
    if not any(True for _ in paper.tables("支持性文件清单")):
        return
    for at, _ in _rows(paper, "数据来源"):
        if re.search(r"（D\d+", paper.text(at)):
            yield from put(paper, {at: "《外购能源结算对账备查簿》"}, words=("备查簿",))


@operator("references", "证据清单编号重复", "a document has a number of its own")
def document_number(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("支持性文件清单"):
        for r in range(2, len(table.rows)):
            yield from put(paper, {At(n, r, 0): table.rows[r - 1][0].text}, words=(table.rows[r][1].text,))


@operator("references", "交叉核对用的就是数据来源本身", "a check is independent of what it checks")
def check_of_itself(paper: Paper) -> Iterator[Mutant]:
    for n, table, _ in parameters(paper):
        source = next((row[1].text for row in table.rows if row[0].text == "数据来源" and len(row) > 1), "")
        for r, row in enumerate(table.rows[1:], 1):
            heads = [c.text for c in table.rows[r - 1]]
            if "核对来源" in heads and source and "/" != source and not row[0].text.startswith(source[:9]):
                yield from put(paper, {At(n, r, 0): source}, words=(source,))


@operator("references", "核查结论采用的来源与数据来源不同", "source and conclusion name one source")
def concluded_source(paper: Paper) -> Iterator[Mutant]:
    for at, _ in _rows(paper, "核查结论"):
        said = paper.text(at)
        for one, other in (("结算单和发票", "抄表台账"), ("采购发票和收发存台账", "领用记录"), ("产量月报表", "销售和库存台账")):
            if one in said:
                yield from put(paper, {at: re.sub(rf"[一-鿿]{{0,2}}{one}", other, said, count=1)}, words=(other,))


@operator("tables", "记录频次少于每月，却有月度数据", "monthly figures are recorded at least monthly")
def record_yearly(paper: Paper) -> Iterator[Mutant]:
    months = {n for n, _ in monthly(paper)}
    for at, _ in _rows(paper, "记录频次"):
        if "每月" in paper.text(at) and any(n in months for n in range(at.block, at.block + 4)):
            yield from put(paper, {at: "每年记录一次"})


@operator("tables", "活动数据没有监测方法或数据来源", "the rows of an activity datum are filled")
def method_empty(paper: Paper) -> Iterator[Mutant]:
    for label in ("监测方法", "数据来源"):
        for n, table, _ in parameters(paper, "活动数据"):
            for r, row in enumerate(table.rows):
                if row[0].text == label and len(row) > 1 and len(row[1].text) > 3:
                    yield from put(paper, {At(n, r, 1): "/"}, words=(table.caption,))


@operator("tables", "校验栏的有效期不覆盖全年（器具表未变）", "the certificate told is the meter's, and covers the year")
def calibration_told(paper: Paper) -> Iterator[Mutant]:
    for at, _ in _rows(paper, "监测设备维护/校验"):
        said = paper.text(at)
        if m := re.search(r"(20\d\d)(-\d\d-\d\d) 至 (20\d\d)(-\d\d-\d\d)", said):
            yield from put(paper, {at: said.replace(m[0], f"{int(m[1]) - 3}{m[2]} 至 {int(m[3]) - 3}{m[4]}")})


@operator("tables", "器具在年中失效（器具表和校验栏一致）", "certificates cover the reporting year")
def expires_midyear(paper: Paper) -> Iterator[Mutant]:
    year = next((m[1] for at in paper.paragraphs() if (m := re.fullmatch(r"(20\d\d)年度", paper.text(at)))), "")
    for n, table in paper.tables("计量器具表"):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if (m := re.fullmatch(r"(.*至 ?)(20\d\d)年(\d+)月(\d+)日", cell.text)) is not None:
                    edits = {At(n, r, c): f"{m[1]}{year}年5月12日"}
                    for at, _ in _rows(paper, "监测设备维护/校验"):
                        old = f"{m[2]}-{int(m[3]):02d}-{int(m[4]):02d}"
                        if old in paper.text(at):
                            edits[at] = paper.text(at).replace(old, f"{year}-05-12").replace("，覆盖全年", "")
                    yield from put(paper, edits, words=(row[0].text, row[1].text))


@operator("tables", "校准日期在有效期之后", "a certificate begins when the meter is calibrated")
def calibrated_late(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("计量器具表"):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row[:-1]):
                if DAY.fullmatch(cell.text) and "至" in row[c + 1].text:
                    yield from put(paper, {At(n, r, c): moved(cell.text, 4000)}, words=(row[0].text, row[1].text))


@operator("tables", "计量器具准确度不合规（5级以下或不存在）", "accuracy classes exist and satisfy GB 17167")
def meter_class(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("计量器具表"):
        for r, row in enumerate(table.rows[1:], 1):
            if len(row) > 4 and "电能表" in row[1].text and row[4].text != "/":
                yield from put(paper, {At(n, r, 4): "5.0级"}, words=(row[0].text, row[1].text))
            if len(row) > 4 and "流量计" in row[1].text and row[4].text != "/":
                yield from put(paper, {At(n, r, 4): "8.0级"}, words=(row[0].text, row[1].text))


@operator("references", "用别的种类的器具计量（电表计天然气）", "a meter fits what it measures")
def meter_kind(paper: Paper) -> Iterator[Mutant]:
    meters = {row[0].text: row[1].text for _, t in paper.tables("计量器具表") for row in t.rows if re.fullmatch(r"[A-Z]\d\d", row[0].text)}
    power = next((code for code, name in meters.items() if "电能表" in name), "")
    gas = next((code for code, name in meters.items() if "流量计" in name), "")
    for at, caption in _rows(paper, "监测方法"):
        said = paper.text(at)
        if m := re.search(r"(?<![A-Za-z])([A-Z]\d\d)(?!\d)", said):
            other = gas if "电" in caption else power
            if m[1] in meters and other and other != m[1]:
                yield from put(paper, {at: said.replace(m[1], other)}, words=(other,))


@operator("tables", "抽样比例算错", "share = sample by population")
def sample_share(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("抽样情况表"):
        for r, row in enumerate(table.rows[1:], 1):
            if len(row) == 8 and row[5].text == "100.00%":
                yield from put(paper, {At(n, r, 5): "75.00%"}, words=(row[2].text,))


@operator("prose", "称全部核对，证据却只有部分", "a full check needs all documents")
def partial_evidence(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("支持性文件清单"):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if "12份，全部" in cell.text and re.search("十二个月全部核对|全部核对", all_text(paper)):
                    yield from put(paper, {At(n, r, c): cell.text.replace("12份，全部", "5份，部分")}, words=("5份",))


@operator("tables", "设备用的能源没有排放源", "every fuel of a device has a source")
def device_fuel(paper: Paper) -> Iterator[Mutant]:
    printed = all_text(paper)
    fuel = next(f for f in ("重油", "焦炉煤气", "石油焦") if f not in printed)
    for n, table in paper.tables("用能设备表"):
        heads = [c.text for c in table.rows[0]]
        if "能源品种" in heads:
            col = heads.index("能源品种")
            for r, row in enumerate(table.rows[1:], 1):
                if len(row) == len(heads) and re.search("炉|烘|锅炉|叉车|车", row[heads.index("设备名称")].text):
                    yield from put(paper, {At(n, r, col): fuel}, words=(fuel, row[heads.index("设备名称")].text))


@operator("tables", "排放源清单称没有纳入，却计算了", "what is computed is a source")
def source_denied(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放源识别表"):
        for r, row in enumerate(table.rows):
            if row[-1].text.startswith("已核算"):
                yield from put(paper, {At(n, r, len(row) - 1): "未纳入核算：不涉及"}, words=(row[1].text, row[3].text))


@operator("structure", "能源品种表缺一种已计算的能源", "every energy computed is in the list")
def energy_gone(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("能源品种"):
        for r in range(1, len(table.rows)):
            yield from drop_row(paper, n, r)


@operator("wording", "排除的理由反了（不生产→生产，没有→有）", "a source that exists is computed")
def exclusion_reversed(paper: Paper) -> Iterator[Mutant]:
    for n, table in paper.tables("排放源识别表"):
        for r, row in enumerate(table.rows):
            said = row[-1].text
            if said.startswith("未纳入核算"):
                now = re.sub(r"不生产|不涉及|没有(?=[购碳六制厌自])", lambda m: {"不生产": "生产", "不涉及": "涉及"}.get(m[0], "有"), said)
                yield from put(paper, {At(n, r, len(row) - 1): now}, words=(row[1].text, row[3].text))
