"""A class beside one's own reading: what is counted, what stays hidden, and in which words."""

import gzip
import json
import shutil

import pytest

from framingkit import course
from framingkit.base.html import Page
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.hand_ins.collect import collect
from framingkit.hand_ins.file import ClassFile, read_class, write_class
from framingkit.hand_ins.learners import ClassText
from framingkit.hand_ins.shared import share_class
from framingkit.hand_ins.sources import sample_hand_ins
from framingkit.notebook.lesson import Lesson
from framingkit.reports.beside import class_view, common_tags
from framingkit.reports.beside_page import readers_of, view_data, view_html
from framingkit.work.first_reading import FirstReading
from framingkit.work.log import WorkLog

ARTICLE, CODEBOOK = course.load_article(), course.load_codebook()
CODES = [CODEBOOK.code(one) for one in ("ceremony_symbol", "game_metaphor", "hedge")]
ENDING = FirstReading(None, ARTICLE, CODEBOOK, "ending")
TEXT = ENDING.text


@pytest.fixture
def lesson(tmp_path):
    return Lesson("03-commentary", WorkLog(tmp_path / "amber-heron-417.jsonl"), {})


def span(words, label, section="ending"):
    start = ARTICLE.text.index(words, ARTICLE.section(section).start)
    return Span(start, start + len(words), label)


def people(*tags):
    """Make one learner of each list of tags."""
    return [AnnotationSet(ARTICLE.id, f"reader-{n}", tuple(one)) for n, one in enumerate(tags)]


CARPET, THE_CARPET = (
    span("red carpet", "ceremony_symbol"),
    span("the red carpet", "ceremony_symbol"),
)
BOARD, ALWAYS = span("chessboard", "game_metaphor"), span("always", "hedge")
SIX = people([CARPET, BOARD], [CARPET], [CARPET], [THE_CARPET], [BOARD], [ALWAYS])


def test_tags_that_differ_only_at_their_edges_are_counted_together():
    found = common_tags(SIX, ARTICLE)

    assert [(tag.span.label, tag.span.start, tag.span.end, tag.coders) for tag in found] == [
        ("ceremony_symbol", CARPET.start, CARPET.end, 4),
        ("game_metaphor", BOARD.start, BOARD.end, 2),
    ]


def test_a_learner_who_tags_the_same_words_twice_counts_once():
    word = Span(CARPET.start, CARPET.start + 3, "ceremony_symbol")

    [only] = common_tags(people([CARPET, word, THE_CARPET], [CARPET]), ARTICLE)

    assert only.coders == 2


def test_the_list_says_what_is_ones_own():
    view = class_view(SIX, ARTICLE, "ending", CODES, [THE_CARPET, BOARD, span("hot.", "hedge")])

    assert view.lines() == [
        "4 of 6 learners tagged “red carpet” [21] as Ceremony symbol. Yours: “the red carpet”.",
        "2 of 6 learners tagged “chessboard” [22] as Game metaphor. Yours: the same.",
        "Only you tagged “hot” [22] as Hedge: none of 6 learners.",
    ]
    assert view.lines(label=2) == ["Only you tagged “hot” [22] as Hedge: none of 6 learners."]
    assert class_view(SIX, ARTICLE, "ending", CODES).lines()[1].endswith("Yours: none.")


def test_what_a_single_learner_tagged_is_not_marked():
    data = view_data(class_view(SIX, ARTICLE, "ending", CODES))
    marked = [piece[0] for line in data["views"][0]["paragraphs"] for piece in line if piece[2]]

    assert marked == ["red carpet", "chessboard"]
    assert [one["name"] for one in data["views"]] == [
        "All codes",
        "Ceremony symbol",
        "Game metaphor",
    ]
    assert "“always”" not in json.dumps(data["views"], ensure_ascii=False)


@pytest.mark.parametrize(("readers", "marked"), [(20, True), (21, False), (30, False)])
def test_words_are_marked_from_one_reader_in_ten_on(readers, marked):
    readers = people(*[[BOARD]] * 2, *[[CARPET]] * (readers - 2))
    view = class_view(readers, ARTICLE, "ending", CODES)

    shown = [ARTICLE.text[words.start : words.end] for words in view.words(None)]
    assert ("chessboard" in shown) == marked


def test_the_pieces_add_up_to_the_section():
    data = view_data(class_view(SIX, ARTICLE, "ending", CODES))
    lines = [line for line in ARTICLE.text_of("ending").split("\n") if line.strip()]

    for one in data["views"]:
        assert ["".join(piece[0] for piece in line) for line in one["paragraphs"]] == lines


def test_below_five_learners_there_are_no_counts():
    view = class_view(SIX[:4], ARTICLE, "ending", CODES, [CARPET])

    assert view_data(view)["views"] == []
    assert "carpet" not in json.dumps(view_data(view)) + view_html("T", ["A class."], view)
    assert view_data(class_view(SIX[:5], ARTICLE, "ending", CODES))["views"]


def test_a_class_file_gives_the_readers_of_a_section(tmp_path):
    texts = (ClassText(TEXT, True, 2), ClassText(course_of_another_text(), True, 1))
    found = ClassFile(tmp_path / "class.jsonl.gz", texts, (), 3, 3)
    rows = [
        ("amber", 0, [[2690, 2600], [2760, 2610], ["hedge", "hedge"]]),
        ("birch", 0, [[0], [9], ["hedge"]]),
        ("coral", 1, [[690], [700], ["hedge"]]),
    ]  # fmt: skip
    write_class(found, ((name, _line(text, *columns)) for name, text, columns in rows))

    [only] = readers_of(found.path, ENDING)

    assert (only.coder, [(one.start, one.end) for one in only.spans]) == ("amber", [(2690, 2760)])


def course_of_another_text():
    other = course.load_article("trade-summit")
    return FirstReading(None, other, CODEBOOK, "lead").text


def _line(text, start, end, label):
    tags = {"text": text, "start": start, "end": end, "label": label}
    return json.dumps({"operations": 1, "tags": [tags], "responses": {}})


def test_the_own_reading_comes_first_and_stays(lesson):
    assert "First your own reading" in lesson.class_page("ending").html
    assert "no tags in this section yet" in str(lesson.first_reading("ending"))
    lesson.add_tag("red carpet", "ceremony_symbol", section="ending")
    lesson.add_tag("red carpet", "ceremony_symbol", section="commentary")

    said = lesson.first_reading("ending")
    lesson.add_tag("always", "booster", section="ending")

    assert (
        str(said)
        == "Your first reading is saved: 1 tag. You can go on tagging; it will not change."
    )
    assert str(lesson.first_reading("ending")) == (
        "Your first reading is saved: 1 tag. Since then: 1 new."
    )
    again = WorkLog(lesson.log.path)
    assert FirstReading(again, ARTICLE, CODEBOOK, "ending").kept() == (
        Span(CARPET.start, CARPET.end, "ceremony_symbol"),
    )
    held = [one["item"] for one in again.sheet("0")["responses"]]
    assert [one.split(".")[1] for one in held] == ["first-reading-of-ending"]
    assert "First your own reading" in lesson.class_page("commentary").html


def test_the_sample_class_says_that_it_is_constructed(lesson):
    lesson.add_tag("red carpet", "ceremony_symbol", section="ending")
    lesson.first_reading("ending")

    page = lesson.class_page("ending")

    assert "They are not real people" in page.html
    assert (
        "of 28 learners tagged “red carpet” [21] as Ceremony symbol. Yours: the same." in page.html
    )
    assert repr(lesson.class_map("ending")).endswith("28 learners, own first reading 1 tags)")


def test_a_class_file_in_the_work_folder_goes_before_the_sample(lesson, tmp_path):
    (tmp_path / "class.jsonl.gz").write_bytes(b"no class")
    lesson.add_tag("red carpet", "ceremony_symbol", section="ending")
    lesson.first_reading("ending")

    assert "“class.jsonl.gz” cannot be read" in str(lesson.class_map("ending"))
    assert isinstance(lesson.class_page("ending", "missing.jsonl.gz"), Page)
    assert "There is no class file “missing.jsonl.gz”" in str(
        lesson.class_page("ending", "missing.jsonl.gz")
    )


def test_a_class_that_breaks_later_never_stops_a_tag_from_being_saved(lesson, tmp_path):
    folder = shutil.copytree(sample_hand_ins(), tmp_path / "class")
    widget = lesson.class_map("ending", str(folder))
    widget._receive(widget, {"kind": "open"}, [])
    for sheet in folder.glob("*.json"):
        sheet.write_bytes(b"{}")
    said = []
    widget.send = lambda content: said.append(content["reason"])

    lesson.add_tag("red carpet", "ceremony_symbol", section="ending")
    kept = lesson.first_reading("ending")

    assert "Your first reading is saved" in str(kept)
    assert "is not an answer sheet" in said[0]
    assert widget.shown == {}
    with pytest.raises(FramingkitError):
        widget.beside.data()


def test_a_shared_class_has_tags_and_no_names_answers_or_notes(tmp_path):
    source, target = tmp_path / "all.jsonl.gz", tmp_path / "class.jsonl.gz"
    collect(sample_hand_ins(), source)

    said = share_class(source, target)

    shared = list(read_class(target))
    assert said.startswith("“class.jsonl.gz” holds the tags of 30 learners, without code names")
    assert [one.coder for one in shared] == [f"part-{n:03}" for n in range(1, len(shared) + 1)]
    assert not any(one.responses or one.person for one in shared)
    assert not any(tags.note or tags.confidence for one in shared for tags in one.tags)
    then, now = (
        sorted(str(one.spans) for one in readers_of(path, ENDING)) for path in (source, target)
    )
    assert then == now
    names = {path.name.split(".")[0] for path in sample_hand_ins().glob("*.json")}
    assert not [name for name in names if name.encode() in gzip.decompress(target.read_bytes())]


def test_a_class_of_four_is_not_shared(tmp_path):
    folder = tmp_path / "four"
    folder.mkdir()
    for sheet in sorted(sample_hand_ins().glob("*.json"))[:4]:
        shutil.copy(sheet, folder)
    collect(folder, tmp_path / "all.jsonl.gz")

    with pytest.raises(FramingkitError, match="4 learners .* fewer than 5"):
        share_class(tmp_path / "all.jsonl.gz", tmp_path / "class.jsonl.gz")

    assert not (tmp_path / "class.jsonl.gz").exists()
