"""A class on one section, as static HTML and as plain data for a browser."""

from collections.abc import Sequence
from typing import Any

from framingkit.class_contest_html import contest_html, contest_lines, prompt, sentence_of, words_of
from framingkit.class_map import LEVELS
from framingkit.class_map_html import MAP_STYLE, class_map_html, cut_line, map_key_html
from framingkit.class_views import FEWEST, ClassView
from framingkit.documents import split_lines
from framingkit.markup import Html, element, list_html, passage_html

WHY = (
    "First your own reading, then the class: what others tagged can pull your own eye.",
    "When you have tagged this section, say so. Your tags of now are kept as your first reading, "
    "and the class is shown. You can go on tagging afterwards.",
)
_TOO_FEW = (
    f"Fewer than {FEWEST} learners tagged this section, so no counts are shown: they would show "
    "who tagged what."
)
_MOST, _SPLIT = "The most frequent tags", "Where the class is split"
_COUNTED = "Each line counts all tags with this code on these words, or on a part of them."
_NO_SPLIT = "The class is not split here: on no words do the two sides come close to each other."


def view_data(view: ClassView) -> dict[str, Any]:
    """Give what a browser shows: words and counts, for all codes and for each.

    Examples
    --------
    >>> from framingkit.class_views import class_view
    >>> from framingkit.course import load_article
    >>> view_data(class_view([], load_article(), "ending", []))["views"]
    []
    """
    if view.readers < FEWEST:
        return {"said": [_TOO_FEW], "views": []}
    splits = [
        {
            "words": words_of(one.start, one.end, view.document),
            "sentence": sentence_of(one, view.document),
            "lines": contest_lines(one, view.document, view.codes),
            "yours": view.yours(one),
            "prompt": prompt(one, view.document, view.codes),
        }
        for one in view.contests
    ]
    return {
        "said": _said(view),
        "views": [_one_view(view, label) for label in (None, *view.used)],
        "splits": splits,
        "words": {"most": _MOST, "counted": _COUNTED, "split": _SPLIT, "none": _NO_SPLIT},
        "levels": list(LEVELS[1:]),
    }


def _said(view: ClassView) -> list[str]:
    return [
        f"{view.readers:,} learners tagged this section. Words that fewer than {view.least:,} of "
        "them tagged are not marked."
    ]


def _one_view(view: ClassView, label: int | None) -> dict[str, Any]:
    """Give paragraphs of pieces: words, sentence, level, learners, what there is to say."""
    document, section = view.document, view.document.section(view.section_id)
    numbers = {one.start: one.number for one in document.sentences()}
    words = view.words(label)
    paragraphs = [
        [
            [piece, number, one.level, one.coders, view.on(one, label)]
            if one
            else [piece, number, 0, 0, ""]
            for number, piece, one in cut_line(document.text, line, words, numbers)
        ]
        for line in split_lines(document.text, section.start, section.end)
    ]
    name = "All codes" if label is None else view.codes[label].name
    return {"name": name, "paragraphs": paragraphs, "lines": view.lines(label)}


def view_html(title: str, said: Sequence[str], view: ClassView) -> Html:
    """Show the same as static HTML, with the counts of all codes together.

    Parameters
    ----------
    title, said
        What it is, and sentences to begin with.
    view
        The class on the section.
    """
    if view.readers < FEWEST:
        return list_html(title, [*said, _TOO_FEW])
    splits = [
        element("li", contest_html(one, view.document, view.codes), element("p", view.yours(one)))
        for one in view.contests
    ]
    return passage_html(
        list_html(title, [*said, *_said(view)]),
        element("style", Html(MAP_STYLE)),
        map_key_html(view.readers),
        class_map_html(view.document, view.words(None), view.section_id),
        list_html(_MOST, [*view.lines()]),
        element("p", _COUNTED),
        element("p", element("strong", _SPLIT)),
        element("ol", *splits) if splits else element("p", _NO_SPLIT),
    )
