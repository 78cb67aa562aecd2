"""The report on a class: every number again by another way, and what small groups may show."""

import gzip
import json
import re
import time
from collections import Counter
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from itertools import combinations
from statistics import correlation, mean

import pytest
from agreement_samples import only_label
from class_samples import ARTICLE, CODEBOOK, answer, document, put, sheet, span
from jsonschema import Draft7Validator
from report_samples import CORE, QUESTIONS, TESTS, WRITTEN, class_sheets, collected, reported, run

from framingkit import course
from framingkit.course.exercises import parse_misconceptions
from framingkit.errors import FramingkitError
from framingkit.hand_ins.file import ClassFile, write_class
from framingkit.hand_ins.learners import ClassText
from framingkit.reports.pieces import SCRIPT
from framingkit.work.sheet import TextVersion

SECTIONS = [one for one in ARTICLE.sections if one.kind == "text"]
SHEETS = class_sheets(12)
HALF = len(TESTS) // 2


@pytest.fixture(scope="module")
def twelve(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twelve")
    return reported(folder, collected(folder, "class", SHEETS))


def tags(one):
    return [(row["start"], row["end"], row["label"]) for row in one["documents"][0]["spans"]]


def has_read(one, section):
    return any(a < section.end and section.start < b for a, b, _ in tags(one))


def values(sheets, readers_of=None, fewest=5):
    """Spell a class out: for each learner the codes of each character, None where unread."""
    readers_of = readers_of or [[has_read(one, s) for s in SECTIONS] for one in sheets]
    table = [[None] * len(ARTICLE.text) for _ in sheets]
    for place, section in enumerate(SECTIONS):
        if sum(row[place] for row in readers_of) >= fewest:
            for row, one, read in zip(table, sheets, readers_of, strict=True):
                for at in range(section.start, section.end) if read[place] else ():
                    row[at] = frozenset(c for a, b, c in tags(one) if a <= at < b)
    return table


def columns_of(table):
    """Give each character's values among its readers, and how often just these occur."""
    read = ([one for one in column if one is not None] for column in zip(*table, strict=True))
    return Counter(tuple(column) for column in read if len(column) > 1).items()


def alpha(table):
    """Compute Krippendorff's alpha of sets of codes; their distance is what only one has."""
    observed = sum(
        Fraction(times * sum(len(a ^ b) for a in column for b in column), len(column) - 1)
        for column, times in columns_of(table)
    )
    counts = Counter()
    for column, times in columns_of(table):
        for one in column:
            counts[one] += times
    expected = sum(len(a ^ b) * counts[a] * counts[b] for a in counts for b in counts)
    return 1 - (counts.total() - 1) * observed / expected if expected else None


def positive(table):
    """Compute the F1 of all pairs of learners, pooled."""
    shared = marks = 0
    for column, times in columns_of(table):
        for a, b in combinations(column, 2):
            shared += times * len(a & b)
            marks += times * (len(a) + len(b))
    return Fraction(2 * shared, marks) if marks else None


def words_tagged(sheets, code=None):
    """Count for each word the learners who tagged it with a code, or with any."""
    return {
        (word.start() + s.start, word.end() + s.start): sum(
            any(a < word.end() + s.start and word.start() + s.start < b and code in (None, c)
                for a, b, c in tags(one))
            for one in sheets
        )
        for s in ARTICLE.sentences() for word in re.finditer(r"\S+", ARTICLE.text[s.start:s.end])
    }  # fmt: skip


def test_agreement_is_that_of_the_definitions(twelve):
    [text] = twelve[1]["texts"]
    table = values(SHEETS)
    for row in [text["overall"], *text["codes"]]:
        own = table if row["code"] is None else only_label(table, row["code"])
        for name, by_definition in (("alpha", alpha), ("positive", positive)):
            wanted = by_definition(own)
            if wanted is None:
                assert row[name]["value"] is None
                assert row[name]["reason"].startswith("Nobody")
            else:
                assert row[name]["value"] == pytest.approx(float(wanted), abs=1e-6)
        used = [[t for t in tags(one) if row["code"] in (None, t[2])] for one in SHEETS]
        assert (row["learners"], row["tags"]) == (sum(map(bool, used)), sum(map(len, used)))
    assert {row["code"] for row in text["codes"]} >= set(CORE)


def test_an_interval_is_that_of_leaving_out_one_learner_at_a_time(twelve):
    [text] = twelve[1]["texts"]
    readers = [[has_read(one, s) for s in SECTIONS] for one in SHEETS]
    table = values(SHEETS, readers)
    without = [float(alpha(table[:n] + table[n + 1 :])) for n in range(12)]
    spread = sum((one - mean(without)) ** 2 for one in without) * 11 / 12

    found = text["overall"]["interval"]
    assert found["high"] - found["low"] == pytest.approx(2 * 2.200985 * spread**0.5, abs=1e-5)
    assert found["low"] < text["overall"]["alpha"]["value"] < found["high"]


def test_readers_and_shades_are_counts_of_learners(twelve):
    [text] = twelve[1]["texts"]
    assert text["readers"] == {s.id: sum(has_read(one, s) for one in SHEETS) for s in SECTIONS}
    assert text["incomplete"] == 3
    for code, rows in [(None, text["map"]), *text["map_by_code"].items()]:
        counts = words_tagged(SHEETS, code)
        for (start, end), count in counts.items():
            shown = [row["learners"] for row in rows if row["start"] <= start and end <= row["end"]]
            assert shown == ([count] if count else []), (code, start)


def test_a_contested_place_counts_who_reads_it_how(twelve):
    [text] = twelve[1]["texts"]
    assert 1 <= len(text["contests"]) <= 6
    for place in text["contests"]:
        start, end = place["start"], place["end"]
        here = [[t for t in tags(one) if t[0] < end and start < t[1]] for one in SHEETS]
        section = next(s for s in SECTIONS if s.start <= start < s.end)
        assert place["readers"] == sum(has_read(one, section) for one in SHEETS)
        assert place["silent"] == place["readers"] - sum(map(bool, here))
        assert {t[2] for one in here for t in one} >= {row["code"] for row in place["readings"]}
        for row in place["readings"]:
            reading = row["start"], row["end"], row["code"]
            counted = [any(touches(reading, tag) for tag in tags(one)) for one in SHEETS]
            assert row["learners"] == sum(counted)


def touches(one, other):
    """Tell whether two tags of one code share words."""
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def chosen(sheets, item):
    found = [row["response"] for one in sheets for row in one["responses"] if row["item"] == item]
    return [set(one.get("choices", [one.get("choice")])) for one in found]


def test_questions_count_options_and_right_answers(twelve):
    items = {row["id"]: row for row in twelve[1]["items"]}
    for item in [*QUESTIONS, *TESTS]:
        given, right = chosen(SHEETS, item.id), {o.id for o in item.options if o.correct}
        row = items[item.id]
        assert row["answered"] == len(given)
        assert row["options"] == {o.id: sum(o.id in one for one in given) for o in item.options}
        if item.scored:
            assert row["difficulty"] == pytest.approx(given.count(right) / len(given), abs=1e-6)
    assert items[WRITTEN.id] == {
        "id": WRITTEN.id, "lesson": WRITTEN.lesson, "kind": "written", "misconceptions": {},
        "answered": 12, "marks": None, "difficulty": None, "options": {},
    }  # fmt: skip


def points(one, item):
    """Score an answer to a question of a test: a half for more right options than wrong ones."""
    right = {o.id for o in item.options if o.correct}
    [given] = chosen([one], item.id) or [None]
    if given is None or given == right:
        return None if given is None else 1.0
    return 0.5 if item.kind == "several" and len(given & right) > len(given - right) else 0.0


def test_discrimination_is_the_correlation_with_the_other_questions(tmp_path):
    sheets = class_sheets(40)
    _, data = reported(tmp_path, collected(tmp_path, "class", sheets))
    for name, items in (("before", TESTS[:HALF]), ("after", TESTS[HALF:])):
        rows = [[points(one, item) for item in items] for one in sheets]
        rows = [row for row in rows if None not in row]
        assert data["tests"][name]["learners"] == len(rows) >= 10
        for place, found in enumerate(data["tests"][name]["discrimination"]):
            own, rest = [row[place] for row in rows], [sum(row) - row[place] for row in rows]
            assert found["value"] == pytest.approx(correlation(own, rest), abs=1e-6)
    both = [[points(one, item) for item in TESTS] for one in sheets]
    both = [(sum(row[:HALF]), sum(row[HALF:])) for row in both if None not in row]
    tests = data["tests"]
    assert tests["both"] == len(both)
    assert tests["mean_before"] == pytest.approx(mean(one for one, _ in both), abs=1e-6)
    assert tests["up"] == sum(one < other for one, other in both)
    assert tests["down"] == sum(one > other for one, other in both)


class Reader(HTMLParser):
    """Takes headings and tables out of a page."""

    def __init__(self, page):
        super().__init__()
        self.headings, self.tables, self.tags = [], {}, Counter()
        self._cell = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        if tag in ("h1", "h2", "h3", "h4", "caption", "td", "th"):
            self._cell = ""
        if tag == "tr":
            self._row = []

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append((int(tag[1]), self._cell))
        if tag == "caption":
            self._rows = self.tables.setdefault(self._cell, [])
        if tag in ("td", "th"):
            self._row.append(self._cell)
        if tag == "tr":
            self._rows.append(self._row)
        if tag not in ("span", "sup", "strong", "small"):
            self._cell = None


def test_the_page_has_the_same_numbers(twelve):
    page, data = twelve
    tables = Reader(page).tables
    [text] = data["texts"]
    names = {code.id: f"{code.chip} {code.name} " for code in CODEBOOK.codes}
    names[None] = "All codes together"
    rows = [text["overall"], *text["codes"]]
    for row, cells in zip(rows, tables["Agreement on each code"][1:], strict=True):
        assert cells[:3] == [names[row["code"]], str(row["learners"]), str(row["tags"])]
        if row["alpha"]["value"] is not None:
            assert cells[3] == f"{round(100 * row['positive']['value'])} of 100"
            assert float(cells[4].replace("−", "-")) == round(row["alpha"]["value"], 2)
    items = {row["id"]: row for row in data["items"]}
    for place, cells in enumerate(tables["Question by question"][1:]):
        for test, cell in zip((TESTS[place], TESTS[place + HALF]), cells[1:3], strict=True):
            row = items[test.id]
            assert cell == f"{round(100 * row['difficulty'])} % of {row['answered']}"
    titles = {section.id: section.title for section in SECTIONS}
    assert [cells[:2] for cells in tables["Readers of each section"][1:]] == [
        [titles[name], str(count)] for name, count in text["readers"].items()
    ]


def lines_at_a_glance(page):
    part = page.split('<section id="top">')[1].split("</section>")[0]
    return [unescape(one) for one in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)]


def test_the_first_screen_names_what_the_numbers_below_say(twelve):
    page, data = twelve
    handed_in, agreement, places, question = lines_at_a_glance(page)
    [text] = data["texts"]
    shared = {row["code"]: row["positive"]["value"] for row in text["codes"]}
    shared = {CODEBOOK.code(code).name: one for code, one in shared.items() if one is not None}
    scored = [row for row in data["items"] if row["difficulty"] is not None]
    scored = [row for row in scored if row["lesson"] not in ("pre-test", "post-test")]
    hardest = min(scored, key=lambda row: (row["difficulty"], row["id"]))
    assert handed_in == "12 learners handed in."
    assert f"another has {round(100 * text['overall']['positive']['value'])} with" in agreement
    assert f"Most alike: {max(shared, key=shared.get)}." in agreement
    assert f"Least alike: {min(shared, key=shared.get)}." in agreement
    for place in text["contests"][:3]:
        assert ARTICLE.text[place["start"] : place["end"]].strip() in places
    assert f"({round(100 * hardest['difficulty'])} %)" in question
    assert next(one for one in QUESTIONS if one.id == hardest["id"]).prompt in question


def marked(rows):
    """Choose the rows that a map marks: not what few tagged, nor the loose ends of others."""
    found = [row for row in rows if row["learners"] >= max(2, row["readers"] / 10)]
    ends = [
        (row["start"], row["end"], row["learners"], ARTICLE.sentence_at(row["start"]).number)
        for row in found
    ]
    return [
        row
        for row, (start, end, learners, number) in zip(found, ends, strict=True)
        if 4 * learners >= row["readers"]
        or not any(
            number == other and many >= 3 * learners and (low - end == 1 or start - high == 1)
            for low, high, many, other in ends
        )
    ]


def test_the_map_says_its_numbers_as_text(twelve):
    page, data = twelve
    page = page.partition('class="framingkit-appendix"')[2]  # above it is the map of one lesson
    spoken = Counter(re.findall(r"<sup[^>]*>([\d,]+)<span[^>]*> of ([\d,]+) learners: ", page))
    [text] = data["texts"]
    maps = [text["map"], *text["map_by_code"].values()]
    rows = [row for rows in maps for row in marked(rows)]
    assert 0 < len(rows) < sum(map(len, maps))
    assert spoken == Counter((str(row["learners"]), str(row["readers"])) for row in rows)


def test_wrong_answers_come_with_the_misconception_behind_them(twelve):
    page, _ = twelve
    known = course.load_misconceptions()
    asked = {number for item in QUESTIONS for number in item.misconceptions}
    assert asked
    for number in asked:
        assert f"{number}. {known[number].name}" in page
    assert QUESTIONS[1].options[0].feedback in page


def test_the_misconceptions_are_those_of_the_guide():
    guide = (course.kit_folder() / "docs" / "instructor-guide.md").read_text(encoding="utf-8")
    for number, one in course.load_misconceptions().items():
        assert f"| {number} | {one.name} |" in guide
    assert len(course.load_misconceptions()) == 16
    twins = '[[misconception]]\nnumber = 1\nname = "N"\nhelps = "H"\n' * 2
    with pytest.raises(FramingkitError, match="1"):
        parse_misconceptions(twins)


def test_the_json_has_the_published_shape(twelve):
    schema = course.kit_folder() / "data" / "schemas" / "class-report.json"
    Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(twelve[1])


def test_headings_stand_in_order_and_tables_have_captions(twelve):
    read = Reader(twelve[0])
    levels = [level for level, _ in read.headings]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))
    assert read.tags["table"] == read.tags["caption"] == read.tags["thead"]


def test_the_same_class_gives_the_same_bytes(tmp_path, twelve):
    found = collected(tmp_path, "again", SHEETS[::-1])
    assert reported(tmp_path, found) == twelve


@pytest.mark.parametrize("learners", [1, 2, 4])
def test_a_group_below_five_is_shown_only_as_a_whole(tmp_path, learners):
    page, data = reported(tmp_path, collected(tmp_path, "class", class_sheets(learners)))
    [text] = data["texts"]
    assert (text["codes"], text["map"], text["map_by_code"], text["contests"]) == ([], [], {}, [])
    assert all(row["difficulty"] is None and row["options"] == {} for row in data["items"])
    assert (text["overall"]["alpha"]["value"] is None) == (learners == 1)
    assert "shows the class only as a whole" in page
    read = Reader(page)
    assert "Who chose what" not in read.tables
    assert "<mark" not in page.partition('<section class="framingkit-appendix"')[2]
    assert len(lines_at_a_glance(page)) == 1
    codes = {code.name for code in CODEBOOK.codes}
    assert not codes & {cell for rows in read.tables.values() for row in rows for cell in row}


def test_five_are_enough_but_a_section_of_four_stays_closed(tmp_path):
    sheets = class_sheets(5)
    _, data = reported(tmp_path, collected(tmp_path, "class", sheets))
    [text] = data["texts"]
    ending = ARTICLE.section("ending")
    assert text["readers"]["ending"] == 4
    assert text["codes"]
    assert text["map"]
    places = [*text["map"], *text["contests"]]
    assert all(row["end"] <= ending.start or ending.end <= row["start"] for row in places)
    assert text["overall"]["interval"]["low"] is None
    assert "at least 8" in text["overall"]["interval"]["reason"]


def test_before_and_after_are_compared_learner_by_learner(tmp_path):
    before = class_sheets(9)
    after = [json.loads(json.dumps(one)) for one in before[:8]]
    changed = after[0]["documents"][0]["spans"]
    dropped = changed.pop(0)
    old = changed[0]["label"]
    changed[0]["label"] = new = next(code for code in CORE if code != old)
    added = span("red carpet", "scare_quotes", number=99)
    after[1]["documents"][0]["spans"].append(added)
    after.append(sheet("zebra-1", documents=[document(added)]))
    pages = [collected(tmp_path, name, one) for name, one in (("b", before), ("a", after))]

    page, data = reported(tmp_path, pages[1], "--before", pages[0])

    found = data["comparison"]
    assert (found["both"], found["only_before"], found["only_after"]) == (8, 1, 1)
    [text] = found["texts"]
    total = sum(len(tags(one)) for one in before[:8])
    assert text["counts"] == {
        "kept": total - 2, "added": 1, "dropped": 1, "moved": 0, "relabelled": 1,
    }  # fmt: skip
    assert text["counts_by_code"]["scare_quotes"]["added"] == 1
    assert text["counts_by_code"][dropped["label"]]["dropped"] == 1
    assert text["relabelled"] == [{"before": old, "after": new, "tags": 1}]
    assert (text["learners"], text["changed"]) == (8, 2)
    readers = [[has_read(one, s) or has_read(two, s) for s in SECTIONS]
               for one, two in zip(before, after, strict=False)][:8]  # fmt: skip
    alphas = [alpha(values(one[:8], readers)) for one in (before, after)]
    assert text["overall"]["change"]["value"] == pytest.approx(float(alphas[1] - alphas[0]), 1e-4)
    assert isinstance(alphas[0], Fraction)
    assert text["overall"]["interval"]["low"] is not None
    assert "1 handed in only before, and 1 only after." in page


def test_people_who_share_a_code_name_are_not_compared(tmp_path):
    before = class_sheets(3)
    after = [*class_sheets(3), class_sheets(1, seed=2)[0]]
    found = [collected(tmp_path, name, one) for name, one in (("b", before), ("a", after))]

    _, data = reported(tmp_path, found[1], "--before", found[0])

    assert (data["comparison"]["both"], data["comparison"]["shared"]) == (2, 0)  # ids differ
    [text] = data["comparison"]["texts"]
    assert (text["learners"], text["changed"], text["codes"]) == (2, None, [])
    assert text["counts"] is None
    shape = course.kit_folder() / "data" / "schemas" / "class-report.json"
    Draft7Validator(json.loads(shape.read_text(encoding="utf-8"))).validate(data)


def test_changes_in_a_section_of_four_are_left_out_and_said_so(tmp_path):
    before = class_sheets(5)
    after = [json.loads(json.dumps(one)) for one in before]
    ending = ARTICLE.section("ending")
    for one in after:  # everybody changes the ending only, which four of the five have read
        spans = one["documents"][0]["spans"]
        spans[:] = [tag for tag in spans if tag["start"] < ending.start]
    found = [collected(tmp_path, name, one) for name, one in (("b", before), ("a", after))]

    page, data = reported(tmp_path, found[1], "--before", found[0])

    [text] = data["comparison"]["texts"]
    assert (text["changed"], text["counts"]["dropped"]) == (0, 0)
    assert text["counts"]["kept"] == sum(
        tag[0] < ending.start for one in before for tag in tags(one)
    )
    assert f"fewer than 5 of them tagged it: “{ending.title}”" in unescape(page)


def test_thousands_of_tags_that_overlap_are_compared_at_once(tmp_path):
    def tagged(shift):
        tags = [(shift + n % 70, 2964 - shift - n // 70) for n in range(5000)]
        start, end = map(list, zip(*tags, strict=True))
        return line(start=start, end=end, label=["hedge"] * 5000)

    files = [packed(tmp_path / f"{n}.gz", HEADER, tagged(shift)) for n, shift in ((0, 0), (1, 99))]
    began = time.process_time()

    _, data = reported(tmp_path, files[1], "--before", files[0])

    assert time.process_time() - began < 2  # the square of the number took eleven minutes
    assert data["comparison"]["texts"][0]["learners"] == 1


def test_other_versions_and_own_texts_are_counted_and_not_mixed_in(tmp_path):
    other = document(span("red carpet", "loaded_word"), sha256="0" * 64)
    own = document(id="own-text", sha256="1" * 64)
    sheets = [*class_sheets(5), sheet("zebra-1", documents=[other, own])]

    page, data = reported(tmp_path, collected(tmp_path, "class", sheets))

    assert data["texts"][0]["learners"] == 5
    assert data["other_texts"] == [{"id": ARTICLE.id, "codebook": CODEBOOK.id, "learners": 1}]
    assert data["own_texts"] == 1
    assert "1 text of their own" in page


def test_hostile_answers_and_names_stay_text(tmp_path):
    evil = "<script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>"
    sheets = class_sheets(6)
    for one in sheets:
        one["responses"] = [
            answer(QUESTIONS[0].id, choice=evil), answer(WRITTEN.id, text=evil),
            answer(QUESTIONS[1].id, choice=QUESTIONS[1].options[0].id, score=evil),
            answer(TESTS[0].id, choice={"$": evil}), answer(TESTS[2].id, choices=[evil, [1], {}]),
            answer(evil[8:15], choice=evil),
        ]  # fmt: skip
    path = tmp_path / "class.jsonl.gz"
    version = TextVersion("other", "0" * 64, "other", "0" * 64)
    lines = [
        (one["coder"], json.dumps({
            "operations": 1, "tags": [
                {"text": 0, "start": [1], "end": [2], "label": [evil], "note": [evil]},
            ],
            "responses": {row["item"]: row["response"] for row in one["responses"]},
        })) for one in sheets
    ]  # fmt: skip
    write_class(ClassFile(path, (ClassText(version, True, 6),), ("other",), 6, 6), lines)

    page, data = reported(tmp_path, path)

    assert [(row["id"], row["answered"]) for row in data["items"]] == [(WRITTEN.id, 6)]
    assert "evil.example" not in page.replace("&lt;img src=//evil.example", "")
    read = Reader(page)
    assert not {"img", "iframe", "link", "object"} & set(read.tags)
    assert (read.tags["script"], page.count(f"<script>{SCRIPT}</script>")) == (1, 1)
    assert "default-src 'none'; script-src 'sha256-" in page


def test_a_large_class_gives_a_small_page_without_names(tmp_path):
    path = tmp_path / "class.jsonl.gz"
    version = TextVersion(ARTICLE.id, ARTICLE.sha256, CODEBOOK.id, CODEBOOK.sha256)
    made = class_sheets(60)

    def line(number):
        rows = tags(made[number % 60])
        columns = [list(one) for one in zip(*rows, strict=True)]
        named = dict(zip(("start", "end", "label"), columns, strict=True))
        return json.dumps({"operations": 1, "tags": [{"text": 0, **named}], "responses": {}})

    lines = ((f"amber-{number:05}", line(number)) for number in range(1200))
    write_class(ClassFile(path, (ClassText(version, True, 1200),), (), 1200, 1200), lines)

    page, data = reported(tmp_path, path)
    _, small = reported(tmp_path, collected(tmp_path, "made", made))

    assert (data["code_names"], "amber-0" in page) == ([], False)
    assert len(page) < 400_000
    # Twenty of each learner: the shares stay as they are.
    [text], [own] = data["texts"], small["texts"]
    assert [row["learners"] for row in text["map"]] == [20 * row["learners"] for row in own["map"]]
    assert "1,200" in page


def packed(path, header, *lines):
    path.write_bytes(gzip.compress("\n".join(json.dumps(one) for one in [header, *lines]).encode()))
    return path


HEADER = {"format": "framingkit class", "schema": 1, "learners": 1, "hand_ins": 1,
          "texts": [{"version": {"id": ARTICLE.id, "sha256": ARTICLE.sha256,
                                 "codebook": CODEBOOK.id, "codebook_sha256": CODEBOOK.sha256},
                     "known": True, "learners": 1}], "items": []}  # fmt: skip


def line(coder="amber", **tags):
    columns = {"text": 0, "start": [13], "end": [23], "label": ["ceremony_symbol"]} | tags
    return {"coder": coder, "operations": 1, "tags": [columns], "responses": {}}


@pytest.mark.parametrize(
    ("header", "lines", "sentence"),
    [
        ({"format": "other"}, [], "is not a class file"),
        (HEADER | {"schema": 2}, [], "this kit reads version 1"),
        (HEADER, [], "damaged at line 1"),
        (HEADER | {"learners": 0, "texts": []}, [], ""),
        (HEADER | {"learners": 2}, [line("mara"), line("ben")], "go from a to z"),
        (HEADER, [line(start=[-5])], "no words between 0 and 2,964"),
        (HEADER, [line(end=[9_999])], "no words between 0 and 2,964"),
        (HEADER, [line(start=["13"])], "not a list of the right kind"),
        (HEADER, [line(start=[2**70])], "no words between 0 and 2,964"),
        (HEADER, [line(label=["no_such_code"])], "a code that is not in the codebook"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path, header, lines, sentence):
    path = packed(tmp_path / "class.jsonl.gz", header, *lines)
    page = tmp_path / "report.html"
    if not sentence:
        run("report", path, "-o", page)
        assert "0 learners" in page.read_text(encoding="utf-8")
        return
    with pytest.raises(FramingkitError, match=re.escape(sentence)):
        run("report", path, "-o", page)
    assert not page.exists()


def test_a_missing_or_other_file_is_said_in_a_sentence(tmp_path):
    for path in (tmp_path / "none.jsonl.gz", put(tmp_path, "sheet.json", sheet())):
        with pytest.raises(FramingkitError, match="class file"):
            run("report", path, "-o", tmp_path / "report.html")


def test_the_report_names_the_classes_that_learners_handed_in_under(tmp_path):
    sheets = [dict(one) for one in class_sheets(6)]
    for one, name in zip(sheets, ["10b", "10b", "10c & d"], strict=False):
        one["responses"] = [*one["responses"], answer("class-name", text=name)]
    page, report = reported(tmp_path, collected(tmp_path, "class", sheets))
    assert report["classes"] == [
        {"name": "10b", "learners": 2}, {"name": "10c & d", "learners": 1}
    ]  # fmt: skip
    said = "Classes: 10b (2 learners), 10c &amp; d (1 learner), 3 learners without one."
    assert said in page
