"""TOML made to do harm: readings, codebooks and descriptions of articles from anybody."""

import random
from pathlib import Path

from framingkit import course

DATA = course.kit_folder() / "data"
ARTICLE = DATA / "articles" / "alaska-summit"
PATHS = {
    "reading.toml": DATA / "annotations" / "bridge-opening.reference.toml",
    "codebook.toml": DATA / "codebooks" / "diplomatic-framing.toml",
    "document.toml": ARTICLE / "document.toml",
}
GOOD = {name: path.read_text(encoding="utf-8") for name, path in PATHS.items()}
LOADERS = {
    "reading.toml": course.read_reference,
    "codebook.toml": course.load_codebook,
    "document.toml": course.load_article,
}


def load(folder: Path, name: str, text: str) -> None:
    """Load what is in a file of this name."""
    (folder / "article.txt").write_bytes((ARTICLE / "article.txt").read_bytes())
    (folder / name).write_bytes(text.encode())
    LOADERS[name](folder / name)


SIZE = 590_000  # just below what is read


def filled(unit: str, before: str = "", after: str = "") -> str:
    return before + unit * (SIZE // len(unit)) + after


def numbered(form: str, count: int) -> str:
    return "".join(form.format(n) for n in range(count))


TOO_LONG, NOT_TOML = "is far too long", "is not valid TOML"
# name: what is written, and a part of the refusal
CASES: dict[str, tuple[str, str]] = {
    "a dotted key of 100 kB": ("a." * 50_000 + "a = 1", TOO_LONG),
    "a dotted header of 100 kB": (f"[{'a.' * 50_000}a]", TOO_LONG),
    "a dotted key in a list": (f"x = [{{{'a.' * 50_000}a = 1}}]", TOO_LONG),
    "a dotted key with spaces": ("a . " * 50 + "a = 1", TOO_LONG),
    "a dotted key in quotation marks": ('"a b".' * 50 + "a = 1", TOO_LONG),
    "a dotted key in apostrophes": ("'a b'." * 50 + "a = 1", TOO_LONG),
    "a dotted key behind a text": ('x = {a = """b"""", ' + "c." * 100 + "c = 1}", TOO_LONG),
    "a dotted key behind a remark": ('# """\n' + "c." * 100 + "c = 1", TOO_LONG),
    "a number of 5,000 digits": ("x = " + "9" * 5000, TOO_LONG),
    "a number with underscores": ("x = " + "9_" * 5000 + "9", TOO_LONG),
    "a number of 5,000 hexadecimal digits": ("x = 0x" + "f" * 5000, TOO_LONG),
    "a number in a list": ("x = [1, " + "9" * 5000 + "]", TOO_LONG),
    "a key of 5,000 letters": ("k" * 5000 + " = 1", TOO_LONG),
    "2 MB": ("#\n" * 1_000_000, "at most 600,000 are read"),
    "lists in lists": ("x = " + "[" * 100_000, "nested too deeply"),
    "tables in tables": ("x = " + "{a=" * 100_000, "nested too deeply"),
    "half a character": ('x = "\\ud800"', NOT_TOML),
    "a colour": ("\x1b[2J", NOT_TOML),
    "a zero": ('x = "\0"', NOT_TOML),
    "a day that is not there": ("x = 2026-02-30", NOT_TOML),
    "an hour that is not there": ("x = 25:61:00", NOT_TOML),
    "a name twice": ("a.b = 1\na.b = 2", NOT_TOML),
    "nothing but quotation marks": (filled('"'), TOO_LONG),
    "texts that never end": (filled('\\"""'), NOT_TOML),
    "an unknown field of 100 kB": (f'"{"k" * 100_000}" = 1', "unknown field"),
    "an unknown field that colours": ('"\\u001B[2J" = 1', "unknown field"),
    # what is read, and refused for what it holds, in bounded time
    "many keys": (numbered("a{} = 1\n", 55_000), "unknown field"),
    "many tables": (filled("[[a]]\n"), "unknown field"),
    "many subtables": (numbered("[a.b{}]\n", 45_000), "unknown field"),
    "many dotted keys": (numbered("a." * 19 + "b{} = 1\n", 12_000), "unknown field"),
    "many lists": (filled("[],", "x = [", "]"), "unknown field"),
    "many small tables": (filled("{a = 1},", "x = [", "]"), "unknown field"),
    "many dates": (filled("1979-05-27,", "x = [", "]"), "unknown field"),
    "many escapes": (filled("\\u0041", 'x = "', '"'), "unknown field"),
    "a text of many dots": ('x = "' + "a." * 5000 + '"', "unknown field"),
    "a long text of dots": ('x = """\n' + "a." * 5000 + '"""', "unknown field"),
    "a remark of dots": ("# " + "a." * 5000 + "\nx = 1", "unknown field"),
}
WORDS = ['"', "'", '"""', "[", "]", "[[", "{", "}", "=", ".", "a.b.", "\n", "#", "\\", "\\u0041",
         "-1", "9" * 400, "9" * 5000, "0x" + "f" * 900, "1e400", "nan", "inf", "true", "2026-02-30",
         "[1, 2]", "[[spans]]\n", "\x00", "\x1b", "\u202e", "é🦅", '"x" = 1\n', "start = 3\n",
         ""]  # fmt: skip


def mutated_toml(seed: int, count: int):
    """Yield the name of a good file, and its text with a few places changed."""
    chance = random.Random(seed)
    for _ in range(count):
        name = chance.choice(list(GOOD))
        text = GOOD[name]
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(WORDS) + text[at + chance.choice((0, 0, 1, 8, 200)) :]
        if chance.random() < 0.1:  # one value of another kind
            lines = text.split("\n")
            at = chance.randrange(len(lines))
            lines[at] = f"{lines[at].partition('=')[0]} = {chance.choice(WORDS)}"
            text = "\n".join(lines)
        yield name, text
