"""What the documentation shows of the program, made by the program (由程序生成的文档部分), so that both agree.

``python -m tanhe.cli._docs`` writes ``docs/reference/*.md`` and ``docs/rules/*.md`` of the checkout and renews the sample outputs in the
README files and in ``docs/*.md``; with ``--check`` it writes nothing and ends with 1 when something is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tanhe.messages import TanheError, speaking

ROOT = Path(__file__).parents[3]
KEYS = "docs/reference/dossier-keys.yaml"
NOTICE = "<!-- 本页由程序生成，请勿手改：python -m tanhe.cli._docs -->"


def pages(root: Path = ROOT) -> Mapping[str, str]:
    """Path from the checkout's root → content, of every generated page and every page with sample outputs."""
    with speaking("zh"):
        from tanhe.cli import _docs_dossier, _docs_guidelines, _docs_program, _docs_rules, _docs_samples

        made = {
            "units": _docs_program.units(),
            "formulas": _docs_guidelines.formulas(),
            "guidelines": _docs_guidelines.guidelines(),
            "dossier": _docs_dossier.keys(root / KEYS),
            "cli": _docs_program.commands(),
        }
        found = {f"docs/reference/{name}.md": body for name, body in made.items()} | dict(_docs_rules.pages())
    return {name: f"{NOTICE}\n\n{body.strip()}\n" for name, body in found.items()} | _docs_samples.renewed(root)


def outdated(root: Path = ROOT) -> tuple[str, ...]:
    """Paths of pages that are missing, differ from what the program would write, or belong to no rule any more."""
    made = pages(root)
    return (*(name for name, body in made.items() if _on_disk(root / name) != body), *_left_behind(root, made))


def write(root: Path = ROOT) -> tuple[str, ...]:
    """Write what is out of date and say which pages those were."""
    made = pages(root)
    changed = {name: body for name, body in made.items() if _on_disk(root / name) != body}
    for name, body in changed.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(body, encoding="utf-8", newline="\n")
    gone = _left_behind(root, made)
    for name in gone:
        (root / name).unlink()
    return (*changed, *gone)


def _left_behind(root: Path, made: Mapping[str, str]) -> tuple[str, ...]:
    """Pages of rules that are no longer there."""
    names = (path.relative_to(root).as_posix() for path in sorted((root / "docs" / "rules").glob("*.md")))
    return tuple(name for name in names if name not in made)


def _on_disk(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [list(head), ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def code(words: str) -> str:
    """``words`` in code font; nothing for nothing."""
    return f"`{words}`" if words else ""


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` compare them."""
    try:
        if list(arguments) not in ([], ["--check"]):
            raise TanheError("python -m tanhe.cli._docs [--check]")
        if not (ROOT / KEYS).is_file():
            raise TanheError("this is no checkout", file=ROOT, expected=KEYS)
        if not arguments:
            print(*write(), sep="\n")
            return 0
        old = outdated()
    except TanheError as error:
        print(error, file=sys.stderr)
        return 2
    for name in old:
        print(f"{name} is out of date: run python -m tanhe.cli._docs", file=sys.stderr)
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
