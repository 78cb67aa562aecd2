"""A copy of a class file that learners may have: places and codes of tags, and nothing else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from framingkit.class_files import write_class
from framingkit.class_views import FEWEST
from framingkit.classes import LearnerTags, read_class
from framingkit.errors import FramingkitError
from framingkit.visible import counted


def share_class(source: Path, target: Path) -> list[str]:
    """Write a copy of a class file without answers, notes and code names; say what is in it.

    The learners are numbered in an order that follows from their tags, so that no place in the
    file tells who somebody is. Tags on texts that the kit does not have are left out.

    Parameters
    ----------
    source
        What ``framingkit collect`` has written.
    target
        The file to write.

    Raises
    ------
    FramingkitError
        If the class cannot be read, fewer than five learners tagged a text of the kit, or the
        file cannot be written.
    """
    found = read_class(source)
    kept = {place: text for place, text in enumerate(found.texts) if text.known}
    number = {old: new for new, old in enumerate(kept)}
    lines = sorted(line for learner in found if (line := _line(learner.tags, number)))
    if len(lines) < FEWEST:
        raise FramingkitError(
            f"{counted(len(lines), 'learner')} of “{source.name}” tagged a text of the kit. With "
            f"fewer than {FEWEST} one could tell who tagged what, so nothing is written."
        )
    shared = replace(
        found, path=target, texts=tuple(kept.values()), items=(), learners=len(lines),
        hand_ins=len(lines),
    )  # fmt: skip
    width = len(str(len(lines)))
    write_class(shared, ((f"learner-{n:0{width}}", line) for n, line in enumerate(lines, 1)))
    return [
        f"“{target.name}” holds the tags of {counted(len(lines), 'learner')}, without code names, "
        "answers and notes. Learners put it into their folder “work”, under the name "
        "class.jsonl.gz.",
    ]


def _line(tags: tuple[LearnerTags, ...], number: dict[int, int]) -> str:
    """Write one learner's tags as the class file has them; empty if there are none."""
    rows: list[dict[str, Any]] = [
        {"text": number[one.text], "start": one.start, "end": one.end, "label": one.label}
        for one in tags
        if one.text in number and one.start
    ]
    if not rows:
        return ""
    content = {"operations": 0, "tags": rows, "responses": {}}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
