"""(g) Reading finished reports: text to findings, PDF and DOCX pages a second beside other readers, 1,000 reports, memory."""

from __future__ import annotations

import multiprocessing
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from data import peak_mib

from checks import CHUNK, EXAMPLES, TODAY, WORKERS

SEED = 20240
REPORTS = 1_000
PAGES = 30
LINES, COLUMNS = 40, 40
"""A page of text: lines, and Chinese characters on a line."""
LONG = "mingquan-methanol-2018"
"""The example whose report is the longest."""


def names() -> list[str]:
    """The examples."""
    return sorted(p.parent.name for p in EXAMPLES.glob("*/dossier.yaml"))


def written(folder: Path) -> dict[str, dict[str, Path]]:
    """The report of every example as PDF, DOCX and text."""
    from tanhe.checks.examine import examine
    from tanhe.dossier.load import load
    from tanhe.reading.documents import read
    from tanhe.report.compose import compose
    from tanhe.report.docx import write_docx
    from tanhe.report.pdf import write_pdf

    found = {}
    for name in names():
        dossier, problems = load(EXAMPLES / name)
        inventory, outcome = examine(dossier, problems, TODAY)
        report = compose(inventory, outcome=outcome)
        paths = {kind: folder / f"{name}.{kind}" for kind in ("pdf", "docx", "txt")}
        write_pdf(report, paths["pdf"])
        write_docx(report, paths["docx"])
        paths["txt"].write_text(as_text(read(paths["docx"])), encoding="utf-8")
        found[name] = paths
    return found


def as_text(document: Any) -> str:
    """The blocks as a text extractor prints them: a row of a table on a line, cells between tabs."""
    from tanhe.reading.blocks import Heading, Table

    said: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            said += [block.caption] if block.caption else []
            said += ["\t".join(cell.text for cell in row) for row in block.rows]
        else:
            said.append(f"{block.number} {block.text}".strip() if isinstance(block, Heading) else block.text)
    return "\n".join(said) + "\n"


def printed_pages(text: str) -> float:
    """Pages of a text at 40 lines of 40 characters; two narrow characters are as wide as one."""
    widths = (sum(1 if ord(c) > 0x2E7F else 0.5 for c in line) for line in text.splitlines())
    return sum(max(1, -(-width // COLUMNS)) for width in widths) / LINES


def of_pages(text: str, pages: int) -> str:
    """The text with its annexes cut, or its process descriptions repeated, to fill so many pages."""
    lines = text.splitlines()
    while printed_pages("\n".join(lines)) > pages + 1:
        lines.pop()
    at = next((n for n, line in enumerate(lines) if line.startswith("3.2 ")), len(lines) // 2)
    prose = [line for line in lines[:at] if len(line) > 30 and "\t" not in line and not re.search(r"\d", line)] or ["。"]
    n = 0
    while printed_pages("\n".join(lines)) < pages:
        lines.insert(at, prose[n % len(prose)])
        n += 1
    return "\n".join(lines) + "\n"


def verified(path: Path) -> int:
    """Read, compute, close, check: what `tanhe verify` does before it writes; the number of findings."""
    from tanhe.checks.examine import examine
    from tanhe.reading.service import read_report

    report = read_report(path)
    return len(examine(report.dossier, report.problems, TODAY)[1].findings)


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median processor time of the work, after one run that fills the caches."""
    work()
    took = []
    for _ in range(runs):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return statistics.median(took)


def of_pdfs(given: tuple[list[str], str, int]) -> tuple[float, float]:
    """Seconds of processor time for reading all PDFs, and the peak memory; in a process of its own."""
    paths, reader, runs = given
    return seconds(lambda: [READERS[reader](path) for path in paths], runs), peak_mib()


def _tanhe(path: str) -> object:
    from tanhe.reading.documents import read

    return read(path)


def _pdfplumber(path: str) -> object:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [(page.extract_text(), page.extract_tables()) for page in pdf.pages]


def _python_docx(path: str) -> object:
    import docx

    document = docx.Document(path)
    return [p.text for p in document.paragraphs], [[c.text for c in row.cells] for t in document.tables for row in t.rows]


READERS = {"tanhe": _tanhe, "pdfplumber": _pdfplumber, "python-docx": _python_docx}


def alone(paths: list[Path], reader: str, runs: int) -> tuple[float, float]:
    """The measurement of one reader in a new process, so that memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(of_pdfs, (([str(p) for p in paths], reader, runs),))


def pages_of(path: Path) -> int:
    """Pages of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


@lru_cache(maxsize=8)
def base(path: str) -> str:
    """A text, read once in a process."""
    return Path(path).read_text("utf-8")


def changed(text: str, number: int) -> str:
    """A text with one in thirty of its decimal figures changed; text ``number`` is always the same."""
    draw = random.Random(SEED + number)

    def other(m: re.Match[str]) -> str:
        return m[0] if draw.random() > 1 / 30 else m[0][:-1] + str((int(m[0][-1]) + draw.randint(1, 9)) % 10)

    return re.sub(r"(?<![\d.])\d{2,}\.\d{2,}(?![\d.])", other, text)


def checked(task: tuple[int, list[str], str]) -> tuple[int, int, float, float]:
    """Verify one chunk of changed reports from files: how many, how many refused, processor time, peak memory."""
    from tanhe.messages import TanheError

    start, paths, folder = task
    refused, since = 0, time.process_time()
    for number in range(start, start + CHUNK // 2):
        path = Path(folder) / f"{number}.txt"
        path.write_text(changed(base(paths[number % len(paths)]), number), encoding="utf-8")
        try:
            verified(path)
        except TanheError:
            refused += 1
        path.unlink()
    return CHUNK // 2, refused, time.process_time() - since, peak_mib()


def many(texts: list[str], folder: str, number: int) -> tuple[dict[int, tuple[float, float]], int, float]:
    """Wall and processor seconds until a quarter, half and all reports were verified; how many were refused; peak memory."""
    from rich.console import Console
    from rich.progress import track

    marks, done, refused, took, peak = {}, 0, 0, 0.0, 0.0
    for n in range(WORKERS):
        Path(folder, str(n)).mkdir()
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        pool.map(checked, [(0, texts, str(Path(folder, str(n)))) for n in range(WORKERS)], chunksize=1)
        work = [(n, texts, folder) for n in range(0, number, CHUNK // 2)]
        start = time.perf_counter()
        results = pool.imap(checked, work)
        for some, no, seconds_, memory in track(results, "reports verified", len(work), console=Console(stderr=True)):
            done, refused, took, peak = done + some, refused + no, took + seconds_, max(peak, memory)
            if done in (number // 4, number // 2, number):
                marks[done] = time.perf_counter() - start, took
    return marks, refused, peak


def rows(problems: list[str], number: int = REPORTS) -> Iterator[Any]:
    """(g) the rows of the table; a reader that is not installed is a problem, which the exit code tells."""
    from table import Row

    with tempfile.TemporaryDirectory() as made:
        files = written(Path(made))
        text = of_pages(files[LONG]["txt"].read_text("utf-8"), PAGES)
        long = Path(made) / "long.txt"
        long.write_text(text, encoding="utf-8")
        yield Row(f"g text of {round(printed_pages(text))} pages, to findings", seconds(lambda: verified(long), 7), "s", 0.5)
        pdfs, documents = [f["pdf"] for f in files.values()], [f["docx"] for f in files.values()]
        pages = sum(map(pages_of, pdfs))
        ours, memory = alone(pdfs, "tanhe", 3)
        yield Row(f"g PDF read, {pages} pages, one core", pages / ours, "pages/s", 10.0, True)
        yield from _beside("  g PDF: text and tables only", pages / ours, pages, pdfs, "pdfplumber", problems)
        yield Row(f"g peak memory, PDF of {max(map(pages_of, pdfs))} pages", memory, "MiB", 400.0)
        took, _ = alone(documents, "tanhe", 3)
        yield Row("g DOCX read, pages of the same PDF", pages / took, "pages/s", None, True)
        yield from _beside("  g DOCX: paragraphs and cells only", pages / took, pages, documents, "python-docx", problems)
        marks, refused, peak = many([str(f["txt"]) for f in files.values()], made, number)
        for done, (wall, _) in marks.items():
            yield Row(f"g {done:,} text reports, to findings, {WORKERS} processes", wall, "s")
        each = {done: spent / done for done, (_, spent) in marks.items()}
        yield Row(f"g processor time of a report, of {number:,}", each[number], "s")
        yield Row(f"g the same at {number:,} / at {number // 4:,}", each[number] / each[number // 4], "×", 1.25)
        yield Row("g   of them refused", refused, "reports", 0)
        yield Row("g peak memory of a worker", peak, "MiB", 400.0)


def _beside(what: str, ours: float, pages: int, paths: list[Path], peer: str, problems: list[str]) -> Iterator[Any]:
    from importlib.metadata import PackageNotFoundError, version

    from table import Row

    try:
        name = f"{peer} {version(peer)}"
    except PackageNotFoundError:
        problems.append(f"not measured: {peer} is not installed: pip install '.[dev]'")
        return
    theirs, _ = alone(paths, peer, 1)
    yield Row(what, ours, "pages/s", None, True, name, pages / theirs)
