"""Plain, native English in everything that people read: lessons, questions, pages, readings, codes.

Each pattern stands for a habit that was found in these texts and removed, beside what to write
instead. Words that somebody else said, in quotation marks, are left out, and so is code.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from for_each import for_each

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("exercises/solutions/*.ipynb")]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/instructor-guide/*.md")]
PAGES += [path for path in ROOT.glob("docs/*.md") if path.name != "architecture.md"]
PAGES += [*ROOT.glob("exercises/*.md"), *ROOT.glob("data/**/README.md")]
TABLES = [path for path in ROOT.glob("data/**/*.toml") if "own-" not in path.name]
TABLES += [ROOT / "tools" / "worksheets.toml", ROOT / "src/framingkit/widgets/words.toml"]
FILES = sorted([*NOTEBOOKS, *PAGES, *TABLES])
# What these fields hold are words of a text, ids or addresses, not the kit's own prose.
NOT_PROSE = {
    "quote", "example", "near_miss", "id", "url", "at", "at_start", "sources", "items", "codes",
    "accepts", "keep", "label", "not_label", "take", "asks", "host", "lesson", "document", "title",
    "where", "authors", "doi", "address", "heading", "sha256",
}  # fmt: skip
FRONTED = (
    r"(?:^|[.!?] )(?:Whether|Why|What) (?:[\w’-]+ ){1,9}[\w’-]+, (?:you|the words|readers?|they)\b"
)
HABITS = {
    r"\bstands?\b(?! (?:for|against|out|up|behind|alone|by|in for|to gain)\b)": "is, or appears",
    r"\bstood\b(?! (?:for|against|out|up|behind|alone|by|side|beside|close)\b)": "was",
    r"\b(?:one|two|three|get|gets) yes\b|\btwice yes\b|\btimes yes\b|\bwith yes\b": "answer is yes",
    r"(?<!There )\bis no (?:\w+ )?(?:word|card|fact|mark|measure|ritual|sentence|metaphor|device"
    r"|source|hedge|question|tag|proof|quotation|clash)\b": "is not a",
    r"\band not (?:the|a|an|in|of|by|its|his|their|what|why|how|who|from|to)\b": ", not",
    r"\b[Mm]istaken\b": "wrong",
    r"\bpictures? in words\b|\b[Ss]wap the picture\b|\b[Cc]hange the picture\b": "metaphor, image",
    FRONTED: "put the object after the verb",
    r"(?:^|[.!?:] )To [a-z]+ (?:[\w’-]+ ){0,6}(?:is|are|means|does not)\b": "-ing form",
    r"\bcomes? (?:once|twice|(?:two|three|four|five|six) times)\b": "appears, or occurs",
    r"\btouched by\b": "affected by",
    r"\b(?:first|main|second) frames?\b": "primary frame, secondary frame",
    r"\b[Tt]he reference\b(?! readings?\b)": "the reference reading",
    r"\b(?:good|careful) reader\b": "another reader",
    r"\b[Mm]ore-than-X\b": "More than X",
    r"\bof now\b": "current",
    r"\bthe own\b|\bown one\b": "their own",
    r"\bso many\b": "this many",
    r"\b[Mm]end(?:s|ed|ing)?\b": "repair, or correct",
    r"\banew\b": "again",
    r"\b(?:in|of) every class\b|\bnearly everybody (?:tags|finds|misses)\b": "we expect",
    r'(?<![=\w])"': "curly quotation marks",
}  # fmt: skip


def texts_in(value: object, name: str = "") -> Iterator[str]:
    """Give all texts of a table of TOML that are prose."""
    if isinstance(value, str) and name not in NOT_PROSE:
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts_in(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part, name)


def prose_of(path: Path) -> Iterator[str]:
    if path.suffix == ".toml":
        yield from texts_in(tomllib.loads(path.read_text(encoding="utf-8")))
    elif path.suffix == ".ipynb":
        notebook = nbformat.read(path, as_version=4)
        yield from (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    else:
        yield re.sub(r"```.*?```", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def plain(text: str) -> str:
    """Take out code, addresses, HTML and the words of others."""
    text = re.sub(r"`[^`]*`|<[^>]+>|\]\([^)]*\)", " ", text)
    text = re.sub(r"^>.*$", " ", text, flags=re.MULTILINE)
    return re.sub(r"“[^”]*”|‘[^’]*’(?!\w)", "“”", text)


def habits_in(text: str) -> list[str]:
    found = [(re.search(pattern, plain(text)), instead) for pattern, instead in HABITS.items()]
    return [f"“{match.group().strip()}”: {instead}" for match, instead in found if match]


def lines_of(path: Path) -> Iterator[str]:
    for text in prose_of(path):
        yield from re.split(r"\n\s*\n|\n(?=[-|#>*]|\d+\. )", text)


@for_each(FILES)
def test_what_people_read_is_written_in_native_english(path):
    wrong = [
        f"{habit}   in: {' '.join(line.split())[:120]}"
        for line in lines_of(path)
        for habit in habits_in(line)
    ]

    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "The words stand in sentence 4.", "The frame gets two yes.", "An offer is no card.",
        "The rule decides, and not the first impression.", "Two facts are mistaken.",
        "Now change the picture.", "Whether this helps Russia, readers will judge differently.",
        "To leave out is also to choose.", "A word that comes twice.", "Who is touched by it?",
        "Ask for the first frame.", "The reference has four tags.", "A careful reader may object.",
        'The word "chess" is there.', "They come back in every class.",
    ],
)  # fmt: skip
def test_each_habit_is_found(text):
    assert habits_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "GM stands for game metaphor.", "He said “the stone stands here”.", "`a = \"b\"`",
        "To find out, ask a friend.", "It is not a card.", "What is missing, and who is named?",
        "The reference reading has tags.",
    ],
)  # fmt: skip
def test_other_words_are_fine(text):
    assert not habits_in(text)
