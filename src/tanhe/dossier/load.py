"""Loading a dossier from its folder (读取案卷): all structural problems at once, each with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from tanhe.dossier.derivations import endless
from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem, UnreadableDossier
from tanhe.dossier.series import Series, read_csv
from tanhe.dossier.structure import structural_problems
from tanhe.dossier.yaml_source import Source, read
from tanhe.messages import text, why_refused

FILE = "dossier.yaml"
SUFFIXES = (".yaml", ".yml")


def load(path: str | Path) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier in folder ``path`` and the data problems that do not prevent reading it.

    Errors: :class:`UnreadableDossier` with every structural problem found.
    """
    given = Path(path)
    main = given if given.is_file() else given / FILE
    expected = text(f"含 {FILE} 的文件夹", f"a folder with {FILE}")
    if main.suffix.lower() not in SUFFIXES:
        message = text("这不是案卷", "this is not a dossier")
        raise UnreadableDossier(main.parent, (Problem("DOS000", message, Place(main.name), expected),))
    content = _text_of(main, Place(main.name), "", expected)
    if isinstance(content, Problem):
        raise UnreadableDossier(main.parent, (content,))
    source = read(content, main.name)
    dossier = validate(source)
    if dossier is None or source.problems:
        raise UnreadableDossier(main.parent, tuple(source.problems))
    return with_tables(dossier, main, content, source, {})


def _text_of(path: Path, place: Place, named: str, expected: str) -> str | Problem:
    """The file as text: UTF-8 or UTF-16 by its mark, else UTF-8, else GB18030."""
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        return Problem("DOS000", why_refused(error) + named, place, expected)
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = text("不是文字文件，或编码不是 UTF-8、GB18030", "no text file, or in neither UTF-8 nor GB18030")
    return Problem("DOS000", message + named, place, text("另存为 UTF-8 的文字文件", "a text file saved as UTF-8"))


def validate(source: Source) -> Dossier | None:
    """The dossier the source describes; None when the source's problems say why there is none."""
    if not isinstance(source.tree, dict):
        if not source.problems:
            message = text("文件是空的", "the file is empty") if source.tree is None else text("不是案卷的内容", "not a dossier")
            expected = text("“键: 值”，可用 tanhe new 新建", "'key: value'; tanhe new makes one")
            source.problems.append(Problem("DOS001", message, Place(source.file, 1), expected))
        return None
    try:
        dossier = Dossier.model_validate(source.tree)
    except ValidationError as error:
        source.problems += structural_problems(source, error)
        return None
    source.problems += endless(dossier.data, source.places)
    return dossier


def with_tables(
    dossier: Dossier, main: Path, content: str, source: Source, texts: Mapping[str, str]
) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier with its monthly tables; ``texts`` stands in for files of that name."""
    digest = hashlib.sha256(content.encode())
    series: dict[str, Series] = {}
    problems: list[Problem] = []
    for name, table in dossier.tables.items():
        body = texts.get(table.file) or _table_text(main.parent, table.file, source.places.get(("tables", name, "file"), Place(source.file)))
        if isinstance(body, Problem):
            problems.append(body)
            continue
        digest.update(body.encode())
        read_table, found = read_csv(name, table.file, body, list(table.columns), dossier.year)
        problems += found
        if read_table is not None:
            series[name] = read_table
    if set(dossier.tables) - set(series):
        raise UnreadableDossier(main.parent, tuple(problems))
    return dossier.attach(str(main.parent), f"sha256:{digest.hexdigest()}", source.places, series), tuple(problems)


def _table_text(folder: Path, file: str, place: Place) -> str | Problem:
    """The CSV text of a table; a file outside the dossier's folder is refused, so that a dossier is whole in itself."""
    shown = file if len(file) <= 60 else file[:60] + "…"
    try:
        outside = not (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        outside = False
    if outside:
        message = text(f"“{shown}”在案卷文件夹之外", f"{shown!r} lies outside the dossier")
        return Problem("DOS008", message, place, text("案卷文件夹里的文件", "a file inside the dossier's folder"))
    expected = text("案卷文件夹里的 CSV 文件", "a CSV file inside the dossier's folder")
    return _text_of(folder / file, place, text(f"：{shown}", f": {shown}"), expected)
