"""The parts of a report on questions, on the two tests, and on answers that are only counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from framingkit.agreement import two_places
from framingkit.base import Html, counted, element
from framingkit.course import Misconception
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.pieces import bar, percent, section, share_cell, table
from framingkit.reports.questions import (
    FEWEST_IN_TEST,
    Discrimination,
    ItemResult,
    PrePost,
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
    answered = [result for result in results if result.item.is_closed]
    if not answered:
        nobody = element("p", "Nobody answered a question with options.")
        return section("Questions", nobody, id="questions")
    enough = [result for result in answered if result.answered >= SMALLEST_GROUP]
    parts = list(_hardest(enough, misconceptions))
    for lesson, group in groupby(enough, key=lambda result: result.item.lesson):
        tables = [_question(result, misconceptions) for result in group]
        parts.append(section(lesson_name(lesson), *tables, level=3))
    rare = [result for result in answered if result.answered < SMALLEST_GROUP]
    return section("Questions", *parts, *_rare(rare), id="questions")


def _rare(results: Sequence[ItemResult]) -> Iterator[Html]:
    if results:
        answers = counted(sum(result.answered for result in results), "answer")
        each = f"{counted(len(results), 'question')} with {answers} in all: fewer than 5 learners"
        yield element("p", f"{each} answered each of them, so there is no breakdown.")


def _hardest(
    results: Sequence[ItemResult], misconceptions: Mapping[int, Misconception]
) -> Iterator[Html]:
    rows = [
        [result.item.prompt, share_cell(result.marks[0], sum(result.marks)),
         _most_believed(result, misconceptions) or "–"]
        for result in hardest(results, SMALLEST_GROUP)[:_HARDEST]
    ]  # fmt: skip
    if rows:
        header = ("Question", "Right", "The misconception that it reveals")
        yield table("The questions with the fewest right answers", header, rows)


def _most_believed(result: ItemResult, misconceptions: Mapping[int, Misconception]) -> str:
    """Name the misconception that the most chosen of the options with one expresses."""
    chosen = zip(result.options, result.item.options, strict=True)
    named = [(count, option) for count, option in chosen if option.misconception and count]
    if not named:
        return ""
    count, option = max(named, key=lambda pair: pair[0])
    behind = misconceptions[option.misconception or 0]
    learners = counted(count, "learner")
    return f"{behind.number}. {behind.name} ({learners}). What helps: {behind.helps}"


def _question(result: ItemResult, misconceptions: Mapping[int, Misconception]) -> Html:
    item = result.item
    parts = [element("h4", item.prompt), element("p", _marks(result))]
    if item.kind != "order":
        parts.append(_options(result, misconceptions))
    return element("div", *parts, class_="framingkit-together")


def _marks(result: ItemResult) -> str:
    answers = counted(result.answered, "answer")
    if result.difficulty is None:
        return f"{answers}. There is no right answer."
    right, partly, wrong = result.marks
    several = "" if result.item.kind == "choice" else f", {partly:,} partly right"
    return f"{answers}: {right:,} right{several}, {wrong:,} wrong."


def _options(result: ItemResult, misconceptions: Mapping[int, Misconception]) -> Html:
    rows, named = [], bool(result.item.misconceptions)
    for option, chosen in zip(result.item.options, result.options, strict=True):
        row = [option.text, f"{chosen:,}", share_cell(chosen, result.answered)]
        if result.difficulty is not None:
            row += ["right" if option.correct else "wrong", option.feedback]
        if named:
            behind = misconceptions.get(option.misconception or 0)
            row.append(f"{behind.number}. {behind.name}" if behind else "–")
        rows.append(row)
    header = ["Option", "Learners", "Share"]
    if result.difficulty is not None:
        header += ["Right or wrong", "The reason, as learners see it"]
    if named:
        header.append("The misconception that it expresses")
    return table("Who chose what", header, rows)


def pre_post_part(results: Sequence[ItemResult], tests: PrePost) -> Html:
    """Write the part on the test before the course and the one after it."""
    title = "Test before and test after"
    by_id = {result.item.id: result for result in results}
    asked = [by_id[item.id] for item in (*tests.before, *tests.after) if item.id in by_id]
    if max((result.answered for result in asked), default=0) < SMALLEST_GROUP:
        few = "Fewer than 5 learners answered a test, so there is no breakdown."
        return section(title, element("p", few if asked else "Nobody answered a test."), id="tests")
    rows = [
        _test_row(number, by_id.get(then.id), by_id.get(now.id), tests)
        for number, (then, now) in enumerate(zip(tests.before, tests.after, strict=True))
    ]
    how_to_read = (
        "These tests are unvalidated: nobody has checked yet how well they measure. Talk about "
        "change, and never grade by it. “Right” is the share of right answers: the larger, the "
        "easier the question. “Goes with the rest” is the correlation of a question with the "
        "points for the others, among learners who answered the whole test. Near 0 or below 0, the "
        f"question measures something else, or misleads. It needs {FEWEST_IN_TEST} such learners."
    )
    header = ("Question", "Right before", "Right after", "Goes with the rest, before",
              "Goes with the rest, after")  # fmt: skip
    return section(
        title, element("p", how_to_read), element("p", _moved(tests)),
        table("Question by question", header, rows), id="tests",
    )  # fmt: skip


def _test_row(
    number: int, then: ItemResult | None, now: ItemResult | None, tests: PrePost
) -> list[str]:
    named = then or now
    prompt = named.item.id.partition("-")[2].replace("-", " ") if named else ""
    return [
        f"{number + 1}: {prompt}", _right(then), _right(now),
        _goes(tests.first.discrimination(number)), _goes(tests.last.discrimination(number)),
    ]  # fmt: skip


def _right(result: ItemResult | None) -> str:
    if result is None or result.answered < SMALLEST_GROUP:
        return f"n/a: {counted(result.answered if result else 0, 'answer')}, fewer than 5"
    right, answers = result.marks[0], sum(result.marks)
    return element("span", f"{percent(right, answers)} of {answers:,}", bar(right / answers))


def _goes(with_rest: Discrimination) -> str:
    return f"n/a: {with_rest.reason}" if with_rest.value is None else two_places(with_rest.value)


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
        [result.item.prompt, lesson_name(result.item.lesson), f"{result.answered:,}"]
        for result in results
        if not result.item.is_closed
    ]
    if not rows:
        nobody = element("p", "Nobody answered in their own words.")
        return section("Written answers", nobody, id="written")
    words = "A report does not judge texts. To read them, use “framingkit grade --to-read”."
    answers = table("Answers", ("Question", "Where", "Learners"), rows)
    return section("Written answers", element("p", words), answers, id="written")
