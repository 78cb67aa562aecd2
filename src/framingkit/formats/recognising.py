"""Which format a file has, by what is in it: names are only believed where content says nothing."""

from framingkit.base import shown
from framingkit.errors import FramingkitError
from framingkit.formats import brat, doccano, hypothesis, kit_files, label_studio, ours, tables, w3c
from framingkit.formats.strangers import parsed, words
from framingkit.formats.xml import read_xml, root_tag
from framingkit.hand_ins import decoded

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_LOG = b"framingkit work log"


def format_of(content: bytes, name: str) -> str:
    r"""Name the format of a file; nothing if it is none that holds tags.

    Raises
    ------
    FramingkitError
        If it is of such a format but damaged, or is in another encoding.

    Examples
    --------
    >>> format_of(b"T1\thedge 0 5\tmay be", "x.ann"), format_of(b"It is hot.", "x.txt")
    ('brat', '')
    """
    if content.startswith((_ZIP, b"PK\x05\x06")):
        return "zip"
    if content.startswith(_GZIP):
        return "class"
    if name.lower().endswith(".ann"):
        return "brat"  # one without a line says that nothing was tagged
    if not content.strip():
        raise FramingkitError(f"“{shown(name)}” is empty, so there are no tags in it.")
    if b"\0" in content[:1024] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    text = decoded(content, shown(name))
    if text.startswith("<"):
        return _of_xml(text, content, name)
    if text.startswith(("{", "[")) and not name.lower().endswith(".toml"):
        return _of_json(content, name)
    if brat.is_ann(text):
        return "brat"
    if tables.is_table(text):
        return "csv"
    return "reading" if name.lower().endswith(".toml") and "[[spans]]" in text else ""


def _of_xml(text: str, content: bytes, name: str) -> str:
    tag = root_tag(text)
    kind = {"XMI": "xmi", "TEI": "tei", "teiCorpus": "tei", "Project": "qdpx"}
    found = kind.get(tag.rpartition(":")[2], "")
    if found == "qdpx" and "urn:QDA-XML:project" not in text[:4000]:
        return ""
    if not found and not text.lower().startswith(("<!doctype html", "<html")):
        read_xml(content, name)  # a sentence about a DTD, if that is why
    return found


def _of_json(content: bytes, name: str) -> str:
    if _LOG in content[:200]:
        return "sheet"
    data = parsed(content, name)
    said = words(data.get("format")) if isinstance(data, dict) else ""
    if said == ours.FORMAT:
        return "framingkit"
    tests = {
        "sheet": kit_files.is_ours, "w3c": w3c.is_w3c, "hypothesis": hypothesis.is_hypothesis,
        "label-studio": label_studio.is_label_studio, "doccano": doccano.is_doccano,
    }  # fmt: skip
    return next((kind for kind, test in tests.items() if test(data)), "")
