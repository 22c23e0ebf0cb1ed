"""The fonts a report needs are there and cover what it prints."""

import subprocess
import sys

import pytest
import typst
from fontTools.ttLib import TTFont

from tanhe.fonts import FALLBACK, SANS, SERIF, font_folders, font_paths

SIGNS = "0123456789.,%()+-=ABCabc²³×÷≤≥℃·ΣηαβΔ≈≠→“”《》【】、。；：①②㎡万‰"


def test_every_font_file_exists():
    paths = font_paths()
    assert all(path.is_file() for path in paths)
    assert {path.name for path in paths} >= {
        "NotoSansSC-Regular.otf",
        "NotoSerifSC-Regular.otf",
        "DejaVuSans.ttf",
    }


def test_the_bold_covers_gb2312_and_the_signs_of_a_report():
    bold = next(path for path in font_paths() if "Bold-gb2312" in path.name)
    known = TTFont(bold).getBestCmap()
    levels = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    hanzi = "".join(pair.decode("gb2312", errors="ignore") for pair in levels)
    assert len(hanzi) == 6763
    assert [char for char in hanzi + SIGNS if ord(char) not in known] == []


@pytest.mark.parametrize("char", "₂₃₄⁻☑☐")
def test_the_fallback_has_what_noto_lacks(char):
    dejavu = next(path for path in font_paths() if path.name == "DejaVuSans.ttf")
    assert ord(char) in TTFont(dejavu).getBestCmap()


def test_typst_finds_the_families_and_the_bold():
    folders = [str(folder) for folder in font_folders()]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    assert {SANS, SERIF, FALLBACK} <= set(fonts.families())
    assert {font.weight for font in fonts.fonts() if font.family == SANS} == {400, 700}


def test_matplotlib_is_located_without_importing_it():
    code = "import sys; from tanhe.fonts import font_paths; font_paths(); print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_licence_lies_beside_the_font():
    bold = next(path for path in font_paths() if "Bold-gb2312" in path.name)
    assert "SIL OPEN FONT LICENSE Version 1.1" in bold.with_name("OFL.txt").read_text("utf-8")
