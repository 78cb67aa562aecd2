"""The Python half of the tagger: a tag is checked, on disk, and only then confirmed."""

import errno
import json

import pytest
from tagger_page import ARTICLE, CODEBOOK, CODES, make_tagger, send_tags, with_reference

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work.log import WorkLog

CARPET = ARTICLE.text.index("red carpet", ARTICLE.section("commentary").start)
SPAN = {"start": CARPET, "end": CARPET + 10, "label": "ceremony_symbol", "quote": "red carpet"}


def listen(widget):
    sent = []
    widget.send = lambda content, buffers=None: sent.append(content)
    return sent


def hear(widget, message):
    widget._receive(widget, message, [])


def act(seq, kind="tag", target="a.1", client="tab-a", **more):
    one = {"id": f"{client}-{seq}", "client": client, "seq": seq, "kind": kind, "target": target}
    return {"kind": "operations", "operations": [one | more]}


def hello(widget, client="tab-a", version=0):
    hear(widget, {"kind": "hello", "client": client, "version": version})


def lines(tagger):
    path = tagger._log.path
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def tagger(tmp_path):
    return make_tagger(tmp_path)


def test_a_tag_is_on_disk_with_its_text_and_then_confirmed(tagger):
    sent = listen(tagger)

    hear(tagger, act(1, span=SPAN))

    header, text, tag = lines(tagger)
    assert header["format"] == "framingkit work log"
    assert text["kind"] == "text"
    assert tag["span"] == SPAN
    assert tag["document"] == tagger.version_of_text.key
    assert [one["ids"] for one in sent if one["kind"] == "saved"] == [["tab-a-1"]]
    assert [(s.quote, s.label) for s in tagger.annotations.spans] == [
        ("red carpet", "ceremony_symbol")
    ]


def test_a_tag_that_comes_twice_is_written_once_and_confirmed_twice(tagger):
    sent = listen(tagger)

    for _ in range(2):
        hear(tagger, act(1, span=SPAN))

    assert len(lines(tagger)) == 3
    assert [one["ids"] for one in sent] == [["tab-a-1"], ["tab-a-1"]]


def test_a_change_and_a_removal_are_kept(tagger):
    listen(tagger)
    hear(tagger, act(1, span=SPAN))

    hear(tagger, act(2, "change", span=SPAN | {"note": "A ritual.", "confidence": 80}))
    [span] = tagger.annotations.spans
    assert (span.note, span.confidence) == ("A ritual.", 80)

    hear(tagger, act(3, "remove"))
    assert tagger.annotations.spans == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"label": "no_such_code"}, "no code 'no_such_code'"),
        ({"quote": "blue carpet"}, "carpet"),
        ({"start": -1}, "start"),
        ({"end": 10**9}, ""),
        ({"start": CARPET + 10, "end": CARPET}, ""),
        ({"start": "2"}, ""),
        ({"confidence": 101}, "confidence"),
        ({"note": "x" * 4001}, "note"),
    ],
    ids=lambda one: "-".join(one) if isinstance(one, dict) else "",
)
def test_a_tag_that_cannot_be_is_refused_with_a_sentence(tagger, wrong, words):
    sent = listen(tagger)

    hear(tagger, act(1, span=SPAN | wrong))

    [refused] = [one for one in sent if one["kind"] == "refused"]
    assert refused["ids"] == ["tab-a-1"]
    assert words in refused["reason"]
    assert refused["reason"].endswith(".")
    assert tagger.annotations.spans == ()
    assert "red carpet" not in json.dumps(lines(tagger))


def test_an_answer_to_a_question_is_not_taken(tagger):
    sent = listen(tagger)

    hear(tagger, act(1, "answer", target="what-chess-hides", response={"choice": "a"}))

    assert sent[-1]["reason"] == "A tagger takes tags, not answers."


@pytest.mark.parametrize(
    "message",
    [
        {}, {"kind": "operations"}, {"kind": "operations", "operations": [None, 7, "x", []]},
        {"kind": "operations", "operations": [{}]}, {"kind": "no such thing"}, {"kind": "bye"},
        {"kind": "hello"}, {"kind": "compare"},
    ],
    ids=str,
)  # fmt: skip
def test_a_strange_message_changes_nothing(tagger, message):
    listen(tagger)

    hear(tagger, message)

    assert tagger.annotations.spans == ()
    assert [one for one in lines(tagger) if "format" not in one] == []


def test_the_good_ones_among_refused_ones_are_kept(tagger):
    sent = listen(tagger)
    good, bad = act(1, span=SPAN), act(2, target="a.2", span=SPAN | {"label": "no_such_code"})

    both = {"kind": "operations", "operations": good["operations"] + bad["operations"]}
    hear(tagger, both)

    told = {one["kind"]: one["ids"] for one in sent}
    assert told == {"saved": ["tab-a-1"], "refused": ["tab-a-2"]}


def test_nothing_is_confirmed_that_the_disk_did_not_take(tagger, monkeypatch):
    sent = listen(tagger)

    def refuse(path, content):
        raise disk.explain(OSError(errno.ENOSPC, "full"), path)

    monkeypatch.setattr(disk, "append", refuse)
    hear(tagger, act(1, span=SPAN))

    assert [one["kind"] for one in sent] == ["unsaved"]
    assert "the disk is full" in sent[0]["reason"]
    assert tagger.annotations.spans == ()


def test_a_browser_that_knows_all_is_welcomed_and_another_one_gets_everything(tagger):
    sent = listen(tagger)
    hello(tagger)
    hear(tagger, act(1, span=SPAN))

    hello(tagger, "tab-b", version=0)

    assert sent[0]["kind"] == "welcome"
    [tag] = sent[-1]["tags"]
    assert sent[-1]["kind"] == "state"
    assert tag == SPAN | {"id": "a.1", "seq": 1, "client": "tab-a"}


def test_a_tagger_made_later_starts_with_the_tags(tagger):
    listen(tagger)
    hear(tagger, act(1, span=SPAN))

    again = make_tagger(tagger._log.path.parent)

    assert again.tags == [SPAN | {"id": "a.1", "seq": 1, "client": "tab-a"}]
    assert again.version == 1


def test_taggers_of_two_sections_share_a_log_and_show_their_own_tags(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    first, second = (
        SpanTagger(ARTICLE, section, CODEBOOK, codes=CODES, work_log=log)
        for section in ("commentary", "ending")
    )
    heard = listen(second)
    hello(second)

    send_tags(first, [(CARPET, CARPET + 10, CODES[0])])

    assert len(first.annotations.spans) == 1
    assert second.annotations.spans == ()
    assert second._state()["tags"] == []
    assert [message["kind"] for message in heard] == ["welcome"]  # not a word about the other


def test_another_browser_hears_of_a_tag(tagger):
    sent = listen(tagger)
    hello(tagger, "tab-a")
    hello(tagger, "tab-b")

    hear(tagger, act(1, span=SPAN))

    [news] = sent[-1]["operations"]
    assert (news["target"], news["span"]) == ("a.1", SPAN)


def test_what_is_asked_is_compared_with_the_reference(tmp_path):
    tagger = with_reference(tmp_path)
    sent = listen(tagger)
    hear(tagger, act(1, span=SPAN))

    hear(tagger, {"kind": "compare"})

    assert sent[-1]["kind"] == "comparison"
    remarks = sent[-1]["remarks"]
    assert {one["group"] for one in remarks} == {"match", "missed"}
    assert {type(one["start"]) for one in remarks} == {int}
    assert all(one["reason"] and one["number"] for one in remarks)


def test_without_a_reference_nothing_is_compared(tagger):
    sent = listen(tagger)

    hear(tagger, {"kind": "compare"})

    assert sent == []
    assert tagger.comparable is False


@pytest.mark.parametrize(("section", "codes"), [("nowhere", CODES), ("ending", ["no_such_code"])])
def test_an_unknown_section_or_code_is_refused_with_the_choices(tmp_path, section, codes):
    with pytest.raises(FramingkitError, match=r"Choose one of: '"):
        make_tagger(tmp_path, section, codes)


def test_what_is_sent_to_the_page_is_plain_and_whole(tagger):
    assert tagger.text == ARTICLE.text_of("commentary")
    assert tagger.offered == len(CODES)
    assert {code["id"] for code in tagger.codes} == {code.id for code in CODEBOOK.devices}
    for one in tagger.sentences:
        known = ARTICLE.sentences()[one["number"] - 1]
        assert (known.start, known.end) == (one["start"], one["end"])


def test_the_line_that_nbval_compares_depends_on_the_tags_alone(tagger, tmp_path):
    assert repr(tagger) == "SpanTagger(alaska-summit, commentary: 0 tags)"
    send_tags(tagger, [(CARPET, CARPET + 10, CODES[0])])
    assert repr(tagger) == "SpanTagger(alaska-summit, commentary: 1 tag)"
    send_tags(tagger, [(CARPET, CARPET + 10, CODES[0]), (CARPET, CARPET + 3, CODES[1])])
    assert repr(tagger) == "SpanTagger(alaska-summit, commentary: 2 tags)"


def html(tagger):
    bundle = tagger._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "application/vnd.jupyter.widget-view+json" in data
    return data["text/html"]


def test_where_no_kernel_runs_the_marked_text_is_shown(tagger):
    send_tags(tagger, [(CARPET, CARPET + 10, CODES[0])])

    page = html(tagger)

    assert "Ceremony symbol" in page
    assert "red carpet</mark>" in page
    assert "<script" not in page


def test_the_static_page_is_the_same_every_time(tagger, tmp_path):
    send_tags(tagger, [(CARPET, CARPET + 10, CODES[0])])

    assert html(tagger) == html(make_tagger(tmp_path))
    assert repr(tagger) == repr(make_tagger(tmp_path))
