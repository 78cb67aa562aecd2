"""What prose says of the world is what data/ says: figures, days, verdicts, research, facts.

Each fact is written once, in data/claims, data/distances, data/research.toml or data/sources.toml.
A sentence may repeat it and not differ from it. The last tests give the checks sentences that
differ, so that a check that sees nothing is seen.
"""

import re
from collections.abc import Callable, Iterator

import make_sources
import pytest
from for_each import for_each
from prose import ROOT, Sentence, all_prose, of_item, of_text
from record import (
    KM,
    REAL,
    SPAN,
    SPELLED,
    TEMPERATURE,
    days,
    figures_of,
    known_days,
    known_km,
    known_spans,
    known_temperatures,
    known_years,
    of_made_up_states,
    spans_since,
    told_verdicts,
    works_in,
)
from worksheet_keys import fact_sheet

from framingkit.course.data import (
    list_lessons,
    load_claims,
    load_codebook,
    load_distances,
    load_findings,
    load_items,
    load_publishers,
    load_works,
)
from framingkit.course.record import publisher_of

PROSE = all_prose()
LEDGER = load_claims()
Check = Callable[[Sentence], Iterator[str]]


def complaints(check: Check, prose: list[Sentence] = PROSE) -> list[str]:
    """Name every sentence that differs from the record, with what it says."""
    return [f"{one} → {said}" for one in prose for said in check(one)]


def assert_none(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join([f"{len(found)} sentences differ:", *found]), pytrace=False)


# -- figures and days -------------------------------------------------------------------------


def wrong_km(one: Sentence) -> Iterator[str]:
    for found in re.finditer(KM, one.text):
        for figure in found["km"].replace(",", "").rstrip(".").split("–"):
            if figure not in known_km() and not of_made_up_states(one, found[0]):
                yield f"{figure} km"


def miles(one: Sentence) -> Iterator[str]:
    for found in re.findall(r"\d[\d.,]* miles", one.text):
        if not of_made_up_states(one, found):
            yield f"{found}: the record counts in kilometres"


def wrong_temperature(one: Sentence) -> Iterator[str]:
    for found in re.finditer(TEMPERATURE, one.text):
        if found[1] not in known_temperatures() and not of_made_up_states(one, found[0]):
            yield found[0]


def wrong_day(one: Sentence) -> Iterator[str]:
    for day, written in days(one.text):
        if day not in known_days():
            yield written


def wrong_year(one: Sentence) -> Iterator[str]:
    for year in re.findall(r"(?<![\d./-])(?:20(?:09|1\d|2[0-6]))\b(?![-/.]\d)", one.bare):
        if year not in known_years(bool(REAL.search(one.bare)) and not works_in(one.text)):
            yield year


def wrong_span(one: Sentence) -> Iterator[str]:
    if not re.search(r"\bc06\b|decade|Medvedev|US soil", one.near) or one.wrong:
        return
    for found in re.findall(SPAN, one.text):
        years = SPELLED.get(found) or float(found)
        if years not in known_spans() and not of_made_up_states(one, f"{found} years"):
            yield f"{found} years"


FIGURES = (wrong_km, miles, wrong_temperature, wrong_day, wrong_year, wrong_span)


@for_each(FIGURES)
def test_figures_and_days_of_the_real_event_are_those_of_the_record(check):
    assert_none(complaints(check))


def test_the_years_of_c06_follow_from_its_dates():
    note = LEDGER.claim("c06").note

    assert len(spans_since()) == 3
    for years in spans_since().values():
        assert f"{years} years" in note


def test_the_measured_distances_are_those_of_the_ledger():
    told = f"{LEDGER.claim('c07').quote} {LEDGER.claim('c07').note}".replace(",", "")

    for way in load_distances():
        assert f"{way.rounded} km" in told


def test_every_claim_and_omission_has_a_record():
    for one in (*LEDGER.claims, *LEDGER.omissions):
        assert one.evidence, one.id


# -- verdicts ---------------------------------------------------------------------------------


def wrong_verdict(one: Sentence) -> Iterator[str]:
    verdicts = {claim.id: claim.verdict for claim in LEDGER.claims}
    for claim, verdict in () if one.wrong else told_verdicts(one.text):
        if verdicts.get(claim) != verdict:
            yield f"{claim} is {verdicts.get(claim, 'no claim')}, not {verdict}"


def test_a_verdict_beside_a_claim_is_that_of_the_ledger():
    assert_none(complaints(wrong_verdict))


@for_each([item for lesson in list_lessons() for item in load_items(lesson)])
def test_a_question_about_a_verdict_has_that_of_the_ledger_as_its_answer(item):
    named = set(re.findall(r"\bc\d\d\b", item.prompt))
    words = rf"\b(?:{'|'.join(map(re.escape, LEDGER.verdicts))})\b"
    offered = [one for one in item.options if re.search(words, one.text)]
    if len(named) == 1 and len(offered) > 1 and item.kind == "choice":
        (right,) = [one for one in item.options if one.correct]
        assert LEDGER.claim(named.pop()).verdict in f"{right.text} {right.feedback}".lower()


CALLED_FACT = re.compile(r"\bfacts?\b(?! sheet| check)", re.I)
NOT_A_FACT = re.compile(
    r"\bnot (?:a |yet a )?facts?|no facts?|contradicted|wrong|statements?|claims?|checked", re.I
)


def called_a_fact(one: Sentence) -> Iterator[str]:
    untrue = [claim for claim in LEDGER.claims if claim.verdict == "contradicted"]
    for claim in untrue:
        core = re.sub(r"^(?:landed at|was greeted with formality by the) ", "", claim.quote)
        about = not one.wrong and (re.search(rf"\b{claim.id}\b", one.bare) or core in one.bare)
        if about and CALLED_FACT.search(one.bare) and not NOT_A_FACT.search(one.bare):
            yield f"{claim.id} is contradicted, and is called a fact"


def test_a_contradicted_statement_is_nowhere_called_a_fact():
    assert_none(complaints(called_a_fact))


def test_one_agency_is_not_counted_as_two_witnesses():
    for one in LEDGER.claims:
        met = [publisher_of(note.url, load_publishers()).agency for note in one.evidence]
        for agency in {name for name in met if name and met.count(name) > 1}:
            assert f"{agency} reports: one agency" in one.note, f"{one.id}: {agency} twice"


# -- research ---------------------------------------------------------------------------------

RESEARCH = re.compile(
    r"\b(?:stud(?:y|ies)|research(?:ers?)?|meta-analys[ie]s|experiments?|scholars?|crowd workers|"
    r"trained (?:people|coders|readers)|professional fact checkers|published (?:agreement|figures)|"
    r"(?:per ?cent|%) of (?:readers|people|learners))\b",
    re.I,
)
# What is no statement about research, each for a reason that can be seen in the words.
NO_STATEMENT = re.compile(
    r"self-study|do not study|study it yet|objects? (?:of|to) study|"  # to study something
    r"a study of readers|(?:take|need) a survey or an experiment|according to a study|"  # not one
    r"“[^”]*\bstud(?:y|ies)\b[^”]*”|"  # words that are quoted
    r"what studies (?:say|allow)|(?:say|says) about research|"  # what follows says it
    r"(?:validated in|never for|is not) a study|a study\. Use|read no work|"  # there is none
    r"for research\b|research tools|settling, research|researchers can|"  # a use of the kit
    r"Research as Inquiry|US research institute|scholarly articles",  # a name
    re.I,
)


def speaks_of_research(one: Sentence) -> bool:
    plain = re.sub(r"`[^`]*`", "", one.bare)
    return bool(RESEARCH.search(NO_STATEMENT.sub("", plain))) and one.kind != "made"


def without_source(one: Sentence) -> Iterator[str]:
    if one.kind in ("item", "option"):
        if speaks_of_research(one) and not one.sources and not one.wrong:
            yield "the question names no sources"
    elif speaks_of_research(one) and not works_in(one.text) and "(part 13)" not in one.text:
        yield "no work is named or linked"


def wrong_figure(one: Sentence) -> Iterator[str]:
    named = works_in(one.text) | (set(one.sources) if speaks_of_research(one) else set())
    if not named or one.kind == "made" or one.wrong:
        return
    plain = re.sub(r"\]\([^)]*\)|<[^>]*>|\(?\d+\), \d+–\d+", "", one.text)
    for figure in re.findall(r"(?<![\d.,#-])\d+(?:[.,]\d+)*(?: ?%)?", plain):
        is_year = re.fullmatch(r"(?:19|20)\d\d", figure)
        if not is_year and (len(figure) > 1) and figure not in figures_of(named):
            yield f"{figure} is in no finding of {', '.join(sorted(named))}"


def goes_too_far(one: Sentence) -> Iterator[str]:
    for entry in (*load_findings(), *LEDGER.claims):
        for wording in entry.never:
            if wording in one.bare.lower() and not one.wrong:
                yield f"“{wording}”: see {entry.id} in data/"


@for_each((without_source, wrong_figure, goes_too_far))
def test_what_prose_says_of_research_rests_on_a_work_and_has_its_figures(check):
    # in the list of works each entry is a work, with pages and years of its own
    prose = [one for one in PROSE if one.place != "docs/sources.md" or check is goes_too_far]

    assert_none(complaints(check, prose))


def test_every_source_is_a_work_and_a_question_names_the_works_that_it_rests_on():
    for lesson in list_lessons():
        for item in load_items(lesson):
            assert set(item.sources) <= set(load_works()), item.id
            told = [one for one in of_item(item, item.id) if speaks_of_research(one)]
            if told:
                assert works_in(told[0].near) & set(item.sources), item.id
    for code in load_codebook().codes:
        assert set(code.sources) <= set(load_works()), code.id


def test_every_link_to_a_work_leads_to_one():
    for one in PROSE:
        for id in re.findall(r"sources\.md#([\w-]+)", one.text):
            assert id in load_works(), one


def test_every_work_is_used_by_a_code_a_finding_or_a_question():
    used = {id for code in load_codebook().codes for id in code.sources}
    used |= {id for finding in load_findings() for id in finding.works}
    used |= {id for lesson in list_lessons() for item in load_items(lesson) for id in item.sources}

    assert set(load_works()) - used == set()


def test_a_finding_links_the_works_that_it_rests_on_and_has_its_figures():
    for finding in load_findings():
        assert set(re.findall(r"\]\(([a-z0-9-]+)\)", finding.says)) == set(finding.works)
        for number in finding.numbers:
            assert number in finding.says, finding.id


def test_the_pages_that_are_made_from_the_record_are_up_to_date():
    guide = make_sources.GUIDE.read_text(encoding="utf-8")
    sheet = ROOT / "docs" / "instructor-guide" / "fact-sheet.md"
    assert make_sources.PAGE.read_text(encoding="utf-8") == make_sources.page()
    assert make_sources.guide_with_findings(guide) == guide
    assert sheet.read_text(encoding="utf-8") == fact_sheet()


# -- the checks see what is wrong -------------------------------------------------------------

DIFFERENT = {
    "The base is about 1,100 km from the Russian mainland.": wrong_km,
    "Alaska lies 95 km from Russia.": wrong_km,
    "It is 55 miles to Russia.": miles,
    "It was 25 °C in Anchorage that day.": wrong_temperature,
    "They met on 16 August 2025.": wrong_day,
    "Seen on 2026-11-24.": wrong_day,
    "A Russian president last came in 2013.": wrong_year,
    "c06: the last such welcome was sixteen years ago.": wrong_span,
    "c15 is partly supported.": wrong_verdict,
    "Give c03 and c11 (partly supported) to quick groups.": wrong_verdict,
    "It is a fact that he landed at Ted Stevens International Airport.": called_a_fact,
    "The welcome (c02) is a fact of the text.": called_a_fact,
    "Researchers found that metaphors change minds.": without_source,
    "Studies show that readers forget this.": without_source,
    "Newell and others (2018) report an α of 0.85.": wrong_figure,
    "A meta-analysis (Brugman and others 2019) has 34,000 people.": wrong_figure,
    "Trained people agree at about 0.3 to 0.4 on loaded words.": goes_too_far,
    "An effect that is small on average.": goes_too_far,
    "The last one who came as a guest (2010) was another.": goes_too_far,
    "Trained people agree at 0.9.": without_source,
}


@pytest.mark.parametrize("text", DIFFERENT)
def test_a_sentence_that_differs_from_the_record_is_seen(text):
    found = list(of_text("a lesson", text, "lesson"))

    assert complaints(DIFFERENT[text], found) != []


def test_a_question_about_research_without_sources_is_seen():
    bare = Sentence("an item", "Studies found it.", "Studies found it.", "item")

    assert complaints(without_source, [bare]) != []


def test_a_case_of_ones_own_is_no_copy_of_the_record_but_a_real_name_makes_it_one():
    own = Sentence("an item", "The ferry to Corvane is 31 km away.", "Corvane", "item")
    real = Sentence(
        "an item", "The ferry is 31 km away.", "Alaska. The ferry is 31 km away.", "item"
    )

    assert complaints(wrong_km, [own]) == []
    assert complaints(wrong_km, [real]) != []
