"""Files of other programs, good and bad, and what the library makes of them."""

import io
import json
import sys
import types
import zipfile

import pytest
from helpers.for_each import for_each
from helpers.foreign_files import FOREIGN, TAGS, TEXT, put
from typer.testing import CliRunner

import framingkit as fk
from framingkit.cli import app
from framingkit.formats import export_annotations, import_annotations
from framingkit.hand_ins import KnownTexts, read_hand_in


def read(tmp_path_factory, name):
    folder = put(tmp_path_factory.mktemp("corpus"), FOREIGN[name]())
    id = "fish.txt" if name == "XMI" else "fish"
    return fk.read_annotations(folder, fk.Document.of_text(id, TEXT))


@for_each(FOREIGN)
def test_a_corpus_of_any_format_goes_through_agreement_and_the_class_map(make, tmp_path_factory):
    name = next(name for name, other in FOREIGN.items() if other is make)
    found = read(tmp_path_factory, name)
    more = {"document": found.document(), "codebook": found.codebook}
    sets = found.sets_on()

    tags = {(one.coder.split("@")[0], span.quote, span.label) for one in sets for span in one.spans}
    agreement = fk.class_agreement(sets, **more)

    assert tags == TAGS
    assert found.orphans == ()
    # offsets in other units are put right as such, and nothing has to be looked for
    assert name == "CSV" or not any("found again" in remark for remark in found.remarks)
    # “carpet” is tagged alike by both, “red ” and “hot” by one: 6 of 13 characters twice
    assert agreement.overall.positive.value == pytest.approx(2 * 6 / (13 + 6))
    assert "2 coders" in repr(fk.class_map(sets, **more))
    assert "1 of 2 learners: weather on “hot”" in " ".join(fk.disagreements(sets, **more))


def packed(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return held.getvalue()


W3C = {
    "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "id": "urn:a",
    "body": {"type": "TextualBody", "purpose": "tagging", "value": "hedge"},
}  # fmt: skip
DTD = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xmi:XMI xmlns:xmi="u">&b;</xmi:XMI>'

# file, content, and a part of the sentence
BAD = {
    "empty": ("a.json", b"", "is empty"),
    "a picture": ("a.png", b"\x89PNG\r\n\0\0", "holds no tags in a format"),
    "words": ("a.txt", b"It is hot.", "holds no tags in a format"),
    "another encoding": ("a.csv", "start,end,label,é".encode("cp1252"), "is not UTF-8 text"),
    "JSON of something else": ("a.json", b'{"name": "kit", "version": 1}', "holds no tags"),
    "broken JSON": ("a.json", b'{"rows": [', "is damaged: line 1"),
    "a number that is none": ("a.json", b'[{"text": "a", "label": [[NaN]]}]', "NaN is not"),
    "half a character": ("a.json", b'[{"text": "\\ud800", "label": []}]', "half of a character"),
    "nested": ("a.json", b"[" * 90_000, "nested too deeply"),
    "entities": ("a.xmi", DTD, "it has a DTD"),
    "a DTD after a note": ("a.xml", b"<?xml version='1.0'?><!-- x -->" + DTD, "it has a DTD"),
    "deep XML": ("a.xml", b"<TEI>" + b"<p>" * 300, "inside each other"),
    "broken XML": ("a.xml", b"<TEI><p></TEI>", "not well-formed"),
    "a web page": ("a.html", b"<!doctype html><p>Hot.", "holds no tags"),
    "a bomb": ("a.qdpx", packed(project_qde=b" " * 30_000_000), "cannot be unpacked"),
    "a cut archive": ("a.qdpx", packed(project_qde=b"<Project/>")[:60], "cannot be unpacked"),
    "no text": ("a.json", json.dumps({**W3C, "target": {
        "source": "urn:x", "selector": {"type": "TextQuoteSelector", "exact": "hot"},
    }}).encode(), "Give the text that was tagged"),
    "tags without a text beside them": ("a.ann", b"T1\thedge 0 2\tIt", "needs its text beside it"),
    "a table without places": ("a.csv", b"label,start,end\nhedge,,", "neither offsets nor a quote"),
    "a newer version": ("a.json", b'{"format": "framingkit annotations", "schema": 2}', "Update"),
    "missing": ("b.json", None, "is missing"),
}  # fmt: skip


@for_each(BAD)
def test_a_file_that_cannot_be_used_gets_one_sentence(case, tmp_path_factory):
    name, content, part = case
    path = tmp_path_factory.mktemp("bad") / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(fk.FramingkitError, match=part) as caught:
        fk.read_annotations(path)

    assert len(str(caught.value)) < 400


def test_what_does_not_fit_is_told_and_the_rest_is_read(tmp_path):
    """Offsets outside the text, words that are not there, a label without a code."""
    rows = [[0, 2, "hedge"], [5, 999, "hedge"], ["x", 3, "hedge"], [6, 9, "weather report"], [3, 5]]
    line = {"text": "It is hot.", "label": rows, "document": "d", "coder": "mara"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line), "utf-8")

    found = fk.read_annotations(tmp_path / "a.jsonl")

    assert [span.quote for span in found.sets[0].spans] == ["It", "hot"]
    said = " ".join(found.remarks)
    assert "2 tags without a certain place in the text, not counted: at 0 (hedge, mara); " in said
    assert "A tag of mara was left out. A span needs a label" in said
    assert "1 label not in the codebook, kept as written: weather report" in said


CORRECTED = "Correction: it is very hot. It is a hot day, and it may rain."


def test_tags_on_an_earlier_version_are_placed_by_words_and_context_and_orphans_are_told(tmp_path):
    before = fk.Document.of_text("weather", "It is hot. It is a hot day, and it may rane.")
    places = {"hot": 19, "rane": 39, "may": 35}
    spans = tuple(
        fk.Span(start, start + len(words), "hedge", words) for words, start in places.items()
    )
    path = tmp_path / "tags.jsonld"
    path.write_bytes(_written("w3c", before, spans))

    found = fk.read_annotations(path, fk.Document.of_text("weather", CORRECTED))

    placed = {span.quote: span.start for span in found.sets[0].spans}
    assert placed == {"hot": CORRECTED.rindex("hot"), "may": CORRECTED.index("may")}
    assert [span.quote for one in found.orphans for span in one.spans] == ["rane"]
    assert "“rane” (hedge, mara)" in " ".join(found.remarks)


def _written(format, text, spans):
    from framingkit.formats import FORMATS, annotations_of

    return FORMATS[format].write(annotations_of(text, [fk.AnnotationSet(text.id, "mara", spans)]))


def test_a_reading_goes_out_and_comes_back_as_a_reading(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = export_annotations("qdpx", ["alaska-summit"])

    came = import_annotations("annotations.qdpx", tmp_path / "back.toml", ["alaska-summit"])

    reading, back = fk.load_reference(), fk.load_reference(tmp_path / "back.toml")
    assert [(e.span.key, e.status, e.rationale, e.alternative, e.section) for e in back.spans] == [
        (e.span.key, e.status, e.rationale, e.alternative, e.section) for e in reading.spans
    ]
    assert f"{len(reading.spans)} tags by 1 coder on 1 text" in said[0]
    assert any("near miss" in line for line in said)
    assert "This format cannot hold" in said[-1]
    assert f"{len(reading.spans)} tags by 1 coder on 1 text" in came[0]


def test_both_commands_work_in_a_terminal_and_a_bad_file_is_one_sentence(tmp_path):
    out, back = tmp_path / "reading.jsonld", tmp_path / "back.json"

    sent = CliRunner().invoke(app, ["export", "alaska-summit", "--format", "w3c", "-o", str(out)])
    came = CliRunner().invoke(app, ["import", str(out), "-o", str(back)])
    no = CliRunner().invoke(app, ["export", str(out), "--format", "word"])

    assert (sent.exit_code, came.exit_code) == (0, 0), (sent.exception, came.exception)
    assert fk.read_annotations(back).coders == fk.read_annotations(out).coders
    assert str(no.exception).startswith("There is no format 'word'. Choose one of: framingkit, w3c")


def test_a_class_goes_out_with_every_coder_and_nothing_is_written_over(tmp_path):
    sheets = sorted(fk.sample_hand_ins().glob("a*.answers.json"))[:3]
    output = tmp_path / "tags.csv"
    export_annotations("csv", sheets, output)
    found = fk.read_annotations(output, ["alaska-summit", *_texts(sheets)])

    assert found.coders == tuple(sorted(fk.read_sheet(path).coder for path in sheets))
    assert sum(len(one.spans) for one in found.sets) == sum(
        len(spans) for path in sheets for spans in fk.read_sheet(path).tags.values()
    )
    output.write_text("mine", "utf-8")
    with pytest.raises(fk.FramingkitError, match="Nothing was written"):
        export_annotations("csv", sheets, output)


def _texts(sheets):
    return {version.id for path in sheets for version in fk.read_sheet(path).tags}


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_table_is_made_by_the_library_that_is_there(library, monkeypatch):
    frame = types.ModuleType(library)
    frame.DataFrame = lambda columns: (library, columns)
    frame.__spec__ = types.SimpleNamespace()
    for other in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, other, frame if other == library else None)
    sheet = next(fk.sample_hand_ins().glob("*.answers.json"))

    name, columns = fk.read_annotations(sheet).to_frame()

    assert name == library
    assert len({len(column) for column in columns.values()}) == 1
    assert columns["coder"][0] == sheet.name.split(".")[0]


def test_without_either_library_the_table_says_what_to_do(monkeypatch):
    for other in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, other, None)
    sheet = next(fk.sample_hand_ins().glob("*.answers.json"))

    with pytest.raises(fk.FramingkitError, match="Install one of them"):
        fk.read_annotations(sheet).to_frame()


def test_tags_of_another_program_are_brought_into_the_tagger_and_orphans_wait(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    article = fk.load_article()
    before = fk.Document.of_text("alaska-summit", article.text.replace("handshake", "hand shake"))
    start = before.text.index("hand shake")
    spans = (
        fk.Span(13, 23, "ceremony_symbol", "red carpet", "A ritual."),
        fk.Span(start, start + 10, "ceremony_symbol", "hand shake"),
        fk.Span(0, 2, "a code of mine", "US"),
    )
    path = tmp_path / "tags.jsonld"
    path.write_bytes(_written("w3c", before, spans))
    lesson = fk.open_lesson("03-commentary")

    said = lesson.bring_tags(path)
    again = lesson.bring_tags(path, coder="mara")

    assert said.words == "1 tag of mara brought in."
    assert "1 tag left out" in said.html
    assert "0 tags of mara brought in" in again.words
    assert "“hand shake”: Ceremony symbol" in lesson.orphans().html
    assert lesson.log.sheet("x")["documents"][1]["spans"][0]["quote"] == "hand shake"
    sheet = json.dumps(lesson.log.sheet("x")).encode()
    assert read_hand_in(sheet, "mara.answers.json", KnownTexts()).left_out == ()
    assert "Placed “hand shake”" in lesson.place_tag("hand shake", "handshake").words
    assert "All your tags have their places" in lesson.orphans().words
