"""Over all reference readings, like cases are read alike, and tags begin and end by one habit."""

import re
from collections import defaultdict

from for_each import for_each

from framingkit import course
from framingkit.course.readings import ReferenceSpan

CODEBOOK = course.load_codebook()
READINGS = {id: course.load_reference(id) for id in course.list_articles() if "own" not in id}
ENTRIES = {one.span.id: one for reading in READINGS.values() for one in reading.spans}
METAPHORS = ("game_metaphor", "war_metaphor", "nature_metaphor")
# Fixed terms of games, and a verb of two words; every other metaphor is tagged on one word.
TERMS = {"dug in", "home advantage", "opening move", "played for time", "victory lap"}
# Words that have another status elsewhere, each with words of its reasons that say why.
EXPLAINED = {
    "s04": "a move is simply a step", "hc02": "keeps the board in view",
    "s28": "A fixed expression", "cs16": "keeps the race in view", "cs17": "keeps it in view",
    "ft06": "not a fixed term", "ts13": "fixed terms",
    "s68": "phrase for “it is unclear”", "cv09": "not the phrase for “it is unclear”",
    "ca13": "phrase for “it is unclear”",
}  # fmt: skip
# Entries that one rule decides, so that they have one label and one status.
ALIKE = {
    "everyday weather": (
        "t02", "bo08", "ts12", "ts33", "cs11", "cs22", "cv07", "s24", "wt01", "ca15", "cc04",
    ),
    "everyday words of war": ("s42", "vd07", "hc10", "cb01", "cb05"),
    "everyday words of games": ("s04", "s74", "ft01", "ft02", "hc01"),
    "acts that the rule of the place as actor names": (
        "s01", "s05", "s11", "s75", "ts01", "ts42", "cs32", "cs38", "cs40", "ft07", "il01",
    ),
    "rounding and ability": ("s59", "s89", "ts14", "cs10", "ft04", "cv04"),
    "superlatives of praise": ("wt04", "cs08"),
    "praise of a source": ("cs42", "cs48"),
    "judgements in a question": ("cs46", "hc08"),
    "stress inside another device": ("s82", "bo10", "cf11", "il12"),
    "certainty that others are said to have": ("s64", "s91", "ts45"),
    "judgements that others are said to make": ("cs24", "cs26", "ft09"),
    "a group that is said to use the word": ("s21", "ts28", "ts30", "cs23", "cs25"),
    "parts that begin with whether": ("s70", "ts40"),
    "aims behind a hedge": ("s53", "s63", "ts22", "ts24", "cs31"),
    "gains that may be mere results": ("s30", "s94", "il11"),
    "passives whose agent is easy to infer": (
        "s93", "vd03", "cs13", "cs45", "ts15", "wt05", "cf05", "hc06", "il09", "mt08",
        "ca09",
    ),
    "who chose the place": ("s83", "s85", "cs14", "hc06"),
    "acts with an agent who must be guessed": ("s25", "s26", "bo07", "cs12", "vd13"),
    "acts whose two sides the sentence names": ("s86", "s87", "s92"),
    "nobody knows": ("s69", "ts38", "cf10", "ca12", "cb04", "cc01"),
    "nobody": ("s68", "ts39", "cf09", "ca13"),
}  # fmt: skip


def reasons(one: ReferenceSpan) -> str:
    return f"{one.rationale} {one.alternative}"


def test_the_same_word_with_the_same_label_has_one_status_unless_a_reason_says_why():
    statuses = defaultdict(dict)
    for id, one in ENTRIES.items():
        words = one.span.quote.lower().strip("“”")
        statuses[one.span.label, words][id] = one.status
    unlike = [ids for ids in statuses.values() if len(set(ids.values())) > 1]

    assert {id for ids in unlike for id in ids} == set(EXPLAINED)
    for id, words in EXPLAINED.items():
        assert words in reasons(ENTRIES[id]), id


@for_each(ALIKE)
def test_cases_that_one_rule_decides_have_one_label_and_one_status(ids):
    assert len({(ENTRIES[id].span.label, ENTRIES[id].status) for id in ids}) == 1


@for_each(ENTRIES)
def test_only_scare_quotes_are_tagged_with_their_quotation_marks(one):
    quote = one.span.quote

    assert (quote[0] == "“" and quote[-1] == "”") == (one.span.label == "scare_quotes")


@for_each([one for one in ENTRIES.values() if one.span.label in METAPHORS])
def test_a_metaphor_is_tagged_on_one_word_or_a_fixed_term(one):
    quote = one.span.quote.lower()

    assert quote in TERMS or re.fullmatch(r"[\w-]+", quote)


@for_each([one for one in ENTRIES.values() if one.span.label == "hedge"])
def test_a_hedge_is_the_hedging_word_alone(one):
    modal = re.match(r"(could|can|may|might)\b", one.span.quote)

    assert not modal or one.span.quote == modal[1]


@for_each([one for one in ENTRIES.values() if one.span.label == "either_or_question"])
def test_a_question_is_tagged_whole(one):
    assert one.span.quote.endswith("?") or one.span.quote.startswith("whether ")


@for_each([one for one in ENTRIES.values() if one.status == "clear"])
def test_a_clear_motive_claim_has_no_hedge_before_it(one):
    if one.span.label == "motive_claim":
        (text,) = (id for id, reading in READINGS.items() if one in reading.spans)
        article = course.load_article(text)
        sentence = article.sentence_at(one.span.start)
        before = article.text[sentence.start : one.span.start]
        assert not re.search(r"\b(could|can|may|might|perhaps)\b", before, re.IGNORECASE)


def test_no_question_asks_about_words_that_a_box_above_prints_as_example_or_near_miss():
    printed = {
        words.strip("“”., ").lower()
        for code in CODEBOOK.devices
        for words in (code.example, code.near_miss)
    }
    asked = re.compile(
        r"(?:Is|Are|Does|Do) “([^”]+)”|“([^”]+)”[.:]? (?:Is|Are) (?:this|it|these)\b"
    )
    found = [
        (item.id, words)
        for lesson in course.list_lessons()
        for item in course.load_items(lesson)
        for match in asked.finditer(item.prompt)
        for words in match.groups()
        if words and words.strip("“”., ").lower() in printed
    ]

    assert found == []
