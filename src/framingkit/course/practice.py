"""Short sentences to practise on: with one device, with words that only look like one, or plain.

They are written for the kit. Each is read alone, without a text around it, so each must be clear
from the rule of the codebook: a sentence that careful readers would argue about does not belong
here. A near miss shares a cue word with a device of the same code, so that the word alone never
tells.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from framingkit.base import TomlTable, parse_toml, refuse_twins
from framingkit.course.codebooks import Codebook
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError

DEVICE, NEAR_MISS, PLAIN = KINDS = ("device", "near miss", "plain")


@dataclass(frozen=True, slots=True)
class PracticeSentence:
    """One sentence; `words` carry the device, or look like it, and are in it once.

    `code` is the code of the device, or the one that a near miss is taken for; a plain sentence
    has neither words nor a code. `dissent` is what a reader may say against `feedback`.

    Examples
    --------
    >>> sentence = PracticeSentence(
    ...     "letters", "device", "A storm of letters came.", "So many are no storm.",
    ...     "nature_metaphor", "storm", "storm",
    ... )
    >>> sentence.span
    Span(start=2, end=7, label='nature_metaphor', quote='storm', note='', confidence=None, id='')
    """

    id: str
    kind: str
    text: str
    feedback: str
    code: str = ""
    words: str = ""
    cue: str = ""
    dissent: str = ""

    @property
    def is_device(self) -> bool:
        """Whether there is something to tag."""
        return self.kind == DEVICE

    @property
    def span(self) -> Span | None:
        """The words with the code; None in a plain sentence."""
        if not self.words:
            return None
        start = self.text.index(self.words)
        return Span(start, start + len(self.words), self.code, self.words)


def parse_practice(files: Sequence[tuple[str, str]], codebook: Codebook) -> tuple[
    PracticeSentence, ...
]:  # fmt: skip
    """Read all files of practice sentences, each given by its name and its text.

    Raises
    ------
    FramingkitError
        If words are not in their sentence exactly once, a code is unknown, a near miss has
        no device with its cue, or codes do not have their fair share.

    Examples
    --------
    >>> from framingkit.course import load_codebook
    >>> parse_practice([("hedge.toml", "sentences = []")], load_codebook())
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: In hedge.toml there is an unknown field 'sentences'. The
    fields are: code, sentence.
    """
    devices = [code.id for code in codebook.devices]
    found = [sentence for name, text in files for sentence in _file(name, text, devices)]
    refuse_twins([sentence.id for sentence in found], "the practice sentences")
    _check_pairs(found)
    _check_balance(found, codebook)
    return tuple(found)


def _file(name: str, text: str, devices: Collection[str]) -> list[PracticeSentence]:
    """Read one file: the sentences of one code, or plain ones, which have none."""
    table = parse_toml(text, name)
    table.only(("code", "sentence"))
    code = table.one_of("code", devices) if "code" in table.fields else ""
    kinds = (DEVICE, NEAR_MISS) if code else (PLAIN,)
    return [_sentence(row, code, kinds) for row in table.tables("sentence", "sentence")]


def _sentence(table: TomlTable, code: str, kinds: Collection[str]) -> PracticeSentence:
    sentence = table.read(PracticeSentence, {"kind": kinds}, {"code": ()}, code=code)
    if code and not (sentence.words and sentence.cue):
        raise FramingkitError(
            f"In {table.what} the words or their cue are missing. Add both, as words and cue."
        )
    if not code and (sentence.words or sentence.cue):
        raise FramingkitError(f"In {table.what} nothing is to be tagged. Take words and cue out.")
    if code and sentence.text.count(sentence.words) != 1:
        raise FramingkitError(
            f"In {table.what} the words “{sentence.words}” must be in the text exactly once, but "
            f"are there {sentence.text.count(sentence.words)} times. Copy them from the text."
        )
    if sentence.cue.lower() not in sentence.words.lower():
        raise FramingkitError(
            f"In {table.what} the cue “{sentence.cue}” is not among the words. Choose one of them."
        )
    return sentence


def _check_pairs(found: Sequence[PracticeSentence]) -> None:
    cues = {(one.code, one.cue) for one in found if one.is_device}
    for one in found:
        if one.kind == NEAR_MISS and (one.code, one.cue) not in cues:
            raise FramingkitError(
                f"The near miss {one.id!r} has the cue “{one.cue}”, but no device of {one.code} "
                "has it. Write one, so that the word alone does not tell."
            )


def _check_balance(found: Sequence[PracticeSentence], codebook: Codebook) -> None:
    """See that codes of one tier have equally many sentences, so that no code can be guessed."""
    counts = Counter((one.code, one.kind) for one in found)
    for tier in ("core", "extension"):
        codes = [code.id for code in codebook.devices if code.tier == tier]
        for kind in (DEVICE, NEAR_MISS):
            numbers = {code: counts[code, kind] for code in codes}
            if len(set(numbers.values())) > 1:
                low, *_, high = sorted(numbers, key=numbers.__getitem__)
                raise FramingkitError(
                    f"The codes of the tier {tier!r} need equally many sentences of the kind "
                    f"{kind!r}, but {low} has {numbers[low]} and {high} has {numbers[high]}."
                )
