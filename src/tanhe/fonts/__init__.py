"""The fonts of reports and charts (报告与图表所用字体), never the system's: output looks the same everywhere.

Noto Sans SC and Noto Serif SC Regular come from the package ``pylopdf-fonts-zh-cn``; the Bold of Noto Sans SC
is the GB2312 subset in this folder (SIL Open Font License, ``OFL.txt``). DejaVu Sans, from matplotlib, has
the signs Noto lacks: ``₂ ₃ ₄ ⁻ ☑ ☐``.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from pylopdf_fonts_zh_cn import sans_path, serif_path

SANS: Final = "Noto Sans SC"
SERIF: Final = "Noto Serif SC"
FALLBACK: Final = "DejaVu Sans"
"""Family names, for a font list such as ``[SANS, FALLBACK]``."""


def font_paths() -> list[Path]:
    """The font files, for ``matplotlib.font_manager.fontManager.addfont`` (正文、标题与符号字体).

    matplotlib is located, not imported. DejaVu Sans is left out if matplotlib is not installed.
    """
    return [sans_path(), serif_path(), Path(__file__).with_name("NotoSansSC-Bold-gb2312.otf"), *_dejavu()]


def font_folders() -> list[Path]:
    """The folders of those files: ``typst`` takes folders only, as its ``font_paths``."""
    return list(dict.fromkeys(file.parent for file in font_paths()))


def _dejavu() -> list[Path]:
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        return []
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    files = (folder / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))
    return [file for file in files if file.is_file()]
