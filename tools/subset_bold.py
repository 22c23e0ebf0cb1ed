"""Make ``src/tanhe/fonts/NotoSansSC-Bold-gb2312.otf`` from Noto Sans CJK Bold (a ``.ttc`` of the CJK fonts).

    python tools/subset_bold.py NotoSansCJK-Bold.ttc

Headings need a true bold; the wheel with the fonts has none, and the whole face is 16 MB. Kept are GB2312,
ASCII, Latin-1, Greek, general punctuation, arrows, mathematical operators and the unit signs.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).parents[1] / "src/tanhe/fonts/NotoSansSC-Bold-gb2312.otf"
BLOCKS = [
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x370, 0x3FF),
    (0x2010, 0x206F),
    (0x2070, 0x209F),
    (0x2100, 0x214F),
    (0x2150, 0x218F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),
    (0x2500, 0x257F),
    (0x25A0, 0x25FF),
    (0x3000, 0x303F),
    (0x3200, 0x32FF),
    (0x3300, 0x33FF),
    (0xFF00, 0xFFEF),
]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "palt", "halt", "sups", "subs"]


def gb2312() -> set[int]:
    """The code points of GB 2312-80."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(char) for pair in pairs for char in pair.decode("gb2312", errors="ignore")}


def rename(font: TTFont) -> None:
    """Call the face Noto Sans SC Bold, so that it stands beside the Regular of the same family."""
    table = font["name"]
    words = {1: "Noto Sans SC", 2: "Bold", 4: "Noto Sans SC Bold", 6: "NotoSansSC-Bold"}
    table.names = [
        record for record in table.names if record.langID == 0x409 and record.nameID not in (16, 17)
    ]
    for number, word in words.items():
        table.setName(word, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = ["NotoSansSC-Bold"]
    top[0].FullName, top[0].FamilyName = "Noto Sans SC Bold", "Noto Sans SC"


def main(source: str) -> None:
    """Subset the Simplified Chinese face of ``source``."""
    faces = TTCollection(source).fonts
    font = next(face for face in faces if face["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = Options(
        layout_features=FEATURES,
        hinting=False,
        desubroutinize=False,
        name_IDs=["*"],
        name_languages=["*"],
        drop_tables=["vhea", "vmtx", "VORG", "BASE", "DSIG"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(
        unicodes=gb2312() | {code for first, last in BLOCKS for code in range(first, last + 1)}
    )
    subsetter.subset(font)
    rename(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(TARGET)


if __name__ == "__main__":
    main(sys.argv[1])
