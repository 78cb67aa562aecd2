"""Small files as other programs write them, built by hand: two coders on one text.

Mara tagged “red carpet” as ceremony and “hot” as weather, Ben “carpet” as ceremony. A fish before
them counts once in Python and twice in UTF-16.
"""

import io
import json
import zipfile

TEXT = "A 🐟 on a red carpet.\nIt was hot."
RED, CARPET, HOT = TEXT.index("red"), TEXT.index("carpet"), TEXT.index("hot")
TAGS = {
    ("mara", "red carpet", "ceremony"), ("mara", "hot", "weather"), ("ben", "carpet", "ceremony")
}  # fmt: skip
_PLACES = [("mara", RED, "red carpet", "ceremony"), ("mara", HOT, "hot", "weather"),
           ("ben", CARPET, "carpet", "ceremony")]  # fmt: skip


def _json(data):
    return json.dumps(data).encode()


def _packed(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _selectors(start, quote, shift):
    return [
        {"type": "TextPositionSelector", "start": start + shift, "end": start + len(quote) + shift},
        {"type": "TextQuoteSelector", "exact": quote, "prefix": TEXT[:start][-9:],
         "suffix": TEXT[start + len(quote) :][:9]},
    ]  # fmt: skip


def _recogito():
    """W3C as a tool writes it that counts UTF-16 units, in a list and without the text."""
    return {"tags.json": _json([
        {
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": f"#{n}", "type": "Annotation",
            "creator": {"id": "x", "name": coder},
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": label},
                     {"type": "TextualBody", "purpose": "commenting", "value": "why"}],
            "target": {"source": "page", "selector": _selectors(start, quote, 1)},
        }
        for n, (coder, start, quote, label) in enumerate(_PLACES)
    ])}  # fmt: skip


def _hypothesis():
    return {"rows.json": _json({"total": 3, "rows": [
        {
            "id": str(n), "user": f"acct:{coder}@somewhere", "uri": "page", "tags": [label],
            "text": "", "document": {"title": ["A page"]},
            "target": [{"source": "page", "selector": _selectors(start, quote, 1)}],
        }
        for n, (coder, start, quote, label) in enumerate(_PLACES)
    ]})}  # fmt: skip


def _doccano():
    files = {}
    for who in ("mara", "ben"):
        entities = [
            {"id": n, "label": label, "start_offset": start, "end_offset": start + len(quote)}
            for n, (coder, start, quote, label) in enumerate(_PLACES)
            if coder == who
        ]
        line = {"id": 7, "text": TEXT, "entities": entities, "relations": [], "Comments": []}
        files[f"{who}.jsonl"] = _json(line) + b"\n"
    return files


def _label_studio():
    def result(start, quote, label):
        value = {
            "start": start + 1,
            "end": start + len(quote) + 1,
            "text": quote,
            "labels": [label],
        }
        return {"id": label, "from_name": "l", "to_name": "t", "type": "labels", "value": value}

    made = [
        {"completed_by": {"email": who}, "result": [result(*p[1:]) for p in _PLACES if p[0] == who]}
        for who in ("mara", "ben")
    ]
    return {"export.json": _json([{"id": 1, "data": {"article": TEXT}, "annotations": made}])}


def _brat():
    files = {}
    for who in ("mara", "ben"):
        lines = [
            f"T{n}\t{label} {start} {start + len(quote)}\t{quote}\n"
            for n, (coder, start, quote, label) in enumerate(_PLACES, start=1)
            if coder == who
        ]
        files[f"{who}/fish.txt"] = TEXT.encode()
        files[f"{who}/fish.ann"] = "".join(lines).encode() + b"R1\tsame Arg1:T1 Arg2:T2\n"
    return files


def _qdpx():
    """A project with a code below another, braces around ids, and names in other letters."""
    users = "".join(f'<User guid="{{U-{who}}}" name="{who}"/>' for who in ("mara", "ben"))
    selections = "".join(
        f'<PlainTextSelection guid="s{n}" startPosition="{start}" '
        f'endPosition="{start + len(quote)}"><Coding guid="c{n}" creatingUser="{{u-{who}}}">'
        f'<CodeRef targetGUID="{{K-{label}}}"/></Coding></PlainTextSelection>'
        for n, (who, start, quote, label) in enumerate(_PLACES)
    )
    project = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="Else 1"><Users>{users}</Users>'
        '<CodeBook><Codes><Code guid="{k-all}" name="all" isCodable="false">'
        '<Code guid="{k-ceremony}" name="ceremony" isCodable="true"/></Code>'
        '<Code guid="{k-weather}" name="weather" isCodable="true"/></Codes></CodeBook>'
        '<Sources><TextSource guid="t" name="fish" plainTextPath="internal://T.txt">'
        f"{selections}</TextSource>"
        '<PictureSource guid="p"><PictureSelection guid="x"/></PictureSource></Sources></Project>'
    )
    files = {"project.qde": project.encode(), "Sources/t.txt": TEXT.encode("utf-8-sig")}
    return {"study.qdpx": _packed(files)}


def _xmi():
    """A project of INCEpTION: a zip for each coder, with tokens and a layer of its own."""
    files = {"exportedproject.json": b'{"name": "p"}'}
    for who in ("mara", "ben"):
        tags = "".join(
            f'<custom:Span xmi:id="{9 + n}" sofa="1" begin="{start + 1}" '
            f'end="{start + 1 + len(quote)}" certain="true" label="{label}"/>'
            for n, (coder, start, quote, label) in enumerate(_PLACES)
            if coder == who
        )
        words = TEXT.replace("\n", "&#10;")
        cas = (
            '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
            'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
            'xmlns:s="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" '
            'xmlns:m="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" '
            'xmi:version="2.0"><m:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="9" '
            f'documentTitle="fish.txt" documentId="{who}"/>'
            f'<s:Token xmi:id="3" sofa="1" begin="0" end="1"/>{tags}'
            f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{words}"/>'
            '<cas:View sofa="1" members="2 3 9"/></xmi:XMI>'
        )
        packed = _packed({f"{who}.xmi": cas.encode(), "TypeSystem.xml": b"<x/>"})
        files[f"annotation/fish.txt/{who}.zip"] = packed
    files["annotation/fish.txt/INITIAL_CAS.zip"] = files["annotation/fish.txt/ben.zip"]
    return {"project.zip": _packed(files)}


def _tei():
    """Text with marks inside, one file for each coder."""
    head = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
    tail = "</body></text></TEI>"
    mara = TEXT.replace("red carpet", '<seg ana="#ceremony">red carpet</seg>')
    mara = mara.replace("hot", '<seg ana="#weather">hot</seg>')
    ben = TEXT.replace("carpet", '<seg ana="#ceremony">carpet</seg>')
    return {
        "mara/fish.xml": f"{head}{mara}{tail}".encode(),
        "ben/fish.xml": f"{head}{ben}{tail}".encode(),
    }


def _csv():
    """A table of Taguette, which has no offsets, as a spreadsheet saved it with semicolons."""
    rows = [f'"page";"{who}";"{label}";"{quote}"' for who, _, quote, label in _PLACES]
    return {"tags.csv": ("\ufeffdocument;coder;tag;content\r\n" + "\r\n".join(rows)).encode()}


FOREIGN = {
    "W3C in UTF-16 units": _recogito, "Hypothesis": _hypothesis, "doccano": _doccano,
    "Label Studio": _label_studio, "brat": _brat, "QDPX": _qdpx, "XMI": _xmi, "TEI": _tei,
    "CSV": _csv,
}  # fmt: skip


def put(folder, files):
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
