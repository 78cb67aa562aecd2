"""What the benchmarks share: made-up texts with tags, a browser, and tables of numbers."""

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from framingkit import course

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
_WORDS = course.load_article().text.split()
CODEBOOK = course.load_codebook()
CODES = [code.id for code in CODEBOOK.core]


@contextmanager
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("FRAMINGKIT_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield found
        found.close()


def text_of(characters: int, chance: random.Random) -> str:
    """Make a text of paragraphs as long as those of a newspaper."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) + len(paragraphs) < characters:
        words = [chance.choice(_WORDS) for _ in range(chance.randint(20, 60))]
        paragraphs.append(" ".join(words).capitalize() + ".")
        if len(paragraphs) % 500 == 0 and characters > 500_000:
            paragraphs *= 2  # saying it twice is faster, and as long
    return "\n".join(paragraphs)[:characters]


def tags_of(text: str, count: int, chance: random.Random) -> list[dict[str, Any]]:
    """Scatter tags of 4 to 40 characters over a text."""
    found = []
    for number in range(count):
        start = chance.randrange(0, len(text) - 60)
        end = start + chance.randint(4, 40)
        label = chance.choice(CODES)
        found.append({"start": start, "end": end, "label": label, "quote": text[start:end]})
        found[-1]["id"] = f"made.{number}"
    return found


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def summary(values: Sequence[float]) -> list[str]:
    """Say the least, the middle and nearly the greatest of some numbers."""
    parts = (min(values), percentile(values, 0.5), percentile(values, 0.95))
    return [f"{one:.1f}" for one in parts]


def load() -> str:
    """Say how busy the computer is: numbers from a busy one are too large."""
    return "load average " + ", ".join(f"{one:.1f}" for one in os.getloadavg())


def table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Put numbers below one another, as Markdown does."""
    widths = [max(len(line[n]) for line in [heads, *lines]) for n in range(len(heads))]

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)) + " |"

    return "\n".join([row(heads), row(["-" * width for width in widths]), *map(row, lines)])
