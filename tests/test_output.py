"""Files are written whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tanhe.messages import TanheError
from tanhe.output import OutputSet, atomic, write_bytes, write_text

NOBODY = 65534


def tree(folder: Path) -> dict[str, str]:
    """Every file under a folder, hidden ones too, with its text."""
    return {
        str(file.relative_to(folder)): file.read_text("utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@contextmanager
def read_only_folder() -> Iterator[Path]:
    """A folder nobody may write to; as root, by giving root's rights away for the time being."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        if root:
            os.seteuid(NOBODY)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_text_is_written_as_utf8_with_its_own_line_ends(tmp_path):
    write_text(tmp_path / "记录 一.json", "碳\r\n核\n")
    assert (tmp_path / "记录 一.json").read_bytes() == "碳\r\n核\n".encode()
    assert len(list(tmp_path.iterdir())) == 1


def test_an_existing_file_is_kept_and_named_with_force(tmp_path):
    target = tmp_path / "record.json"
    write_text(target, "old")
    with pytest.raises(TanheError) as caught:
        write_text(target, "new")
    assert str(target) in str(caught.value)
    assert "--force" in str(caught.value)
    assert tree(tmp_path) == {"record.json": "old"}


def test_force_overwrites(tmp_path):
    write_text(tmp_path / "record.json", "old")
    write_bytes(tmp_path / "record.json", b"new", force=True)
    assert tree(tmp_path) == {"record.json": "new"}


def test_the_temporary_file_has_the_targets_suffix_and_folder(tmp_path):
    with atomic(tmp_path / "底稿.xlsx") as temporary:
        assert temporary.suffix == ".xlsx"
        assert temporary.parent == tmp_path
        temporary.write_text("x")
        assert not (tmp_path / "底稿.xlsx").exists()
    assert tree(tmp_path) == {"底稿.xlsx": "x"}


def test_a_failure_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path):
    write_text(tmp_path / "report.pdf", "old")
    with pytest.raises(RuntimeError), atomic(tmp_path / "report.pdf", force=True) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert tree(tmp_path) == {"report.pdf": "old"}


def test_an_interruption_leaves_nothing_not_even_the_folder(tmp_path):
    with pytest.raises(KeyboardInterrupt), OutputSet(tmp_path / "a" / "b", names=["x", "y"]) as outputs:
        outputs.path("x").write_text("half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_set_is_written_together_into_a_new_folder(tmp_path):
    folder = tmp_path / "输出 文件夹" / "2018"
    with OutputSet(folder, names=["核查报告.docx"]) as outputs:
        outputs.path("核查报告.docx").write_text("docx")
        outputs.path("record.json").write_text("{}")
        assert all(name.startswith(".tanhe-") for name in os.listdir(folder))
    assert tree(folder) == {"record.json": "{}", "核查报告.docx": "docx"}
    assert outputs.written() == [folder / "核查报告.docx", folder / "record.json"]


def test_one_conflict_stops_the_set_before_any_work(tmp_path):
    write_text(tmp_path / "record.json", "old")
    with (
        pytest.raises(TanheError, match=r"record\.json"),
        OutputSet(tmp_path, names=["a.pdf", "record.json"]),
    ):
        raise AssertionError("the block must not run")
    assert tree(tmp_path) == {"record.json": "old"}


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    with pytest.raises(TanheError, match="--force"), OutputSet(tmp_path, names=["a", "b"]) as outputs:
        outputs.path("a").write_text("ours")
        outputs.path("b").write_text("ours")
        (tmp_path / "b").write_text("theirs")
    assert tree(tmp_path) == {"b": "theirs"}


def test_a_rename_that_fails_puts_the_former_files_back(tmp_path, monkeypatch):
    """As on Windows, when Word holds one of the files open."""
    for name in ("a", "b", "c"):
        write_text(tmp_path / name, f"old {name}")
    replace = os.replace

    def stubborn(source, target):
        if Path(target).name == "b" and Path(source).read_text() == "new b":
            raise PermissionError(13, "in use", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", stubborn)
    with pytest.raises(TanheError, match="正被其他程序占用"), OutputSet(tmp_path, force=True) as outputs:
        for name in ("a", "b", "c", "d"):
            outputs.path(name).write_text(f"new {name}")
    assert tree(tmp_path) == {"a": "old a", "b": "old b", "c": "old c"}


def test_a_read_only_folder_is_one_clear_error():
    with read_only_folder() as folder:
        with pytest.raises(TanheError, match="无法写入") as caught:
            write_text(folder / "record.json", "{}")
        assert str(folder / "record.json") in str(caught.value)
        with pytest.raises(TanheError, match="无法写入"), OutputSet(folder / "new", names=["a"]):
            raise AssertionError("the block must not run")
        assert list(folder.iterdir()) == []


def test_a_file_where_the_folder_should_be(tmp_path):
    write_text(tmp_path / "out", "a file")
    with pytest.raises(TanheError, match="out"):
        write_text(tmp_path / "out" / "record.json", "{}")
    assert tree(tmp_path) == {"out": "a file"}


def test_a_folder_where_the_file_should_be(tmp_path):
    (tmp_path / "record.json").mkdir()
    with pytest.raises(TanheError, match="文件夹"):
        write_text(tmp_path / "record.json", "{}", force=True)
    assert (tmp_path / "record.json").is_dir()


def test_a_disk_error_while_writing_names_the_target(tmp_path):
    with pytest.raises(TanheError) as caught, atomic(tmp_path / "report.pdf") as temporary:
        raise OSError(28, "No space left on device", str(temporary))
    assert str(tmp_path / "report.pdf") in str(caught.value)
    assert tree(tmp_path) == {}
