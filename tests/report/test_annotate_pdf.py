"""Remarks on a PDF: each finding once on its page, over its words; the text as it was; hostile files refused."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import struct
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tanhe.cli import main
from tanhe.messages import TanheError
from tanhe.reading.annotate import annotated
from tanhe.reading.annotate.pdf import annotated_pdf
from tanhe.reading.documents import read
from tanhe.report.paths import readable

_SPEC = importlib.util.spec_from_file_location("annotate_sample", Path(__file__).with_name("annotate_sample.py"))
assert _SPEC is not None and _SPEC.loader is not None
a = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(a)


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The report and the folder with its outputs."""
    folder = tmp_path_factory.mktemp("批注")
    path = a.write_pdf(folder / "核查 报告.pdf")
    assert main(["verify", str(path), "-o", str(folder / "out")]) == 1
    return path, folder / "out"


@pytest.fixture
def made(tmp_path: Path):
    def make(body: str | bytes, *marks, head: str = a.paper.HEAD) -> tuple[bytes, bytes]:
        path = tmp_path / "报告.pdf"
        path.write_bytes(a.paper.pdf(body, head) if isinstance(body, str) else body)
        return path.read_bytes(), annotated_pdf(path, a.marks(*marks))

    return make


def words_under(data: bytes, page: int, box: tuple[float, ...]) -> str:
    with pdfium.PdfDocument(data) as document:
        return a.bare(document[page - 1].get_textpage().get_text_bounded(*box))


def test_every_finding_stands_in_one_annotation_on_the_page_of_its_first_place(verified) -> None:
    _, out = verified
    found = a.annotations((out / "核查 报告-批注.pdf").read_bytes())
    findings = a.marked(json.loads((out / "record.json").read_text("utf-8")))
    assert any(f["severity"] == "material" for f in findings)
    for finding in findings:
        (page,) = [p for p, said, *_ in found if finding["rule"] in said and readable(finding["message"]) in said]
        assert page == next((p["page"] for p in finding["places"] if p.get("page")), 1), finding["rule"]


def test_the_wrong_total_is_highlighted_where_it_is_printed(verified) -> None:
    data = (verified[1] / "核查 报告-批注.pdf").read_bytes()
    under = [words_under(data, page, box) for page, _, boxes, _, kind in a.annotations(data) if kind == raw.FPDF_ANNOT_HIGHLIGHT for box in boxes]
    assert any("9999.99" in words for words in under)


def test_the_text_is_as_before_and_is_read_as_before(verified) -> None:
    path, out = verified
    before, after = read(path), read(out / "核查 报告-批注.pdf")
    assert [words for _, words in before.lines] == [words for _, words in after.lines]
    assert len(before.blocks) == len(after.blocks) > 10


def test_a_highlight_covers_its_words_and_nothing_else_and_shows_in_every_viewer(made) -> None:
    _, data = made("净购入电量为 724.90 MWh，排放因子取 0.5703。", a.mark("ABC001", page=1, quote="排放因子取 0.5703"))
    (summary, (page, said, boxes, look, kind)) = a.annotations(data)
    assert (page, kind, said) == (1, raw.FPDF_ANNOT_HIGHLIGHT, "[重要] ABC001 标题\nABC001 的说明")
    assert "".join(words_under(data, 1, box) for box in boxes) == "排放因子取0.5703"
    assert " re f" in look and "/GS gs" in look and summary[3]
    with pdfium.PdfDocument(data) as document:
        shown = document[0].render(scale=2).to_numpy()
        height = document[0].get_height()
    left, low, right, high = boxes[0]
    blue, green, red = shown[int(2 * (height - high)) + 1 : int(2 * (height - low)), int(2 * left) + 1 : int(2 * right)].reshape(-1, 3).mean(0)
    assert red > green + 30 and red > blue + 30


def test_words_over_two_lines_and_in_a_narrow_cell_are_found(made) -> None:
    long = "核查组查阅了全年结算单和发票，确认净购入电量与台账一致，没有发现偏差，数据可以采用。" * 2
    body = f"{long}\n\n#table(columns: (20mm, 20mm), [数据来源为全年的结算单和付款发票], [交叉核对采用企业的统计台账])"
    _, data = made(body, a.mark("ABC001", page=1, quote=long), a.mark("ABC002", page=1, quote="数据来源为全年的结算单和付款发票"))
    found = {said[5:11]: (boxes, kind) for _, said, boxes, _, kind in a.annotations(data)[1:]}
    for code, quote in (("ABC001", long), ("ABC002", "数据来源为全年的结算单和付款发票")):
        boxes, kind = found[code]
        assert kind == raw.FPDF_ANNOT_HIGHLIGHT and len(boxes) > 1
        assert "".join(words_under(data, 1, box) for box in boxes) == quote


def test_a_number_inside_another_is_not_taken_for_it(made) -> None:
    _, data = made("合计 1253.10，其中 53 人", a.mark("ABC001", page=1, quote="53"))
    (*_, (_, _, (box,), _, kind)) = a.annotations(data)
    assert kind == raw.FPDF_ANNOT_HIGHLIGHT and words_under(data, 1, box) == "53"


def test_words_in_several_places_or_nowhere_are_a_note_in_the_margin(made) -> None:
    _, data = made("甲 / 乙 /", a.mark("ABC001", page=1, quote="/"), a.mark("ABC002", page=1, quote="并没有印出的一句很长的话"))
    _, (_, said, _, _, kind) = a.annotations(data)
    assert kind == raw.FPDF_ANNOT_TEXT and "ABC001" in said and "ABC002" in said and "2 处" in said


def test_several_findings_at_one_place_are_one_note_and_the_gravest_gives_the_colour(made) -> None:
    at = {"page": 1, "quote": "0.5703"}
    _, data = made("因子 0.5703", a.mark("ABC002", "editorial", **at), a.mark("ABC001", **at))
    _, (_, said, _, look, _) = a.annotations(data)
    assert "ABC001" in said and "ABC002" in said and look.startswith("/GS gs 0.90 0.20")


def test_what_has_no_place_is_in_the_summary_on_the_first_page(made) -> None:
    _, data = made("第一页\n#pagebreak()\n第二页", a.mark("ABC001"), a.mark("ABC002", page=2, quote="第二页"))
    (summary, other) = a.annotations(data)
    assert summary[0] == 1 and "碳核批注" in summary[1] and "ABC001" in summary[1] and "ABC002" not in summary[1]
    assert other[0] == 2 and "ABC002" in other[1]


def test_only_the_digits_of_an_unexplained_number_are_marked(made) -> None:
    numbers = [a.mark("x", "unplaced", n, page=1, quote="产量 1,253.10 吨，另有 7 吨") for n in ("1253.10", "7")]
    _, data = made("产量 1,253.10 吨，另有 7 吨；其余为 7 吨。", *numbers)
    assert {words_under(data, 1, boxes[0]) for _, _, boxes, _, _ in a.annotations(data)[1:]} == {"1,253.10", "7"}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_slip_is_in_the_upper_left_corner_as_the_page_is_seen(made, turn) -> None:
    _, data = made(a.paper.plain("BT /F 12 Tf 50 200 Td (Hello there) Tj ET", f"/Rotate {turn}"))
    with pdfium.PdfDocument(data) as document:
        blue, green, red = document[0].render().to_numpy()[8, 8]
    assert green > red + 50 and green > blue + 30


def test_a_signed_file_is_extended_so_that_what_was_signed_stays(made) -> None:
    form = "<</Fields[7 0 R]/SigFlags 3>>", "<</FT/Sig/T(s)/V 8 0 R>>", "<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>>"
    plain = a.paper.plain("BT /F 12 Tf 50 200 Td (Hello there) Tj ET", "", "", *form)
    signed = plain.replace(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R>>")
    before, after = made(signed, a.mark("ABC001", page=1, quote="Hello"))
    assert after.startswith(before) and any("ABC001" in said for _, said, *_ in a.annotations(after))


def no_remarks() -> bytes:
    """Opens without a password, but its permissions forbid remarks (40-bit RC4, ISO 32000-1, 7.6)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    allowed = -4 - 32
    key = hashlib.md5(pad + bytes(32) + struct.pack("<i", allowed) + b"\0").digest()[:5]
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % 5]) % 256
        box[i], box[j] = box[j], box[i]
    user, i, j = bytearray(), 0, 0
    for byte in pad:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        user.append(byte ^ box[(box[i] + box[j]) % 256])
    lock = f"<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{user.hex()}>/P {allowed}>>"
    return a.paper.plain("BT ET", "", "/Encrypt 6 0 R/ID[<00><00>]", lock)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n" + b"\x00" * 500, "损坏"),
        (a.paper.encrypted(), "密码"),
        (no_remarks(), "禁止添加批注"),
        (b"%PDF-1.7\n" + b"[" * 200_000, "损坏"),
    ],
)
def test_a_hostile_file_is_a_clear_reason(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(data)
    with pytest.raises(TanheError, match=said):
        (annotated if said == "损坏" else annotated_pdf)(path, a.marks(a.mark("ABC001", page=1, quote="甲")))


def test_words_torn_apart_by_the_cells_beside_them_are_found_piece_by_piece(made) -> None:
    lines = "(Monthly invoices of) Tj 150 0 Td (Ledger of the) Tj -150 -14 Td (the grid company) Tj 150 0 Td (works) Tj"
    quote = "Monthly invoices of the grid company"
    _, data = made(a.paper.plain(f"BT /F 12 Tf 20 300 Td {lines} ET"), a.mark("ABC001", page=1, quote=quote))
    (*_, (_, _, boxes, _, kind)) = a.annotations(data)
    assert kind == raw.FPDF_ANNOT_HIGHLIGHT and "".join(words_under(data, 1, box) for box in boxes) == a.bare(quote)
