"""CSV: a row for each tag, safe to open in a spreadsheet; the text is not in it."""

from framingkit.base import Name, header_line, read_table, shown, table_line
from framingkit.errors import FramingkitError
from framingkit.formats.frames import COLUMNS
from framingkit.formats.model import Annotations, FileContent, Mark
from framingkit.formats.strangers import number, percent
from framingkit.hand_ins import decoded

_OTHERS = {
    "label": ("tag", "code"), "quote": ("content", "segment"), "coder": ("user", "annotator"),
}  # fmt: skip
"""Columns of other programs that hold the same."""


def write(annotations: Annotations) -> bytes:
    """Write a row for each tag.

    Examples
    --------
    >>> b"coder" in write(Annotations((), ()))
    True
    """
    lines = [header_line(COLUMNS)]
    for tagged in annotations.sets:
        lines += [
            table_line(
                [
                    Name(tagged.document_id),
                    Name(tagged.coder),
                    span.start,
                    span.end,
                    span.quote,
                    Name(span.label),
                    span.note,
                    span.confidence,
                    Name(span.id),
                ]
            )
            for span in tagged.spans
        ]
    return b"".join(lines)


def is_table(text: str) -> bool:
    """Tell whether the first line names the columns that tags need."""
    names = {cell.strip('" ').casefold() for cell in _split(text.partition("\n")[0])}
    label = names & {"label", *_OTHERS["label"]}
    return bool(label and ({"start", "end"} <= names or names & {"quote", *_OTHERS["quote"]}))


def _split(line: str) -> list[str]:
    for sign in ";\t":
        line = line.replace(sign, ",")
    return line.strip("\ufeff\r").split(",")


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read a table, also one that a spreadsheet saved again."""
    label = f"“{shown(name)}”"
    known = [*COLUMNS, *(other for others in _OTHERS.values() for other in others)]
    found = FileContent()
    for row in read_table(decoded(content, shown(name)), label, [], known):
        for wanted, others in _OTHERS.items():
            row[wanted] = row.get(wanted) or next(filter(None, map(row.get, others)), "")
        if not row["label"]:
            found.left_out.append(f"A row of {label} has no label.")
            continue
        if not row["quote"] and number(row.get("start")) is None:
            raise FramingkitError(
                f"{label} has neither offsets nor a quote in row {row.number}. Give the columns "
                "“start” and “end”, or “quote”."
            )
        found.marks.append(
            Mark(
                row.get("document", ""), row["coder"] or coder, row["label"],
                number(row.get("start")), number(row.get("end")), row["quote"] or None, "", "",
                row.get("note", ""), percent(row.get("confidence")), row.get("id", ""),
            )
        )  # fmt: skip
    return found
