"""Sets of fonts for browser tests: what looks right with one font may break with another."""

import os
import re
import sys
from pathlib import Path

import pytest

FONT_SETS = ("DejaVu", "Noto")
"""On a bare Debian machine a browser uses DejaVu; with the package fonts-noto-core, Noto."""

_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fonts",
)
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{folder}</dir>
<cachedir>{folder}/cache</cachedir>
<alias><family>serif</family><prefer><family>{family} Serif</family></prefer></alias>
<alias><family>sans-serif</family><prefer><family>{family} Sans</family></prefer></alias>
</fontconfig>
"""


def font_configuration(family: str, folder: Path) -> Path:
    """Write a configuration that offers one family, whatever is installed.

    Where the family is missing, the test is skipped and says why. The automatic checks install
    both and set FRAMINGKIT_FONTS: there a missing family is a failure.
    """
    if sys.platform != "linux":
        pytest.skip("Only on Linux can a test choose the fonts of a browser.")
    pattern = re.compile(rf"{family}(Sans|Serif|SansMono)(-Regular|-Bold)?\.ttf")
    files = [file for place in _FOLDERS for file in place.rglob(f"{family}*.ttf")]
    files = [file for file in files if pattern.fullmatch(file.name)]
    if not any("Serif" in file.name for file in files):
        missing = f"The fonts {family} are not installed (Debian: fonts-{family.lower()}-core)."
        if os.environ.get("FRAMINGKIT_FONTS") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    for file in files:
        if not (folder / file.name).exists():
            (folder / file.name).symlink_to(file)
    configuration = folder / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, family=family), encoding="utf-8")
    return configuration
