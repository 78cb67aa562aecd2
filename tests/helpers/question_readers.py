"""Readers of question files, written from what each format's documentation says.

They share nothing with what writes the files. QTI is not only read but answered: a score and the
sentences that are shown are worked out from the conditions in the file.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree

CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
CC = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
V1 = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
V2 = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
Element = ElementTree.Element


@dataclass
class Read:
    """A question as it was read; texts are plain lines.

    `feedback` is by the text of an option. `score` answers with texts of options (for an order:
    all of them, in order) and gives a share of the points, from 0 to 1;
    `shows` gives the sentences that such an answer shows, where the file says so (QTI).
    """

    id: str
    name: str
    kind: str
    text: str
    options: list[str] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)
    after: str = ""
    points: float = 1
    score: Callable[[list[str]], float] = lambda _: 0
    shows: Callable[[list[str]], list[str]] = lambda _: []
    said: dict[str, str] = field(default_factory=dict)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.lines.append("")


def words(markup: str | None) -> str:
    """Give what a browser shows of HTML, a line for each paragraph."""
    parser = _Words()
    parser.feed(markup or "")
    parser.close()
    return "\n".join(line for line in parser.lines if line)


def clamp(score: float) -> float:
    return min(max(score, 0.0), 1.0)


def read_moodle(content: bytes) -> list[Read]:
    quiz = ElementTree.fromstring(content)
    assert quiz.tag == "quiz"
    return [_moodle(one) for one in quiz if one.get("type") != "category"]


def _moodle(one: Element) -> Read:
    type_ = one.get("type")
    kind = {"multichoice": "choice", "ordering": "order", "essay": "written"}[type_ or ""]
    if kind == "choice" and one.findtext("single") == "false":
        kind = "several"
    read = Read(
        one.findtext("idnumber") or "", one.findtext("name/text") or "", kind,
        words(one.findtext("questiontext/text")),
        after=words(one.findtext("generalfeedback/text")),
        points=float(one.findtext("defaultgrade") or "nan"),
    )  # fmt: skip
    shares = {}
    for answer in one.findall("answer"):
        text = words(answer.findtext("text"))
        read.options.append(text)
        read.feedback[text] = words(answer.findtext("feedback/text"))
        shares[text] = float(answer.get("fraction", "nan"))
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "graderinfo"):
        read.said[name] = words(one.findtext(f"{name}/text"))
    read.said["minwordlimit"] = one.findtext("minwordlimit") or ""
    if kind == "order":  # the answers are in the right order; Moodle mixes them
        assert one.findtext("selectcount") == str(len(shares))
        assert one.findtext("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST"
        right = list(zip(read.options, read.options[1:], strict=False))
        read.score = lambda given: (
            len({*zip(given, given[1:], strict=False)} & {*right}) / len(right)
        )
    else:
        read.score = lambda given: clamp(sum(shares[text] for text in given) / 100)
    return read


def read_gift(content: bytes) -> list[Read]:
    """Read GIFT: questions are kept apart by blank lines, and a backslash makes a sign plain."""
    blocks = re.split(r"\n\s*\n", content.decode("utf-8").strip())
    read = []
    for block in blocks:
        lines = [line for line in block.split("\n") if not line.startswith("//")]
        id = re.search(r"^//.*\[id:([^\]]+)\]", block, re.M)
        text = "\n".join(lines)
        if text and not text.startswith("$CATEGORY: "):
            assert id
            read.append(_gift(text, id[1]))
    return read


def _pieces(text: str, signs: str) -> Iterator[tuple[str, str]]:
    """Cut a text at signs that have no backslash before them; give each sign and what follows."""
    sign, held, chars = "", "", iter(text)
    for char in chars:
        if char == "\\":
            after = next(chars)
            held += "\n" if after == "n" else after
        elif char in signs:
            yield sign, held
            sign, held = char, ""
        else:
            held += char
    yield sign, held


def _gift(text: str, id: str) -> Read:
    name = re.match(r"::([^:]+)::\[plain\]", text)
    assert name, text[:80]
    rest = text[name.end() :]
    (_, question), (_, inside), (_, last) = _split_braces(rest)
    assert last == "", "nothing may follow the answers"
    body, _, after = _cut(inside, "####")
    read = Read(id, name[1], "written", _plain(question), after=_plain(after))
    rows = [(sign, said) for sign, said in _raw(body, "=~") if sign]
    shares: dict[str, float] = {}
    for sign, said in rows:
        answer, _, remark = _cut(said, "#")
        percent = re.match(r"%(-?\d{1,2}\d?\.?\d*)%", answer)
        share = 100.0 if sign == "=" else float(percent[1]) if percent else 0.0
        shown = _plain(answer[percent.end() :] if percent else answer)
        read.options.append(shown)
        read.feedback[shown], shares[shown] = _plain(remark), share
    if not rows:
        return read
    if "~" not in {sign for sign, _ in rows}:
        pairs = {a.strip(): b.strip() for a, _, b in (o.rpartition("->") for o in read.options)}
        read.kind, read.options = "order", list(pairs)
        read.score = lambda given: (
            sum(pairs[one] == str(place) for place, one in enumerate(given, start=1)) / len(pairs)
        )
    else:
        read.kind = "choice" if "=" in {sign for sign, _ in rows} else "several"
        read.score = lambda given: clamp(sum(shares[one] for one in given) / 100)
    return read


def _raw(text: str, signs: str) -> list[tuple[str, str]]:
    """Cut a text at plain signs, with the backslashes left in it."""
    cuts = [m.start() for m in re.finditer(r"\\.|[" + re.escape(signs) + "]", text)
            if text[m.start()] in signs]  # fmt: skip
    edges = [*cuts, len(text)]
    parts = [("", text[: edges[0]])]
    return parts + [
        (text[start], text[start + 1 : end]) for start, end in zip(edges, edges[1:], strict=False)
    ]


def _split_braces(text: str) -> list[tuple[str, str]]:
    return _raw(text, "{}")


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    """Cut at the first mark that has no backslash before it."""
    for found in re.finditer(r"\\.|" + re.escape(mark), text, re.S):
        if not found.group().startswith("\\"):
            return text[: found.start()], mark, text[found.end() :]
    return text, "", ""


def _plain(text: str) -> str:
    return "".join(part for _, part in _pieces(text.strip(), ""))


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _resources(files: dict[str, bytes], space: str) -> list[Element]:
    """Read the manifest, which must name every file of the package once."""
    manifest = ElementTree.fromstring(files["imsmanifest.xml"])
    resources = manifest.findall(f"{space}resources/{space}resource")
    named = [file.get("href") for one in resources for file in one.findall(f"{space}file")]
    assert sorted(named) == sorted({*files} - {"imsmanifest.xml"})
    ids = [one.get("identifier") for one in resources]
    assert len(ids) == len(set(ids))
    needed = {one.get("identifierref") for one in manifest.iter(f"{space}dependency")}
    assert needed <= {*ids}
    return resources


def read_qti12(content: bytes) -> list[Read]:
    files = files_of(content)
    read = []
    for resource in _resources(files, CC):
        assert resource.get("type") == "imsqti_xmlv1p2"
        (file,) = resource
        root = ElementTree.fromstring(files[file.get("href") or ""])
        read += [_qti12(item) for item in root.iter(f"{V1}item")]
    return read


def _qti12(item: Element) -> Read:
    fields = {
        one.findtext(f"{V1}fieldlabel"): one.findtext(f"{V1}fieldentry")
        for one in item.iter(f"{V1}qtimetadatafield")
    }
    kinds = {
        "multiple_choice_question": "choice", "multiple_answers_question": "several",
        "matching_question": "order", "essay_question": "written",
    }  # fmt: skip
    kind = kinds[fields["question_type"] or ""]
    shown = item.find(f"{V1}presentation")
    assert shown is not None
    read = Read(
        item.get("ident", ""), item.get("title", ""), kind,
        words(shown.findtext(f"{V1}material/{V1}mattext")),
        points=float(fields["points_possible"] or "nan"),
    )  # fmt: skip
    said = {
        one.get("ident"): words(one.findtext(f".//{V1}mattext"))
        for one in item.iter(f"{V1}itemfeedback")
    }
    asked = {one.get("ident") for one in shown if one.get("ident")}
    labels = {
        label.get("ident"): words(label.findtext(f".//{V1}mattext"))
        for label in shown.iter(f"{V1}response_label")
    }
    conditions = item.findall(f"{V1}resprocessing/{V1}respcondition")
    for one in item.iter(f"{V1}varequal"):
        assert one.get("respident") in asked
        assert one.text in labels

    def answered(given: dict[str, set[str]]) -> tuple[float, list[str]]:
        """Go through the conditions as the specification says."""
        score, shows = 0.0, []
        for condition in conditions:
            tests = condition.find(f"{V1}conditionvar")
            if tests is not None and all(_holds(test, given) for test in tests):
                for setvar in condition.findall(f"{V1}setvar"):
                    value = float(setvar.text or "nan")
                    score = score + value if setvar.get("action") == "Add" else value
                shows += [one.get("linkrefid") for one in condition.findall(f"{V1}displayfeedback")]
                if condition.get("continue") == "No":
                    break
        assert {*shows} <= {*said}
        return score / 100, [said[name] for name in shows]

    read.after = said.get("general_fb", "")
    read.said = {str(name): text for name, text in said.items()}
    if kind == "order":
        rows = {
            words(one.findtext(f"{V1}material/{V1}mattext")): one.get("ident", "")
            for one in shown.findall(f"{V1}response_lid")
        }
        places = {text: ident for ident, text in labels.items()}
        read.options = list(rows)

        def placed(given: list[str]) -> dict[str, set[str]]:
            return {rows[one]: {places[str(n)]} for n, one in enumerate(given, start=1)}

        read.score = lambda given: answered(placed(given))[0]
        read.shows = lambda given: answered(placed(given))[1]
    elif kind != "written":
        idents = {text: str(ident) for ident, text in labels.items()}
        read.options = list(idents)
        read.score = lambda given: answered({"response1": {idents[one] for one in given}})[0]
        read.shows = lambda given: answered({"response1": {idents[one] for one in given}})[1]
        for text in read.options:
            shows = answered({"response1": {idents[text]}})[1]
            own = said.get(f"{idents[text]}_fb", "")
            assert not own or own in shows, "a remark on an option must be shown when it is chosen"
            read.feedback[text] = own
    return read


def _holds(test: Element, given: dict[str, set[str]]) -> bool:
    kind = test.tag.removeprefix(V1)
    if kind == "varequal":
        return test.text in given.get(test.get("respident", ""), set())
    return {
        "and": lambda: all(_holds(one, given) for one in test),
        "or": lambda: any(_holds(one, given) for one in test),
        "not": lambda: not any(_holds(one, given) for one in test),
        "other": lambda: True,
    }[kind]()


def read_qti21(content: bytes) -> list[Read]:
    files = files_of(content)
    resources = _resources(files, CP)
    kinds = {one.get("type") for one in resources}
    assert kinds == {"imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1"}
    items, tested = {}, []
    for resource in resources:
        root = ElementTree.fromstring(files[resource.get("href") or ""])
        assert root.get("identifier") == resource.get("identifier")
        if root.tag == f"{V2}assessmentItem":
            items[resource.get("href")] = _qti21(root)
        else:
            tested += [one.get("href") for one in root.iter(f"{V2}assessmentItemRef")]
    assert tested == list(items), "each question is in one test"
    return list(items.values())


IN_ITEM = (
    "responseDeclaration", "outcomeDeclaration", "templateDeclaration", "templateProcessing",
    "stylesheet", "itemBody", "responseProcessing", "modalFeedback",
)  # fmt: skip
IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*")


def _lines(parts: list[Element]) -> str:
    markup = "".join(ElementTree.tostring(one, encoding="unicode") for one in parts)
    return words(re.sub(r"<(/?)\w+:", r"<\1", markup))


def _qti21(item: Element) -> Read:
    places = [IN_ITEM.index(child.tag.removeprefix(V2)) for child in item]
    assert places == sorted(places), "the schema has an order"
    for one in item.iter():
        assert IDENTIFIER.fullmatch(one.get("identifier", "x"))
    declared = item.find(f"{V2}responseDeclaration")
    body = item.find(f"{V2}itemBody")
    assert declared is not None
    assert body is not None
    interaction = body[-1] if body[-1].tag != f"{V2}rubricBlock" else body[-2]
    kind = {
        ("choiceInteraction", "single"): "choice", ("choiceInteraction", "multiple"): "several",
        ("orderInteraction", "ordered"): "order", ("extendedTextInteraction", "single"): "written",
    }[interaction.tag.removeprefix(V2), declared.get("cardinality", "")]  # fmt: skip
    if kind in ("choice", "several"):
        assert interaction.get("maxChoices") == ("1" if kind == "choice" else "0")
    choices = {c.get("identifier", ""): "".join(c.itertext()) for c in interaction}
    modal: dict[tuple[str | None, str | None], str] = {}
    for one in item.findall(f"{V2}modalFeedback"):
        assert one.get("showHide") == "show"
        modal[one.get("outcomeIdentifier"), one.get("identifier")] = _lines(list(one))
    ids = {text: id for id, text in choices.items()}
    rubrics = body.findall(f"{V2}rubricBlock")
    read = Read(
        item.get("identifier", ""), item.get("title", ""), kind,
        _lines([one for one in body if one not in (interaction, *rubrics)]),
        list(ids), points=float(_default(item, "MAXSCORE")),
    )  # fmt: skip

    def answered(given: list[str]) -> tuple[float, list[str]]:
        outcomes = _processed(item, declared, given)
        shows = []
        for (outcome, name), text in modal.items():
            value = outcomes.get(str(outcome))
            if value == name or (isinstance(value, list) and name in value):
                shows.append(text)
        return float(outcomes["SCORE"]), shows

    read.score = lambda given: answered([ids[text] for text in given])[0]
    read.shows = lambda given: answered([ids[text] for text in given])[1]
    read.after = next((text for (name, _), text in modal.items() if name == "AFTER"), "")
    assert not read.after or read.after in answered([])[1]
    for text, id in ids.items():
        if kind in ("choice", "several"):
            own = modal.get(("FEEDBACK", id), "")
            assert not own or own in answered([id])[1]
            read.feedback[text] = own
    read.said = {f"{outcome} {name}": text for (outcome, name), text in modal.items()}
    read.said["rubric"] = _lines(rubrics)
    return read


def _default(item: Element, outcome: str) -> str:
    found = item.find(f"{V2}outcomeDeclaration[@identifier='{outcome}']/{V2}defaultValue/{V2}value")
    assert found is not None
    return found.text or ""


def _processed(item: Element, declared: Element, given: list[str]) -> dict[str, object]:
    """Run the response processing for an answer."""
    many = {one.get("identifier"): one.get("cardinality")
            for one in item.findall(f"{V2}outcomeDeclaration")}  # fmt: skip
    outcomes: dict[str, object] = {"SCORE": float(_default(item, "SCORE"))}
    correct = [one.text for one in declared.findall(f"{V2}correctResponse/{V2}value")]

    def value(node: Element) -> object:
        kind = node.tag.removeprefix(V2)
        if kind == "variable":
            return given
        if kind == "baseValue":
            return float(node.text or "") if node.get("baseType") == "float" else node.text
        assert kind == "mapResponse"
        mapping = declared.find(f"{V2}mapping")
        assert mapping is not None
        worth = {one.get("mapKey"): float(one.get("mappedValue", "")) for one in mapping}
        total = sum(worth.get(one, float(mapping.get("defaultValue", "0"))) for one in given)
        return min(
            max(total, float(mapping.get("lowerBound", ""))), float(mapping.get("upperBound", ""))
        )

    def run(rules: list[Element]) -> None:
        for rule in rules:
            if rule.tag == f"{V2}setOutcomeValue":
                name = rule.get("identifier", "")
                assert name in many, "an outcome must be declared"
                outcomes[name] = value(rule[0])
                if isinstance(outcomes[name], list) and many[name] == "single":
                    outcomes[name] = next(iter(given), None)
                continue
            assert rule.tag == f"{V2}responseCondition"
            first = rule[0]
            assert [one.tag.removeprefix(V2) for one in first[0]] == ["variable", "correct"]
            ordered = declared.get("cardinality") == "ordered"
            same = given == correct if ordered else sorted(given) == sorted(map(str, correct))
            branch = list(first)[1:] if same else [r for one in rule[1:] for r in one]
            run(branch)

    for processing in item.findall(f"{V2}responseProcessing"):
        run(list(processing))
    return outcomes


READERS = {
    "moodle": read_moodle, "gift": read_gift, "qti12": read_qti12, "qti21": read_qti21,
}  # fmt: skip
