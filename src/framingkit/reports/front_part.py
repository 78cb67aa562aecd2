"""The first screen of a report: who handed in, what to teach again, what to talk about."""

import re
from collections.abc import Iterator

from framingkit.base import Html, beginning, chip_html, counted, element
from framingkit.course import Code, Document
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.drawings import dots, sides_bar, squares
from framingkit.reports.front import Belief, Front, Split
from framingkit.reports.pieces import percent, table
from framingkit.reports.report import Report

_PROMPT, _OPTION, _HELPS, _AROUND = 190, 90, 110, 60
"""How many characters of each fit on a projector; the appendix has all of them."""

_NO_TAG = "no tag"
_FEW = (
    "Fewer than 5 learners: counts would show who did what. A sheet of feedback for each of them "
    "says what to try again."
)


def heading(report: Report, private: bool) -> Html:
    """Write what is above everything: the lesson, who handed in, and the buttons.

    Parameters
    ----------
    report
        What the page says.
    private
        Whether the page has a box for the teacher alone.
    """
    front = report.front
    title = element(
        "div",
        element("p", element("b", "Class report"), class_="framingkit-kicker"),
        element("h1", front.scope.title),
    )
    return element("header", title, _handed_in(report), _buttons(private), class_="framingkit-top")


def _handed_in(report: Report) -> Html:
    front, expected = report.front, report.expected
    there = len(expected.names) - len(expected.missing) if expected else front.handed_in
    whole = len(expected.names) if expected else front.handed_in
    words = f"{there:,} of {whole:,}" if expected else counted(whole, "learner")
    rest = f" handed in, {len(expected.missing):,} missing" if expected else " handed in"
    lines = [element("p", element("b", words), rest)]
    if front.begun < front.handed_in:
        lines.append(element("p", f"{front.begun:,} of them began this lesson"))
    signs = [squares(there, whole, f"{words}{rest}")] if whole else []
    return element("div", *signs, *lines, class_="framingkit-handed")


def _buttons(private: bool) -> Html:
    names = (("project", "Projector view"), ("private", "For you only"))
    buttons = [
        element("button", name, type="button", **{"data-do": act, "aria-pressed": "false"})
        for act, name in names
        if private or act != "private"
    ]
    buttons.append(element("button", "Print", type="button", **{"data-do": "print"}))
    return element("div", *buttons, class_="framingkit-tools", hidden="")


def teach_part(front: Front) -> Html:
    """Write up to three things to teach again."""
    if front.teach:
        inside = element("div", *map(_belief, front.teach), class_="framingkit-three")
    else:
        enough = front.begun >= SMALLEST_GROUP
        nothing = (
            "Nothing stands out: in no question with at least 5 answers was a fifth of them not "
            "right."
        )
        inside = element("p", nothing if enough else _FEW)
    return element("section", element("h2", "Teach again"), inside, class_="framingkit-teach")


def _belief(one: Belief) -> Html:
    item = one.result.item
    share = percent(one.wrong, one.answered).removesuffix(" %")
    words = f"{one.wrong:,} of {one.answered:,}"
    chose = element(
        "p", f"{one.chose:,} chose: ", quoted_option(item.options[one.instead].text),
        class_="framingkit-chose",
    )  # fmt: skip
    return element(
        "article",
        element("p", share, element("small", " %"), class_="framingkit-big"),
        dots(one.wrong, one.answered, f"{words} answers are not right"),
        element("p", f"{words} not right{_others(one)}", class_="framingkit-of"),
        element("h3", belief_name(one)),
        element("p", short_prompt(item.prompt, _PROMPT), class_="framingkit-prompt"),
        chose,
        element("p", element("b", "What helps "), beginning(one.helps, _HELPS),
                class_="framingkit-helps"),
    )  # fmt: skip


def belief_name(one: Belief) -> str:
    """Say the belief as a quotation, or that no one belief is known."""
    return f"“{one.belief.name}”" if one.belief else "No one belief behind it"


def quoted_option(text: str) -> str:
    """Shorten what an option says."""
    return beginning(text, _OPTION)


def _others(one: Belief) -> str:
    also = ", ".join(f"{wrong:,} of {answered:,}" for wrong, answered in one.others[:2])
    return f"; also {also} elsewhere" if also else ""


def short_prompt(prompt: str, most: int) -> str:
    """Shorten a question; its last sentence, which asks, is kept before all else.

    Examples
    --------
    >>> short_prompt("Two ministers met. They talked for an hour. Which word is a metaphor?", 50)
    'Two ministers met … Which word is a metaphor?'
    """
    if len(prompt) <= most:
        return prompt
    *_, last = re.split(r"(?<=[.?!”:]) (?=[A-Z“])", prompt)
    room = most - len(last) - 1
    if room < 12:
        return beginning(last if last.endswith("?") else prompt, most)
    return f"{beginning(prompt[: -len(last)].rstrip(), room).replace('.…', ' …')} {last}"


def discuss_part(front: Front) -> Html:
    """Write up to three places where readers really differ, each with a question."""
    text, parts = front.text, [element("h2", "Talk about it")]
    if text and front.discuss:
        places = (_split(one, text.document) for one in front.discuss)
        parts.append(element("div", *places, class_="framingkit-three"))
    parts += [element("p", words, class_="framingkit-note") for words in _no_split(front)]
    return element("section", *parts, class_="framingkit-talk")


def _no_split(front: Front) -> Iterator[str]:
    if front.text is None:
        yield "Nobody tagged a text of this lesson."
    elif front.text.map is None:
        yield (
            "These places are debatable in the reference reading; nothing here counts learners."
            if front.discuss
            else "The reference reading calls nothing debatable here."
        )
    elif not front.discuss:
        yield (
            "No real split: at no place that the reference reading calls debatable is a fifth of "
            "the readers on each of two sides."
        )


def _split(one: Split, document: Document) -> Html:
    return element(
        "article",
        _words(one, document),
        *(_readers(one) if one.readers else []),
        element("p", question(one, document), class_="framingkit-ask"),
    )


def _readers(one: Split) -> Iterator[Html]:
    """Draw and list how many are on each side."""
    said = "; ".join(f"{side_name(code)} {count:,}" for code, count in one.sides)
    yield sides_bar(one.sides, f"{said}; of {one.readers:,} readers")
    yield element("ul", *_sides(one), class_="framingkit-list")


def side_name(code: Code | None) -> str:
    """Name a side."""
    return code.name if code else _NO_TAG


def _sides(one: Split) -> Iterator[Html]:
    for code, count in one.sides:
        if code is None or 20 * count >= one.readers:
            chip = [chip_html(code.chip), " "] if code else []
            yield element("li", *chip, f"{side_name(code)} ", element("b", f"{count:,}"))
    rest = sum(count for code, count in one.sides if code and 20 * count < one.readers)
    if rest:
        yield element("li", "others ", element("b", f"{rest:,}"))


def _words(one: Split, document: Document) -> Html:
    """Show the words with some of their sentence around them."""
    sentence = document.sentences()[one.sentence - 1]
    end = max(sentence.start, min(one.end, sentence.end))
    before = " ".join(document.text[sentence.start : one.start].split())
    after = " ".join(document.text[end : sentence.end].split())
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    start = before + " " * document.text[one.start - 1 : one.start].isspace()
    space = " " * document.text[end : end + 1].isspace()
    return element(
        "p", element("small", f"[{one.sentence}] "), start,
        element("mark", " ".join(document.text[one.start : end].split())),
        space + beginning(after, _AROUND), class_="framingkit-words", dir="auto",
    )  # fmt: skip


def question(one: Split, document: Document) -> str:
    """Ask about a place, by the short rule of the code that the class is split over."""
    words = document.quote(one.start, one.end)
    large = sorted(one.sides, key=lambda side: -side[1])[:2]
    codes = [code for code, _ in large if code]
    if len(codes) > 1:
        names = f"{codes[0].name} or {codes[1].name.lower()}"
        return f"{names}? Say what {words} does here, by the rule of each. Can both stay?"
    rule = codes[0].short or codes[0].decision_rule
    return f"Is {words} {_article(codes[0].name)} {codes[0].name.lower()} here? The rule: {rule}"


def _article(name: str) -> str:
    return "an" if name[0] in "AEIOU" else "a"


def tables_part(front: Front) -> Html:
    """Write the first screen as tables, with everything that was shortened there."""
    parts = [_teach_table(front)] if front.teach else []
    if front.text and front.discuss:
        parts += [_discuss_table(front.discuss, front.text.document)]
    if not parts:
        parts = [element("p", "There is nothing to list.")]
    return element("section", element("h2", "The first screen as tables"), *parts)


def _teach_table(front: Front) -> Html:
    rows = [
        [
            belief_name(one), one.result.item.prompt,
            f"{one.wrong:,} of {one.answered:,}{_others(one)}",
            f"{one.result.item.options[one.instead].text} ({one.chose:,})", one.helps,
        ]
        for one in front.teach
    ]  # fmt: skip
    header = ("Belief", "Question", "Not right", "What most of them chose", "What helps")
    return table("Teach again", header, rows)


def _discuss_table(discuss: tuple[Split, ...], document: Document) -> Html:
    rows = []
    for one in discuss:
        counts = (f"{side_name(code)} {count:,}" for code, count in one.sides)
        sides = ", ".join(counts) if one.readers else "not counted"
        entry = one.entry
        reasons = [entry.rationale, entry.alternative] if entry else ["–", "–"]
        rows.append([f"{document.quote(one.start, one.end)} [{one.sentence}]", sides, *reasons])
    header = ("Words", "Readers", "One reading", "Another reading")
    return table("Talk about it: the reference reading gives both sides", header, rows)
