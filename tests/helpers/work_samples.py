"""Operations for the tests of what is kept: made by hand, or by Hypothesis."""

from hypothesis import strategies as st

from framingkit.course.spans import Span
from framingkit.work.operations import Operation
from framingkit.work.sheet import TextVersion

TEXT = TextVersion("alaska-summit", "614ee04e9591" + "0" * 52, "diplomatic-framing", "ab" * 32)
OTHER_TEXT = TextVersion("tagger-tour", "c0ffee" + "0" * 58, "diplomatic-framing", "ab" * 32)
WORDS = "red carpet"


def tag(seq, client="tab-a", target=None, start=0, label="ceremony_symbol", note=""):
    """Make the operation that tags ten characters."""
    span = Span(start, start + 10, label, WORDS, note, None, target or f"{client}.{seq}")
    return Operation("tag", client, seq, span.id, TEXT.key, span)


def answer(seq, text="It is a game.", item="what-chess-hides", client="tab-a"):
    return Operation("answer", client, seq, item, response={"text": text})


def remove(seq, target, client="tab-a"):
    return Operation("remove", client, seq, target, TEXT.key)


plain_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = st.sampled_from(["a-1", "b.2", "tab-x.9k", "p.00ff"])
clients = st.sampled_from(["tab-a", "tab-b", "kernel-1"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | plain_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_text, inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@st.composite
def spans(draw, target):
    start = draw(st.integers(0, 5000))
    return Span(
        start,
        start + draw(st.integers(1, 300)),
        draw(st.sampled_from(["ceremony_symbol", "game_metaphor"])),
        draw(plain_text),
        draw(plain_text),
        draw(st.none() | st.integers(0, 100)),
        target,
    )


@st.composite
def operations(draw):
    kind = draw(st.sampled_from(["tag", "change", "remove", "answer"]))
    client, seq, target = draw(clients), draw(st.integers(1, 40)), draw(names)
    if kind == "answer":
        response = draw(st.dictionaries(plain_text, json_values, max_size=3))
        return Operation(kind, client, seq, target, response=response)
    document = draw(st.sampled_from([TEXT.key, OTHER_TEXT.key]))
    span = None if kind == "remove" else draw(spans(target))
    return Operation(kind, client, seq, target, document, span)


# an author numbers its operations, so no two different ones have the same id
histories = st.lists(operations(), max_size=25, unique_by=lambda operation: operation.id)
