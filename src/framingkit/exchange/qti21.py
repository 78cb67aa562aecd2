"""Questions as QTI 2.1: a package with a file for each question and a test for each lesson."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from framingkit.exchange.asked import (
    IN_ORDER,
    MARK,
    NOT_YET,
    OWNER,
    PERFECT,
    Asked,
    blocks_html,
    paragraphs,
    question_html,
)
from framingkit.exchange.markup import Node, node, nodes_of, xml_file
from framingkit.exchange.package import package
from framingkit.exchange.shares import parts

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ITEM, _TEST = "imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1"
_ANSWER = "RESPONSE"


def refuses(one: Asked) -> str:
    """Say why QTI 2.1 cannot hold a question; it can hold all of them."""
    return ""


def write(questions: Sequence[Asked]) -> bytes:
    """Write a package with every question, and a test for each lesson."""
    files: dict[str, bytes] = {}
    resources: list[Node] = []
    for lesson, group in groupby(questions, lambda one: one.item.lesson):
        held = list(group)
        for one in held:
            name = f"items/{one.key}.xml"
            files[name] = xml_file(_item(one), MARK, indent=False)
            resources.append(_resource(one.key, name, _ITEM))
        key = f"{OWNER}-{lesson}"
        files[f"{key}.xml"] = xml_file(_test(key, held), MARK)
        needs = [node("dependency", identifierref=one.key) for one in held]
        resources.append(_resource(key, f"{key}.xml", _TEST, needs))
    manifest = node(
        "manifest",
        node("metadata", node("schema", "QTIv2.1 Package"), node("schemaversion", "1.0.0")),
        node("organizations"),
        node("resources", *resources),
        identifier=f"{OWNER}-questions", xmlns=_PACKAGE,
    )  # fmt: skip
    return package({"imsmanifest.xml": xml_file(manifest, MARK), **files}, MARK)


def _resource(key: str, name: str, kind: str, needs: Sequence[Node] = ()) -> Node:
    file = node("file", href=name)
    return node("resource", file, *needs, identifier=key, type=kind, href=name)


def _test(key: str, group: list[Asked]) -> Node:
    title = key.replace("-", " ", 1)
    items = [
        node("assessmentItemRef", identifier=one.key, href=f"items/{one.key}.xml") for one in group
    ]
    section = node("assessmentSection", *items, identifier="section", title=title, visible="true")
    part = node(
        "testPart", section,
        identifier="part", navigationMode="nonlinear", submissionMode="individual",
    )  # fmt: skip
    return node("assessmentTest", part, identifier=key, title=title, xmlns=_QTI)


def _item(one: Asked) -> Node:
    body = node("itemBody", *nodes_of(question_html(one)), _interaction(one))
    if one.item.kind == "written":
        body.append(node("rubricBlock", *nodes_of(blocks_html(one.read_after())), view="scorer"))
    return node(
        "assessmentItem",
        _response(one), *_outcomes(one), body, *_processing(one), *_feedback(one),
        identifier=one.key, title=one.item.id, adaptive="false", timeDependent="false", xmlns=_QTI,
    )  # fmt: skip


def _response(one: Asked) -> Node:
    kind = {"several": "multiple", "order": "ordered"}.get(one.item.kind, "single")
    base = "string" if one.item.kind == "written" else "identifier"
    made = node("responseDeclaration", identifier=_ANSWER, cardinality=kind, baseType=base)
    if one.item.options and one.item.scored:
        right = one.item.options if kind == "ordered" else one.right
        made.append(node("correctResponse", *(node("value", option.id) for option in right)))
    if one.item.kind == "several" and one.item.scored:
        gains = zip(one.right, parts(len(one.right)), strict=True)
        losses = zip(one.wrong, parts(len(one.wrong), -1), strict=True)
        entries = [
            node("mapEntry", mapKey=option.id, mappedValue=f"{part:f}")
            for option, part in (*gains, *losses)
        ]
        made.append(node("mapping", *entries, lowerBound="0", upperBound="1", defaultValue="0"))
    return made


def _outcomes(one: Asked) -> Iterator[Node]:
    zero, most = node("value", "0"), node("value", "1" if one.item.scored else "0")
    for name, value in (("SCORE", zero), ("MAXSCORE", most)):
        default = node("defaultValue", value)
        yield _outcome(name, "single", "float", default)
    if one.item.kind in ("choice", "several"):
        many = "multiple" if one.item.kind == "several" else "single"
        yield _outcome("FEEDBACK", many, "identifier")
    if _whole(one):
        yield _outcome("WHOLE", "single", "identifier")
    if one.read_after():
        yield _outcome("AFTER", "single", "identifier")


def _outcome(name: str, many: str, base: str, *inside: Node) -> Node:
    return node("outcomeDeclaration", *inside, identifier=name, cardinality=many, baseType=base)


def _whole(one: Asked) -> bool:
    """Tell whether there are sentences on the answer as a whole."""
    return one.item.scored and one.item.kind in ("several", "order")


def _interaction(one: Asked) -> Node:
    kind = one.item.kind
    if kind == "written":
        return node("extendedTextInteraction", responseIdentifier=_ANSWER, expectedLines="10")
    choices = [node("simpleChoice", option.text, identifier=option.id) for option in one.options]
    if kind == "order":
        return node("orderInteraction", *choices, responseIdentifier=_ANSWER, shuffle="false")
    most = "0" if kind == "several" else "1"
    return node(
        "choiceInteraction", *choices, responseIdentifier=_ANSWER, shuffle="false", maxChoices=most
    )


def _processing(one: Asked) -> Iterator[Node]:
    rules = list(_rules(one))
    if rules:
        yield node("responseProcessing", *rules)


def _rules(one: Asked) -> Iterator[Node]:
    if one.item.kind in ("choice", "several"):
        yield _set("FEEDBACK", node("variable", identifier=_ANSWER))
    if one.item.scored and one.item.options:
        match = node(
            "match", node("variable", identifier=_ANSWER), node("correct", identifier=_ANSWER)
        )
        found = [] if one.item.kind == "several" else [_set("SCORE", _value("float", "1"))]
        whole = _whole(one)
        met = [_set("WHOLE", _value("identifier", "found"))] if whole else []
        tried = (
            [node("responseElse", _set("WHOLE", _value("identifier", "again")))] if whole else []
        )
        yield node("responseCondition", node("responseIf", match, *found, *met), *tried)
    if one.item.scored and one.item.kind == "several":
        yield _set("SCORE", node("mapResponse", identifier=_ANSWER))
    if one.read_after():
        yield _set("AFTER", _value("identifier", "after"))


def _set(name: str, value: Node) -> Node:
    return node("setOutcomeValue", value, identifier=name)


def _value(base: str, text: str) -> Node:
    return node("baseValue", text, baseType=base)


def _feedback(one: Asked) -> Iterator[Node]:
    if one.item.kind in ("choice", "several"):
        for option in one.options:
            if remark := one.remark(option):
                yield _modal("FEEDBACK", option.id, nodes_of(paragraphs([remark])))
    if _whole(one):
        found = IN_ORDER if one.item.kind == "order" else PERFECT
        yield _modal("WHOLE", "found", nodes_of(paragraphs([found])))
        yield _modal("WHOLE", "again", nodes_of(paragraphs([NOT_YET])))
    if one.read_after():
        yield _modal("AFTER", "after", nodes_of(blocks_html(one.read_after())))


def _modal(outcome: str, name: str, inside: list[Node]) -> Node:
    return node(
        "modalFeedback", *inside, outcomeIdentifier=outcome, identifier=name, showHide="show"
    )
