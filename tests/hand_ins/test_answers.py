"""Lines are taken apart by their answers: the same as whole, or not at all."""

import json

from hypothesis import given
from hypothesis import strategies as st

from framingkit.hand_ins import AnswerBook
from framingkit.hand_ins.file import compact_json
from framingkit.hand_ins.lines import parse_line

TRAPS = ['},"', '"}', ',"responses":{"', "\\", '"', "{", "}", ":", "a", " ", "\ud7ff", "\u2028"]
WORDS = st.lists(st.sampled_from(TRAPS), max_size=4).map("".join)
RESPONSES = st.dictionaries(
    st.sampled_from(["game", "ice", 'a"b', "}"]),
    st.dictionaries(
        st.sampled_from(["choice", "text", "choices"]),
        WORDS | st.integers(0, 100) | st.lists(WORDS, max_size=2) | st.none(),
        max_size=2,
    ),
    max_size=4,
)
LINES = st.builds(
    lambda note, responses: compact_json(
        {"coder": "mara", "tags": [{"note": [note]}], "responses": responses}
    ),
    WORDS,
    RESPONSES,
)


def plain(data):
    return data | {"responses": dict(data["responses"])}


@given(st.lists(LINES, min_size=1, max_size=3))
def test_a_line_by_its_answers_is_what_it_is_as_a_whole(lines):
    book = AnswerBook()
    for line in lines + lines:
        data = book.data_of(line.encode())
        assert data is None or plain(data) == json.loads(line)


@given(LINES, st.data())
def test_a_line_with_a_sign_more_or_less_is_read_as_a_whole_or_not_at_all(line, data):
    place = data.draw(st.integers(0, len(line) - 1))
    signs = data.draw(st.sampled_from(["", *TRAPS, '","', "},", '"game":{"choice":1},']))
    broken = line[:place] + signs + line[place + data.draw(st.integers(0, 2)) :]
    found = AnswerBook().data_of(broken.encode())
    assert found is None or plain(found) == parse_line(broken.encode())


def test_an_answer_that_comes_again_has_its_number_and_words_have_none():
    book = AnswerBook()
    line = compact_json(
        {"coder": "m", "tags": [], "responses": {"a": {"choice": "b"}, "w": {"text": "Ice."}}}
    )
    first, second = (book.data_of(line.encode())["responses"] for _ in range(2))
    assert first.numbers == second.numbers == [0]
    assert dict(first) == dict(second) == {"a": {"choice": "b"}, "w": {"text": "Ice."}}
    assert book.answers == [("a", {"choice": "b"})]


def test_a_question_that_comes_twice_is_not_taken_apart():
    twice = b'{"coder":"m","tags":[],"responses":{"a":{"choice":"b"},"a":{"choice":"c"}}}'
    assert AnswerBook().data_of(twice) is None
