"""Files that teachers bring: read, or refused with a way on."""

import io
import zipfile

import pytest
from saved_pages import PARAGRAPHS, TITLE

from framingkit.authoring import sources
from framingkit.authoring.sources import read_source
from framingkit.errors import FramingkitError

TEXT = f"{TITLE}\n\n" + "\n\n".join(PARAGRAPHS)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(body: str, styles: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
    return packed.getvalue()


def paragraph(text: str, style: str = "", inside: str = "") -> str:
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r>{inside}</w:p>"


STYLES = "".join(
    f'<w:style w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
    for id, name in (("Titel", "Title"), ("berschrift1", "heading 1"))
)
GOOD = {
    "a.txt": TEXT.encode(),
    "a.md": f"# {TITLE}\n\n".encode() + "\n\n".join(PARAGRAPHS).encode(),
    "wide.txt": TEXT.encode("utf-16"),
    "a.docx": word_file(paragraph(TITLE, "Titel") + "".join(map(paragraph, PARAGRAPHS)), STYLES),
    "no-ending": f"<!doctype html><h1>{TITLE}</h1><p>".encode() + "<p>".join(PARAGRAPHS).encode(),
}
REFUSED = {
    "nothing.txt": (b"", "is empty"),
    "zeros.txt": (bytes(900), "is empty"),
    "program.bin": (bytes(range(256)) * 9, "a file for programs"),
    "scan.pdf": (b"%PDF-1.7 ...", "If nothing can be copied, it is a scan"),
    "picture.png": (b"\x89PNG....", "is a picture"),
    "old.doc": (b"\xd0\xcf\x11\xe0....", "Save it as .docx"),
    "page.mht": (b"From: <Saved by a browser>\r\n", "HTML only"),
    "broken.docx": (b"PK\x03\x04garbage", "damaged, or protected"),
    "old.txt": ("café ".encode("latin-1") * 60, "--encoding cp1252"),
    "scripts.html": (b"<html><body><script>x</script></body></html>", "Scripts may have built"),
    "short.txt": (b"Two words only.", "at least 40"),
    "long.txt": (b"word " * 70_000, "at most 300,000"),
    "bomb.docx": (word_file('<!DOCTYPE x [<!ENTITY a "b">]>'), "not made by a word processor"),
}


@pytest.mark.parametrize("name", GOOD)
def test_title_and_paragraphs_are_read(name, tmp_path):
    (tmp_path / name).write_bytes(GOOD[name])
    found = read_source(tmp_path / name)

    assert found.title == TITLE
    assert tuple(block.text for block in found.blocks if not block.doubt) == PARAGRAPHS


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_article_is_refused_with_a_way_on(name, tmp_path):
    content, words = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FramingkitError, match=words):
        read_source(tmp_path / name)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MOST_BYTES", 1_000_000)
    (tmp_path / "a.html").write_bytes(b"x" * 1_000_001)
    with pytest.raises(FramingkitError, match="at most 1 MB are read"):
        read_source(tmp_path / "a.html")


def test_an_encoding_that_is_named_is_used_and_an_unknown_one_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(
        ("Fog\n\n" + "It is foggy at the café. " * 20).encode("cp1252")
    )

    assert "café" in read_source(tmp_path / "a.txt", "cp1252").blocks[0].text
    with pytest.raises(FramingkitError, match="no encoding “fog”"):
        read_source(tmp_path / "a.txt", "fog")


def test_letters_that_were_spoilt_before_are_noticed(tmp_path):
    (tmp_path / "a.txt").write_text("Fog\n\n" + "CafÃ© and thÃ© are foggy. " * 20, encoding="utf-8")

    assert "wrong encoding before" in read_source(tmp_path / "a.txt").warnings[0]


def test_headings_of_a_word_file_are_found_in_any_language_and_deletions_are_left_out(tmp_path):
    deleted = "<w:del><w:r><w:delText>NOT</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t> It waits.</w:t></w:r></w:ins>"
    body = paragraph(TITLE, "Titel") + paragraph("On the table", "berschrift1")
    body += paragraph(PARAGRAPHS[0], inside=deleted + inserted) + paragraph(PARAGRAPHS[1])
    (tmp_path / "a.docx").write_bytes(word_file(body, STYLES))
    found = read_source(tmp_path / "a.docx")

    assert found.blocks[0].is_heading
    assert found.blocks[1].text == f"{PARAGRAPHS[0]} It waits."


def test_markdown_becomes_plain_words(tmp_path):
    text = (
        "---\na: b\n---\nFog at sea\n==========\n\n> It is **very** [foggy](https://a.example).\n"
    )
    text += "![a ferry](x.png)\n\n## The *ferry*\n\n" + "It waits. " * 40
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    found = read_source(tmp_path / "a.md")

    assert found.title == "Fog at sea"
    assert [block.text for block in found.blocks][:2] == ["It is very foggy.", "The ferry"]
