"""The table of contents (目录): entries that are written out, with links and page-number fields.

A bare contents field would stay empty until Word is asked to fill it. So every entry is there with an estimated
page; Word replaces the numbers when fields are updated (F9), LibreOffice when it opens the file.
"""

from __future__ import annotations

from collections.abc import Sequence

from tanhe.report.content import Contents, Heading
from tanhe.report.docx.markup import field, paragraph, run, written


def bookmark(number: int) -> str:
    """The name of the bookmark at the n-th heading."""
    return f"_Toc{number:08d}"


def bookmarked(number: int, content: str) -> str:
    """Content between the marks that the contents page refers to."""
    name = bookmark(number)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def listed(contents: Contents, headings: Sequence[Heading]) -> list[tuple[int, Heading]]:
    """The headings that the contents show, each with its number among all headings."""
    return [(n, heading) for n, heading in enumerate(headings, 1) if heading.level <= contents.depth]


def contents_xml(contents: Contents, headings: Sequence[Heading], pages: Sequence[int], broken: bool) -> str:
    """Title and entries as a contents block that Word offers to update; ``broken`` starts a new page."""
    entries = listed(contents, headings)
    start = f' TOC \\o "1-{contents.depth}" \\h \\z \\u '
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{start}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = ""
    for position, (number, heading) in enumerate(entries):
        page = field(f"PAGEREF {bookmark(number)} \\h", str(pages[number - 1]))
        shown = written(heading.text) + run("\t") + page
        link = f'<w:hyperlink w:anchor="{bookmark(number)}" w:history="1">{shown}</w:hyperlink>'
        content = (
            (opening if position == 0 else "") + link + (closing if position == len(entries) - 1 else "")
        )
        body += paragraph(f"TOC{heading.level}", content)
    title = paragraph("ContentsTitle", written(contents.title), "<w:pageBreakBefore/>" if broken else "")
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{title}{body}</w:sdtContent></w:sdt>"
