"""Moves tags from one codebook to the next, by rules that somebody wrote, and never silently.

A rule says what becomes of one code. Two rules with the same end join two codes. A code that is
divided needs a decision for each of its tags, by the words that are tagged; as long as one is open,
nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from framingkit.authoring.course_files import CourseFolder
from framingkit.authoring.reading import write_reading
from framingkit.base import TomlTable, counted, parse_json, parse_toml, read_text, write_atomic
from framingkit.course import (
    COURSE_FILE,
    Codebook,
    Reference,
    ReferenceSpan,
    forget,
    load_reference,
    parse_codebook,
    read_course,
    working_on,
)
from framingkit.errors import FramingkitError
from framingkit.work import check_sheet, sheet_to_bytes

_LISTED = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a code; ``words`` decide where it is divided, by the words of the tag."""

    code: str
    becomes: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Moving:
    """Rules at work: what moved, and what is still open."""

    rules: dict[str, Rule]
    codebook: Codebook
    moved: int = 0
    joined: int = 0
    open: list[str] = field(default_factory=list)

    def label(self, label: str, words: str) -> str:
        """Give the code that a tag on these words gets; a tag that is open is written down."""
        rule = self.rules.get(label)
        if rule is None:
            if label not in {code.id for code in self.codebook.codes}:
                self.open.append(f"There is no rule for {label!r}, which the codebook has not.")
            return label
        key = " ".join(words.split()).casefold()
        chosen = rule.becomes[0] if len(rule.becomes) == 1 else rule.words.get(key, "")
        if not chosen:
            line = f'"{key}" = "{rule.becomes[0]}"'
            self.open.append(f"{label!r} on “{words}”: write below its rule, in words: {line}")
            return label
        self.moved += chosen != label
        return chosen


def read_rules(text: str, codebook: Codebook) -> dict[str, Rule]:
    r"""Read a file of rules, and check that each ends at a code that is there.

    Raises
    ------
    FramingkitError
        If a rule lacks something, or ends at a code that the new codebook has not.

    Examples
    --------
    >>> from framingkit.course import load_codebook
    >>> rules = read_rules('[[rule]]\ncode = "fog"\nbecomes = "hedge"', load_codebook())
    >>> rules["fog"].becomes
    ('hedge',)
    """
    table = parse_toml(text, "the rules")
    table.only(("rule",))
    rules = [_rule(one, codebook) for one in table.tables("rule", "rule")]
    if not rules:
        raise FramingkitError("There is no rule. Write at least one, as [[rule]].")
    twins = [rule.code for rule in rules if [one.code for one in rules].count(rule.code) > 1]
    if twins:
        raise FramingkitError(f"There are two rules for {twins[0]!r}. Write one for each code.")
    return {rule.code: rule for rule in rules}


def _rule(table: TomlTable, codebook: Codebook) -> Rule:
    table.only(("code", "becomes", "words"))
    plain = table.fields.get("becomes")
    becomes = table.texts("becomes") if isinstance(plain, list) else (table.text("becomes"),)
    words = table.fields.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(one, str) for one in words.values()):
        raise FramingkitError(
            f"In {table.what} the field 'words' must be lines of words and codes."
        )
    known = {code.id for code in codebook.codes}
    for code in (*becomes, *words.values()):
        if code not in known or code not in becomes:
            raise FramingkitError(
                f"In {table.what} {code!r} is no code of “{codebook.id}” that the rule names. Add "
                "it to the codebook, or correct the rule."
            )
    decided = {" ".join(key.split()).casefold(): code for key, code in words.items()}
    return Rule(table.text("code"), becomes, decided)


def moved_reading(reading: Reference, moving: Moving) -> Reference:
    """Give a reading with the new codes; entries that become the same are joined."""
    return replace(
        reading,
        spans=_moved_entries(reading, moving),
        near_misses=tuple(
            replace(one, span=replace(one.span, label=moving.label(one.span.label, one.span.quote)))
            for one in reading.near_misses
        ),
        section_frames=tuple(
            replace(
                one,
                primary=moving.label(one.primary, one.section) if one.primary else "",
                secondary=tuple(moving.label(id, one.section) for id in one.secondary),
            )
            for one in reading.section_frames
        ),
    )


def _moved_entries(reading: Reference, moving: Moving) -> tuple[ReferenceSpan, ...]:
    entries = []
    met = set()
    for entry in reading.spans:
        span = replace(entry.span, label=moving.label(entry.span.label, entry.span.quote))
        if span.key in met:
            moving.joined += 1
            continue
        met.add(span.key)
        accepts = [new for old in entry.accepts for new in _all_of(old, moving)]
        kept = tuple(label for label in dict.fromkeys(accepts) if label != span.label)
        entries.append(replace(entry, span=span, accepts=kept))
    return tuple(entries)


def _all_of(label: str, moving: Moving) -> Sequence[str]:
    rule = moving.rules.get(label)
    return rule.becomes if rule else (label,)


def moved_sheet(sheet: dict[str, Any], before: str, moving: Moving) -> dict[str, Any]:
    """Give an answer sheet in which the tags of one codebook have the new codes."""
    documents = []
    for document in sheet["documents"]:
        if document["codebook"] != before:
            documents.append(document)
            continue
        spans, met = [], set()
        for span in document["spans"]:
            new = span | {"label": moving.label(span["label"], span["quote"])}
            key = (new["start"], new["end"], new["label"])
            moving.joined += key in met
            spans += [] if key in met else [new]
            met.add(key)
        names = {"codebook": moving.codebook.id, "codebook_sha256": moving.codebook.sha256}
        documents.append(document | names | {"spans": spans})
    return sheet | {"documents": documents}


def move_course(folder: Path, codebook: Path, rules: Path) -> list[str]:
    """Move the readings of a course to a new codebook, and take that codebook over.

    Raises
    ------
    FramingkitError
        If a tag is open. Nothing is written then, and the sentence lists what is open.
    """
    course, book, moving = CourseFolder(folder), read_text(codebook), _moving(codebook, rules)
    with working_on(folder):
        paths = sorted(folder.glob("data/annotations/*.reference.toml"))
        readings = [moved_reading(load_reference(path), moving) for path in paths]
    _refuse_open(moving)
    said = [line for one in readings for line in write_reading(folder, one).sentences]
    about = read_course(folder)
    old = course.data(f"codebooks/{about.codebook}.toml")
    if old.is_file():
        write_atomic(course.for_teachers(f"earlier/{old.name}"), old.read_bytes())
    write_atomic(course.for_teachers(f"moves/{moving.codebook.version}.toml"), rules.read_bytes())
    write_atomic(course.data(f"codebooks/{moving.codebook.id}.toml"), book.encode())
    text = read_text(folder / COURSE_FILE)
    line, new = f'codebook = "{about.codebook}"', f'codebook = "{moving.codebook.id}"'
    write_atomic(folder / COURSE_FILE, text.replace(line, new).encode())
    forget()
    return [
        *said, _summary(moving), "Now make each lesson again, so that its codes and its quick test "
        "are the new ones: framingkit new-lesson for-teachers/….preview.txt -o . --again --yes",
    ]  # fmt: skip


def move_sheets(source: Path, target: Path, before: str, codebook: Path, rules: Path) -> list[str]:
    """Write hand-ins with the new codes into a folder of their own; the old ones stay as they are.

    Raises
    ------
    FramingkitError
        If a tag is open, or the target holds something.
    """
    if target.exists() and any(target.iterdir()):
        raise FramingkitError(f"“{target.name}” holds something. Give a new folder with -o.")
    moving = _moving(codebook, rules)
    made = {}
    for path in sorted(source.glob("*.answers.json")):
        sheet = check_sheet(parse_json(read_text(path), path.name), path.name)
        made[path.name] = moved_sheet(sheet, before, moving)
    _refuse_open(moving)
    for name, sheet in made.items():
        write_atomic(target / name, sheet_to_bytes(sheet))
    return [f"{counted(len(made), 'hand-in')} with the new codes in “{target}”.", _summary(moving)]


def _moving(codebook: Path, rules: Path) -> Moving:
    try:
        new = parse_codebook(read_text(codebook))
    except FramingkitError as error:
        raise FramingkitError(f"The codebook “{codebook.name}” cannot be used. {error}") from None
    try:
        return Moving(read_rules(read_text(rules), new), new)
    except FramingkitError as error:
        raise FramingkitError(f"The rules in “{rules.name}” cannot be used. {error}") from None


def _refuse_open(moving: Moving) -> None:
    found = list(dict.fromkeys(moving.open))
    if found:
        more = [f"And {len(found) - _LISTED} more."] * (len(found) > _LISTED)
        head = f"Nothing was moved, because {counted(len(found), 'decision')} is still open:"
        raise FramingkitError("\n".join([head, *found[:_LISTED], *more]))


def _summary(moving: Moving) -> str:
    joined = f"; {moving.joined} became the same as another and were joined" * bool(moving.joined)
    return f"{counted(moving.moved, 'tag')} moved to other codes{joined}."
