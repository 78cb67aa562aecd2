"""The practice sentences: fair, unseen elsewhere, and with nothing but their words to tell."""

import itertools
import json
import re
from collections import Counter
from statistics import mean

from for_each import for_each

from framingkit import course
from framingkit.course import DEVICE, NEAR_MISS, PLAIN
from framingkit.feedback.spacing import Try, ahead, in_order, next_sentence

ROOT = course.kit_folder()
CODEBOOK, SENTENCES = course.load_codebook(), course.load_practice()
CODES = [code.id for code in CODEBOOK.devices]
CORE = [code.id for code in CODEBOOK.core]
# words that are a device of their own wherever they stand, and the code of each
TELLING = {
    "hedge": "could|might|perhaps|possibly|probably|seems?|apparently|likely|nearly|almost|around",
    "booster": "always|never|every|everyone|nobody|very|completely|certainly|of course",
    "loaded_word": "dramatic|historic|shameful|brave|harsh|stubborn|shocking|terrible|splendid",
    "nature_metaphor": "warm|cold|heated|frosty|storm|thaw|fog|icy|wind|chill",
    "war_metaphor": "battle|fight|war|front|attack|victory|defeat|weapon|truce",
    "game_metaphor": "game|players?|race|goal|gambit|referee|chess|score[sd]?|cards",
    "either_or_question": "whether|[^.]*\\?",
    "vague_attribution": "sources|insiders|observers|experts|critics|it is said",
    "motive_claim": "wants?|hopes?|intends?|aims?",
}


def words_of(text):
    return re.findall(r"\w+", text.casefold())


def runs(text, length=6):
    words = words_of(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_there_are_120_sentences_or_more_with_a_fair_share_of_each_kind():
    kinds = Counter(one.kind for one in SENTENCES)

    assert len(SENTENCES) >= 120
    assert 0.35 <= kinds[DEVICE] / len(SENTENCES) <= 0.5
    assert 0.3 <= kinds[NEAR_MISS] / len(SENTENCES) <= 0.45
    assert kinds[PLAIN] / len(SENTENCES) >= 0.15


def test_core_codes_have_more_sentences_than_the_others_and_each_has_both_kinds():
    counts = Counter((one.code, one.kind) for one in SENTENCES)

    for kind, core, extension in ((DEVICE, 5, 3), (NEAR_MISS, 4, 3)):
        assert {counts[code, kind] for code in CORE} == {core}
        assert {counts[code, kind] for code in CODES if code not in CORE} == {extension}


def test_no_sentence_is_there_twice_not_even_with_a_few_other_words():
    for one, other in itertools.combinations(SENTENCES, 2):
        mine, theirs = set(words_of(one.text)), set(words_of(other.text))
        assert len(mine & theirs) / len(mine | theirs) < 0.75, (one.id, other.id)


def test_no_words_of_a_lesson_an_article_or_a_question_come_again():
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("data/articles/*/article.txt")]
    for path in ROOT.glob("data/items/*.toml"):
        texts.append(path.read_text(encoding="utf-8"))
    for path in [*ROOT.glob("notebooks/0*.ipynb"), *ROOT.glob("exercises/*.ipynb")]:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    known = set().union(*map(runs, texts))

    assert {one.id: runs(one.text) & known for one in SENTENCES if runs(one.text) & known} == {}


def test_no_state_of_a_passage_comes_again():
    articles = [course.load_article(id) for id in course.list_articles()]
    notes = " ".join(article.note for article in articles)
    parties = {name for pair in re.findall(r"(\w+) and (\w+) do not exist", notes) for name in pair}

    assert len(parties) >= 20
    assert not [one.id for one in SENTENCES if parties & set(re.findall(r"\w+", one.text))]


@for_each(SENTENCES)
def test_a_sentence_is_short_and_stands_alone(sentence):
    assert 8 <= len(sentence.text.split()) <= 20
    assert sentence.text[0].isupper() or sentence.text[0] == "“"
    assert sentence.text[-1] in ".?"
    assert '"' not in sentence.text


@for_each(SENTENCES)
def test_feedback_and_another_view_are_one_sentence_each(sentence):
    for said in (sentence.feedback, sentence.dissent):
        assert len(said.split()) <= 26
        assert not said or (said.endswith(".") and not re.search(r"[.?!]”? [A-Z“]", said)), said
    assert sentence.feedback


def test_kinds_cannot_be_told_by_their_length():
    lengths = {
        kind: mean(len(one.text.split()) for one in SENTENCES if one.kind == kind)
        for kind in (DEVICE, NEAR_MISS, PLAIN)
    }

    assert max(lengths.values()) - min(lengths.values()) < 2


def test_kinds_cannot_be_told_by_where_their_words_stand():
    places = Counter()
    for one in SENTENCES:
        if one.span:
            middle = (one.span.start + one.span.end) / 2 / len(one.text)
            places[one.kind, int(3 * middle)] += 1

    for third in range(3):
        both = places[DEVICE, third] + places[NEAR_MISS, third]
        assert both >= 15
        assert 0.35 <= places[DEVICE, third] / both <= 0.7


@for_each([one for one in SENTENCES if one.kind == NEAR_MISS])
def test_a_near_miss_has_a_cue_word_that_carries_a_device_elsewhere(sentence):
    partners = [one for one in SENTENCES if one.is_device and one.code == sentence.code]

    assert any(sentence.cue in one.words.lower() or sentence.cue in one.words for one in partners)
    assert sentence.span is not None


@for_each(SENTENCES)
def test_words_that_tell_another_code_are_not_in_a_sentence(sentence):
    text = sentence.text
    for code, words in TELLING.items():
        if code == sentence.code:
            # around a near miss there may be a real game, or a real war
            text = text.replace(sentence.words, "") if sentence.is_device else ""
        found = re.findall(rf"(?i)\b(?:{words})(?!\w)", text)
        # a question that somebody in the sentence asks somebody else
        assert not found or (code, sentence.id) in {("either_or_question", "tea")}, (code, found)


@for_each([one for one in SENTENCES if "“" in one.text])
def test_quotation_marks_are_scare_quotes_or_have_a_speaker(sentence):
    if sentence.code != "scare_quotes" or not sentence.is_device:
        assert re.search(r"\b(said|says|told|wrote|asked)\b", sentence.text)


def test_each_round_of_each_lesson_has_from_three_to_six_devices():
    of_lessons = set()
    for path in ROOT.glob("notebooks/0*.ipynb"):
        for codes in re.findall(r"lesson\.practice\(\[(.+?)\]\)", path.read_text(encoding="utf-8")):
            of_lessons.add(tuple(re.findall(r"\w+", codes.replace("\\", ""))))

    assert len(of_lessons) >= 4
    for codes in (*of_lessons, CORE, CODES):
        rounds = 8 if len(codes) > 4 else 2
        coming = ahead(SENTENCES, [], codes, 10 * rounds)
        assert {one.code for one in coming} <= {*codes, ""}
        for at in range(0, 10 * rounds, 10):
            kinds = Counter(one.kind for one in coming[at : at + 10])
            assert 3 <= kinds[DEVICE] <= 6, (codes, at)
            assert kinds[PLAIN] == 2, (codes, at)


def test_the_kind_of_the_next_sentence_cannot_be_told_from_its_place_or_the_one_before():
    rounds = [ahead(SENTENCES, [], CORE, 80)[at : at + 10] for at in range(0, 80, 10)]
    devices = [[one.is_device for one in those] for those in rounds]
    pairs = Counter(itertools.pairwise(itertools.chain(*devices)))

    for place in zip(*devices, strict=True):
        assert 0 < sum(place) < len(place)
    after_device = pairs[True, True] / (pairs[True, True] + pairs[True, False])
    after_other = pairs[False, True] / (pairs[False, True] + pairs[False, False])
    assert abs(after_device - after_other) < 0.15


def test_a_return_may_be_a_device_or_a_near_miss():
    kinds = set()
    for first in in_order(SENTENCES):
        if first.code:
            tries = [Try(first.id, first.code), *(Try(one.id) for one in SENTENCES[-3:])]
            kinds.add((first.kind, next_sentence(SENTENCES, tries, CODES).kind))

    assert kinds == set(itertools.product((DEVICE, NEAR_MISS), repeat=2))
