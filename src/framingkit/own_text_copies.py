"""The copy of a learner's own text in the work folder.

It lies in ``texts/<id>/article.txt`` and ``document.toml``, in the form of the kit's own
articles. A copy is only as good as its sha256: another learner's text of the same name is
never taken for this one's.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framingkit import files, saving
from framingkit.documents import Document, parse_document
from framingkit.errors import FramingkitError
from framingkit.own_texts import from_response, is_own


def find(folder: Path, id: str, response: Mapping[str, Any] | None) -> Document | None:
    """Find the text in use: in the answer itself, or in the copy that was made when it was used.

    Parameters
    ----------
    folder
        The work folder.
    id
        The text's name.
    response
        The learner's latest answer to the item of this name; None if there is none.
    """
    if not response or not is_own(id):
        return None
    found = from_response(id, response)
    if found is None and response.get("used"):
        found = _read_copy(folder, id)
    return found if found and found.sha256 == response.get("used") else None


def _read_copy(folder: Path, id: str) -> Document | None:
    here = folder / "texts" / id
    try:
        return parse_document(
            files.read_text(here / "document.toml"), files.read_bytes(here / "article.txt")
        )
    except FramingkitError:
        return None


def keep_copy(folder: Path, document: Document) -> Path:
    """Write the copy in the work folder; the description comes last, so half a copy never fits.

    Raises
    ------
    FramingkitError
        If the disk does not take it.
    """
    here = folder / "texts" / document.id
    saving.write_atomic(here / "article.txt", document.text.encode())
    saving.write_atomic(here / "document.toml", _toml(document).encode())
    return here


def _toml(document: Document) -> str:
    """Describe a document; JSON's way to write a text in quotation marks is TOML's as well."""
    quote = json.dumps
    head = {"id": document.id, "title": document.title, "sha256": document.sha256}
    lines = [f"{name} = {quote(value)}" for name, value in (head | {"note": document.note}).items()]
    for one in document.sections:
        lines += ["", "[[sections]]", f"id = {quote(one.id)}", f"title = {quote(one.title)}"]
        lines += [f"start = {one.start}", f"end = {one.end}", f"kind = {quote(one.kind)}"]
    return "\n".join(lines) + "\n"
