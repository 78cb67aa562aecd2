"""Texts of many scripts with tags of several coders, and what each format makes of them.

`after` is the table of losses as a program: what comes back from a format, for all that goes in.
"""

import re
from dataclasses import replace

from hypothesis import strategies as st

from framingkit.course import AnnotationSet, Document, Section, Span
from framingkit.formats import Annotations
from framingkit.formats.ids import file_names, guid

PIECES = [
    "red carpet", "chessboard", " ", "  ", "\n", "\r\n", "\r", "\t", "a", "Ä", "é", "🇷🇺", "🐟",
    "👩‍🚀", "e\u0301", "\u200b", "会談", "氷", "שלום", "سلام", "\u202e", "&lt;", "<b>", "]]>", '"',
    "'", "“hot”", "=1+1", ";", ",", "\u2028", "\x85", "\ufeff", "\0", "\x07", "\ufffe",
    "How sure: 5 of 100.", " How sure: 6 of 100.",
]  # fmt: skip
LABELS = [
    "hedge",
    "game_metaphor",
    "who speaks?",
    "氷",
    "🐟",
    "a\tb",
    "=x",
    "1",
    "May-5",
    "Hedge: no",
]
NAMES = ["mara", "007", "Ben B.", "שלום", "a/b", "../x", "🐟", "may-5", "CON"]

words = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
notes = st.lists(st.sampled_from([*PIECES, "why", ". "]), max_size=5).map("".join)


@st.composite
def spans(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    sure = draw(st.none() | st.integers(0, 100))
    label, note = draw(st.sampled_from(LABELS)), draw(notes)
    return Span(start, end, label, text[start:end], note, sure)


@st.composite
def tagged_texts(draw):
    """Draw one or two texts with up to three coders: overlaps, several labels, notes, nothing."""
    texts, sets = [], []
    ids = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    for place, id in enumerate(ids):
        text = f"{place}{draw(words)}"
        title = draw(st.sampled_from(["T", "Zwei & 氷", "=1"]))
        document = Document.of_text(id, text, title, draw(notes))
        document = replace(document, source=draw(notes), date="2025", rights="CC BY")
        if draw(st.booleans()) and len(text) > 1:
            parts = (Section("one", "1", 0, 1), Section("two", "2", 1, len(text)))
            document = replace(document, sections=parts)
        texts.append(document)
        for coder in draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)):
            tags = draw(st.lists(spans(text), max_size=6))
            has_ids = draw(st.booleans())
            tags = [replace(tag, id=f"t{n}" * has_ids) for n, tag in enumerate(tags)]
            sets.append(AnnotationSet(id, coder, tuple(tags)))
    return Annotations(tuple(texts), tuple(sets))


def content(annotations):
    """Give everything that has to come back, in an order that does not matter."""
    texts = {one.id: one for one in annotations.texts}
    tags = {(one.document_id, one.coder): sorted(one.spans, key=repr) for one in annotations.sets}
    return texts, tags


def _changed(annotations, text=lambda one: one, tag=lambda one, *_: one, coder=lambda one, _: one):
    texts = tuple(map(text, annotations.texts))
    sets = tuple(
        AnnotationSet(
            tagged.document_id, coder(tagged.coder, tagged),
            tuple(tag(span, tagged) for span in tagged.spans),
        )
        for tagged in annotations.sets
    )  # fmt: skip
    return Annotations(texts, sets)


def _one_section(text):
    return Document.of_text(text.id, text.text, text.title)


def _tagged_texts(annotations):
    kept = {tagged.document_id for tagged in annotations.sets}
    texts = tuple(text for text in annotations.texts if text.id in kept)
    return replace(annotations, texts=texts)


def _with_tags(annotations):
    return replace(annotations, sets=tuple(one for one in annotations.sets if one.spans))


def _xml(text):
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def _noted(span):
    """The last line of a note is how sure somebody was."""
    if span.confidence is None:
        found = re.search(r"(?:^|\n| )How sure: (\d+) of 100\.\Z", span.note)
        if found:
            return replace(span, note=span.note[: found.start()], confidence=int(found[1]))
    return span


def _framingkit(annotations):
    return annotations


def _csv(annotations):
    zero = {0: "␀"}
    return _with_tags(
        _changed(annotations, tag=lambda one, _: replace(one, note=one.note.translate(zero)))
    )


def _qdpx(annotations):
    return _with_tags(
        _changed(
            annotations, _one_section, lambda one, _: _noted(replace(one, note=_xml(one.note)))
        )
    )


def _xmi(annotations):
    names = file_names(annotations.coders)

    def text(one):
        return _one_section(replace(one, text=_xml(one.text)))

    def tag(one, _):
        return replace(one, note=_xml(one.note), quote=_xml(one.quote))

    def coder(one, tagged):
        return one if tagged.spans else names[one].partition(".")[0]

    return _changed(_tagged_texts(annotations), text, tag, coder)


def _tei(annotations):
    def text(one):
        return _one_section(replace(one, text=_xml(one.text)))

    def tag(one, _):
        return _noted(replace(one, note=_xml(one.note), quote=_xml(one.quote)))

    return _changed(annotations, text, tag)


def _doccano(annotations):
    bare = {"note": "", "confidence": None, "id": ""}
    return _changed(_tagged_texts(annotations), _one_section, lambda one, _: replace(one, **bare))


def _label_studio(annotations):
    def tag(one, tagged):
        made = guid("result", tagged.document_id, tagged.coder, *map(str, one.key))[:10]
        return replace(one, id=one.id or made)

    return _changed(annotations, _one_section, tag)


def _hypothesis(annotations):
    def tag(one, tagged):
        made = guid("row", tagged.document_id, tagged.coder, *map(str, one.key))
        return _noted(replace(one, id=one.id or made))

    return _with_tags(_changed(annotations, tag=tag))


def _brat(annotations):
    """Names are made plain, tags lose the line ends at their edges, notes are one line."""
    texts, coders = file_names(one.id for one in annotations.texts), file_names(annotations.coders)
    labels = file_names(annotations.labels, "A-Za-z0-9_-")
    sets = []
    for tagged in annotations.sets:
        pairs = enumerate(tagged.spans, start=1)
        tags = [_brat_tag(replace(span, id=f"T{n}", label=labels[span.label])) for n, span in pairs]
        kept = tuple(tag for tag in tags if tag)
        sets.append(AnnotationSet(texts[tagged.document_id], coders[tagged.coder], kept))
    tagged_texts = {one.document_id for one in sets}
    found = [
        replace(_one_section(text), id=texts[text.id], title=texts[text.id])
        for text in annotations.texts
        if texts[text.id] in tagged_texts
    ]
    return Annotations(tuple(found), tuple(sets))


def _brat_tag(span):
    """Cut line ends, with the spaces beside them, off the edges of a tag."""
    edge = r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*"
    head = re.match(edge, span.quote)
    start = head.end() if head else 0
    ends = [one.start() for one in re.finditer(edge, span.quote) if one.end() == len(span.quote)]
    end = min(ends, default=len(span.quote))
    if start >= end:
        return None
    note = " ".join(re.split(r"[\s\x00-\x1f]+", span.note)).strip()
    sure = re.search(r"(?:^| )How sure: (\d+) of 100\.\Z", note)
    confidence = span.confidence
    if confidence is None and sure:
        note, confidence = note[: sure.start()], int(sure[1])
    return replace(
        span, start=span.start + start, end=span.start + end, quote=span.quote[start:end],
        note=note, confidence=confidence,
    )  # fmt: skip


AFTER = {
    "framingkit": _framingkit, "w3c": _framingkit, "csv": _csv, "qdpx": _qdpx, "xmi": _xmi,
    "tei": _tei, "brat": _brat, "doccano": _doccano, "label-studio": _label_studio,
    "hypothesis": _hypothesis,
}  # fmt: skip
