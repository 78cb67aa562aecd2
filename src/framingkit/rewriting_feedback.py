"""What is said about a learner's plain words, and how they look beside the text."""

from collections.abc import Iterable

from framingkit.codebooks import Codebook
from framingkit.markup import Html, element, passage_html, table_html
from framingkit.rewriting import Version, Wording
from framingkit.spans import quoted

_LONGER = 1.25
"""From this many times the words of the text on, a version is called long."""


def remarks_on(version: Version) -> list[str]:
    """Say what a version does, without calling anything right or wrong.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> from framingkit.rewriting_answers import read_version
    >>> remarks_on(read_version({}, load_article(), "ending", (), ()))[0][:52]
    'You have not tagged anything in this section yet. Ta'
    """
    if not version.phrases:
        return [
            "You have not tagged anything in this section yet. Tag some words: they appear "
            "here, and you can say them in plain words."
        ]
    said = [_on_phrases(version), *_on_overlaps(version), *_on_cuts(version)]
    if version.applied:
        said += [_on_length(version), *_on_facts(version)]
    return said


def _on_phrases(version: Version) -> str:
    number = len(version.phrases)
    written = len([one for one in version.wordings if not one.is_blank])
    if not written:
        said = "No phrase has plain words yet."
    elif written == number:
        said = "The one phrase has plain words." if number == 1 else "Every phrase has plain words."
    else:
        said = f"{written} of {number} phrases {'has' if written == 1 else 'have'} plain words."
    return f"{said} {devices_sentence(version)}"


def devices_sentence(version: Version) -> str:
    """Count the devices before and after in one sentence."""
    before, after = len(version.spans), len(version.remaining)
    noun = "device" if before == 1 else "devices"
    verb = "stays" if after == 1 else "stay"
    return f"You tagged {before} {noun} here; {after} of them {verb} in your plain words."


def _on_overlaps(version: Version) -> list[str]:
    places = {(one.start, one.end) for one in version.applied}
    return [
        f"Your plain words for {_quote(version, one)} are kept but not shown, because another "
        "phrase that you rewrote holds some of the same words."
        for one in version.wordings
        if not one.is_blank and (one.start, one.end) not in places
    ]


def _on_cuts(version: Version) -> list[str]:
    cut = [_quote(version, one) for one in version.applied if not one.shown]
    return [f"You left out {', '.join(cut)}. Does a reader now miss something?"] if cut else []


def _on_length(version: Version) -> str:
    before = len(version.document.text_of(version.section_id).split())
    after = len(version.plain_text.split())
    said = f"The text has {before} words here; your version has {after}."
    if after > before * _LONGER:
        return f"{said} Plain words are often short: can you say it in fewer?"
    return said


def _on_facts(version: Version) -> list[str]:
    if not version.facts:
        return []
    missing = [fact.plain for fact in version.facts if fact.id not in version.kept]
    if not missing:
        return ["You ticked every fact as still there."]
    if len(missing) == len(version.facts):
        return ["You have not ticked any fact yet. Read your version: which ones are still there?"]
    return [
        f"{len(missing)} of {len(version.facts)} facts {_be(len(missing))} not ticked, "
        f"for example: {missing[0]} Read your version again: is it still there?"
    ]


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _quote(version: Version, one: Wording) -> str:
    return quoted(" ".join(version.document.text[one.start : one.end].split()))


def version_html(version: Version, codebook: Codebook) -> Html:
    """Show the text and the plain words in one passage, the counts, and what there is to say."""
    parts: list[str] = []
    for words, one in version.pieces:
        if one is None:
            parts.append(words)
            continue
        parts.append(element("del", words))
        parts += [" ", element("ins", one.shown)] if one.shown else []
    lines = _lines(parts)
    body = [element("p", *line, dir="auto") for line in lines]
    notes = [element("li", sentence) for sentence in remarks_on(version)]
    counts = version.counts(codebook)
    rows = [(name, str(before), str(after)) for name, before, after in counts]
    header = ("Device", "As written", "In your plain words")
    table = [table_html("Devices before and after", header, rows)] if rows else []
    legend = element(
        "p", "Words with a line through them are replaced; the words after them are yours."
    )
    return passage_html(
        *([legend] if version.applied else []), *body, element("ul", *notes), *table
    )


def _lines(parts: Iterable[str]) -> list[list[str]]:
    """Put pieces into paragraphs: every line end outside of a replaced phrase begins one."""
    lines: list[list[str]] = [[]]
    for part in parts:
        first, *rest = [part] if isinstance(part, Html) else part.split("\n")
        lines[-1].append(first)
        lines += [[piece] for piece in rest]
    return [line for line in lines if any(piece.strip() for piece in line)]
