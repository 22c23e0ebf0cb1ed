"""A new folder made whole or not at all (整夹建立，或者不建): a temporary name beside it, then a rename."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tanhe.messages import TanheError, text, why_refused


@contextmanager
def new_folder(folder: str) -> Iterator[Path]:
    """A temporary folder that gets the name ``folder`` when the block ends well; what exists is never touched."""
    target = Path(folder)
    if target.exists() or target.is_symlink():
        raise TanheError(text("已存在，没有覆盖", "exists and was kept"), file=folder,
                         expected=text("一个新的文件夹名", "the name of a new folder"))
    partial = target.with_name(f".tanhe-{secrets.token_hex(6)}")
    try:
        partial.mkdir(parents=True)
        yield partial
        partial.rename(target)
    except (OSError, shutil.Error) as error:
        why = why_refused(error)
        raise TanheError(text(f"无法写入（{why}）；请换一个可写的位置", f"cannot be written ({why}); choose another place"),
                         file=folder) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
