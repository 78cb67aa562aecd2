"""Every data file says what the article says, in the words of the codebook."""

import hashlib
import re
from collections import Counter

from for_each import for_each

from framingkit import course

ARTICLE = course.load_article()
CODEBOOK = course.load_codebook()
REFERENCE = course.load_reference()
LEDGER = course.load_claims()
SHA256 = "614ee04e9591ed9016abf90db328a0b9adc65e7c1b61f136f3e17e054ae5078e"

QUOTED = {
    **{entry.span.id: (entry.section, entry.span) for entry in REFERENCE.spans},
    **{f"near miss at {m.span.start}": (m.section, m.span) for m in REFERENCE.near_misses},
    **{claim.id: (claim.section, claim) for claim in LEDGER.claims},
}


def test_the_article_is_the_source_byte_for_byte():
    found = (course.kit_folder() / "data/articles/alaska-summit/article.txt").read_bytes()

    assert hashlib.sha256(found).hexdigest() == ARTICLE.sha256 == SHA256
    assert (len(found), len(ARTICLE.text)) == (2993, 2964)


def test_the_data_readme_names_the_same_fingerprint():
    readme = (course.kit_folder() / "data/README.md").read_text(encoding="utf-8")

    assert SHA256 in readme


def test_only_line_ends_lie_outside_the_sections():
    inside = {at for one in ARTICLE.sections for at in range(one.start, one.end)}

    outside = [letter for at, letter in enumerate(ARTICLE.text) if at not in inside]

    assert outside == ["\n"] * 7


def test_the_sections_come_in_order_and_one_is_a_missing_picture():
    assert [(one.id, one.kind) for one in ARTICLE.sections] == [
        ("headline", "text"),
        ("caption", "missing-picture"),
        ("lead", "text"),
        ("context", "text"),
        ("agenda", "text"),
        ("commentary", "text"),
        ("ending", "text"),
    ]


def test_every_sentence_of_the_article_begins_and_ends_as_a_reader_would_say():
    found = [(ARTICLE.text[one.start : one.end], one.section) for one in ARTICLE.sentences()]

    assert [(words[:14], words[-9:], section) for words, section in found] == [
        ("US rolls out r", "gic move?", "headline"),
        ("Anchorage, Ala", "of State.", "lead"),
        ("This is the fi", "protocol.", "lead"),
        ("Observers say ", "nterests.", "lead"),
        ("The tense cont", "ng Alaska", "context"),
        ("The US-Russia ", "e Arctic.", "context"),
        ("However, Alask", "ting ice.", "context"),
        ("Holding the me", "tensions.", "context"),
        ("Agenda: Securi", "c weapons", "agenda"),
        ("A source from ", " discuss:", "agenda"),
        ("Long-range nuc", "treaties.", "agenda"),
        ("Maritime trade", "channels.", "agenda"),
        ("Reducing the r", "Far East.", "agenda"),
        ("An unnamed US ", 'enefits."', "agenda"),
        ("Political comm", "formality", "commentary"),
        ("According to m", " gesture.", "commentary"),
        ("It could be a ", "roposals.", "commentary"),
        ("On the other h", "e Russia.", "commentary"),
        ("The solemn rec", " ignored.", "commentary"),
        ("Open ending – ", "ew fight?", "ending"),
        ("No one is sure", "iplomacy.", "ending"),
        ("However, Alask", "ways hot.", "ending"),
    ]


@for_each(QUOTED)
def test_every_quote_stands_at_its_offsets_and_begins_in_its_section(quoted):
    section, words = quoted
    place = ARTICLE.section(section)

    assert ARTICLE.text[words.start : words.end] == words.quote
    assert place.start <= words.start < words.end <= place.end


def test_the_reference_reading_has_the_counts_that_its_readers_are_told():
    assert len(REFERENCE.spans) == 91
    assert Counter(one.status for one in REFERENCE.spans) == {"clear": 48, "debatable": 43}
    assert len(REFERENCE.near_misses) == 22
    assert (len(LEDGER.claims), len(LEDGER.omissions)) == (24, 5)
    assert (len(CODEBOOK.devices), len(CODEBOOK.frames), len(CODEBOOK.core)) == (14, 8, 8)
    assert Counter(one.section for one in REFERENCE.spans) == {
        "commentary": 24,
        "lead": 18,
        "context": 19,
        "ending": 16,
        "agenda": 8,
        "headline": 4,
        "caption": 2,
    }


def test_the_counts_of_the_reading_are_those_that_pages_name():
    root = course.kit_folder()
    total = len(REFERENCE.spans)
    clear = sum(one.status == "clear" for one in REFERENCE.spans)
    readme = (root / "data/README.md").read_text(encoding="utf-8")
    guide = (root / "docs/instructor-guide.md").read_text(encoding="utf-8")
    beliefs = (root / "data/misconceptions.toml").read_text(encoding="utf-8")

    assert f"\n{total} entries" in readme
    assert f"\n{clear} entries are *clear*" in readme
    assert f"{total - clear} are *debatable*" in readme
    assert f"\n{len(REFERENCE.near_misses)} near misses" in readme
    assert f"{total - clear} of the {total} are marked debatable" in " ".join(guide.split())
    for page in (guide, beliefs):
        assert f"{total - clear} of its {total} tags are debatable" in page


def test_every_label_is_a_device_of_the_codebook():
    devices = {code.id for code in CODEBOOK.devices}

    assert {one.span.label for one in REFERENCE.spans} == devices
    assert {one.span.label for one in REFERENCE.near_misses} == devices
    assert {label for one in REFERENCE.spans for label in one.accepts} <= devices
    assert all(one.span.label not in one.accepts for one in REFERENCE.spans)


def test_every_device_has_a_clear_entry():
    clear = {one.span.label for one in REFERENCE.spans if one.status == "clear"}

    assert clear == {code.id for code in CODEBOOK.devices}


def test_labels_are_accepted_only_where_another_reading_is_given():
    accepting = {one.span.id: one.accepts for one in REFERENCE.spans if one.accepts}

    assert accepting == {
        "s28": ("war_metaphor",),
        "s31": ("place_actor",),
        "s40": ("loaded_word",),
        "s41": ("booster",),
        "s62": ("war_metaphor",),
        "s68": ("hedge",),
    }
    assert all(one.alternative for one in REFERENCE.spans if one.accepts)


def test_every_debatable_entry_gives_its_other_reading_and_no_clear_one_does():
    assert all(bool(one.alternative) == (one.status == "debatable") for one in REFERENCE.spans)


def test_every_section_has_frames_of_the_codebook():
    frames = {code.id for code in CODEBOOK.frames}

    assert [one.section for one in REFERENCE.section_frames] == [s.id for s in ARTICLE.sections]
    for one in REFERENCE.section_frames:
        assert {one.primary, *one.secondary} <= frames
        assert one.primary not in one.secondary
        assert bool(one.alternative) == (one.status == "debatable")


@for_each(CODEBOOK.devices)
def test_the_example_of_a_device_is_a_clear_entry_of_the_article(code):
    tagged = {one.span.quote for one in REFERENCE.spans if one.status == "clear"}

    assert tagged & {code.example, code.example.strip("“”")}


@for_each(CODEBOOK.devices)
def test_the_near_miss_of_a_device_is_in_the_long_text_that_it_names(code):
    (title,) = re.findall(r"^In “(A \w+ summit)”, ", code.near_miss_why)
    text = course.load_article(title.removeprefix("A ").replace(" ", "-"))
    tagged = [one.span for one in course.load_reference(text.id).spans if one.span.label == code.id]

    start = text.text.index(code.near_miss)
    assert not [
        one for one in tagged if one.start < start + len(code.near_miss) and start < one.end
    ]
    assert code.near_miss not in ARTICLE.text


_SMALL = re.compile(
    "about|also|and|both|from|have|here|into|just|more|nobody|only|something|than|that|then|there"
    "|these|this|what|which|with|within|without"
)


@for_each(CODEBOOK.devices)
def test_the_short_rule_of_a_device_is_one_short_sentence_in_the_words_of_its_rule(code):
    whole = f"{code.definition} {code.decision_rule}".lower()
    words = re.findall(r"[^\W\d_]+", code.short.lower())
    stems = {word[:4] for word in words if len(word) > 3 and not _SMALL.fullmatch(word)}

    assert len(code.short.split()) <= 18
    assert code.short.endswith(".")
    assert not re.search(r"[.?!] ", code.short)
    assert len(stems) >= 3
    assert {stem for stem in stems if not re.search(rf"\b{stem}", whole)} == set()


def test_the_codebook_has_curly_quotation_marks_and_one_rule_for_all_frames():
    words = [text for code in CODEBOOK.codes for text in (code.definition, code.decision_rule)]

    assert not [text for text in words if '"' in text or "'" in text]
    (rule,) = {code.decision_rule for code in CODEBOOK.frames}
    assert "The primary frame is the present frame that most sentences" in rule


def test_chips_are_unique_and_frames_ask_three_questions():
    chips = [code.chip for code in CODEBOOK.codes]

    assert len(set(chips)) == len(chips) == 22
    assert all(len(code.indicators) == 3 for code in CODEBOOK.frames)


def test_every_verdict_is_used_and_only_what_was_not_found_lacks_evidence():
    assert {one.verdict for one in LEDGER.claims} == set(LEDGER.verdicts)
    without = [one.verdict for one in LEDGER.claims if not one.evidence]
    assert set(without) <= {"no record found"}
    assert all(one.evidence for one in LEDGER.omissions)
    assert LEDGER.seen == "2026-11-23"
    assert LEDGER.seen in LEDGER.caveat


def test_all_files_belong_to_this_article():
    assert {ARTICLE.id, REFERENCE.document_id, LEDGER.document} == {"alaska-summit"}


def test_the_offsets_would_be_the_same_in_a_browser():
    # Nothing lies beyond the first plane, so UTF-16 units and code points agree in this article.
    assert max(ARTICLE.text) <= "\uffff"
