"""Questions as Moodle XML, for Moodle 4.4 and later, which has questions to put in order."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from framingkit.base import Html
from framingkit.exchange.asked import (
    IN_ORDER,
    MARK,
    NOT_YET,
    OWNER,
    PARTLY,
    PERFECT,
    Asked,
    blocks_html,
    paragraphs,
    question_html,
)
from framingkit.exchange.markup import Node, node, xml_file
from framingkit.exchange.shares import GRADES, TOO_MANY, grades


def refuses(one: Asked) -> str:
    """Say why Moodle cannot hold a question; nothing if it can."""
    if one.item.kind == "order" and not one.item.scored:
        return "there is no right order, and Moodle needs one"
    many = max(len(one.right), len(one.wrong)) not in GRADES
    return TOO_MANY if one.item.kind == "several" and many else ""


def write(questions: Sequence[Asked]) -> bytes:
    """Write a file for Moodle's question bank, with a category for each lesson."""
    quiz = node("quiz")
    for lesson, group in groupby(questions, lambda one: one.item.lesson):
        quiz.append(_category(lesson))
        quiz.extend(map(_question, group))
    return xml_file(quiz, MARK)


def _category(lesson: str) -> Node:
    name = node("category", node("text", f"$course$/top/{OWNER}/{lesson}"))
    return node("question", name, node("info", node("text"), format="html"), type="category")


def _question(one: Asked) -> Node:
    item = one.item
    kind = {"choice": "multichoice", "several": "multichoice", "order": "ordering"}
    head = [
        node("name", node("text", item.id)),
        _text("questiontext", question_html(one)),
        _text("generalfeedback", blocks_html(one.read_after())),
        node("defaultgrade", "1" if item.scored else "0"),
        node("hidden", "0"),
        node("idnumber", one.key),
    ]
    parts = {"order": _order, "written": _essay}.get(item.kind, _choice)(one)
    tags = [node("tag", node("text", word)) for word in (OWNER, item.level)]
    type_ = kind.get(item.kind, "essay")
    return node("question", *head, *parts, node("tags", *tags), type=type_)


def _choice(one: Asked) -> Iterator[Node]:
    single = one.item.kind == "choice"
    yield node("single", str(single).lower())
    yield node("shuffleanswers", "false")
    yield node("answernumbering", "abc")
    yield from () if single else _combined(PERFECT)
    fits, other = ("100", "0") if single else grades(len(one.right), len(one.wrong))
    for option in one.options:
        fraction = fits if option in one.right else other
        yield _answer(option.text, fraction, one.remark(option))


def _order(one: Asked) -> Iterator[Node]:
    settings = {
        "layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": str(len(one.item.options)),
        "gradingtype": "RELATIVE_NEXT_EXCLUDE_LAST", "showgrading": "SHOW",
        "numberingstyle": "none",
    }  # fmt: skip
    yield from (node(name, value) for name, value in settings.items())
    yield from _combined(IN_ORDER)
    yield node("shownumcorrect", "1")
    for place, option in enumerate(one.item.options, start=1):
        yield _answer(option.text, str(place), "")


def _essay(one: Asked) -> Iterator[Node]:
    settings = {"responseformat": "editor", "responserequired": "1", "responsefieldlines": "10"}
    yield from (node(name, value) for name, value in settings.items())
    if one.item.min_words:
        yield node("minwordlimit", str(one.item.min_words))
    yield node("attachments", "0")
    yield node("attachmentsrequired", "0")
    yield _text("graderinfo", blocks_html(one.read_after()))


def _combined(right: str) -> list[Node]:
    sentences = {"correct": right, "partiallycorrect": PARTLY, "incorrect": NOT_YET}
    return [_text(f"{name}feedback", paragraphs([s])) for name, s in sentences.items()]


def _answer(text: str, fraction: str, remark: str) -> Node:
    feedback = _text("feedback", paragraphs([remark] if remark else []))
    shown = node("text", paragraphs([text]))
    return node("answer", shown, feedback, fraction=fraction, format="html")


def _text(tag: str, markup: Html) -> Node:
    return node(tag, node("text", markup), format="html")
