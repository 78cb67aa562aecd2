"""Words that learners read are short sentences, and no special word comes before it is explained.

The sentences of the lessons are measured in test_lesson_template.py; here come the pages, the
questions, and the glossary.
"""

import re
import statistics
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from for_each import for_each

from framingkit.course.data import list_lessons, load_codebook, load_items

ROOT = Path(__file__).parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
PAGES = [ROOT / "docs" / name for name in ("glossary.md", "start-alone.md", "instructor-guide.md")]
PAGES += sorted((ROOT / "docs" / "instructor-guide").glob("*.md"))
TERMS = re.findall(r"^## (.+)$", GLOSSARY, re.MULTILINE)
QUESTIONS = {item.id: item for lesson in list_lessons() for item in load_items(lesson)}
ANNOUNCING = {"title", "objectives", "questions", "keypoints"}
# Words with an everyday sense, which a lesson may use before it gives them a special one.
EVERYDAY = {
    "agreement", "claim", "code", "device", "forecast", "frame", "framing", "judgement", "literal",
    "notebook", "rate", "symbol", "tag", "verdict",
}  # fmt: skip
# Words that a lesson explains by other words: these must stand in it at the first use, or before.
IN_PLACE = {
    "code name": "you may choose another one, but not your real name",
    "source note": "Each note says who publishes the page",
    "constructed text": "everything in them is made up",
}


def anchor(words: str) -> str:
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def sentences(text: str) -> list[str]:
    text = re.sub(r"```.*?```|^\|[ :|-]+\|$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)", "]", re.sub(r"<[^>]+>|`[^`]*`", " ", text))
    blocks = re.split(r"\n\s*\n|\n(?=[-|#>]|\d+\. )|(?<=\S) \| ", text)
    whole = (re.sub(r"^[\s>#*|-]+|^\d+\. ", "", " ".join(one.split())) for one in blocks)
    parts = [part for one in whole for part in re.split(r"(?<=[.?!:;])[”)]*\s+", one)]
    return [part for part in parts if len(part.split()) > 2]


@for_each(PAGES)
def test_half_of_the_sentences_of_a_page_have_18_words_or_fewer(page):
    lengths = [len(one.split()) for one in sentences(page.read_text(encoding="utf-8"))]

    assert statistics.median(lengths) <= 18


@for_each(list_lessons())
def test_half_of_the_sentences_of_the_questions_have_18_words_or_fewer(lesson):
    said = [
        text
        for item in load_items(lesson)
        for text in (item.prompt, item.after, item.worked, item.dissent, *item.rubric)
    ]
    said += [
        text
        for item in load_items(lesson)
        for one in item.options
        for text in (one.text, one.feedback)
    ]
    lengths = [len(one.split()) for text in said for one in sentences(text)]

    assert statistics.median(lengths) <= 18
    assert max(lengths) <= 50


# -- the glossary ---------------------------------------------------------------------------


def test_the_glossary_has_more_than_thirty_words_in_alphabetical_order():
    plain = [term.lower().replace("é", "e") for term in TERMS]

    assert len(TERMS) > 30
    assert plain == sorted(plain)
    assert len(set(plain)) == len(plain)


def test_every_link_of_the_glossary_leads_to_an_entry():
    assert set(re.findall(r"\]\(#([\w-]+)\)", GLOSSARY)) <= {anchor(term) for term in TERMS}


def test_an_entry_is_short_and_does_not_only_link():
    for entry in GLOSSARY.split("\n## ")[1:]:
        words = entry.split("\n", 1)[1].split()
        assert 8 <= len(words) <= 80, entry.split("\n")[0]


def test_every_code_of_the_codebook_for_devices_has_an_entry():
    assert {code.name.lower() for code in load_codebook().devices} <= set(TERMS)


def test_a_heading_of_the_glossary_is_the_aim_of_its_links_in_jupyterlab_too():
    """JupyterLab leaves capitals as they are where other viewers write small letters."""
    assert [term for term in TERMS if term.replace(" ", "-") != anchor(term)] == []


def test_every_word_of_the_glossary_can_be_reached_from_a_lesson_or_a_page():
    entries = {anchor(one.split("\n")[0]): one for one in GLOSSARY.split("\n## ")[1:]}
    outside = [path.read_text(encoding="utf-8") for path in [*LESSONS, *PAGES[1:]]]
    found = {one for text in outside for one in re.findall(r"glossary\.md#([\w-]+)", text)}
    found |= {anchor(load_codebook().code(id).name) for text in outside for id in shown(text)}
    found |= {anchor(term) for term in TERMS for text in outside if emphasised(term, text)}
    while (
        more := {link for one in found for link in re.findall(r"\]\(#([\w-]+)\)", entries[one])}
        - found
    ):
        found |= more

    assert set(entries) - found == set()


def shown(source: str) -> list[str]:
    """Name the codes whose rules a box shows."""
    inside = re.findall(r"lesson\.code\(([^)]*)\)", source)
    return [id for call in inside for id in re.findall(r'\\?"([a-z_]+)\\?"', call)]


def emphasised(term: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(term)}s?\b", in_stars(text), re.IGNORECASE))


@cache
def in_stars(text: str) -> str:
    """Return the words that are emphasised, which are far fewer to search than all."""
    return "\n".join(re.findall(r"\*+[^*\n]+\*+", text))


def test_no_special_word_comes_before_it_is_explained():
    """Neither in a lesson, nor in its questions, nor in the workbook that is done after it."""
    explained: set[str] = set()
    early = [
        f"{path.stem}: {term}"
        for lesson in LESSONS
        for path in (lesson, ROOT / "exercises" / "solutions" / lesson.name)
        if path.is_file()  # lesson 06 has no workbook
        for term in used_early(nbformat.read(path, as_version=4).cells, explained)
    ]

    assert early == []


def used_early(cells: list[Any], explained: set[str]) -> list[str]:
    """Name the special words that come before a link, a rule or an emphasised word."""
    found = []
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        source = cell.source
        explained |= {load_codebook().code(id).name.lower() for id in shown(source)}
        if cell.cell_type == "code":
            source = asked(source)
        elif ANNOUNCING & set(cell.metadata.get("tags", ())):
            continue
        explained |= {term.lower() for term in TERMS if f"glossary.md#{anchor(term)})" in source}
        explained |= {term.lower() for term in TERMS if emphasised(term, source)}
        explained |= {term for term, words in IN_PLACE.items() if words in source}
        soon = {
            load_codebook().code(id).name.lower() for id in shown(after.source if after else "")
        }
        text = re.sub(r"`[^`]*`|“[^”]*”|^#.*$", " ", source, flags=re.MULTILINE).lower()
        for term in (term.lower() for term in TERMS):
            if term in explained | soon | EVERYDAY:
                continue
            if re.search(rf"\b{re.escape(term)}s?\b", text):
                found.append(term)
                explained.add(term)
    return found


def asked(source: str) -> str:
    """Return what the questions of a box say before somebody answers: prompts and options.

    The questions before and after the course name devices on purpose: they find out who knows.
    """
    said = [
        text
        for id in re.findall(r'"([a-z0-9-]+)"', source)
        if id in QUESTIONS and not id.startswith(("pre-", "post-"))
        for text in (QUESTIONS[id].prompt, *(option.text for option in QUESTIONS[id].options))
    ]
    return "\n".join(said)
