"""Scanned pages by text recognition (扫描页文字识别): characters with places and confidence, ruling lines from the picture.

Needs the extra ``ocr``. The models come with the package; nothing is fetched or sent. The classifier of upside-down
lines stays off: it reads 98% as %86.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from statistics import median
from typing import Any, Final

from tanhe.messages import text
from tanhe.reading.documents.pdf_page import Glyph, Page, Rule

Recogniser = Callable[[Any, int], Page]
"""Gives page ``number`` (1-based) of a pdfium document from its picture."""

_SIDE: Final = 2000
"""The longer side of the picture, in pixels: an A4 page at 171 dpi."""
_LARGEST: Final = 3.0
_SKEW: Final = 0.1
"""Degrees below which a page counts as straight."""
_ACROSS: Final = 40
_DOWN: Final = 40
"""Shortest ruling lines in pixels: longer than any stroke of a character."""
_LEAST: Final = 0.3

_UPRIGHT: Final = frozenset("1lI|丨")
_PLAIN: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉＋－", "0123456789+-")
"""As the other readers give them: CO2."""

Point = tuple[float, float]


def available() -> bool:
    """Whether text recognition is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def missing() -> str:
    """What is said of a page that was not read for want of text recognition."""
    return text(
        "此页是扫描图像，没有文字层，没有读；安装文字识别后再读：pip install 'tanhe[ocr]'",
        "this page is a scan without a text layer and was not read; install text recognition and read again: "
        "pip install 'tanhe[ocr]'",
    )


def recogniser() -> Recogniser | None:
    """The reader of scanned pages; None when the extra is not installed."""
    return recognised if available() else None


@lru_cache(maxsize=1)
def _engine() -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical"})


def recognised(document: Any, number: int) -> Page:
    """The page as its picture shows it, skew taken out."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(_LARGEST, _SIDE / max(width, height, 1.0))
        picture = page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3].copy()
    finally:
        page.close()
    result = _engine()(picture, use_cls=False, return_word_box=True, return_single_char_box=True)
    boxes = [] if result.boxes is None else [[(float(x), float(y)) for x, y in box] for box in result.boxes]
    angle = _skew(boxes)
    turn = _turning(angle)
    glyphs: list[Glyph] = []
    for n, box in enumerate(boxes):
        words, letters = str(result.txts[n]), _letters(result, n)
        if words.strip() in _UPRIGHT and _slants(picture, box):
            words, letters = "/", ()
        glyphs += _glyphs(box, words, letters, float(result.scores[n]), turn, scale)
    across, down = _rules(picture, angle, scale)
    return Page(number, width, height, tuple(glyphs), across, down, 1.0)


def _slants(picture: Any, box: Sequence[Point]) -> bool:
    """Whether a lone stroke leans like the / of an empty cell: the recogniser takes it for a 1."""
    import numpy

    xs, ys = [int(x) for x, _ in box], [int(y) for _, y in box]
    dark = 255 - picture[max(0, min(ys)) : max(ys), max(0, min(xs)) : max(xs)].mean(axis=2)
    dark = dark[(dark > 90).mean(axis=1) < 0.7]  # without the border of the cell
    rows = numpy.flatnonzero((dark > 90).any(axis=1))
    if rows.size < 6:
        return False
    ink = dark[int(rows[0]) : int(rows[-1]) + 1]
    ink = numpy.where(ink > 90, ink, 0)
    part = len(ink) // 4
    columns = numpy.arange(ink.shape[1])
    upper, lower = ink[:part].sum(axis=0), ink[-part:].sum(axis=0)
    if not upper.sum() or not lower.sum():
        return False
    lean = (upper * columns).sum() / upper.sum() - (lower * columns).sum() / lower.sum()
    return bool(lean > 0.12 * len(ink))


def _skew(boxes: Sequence[Sequence[Point]]) -> float:
    """The angle of the lines of text in degrees; 0 when it does not matter."""
    angles = [
        math.degrees(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]))
        for box in boxes
        if math.dist(box[0], box[1]) > 6 * max(1.0, math.dist(box[0], box[3]))
    ]
    angle = median(angles) if len(angles) >= 3 else 0.0
    return angle if _SKEW < abs(angle) < 10 else 0.0


def _turning(angle: float) -> Callable[[Point], Point]:
    cosine, sine = math.cos(math.radians(-angle)), math.sin(math.radians(-angle))
    return lambda p: (p[0] * cosine - p[1] * sine, p[0] * sine + p[1] * cosine)


def _letters(result: Any, n: int) -> Sequence[Any]:
    """The characters of a line as (character, confidence, corners), where the engine tells them."""
    words = result.word_results
    if not words or n >= len(words) or not words[n] or any(word[2] is None for word in words[n]):
        return ()
    return list(words[n])


def _glyphs(
    box: Sequence[Point], words: str, letters: Sequence[Any], score: float, turn: Callable[[Point], Point], scale: float
) -> Iterator[Glyph]:
    """The characters of one recognised line; without their own places they share its width evenly."""
    corners = [turn(point) for point in box]
    left, right = min(x for x, _ in corners) / scale, max(x for x, _ in corners) / scale
    top = (corners[0][1] + corners[1][1]) / 2 / scale
    bottom = (corners[2][1] + corners[3][1]) / 2 / scale
    size = 0.8 * max(1.0, bottom - top)
    base = bottom - 0.25 * size
    if len(letters) != len(words.replace(" ", "")):
        step = (right - left) / max(1, len(words))
        letters = [(letter, score, None) for letter in words]
        places = [(left + n * step, left + (n + 1) * step) for n in range(len(letters))]
    else:
        shown = [[turn((float(x), float(y))) for x, y in corner] for _, _, corner in letters]
        places = [(min(x for x, _ in c) / scale, max(x for x, _ in c) / scale) for c in shown]
    for (letter, sure, _), (start, end) in zip(letters, places, strict=True):
        if str(letter).strip() and float(sure) >= _LEAST:
            yield Glyph(str(letter).translate(_PLAIN), start, end, base, size, False, round(float(sure), 4))


def _rules(picture: Any, angle: float, scale: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Ruling lines across and down, found as long dark runs of the straightened picture."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if angle:
        matrix = cv2.getRotationMatrix2D((0, 0), angle, 1.0)
        grey = cv2.warpAffine(grey, matrix, (grey.shape[1], grey.shape[0]), borderValue=255)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    found: list[tuple[Rule, ...]] = []
    for flat, shape, thick in ((True, (_ACROSS, 1), (1, 3)), (False, (1, _DOWN), (3, 1))):
        wider = cv2.dilate(dark, cv2.getStructuringElement(cv2.MORPH_RECT, thick))
        kept = cv2.morphologyEx(wider, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        rules = []
        for contour in cv2.findContours(kept, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, w, h = (value / scale for value in cv2.boundingRect(contour))
            rules += [Rule(y + h / 2, x, x + w)] if flat and h < 6 else []
            rules += [Rule(x + w / 2, y, y + h)] if not flat and w < 6 else []
        found.append(tuple(rules))
    return found[0], found[1]
