"""Questions as QTI 1.2, packed as Canvas reads it: a quiz for each lesson."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from framingkit.base import Html
from framingkit.exchange.asked import (
    IN_ORDER,
    MARK,
    NOT_YET,
    OWNER,
    PERFECT,
    PLACES,
    Asked,
    blocks_html,
    paragraphs,
    question_html,
)
from framingkit.exchange.markup import Node, node, xml_file
from framingkit.exchange.package import package
from framingkit.exchange.shares import parts

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_KINDS = {
    "choice": "multiple_choice_question", "several": "multiple_answers_question",
    "order": "matching_question", "written": "essay_question",
}  # fmt: skip
_ASKED = "response1"


def refuses(one: Asked) -> str:
    """Say why QTI 1.2 cannot hold a question; nothing if it can."""
    ordered = one.item.kind == "order" and not one.item.scored
    return "there is no right order, and Canvas asks for one" if ordered else ""


def write(questions: Sequence[Asked]) -> bytes:
    """Write a package with an assessment for each lesson."""
    files, resources = {}, []
    for lesson, group in groupby(questions, lambda one: one.item.lesson):
        key = f"{OWNER}-{lesson}"
        name = f"{key}/{key}.xml"
        files[name] = xml_file(_assessment(key, list(group)), MARK)
        file = node("file", href=name)
        resources.append(node("resource", file, identifier=key, type="imsqti_xmlv1p2"))
    manifest = node(
        "manifest",
        node("metadata", node("schema", "IMS Content"), node("schemaversion", "1.1.3")),
        node("organizations"),
        node("resources", *resources),
        identifier=f"{OWNER}-questions", xmlns=_PACKAGE,
    )  # fmt: skip
    return package({"imsmanifest.xml": xml_file(manifest, MARK), **files}, MARK)


def _assessment(key: str, group: list[Asked]) -> Node:
    section = node("section", *map(_item, group), ident="root_section")
    title = key.replace("-", " ", 1)
    assessment = node("assessment", section, ident=key, title=title)
    return node("questestinterop", assessment, xmlns=_QTI)


def _item(one: Asked) -> Node:
    fields = {
        "question_type": _KINDS[one.item.kind],
        "points_possible": "1" if one.item.scored else "0",
        "assessment_question_identifierref": f"{one.key}-question",
    }
    metadata = node("qtimetadata", *(
        node("qtimetadatafield", node("fieldlabel", name), node("fieldentry", value))
        for name, value in fields.items()
    ))  # fmt: skip
    outcomes = node("outcomes", node(
        "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"
    ))  # fmt: skip
    said = {name: markup for name, markup in _feedback(one) if markup}
    return node(
        "item",
        node("itemmetadata", metadata),
        node("presentation", *_presentation(one)),
        node("resprocessing", outcomes, *_conditions(one, said)),
        *(_said(name, markup) for name, markup in said.items()),
        ident=one.key, title=one.item.id,
    )  # fmt: skip


def _said(name: str, markup: Html) -> Node:
    return node("itemfeedback", node("flow_mat", _material(markup)), ident=name)


def _presentation(one: Asked) -> Iterator[Node]:
    kind = one.item.kind
    yield _material(question_html(one, PLACES if kind == "order" else ""))
    if kind == "written":
        label = node("response_label", ident="answer1", rshuffle="No")
        yield node("response_str", node("render_fib", label), ident=_ASKED, rcardinality="Single")
    elif kind == "order":
        for option in one.options:
            places = [_label(str(n), f"place_{n}") for n, _ in enumerate(one.item.options, 1)]
            material, choices = _material(paragraphs([option.text])), node("render_choice", *places)
            yield node("response_lid", material, choices, ident=_row(option.id))
    else:
        labels = [_label(option.text, f"answer_{option.id}") for option in one.options]
        many = "Multiple" if kind == "several" else "Single"
        yield node("response_lid", node("render_choice", *labels), ident=_ASKED, rcardinality=many)


def _row(option: str) -> str:
    return f"response_{option}"


def _label(text: str, ident: str) -> Node:
    return node("response_label", _material(paragraphs([text])), ident=ident)


def _material(markup: Html) -> Node:
    return node("material", node("mattext", markup, texttype="text/html"))


def _feedback(one: Asked) -> Iterator[tuple[str, Html]]:
    """Give each feedback by the name that Canvas knows it by."""
    yield "general_fb", blocks_html(one.read_after())
    if one.item.kind in ("several", "order") and one.item.scored:
        found = PERFECT if one.item.kind == "several" else IN_ORDER
        yield "correct_fb", paragraphs([found])
        yield "general_incorrect_fb", paragraphs([NOT_YET])
    if one.item.kind in ("choice", "several"):
        for option in one.options:
            remark = one.remark(option)
            yield f"answer_{option.id}_fb", paragraphs([remark] if remark else [])


def _conditions(one: Asked, said: dict[str, Html]) -> Iterator[Node]:
    """Say what each answer shows, then what it earns.

    Canvas knows the feedback on a whole answer by its name. For an order no condition shows it,
    since the conditions that add points for each place cannot tell that all are right.
    """
    if "general_fb" in said:
        yield _condition([node("other")], "Yes", "general_fb")
    for option in one.options:
        if f"answer_{option.id}_fb" in said:
            yield _condition([_is(option.id)], "Yes", f"answer_{option.id}_fb")
    if one.item.kind == "order":
        for (place, option), part in zip(
            enumerate(one.item.options, 1), parts(len(one.item.options), 100), strict=True
        ):
            chosen = node("varequal", f"place_{place}", respident=_row(option.id))
            yield _condition([chosen], "Yes", "", f"{part:f}", "Add")
    elif one.item.kind == "several":
        no = [node("not", _is(option.id)) for option in one.wrong]
        both = node("and", *(_is(option.id) for option in one.right), *no)
        yield _condition([both], "No", "correct_fb", "100")
    elif one.item.kind == "choice":
        yield from (_condition([_is(option.id)], "No", "", "100") for option in one.right)
    if one.item.kind == "several" and "general_incorrect_fb" in said:
        yield _condition([node("other")], "Yes", "general_incorrect_fb")


def _is(option: str) -> Node:
    return node("varequal", f"answer_{option}", respident=_ASKED)


def _condition(
    tests: list[Node], goes_on: str, shows: str, earns: str = "", how: str = "Set"
) -> Node:
    made = node("respcondition", node("conditionvar", *tests), **{"continue": goes_on})
    if earns:
        made.append(node("setvar", earns, action=how, varname="SCORE"))
    if shows:
        made.append(node("displayfeedback", feedbacktype="Response", linkrefid=shows))
    return made
