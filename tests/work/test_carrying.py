"""A text of one's own is mended: its tags go along where they fit, and none is lost or doubled."""

import json
import random
import time
import unicodedata

import pytest
from helpers.for_each import for_each

from framingkit.course import Change, Span, load_article, load_codebook
from framingkit.errors import FramingkitError
from framingkit.work.carrying import put_to_use
from framingkit.work.first_reading import Milestone
from framingkit.work.log import WorkLog
from framingkit.work.tagging import Tagging

TEXT = "The solemn reception was historic.\n\nNobody knows it. A historic day, they say."


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


def use(log, text, **more):
    document, sentences = put_to_use(log, "own-text", {"text": text, **more})
    return Tagging(log, document, load_codebook()), " ".join(sentences)


def shown(tagging):
    return [(span.quote, span.label, span.note, span.confidence) for span in tagging.spans()]


def handed_in(log):
    texts = log.sheet("x")["documents"]
    assert all(text["spans"] for text in texts), "an empty version counts as one more text"
    ids = [span["id"] for text in texts for span in text["spans"]]
    assert len(ids) == len(set(ids)), "such a hand-in would be refused"
    return sorted(span["quote"] for text in texts for span in text["spans"])


def tagged(log):
    """Tag the first text: once with a note, once the second of two like words."""
    tagging, _ = use(log, TEXT)
    tagging.add("solemn", "loaded_word", note="Why?", confidence=70)
    tagging.add("historic", "booster", occurrence=2)
    return tagging


MENDED = {
    "the same": TEXT,
    "line ends": TEXT.replace("\n", "\r\n"),
    "a byte-order mark, empty lines": f"\ufeff{TEXT}\n\n",
    "two spaces": TEXT.replace("was h", "was  h"),
    "a typo at the end": TEXT.replace("say.", "said."),
    "a typo at the start": TEXT.replace("The", "Teh"),
    "two typos around": TEXT.replace("The", "Teh").replace("say.", "said."),
    "a typo right beside": TEXT.replace("reception", "recepton").replace("day", "daj"),
    "a paragraph before": f"A title\n\n{TEXT}",
    "a paragraph after": f"{TEXT}\nOne more line.",
    "decomposed letters, curly quotes": unicodedata.normalize("NFD", f"{TEXT} “é”"),
    "paragraphs change places": "Nobody knows it. A historic day, they say.\n\n" + TEXT[:34],
}


@for_each(MENDED)
def test_tags_whose_words_and_context_still_fit_go_along(text, tmp_path):
    log = WorkLog(tmp_path / f"{random.getrandbits(60):x}.jsonl")
    tagged(log)

    tagging, said = use(log, text)

    assert sorted(shown(tagging)) == [
        ("historic", "booster", "", None), ("solemn", "loaded_word", "Why?", 70)
    ]  # fmt: skip
    [second] = [span for span in tagging.spans() if span.quote == "historic"]
    assert tagging.document.text[second.end :].startswith((" da", "\u00a0da"))
    assert handed_in(log) == ["historic", "solemn"]
    assert "did not" not in said
    assert shown(Tagging(WorkLog(log.path), tagging.document, load_codebook())) == shown(tagging)


# the text, how many tags go along, and what is told
CHANGED = {
    "the words are gone": (
        TEXT.replace("solemn", "warm"), 1, "“solemn”: Loaded word. Your note: Why?"
    ),
    "the words became others": (TEXT.replace("solemn", "solemnly"), 1, "“solemn”: Loaded word"),
    "the sentence is another one": (
        TEXT.replace("A historic day, they say.", "It rained, and a historic ship went past."), 1,
        "“historic”: Booster",
    ),
    "twice the same": (f"Hm. {TEXT} {TEXT} So.", 0, "“historic”: Booster"),
}  # fmt: skip


@for_each(CHANGED)
def test_what_does_not_fit_for_certain_is_listed_and_stays(case, tmp_path):
    text, kept, listed = case
    log = WorkLog(tmp_path / f"{random.getrandbits(60):x}.jsonl")
    tagged(log)

    tagging, said = use(log, text)

    assert len(shown(tagging)) == kept
    assert (f"{kept} tag went along from the text before." in said) == bool(kept)
    assert f"{2 - kept} tag" in said.split("did not, because")[0]
    assert listed in said
    assert handed_in(log) == ["historic", "solemn"]
    assert listed in use(log, text)[1], "whoever runs the cell again is told again"


def test_whoever_goes_back_finds_everything_again(log):
    before = shown(tagged(log))
    changed, _ = use(log, TEXT.replace("solemn", "warm"))
    changed.add("Nobody knows", "hedge")

    tagging, said = use(log, TEXT)

    assert shown(tagging) == [before[0], ("Nobody knows", "hedge", "", None), before[1]]
    assert "2 tags went along" in said
    assert handed_in(log) == ["Nobody knows", "historic", "solemn"]


def test_a_tag_that_was_removed_does_not_come_back(log):
    tagged(log)
    changed, _ = use(log, TEXT + " Now.")
    changed.remove("solemn")

    assert [quote for quote, *_ in shown(use(log, TEXT)[0])] == ["historic"]


def test_what_was_left_is_tried_again_with_a_later_text_though_the_copy_is_another(log):
    tagged(log)
    use(log, TEXT.replace("solemn", "warm"))

    tagging, said = use(log, TEXT.replace("knows", "knew"))

    assert [quote for quote, *_ in shown(tagging)] == ["solemn", "historic"]
    assert "2 tags went along" in said


def test_another_text_gets_none_of_the_tags(log):
    tagged(log)

    tagging, said = use(log, load_article().text_of("lead"))

    assert shown(tagging) == []
    assert "2 tags on other texts stay with them." in said
    assert handed_in(log) == ["historic", "solemn"]


def test_after_a_crash_between_the_acts_each_tag_is_there_once(log):
    tagged(log)
    use(log, TEXT + " Now.")
    lines = [json.loads(line) for line in log.path.read_text("utf-8").splitlines()]
    first = next(n for n, one in enumerate(lines) if one.get("kind") == "remove")
    log.path.write_text("".join(json.dumps(one) + "\n" for one in lines[:first]), "utf-8")

    again = WorkLog(log.path)
    assert handed_in(again) == ["historic", "solemn", "solemn"]
    tagging, _ = use(again, TEXT + " Now.")

    assert [quote for quote, *_ in shown(tagging)] == ["solemn", "historic"]
    assert handed_in(again) == ["historic", "solemn"]


def test_a_disk_that_takes_no_tags_leaves_them_where_they_are(log, monkeypatch):
    tagged(log)
    record = WorkLog.record

    def full(self, operations, **more):
        operations = list(operations)
        if any(one.kind == "remove" for one in operations):
            raise FramingkitError("The disk is full.")
        return record(self, operations, **more)

    monkeypatch.setattr(WorkLog, "record", full)
    tagging, said = use(log, TEXT + " Now.")

    assert shown(tagging) == []
    assert "went along" not in said
    assert handed_in(log) == ["historic", "solemn"]


def test_tags_that_were_kept_under_a_name_go_along(log):
    tagging = tagged(log)
    Milestone(log, tagging.text, "before codebook").keep(tagging.spans())

    changed, _ = use(log, "A title.\n" + TEXT)

    kept = Milestone(log, changed.text, "before codebook").tags()
    assert [changed.document.text[span.start : span.end] for span in kept] == ["solemn", "historic"]


def test_after_many_random_edits_few_tags_come_to_a_wrong_place():
    """Every word of the article carries a mark that tells it from its like ones, and is edited."""
    draw, wrong, kept, many = random.Random(7), 0, 0, 0
    words = load_article().text.split()
    for _ in range(12):
        marked = list(enumerate(words))
        for _ in range(20):
            place = draw.randrange(len(marked))
            marked[place : place + draw.choice([0, 1])] = draw.choice([[], [(-1, "new")]])
        before, after = _text(list(enumerate(words))), _text(marked)
        change = Change(before[0], after[0])
        for number in draw.sample(range(len(words)), 60):
            start, end = before[1][number]
            found = change.placed(Span(start, end, "hedge", before[0][start:end]))
            many += number in after[1]
            kept += found is not None and (found.start, found.end) == after[1].get(number)
            wrong += found is not None and (found.start, found.end) != after[1].get(number)

    assert wrong <= 0.015 * many
    assert kept >= 0.8 * many


def _text(marked):
    """Write marked words as a text, and note where each stands."""
    text, places = "", {}
    for number, word in marked:
        places[number] = (len(text), len(text) + len(word))
        text += word + " "
    return text, places


def test_a_thousand_tags_on_like_words_go_along_in_a_moment():
    draw = random.Random(3)
    words = [draw.choice(["one", "a", "the", "man", "dog", "went", "summit"]) for _ in range(4000)]
    text = " ".join(words)
    change = Change(text, f"Hm. {text} So!")
    places = _text(list(enumerate(words)))[1]
    begun = time.process_time()
    placed = [
        change.placed(Span(*places[number], "hedge", words[number])) for number in range(0, 4000, 4)
    ]

    assert sum(new is not None for new in placed) > 950
    assert time.process_time() - begun < 8
