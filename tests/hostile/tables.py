"""Marked tables made to do harm: a teacher's table, damaged as spreadsheets and accidents do it.

Whatever is in a table, grading and merging either work, with every old byte kept in the backup, or
refuse it in one sentence and change nothing.
"""

import random
from pathlib import Path

from framingkit.errors import FramingkitError
from framingkit.hand_ins.file import ClassFile, compact_json, write_class
from framingkit.reports.grades import grade, read_key
from framingkit.reports.marks import merge_marks

ITEMS = ("gut-reactions", "exit-framing-and-falsehood")
PEOPLE = {"007": "kfdxbcghjlmnpqrs", "7": "bbbbcghjlmnpqrst", "sun.zzzz": "zzzzcghjlmnpqrst"}
LONGEST_SENTENCE = 1500

PIECES = [
    b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"sep=;\r\n", b"'", b"=", b"-", b"1e400", b"NaN", b"2,0", b"3", b"-1", b"9" * 400, b"\x1b[2J",
    b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xc3", b"mark", b"item", b"code_name", b"person", b"note",
    b"007", b"7", b"sun", b"sun.zzzz", *(person.encode() for person in PEOPLE.values()),
    b'"' + b"x" * 140_000, b"," * 3000, b"\r\n" * 2000, b"PK\x03\x04",
]  # fmt: skip


def prepare(folder: Path) -> bytes:
    """Write a class and its tables; give the table of written answers with marks in it."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for coder, person in sorted(PEOPLE.items()):
        texts = {item: {"text": f"=1;\t{coder} wrote\r\n“{item}”"} for item in ITEMS}
        content = {"person": person, "operations": 1, "tags": [], "responses": texts}
        lines.append((coder, compact_json(content)))
    path = folder / "class.jsonl.gz"
    write_class(ClassFile(path, (), tuple(sorted(ITEMS)), len(lines), len(lines)), lines)
    written = folder / "written.csv"
    grade(path, folder / "grades.csv", written)
    # The mark is the first empty cell of a row.
    return written.read_bytes().replace(b'"",', b'"2",', 4)


def damaged(seed: int, table: bytes, count: int) -> list[bytes]:
    """Damage a table in several ways, from one seed."""
    luck = random.Random(seed)
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
    made = []
    for _ in range(count):
        content = bytearray(table)
        for _ in range(luck.choice((0, 1, 1, 2, 5, 20))):
            place = luck.randrange(len(content) + 1)
            length = luck.choice((0, 0, 1, 3, 30, 300))
            content[place : place + length] = luck.choice(PIECES)
        changed = bytes(content)
        if luck.random() < 0.3:
            text = changed.decode("utf-8-sig", "replace").replace(",", luck.choice(",;\t"))
            changed = text.encode(luck.choice(encodings), "replace")
        made.append(changed[: luck.choice((len(changed), len(changed), luck.randrange(2000)))])
    return made


def try_table(folder: Path, content: bytes) -> bool:
    """Grade and merge with a table in each of its places; tell whether one of them was read."""
    whole, written, grades = (folder / name for name in ("class.jsonl.gz", "written.csv", "g.csv"))
    backup, good = written.with_name("written.csv.bak"), (folder / "grades.csv").read_bytes()
    backup.unlink(missing_ok=True)
    written.write_bytes(content)
    grades.write_bytes(good)
    read = [
        _tried(lambda: merge_marks(grades, written, folder / "final.csv")),
        _tried(lambda: grade(whole, grades, written)),
    ]
    now = written.read_bytes()
    assert now == content or not content or (read[1] and backup.read_bytes() == content)
    grades.write_bytes(content)
    written.write_bytes(content)
    read += [
        _tried(lambda: merge_marks(grades, written, folder / "other.csv")),
        _tried(lambda: grade(whole, grades, key=read_key(written))),
    ]
    return any(read)


def _tried(command) -> bool:
    read = True
    try:
        said = command()
    except FramingkitError as refusal:
        said, read = [str(refusal)], False
    for sentence in said:
        assert len(sentence) < LONGEST_SENTENCE, sentence
        assert sentence.isprintable(), ascii(sentence)
    return read
