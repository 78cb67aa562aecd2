"""What data/ says of the world, as the figures, days and verdicts that prose may repeat."""

import datetime
import re
from collections.abc import Iterator
from functools import cache

from prose import Sentence, of_items

from framingkit.course.data import (
    list_articles,
    load_article,
    load_claims,
    load_distances,
    load_findings,
    load_works,
)

MONTHS = "January February March April May June July August September October November December"
MONTH = "|".join(MONTHS.split())
DAY = rf"(?:(?P<d>\d{{1,2}}) )?(?P<m>{MONTH}) (?:(?P<d2>\d{{1,2}}), )?(?P<y>20\d\d)\b"
ISO = r"\b(?P<iy>20\d\d)-(?P<im>\d\d)-(?P<id>\d\d)\b"
KM = r"(?P<km>\d[\d,.]*(?:–\d[\d,.]*)?)(?:-| )?(?:km\b|kilomet)"
TEMPERATURE = r"(\d+(?:–\d+)?) ?(?:°C|degrees)"
SPAN = r"(\d+(?:\.\d+)?|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen) years"
SPELLED = {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14}
SPELLED |= {"fifteen": 15, "sixteen": 16}
# What belongs to the real event. A text with one of these words is never about made-up states.
REAL = re.compile(
    r"\b(?:Alaska|Russian?s?|US|United States|American?s?|Putin|Trump|Medvedev|Obama|Bering|Diomede"
    r"|Anchorage|Ukrain\w+|Washington|Moscow|Kremlin|Arctic|Elmendorf|Honolulu|Ted Stevens"
    r"|the article)\b"
)
LOOKED_UP = ("2026-11-28", "2026-11-29")  # the days on which works were looked up


def ledger_text() -> str:
    """Return everything that the claim ledger says, and the article's own words on it."""
    ledger = load_claims()
    found = [ledger.caveat, ledger.seen, ledger.checked, *LOOKED_UP]
    for claim in ledger.claims:
        found += [claim.quote, claim.claim, claim.note]
        found += [part for one in claim.evidence for part in (one.says, one.seen)]
    for omission in ledger.omissions:
        found += [omission.what, *(one.says for one in omission.evidence)]
    return "\n".join(found)


def days(text: str) -> Iterator[tuple[str, str]]:
    """Give each day or month of a text in one form, such as 2025-08-15, and as it is written."""
    for found in re.finditer(DAY, text):
        month = MONTHS.split().index(found["m"]) + 1
        day = found["d"] or found["d2"]
        made = f"{found['y']}-{month:02}" + (f"-{int(day):02}" if day else "")
        yield made, found[0]
    for found in re.finditer(ISO, text):
        yield found[0], found[0]


@cache
def known_days() -> frozenset[str]:
    """Return the days and months that the record has."""
    found = {day for day, _ in days(ledger_text())}
    # the ledger writes "25 July" where the year is that of the meeting
    for day, month in re.findall(rf"(\d{{1,2}}) ({MONTH})(?! \d)", ledger_text()):
        found.add(f"2025-{MONTHS.split().index(month) + 1:02}-{int(day):02}")
    return frozenset(found | {day[:7] for day in found})


@cache
def known_years(real: bool) -> frozenset[str]:
    """Return the years that the record has of the real event, or also those of works."""
    works = " ".join(f"{one.year} {one.note} {one.title}" for one in load_works().values())
    return frozenset(re.findall(r"\b(?:19|20)\d\d\b", ledger_text() + ("" if real else works)))


@cache
def known_km() -> frozenset[str]:
    """Return the kilometres of the record, without the commas of thousands."""
    ways = load_distances()
    found = {str(way.rounded) for way in ways}
    points = " ".join(f"{way.start.precision} {way.end.precision}" for way in ways)
    for one in re.finditer(KM, f"{ledger_text()} {points}"):
        found |= {part.strip(".,") for part in one["km"].replace(",", "").split("–")}
    both = re.findall(r"between (\d+) and (\d+) km|(\d+) to (\d+) km", ledger_text())
    return frozenset(found | {part for row in both for part in row if part})


@cache
def known_temperatures() -> frozenset[str]:
    return frozenset(re.findall(TEMPERATURE, ledger_text()))


@cache
def spans_since() -> dict[str, float]:
    """Return how many years lie between a visit of the record and the meeting, from its dates."""
    note = load_claims().claim("c06").note
    meeting = datetime.date(2025, 8, 15)
    found = [day for day, _ in days(note) if len(day) == 10 and day != "2025-08-15"]
    return {
        day: round((meeting - datetime.date.fromisoformat(day)).days / 365.25, 1) for day in found
    }


def known_spans() -> set[float]:
    """Return the years that may be said of c06: exact, rounded, and the decade itself."""
    exact = set(spans_since().values())
    return exact | {round(one) for one in exact} | {10}


@cache
def constructed_texts() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each constructed text with the names that occur in no sentence of the article."""
    article = set(re.findall(r"\b[A-Z]\w+", load_article().text))
    found = []
    for id in list_articles():
        if id != "alaska-summit":
            text = load_article(id).text
            inside = set(re.findall(r"(?<=[a-z,] )[A-Z]\w{3,}", text)) - article
            found.append((text, frozenset(inside | {load_article(id).title.split(" (")[0]})))
    return tuple(found)


@cache
def own_cases() -> str:
    """Return the texts of all questions that name nothing of the real event."""
    near = {one.near for one in of_items()}
    return "\n".join(sorted(one for one in near if not REAL.search(one)))


def of_made_up_states(sentence: Sentence, figure: str) -> bool:
    """Say whether a figure belongs to a made-up event, and not to the real one.

    Either a constructed text has the figure and one of its names is near, or a question that names
    nothing real asks about a case of its own. A page that is made from both may repeat either.
    """
    if sentence.kind == "made":
        return figure in own_cases() or any(figure in text for text, _ in constructed_texts())
    for text, names in constructed_texts():
        if figure in text and any(name in sentence.near for name in names):
            return True
    return sentence.kind in ("item", "option") and not REAL.search(sentence.near)


@cache
def verdict_pattern() -> re.Pattern[str]:
    verdicts = sorted(load_claims().verdicts, key=len, reverse=True)
    return re.compile(r"\bc\d\d\b|" + "|".join(rf"\b{re.escape(one)}\b" for one in verdicts), re.I)


def told_verdicts(text: str) -> Iterator[tuple[str, str]]:
    """Give claim and verdict wherever a sentence has both: “c03 and c05 (supported)”."""
    waiting: list[str] = []
    fresh = False
    for found in verdict_pattern().findall(text):
        if re.fullmatch(r"c\d\d", found):
            waiting = [*waiting, found] if fresh else [found]
            fresh = True
        else:
            yield from ((claim, found.lower()) for claim in waiting)
            fresh = False
            waiting = []


@cache
def named_works() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each work the words by which prose names it: a link, or a name and its year."""
    found = []
    for work in load_works().values():
        family = re.split(r", | and ", work.authors)[0].split(" ")[-1]
        family = work.authors if work.authors.isupper() or "Group" in work.authors else family
        by_name = rf"{re.escape(family)}\b[^.;]{{0,60}}?\b{work.year}\b"
        link = rf"#{work.id}(?![\w-])|\({work.id}\)"
        found.append((work.id, re.compile(f"{link}|{by_name}")))
    return tuple(found)


def works_in(text: str) -> set[str]:
    """Return the works that a text names."""
    return {id for id, pattern in named_works() if pattern.search(text)}


def figures_of(works: set[str]) -> set[str]:
    """Return the figures that findings allow for these works."""
    findings = [one for one in load_findings() if works & set(one.works)]
    return {number for one in findings for number in one.numbers}
