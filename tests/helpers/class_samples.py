"""Answer sheets of constructed learners, for the tests of collecting and grading."""

import json
from pathlib import Path

from framingkit import course

ARTICLE = course.load_article()
CODEBOOK = course.load_codebook()


def span(words, label, number=1, owner="tab-a", **more):
    """Make the tag on the first place of some words."""
    start = ARTICLE.text.index(words)
    where = {"start": start, "end": start + len(words), "label": label, "quote": words}
    return {"id": f"{owner}.{number}"} | where | more


def document(*spans, **more):
    versions = {
        "id": ARTICLE.id, "sha256": ARTICLE.sha256,
        "codebook": CODEBOOK.id, "codebook_sha256": CODEBOOK.sha256,
    }  # fmt: skip
    return versions | {"spans": list(spans)} | more


def answer(item, at="2026-11-23T06:00:00Z", **response):
    return {"item": item, "response": response, "at": at}


def sheet(coder="amber-heron-417", operations=5, documents=None, responses=(), **more):
    return {
        "format": "framingkit answer sheet", "schema": 1, "coder": coder, "made_with": "0.1.0",
        "operations": operations,
        "documents": [document(span("red carpet", "ceremony_symbol"))]
        if documents is None else documents,
        "responses": list(responses),
    } | more  # fmt: skip


def to_bytes(data) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def put(folder: Path, name: str, data) -> Path:
    """Write a hand-in, as bytes or as plain data."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else to_bytes(data))
    return path
