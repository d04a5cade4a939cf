"""What counts as the same picture of a page (tests/browser/pictures.py)."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.browser.pictures import SCALE, compare, reference, side_by_side

PAPER, INK, BLUE, GREEN = "#fffdf8", "#26231e", "#24468e", "#2c6142"


def page(*, size=(600, 400), down=0, right=0, button=BLUE, background="#f3eee4", ink=INK):
    """A heading, a sheet with lines of text, and a button. `down` and `right` move the sheet and its text."""
    picture = Image.new("RGB", size, background)
    draw = ImageDraw.Draw(picture)
    draw.text((40, 20), "Letter to Priya Nair", fill=ink, font_size=30)
    draw.rectangle((40 + right, 80 + down, 400 + right, 330 + down), fill=PAPER, outline="#d9d0bf")
    for number in range(6):
        line = "Thank you for telling me how the team plans its quarter."
        draw.text((60 + right, 100 + 30 * number + down), line, fill=ink, font_size=13)
    if button:
        draw.rounded_rectangle((430, 80, 560, 120), 8, fill=button)
        draw.text((450, 90), "Copy the letter", fill="white", font_size=13)
    return picture


def stored(picture):
    """A reference as it comes back from its file."""
    file = io.BytesIO()
    reference(picture).save(file, "PNG", optimize=True)
    return Image.open(file)


@pytest.mark.parametrize(
    "taken",
    [
        page(),
        page(down=1),
        page(right=-1, down=-1),
        page(ink="#2b2823"),
        page().filter(ImageFilter.GaussianBlur(0.5)),
        page().filter(ImageFilter.UnsharpMask(1, 40)),
        page(size=(600, 401)),
    ],
    ids=["same", "lower by 1", "by 1 both ways", "ink by 5", "softer", "sharper", "taller by 1"],
)
def test_what_nobody_would_notice_is_alike(taken):
    comparison = compare(stored(page()), taken)
    assert comparison.is_alike, comparison


@pytest.mark.parametrize(
    "taken",
    [
        page(down=3),
        page(right=4),
        page(right=-4, down=2),
        page(button=None),
        page(button=GREEN),
        page(ink="#8a2b1d"),
        page(background="#f6f1e7"),
        page(size=(612, 400)),
        page(size=(600, 412)),
        page(size=(600, 370)),
        Image.new("RGB", (600, 400), "#f3eee4"),
    ],
    ids=[
        "lower",
        "further right",
        "elsewhere",
        "no button",
        "color of the button",
        "color of the text",
        "background",
        "wider",
        "taller",
        "shorter",
        "nothing but background",
    ],
)
def test_what_somebody_would_notice_is_not_alike(taken):
    comparison = compare(stored(page()), taken)
    assert not comparison.is_alike, comparison


def test_a_difference_is_located_and_shown():
    taken = page(button=None)
    was = stored(page())
    comparison = compare(was, taken)
    left, top = map(int, str(comparison).partition(", at ")[2].partition(", is off")[0].split(", "))
    assert 420 <= left <= 560
    assert 70 <= top <= 120
    sheet = side_by_side(was, taken, comparison)
    assert sheet.width > 3 * 600 // SCALE
    shown = sheet.crop((sheet.width - 600 // SCALE, 0, sheet.width, sheet.height))
    assert shown.getpixel((500 // SCALE, 100 // SCALE)) == (255, 255, 255)
    assert shown.getpixel((200 // SCALE, 200 // SCALE))[0] < 100
