"""One page of feedback for each learner: reasons for every answer, and for every tag.

The page says what the notebooks say, and nothing that they do not: no rank, no total.
"""

from collections.abc import Iterator
from pathlib import Path

from framingkit.annotations import AnnotationSet
from framingkit.classes import Learner
from framingkit.errors import FramingkitError
from framingkit.feedback import compare_with_reference
from framingkit.grade_plan import GradedText, GradePlan, tag_sets
from framingkit.items import RESPONSE_KEYS, Item, feedback_for
from framingkit.markup import Html, element
from framingkit.saving import write_atomic
from framingkit.spans import quoted
from framingkit.web_pages import web_page

_INTRODUCTION = (
    "This page goes through your answers and your tags. The reference reading is one careful "
    "reading; another one can be as good if the words support it."
)


def feedback_page(learner: Learner, plan: GradePlan) -> bytes:
    """Write the page of one learner.

    Parameters
    ----------
    learner
        The learner; nothing but the code name names a person.
    plan
        What is graded in the class.
    """
    answers = list(_answers(learner, plan))
    tags = list(_tags(learner, plan))
    nothing = [element("p", "There is nothing to say here: no answer and no tag was handed in.")]
    return web_page(
        f"Feedback for {learner.coder}",
        element("p", _INTRODUCTION),
        *([element("h2", "Your answers"), *answers] if answers else []),
        *([element("h2", "Your tags"), *tags] if tags else []),
        *([] if answers or tags else nothing),
    )


def _answers(learner: Learner, plan: GradePlan) -> Iterator[Html]:
    for item in (*plan.closed, *plan.written):
        response = learner.responses.get(item.id)
        if response is not None:
            yield element("h3", item.prompt)
            yield element("p", f"Your answer: {_said(item, response)}")
            yield _list(_reasons(item, response))


def _said(item: Item, response: dict[str, object]) -> str:
    """Write an answer in the words that the learner saw."""
    texts = {option.id: option.text for option in item.options}
    value = response.get(RESPONSE_KEYS[item.kind], "")
    values = value if isinstance(value, list) else [value]
    return ", ".join(quoted(texts.get(one, one)) for one in values if isinstance(one, str))


def _reasons(item: Item, response: dict[str, object]) -> list[str]:
    try:
        return feedback_for(item, response)
    except FramingkitError:
        return ["This answer could not be read. Ask your teacher to look at it with you."]


def _tags(learner: Learner, plan: GradePlan) -> Iterator[Html]:
    sets = tag_sets(learner)
    for place, text in plan.texts.items():
        mine = sets.get(place)
        if mine and mine.spans:
            yield element("h3", text.document.title)
            own = AnnotationSet(text.document.id, learner.coder, mine.spans)
            yield from _sections(own, text, plan)


def _sections(mine: AnnotationSet, text: GradedText, plan: GradePlan) -> Iterator[Html]:
    for task in text.tasks:
        found = compare_with_reference(
            mine, text.reference, text.document, plan.codebook, task.offered, task.section
        )
        if found.tagged:
            yield element("h4", text.document.section(task.section).title)
            yield element("p", " ".join(found.summary))
            yield _list([remark.sentence for remark in found.remarks])


def _list(sentences: list[str]) -> Html:
    return element("ul", *(element("li", sentence) for sentence in sentences))


def write_feedback(learner: Learner, plan: GradePlan, folder: Path) -> None:
    """Write the page of one learner into a folder, under the code name.

    Raises
    ------
    FramingkitError
        If it cannot be written.
    """
    write_atomic(folder / f"{learner.coder}.html", feedback_page(learner, plan))
