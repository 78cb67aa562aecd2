"""Strict checkers of what the kit writes, from the rules of each format and not from our writers.

Each gives the rules that a file breaks; none if it is as it has to be.
"""

import io
import json
import re
import zipfile

_URN = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_TEXT_BOUND = re.compile(r"T[1-9]\d*\t([A-Za-z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_NOTE = re.compile(r"#[1-9]\d*\tAnnotatorNotes (T\d+)\t(\S.*)")


def broken_musts(content, texts):
    """Check the MUSTs of the Web Annotation Data Model; `texts` are the words by their ids."""
    data, broken = json.loads(content), []

    def must(holds, rule):
        if not holds:
            broken.append(rule)

    contexts = data["@context"] if isinstance(data["@context"], list) else [data["@context"]]
    must("http://www.w3.org/ns/anno.jsonld" in contexts, "5.1 @context")
    prefixes = {name for one in contexts if isinstance(one, dict) for name in one}
    must(
        all(name.split(":")[0] in prefixes for name in data if ":" in name), "a prefix is declared"
    )
    must(_URN.fullmatch(data["id"]), "5.1 one IRI as id")
    must(data["type"] == "AnnotationCollection", "5.1 type")
    must(data["total"] == len(data["first"]["items"]), "5.1 total")
    page = data["first"]
    must(_URN.fullmatch(page["id"]) and page["type"] == "AnnotationPage", "5.2 id and type")
    sources = {one["framingkit:iri"]: one["framingkit:id"] for one in data["framingkit:texts"]}
    ids = [item["id"] for item in page["items"]]
    must(len(set(ids)) == len(ids), "3.1 an id for each")
    for item in page["items"]:
        must(_URN.fullmatch(item["id"]) and item["type"] == "Annotation", "3.1 id and type")
        must(not ("body" in item and "bodyValue" in item), "3.2.5 body or bodyValue")
        for body in item["body"]:
            must(isinstance(body["value"], str) and "source" not in body, "3.2.4 one value")
            must(body["purpose"] in ("tagging", "commenting"), "3.3.5 purpose")
        target = item["target"]
        must(_URN.fullmatch(target["source"]) and "value" not in target, "4 one source")
        text = texts[sources[target["source"]]]
        quote, position = target["selector"]
        start, end = position["start"], position["end"]
        must(type(start) is int and type(end) is int and 0 <= start <= end, "4.2.5 start and end")
        must(text[start:end] == quote["exact"], "4.2.4 code points, and exact is a copy")
        before, after = quote.get("prefix", ""), quote.get("suffix", "")
        must(text[:start].endswith(before) and text[end:].startswith(after), "4.2.4 around")
    return broken


def broken_brat_rules(content):
    """Check the rules of brat's stand-off format on every pair of files."""
    broken = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    listed = re.split(r"\[\w+\]", files["annotation.conf"])[1].split()
    for name, lines in files.items():
        if not name.endswith(".ann"):
            continue
        text, known = files[f"{name[:-4]}.txt"], set()
        if lines and not lines.endswith("\n"):
            broken.append("the last line ends")
        for line in lines.split("\n")[:-1]:
            if len(line.splitlines()) != 1:
                broken.append(f"one line: {line!r}")
            tag, note = _TEXT_BOUND.fullmatch(line), _NOTE.fullmatch(line)
            if tag:
                pieces = [tuple(map(int, one.split())) for one in tag[2].split(";")]
                words = " ".join(text[start:end] for start, end in pieces)
                in_order = all(a < b for a, b in pieces) and pieces == sorted(pieces)
                if words != tag[3] or not in_order or tag[1] not in listed:
                    broken.append(f"words, order or label: {line!r}")
                known.add(line.split("\t")[0])
            elif not note or note[1] not in known:
                broken.append(f"no such line: {line!r}")
    return broken
