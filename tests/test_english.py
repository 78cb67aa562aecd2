"""Plain, native English in the code: docstrings, comments and what is said to people.

Each pattern stands for a habit that was found in this project and removed. A new one is added here
when it is found, together with what to write instead.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = [
    path
    for folder in ("src", "tools", "bench", ".ci")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".js") or path.name == "words.toml"
]
HABITS = {
    r"\bstands?\b(?! (?:for|against|out|up|behind|alone)\b)": "is, or appears",
    r"\bstood\b": "was, or appeared",
    r"\bso many\b": "this many",
    r"\bwhat came\b|\bbut this came\b": "what was given",
    r"\bof now\b": "current",
    r"(?<!nothing )\b(?:is|are|was|were) (?:said|told)\b": "say who says it",
    r"\btak(?:e|es|en|ing) (?:\w+ )?(?:the )?(?:last )?(?:\w+ )?back\b": "undo",
    r"\belsewise\b": "otherwise",
    r"\b[Mm]end(?:s|ed|ing)?\b": "fix",
    r"\b[Mm]istaken\b": "wrong",
    r"\bgo on to\b": "are passed to",
    r"\banew\b": "again",
    r"\bthe own\b|\bits own one\b|\bown ones\b": "their own",
    r"\bin a rarer way\b": "in a less common way",
    r"\bgoes before\b": "takes precedence over",
    r"\bkept already\b": "already exists",
    r"\bnothing to do again\b|\bdone again\b": "nothing to redo, redone",
}


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Give every comment and every string of a file that has more than one word, by its line."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from enumerate(source.splitlines(), start=1)
        return
    if path.suffix == ".js":
        for match in re.finditer(r"/\*.*?\*/|//[^\n]*", source, re.S):
            yield source.count("\n", 0, match.start()) + 1, match.group()
        return
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value


def habits_in(text: str) -> list[str]:
    found = [(re.search(pattern, text), instead) for pattern, instead in HABITS.items()]
    return [f"“{match.group()}”: write “{instead}”" for match, instead in found if match]


def test_code_is_written_in_plain_native_english():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {habit}"
        for path in FILES
        for line, text in words_of(path)
        for habit in habits_in(text)
    ]

    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "The key stands twice.", "Put so many passages at most.", "Mend that line.",
        "Your tags of now are kept.", "It is said what was read.",
        "Ctrl+Z takes the last act back.",
    ],
)  # fmt: skip
def test_the_word_list_finds_each_habit(text):
    assert len(habits_in(text)) == 1


def test_other_uses_of_the_same_words_are_fine():
    assert (
        habits_in("The chip stands for a code; the class stands against it. Understand it.") == []
    )
