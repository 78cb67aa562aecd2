"""Write the JupyterLab extension that opens lessons ready: its script, and the code it may run.

    python tools/make_extension.py

The script is jupyter/extension/lesson.js without comments and indentation. Beside it lies, for each
lesson, each workbook and the practice notebook, its path, its title, its parts with what is to be
done in them, and the ids of its cells with their code; a cell of words has none. Answer cells, in
which learners type, are not among them. The sentences of the strip come from
src/framingkit/widgets/words.toml.
"""

import json
import re
from pathlib import Path

import nbformat

from framingkit.course import LessonPart, parts_of
from framingkit.widgets.words import words_for

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "jupyter" / "extension" / "lesson.js"
TARGET = ROOT / "jupyter" / "labextensions" / "framingkit-lesson" / "static"
PRACTICE = "practice"
FOLDERS = {"notebooks": "{}", "exercises": "exercises-{}"}
_COMMENT = re.compile(r"^[ ]*(/\*(?:(?!\*/).)*\*/|//[^\n]*)$", re.MULTILINE | re.DOTALL)


def entries(root: Path = ROOT) -> dict[str, dict[str, object]]:
    """Describe each shipped lesson and workbook by its id."""
    found = {}
    for folder, id in FOLDERS.items():
        for path in sorted((root / folder).glob("[0-9][0-9]-*.ipynb")):
            found[id.format(path.stem)] = _entry(path, f"{folder}/{path.name}")
    practice = root / "notebooks" / f"{PRACTICE}.ipynb"
    if practice.is_file():
        found[PRACTICE] = _entry(practice, f"notebooks/{practice.name}")
    return found


def _entry(path: Path, name: str) -> dict[str, object]:
    notebook = nbformat.read(path, as_version=4)
    kit = [cell for cell in notebook.cells if "answer" not in cell.metadata.get("tags", ())]
    cells = {cell.id: cell.source if cell.cell_type == "code" else None for cell in kit}
    title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
    if path.stem != PRACTICE and path.stem[:2] not in title:
        title = f"{path.stem[:2]} {title}"
    end = next(cell.id for cell in kit if "lesson.hand_in()" in (cells[cell.id] or ""))
    parts = [_part(part) for part in parts_of(kit)]
    return {"path": name, "title": title, "end": end, "parts": parts, "cells": cells}


def _part(part: LessonPart) -> dict[str, object]:
    """Give what the strip says of a part, and what has to be done for it."""
    acts = [*part.items, *map("/".join, part.tagged)]
    return {"id": part.cell, "name": part.name, "time": part.minutes, "acts": acts}


def files(root: Path = ROOT) -> dict[str, str]:
    """Give the text of each file: the script, and the lessons, one a line."""
    script = _COMMENT.sub("", SOURCE.read_text(encoding="utf-8"))
    lines = [line.strip() for line in script.splitlines()]
    words = json.dumps(words_for("strip"), ensure_ascii=False)
    lessons = [
        f"{json.dumps(id)}: {json.dumps(entry, ensure_ascii=False)}"
        for id, entry in entries(root).items()
    ]
    together = ",\n".join(lessons)
    return {
        "remoteEntry.js": "".join(f"{line}\n" for line in lines if line),
        "lessons.json": f'{{"words": {words},\n"lessons": {{\n{together}\n}}}}\n',
    }


if __name__ == "__main__":
    for name, text in files().items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
