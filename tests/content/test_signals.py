"""Questions which sentences have a device: enough plain ones, alike in form, balanced tests."""

from collections import Counter
from statistics import mean

from for_each import for_each

from framingkit.course.data import list_lessons, load_codebook, load_items, load_misconceptions
from framingkit.course.items import SIGNALS, Item

ITEMS = {
    item.id: item for lesson in list_lessons() for item in load_items(lesson) if item.has_signals
}
LESSONS = [
    lesson for lesson in list_lessons() if not lesson.startswith("exercises-")
    and not lesson.endswith("-test")
]  # fmt: skip
MOST_LONGER = 1.15
"""So much longer may sentences of one kind be, on average, than those of the other."""


def asked_with(lesson: str) -> list[Item]:
    """Give the questions with signals of a lesson and of its workbook."""
    return [item for item in ITEMS.values() if item.lesson in (lesson, f"exercises-{lesson}")]


def signals(items: list[Item]) -> Counter[str]:
    return Counter(option.signal for item in items for option in item.options)


@for_each(LESSONS)
def test_a_lesson_and_its_workbook_have_ten_plain_sentences_and_devices_beside_them(lesson):
    counts = signals(asked_with(lesson))

    assert counts["plain"] + counts["near_miss"] >= 10
    assert min(counts[signal] for signal in SIGNALS) >= 4


def test_the_two_tests_have_as_many_sentences_of_each_kind_and_are_equally_long():
    before, after = ([i for i in load_items(test) if i.has_signals] for test in TESTS)

    for then, now in zip(before, after, strict=True):
        assert signals([then]) == signals([now])
        for signal in (*SIGNALS, ""):
            assert abs(words(then, signal) - words(now, signal)) <= 3
    assert signals(before)["plain"] + signals(before)["near_miss"] >= 10
    assert abs(sum(map(words, before)) - sum(map(words, after))) <= 3


TESTS = "pre-test", "post-test"


def words(item: Item, signal: str = "") -> int:
    """Count the words of the sentences of one kind, or of all."""
    chosen = (one.text for one in item.options if signal in ("", one.signal))
    return sum(len(text.split()) for text in chosen)


@for_each(ITEMS)
def test_no_sentence_shows_by_its_form_what_it_is(item):
    devices = [one.text for one in item.options if one.correct]
    others = [one.text for one in item.options if not one.correct]
    lengths = [mean(map(len, texts)) for texts in (devices, others)]

    assert max(lengths) <= MOST_LONGER * min(lengths)
    for sign in (",", "?", "‘", "“"):
        marked = [any(sign in text[1:-1] for text in texts) for texts in (devices, others)]
        assert marked[0] <= marked[1], f"only devices have {sign}"
    assert all(text[0] == "“" and text[-1] == "”" for text in devices + others)


def test_who_ticks_longer_or_shorter_sentences_does_no_better_than_by_chance():
    def hits(item: Item, sign: int) -> int:
        right = sum(option.correct for option in item.options)
        by_length = sorted(item.options, key=lambda option: sign * len(option.text))
        return sum(option.correct for option in by_length[:right])

    expected = sum(
        sum(option.correct for option in item.options) ** 2 / len(item.options)
        for item in ITEMS.values()
    )
    for sign in (1, -1):
        assert sum(hits(item, sign) for item in ITEMS.values()) <= 1.5 * expected


@for_each(ITEMS)
def test_sentences_are_short_made_up_and_said_to_be_so(item):
    assert "written for the kit" in item.prompt or "made-up sentences" in item.prompt
    assert all(len(option.text.split()) <= 14 for option in item.options)
    assert not set(item.misconceptions) & set(load_misconceptions()), "they count signals alone"


def test_a_sentence_comes_once_and_none_is_an_example_of_the_codebook():
    texts = [option.text for item in ITEMS.values() for option in item.options]
    printed = [code.example for code in load_codebook().devices]
    printed += [code.near_miss for code in load_codebook().devices]

    assert len(set(texts)) == len(texts)
    long = [words.strip("“”., ") for words in printed if len(words.split()) > 2]
    assert not [text for text in texts if any(words in text for words in long)]


@for_each([item for item in ITEMS.values() if item.lesson not in TESTS])
def test_the_codes_that_a_question_asks_for_are_explained_in_its_exercise(item):
    named = [code.name for code in load_codebook().devices if code.name.lower() in plain(item)]

    assert named or "game, war or nature" in item.prompt or "eight core codes" in item.prompt


def plain(item: Item) -> str:
    return item.prompt.lower().replace("“", "").replace("”", "")
