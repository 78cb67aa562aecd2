import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_samples import TEXT, answer, histories, json_values, operations, remove, tag

from framingkit.errors import FramingkitError
from framingkit.work.operations import State, operation_from_json, operation_to_json


def state_of(history):
    state = State()
    for operation in history:
        state.apply(operation)
    return state


@given(histories, st.data())
def test_any_order_and_any_doubling_of_the_same_operations_gives_the_same_state(history, data):
    doubled = history + data.draw(st.lists(st.sampled_from(history)) if history else st.just([]))

    shuffled = data.draw(st.permutations(doubled))

    assert state_of(shuffled) == state_of(history)


@given(histories, st.integers(0, 25))
def test_two_halves_of_a_history_put_together_give_the_whole(history, cut):
    first, second = state_of(history[:cut]), state_of(history[cut:])
    for operation in second.latest.values():
        first.apply(operation)
    assert first.latest == state_of(history).latest


@given(histories)
def test_tags_are_listed_in_reading_order_and_only_those_that_still_stand(history):
    state = state_of(history)

    tags = state.tags(TEXT.key)

    places = [(one.span.start, -one.span.end, one.target) for one in tags]
    assert places == sorted(places)
    standing = {o.target for (doc, _), o in state.latest.items() if doc == TEXT.key and o.span}
    assert {one.target for one in tags} == standing


def test_an_operation_known_already_is_told_apart():
    state = State()
    assert [state.apply(tag(1)), state.apply(tag(1))] == [True, False]


def test_a_removed_tag_stays_removed_when_an_earlier_change_arrives_late():
    late = tag(2, client="tab-b", target="x")
    state = state_of([tag(1, target="x"), remove(3, "x"), late])
    assert state.tags(TEXT.key) == []


def test_of_two_acts_at_the_same_time_all_readers_choose_the_same():
    one, two = tag(4, "tab-a", "x", label="hedge"), tag(4, "tab-b", "x", label="booster")
    for order in ([one, two], [two, one]):
        assert state_of(order).tags(TEXT.key)[0].span.label == "booster"


def test_answers_are_mapped_by_item_and_the_latest_holds():
    state = state_of([answer(1, "first"), answer(3, "last"), answer(2, "middle")])
    assert state.responses()["what-chess-hides"].response == {"text": "last"}


@given(operations())
def test_an_operation_survives_the_way_through_json(operation):
    line = json.dumps(operation_to_json(operation), ensure_ascii=False)
    assert operation_from_json(json.loads(line)) == operation


OPERATION_LIKE = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["tag", "change", "remove", "answer"]) | json_values,
        "client": st.just("tab-a") | json_values,
        "seq": st.just(3) | json_values,
        "target": st.just("x") | json_values,
        "document": st.just(TEXT.key) | json_values,
        "at": json_values,
        "response": st.text() | st.dictionaries(st.text(), json_values) | json_values,
        "span": json_values
        | st.fixed_dictionaries(
            {"start": st.integers(-2, 9) | json_values, "end": st.integers(-2, 9) | json_values},
            optional={
                "label": st.text() | json_values,
                "quote": st.text() | json_values,
                "note": st.text() | json_values,
                "confidence": st.integers(-5, 105) | json_values,
            },
        ),
    },
)


@given(OPERATION_LIKE | json_values)
def test_any_json_is_an_operation_that_can_be_written_and_read_again_or_is_refused(data):
    try:
        operation = operation_from_json(data)
    except FramingkitError:
        return
    line = json.dumps(operation_to_json(operation), ensure_ascii=False, allow_nan=False).encode()
    assert operation_from_json(json.loads(line)) == operation


def deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("response", {"number": float("nan")}),
        ("response", {"number": float("inf")}),
        ("response", {"text": "\ud83d"}),
        ("response", {"\udc00": "text"}),
        ("response", {"text": "x" * 40_001}),
        ("response", {"nest": deep(100_000)}),
        ("response", {"set": {1}}),
        ("response", {1: "text"}),
        ("response", None),
        ("client", "../../etc"),
        ("client", "x" * 121),
        ("target", ""),
        ("target", "a\n"),
        ("seq", 0),
        ("seq", True),
        ("seq", 1.0),
        ("seq", 2**53),
        ("kind", ["tag"]),
        ("kind", "delete"),
    ],
)
def test_what_could_harm_a_log_is_refused_with_a_sentence(part, value):
    good = {"kind": "answer", "client": "a", "seq": 1, "target": "x", "response": {}}
    assert operation_from_json(good).id == "a-1"

    with pytest.raises(FramingkitError, match=r"\."):
        operation_from_json(good | {part: value})


@pytest.mark.parametrize("at", ["\ud800", "x" * 41, 7, None])
def test_a_clock_that_cannot_be_written_is_left_out(at):
    data = operation_to_json(tag(1)) | {"at": at}
    assert operation_from_json(data).at == ""


def test_two_authors_whose_names_look_alike_keep_their_own_operations():
    ids = {tag(1, "a-1").id, tag(11, "a").id, tag(1, "a").id}
    assert ids == {"a-1-1", "a-11", "a-1"}
