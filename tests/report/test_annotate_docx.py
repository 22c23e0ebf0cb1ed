"""Remarks on a DOCX: Word comments at the place of each finding; every other part of the file as it was."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from tanhe.cli import main
from tanhe.messages import TanheError
from tanhe.reading.annotate import annotated
from tanhe.reading.annotate.docx import annotated_docx
from tanhe.reading.blocks import Table
from tanhe.reading.documents import read
from tanhe.reading.documents.archive import Package
from tanhe.reading.documents.docx import elements_of
from tanhe.report.paths import readable

_SPEC = importlib.util.spec_from_file_location("annotate_sample", Path(__file__).with_name("annotate_sample.py"))
assert _SPEC is not None and _SPEC.loader is not None
a = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(a)
x = a.word
W = f"{{{x.W}}}"
BOX = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The report and the folder with its outputs."""
    folder = tmp_path_factory.mktemp("批注")
    path = a.write_docx(folder / "核查 报告.docx")
    assert main(["verify", str(path), "-o", str(folder / "out")]) == 1
    return path, folder / "out"


@pytest.fixture
def made(tmp_path: Path):
    def make(body: str, *marks, **parts: str) -> tuple[Path, Path]:
        path, copy = x.package(tmp_path / "报告.docx", body, **parts), tmp_path / "报告-批注.docx"
        copy.write_bytes(annotated_docx(path, a.marks(*marks)))
        return path, copy

    return make


def part(path: Path, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def anchored(path: Path) -> dict[str, str]:
    """The words between the marks of every comment, by the comment's own words."""
    said = {c.get(W + "id"): "\n".join("".join(p.itertext()) for p in c) for c in part(path, "word/comments.xml")}
    open_: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for element in part(path).iter():
        number = element.get(W + "id")
        if element.tag == W + "commentRangeStart":
            open_[number] = []
        elif element.tag == W + "commentRangeEnd":
            found[said[number]] = "".join(open_.pop(number))
        elif element.tag == W + "t":
            for words in open_.values():
                words.append(element.text or "")
    assert not open_
    references = [e.get(W + "id") for e in part(path).iter(W + "commentReference")]
    assert sorted(references) == sorted(said) and len(set(references)) == len(references)
    return found


def at(path: Path, code: str) -> str:
    (words,) = [words for said, words in anchored(path).items() if code in said]
    return words


def texts(path: Path) -> list[str]:
    return [t.text or "" for t in part(path).iter(W + "t")]


def folded(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def assert_places_lead_back(path: Path) -> int:
    """Every place of the reader leads to an element with the words that were read; how many there are."""
    package = Package(path)
    found = elements_of(path, package).found
    package.close()
    checked = 0
    for block in read(path).blocks:
        for one in [c for row in block.rows for c in row] if isinstance(block, Table) else [block]:
            if not one.text:
                continue
            element = found[one.place.sheet, one.place.cell]
            own = "".join(t.text or "" for t in element.iter(W + "t"))
            assert folded(one.text) in folded(own) or folded(own) in folded(one.text), one.place
            assert folded(one.text)[-3:] in folded(own)
            checked += 1
    return checked


def test_every_place_of_a_report_leads_back_to_its_words(verified) -> None:
    assert assert_places_lead_back(verified[0]) > 100


def test_places_of_nested_merged_framed_boxed_and_deleted_parts_lead_back(tmp_path) -> None:
    span, start, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = x.document(
        x.par("第一段甲"),
        x.par(x.run("带框的乙") + BOX.format(x.par("框内丙") + x.table(x.row("框表丁", "框表戊")))),
        x.table(x.row(x.cell("独格己"))),
        x.table(
            x.row(x.cell("合并庚", start), x.cell("跨列辛", span)),
            x.row("已删壬", "已删癸", "已删子", properties='<w:del w:id="1" w:author="某"/>'),
            x.row(x.cell("", on), "丑一", x.cell(x.par("外寅") + x.table(x.row("内卯", "内辰")) + x.par(""))),
        ),
        "<w:sdt><w:sdtContent>" + x.par("控件内巳") + "</w:sdtContent></w:sdt>",
        x.par("末段午"),
    )
    path = x.package(tmp_path / "难.docx", body)
    assert assert_places_lead_back(path) >= 13


def test_every_finding_stands_in_one_comment_at_its_first_place(verified) -> None:
    _, out = verified
    copy = out / "核查 报告-批注.docx"
    findings = a.marked(json.loads((out / "record.json").read_text("utf-8")))
    assert any(f["severity"] == "material" for f in findings)
    package = Package(copy)
    elements = elements_of(copy, package).found
    package.close()
    comments = {c.get(W + "id"): "\n".join("".join(p.itertext()) for p in c) for c in part(copy, "word/comments.xml")}
    for finding in findings:
        (number,) = [n for n, said in comments.items() if finding["rule"] in said and readable(finding["message"]) in said]
        place = next(((p["sheet"], p["cell"]) for p in finding["places"] if p["sheet"]), None)
        assert (number == "0") == (place is None)
        if place is not None:
            assert number in [e.get(W + "id") for e in elements[place].iter(W + "commentRangeStart")], finding["rule"]
    assert "9999.99" in " ".join(anchored(copy).values())


def test_python_docx_reads_the_comments_with_author_and_day(verified) -> None:
    comments = list(docx.Document(str(verified[1] / "核查 报告-批注.docx")).comments)
    assert len(comments) > 5 and "碳核批注" in comments[0].text
    assert {(c.author, c.initials) for c in comments} == {("碳核 (Tanhe)", "碳核")} and all(c.timestamp for c in comments)


def test_the_report_is_read_as_before_and_its_other_parts_are_the_same_bytes(verified) -> None:
    path, out = verified
    copy = out / "核查 报告-批注.docx"
    before, after = read(path), read(copy)
    assert [words for _, words in before.lines] == [words for _, words in after.lines] and texts(path) == texts(copy)
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(copy) as two:
        assert set(two.namelist()) - set(one.namelist()) <= {"word/comments.xml"}
        changed = {name for name in one.namelist() if one.read(name) != two.read(name)}
    assert changed <= {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml"}


def test_a_comment_holds_the_runs_of_the_words_and_divides_none(made) -> None:
    runs = x.run("净购入电量为 ") + x.run("724") + x.run(".90", "<w:b/>") + x.run(" MWh，因子 0.5703。")
    path, copy = made(x.document(x.par("前段"), x.par(runs)), a.mark("ABC001", sheet="段落", cell="2", quote="724.90"))
    assert at(copy, "ABC001") == "724.90" and texts(path) == texts(copy)


def test_words_not_found_in_the_paragraph_take_all_of_it(made) -> None:
    _, copy = made(x.document(x.par("甲"), x.par("乙丙")), a.mark("ABC001", sheet="段落", cell="2", quote="丁"))
    assert at(copy, "ABC001") == "乙丙"


def test_a_cell_and_a_cell_in_it_are_told_apart(made) -> None:
    nested = x.cell(x.par("外") + x.table(x.row("内一", "内二")) + x.par(""))
    body = x.document(x.table(x.row("甲", nested)))
    _, copy = made(body, a.mark("ABC001", sheet="表2", cell="B1", quote="内二"), a.mark("ABC002", sheet="表1", cell="B1", quote="外"))
    assert (at(copy, "ABC001"), at(copy, "ABC002")) == ("内二", "外")


def test_an_empty_cell_can_bear_a_comment(made) -> None:
    _, copy = made(x.document(x.table(x.row("甲", ""))), a.mark("ABC001", sheet="表1", cell="B1"))
    (paragraph,) = [p for p in part(copy).iter(W + "p") if any(e.get(W + "id") == "1" for e in p.iter(W + "commentReference"))]
    assert at(copy, "ABC001") == "" and paragraph.getparent().getprevious().tag == W + "tc"


def test_a_text_box_a_footnote_and_a_header_fall_back_to_the_body(made) -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = x.document(x.par("甲"), x.par(x.run("乙") + BOX.format(x.par("框内"))), x.par(x.run("丙") + note))
    notes = x.part("footnotes", f'<w:footnote w:id="2">{x.par("脚注的话")}</w:footnote>')
    found = (
        a.mark("ABC001", sheet="段落", cell="3", quote="框内"),
        a.mark("ABC002", sheet="脚注", cell="2", quote="脚注的话"),
        a.mark("ABC003", sheet="页眉", cell="1", quote="眉"),
        a.mark("ABC004"),
    )
    _, copy = made(body, *found, footnotes__xml=notes)
    root = part(copy)
    assert not [e for box in root.iter(W + "txbxContent") for e in box.iter(W + "commentRangeStart")]
    assert at(copy, "ABC001").startswith("乙") and at(copy, "ABC002") == "丙"
    assert at(copy, "ABC003") == at(copy, "ABC004") == "甲"


def test_earlier_comments_stay_and_numbers_are_not_given_twice(made) -> None:
    old = x.part("comments", f'<w:comment w:id="7" w:author="某">{x.par("先前的批注")}</w:comment>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    relations = f'<Relationships xmlns="{space}"><Relationship Id="rId1" Type="{kind}" Target="comments.xml"/></Relationships>'
    body = x.document(x.par('<w:commentRangeStart w:id="7"/>' + x.run("甲") + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'))
    found = a.mark("ABC001", sheet="段落", cell="1", quote="甲")
    _, copy = made(body, found, **{"comments__xml": old, "_rels/document__xml__rels": relations})
    assert at(copy, "先前的批注") == at(copy, "ABC001") == "甲"


def test_unexplained_numbers_of_a_table_are_one_comment(made) -> None:
    numbers = [a.mark("x", "unplaced", n, sheet="表1", cell=c, quote=n) for n, c in (("12.5", "A1"), ("7", "B1"))]
    _, copy = made(x.document(x.table(x.row("12.5", "7"))), *numbers)
    assert at(copy, "未解释的数字 2 个\nA1 12.5\nB1 7") == "12.5"


def test_a_strict_document_stays_strict(made) -> None:
    body = x.document(x.par("甲")).replace(x.W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    path, copy = made(body, a.mark("ABC001", sheet="段落", cell="1", quote="甲"))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(copy) as archive:
        for name in ("word/document.xml", "word/comments.xml"):
            assert strict in archive.read(name) and x.W.encode() not in archive.read(name)
        assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in archive.read("word/_rels/document.xml.rels")
    assert [w for _, w in read(path).lines] == [w for _, w in read(copy).lines]


def entities() -> str:
    return x.document(x.par("&a;")).replace("?>", '?><!DOCTYPE d [<!ENTITY a "bb">]>', 1)


@pytest.mark.parametrize(
    ("main_part", "said"),
    [
        (entities(), "DTD"),
        (x.document(x.par("甲"))[:-30], "损坏"),
        (x.document(x.table()), "没有可挂批注的段落"),
        (x.document("<w:customXml>" * 20_000), "损坏"),
        (x.document(x.par("A" * (6 << 20))), "压缩"),
    ],
)
def test_a_hostile_file_is_a_clear_reason(tmp_path, main_part: str, said: str) -> None:
    path = x.package(tmp_path / "坏.docx", main_part)
    with pytest.raises(TanheError, match=said):
        (annotated if said == "DTD" else annotated_docx)(path, a.marks(a.mark("ABC001", sheet="段落", cell="1", quote="甲")))
