"""A question as it leaves the kit: with what it is asked about, and with every reply to it.

Each platform is given the sentences that the kit itself would say, so they are asked of the same
function that replies to a learner.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from framingkit.base import Html, element
from framingkit.course import (
    Document,
    Item,
    Material,
    Option,
    kit_article,
    load_codebook,
    load_materials,
)
from framingkit.feedback import options_shown, reply_to

OWNER = "framingkit"
MARK = f"Questions of {OWNER}"
"""Every file holds it: so an earlier one is not taken for somebody else's file."""

PERFECT = "Yes: you found every answer that fits."
PARTLY = "Partly right: look again."
NOT_YET = "Not yet: look again."
IN_ORDER = "Yes: this is the order."
PLACES = "Give each entry its place. 1 is the first place."


@dataclass(frozen=True, slots=True)
class Block:
    """Something to read: a title and its paragraphs."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its materials.

    Examples
    --------
    >>> from framingkit.course import load_items
    >>> Asked(load_items("03-commentary")[1]).key
    'framingkit-strategic-stocks'
    """

    item: Item
    materials: tuple[Material, ...] = ()

    @property
    def key(self) -> str:
        """Its name in a file; the same in every version of the kit."""
        return f"{OWNER}-{self.item.id}"

    @property
    def options(self) -> tuple[Option, ...]:
        """The options as the kit shows them: those to put in order are mixed."""
        return options_shown(self.item)

    @property
    def right(self) -> tuple[Option, ...]:
        """The options that fit, or that count where there is no right answer."""
        return tuple(one for one in self.item.options if one.correct or not self.item.scored)

    @property
    def wrong(self) -> tuple[Option, ...]:
        """The options that do not fit."""
        return tuple(one for one in self.item.options if one not in self.right)

    def remark(self, option: Option) -> str:
        """Give what the kit replies to somebody who has chosen an option."""
        if not self.item.scored:
            return option.feedback
        value = option.id if self.item.kind == "choice" else [option.id]
        key = "choice" if self.item.kind == "choice" else "choices"
        return reply_to(self.item, {key: value}).remarks[0][1]

    def read_first(self) -> list[Block]:
        """List what a learner reads before the question."""
        return [block for one in self.materials if (block := _block(one))]

    def prompt(self, more: str = "") -> list[str]:
        """Give the question, how long an answer must be, and a sentence on how to answer."""
        least = self.item.min_words
        length = f"Write at least {least} words." if least else ""
        return [line for line in (self.item.prompt, length, more) if line]

    def read_after(self) -> list[Block]:
        """List what a learner reads after the answer, whatever it is."""
        blocks = [Block("", (self.item.after,))] if self.item.after else []
        if self.item.kind == "written":
            text = "word " * max(self.item.min_words, 1)
            parts = reply_to(self.item, {"text": text}).parts
            blocks += [Block(title, lines) for title, lines in parts]
        return blocks


def asked(items: Iterable[Item]) -> list[Asked]:
    """Put questions and their materials together."""
    materials = load_materials()
    return [Asked(item, tuple(m for m in materials if item.id in m.items)) for item in items]


def _block(material: Material) -> Block | None:
    if material.document:
        document = kit_article(material.document)
        lines = [line for id in material.sections for line in _numbered(document, id)]
        return Block(document.title, tuple(lines))
    if material.frames:
        codes = [load_codebook().code(id) for id in material.frames]
        rules = dict.fromkeys(code.decision_rule for code in codes)
        questions = (
            f"{code.name}: " + " ".join(f"({n}) {q}" for n, q in enumerate(code.indicators, 1))
            for code in codes
        )
        return Block("The rule for frames", (*rules, *questions))
    return Block(material.title, material.words) if material.words else None


def _numbered(document: Document, section: str) -> Iterator[str]:
    """Give each line of a section with the numbers of its sentences, which questions name."""
    lines: dict[int, list[str]] = {}
    for sentence in document.sentences(section):
        words = " ".join(document.text[sentence.start : sentence.end].split())
        line = document.text.count("\n", 0, sentence.start)
        lines.setdefault(line, []).append(f"({sentence.number}) {words}")
    return (" ".join(line) for line in lines.values())


def paragraphs(lines: Iterable[str]) -> Html:
    """Write lines as HTML that is XML too.

    Examples
    --------
    >>> paragraphs(["Tea & cake?"])
    '<p>Tea &amp; cake?</p>'
    """
    return Html("".join(element("p", line) for line in lines))


def question_html(one: Asked, more: str = "") -> Html:
    """Write what a learner reads before answering."""
    read = [element("blockquote", *_block_html(block)) for block in one.read_first()]
    return element("div", *read, paragraphs(one.prompt(more)))


def blocks_html(blocks: Iterable[Block]) -> Html:
    """Write what a learner reads after answering; nothing for no blocks."""
    return Html("".join(part for block in blocks for part in _block_html(block)))


def _block_html(block: Block) -> list[Html]:
    title = [element("p", element("strong", block.title))] if block.title else []
    return [*title, paragraphs(block.lines)]


def question_lines(one: Asked, more: str = "") -> list[str]:
    """List what a learner reads before answering, for a format without markup."""
    return [*blocks_lines(one.read_first()), *one.prompt(more)]


def blocks_lines(blocks: Iterable[Block]) -> list[str]:
    """List what a learner reads after answering, for a format without markup."""
    return [line for block in blocks for line in (block.title, *block.lines) if line]
