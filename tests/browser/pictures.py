"""Compares pictures of pages with reference pictures.

Both are reduced to cells of 12 x 12 pixels, each with its average color. A cell may be off by what antialiasing
changes, and may lie one pixel elsewhere. What a user would notice is more than that: a block that moved by a few
pixels, a button that is gone, another color. A slight change of a large area, such as the background, shows in the
average of all cells. What goes unnoticed: a move of one pixel, and a change of thin, pale things, such as a sheet's
shadow.

Measured, as the worst cell and the average of all cells, of 255:

- the same page again, another run, a busy machine: 2 and 0.2, which come from the 256 colors of a reference
- Chromium 150, 156, and 153 with its own libraries instead of Debian's: the same
- everything one pixel lower: 6 and 0.2
- the border of all cards gone: 6 and 0.5
- everything two pixels lower: 14 to 19; four pixels lower or further right: 33 to 55
- quiet text somewhat paler: 13 to 17; links in green instead of blue: 20 to 23; letters in another font: 37 to 54
- a link gone: 28 to 77; a button in another color: 76; a button gone: 135 to 219
- the background lighter by 3: 4 and 0.8 to 2.3
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from PIL import Image, ImageChops

# A reference has one pixel for 3 x 3 pixels of the page, and is compared by cells of 4 x 4 of its own.
SCALE = 3
CELL = 4
# How many pixels of the page anything may lie elsewhere.
REACH = 1
# How far the color of a cell may be off, and of all cells on average, of 255.
WORST = 10
AVERAGE = 0.5


@dataclass(frozen=True)
class Comparison:
    worst: int
    average: float
    # How many pixels the page is wider and taller than in the reference, as multiples of SCALE.
    wider: int
    taller: int
    # How far each cell is off.
    cells: Image.Image

    @property
    def is_alike(self) -> bool:
        has_its_size = self.wider == 0 and abs(self.taller) <= SCALE
        return has_its_size and self.worst <= WORST and self.average <= AVERAGE

    def __str__(self) -> str:
        left, top = self._place_of_worst()
        text = (
            f"the worst cell, at {left}, {top}, is off by {self.worst} (up to {WORST} is fine), all cells by "
            f"{self.average:.2f} on average (up to {AVERAGE} is fine)"
        )
        if self.wider or self.taller:
            text += f"; the page is {self.wider} pixels wider and {self.taller} pixels taller"
        return text

    def _place_of_worst(self) -> tuple[int, int]:
        worst = self.cells.point(lambda off: 255 if off >= self.worst else 0).getbbox()
        left, top = worst[:2] if worst else (0, 0)
        return left * SCALE * CELL, top * SCALE * CELL


def reference(taken: Image.Image) -> Image.Image:
    """What is stored of a picture: small, in 256 colors."""
    return (
        taken.convert("RGB")
        .reduce(SCALE)
        .quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    )


def compare(stored: Image.Image, taken: Image.Image) -> Comparison:
    """Compares the part that both have."""
    stored, taken = stored.convert("RGB"), taken.convert("RGB")
    full = -(-taken.width // SCALE), -(-taken.height // SCALE)
    width, height = min(stored.width, full[0]), min(stored.height, full[1])
    expected = stored.crop((0, 0, width, height)).reduce(CELL)
    taken = taken.crop((0, 0, min(taken.width, width * SCALE), min(taken.height, height * SCALE)))
    cells = Image.new("L", expected.size, 255)
    for right, down in product(range(-REACH, REACH + 1), repeat=2):
        moved = taken.copy()
        moved.paste(taken, (right, down))
        off = ImageChops.difference(expected, moved.reduce(SCALE * CELL))
        cells = ImageChops.darker(cells, _largest_channel(off))
    counts = cells.histogram()
    return Comparison(
        worst=max(off for off, count in enumerate(counts) if count),
        average=sum(off * count for off, count in enumerate(counts)) / sum(counts),
        wider=(full[0] - stored.width) * SCALE,
        taller=(full[1] - stored.height) * SCALE,
        cells=cells,
    )


def side_by_side(stored: Image.Image, taken: Image.Image, comparison: Comparison) -> Image.Image:
    """The reference, the picture taken, and in white on black where they differ, all as small as a reference."""
    cells = comparison.cells.point(lambda off: min(255, off * 255 // WORST // 2))
    parts = [
        stored.convert("RGB"),
        taken.convert("RGB").reduce(SCALE),
        cells.resize((cells.width * CELL, cells.height * CELL), Image.Resampling.NEAREST).convert("RGB"),
    ]
    gap = 10
    size = sum(part.width + gap for part in parts) - gap, max(part.height for part in parts)
    sheet = Image.new("RGB", size, "gray")
    left = 0
    for part in parts:
        sheet.paste(part, (left, 0))
        left += part.width + gap
    return sheet


def _largest_channel(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)
