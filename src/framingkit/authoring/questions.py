"""The questions of a lesson that is made of any text: those of the templates, and quick tests."""

import json
from pathlib import Path
from string import Template
from typing import Any

from framingkit.authoring.lesson import Plan
from framingkit.base import quoted, read_text, toml_table
from framingkit.course import Code, Item, Option

_TEMPLATES = Path(__file__).with_name("templates")
# which phrases are near misses; which row is taken, the text decides, so that nobody can know it
_FITS = (
    ("near", "example", "near", "example"),
    ("example", "near", "near", "example"),
    ("near", "near", "example", "near"),
)
_ASKED = (
    "Each of these phrases comes from another text. Somebody gave it the code beside it. "
    "Tick those that do not meet the rule of their code."
)


def lesson_items(plan: Plan) -> str:
    """Write the questions of the lesson, as TOML."""
    test = quick_test(plan, f"{plan.article.id}-quick-test", plan.lesson, 0)
    return "\n".join(filter(None, [_filled("items.toml", plan), test]))


def workbook_items(plan: Plan) -> str:
    """Write the questions of the workbook, as TOML."""
    lesson = f"exercises-{plan.lesson}"
    test = quick_test(plan, f"ex-{plan.article.id}-quick-test", lesson, 4)
    return "\n".join(filter(None, [_filled("workbook-items.toml", plan), test]))


def _filled(template: str, plan: Plan) -> str:
    text = read_text(_TEMPLATES / template)
    # what is put into a text in quotation marks has to be written as TOML writes it
    headline = json.dumps(plan.article.title, ensure_ascii=False)[1:-1].replace("\x7f", "")
    return Template(text).substitute(id=plan.article.id, lesson=plan.lesson, headline=headline)


def quick_test(plan: Plan, id: str, lesson: str, skip: int) -> str:
    """Make a question of what the codebook itself says is no example, and is one.

    Whoever writes a codebook, with examples and near misses, has written such a test.
    """
    codes = [plan.codebook.code(one) for one in plan.test_codes(skip)]
    if not codes:
        return ""
    row = _FITS[int(plan.article.sha256[skip : skip + 4], 16) % len(_FITS)]
    options = tuple(
        _option(letter, code, kind) for letter, code, kind in zip("abcd", codes, row, strict=False)
    )
    return item_toml(Item(id, lesson, "several", _ASKED, 2, "apply", options))


def _option(letter: str, code: Code, kind: str) -> Option:
    is_near = kind == "near"
    words = code.near_miss if is_near else code.example
    shown = words if words.startswith("“") else quoted(words)
    why = code.near_miss_why if is_near else f"It meets the rule. {code.short or code.definition}"
    return Option(letter, f"{shown}: {code.name[0].lower()}{code.name[1:]}", is_near, why)


def item_toml(item: Item) -> str:
    """Write a question as a table of a question bank.

    Examples
    --------
    >>> print(item_toml(Item("why", "01-fog", "confidence", "How sure?", 1, "evaluate")), end="")
    [[item]]
    id = "why"
    lesson = "01-fog"
    kind = "confidence"
    prompt = "How sure?"
    minutes = 1
    level = "evaluate"
    """
    plain: dict[str, Any] = {
        "id": item.id, "lesson": item.lesson, "kind": item.kind, "prompt": item.prompt,
        "minutes": item.minutes, "level": item.level, "after": item.after, "rubric": item.rubric,
        "worked": item.worked, "dissent": item.dissent,
    }  # fmt: skip
    plain |= {"min_words": item.min_words} if item.min_words else {}
    plain |= {} if item.scored else {"scored": False}
    plain |= {"confidence": True} if item.confidence else {}
    tables = [toml_table(plain, "[[item]]")]
    for option in item.options:
        row: dict[str, Any] = {"id": option.id, "text": option.text}
        row |= {"correct": option.correct} if item.scored else {}
        row |= {"feedback": option.feedback}
        row |= {"misconception": option.misconception} if option.misconception else {}
        tables.append(toml_table(row, "[[item.options]]"))
    return "\n".join(tables)
