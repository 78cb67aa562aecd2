"""The questions that a learner is asked, as they are written in the question bank.

One file of TOML per lesson. A question that could not be asked or answered fairly (no
feedback, no right option, two of them) is refused when the file is read.
"""

from dataclasses import dataclass

from framingkit.base import TomlTable, parse_tables
from framingkit.errors import FramingkitError

KINDS = ("choice", "several", "order", "confidence", "written")
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
MISCONCEPTIONS = range(1, 17)
SIGNALS = ("device", "near_miss", "plain")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on offer; ``feedback`` says why it is or is not the better one.

    ``misconception`` is the number of the belief that a wrong option expresses. ``signal`` is for
    an option that is a sentence, in a question which of them have a device: what the sentence is,
    one of ``SIGNALS``. A near miss has words that look like a device, a plain one has none.
    """

    id: str
    text: str
    correct: bool = False
    feedback: str = ""
    misconception: int | None = None
    signal: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    ``scored`` is False if there is no right answer (a prediction, a view); ``confidence``
    is True if the learner is also asked how sure they are, from 0 to 100. ``objectives`` are the
    numbers of the objectives of its lesson that it measures; ``sources`` are ids of works in
    ``data/sources.toml`` on which what it says about research rests.
    """

    id: str
    lesson: str
    kind: str
    prompt: str
    minutes: int
    level: str
    options: tuple[Option, ...] = ()
    scored: bool = True
    confidence: bool = False
    after: str = ""
    rubric: tuple[str, ...] = ()
    worked: str = ""
    dissent: str = ""
    min_words: int = 0
    objectives: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether it is answered by choosing or sorting its options."""
        return self.kind in ("choice", "several", "order")

    @property
    def misconceptions(self) -> frozenset[int]:
        """The numbers of the beliefs that its options express."""
        named = (option.misconception for option in self.options)
        return frozenset(number for number in named if number is not None)

    @property
    def has_signals(self) -> bool:
        """Whether it asks which sentences have a device: then every option is such a sentence."""
        return any(option.signal for option in self.options)

    def option(self, option_id: str) -> Option:
        """Return an option by its id; an unknown id raises FramingkitError with the choices."""
        for option in self.options:
            if option.id == option_id:
                return option
        choices = ", ".join(repr(option.id) for option in self.options)
        raise FramingkitError(
            f"The question {self.id!r} has no option {option_id!r}. Choose from: {choices}."
        )


def parse_items(toml_text: str) -> tuple[Item, ...]:
    """Read a question bank.

    Raises
    ------
    FramingkitError
        If a question lacks what its kind needs, or two questions share an id.

    Examples
    --------
    >>> parse_items("")
    ()
    """
    return tuple(map(_item, parse_tables(toml_text, "the question bank", "item", "question")))


def _item(table: TomlTable) -> Item:
    choices = {"kind": KINDS, "level": LEVELS}
    item = table.read(Item, choices, options=lambda row: row.rows("options", "option", Option))
    problem = _problem(item)
    if problem:
        raise FramingkitError(f"In {table.what} {problem}")
    return item


def _problem(item: Item) -> str:
    """Say what the question lacks; an empty text if nothing."""
    if item.minutes < 1:
        return "the minutes must be at least 1."
    if item.min_words < 0:
        return "min_words must not be below 0."
    if not item.misconceptions <= {*MISCONCEPTIONS}:
        return "the misconception must be a number from 1 to 16."
    if item.is_closed and len(item.options) < 2:
        return "there are fewer than two options. Add [[item.options]]."
    if item.options and not item.is_closed:
        return f"there are options, but the kind is {item.kind!r}. Take them out."
    return (_unfair(item) if item.scored else "") or _wrong_signal(item)


def _unfair(item: Item) -> str:
    """Say why a question with right answers could not be answered fairly."""
    right = sum(option.correct for option in item.options)
    if item.kind == "written" and len(item.rubric) != 4:
        return f"the rubric has {len(item.rubric)} levels. Write four, for levels 0 to 3."
    if item.kind not in ("choice", "several"):
        return ""
    if any(not option.feedback for option in item.options):
        return "an option has no feedback. Say why it is or is not the better answer."
    if item.kind == "choice" and right != 1:
        return f"{right} options are correct, but a choice needs exactly one."
    return "" if right else "no option is correct. Mark at least one."


def _wrong_signal(item: Item) -> str:
    """Say why hits and false alarms could not be counted; an empty text without any signals."""
    if item.has_signals and not (item.kind == "several" and item.scored):
        return "there are signals. Only a scored question of the kind 'several' has them."
    for option in item.options if item.has_signals else ():
        if option.signal not in SIGNALS:
            choices = ", ".join(map(repr, SIGNALS))
            return (
                f"the option {option.id!r} has the signal {option.signal!r}. If one option has a "
                f"signal, each needs one of: {choices}."
            )
        if option.correct != (option.signal == "device"):
            told = "true" if option.correct else "false"
            return (
                f"the option {option.id!r} has the signal {option.signal!r}, but correct = {told}. "
                "A device is to be ticked, and nothing else is."
            )
    return ""
