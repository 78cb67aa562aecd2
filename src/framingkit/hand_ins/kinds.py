"""What a file is, by its first bytes: learners rename what they hand in, and send other things.

A hand-in is recognised by what is in it, under any name. Everything else that somebody may have
sent in its place gets a sentence of its own. What no person sends, such as the pages that a
platform puts beside a hand-in, is only counted among the other files.
"""

import re
import zlib
from typing import Any

from framingkit.base import parse_json, shown
from framingkit.errors import FramingkitError
from framingkit.work import LOG_FORMAT, SHEET_FORMAT

_ASK = "Ask for the file that “Download my answers” gives; it ends in .answers.json"
_UNPACK = "Unpack it and collect again, or ask for the file that is in it"

_KINDS = {
    "picture": ("is a picture, not a hand-in", _ASK),
    "recording": ("is a recording, not a hand-in", _ASK),
    "document": ("is a document of a word processor, not a hand-in", _ASK),
    "notebook": ("is a notebook, not a hand-in", _ASK),
    "archive": ("is an archive of a kind that is not read here", _UNPACK),
    "page": ("is a web page, perhaps one that asked to sign in, and not a hand-in", _ASK),
    "stand-in": (
        "is only a sign for a file that was not downloaded from the cloud",
        "Download the file itself there, then collect again",
    ),
    "zeros": (
        "holds nothing but zeros: it was never downloaded completely, or its disk failed",
        "Download it again, or ask for it again",
    ),
    "empty": ("is empty: something broke off when it was saved or sent", "Ask for it again"),
}
"""For each kind of file what it is, and what to do."""

_ENDINGS = {
    "picture": "jpg jpeg png gif heic heif webp bmp tif tiff svg",
    "recording": "mp4 mov avi mkv webm mp3 m4a wav ogg",
    "document": "pdf doc docx odt rtf pages ppt pptx odp key xls xlsx ods numbers",
    "notebook": "ipynb",
    "archive": "tar tgz bz2 xz zst 7z rar dmg iso",
    "stand-in": "icloud gdoc gsheet gslides gdraw gform gdrive cloud cloudf url webloc lnk",
}
_KIND_OF_ENDING = {one: kind for kind, all in _ENDINGS.items() for one in all.split()}

_STARTS = {
    b"\xff\xd8\xff": "picture", b"\x89PNG": "picture", b"GIF8": "picture",
    b"II*\0": "picture", b"MM\0*": "picture", b"%PDF": "document", b"{\\rtf": "document",
    b"\xd0\xcf\x11\xe0": "document", b"Rar!": "archive", b"7z\xbc\xaf": "archive",
    b"BZh": "archive", b"\xfd7zXZ": "archive", b"\x28\xb5\x2f\xfd": "archive",
    b"bplist00": "stand-in",
}  # fmt: skip
_MOST_TIMES = 3  # that one file is packed: a platform and a browser may each do it
_MOST_PIECES = 50  # of a packed file, one after the other
_GZIP, _ZIP = b"\x1f\x8b\x08", (b"PK\x03\x04", b"PK\x05\x06")
_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_NOTEBOOK = re.compile(r'"nbformat"\s*:')
_WORD_QUOTES = re.compile(r"[{,\[:]\s*[“”„«»‘’]")
_INDENT = re.compile(r"\n[ \t\xa0\u2000-\u200b\u202f\u3000\ufeff]+")
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16


def is_rubbish(name: str) -> bool:
    """Tell whether a name is one of those that systems leave behind: never a hand-in.

    Examples
    --------
    >>> is_rubbish("__MACOSX/._sun.answers.json"), is_rubbish("sun.answers.json")
    (True, False)
    """
    *folders, file = name.lower().split("/")
    return (
        any(folder.startswith(".") or folder in ("__macosx", "__pycache__") for folder in folders)
        or file in ("desktop.ini", "thumbs.db")
        or file.startswith("._")
    )


def is_meant(name: str) -> bool:
    """Tell whether a name is one that a hand-in gets, whatever was done to it."""
    return "answers" in name.rpartition("/")[2].lower() and not is_hidden(name)


def is_hidden(name: str) -> bool:
    """Tell whether a file is hidden, or an office program's note: only its content counts."""
    return name.rpartition("/")[2].startswith((".", "~$"))


def kind_of_name(name: str) -> str:
    """Return what a name says about a file that is not even opened; empty if nothing."""
    return _KIND_OF_ENDING.get(name.rpartition(".")[2].strip().lower(), "")


def is_zip(content: bytes) -> bool:
    """Tell whether bytes are a zip archive; the files of newer word processors are zips too."""
    inside = content[:4096]
    document = inside[30:38] == b"mimetype" or b"[Content_Types].xml" in inside
    return content.startswith(_ZIP) and not document


def refused(name: str, kind: str) -> str:
    """Say why a file of some kind is refused, and what to do."""
    reason, way_out = _KINDS[kind]
    return f"“{shown(name)}” {reason}. {way_out}."


def hand_in_text(content: bytes, name: str, limit: int) -> str | None:
    """Return the text of a hand-in; None if the file is none and was not meant as one.

    Parameters
    ----------
    content, name
        The bytes of a file, and its name.
    limit
        Bytes that a packed file may have when it is unpacked.

    Raises
    ------
    FramingkitError
        If somebody sent it in place of a hand-in; the sentence names it.

    Examples
    --------
    >>> hand_in_text(b"<p>Well done.", "comments.html", 1000)
    >>> hand_in_text(b"", "sun.answers.json", 1000)
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: “sun.answers.json” is empty: something broke off when it was
    saved or sent. Ask for it again.
    """
    packed = 0
    while content.startswith(_GZIP) and packed < _MOST_TIMES:
        content, packed = _unpacked(content, name, limit), packed + 1
    if packed and (is_zip(content) or content.startswith(_GZIP)):
        raise FramingkitError(refused(name, "archive"))
    marked = any(words.encode() in content for words in (SHEET_FORMAT, LOG_FORMAT))
    marked |= content.startswith(_MARKS)
    if not marked and not is_hidden(name) and (kind := _kind(content, name)):
        raise FramingkitError(refused(name, kind))
    if not marked and not is_meant(name):
        return None
    if LOG_FORMAT.encode() in content.partition(b"\n")[0]:
        content = b"\n".join(map(_whole, content.split(b"\n")))
    text = decoded(content, shown(name))
    if SHEET_FORMAT in text or LOG_FORMAT in text:
        return text
    if _NOTEBOOK.search(text):
        raise FramingkitError(refused(name, "notebook"))
    return text if is_meant(name) else None


def kind_of_start(content: bytes) -> str:
    """Return what the first bytes say about a file; empty if they may begin a hand-in.

    Examples
    --------
    >>> kind_of_start(b"%PDF-1.7"), kind_of_start(b"{")
    ('document', '')
    """
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[4:8] == b"ftyp":
        return "picture" if content[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "recording"
    if content.startswith(_ZIP) and not is_zip(content):
        return "document"
    return "archive" if content[257:262] == b"ustar" else ""


def _kind(content: bytes, name: str) -> str:
    """Return what a file is that does not look like a hand-in; empty if nothing is known."""
    if not content.strip(b"\0"):
        return "zeros" if content else "empty"
    if kind := kind_of_start(content):
        return kind
    return "page" if _PAGE.match(content) and is_meant(name) else kind_of_name(name)


def _whole(line: bytes) -> bytes:
    """Put a sign that is no line of a log in place of one that is no text, after a crash."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return b"?"
    return line


def _unpacked(content: bytes, name: str, limit: int) -> bytes:
    """Unpack one file that was packed alone, in one piece or in several."""
    unpacked, unpacking = b"", zlib.decompressobj(wbits=31)
    try:
        for _ in range(_MOST_PIECES):
            if not content.startswith(_GZIP) or len(unpacked) > limit:
                break
            unpacking = zlib.decompressobj(wbits=31)
            unpacked += unpacking.decompress(content, limit + 1 - len(unpacked))
            content = unpacking.unused_data
    except zlib.error as error:
        raise FramingkitError(
            f"“{shown(name)}” cannot be unpacked ({error}). Ask for it again."
        ) from None
    if len(unpacked) > limit:
        raise FramingkitError(
            f"“{shown(name)}” has more than {limit:,} bytes when it is unpacked. {_ASK}."
        )
    if not unpacking.eof or content.startswith(_GZIP):
        raise FramingkitError(
            f"“{shown(name)}” cannot be unpacked to its end, or has too many parts. {_ASK}."
        )
    return unpacked


def decoded(content: bytes, label: str) -> str:
    """Read bytes as text: UTF-8 or UTF-16, with marks before it and zeros after it.

    Raises
    ------
    FramingkitError
        If they are in another encoding.
    """
    wide = content.startswith(_MARKS) and not content.startswith(b"\xff\xfe\0\0")
    if wide and len(content) % 2:
        content = content[:-1]
    try:
        text = content.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError as error:
        raise FramingkitError(
            f"“{label}” is damaged: byte {error.start} is not UTF-8 text. A program that was used "
            "to open it saved it in another encoding. Ask for the file as it was downloaded."
        ) from None
    return text.lstrip("\ufeff \t\r\n\f").rstrip("\0 \t\r\n\x1a\ufeff")


def parsed(text: str, label: str) -> Any:
    """Parse the JSON of a hand-in; an indent of unusual spaces does no harm.

    Raises
    ------
    FramingkitError
        If it is damaged; a word processor that changed quotation marks is named.
    """
    try:
        return parse_json(text, label)
    except FramingkitError:
        if _WORD_QUOTES.search(text):
            raise FramingkitError(
                f"“{label}” is damaged: a word processor has changed its quotation marks. Ask for "
                "the file as it was downloaded."
            ) from None
        plain = _INDENT.sub("\n", text)
        if plain == text:
            raise
    return parse_json(plain, label)
