"""Constructed classes for the tests of the report, and the command that is tested."""

import json
import random
from pathlib import Path

from class_samples import ARTICLE, CODEBOOK, answer, document, put, sheet
from typer.testing import CliRunner

from framingkit import cli, course

CORE = [code.id for code in CODEBOOK.core]
TESTS = [*course.load_items("pre-test"), *course.load_items("post-test")]
QUESTIONS = [one for one in course.load_items("03-commentary") if one.kind == "choice"]
WRITTEN = next(one for one in course.load_items("00-start-here") if one.kind == "written")


def tags_of(chance: random.Random, sections: list[str], owner: str) -> list[dict]:
    """Draw tags in some sections: places that many share, with loose ends and other codes."""
    rows = {}
    for section in map(ARTICLE.section, sections):
        shared = random.Random(section.id)
        for _ in range(6):
            start = shared.randrange(section.start, section.end - 20)
            size, code = shared.randint(4, 18), shared.choice(CORE)
            if chance.random() < 0.6:
                start += chance.choice([0, 0, 0, 2])
                code = code if chance.random() < 0.8 else chance.choice(CORE)
                rows[start, start + size, code] = None
    return [
        {"id": f"{owner}.{n}", "start": a, "end": b, "label": c, "quote": ARTICLE.text[a:b]}
        for n, (a, b, c) in enumerate(rows)
    ]


def answers_of(chance: random.Random) -> list[dict]:
    skill, at = chance.random(), f"2026-11-23T06:00:{chance.random()}Z"
    found = [answer(WRITTEN.id, at, text="It makes them players.")]
    for item in [*TESTS, *QUESTIONS]:
        ids = [option.id for option in item.options]
        right = [option.id for option in item.options if option.correct] or ids[:1]
        chosen = right if chance.random() < skill else [chance.choice(ids)]
        if chance.random() < 0.95:
            key = {"choice": chosen[0]} if item.kind == "choice" else {"choices": chosen}
            found.append(answer(item.id, at, **key))
    return found


def class_sheets(learners: int, seed: int = 1) -> list[dict]:
    """Make a class; every fourth learner has read only the first sections."""
    made = []
    for number in range(learners):
        chance = random.Random(f"{seed}/{number}")
        sections = ["headline", "lead"] if number % 4 == 3 else ["headline", "lead", "ending"]
        tags = tags_of(chance, sections, f"tab{number}-{seed}")
        made.append(sheet(f"amber-{number:03}", documents=[document(*tags)],
                          responses=answers_of(chance)))  # fmt: skip
    return made


def collected(folder: Path, name: str, sheets: list[dict]) -> Path:
    """Put hand-ins into a folder and collect them with the command."""
    for number, one in enumerate(sheets):
        put(folder / name, f"{number:03}.answers.json", one)
    target = folder / f"{name}.jsonl.gz"
    run("collect", folder / name, "-o", target)
    return target


def run(*words: object, code: int = 0) -> str:
    found = CliRunner().invoke(cli.app, [str(word) for word in words])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == code, found.output
    return found.output


def reported(folder: Path, found: Path, *more: object) -> tuple[str, dict]:
    """Write the report with the command; give back the page and the numbers."""
    page, data = folder / "report.html", folder / "report.json"
    run("report", found, "-o", page, "--json", data, *more)
    return page.read_text(encoding="utf-8"), json.loads(data.read_text(encoding="utf-8"))
