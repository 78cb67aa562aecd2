"""Bring tags that were made in another program into one's own work, to go on with them here."""

import contextlib
import hashlib
import secrets
from dataclasses import replace
from pathlib import Path

from framingkit import course
from framingkit.base import Page, counted, is_unseen, sentences_page
from framingkit.course import AnnotationSet, Codebook, Span
from framingkit.errors import FramingkitError
from framingkit.notebook.text import ARTICLE, AtWork, NoTextYetError, document_of, in_sentences
from framingkit.work import (
    Operation,
    TextVersion,
    WorkLog,
    keep_text,
    operation_from_json,
    span_to_json,
    utc_now,
)


@in_sentences(NoTextYetError)
def bring_tags(lesson: AtWork, path: str | Path, document: str = ARTICLE, coder: str = "") -> Page:
    """Add the tags of a file to one's own; those without a certain place wait above the tagger."""
    from framingkit.formats import read_annotations

    text, codebook = document_of(lesson.log, document), course.load_codebook()
    found = read_annotations(path, text, codebook=codebook)
    tagged = _one(found.sets_on(text.id), coder)
    whose = (text.id, tagged.coder)
    orphans = [one for one in found.orphans if (one.document_id, one.coder) == whose]
    version = TextVersion.of(text, codebook)
    keep_text(lesson.log, text)
    brought, left = _add(lesson.log, version, tagged.spans, codebook)
    for one in orphans:
        waiting = hashlib.sha256("".join(span.quote for span in one.spans).encode()).hexdigest()
        _add(lesson.log, replace(version, sha256=waiting), one.spans, codebook)
    said = [f"{counted(left, 'tag')} left out: known, without a code of the codebook, or too long."]
    return sentences_page(
        f"{counted(brought, 'tag')} of {tagged.coder} brought in.",
        [*(said if left else []), *found.remarks],
    )


def _one(sets: tuple[AnnotationSet, ...], coder: str) -> AnnotationSet:
    """Find the coder whose tags are meant."""
    chosen = [tagged for tagged in sets if coder in ("", tagged.coder)]
    if len(chosen) != 1:
        names = ", ".join(tagged.coder for tagged in sets) or "none"
        raise FramingkitError(
            f"The tags of one coder can be brought in, and here are {len(chosen)}. Choose one with "
            f"coder=. The coders are: {names}."
        )
    return chosen[0]


def _add(
    log: WorkLog, version: TextVersion, spans: tuple[Span, ...], codebook: Codebook
) -> tuple[int, int]:
    """Write tags to the log; tell how many were new, and how many were left out."""
    known = {tag.span.key for tag in log.state.tags(version.key) if tag.span}
    codes = {code.id for code in codebook.codes}
    client, seq, acts = "bring-" + secrets.token_hex(4), log.state.seq, list[Operation]()
    for span in spans:
        if span.label in codes and span.key not in known and not is_unseen(span.quote):
            seq += 1
            about = {"kind": "tag", "client": client, "seq": seq, "target": f"{client}.{seq}"}
            about |= {"document": version.key, "span": span_to_json(span), "at": utc_now()}
            with contextlib.suppress(FramingkitError):  # longer than a tag may be
                acts.append(operation_from_json(about))
    log.open_text(version)
    good, _ = log.sift(acts)
    log.record(good)
    return len(good), len(spans) - len(good)
