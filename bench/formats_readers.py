"""Other people's readers open what the kit writes, and find the same words under each tag.

It wants an environment of its own with bench/requirements-formats.txt, and PYTHONPATH=src.
It ends with 1 if anything is not as it should be.
"""

import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from framingkit.course import AnnotationSet, Document, Span
from framingkit.formats import FORMATS, Annotations

PIECES = [
    "red carpet", "chessboard", " ", "\n", "\r\n", "\t", "Ä", "🇷🇺", "🐟", "👩‍🚀", "e\u0301", "会談",
    "\u200b", "氷", "שלום", "سلام", "\u202e", "&lt;", "<b>", "]]>", '"', "'", "\u2028",
]  # fmt: skip
LABELS = ["hedge", "game_metaphor", "who speaks?", "氷", "🐟", "=x"]


def corpus(seed):
    draw = random.Random(seed)
    texts, sets = [], []
    for place in range(draw.choice([1, 2])):
        text = f"{place}" + "".join(draw.choices(PIECES, k=draw.randrange(1, 60)))
        texts.append(Document.of_text(f"text {place} 氷", text, f"Title {place} & more"))
        for coder in draw.sample(["mara", "Ben B.", "שלום"], k=draw.randrange(1, 4)):
            spans = []
            for _ in range(draw.randrange(1, 9)):
                start = draw.randrange(len(text))
                end = draw.randrange(start + 1, len(text) + 1)
                note = draw.choice(["", "why?", "“games” & <b>\nmore 🐟"])
                spans.append(Span(start, end, draw.choice(LABELS), text[start:end], note))
            unique = {span.key: span for span in spans}
            sets.append(AnnotationSet(texts[-1].id, coder, tuple(unique.values())))
    return Annotations(tuple(texts), tuple(sets))


def wanted(annotations):
    return Counter(
        (tagged.document_id, tagged.coder, span.quote, span.label, span.note)
        for tagged in annotations.sets
        for span in tagged.spans
    )


def read_xmi(content):
    import cassis

    found = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        for name in archive.namelist():
            if name.endswith(".xmi"):
                cas = cassis.load_cas_from_xmi(io.BytesIO(archive.read(name)), typesystem=types)
                meta = cas.select(
                    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
                )
                for tag in cas.select("webanno.custom.FramingTag"):
                    quote = tag.get_covered_text()
                    found[meta[0].documentId, tag.coder, quote, tag.label, tag.note or ""] += 1
    return found


def read_qdpx(content):
    from pyrefiqda import RefiProject

    found = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tags.qdpx"
        path.write_bytes(content)
        project = RefiProject.load(path, folder)
        users = {user.guid: user.name for user in project.users.user}
        codes = {code.guid: code.name for code in project.code_book.codes.code}
        for source in project.sources.text_source:
            file = RefiProject.resolve_source_path(source.plain_text_path, folder)
            text = file.read_bytes().decode()
            for one in source.plain_text_selection:
                (coding,) = one.coding
                quote = text[one.start_position : one.end_position]
                coder, code = users[coding.creating_user], codes[coding.code_ref.target_guid]
                found[source.name, coder, quote, code, one.description or ""] += 1
    return found


def main():
    wrong = 0
    for format, read in {"xmi": read_xmi, "qdpx": read_qdpx}.items():
        tags = differences = 0
        for seed in range(200):
            annotations = corpus(seed)
            there, here = read(FORMATS[format].write(annotations)), wanted(annotations)
            tags += here.total()
            difference = (here - there) + (there - here)
            differences += difference.total()
            if difference and not wrong:
                print(format, seed, list(difference)[:2])
            wrong += bool(difference)
        print(f"{format}: 200 files, {tags:,} tags, {differences} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
