"""Files that somebody broke, by accident or on purpose: a sentence, and never anything else."""

import json
import random
import time

import pytest
from helpers.for_each import for_each
from helpers.foreign_files import FOREIGN, TEXT, put

import framingkit as fk
from framingkit.formats import FORMATS, annotations_of

ARTICLE = fk.Document.of_text("fish", TEXT)
SIGNS = b"\x00\xff{}[]<>&\"',:;\t\n0123456789aTEI-\xf0\x9f\x90\x9f"
TAGS = [fk.Span(5, 8, "hedge", TEXT[5:8], "why", 70, "t1"), fk.Span(0, 9, "game", TEXT[0:9])]


def broken(content, draw):
    """Change some bytes, cut some out, double some, or put a part of the file elsewhere."""
    for _ in range(draw.choice([1, 1, 2, 5])):
        start, end = sorted(draw.choices(range(len(content) + 1), k=2))
        end = min(end, start + draw.choice([1, 3, 40]))
        part = draw.choice([b"", bytes(draw.choices(SIGNS, k=3)), content[start:end] * 2])
        content = content[:start] + part + content[end:]
    return content


def other_value(data, draw):
    """Put a value of another kind somewhere into plain data."""
    inner = data
    while isinstance(inner, dict | list) and inner:
        holder = inner
        key = draw.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        inner = holder[key] if draw.random() < 0.8 else None
    holder[key] = draw.choice([None, [], {}, 1, -5, "x", True, 1.5, 10**12, [1], ["a"], [[1, "x"]]])
    return data


@for_each(FORMATS)
def test_a_broken_file_of_our_own_is_read_or_refused_in_a_sentence(format, tmp_path_factory):
    name = next(name for name in FORMATS if FORMATS[name] is format or name == format)
    chosen, draw = FORMATS[name], random.Random(name)
    whole = chosen.write(annotations_of(ARTICLE, [fk.AnnotationSet("fish", "mara", tuple(TAGS))]))
    path = tmp_path_factory.mktemp("broken") / f"tags{chosen.ending}"
    for _ in range(60):
        path.write_bytes(broken(whole, draw))
        assert len(read_or_refuse(path)) < 900
    for _ in range(150 if chosen.ending.startswith(".json") else 0):
        path.write_text(json.dumps(other_value(json.loads(whole), draw)), "utf-8")
        assert len(read_or_refuse(path)) < 900


@for_each(FOREIGN)
def test_a_broken_file_of_another_program_is_read_or_refused_too(make, tmp_path_factory):
    folder, draw = put(tmp_path_factory.mktemp("broken"), make()), random.Random(make.__name__)
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    for _ in range(60):
        path = draw.choice(list(files))
        path.write_bytes(broken(files[path], draw))
        assert len(read_or_refuse(folder)) < 900
        path.write_bytes(files[path])


def read_or_refuse(path):
    """Give the sentence with which a file is refused; if it is read, its tags fit their texts."""
    try:
        found = fk.read_annotations(path, ARTICLE)
    except fk.FramingkitError as error:
        return str(error)
    for tagged in found.sets:
        text = found.document(tagged.document_id).text
        assert all(span.quote == text[span.start : span.end] for span in tagged.spans)
    return ""


def test_many_tags_and_a_long_text_are_read_in_a_moment(tmp_path):
    """Every word of a long text is like many others, and an emoji is before each."""
    draw = random.Random(5)
    text = " ".join("🐟" + draw.choice(["ice", "wind", "chess", "war"]) for _ in range(20_000))
    places = draw.sample(range(0, len(text) - 9), 3000)
    spans = tuple(fk.Span(place, place + 7, "hedge", text[place : place + 7]) for place in places)
    tags = annotations_of(fk.Document.of_text("long", text), [fk.AnnotationSet("long", "m", spans)])
    begun = time.process_time()
    for name, chosen in FORMATS.items():
        path = tmp_path / f"{name}{chosen.ending}"
        path.write_bytes(chosen.write(tags))
        found = fk.read_annotations(path, tags.texts)
        assert sum(len(one.spans) for one in found.sets) == 3000

    assert time.process_time() - begun < 20


def test_too_much_is_refused_before_it_fills_the_memory(tmp_path):
    path = tmp_path / "tags.jsonl"
    line = b'{"text": "a", "label": [' + b'[0, 1, "x"], ' * 3 + b'[0, 1, "x"]]}\n'
    path.write_bytes(line * 60_000)

    with pytest.raises(fk.FramingkitError, match="more than 1,000,000 values"):
        fk.read_annotations(path)
