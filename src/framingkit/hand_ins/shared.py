"""A copy of a class for its learners: where the tags are, and nothing that tells whose they are.

Each row holds what one learner tagged in one section. The rows of a section are in an order that
follows from the tags alone, so no row can be joined to one of another section. A section that few
learners tagged is left out. Two copies that differ by few learners could be subtracted from each
other; so what was shared is written down beside the class file, as digests.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from framingkit import course
from framingkit.base import counted, parse_json, read_text, shown, write_atomic
from framingkit.course import Section
from framingkit.errors import FramingkitError
from framingkit.hand_ins.file import (
    CLASS_FILE,
    SMALLEST_GROUP,
    ClassFile,
    compact_json,
    read_class,
    write_class,
)
from framingkit.hand_ins.learners import Learner, LearnerTags

_RECORD = ".shared.json"
_RECORD_FORMAT = "framingkit shared copies"
_RECORD_LIMIT = 1 << 28

_NAMED = 10

Row = tuple[tuple[int, int, str], ...]
Key = tuple[int, str]
"""A section: the number of its text in the class, and its id."""
Parts = dict[Key, list[Row]]


def share_class(source: str | Path, target: str | Path, again: bool = False) -> str:
    """Write a copy of a class file without answers, notes and code names; say what is in it.

    Tags on texts that the kit does not have are left out, and so is what lies in no section. A tag
    that begins in one section and ends in another is cut where the first one ends.

    Parameters
    ----------
    source
        What ``framingkit collect`` has written.
    target
        The file to write.
    again
        Write it although it differs from an earlier copy by fewer than five learners.

    Raises
    ------
    FramingkitError
        If the class cannot be read, no section was tagged by five learners, it is too much like an
        earlier copy, or the file cannot be written.
    """
    class_file, target = read_class(source), Path(target)
    refuse_shared(class_file)
    cut = list(filter(None, map(_cutter(class_file), class_file)))
    found = _parts(cut)
    kept = {key: sorted(rows) for key, rows in found.items() if len(rows) >= SMALLEST_GROUP}
    if not kept:
        raise FramingkitError(_too_few(class_file, len(cut)))
    _remember(class_file, target, kept, again)
    _write(class_file, target, kept)
    people = sum(not kept.keys().isdisjoint(learner) for learner in cut)
    closed = [_title(class_file, key) for key in sorted(found.keys() - kept.keys())]
    sentences = [
        f"“{shown(target.name)}” holds the tags of {counted(people, 'learner')}, without code "
        "names, answers and notes.",
        *_left_out(closed),
        f"Learners put it into their folder “work”, under the name {CLASS_FILE}.",
    ]
    return " ".join(sentences)


def _too_few(class_file: ClassFile, people: int) -> str:
    name, who = f"“{shown(class_file.path.name)}”", counted(people, "learner")
    tagged = f"Only {who} of {name} tagged a text of the kit."
    if people >= SMALLEST_GROUP:
        tagged = f"No section was tagged by {SMALLEST_GROUP} learners of {name}."
    return (
        f"{tagged} With fewer than {SMALLEST_GROUP} one could tell who tagged what, so nothing is "
        "written."
    )


def _left_out(titles: list[str]) -> list[str]:
    if not titles:
        return []
    more = [f"and {len(titles) - _NAMED} more"] if len(titles) > _NAMED else []
    named = ", ".join([*titles[:_NAMED], *more])
    return [f"Left out, because fewer than {SMALLEST_GROUP} learners tagged it: {named}."]


def refuse_shared(class_file: ClassFile) -> None:
    """Refuse a copy for learners where only the class itself will do."""
    if class_file.shared:
        raise FramingkitError(
            f"“{shown(class_file.path.name)}” is the copy of a class that was made for learners. "
            "Use the file that “framingkit collect” has written."
        )


def _cutter(class_file: ClassFile) -> Callable[[Learner], dict[Key, Row]]:
    """Return what finds the tags of one learner in each section of the kit's texts."""
    sections = {
        number: course.kit_article(text.version.id).sections
        for number, text in enumerate(class_file.texts)
        if text.known
    }

    def cut(learner: Learner) -> dict[Key, Row]:
        return {
            (tags.text, section.id): row
            for tags in learner.tags
            for section in sections.get(tags.text, ())
            if (row := _within(tags, section))
        }

    return cut


def _within(tags: LearnerTags, section: Section) -> Row:
    return tuple(sorted({
        (start, min(end, section.end), label)
        for start, end, label in zip(tags.start, tags.end, tags.label, strict=True)
        if section.start <= start < section.end
    }))  # fmt: skip


def _parts(cut: Iterable[dict[Key, Row]]) -> Parts:
    parts: Parts = defaultdict(list)
    for learner in cut:
        for key, row in learner.items():
            parts[key].append(row)
    return dict(parts)


def _write(class_file: ClassFile, target: Path, parts: Parts) -> None:
    most: dict[int, int] = {}
    for (text, _), rows in parts.items():
        most[text] = max(most.get(text, 0), len(rows))
    numbers = {text: number for number, text in enumerate(sorted(most))}
    texts = tuple(replace(class_file.texts[text], learners=most[text]) for text in numbers)
    lines = [_line(numbers[key[0]], row) for key in sorted(parts) for row in parts[key]]
    copy = ClassFile(target, texts, (), len(lines), len(lines), True, class_file.course)
    width = len(str(len(lines)))
    named = ((f"part-{number:0{width}}", line) for number, line in enumerate(lines, start=1))
    write_class(copy, named, mode=0o666)


def _line(text: int, row: Row) -> str:
    start, end, label = map(list, zip(*row, strict=True))
    tags = {"text": text, "start": start, "end": end, "label": label}
    return compact_json({"operations": 0, "tags": [tags], "responses": {}})


def _title(class_file: ClassFile, key: tuple[int, str]) -> str:
    document = course.kit_article(class_file.texts[key[0]].version.id)
    return f"“{document.section(key[1]).title}” of {document.id}"


Copy = dict[str, list[str]]
"""Digests of the rows of each section, by the section with its text and codebook."""


def _remember(class_file: ClassFile, target: Path, parts: Parts, again: bool) -> None:
    """Compare with what was shared before, and write down what is shared now."""
    path = class_file.path.with_name(f"{class_file.path.name.partition('.')[0]}{_RECORD}")
    copies, now = _recorded(path), _copy(class_file, parts)
    earlier = list(_earlier({path.parent.resolve(), target.parent.resolve()}, target))
    close = {section for copy in earlier for section in now if _is_close(copy, now, section)}
    if close and not again:
        raise FramingkitError(
            f"This copy differs from an earlier one by fewer than {SMALLEST_GROUP} learners in "
            f"{counted(len(close), 'section')}. Whoever has both can subtract one from the other "
            "and see what these few tagged. Wait for more hand-ins; or, if nobody has the earlier "
            "copy, write it with --again."
        )
    if now not in copies:
        record = {"format": _RECORD_FORMAT, "schema": 1, "copies": [*copies, now]}
        write_atomic(path, f"{compact_json(record)}\n".encode())


def _earlier(folders: Iterable[Path], target: Path) -> Iterator[Copy]:
    """Find what was shared from these folders, whatever the class and the copies are called."""
    found = {target}
    for folder in folders:
        for path in sorted(folder.glob(f"*{_RECORD}")):
            yield from _recorded(path)
        found.update(folder.glob("*.gz"))
    for path in sorted(found):
        with suppress(FramingkitError):  # it may be anything: then it is no earlier copy
            before = read_class(path)
            if before.shared:
                yield _copy(before, _parts(map(_cutter(before), before)))


def _copy(class_file: ClassFile, parts: Parts) -> Copy:
    copy = {}
    for (text, section), rows in parts.items():
        version = class_file.texts[text].version
        name = f"{version.key}/{version.codebook_sha256[:12]}/{section}"
        copy[name] = sorted(hashlib.sha256(repr(row).encode()).hexdigest()[:16] for row in rows)
    return copy


def _is_close(before: Copy, now: Copy, section: str) -> bool:
    """Tell whether some learners left or came in a section, but fewer than five.

    Who changed a tag did both.
    """
    old, new = Counter(before.get(section)), Counter(now[section])
    differ = (old - new).total(), (new - old).total()
    return section in before and any(0 < count < SMALLEST_GROUP for count in differ)


def _recorded(path: Path) -> list[Copy]:
    if not path.exists():
        return []
    record = parse_json(read_text(path, _RECORD_LIMIT), path.name)
    copies = record.get("copies") if isinstance(record, dict) else None
    if not isinstance(copies, list) or not all(map(_is_copy, copies)):
        raise FramingkitError(
            f"“{shown(path.name)}” should say what was shared before, but it is damaged. Rename it "
            "to go on without."
        )
    return copies


def _is_copy(copy: object) -> bool:
    return isinstance(copy, dict) and all(
        isinstance(rows, list) and all(isinstance(row, str) for row in rows)
        for rows in copy.values()
    )
