"""Shows Chromium the fonts of the reference pictures and no others, whatever is installed."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

INSTALLED = Path("/usr/share/fonts")
# The package fonts-dejavu-core, which Debian installs with Chromium (config/make/chromium.sh).
FILES = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSansMono.ttf",
    "DejaVuSansMono-Bold.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSerif-Bold.ttf",
)
# Without hinting set, text would be as wide as the machine's own configuration makes it.
CONFIG = """<?xml version="1.0"?>
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>serif</family><prefer><family>DejaVu Serif</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <match target="pattern">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintslight</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
"""


def installed() -> dict[str, Path]:
    """The files of `FILES` that this machine has."""
    return {path.name: path for path in sorted(INSTALLED.rglob("DejaVu*.ttf")) if path.name in FILES}


def missing() -> list[str]:
    return sorted(set(FILES) - set(installed()))


def environment(folder: Path) -> dict[str, str]:
    """Environment variables with which a program sees `FILES` alone. Writes what they point to into the folder."""
    (folder / "fonts").mkdir()
    for name, path in installed().items():
        (folder / "fonts" / name).symlink_to(path)
    config = folder / "fonts.conf"
    config.write_text(CONFIG.format(folder=escape(str(folder))), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config)}
