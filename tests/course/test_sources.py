"""The works that the kit names, and what it says about research, as values."""

import pytest

from framingkit.course.data import load_findings, load_works
from framingkit.course.sources import parse_findings, parse_works
from framingkit.errors import FramingkitError

WORK = """
[[works]]
id = "mara-1999"
name = "Mara (1999)"
authors = "M. Mara"
year = "1999"
title = "On ferries"
where = "Journal of Ferries"
read = "its abstract"
"""
FINDING = '[[findings]]\nid = "f"\ntopic = "T"\nsays = "S."\nworks = ["mara-1999"]\n'


def test_a_work_says_what_was_read_of_it():
    work = parse_works(WORK)["mara-1999"]

    assert (work.read, work.link, work.note) == ("its abstract", "", "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (WORK + WORK, "'mara-1999' is used twice"),
        (WORK.replace('read = "its abstract"\n', ""), "work 'mara-1999'.*'read' is missing"),
        (WORK.replace("its abstract", " "), "'read' is empty"),
        (WORK.replace("where", "were"), "unknown field 'were'"),
    ],
)
def test_a_work_that_could_not_be_judged_is_refused(text, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_works(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (FINDING.replace("mara-1999", "mara-2000"), "'f' names the work 'mara-2000'"),
        (FINDING.replace('"mara-1999"', ""), "'f' names no work"),
        (FINDING + FINDING, "used twice"),
    ],
)
def test_a_finding_without_a_known_work_is_refused(text, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_findings(text, ["mara-1999"])


def test_the_works_and_findings_of_the_kit_are_read():
    assert "brugman-2019" in load_works()
    assert load_findings()[0].works
