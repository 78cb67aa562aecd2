"""The parts of a report on questions, on the two tests, and on answers that are only counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from framingkit.agreement import two_places
from framingkit.base import Html, counted, element
from framingkit.course import Item, Misconception
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.pieces import bar, percent, section, share_cell, table
from framingkit.reports.questions import (
    CLOSED,
    FEWEST_IN_TEST,
    Discrimination,
    ItemResult,
    PrePost,
    closed,
    hardest,
)

_HARDEST = 5


def lesson_name(id: str) -> str:
    """Name a lesson, a workbook or a test for people.

    Examples
    --------
    >>> lesson_name("03-commentary"), lesson_name("exercises-05-capstone"), lesson_name("pre-test")
    ('Lesson 03: commentary', 'Workbook 05: capstone', 'Pre-test')
    """
    kind, name = "Lesson", id
    if id.startswith("exercises-"):
        kind, name = "Workbook", id.removeprefix("exercises-")
    first, _, rest = name.partition("-")
    return f"{kind} {first}: {rest.replace('-', ' ')}" if first.isdigit() else id.capitalize()


def questions_part(
    results: Sequence[ItemResult], misconceptions: Mapping[int, Misconception]
) -> Html:
    """Write the part on questions with options, lesson by lesson."""
    shown = closed(results)
    if not shown:
        return section("Questions", element("p", "Nobody answered a question with options."),
                       id="questions")  # fmt: skip
    enough = [one for one in shown if one.answered >= SMALLEST_GROUP]
    parts = list(_hardest(enough, misconceptions))
    for lesson, group in groupby(enough, key=lambda one: one.item.lesson):
        tables = [_question(one, misconceptions) for one in group]
        parts.append(section(lesson_name(lesson), *tables, level=3))
    rare = [one for one in shown if one.answered < SMALLEST_GROUP]
    return section("Questions", *parts, *_rare(rare), id="questions")


def _rare(results: Sequence[ItemResult]) -> Iterator[Html]:
    if results:
        answers = counted(sum(one.answered for one in results), "answer")
        questions = counted(len(results), "question")
        yield element(
            "p",
            f"{questions} with {answers} in all: fewer than 5 learners answered each of them, so "
            "there is no breakdown.",
        )


def _hardest(
    results: Sequence[ItemResult], misconceptions: Mapping[int, Misconception]
) -> Iterator[Html]:
    rows = [
        [one.item.prompt, share_cell(one.marks[0], sum(one.marks)),
         _behind(one.item, misconceptions) or "–"]
        for one in hardest(results, SMALLEST_GROUP)[:_HARDEST]
    ]  # fmt: skip
    if rows:
        header = ("Question", "Right", "The misconception that it finds")
        yield table("The questions with the fewest right answers", header, rows)


def _behind(item: Item, misconceptions: Mapping[int, Misconception]) -> str:
    found = misconceptions.get(item.misconception or 0)
    return f"{found.number}. {found.name} What helps: {found.helps}" if found else ""


def _question(result: ItemResult, misconceptions: Mapping[int, Misconception]) -> Html:
    item, behind = result.item, _behind(result.item, misconceptions)
    parts = [element("h4", item.prompt), element("p", _marks(result))]
    if behind:
        parts.append(element("p", f"The misconception behind wrong answers: {behind}"))
    if item.kind != "order":
        parts.append(_options(result))
    return element("div", *parts, class_="framingkit-together")


def _marks(result: ItemResult) -> str:
    answers = counted(result.answered, "answer")
    if result.difficulty is None:
        return f"{answers}. There is no right answer."
    right, partly, wrong = result.marks
    several = "" if result.item.kind == "choice" else f", {partly:,} partly right"
    return f"{answers}: {right:,} right{several}, {wrong:,} wrong."


def _options(result: ItemResult) -> Html:
    rows = []
    for option, chosen in zip(result.item.options, result.options, strict=True):
        row = [option.text, f"{chosen:,}", share_cell(chosen, result.answered)]
        if result.difficulty is not None:
            row += ["right" if option.correct else "wrong", option.feedback]
        rows.append(row)
    header = ["Option", "Learners", "Share"]
    if result.difficulty is not None:
        header += ["Right or wrong", "The reason, as learners see it"]
    return table("Who chose what", header, rows)


def pre_post_part(results: Sequence[ItemResult], tests: PrePost) -> Html:
    """Write the part on the test before the course and the one after it."""
    title = "Test before and test after"
    found = {one.item.id: one for one in results}
    answered = [found[one.id].answered for one in (*tests.before, *tests.after) if one.id in found]
    if max(answered, default=0) < SMALLEST_GROUP:
        few = "Fewer than 5 learners answered a test, so there is no breakdown."
        said = few if answered else "Nobody answered a test."
        return section(title, element("p", said), id="tests")
    rows = [
        _test_row(place, found.get(then.id), found.get(now.id), tests)
        for place, (then, now) in enumerate(zip(tests.before, tests.after, strict=True))
    ]
    said = (
        "These tests are unvalidated: nobody has tried yet how well they measure. Talk about "
        "change, and never grade by it. “Right” is the share of right answers: the larger, the "
        "easier the question. “Goes with the rest” is the correlation of a question with the "
        "points for the others, among learners who answered the whole test. Near 0 or below 0, the "
        f"question measures something else, or misleads. It needs {FEWEST_IN_TEST} such learners."
    )
    header = ("Question", "Right before", "Right after", "Goes with the rest, before",
              "Goes with the rest, after")  # fmt: skip
    return section(
        title, element("p", said), element("p", _moved(tests)),
        table("Question by question", header, rows), id="tests",
    )  # fmt: skip


def _test_row(
    place: int, then: ItemResult | None, now: ItemResult | None, tests: PrePost
) -> list[str]:
    named = then or now
    prompt = named.item.id.partition("-")[2].replace("-", " ") if named else ""
    return [
        f"{place + 1}: {prompt}", _right(then), _right(now),
        _goes(tests.first.discrimination(place)), _goes(tests.last.discrimination(place)),
    ]  # fmt: skip


def _right(result: ItemResult | None) -> str:
    if result is None or result.answered < SMALLEST_GROUP:
        return f"n/a: {counted(result.answered if result else 0, 'answer')}, fewer than 5"
    right, answers = result.marks[0], sum(result.marks)
    return element("span", f"{percent(right, answers)} of {answers:,}", bar(right / answers))


def _goes(found: Discrimination) -> str:
    return f"n/a: {found.reason}" if found.value is None else two_places(found.value)


def _moved(tests: PrePost) -> str:
    answered = (
        f"{counted(tests.first.learners, 'learner')} answered the whole test before, "
        f"{tests.last.learners:,} the whole test after, {tests.both:,} both."
    )
    means = tests.means
    if means is None or tests.both < SMALLEST_GROUP:
        return f"{answered} Fewer than 5 learners answered both, so there is no comparison."
    same = tests.both - tests.up - tests.down
    return (
        f"{answered} These {tests.both:,} had {means[0]:.1f} of {len(tests.before)} points before "
        f"and {means[1]:.1f} after: {tests.up:,} went up, {same:,} stayed, {tests.down:,} went "
        "down. The number alone does not say why."
    )


def counted_part(results: Sequence[ItemResult]) -> Html:
    """Write the part on answers that are only counted: written ones, and how sure learners are."""
    rows = [
        [one.item.prompt, lesson_name(one.item.lesson), f"{one.answered:,}"]
        for one in results
        if one.item.kind not in CLOSED
    ]
    said = "A report does not judge texts. To read them, use “framingkit grade --to-read”."
    if not rows:
        said = "Nobody answered in words of their own."
    tables = [table("Answers", ("Question", "Where", "Learners"), rows)] if rows else []
    return section("Written answers", element("p", said), *tables, id="written")
