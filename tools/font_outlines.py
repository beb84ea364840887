#!/usr/bin/env python3
"""Writes the glyph outlines of a font as the small text files in src/synth/assets/.

One line a glyph: the character's code point in hexadecimal, its advance, then path operators (M, L, Q, C with absolute
coordinates, Z), all in thousandths of the em, y upwards. The first line names the cap height.

    python3 -m venv venv && venv/bin/pip install fonttools
    venv/bin/python tools/font_outlines.py mrz   OCRB.otf                    > src/synth/assets/ocr_b.outlines
    venv/bin/python tools/font_outlines.py ascii DejaVuSansCondensed.ttf     > src/synth/assets/sans.outlines
    venv/bin/python tools/font_outlines.py ascii DejaVuSansCondensed-Bold.ttf > src/synth/assets/sans_bold.outlines
    venv/bin/python tools/font_outlines.py ascii DejaVuSerifCondensed.ttf    > src/synth/assets/serif.outlines

OCR-B is Debian's fonts-ocr-b, DejaVu is Debian's fonts-dejavu; notices in src/synth/assets/NOTICE.md.
"""

import sys

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

CHARACTERS = {
    "mrz": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<",
    "ascii": "".join(chr(code) for code in range(32, 127)),
}


class OperatorPen(BasePen):
    def __init__(self, glyphs, scale):
        super().__init__(glyphs)
        self.scale = scale
        self.operators = []

    def add(self, operator, *points):
        numbers = [str(round(value * self.scale)) for point in points for value in point]
        self.operators.append(" ".join([operator, *numbers]))

    def _moveTo(self, point):
        self.add("M", point)

    def _lineTo(self, point):
        self.add("L", point)

    def _qCurveToOne(self, control, point):
        self.add("Q", control, point)

    def _curveToOne(self, first, second, point):
        self.add("C", first, second, point)

    def _closePath(self):
        self.add("Z")


def cap_height(font, glyphs, names, scale):
    pen = OperatorPen(glyphs, scale)
    glyphs[names[ord("H")]].draw(pen)
    return max(int(text.split()[-1]) for text in pen.operators if text != "Z")


def main():
    characters, path = sys.argv[1:]
    font = TTFont(path)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = 1000 / font["head"].unitsPerEm
    print(cap_height(font, glyphs, names, scale))
    for character in CHARACTERS[characters]:
        glyph = glyphs[names[ord(character)]]
        pen = OperatorPen(glyphs, scale)
        glyph.draw(pen)
        print(f"{ord(character):x} {round(glyph.width * scale)}", " ".join(pen.operators))


main()
