"""Loading a dossier from its folder (读取案卷): all structural problems at once, each with file and line."""

from __future__ import annotations

import difflib
import hashlib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tanhe.dossier.model import Dossier
from tanhe.dossier.places import Place
from tanhe.dossier.problems import Problem, UnreadableDossier
from tanhe.dossier.series import Series, read_csv
from tanhe.dossier.yaml_source import Source, read
from tanhe.messages import text

FILE = "dossier.yaml"


def load(path: str | Path) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier in folder ``path`` and the data problems that do not prevent reading it.

    Errors: :class:`UnreadableDossier` with every structural problem found.
    """
    folder = Path(path)
    main = folder if folder.is_file() else folder / FILE
    content, failures = _text_of(main, main.name)
    if content is None:
        raise UnreadableDossier(folder, (failures,) if failures else ())
    source = read(content, main.name)
    if source.tree is None and not source.problems:
        source.problems.append(Problem("DOS001", text("文件是空的", "the file is empty"), Place(main.name)))
    dossier = _validate(source)
    if dossier is None or source.problems:
        raise UnreadableDossier(folder, tuple(source.problems))
    return _with_tables(dossier, main, content, source)


def _text_of(path: Path, shown: str) -> tuple[str | None, Problem | None]:
    """The file as text: UTF-8 (with or without a mark), else GB18030."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        why = text("找不到文件", "no such file") if isinstance(error, FileNotFoundError) else str(error.strerror)
        expected = text(f"含 {FILE} 的文件夹", f"a folder with {FILE}")
        return None, Problem("DOS000", why, Place(str(path)), expected)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding), None
        except UnicodeDecodeError:
            continue
    return None, Problem("DOS000", text("编码不是 UTF-8 或 GB18030", "neither UTF-8 nor GB18030"), Place(shown))


def _validate(source: Source) -> Dossier | None:
    if not isinstance(source.tree, dict):
        if not source.problems:
            message = text("最外层应是“键: 值”", "the outermost level should be 'key: value'")
            source.problems.append(Problem("DOS001", message, Place(source.file, 1)))
        return None
    try:
        return Dossier.model_validate(source.tree)
    except ValidationError as error:
        seen: set[tuple[Any, str]] = set()
        for item in error.errors(include_url=False):
            problem = _problem(source, item)
            if (problem.place, problem.code) not in seen:
                seen.add((problem.place, problem.code))
                source.problems.append(problem)
        return None


def _problem(source: Source, item: Any) -> Problem:
    """A pydantic error in the project's words, at the place of the deepest part of its path that exists."""
    path: tuple[str | int, ...] = ()
    for part in item["loc"]:
        if (*path, part) in source.places:
            path = (*path, part)
    place = source.places.get(path, Place(source.file))
    name = str(item["loc"][-1])
    match item["type"]:
        case "missing":
            return Problem("DOS003", text(f"缺少必填项“{name}”", f"{name!r} is required"), place)
        case "extra_forbidden":
            return Problem("DOS004", text(f"不认识的键“{name}”", f"unknown key {name!r}"), place, _nearest(item))
        case "value_error":
            return Problem("DOS005", f"{name}: {item['ctx']['error']}", place)
        case "literal_error":
            return Problem("DOS006", f"{name}: {item['input']}", place, str(item["ctx"]["expected"]))
        case "int_parsing" | "int_type":
            return Problem("DOS005", f"{name}: {item['input']}", place, text("整数", "a whole number"))
    return Problem("DOS007", f"{name}: {item['msg']}", place)


def _nearest(item: Any) -> str:
    fields = _known_keys()
    near = difflib.get_close_matches(str(item["loc"][-1]), fields, n=1, cutoff=0.6)
    return near[0] if near else text("案卷格式文档中的键", "a key of the dossier format")


def _known_keys() -> list[str]:
    schema = Dossier.model_json_schema()
    keys = set(schema.get("properties", {}))
    for part in schema.get("$defs", {}).values():
        keys |= set(part.get("properties", {}))
    return sorted(keys)


def _with_tables(dossier: Dossier, main: Path, content: str, source: Source) -> tuple[Dossier, tuple[Problem, ...]]:
    digest = hashlib.sha256(content.encode())
    series: dict[str, Series] = {}
    problems: list[Problem] = []
    for name, table in dossier.tables.items():
        path = main.parent / table.file
        if not path.resolve().is_relative_to(main.parent.resolve()):
            message = text(f"“{table.file}”在案卷文件夹之外", f"{table.file!r} lies outside the dossier")
            problems.append(Problem("DOS008", message, source.places.get(("tables", name, "file"))))
            continue
        body, failure = _text_of(path, table.file)
        if body is None:
            problems.append(failure or Problem("DOS000", table.file))
            continue
        digest.update(body.encode())
        read_table, found = read_csv(name, table.file, body, list(table.columns), dossier.year)
        problems += found
        if read_table is not None:
            series[name] = read_table
    missing = set(dossier.tables) - set(series)
    if missing:
        raise UnreadableDossier(main.parent, tuple(problems))
    return dossier.attach(str(main.parent), f"sha256:{digest.hexdigest()}", source.places, series), tuple(problems)
