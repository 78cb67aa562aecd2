"""Opens the file that a teacher brings, and says what to do if it is none that can be read."""

import re
from dataclasses import replace
from pathlib import Path

from framingkit.authoring.blocks import Found, is_spoilt
from framingkit.authoring.pages import read_page
from framingkit.authoring.plain_texts import read_markdown, read_text
from framingkit.authoring.word_files import read_word_file
from framingkit.base import counted, read_bytes, shown, size
from framingkit.errors import FramingkitError

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 300_000
FEWEST_WORDS = 40

_AS_TEXT = "Open it, copy the article, and save it as a plain text (.txt, UTF-8)"
_OTHER_KINDS = (
    (rb"%PDF", f"a PDF, whose lines have no order that a program can trust. {_AS_TEXT}. If nothing "
     "can be copied, it is a scan: type the text, or look for a page of it"),
    (rb"\xd0\xcf\x11\xe0", "an old .doc file. Save it as .docx or .txt"),
    (rb"\{\\rtf", "an RTF file. Save it as .docx or .txt"),
    (rb"(\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|II\*|MM\x00)",
     "a picture. Type its words into a .txt file"),
    (rb"(?s)(From: |MIME-Version: |Content-Type: multipart)",
     "a page saved with all its pictures (.mht). Save it again, as “Webpage, HTML only”"),
    (rb"bplist00", "a web archive of Safari. Save the page again, as “Page Source”"),
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_PAGE = re.compile(
    r"(?is)\A[\s\ufeff]*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b"
)


def read_source(path: Path, encoding: str = "") -> Found:
    """Read a .txt, .md, .html or .docx file.

    Parameters
    ----------
    path
        The file.
    encoding
        How its letters are written, if it is not UTF-8 and does not say so itself.

    Raises
    ------
    FramingkitError
        If it is another kind of file, too large, empty, or in another encoding. The sentence names
        a way on.
    """
    name = f"“{shown(path.name)}”"
    if not path.is_file():
        raise FramingkitError(f"There is no file {name}. Give the path of a saved article.")
    if size(path) > MOST_BYTES:
        raise FramingkitError(
            f"{name} has {size(path) / 1e6:.0f} MB, and at most {MOST_BYTES // 1_000_000} MB are "
            f"read. {_AS_TEXT}."
        )
    content = read_bytes(path, MOST_BYTES)
    found = _checked(_read(content, path, encoding, name), name)
    texts = [found.title, *(block.text for block in found.blocks)]
    if is_spoilt(texts):
        warning = (
            f"Some letters of {name} look wrong (such as “Ã©” for “é”): it was saved in a wrong "
            "encoding before. Correct them in the preview, or save the source again."
        )
        return replace(found, warnings=(*found.warnings, warning))
    return found


def _read(content: bytes, path: Path, encoding: str, name: str) -> Found:
    if not content.strip(b"\0 \t\r\n"):
        raise FramingkitError(f"{name} is empty. Save the article again, and look into the file.")
    for start, words in _OTHER_KINDS:
        if re.match(start, content):
            raise FramingkitError(f"{name} is {words}.")
    if content.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis" in content[:200]:
            raise FramingkitError(f"{name} is an OpenDocument file. Save it as .docx or .txt.")
        return read_word_file(content)
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FramingkitError(f"{name} is no text, but a file for programs. {_AS_TEXT}.")
    text = _decoded(content, encoding, name)
    ending = path.suffix.lower()
    if ending in (".html", ".htm", ".xhtml") or _PAGE.match(text):
        return read_page(text)
    return read_markdown(text) if ending in (".md", ".markdown") else read_text(text)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    said = _CHARSET.search(content[:4096])
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    tries = [encoding] if encoding else ["utf-16"] if wide else ["utf-8-sig"]
    tries += [said[1].decode("ascii")] if said and not encoding else []
    for one in tries:
        try:
            return content.decode(one).replace("\r\n", "\n").replace("\r", "\n")
        except LookupError:
            if one == encoding:
                raise FramingkitError(
                    f"There is no encoding “{shown(encoding, 40)}”. Try cp1252 or utf-16."
                ) from None
        except UnicodeDecodeError:
            continue
    raise FramingkitError(
        f"{name} is not written in {shown(tries[0], 40).removesuffix('-sig').upper()}, so its "
        "letters cannot be read for certain. Save it as UTF-8; or name its encoding, for an older "
        "file of Windows: --encoding cp1252."
    )


def _checked(found: Found, name: str) -> Found:
    length = sum(len(block.text) for block in found.blocks)
    if length > MOST_CHARACTERS:
        raise FramingkitError(
            f"{name} has {length:,} characters, and a lesson takes at most {MOST_CHARACTERS:,}. "
            "Save the part that you want to read closely in a file of its own."
        )
    if found.words < FEWEST_WORDS and not found.warnings:
        words = counted(found.words, "word")
        more = "" if found.words else " Scripts may have built the page, and its text is not in it."
        raise FramingkitError(
            f"Only {words} of a text were found in {name}; a lesson needs at least {FEWEST_WORDS}."
            f"{more} Copy the article into a .txt file, and give that."
        )
    return found
