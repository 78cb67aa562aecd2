"""Make docs/sources.md, and the findings in part 13 of the guide, from data/.

Usage, from the top folder of the kit::

    python tools/make_sources.py

The works are in ``data/sources.toml``, what they say in ``data/research.toml``. In the guide, the
lines between the two marks are made; the rest of part 13 is written by hand.
"""

import itertools
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from framingkit.course.data import load_codebook, load_findings, load_works
from framingkit.course.sources import Work

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "sources.md"
GUIDE = ROOT / "docs" / "instructor-guide.md"
FIRST = "<!-- made by tools/make_sources.py from data/research.toml; change the data -->"
LAST = "<!-- up to here -->"

HEAD = """# Sources

Every work that the kit names is here, with what we read of it. Made by a program from
`data/sources.toml` and `data/research.toml`: change these files, not this page.

**We read no work in full.** Some were read as an abstract or an excerpt, others only as a title,
and some are named from general knowledge and were not looked up. All look-ups were made in stored
copies of public pages, on 28 and 29 November 2026. Read a work yourself before you rely on it.

The pages that are evidence for claims about the meeting in Alaska are not here. They are in the
source notes of lessons 01 and 02, and in the fact sheet of the instructor guide.

## What the kit says about research

| Topic | What it says |
|---|---|
"""


def heading(id: str) -> str:
    """Return the heading of a work, whose anchor is its id: “Brugman 2019”."""
    written = {"ap": "AP", "babe": "BABE", "dangelo": "D’Angelo"}
    plain = ("anonymous", "scare", "quotes")
    words = [word if word in plain else word.capitalize() for word in id.split("-")]
    return " ".join(written.get(word.lower(), word) for word in words)


def with_links(says: str, file: str = "") -> str:
    """Return what a finding says, its links leading to the entries of this page or of a file."""
    return re.sub(r"\]\(([a-z0-9-]+)\)", rf"]({file}#\1)", says)


def work_entry(work: Work, codes: Iterable[str]) -> str:
    """Return one work: who, when, what, where, and what was read of it."""
    stop = "" if work.title.endswith("?") else "."
    told = f"{work.authors} ({work.year}). *{work.title}*{stop} {work.where}."
    used = ", ".join(codes)
    parts = [
        f"### {heading(work.id)}",
        f"{told} <{work.link}>" if work.link else told,
        f"**Read:** {work.read}.{' ' + work.note if work.note else ''}",
        *([f"**Codes that rest on it:** {used}."] if used else []),
    ]
    return "\n\n".join(parts)


def page() -> str:
    """Return the page of sources."""
    codes = load_codebook().codes
    entries = [
        work_entry(work, [code.name for code in codes if work.id in code.sources])
        for _, work in sorted(load_works().items())
    ]
    rows = [f"| {one.topic} | {with_links(one.says)} |\n" for one in load_findings()]
    return f"{HEAD}{''.join(rows)}\n## Works\n\n" + "\n\n".join(entries) + "\n"


def in_guide() -> str:
    """Return the findings as part 13 of the guide has them: a paragraph for each topic."""
    paragraphs = [FIRST]
    for topic, findings in itertools.groupby(load_findings(), lambda one: one.topic):
        told = " ".join(with_links(one.says, "sources.md") for one in findings)
        paragraphs.append(f"**{topic}.** {told}")
    return "\n\n".join([*paragraphs, LAST])


def guide_with_findings(guide: str) -> str:
    """Return the guide with the findings between the two marks."""
    parts = re.split(f"{re.escape(FIRST)}.*?{re.escape(LAST)}", guide, flags=re.DOTALL)
    if len(parts) != 2:
        raise ValueError(f"The guide has {len(parts) - 1} places for the findings, and not one.")
    return in_guide().join(parts)


def main() -> int:
    """Write the page, and the findings in the guide."""
    PAGE.write_text(page(), encoding="utf-8")
    GUIDE.write_text(guide_with_findings(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{len(load_works())} works and {len(load_findings())} findings were written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
