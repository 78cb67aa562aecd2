"""What the kit says to an answer on a practice sentence: words with a code, or nothing here.

As everywhere, the kit compares with the reference reading. A device counts as found if the tag
shares words with it and has its code. Everything that is tagged in a sentence without a device is
a false alarm, whatever the code.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.base import Html, chip_html, code_html, element, mark_look, passage_html, quoted
from framingkit.course import Codebook, PracticeSentence, Span, check_quote, check_seen
from framingkit.errors import FramingkitError
from framingkit.feedback.spacing import Try, ahead

ROUND = 10
"""Sentences in one round."""

NOTHING_HERE = {"nothing": True}
"""The answer that there is nothing to tag."""

_ITEM = re.compile(r"practice\.(?P<sentence>[a-z0-9-]+)\.(?P<time>[1-9]\d{0,3})")
_TITLES = {"right": "Matches the reference reading", "partly": "Another code fits these words",
           "wrong": "Look again"}  # fmt: skip


def practice_item(sentence: str, time: int) -> str:
    """Name the item of a sentence that is answered for the first, second … time.

    Examples
    --------
    >>> practice_item("storm-of-letters", 1)
    'practice.storm-of-letters.1'
    """
    return f"practice.{sentence}.{time}"


def practised(item: str) -> tuple[str, int] | None:
    """Tell which sentence an item is about, and for the how many-th time; None for another item.

    Examples
    --------
    >>> practised("practice.storm-of-letters.2"), practised("what-chess-hides")
    (('storm-of-letters', 2), None)
    """
    found = _ITEM.fullmatch(item)
    return (found["sentence"], int(found["time"])) if found else None


def practice_tag(
    sentence: PracticeSentence, response: Mapping[str, Any], codebook: Codebook
) -> Span | None:
    """Read an answer: the tag, or None if nothing was found.

    Raises
    ------
    FramingkitError
        If it is no answer, its words are not those of the sentence, or its code is none.

    Examples
    --------
    >>> from framingkit.course import load_codebook, load_practice
    >>> practice_tag(load_practice()[0], NOTHING_HERE, load_codebook()) is None
    True
    """
    if response == NOTHING_HERE:
        return None
    names = {"start", "end", "label", "quote"}
    if set(response) != names or type(response["quote"]) is not str:
        raise FramingkitError(
            "An answer to a practice sentence is a tag with start, end, label and quote, or "
            f"{NOTHING_HERE}, but got {response!r:.80}."
        )
    tag = Span(**response)
    check_quote(tag, sentence.text)
    check_seen(tag)
    if tag.label not in {code.id for code in codebook.devices}:
        raise FramingkitError(f"There is no device {tag.label!r:.60} to tag words with.")
    return tag


@dataclass(frozen=True, slots=True)
class PracticeAnswer:
    """What somebody said about a sentence; without a tag, that nothing is there."""

    sentence: PracticeSentence
    tag: Span | None

    @property
    def on_words(self) -> bool:
        """Whether the tag shares words with the device, or with what looks like one."""
        span = self.sentence.span
        return bool(span and self.tag and self.tag.overlaps(span))

    @property
    def is_hit(self) -> bool:
        """Whether it finds the device."""
        return self.sentence.is_device and self.on_words and self.tag_code == self.sentence.code

    @property
    def is_alarm(self) -> bool:
        """Whether it tags something where no device is."""
        return not self.sentence.is_device and self.tag is not None

    @property
    def tag_code(self) -> str:
        """The code of the tag."""
        return self.tag.label if self.tag else ""

    @property
    def is_match(self) -> bool:
        """Whether it says what the reference reading says."""
        return self.is_hit if self.sentence.is_device else not self.is_alarm

    @property
    def as_try(self) -> Try:
        """What counts for the order: a plain sentence is missed under the code of the tag."""
        missed = "" if self.is_match else self.sentence.code or self.tag_code
        return Try(self.sentence.id, missed)


@dataclass(frozen=True, slots=True)
class PracticeReply:
    """How an answer is, as ``right``, ``partly`` or ``wrong``, and what there is to say."""

    state: str
    sentences: tuple[str, ...]

    @property
    def title(self) -> str:
        """How it is, in words."""
        return _TITLES[self.state]


def practice_reply(answer: PracticeAnswer, codebook: Codebook) -> PracticeReply:
    """Reply to an answer: what the reference reading has, why, and another view if there is one.

    Examples
    --------
    >>> from framingkit.course import load_codebook, load_practice
    >>> sentence = load_practice()[0]
    >>> practice_reply(PracticeAnswer(sentence, None), load_codebook()).sentences[0]
    '“Nobody” is tagged Booster in the reference reading.'
    """
    sentence = answer.sentence
    state = "right" if answer.is_match else "wrong"
    if sentence.is_device and answer.on_words and not answer.is_hit:
        state = "partly"
    said = [*_about(answer, codebook), sentence.feedback]
    other = answer.tag_code != sentence.code or state == "wrong"
    if answer.tag and other and not answer.is_match:
        code = codebook.code(answer.tag_code)
        said.append(f"The rule of {code.name}: {code.short or code.decision_rule}")
    if sentence.dissent:
        said.append(f"Another view: {sentence.dissent}")
    return PracticeReply(state, tuple(said))


def _about(answer: PracticeAnswer, codebook: Codebook) -> list[str]:
    """Say what the reference reading has, and what it has not."""
    sentence, tag = answer.sentence, answer.tag
    nothing = []
    if tag and not answer.on_words:
        nothing = [f"The reference reading has nothing on {quoted(tag.quote)}."]
    if sentence.span is None:
        return nothing or ["The reference reading has nothing here either."]
    words, name = quoted(sentence.words), codebook.code(sentence.code).name
    if not sentence.is_device:
        return [*nothing, f"{words} looks like {name}, but does not meet its rule."]
    if answer.is_hit and tag and _bare(tag.quote) != _bare(sentence.words):
        return [f"{name}; the reference reading has it on {words}."]
    where = "." if answer.is_hit else " in the reference reading."
    return [*nothing, f"{words} is tagged {name}{where}"]


def _bare(words: str) -> str:
    """Leave the signs at both ends out: whether a tag has them makes no difference."""
    return words.strip("“”.,:;?! ")


@dataclass(frozen=True, slots=True)
class PracticeCount:
    """Devices met and found, and other sentences met and left alone."""

    devices: int = 0
    hits: int = 0
    others: int = 0
    alarms: int = 0

    @classmethod
    def of(cls, answers: Sequence[PracticeAnswer]) -> "PracticeCount":
        """Count answers."""
        devices = [one for one in answers if one.sentence.is_device]
        return cls(
            len(devices),
            sum(one.is_hit for one in devices),
            len(answers) - len(devices),
            sum(one.is_alarm for one in answers),
        )

    @property
    def sentences(self) -> list[str]:
        """Say both numbers: one without the other tells nothing.

        Examples
        --------
        >>> PracticeCount(5, 4, 5, 2).sentences[0]
        'Devices found: 4 of 5. Other sentences left alone: 3 of 5.'
        """
        left = self.others - self.alarms
        found = f"Devices found: {self.hits} of {self.devices}."
        alone = f"Other sentences left alone: {left} of {self.others}."
        return [f"{found} {alone}", self._advice] if self.devices and self.others else []

    @property
    def _advice(self) -> str:
        missed = self.devices - self.hits
        if not missed and not self.alarms:
            return "You found them all, and left plain words alone: that is sharp reading."
        if self.alarms > missed:
            return "Before you tag, ask whether the rule is met: plain words are plain more often."
        if missed > self.alarms:
            return "Read once more before you say “Nothing here”: ask which word could be plainer."
        return "What you missed comes again soon, as other sentences of the same codes."


def practice_html(
    sentences: Sequence[PracticeSentence],
    answers: Sequence[PracticeAnswer],
    offered: Collection[str],
    codebook: Codebook,
) -> Html:
    """Show the sentences that come next, each with what the reference reading has, folded."""
    coming = ahead(sentences, [one.as_try for one in answers], offered, ROUND)
    rows = [
        element("li", element("p", one.text, dir="auto"), _folded(one, codebook)) for one in coming
    ]
    count = PracticeCount.of(answers).sentences
    how = (
        "In each sentence, look for one device, and name its code. In some there is none: then "
        "nothing is to be tagged. Open the line below a sentence when you have decided."
    )
    names = [code_html(code.chip, code.name) for code in codebook.devices if code.id in offered]
    codes = element("ul", *(element("li", name) for name in names))
    told = (element("p", line) for line in (*count, how))
    title = element("p", element("strong", f"Practice: {len(coming)} sentences"))
    return passage_html(title, *told, codes, element("ol", *rows))


def _folded(sentence: PracticeSentence, codebook: Codebook) -> Html:
    reading = PracticeAnswer(sentence, sentence.span if sentence.is_device else None)
    lines = practice_reply(reading, codebook).sentences
    said = (element("p", line, dir="auto") for line in lines)
    summary = element("summary", "What the reference reading has")
    marked = [marked_sentence(sentence, codebook)] if sentence.is_device else []
    return element("details", summary, *marked, *said)


def marked_sentence(sentence: PracticeSentence, codebook: Codebook) -> Html:
    """Show a sentence with its device marked; one without a device as it is."""
    span = sentence.span if sentence.is_device else None
    if span is None:
        return element("p", sentence.text, dir="auto")
    code = codebook.code(span.label)
    chip = element("sup", chip_html(code.chip), "\u00a0", dir="ltr")
    mark = element("mark", chip, span.quote, title=code.name, style=mark_look([(0, code.chip)]))
    before, after = sentence.text[: span.start], sentence.text[span.end :]
    return element("p", before, mark, after, dir="auto")
