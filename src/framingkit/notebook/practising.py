"""Practise on short sentences: by the widget, or by a plain function."""

from typing import TYPE_CHECKING

from framingkit import course
from framingkit.base import Html, Page, element, passage_html, places_of, quoted
from framingkit.course import PracticeSentence, Span
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    NOTHING_HERE,
    ROUND,
    PracticeAnswer,
    PracticeCount,
    marked_sentence,
    next_sentence,
    practice_item,
    practice_reply,
    practice_tag,
)
from framingkit.notebook.text import AtWork, in_sentences
from framingkit.work import WorkLog, practice_answers

if TYPE_CHECKING:
    from framingkit.widgets import Practice


def practice(lesson: AtWork, codes: list[str] | None = None, all_codes: bool = False) -> "Practice":
    """Show short sentences one after another; without `codes`, the core codes are on offer."""
    from framingkit.widgets import Practice

    return Practice(course.load_codebook(), _offer(codes, all_codes), lesson.log)


@in_sentences(FramingkitError)
def answer_practice(
    lesson: AtWork,
    words: str = "",
    label: str = "",
    codes: list[str] | None = None,
    all_codes: bool = False,
    nothing: bool = False,
) -> Page:
    """Tag words of the sentence that comes now, or say that there is nothing; show the next."""
    offered = _offer(codes, all_codes)
    lesson.log.refresh()
    sentence, time = _now(lesson.log, offered)
    if not words and not nothing:
        return _asking(sentence)
    tag = None if nothing else _tag(sentence, words, label)
    keys = ("start", "end", "label", "quote")
    response = {key: getattr(tag, key) for key in keys} if tag else NOTHING_HERE
    practice_tag(sentence, response, course.load_codebook())
    lesson.log.act("answer", practice_item(sentence.id, time), response=response)
    return _told(lesson.log, PracticeAnswer(sentence, tag), offered)


def _offer(codes: list[str] | None, all_codes: bool) -> list[str]:
    codebook = course.load_codebook()
    if all_codes:
        return [code.id for code in codebook.devices]
    return [codebook.code(code).id for code in codes or [one.id for one in codebook.core]]


def _now(log: WorkLog, offered: list[str]) -> tuple[PracticeSentence, int]:
    """Find the sentence that comes now, and for the how many-th time it comes."""
    tries = [one.as_try for one in practice_answers(log.state)]
    sentence = next_sentence(course.load_practice(), tries, offered)
    return sentence, 1 + sum(one.sentence == sentence.id for one in tries)


def _tag(sentence: PracticeSentence, words: str, label: str) -> Span:
    found = places_of(words, sentence.text)
    if len(found) != 1:
        raise FramingkitError(
            f"{quoted(words[:80])} is in this sentence {len(found)} times, but a tag needs words "
            f"that are there once. The sentence: {sentence.text}"
        )
    (start, end), code = found[0], course.load_codebook().code(label)
    return Span(start, end, code.id, sentence.text[start:end])


def _asking(sentence: PracticeSentence) -> Page:
    ask = "Tag its words with a code, or say nothing=True if there is nothing to tag."
    return _page("The sentence that comes now", _line(sentence), ask)


def _told(log: WorkLog, answer: PracticeAnswer, offered: list[str]) -> Page:
    reply = practice_reply(answer, course.load_codebook())
    answers = practice_answers(log.state)
    round_over = [] if len(answers) % ROUND else PracticeCount.of(answers[-ROUND:]).sentences
    marked = marked_sentence(answer.sentence, course.load_codebook())
    coming = element("p", element("strong", "Next sentence: "), _now(log, offered)[0].text)
    return _page(f"{reply.title}.", marked, *reply.sentences, *round_over, coming)


def _line(sentence: PracticeSentence) -> Html:
    return element("p", sentence.text, dir="auto")


def _page(title: str, *parts: str) -> Page:
    """Show a title and some parts; a plain sentence becomes a paragraph."""
    shown = (part if isinstance(part, Html) else element("p", part) for part in parts)
    return Page(passage_html(element("p", element("strong", title)), *shown), title)
