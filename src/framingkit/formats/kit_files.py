"""The kit's own files: answer sheets, work logs, class files and reference readings."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from framingkit.course import (
    AnnotationSet,
    Document,
    Span,
    kit_article,
    list_articles,
    load_codebook,
    parse_reference,
)
from framingkit.formats.model import FileContent, FoundText, Mark
from framingkit.formats.readings import note_of
from framingkit.formats.strangers import plain_text, words
from framingkit.hand_ins import ClassFile, KnownTexts, class_sets, read_class, read_hand_in
from framingkit.work import TextVersion, find_own_text, is_own


def read_sheet(content: bytes, name: str, coder: str) -> FileContent:
    """Read the tags of a hand-in; a text of the learner's own comes with it."""
    sheet = read_hand_in(content, name, KnownTexts())
    found = FileContent(left_out=list(sheet.left_out))
    for version, spans in sheet.spans.items():
        key = f"{version.id} of {sheet.coder}" if is_own(version.id) else version.id
        response = sheet.responses.get(version.id, {}) if is_own(version.id) else {}
        found.texts[key] = _own_text(version, response)
        found.coders.append((key, sheet.coder))
        for span in spans:
            found.marks.append(
                Mark(
                    key, sheet.coder, span["label"], span["start"], span["end"], span["quote"],
                    "", "", span.get("note", ""), span.get("confidence"), span["id"],
                )
            )  # fmt: skip
    return found


def _own_text(version: TextVersion, response: dict[str, object]) -> FoundText:
    """Take a learner's own text from the answer that brought it, if it is the tagged version."""
    text = find_own_text(Path(), version.id, response) if response else None
    if text is None or text.sha256 != version.sha256:
        return FoundText(sha256=version.sha256)
    return FoundText.of(text)


def read_class_file(path: Path, given: Sequence[Document]) -> FileContent:
    """Read what a class tagged on each text that is known here."""
    class_file, found = read_class(path), FileContent()
    for text in class_file.texts:
        document = _tagged_text(text.version, given)
        if document is None:
            found.left_out.append(
                f"The class tagged a version of {text.version.id!r} that is not here. Give it, to "
                "have these tags too."
            )
            continue
        found.texts[document.id] = FoundText.of(document)
        sets = _sets(class_file, text.version, document)
        found.coders += [(document.id, tagged.coder) for tagged in sets]
        found.marks += [_mark(span, tagged) for tagged in sets for span in tagged.spans]
    return found


def _tagged_text(version: TextVersion, given: Sequence[Document]) -> Document | None:
    """Find this very version of a text, among those that were given or in the kit."""
    kit = [kit_article(version.id)] if version.id in list_articles() else []
    return next((one for one in (*given, *kit) if one.sha256 == version.sha256), None)


def _sets(class_file: ClassFile, version: TextVersion, document: Document) -> list[AnnotationSet]:
    if version == TextVersion.of(document, load_codebook()):
        return class_sets(class_file, document)
    pairs = class_file.tags_on(version)
    return [tags.annotation_set(document.id, coder) for coder, tags in pairs]


def _mark(span: Span, tagged: AnnotationSet) -> Mark:
    return Mark(
        tagged.document_id, tagged.coder, span.label, span.start, span.end, span.quote or None,
        "", "", span.note, span.confidence, span.id,
    )  # fmt: skip


def read_reading(content: bytes, name: str, coder: str) -> FileContent:
    """Read the entries of a reference reading; their reasons become notes."""
    reading = parse_reference(plain_text(content, name))
    found = FileContent(coders=[(reading.document_id, reading.coder)])
    tagged = reading.annotation_set
    for entry in reading.spans:
        found.marks.append(_mark(replace(entry.span, note=note_of(entry)), tagged))
    lost = {
        "near miss": len(reading.near_misses), "frame of a section": len(reading.section_frames),
        "other label that is accepted": sum(len(entry.accepts) for entry in reading.spans),
    }  # fmt: skip
    for what, many in lost.items():
        if many:
            found.left_out.append(f"Not in an exchange of tags: {what}, {many} in this reading.")
    return found


def is_ours(data: object) -> bool:
    """Tell whether JSON is an answer sheet."""
    return isinstance(data, dict) and words(data.get("format")).startswith("framingkit answer")
