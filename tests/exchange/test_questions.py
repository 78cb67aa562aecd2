"""Questions that leave the kit: read back by readers that know only the format."""

import itertools
import json
import re

import pytest
from for_each import for_each
from question_readers import READERS, words

from framingkit import cli, course
from framingkit.course import Item, Option
from framingkit.course.materials import parse_materials
from framingkit.errors import FramingkitError
from framingkit.exchange import FORMATS, export_questions
from framingkit.exchange.asked import Asked, asked

BANK = {item.id: item for lesson in course.list_lessons() for item in course.load_items(lesson)}
CLOSED = {id: item for id, item in BANK.items() if item.is_closed}
WRITTEN = {id: item for id, item in BANK.items() if item.kind == "written"}
NAMES = list(READERS)
NO_ORDER = {id for id, item in BANK.items() if item.kind == "order" and not item.scored}
TITLES = {
    course.load_article(id).title.partition(" (")[0]: id
    for id in course.list_articles() if id not in ("alaska-summit", "tagger-tour")
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Write the whole bank in each format; give the bytes, what was read, and what was said."""
    folder = tmp_path_factory.mktemp("questions")
    found = {}
    for name, reader in READERS.items():
        path = folder / f"bank.{name}"
        said = export_questions(name, "", path)
        read = reader(path.read_bytes())
        found[name] = path, {one.name: one for one in read}, said, read
    return found


def plain(text: str) -> str:
    """Read a text as a platform shows it: spaces are one space."""
    return " ".join(text.split())


def test_all_formats_of_the_command_are_read_back():
    assert FORMATS.keys() == READERS.keys()


@for_each(NAMES)
def test_every_question_is_placed_or_listed_with_the_reason(name, files):
    _, read, said, rows = files[name]
    left = BANK.keys() - read.keys()
    assert left == (set() if name == "qti21" else NO_ORDER)
    listed = [line for line in said if line.startswith("Left out, because ")]
    assert all(any(re.search(rf"\b{id}\b", line) for line in listed) for id in left)
    assert said[0].startswith(f"Of {len(BANK)} questions, {len(read)} are in ")
    assert len({one.id for one in rows}) == len(rows) == len(read)
    assert all(one.id == f"framingkit-{one.name}" for one in rows)


@for_each(NAMES, BANK)
def test_a_question_keeps_its_words(name, item, files):
    read = _read(name, item, files)
    if read is None:
        return
    assert plain(item.prompt) in plain(read.text)
    assert read.kind == item.kind
    assert plain(item.after) in plain(read.after)
    assert read.points == 1 if item.scored else read.points in (0, 1)
    if item.is_closed:
        assert {*map(plain, read.options)} == {plain(option.text) for option in item.options}


def _read(name, item, files):
    return files[name][1].get(item.id)


@for_each(NAMES, CLOSED)
def test_the_right_answers_come_back(name, item, files):
    read = _read(name, item, files)
    if read is None or (not item.scored and name == "qti21"):
        return
    texts = {plain(option): option for option in read.options}
    right = [texts[plain(o.text)] for o in item.options if o.correct or not item.scored]
    wrong = [text for text in read.options if text not in right]
    if item.kind == "order":
        order = [texts[plain(option.text)] for option in item.options]
        scores = {each: read.score(list(each)) for each in itertools.permutations(order)}
        assert scores.pop(tuple(order)) == pytest.approx(1)
        assert max(scores.values()) < 1
        assert min(scores.values()) == 0
    elif item.kind == "choice":
        assert all(read.score([text]) == 1 for text in right)
        assert all(read.score([text]) == 0 for text in wrong)
    else:
        assert read.score(right) == pytest.approx(1, abs=1e-6)
        assert all(read.score([text]) == 0 for text in wrong)
        assert read.score([]) == 0
        if wrong:
            assert read.score(read.options) == pytest.approx(0, abs=1e-6)


@for_each(NAMES, CLOSED)
def test_every_option_keeps_its_reason(name, item, files):
    read = _read(name, item, files)
    if read is None or item.kind == "order":
        return
    said = {plain(text): plain(remark) for text, remark in read.feedback.items()}
    for option in item.options:
        remark = said[plain(option.text)]
        assert remark.endswith(plain(option.feedback))
        if item.scored:
            yes = remark.startswith("Yes")
            assert yes == option.correct, "it begins with yes, or not yet"


@for_each(NAMES, WRITTEN)
def test_a_written_question_keeps_its_rubric_and_both_views(name, item, files):
    read = _read(name, item, files)
    for line in (*item.rubric, item.worked, item.dissent):
        assert plain(line) in plain(read.after)
    if item.min_words:
        assert f"Write at least {item.min_words} words." in read.text
    if name == "moodle":
        assert read.said["minwordlimit"] == (str(item.min_words) if item.min_words else "")
        assert read.said["graderinfo"] == read.after
    if name == "qti21":
        assert read.said["rubric"] == read.after


@for_each(NAMES, {id: item for id, item in BANK.items() if item.kind == "several"})
def test_an_answer_as_a_whole_is_replied_to_where_the_format_can(name, item, files):
    read, said = _read(name, item, files), "you found every answer that fits"
    if name != "gift":
        assert any(said in text for text in read.said.values())


@for_each(["qti12", "qti21"], {id: item for id, item in CLOSED.items() if item.scored})
def test_an_answer_is_shown_what_fits_it(name, item, files):
    read = _read(name, item, files)
    texts = {plain(option): option for option in read.options}
    order = item.kind == "order"
    right = [texts[plain(o.text)] for o in item.options if o.correct or order]
    met = read.shows(right)
    assert not any(line.startswith(("Not yet", "Does not fit")) for line in met)
    assert name == "qti21" or order or any(line.startswith("Yes") for line in met)
    missed = read.shows(right[::-1] if order else read.options[:0])
    assert not any(line.startswith("Yes") for line in missed)


@for_each(NAMES, BANK)
def test_what_a_question_is_asked_about_is_in_its_text(name, item, files):
    read = _read(name, item, files)
    if read is None:
        return
    for block in (block for one in asked([item]) for block in one.read_first()):
        assert plain(" ".join([block.title, *block.lines])) in plain(read.text)


@for_each(BANK)
def test_a_question_on_a_text_has_the_text(item):
    (one,) = asked([item])
    shown = " ".join(line for block in one.read_first() for line in block.lines)
    documents = {material.document for material in one.materials}
    for title, id in TITLES.items():
        if f"“{title}”" in item.prompt or item.prompt.startswith(f"{title}:"):
            has_chart = any(material.shown == "the chart" for material in one.materials)
            assert id in documents or has_chart
    for option in item.options:
        for number in re.findall(r"^Sentence (\d+)", option.text):
            assert f"({number}) " in shown + item.prompt, option.text
    for number in re.findall(r"\b[Ss]entences? (\d+)", item.prompt):
        assert f"({number}) " in shown or "“" in item.prompt, f"sentence {number}"


def test_the_materials_are_of_known_questions_and_texts():
    for material in course.load_materials():
        assert BANK.keys() >= {*material.items}
        for section in material.sections:
            course.load_article(material.document).section(section)
        for frame in material.frames:
            assert course.load_codebook().code(frame).indicators


def test_words_of_a_lesson_are_in_the_lesson():
    for material in course.load_materials():
        for item in material.items if material.words else ():
            text = _lesson_text(BANK[item].lesson)
            for line in material.words:
                assert re.sub(r"^\d\. ", "", line) in text, (item, line)


def _lesson_text(lesson: str) -> str:
    folder = "exercises" if lesson.startswith("exercises-") else "notebooks"
    name = f"{folder}/{lesson.removeprefix('exercises-')}.ipynb"
    cells = json.loads((course.kit_folder() / name).read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]).replace("**", "") for cell in cells)


SIGNS = (
    "“Curly” ‘quotes’ & <b>tags</b> ~ = # {braces} 3:4 50% a\\b //c ::d:: [html] e %50%f #g ####h "
    "$5 and $6 \\n ]]> é 日本 🙂"
)


def _strange(kind: str) -> Item:
    options = tuple(
        Option(id, f"{lead} {SIGNS}", id == "a", f"{id}: {SIGNS}")
        for id, lead in (("a", "~first"), ("b", "=second"), ("c", "%third"))
    )
    many = () if kind == "written" else options
    rubric = (SIGNS, "b", "c", "d") if kind == "written" else ()
    return Item(
        "strange", "03-commentary", kind, f"{SIGNS}?", 1, "apply", many, after=SIGNS,
        rubric=rubric, worked=SIGNS, dissent=SIGNS,
    )  # fmt: skip


@for_each(NAMES, ["choice", "several", "order", "written"])
def test_no_sign_in_a_text_means_something_to_a_format(name, kind):
    item = _strange(kind)
    (read,) = READERS[name](FORMATS[name].write([Asked(item)]))
    assert read.kind == kind
    assert plain(read.text).startswith(plain(item.prompt))
    assert SIGNS in read.after
    assert {*map(plain, read.options)} == {plain(option.text) for option in item.options}
    if kind in ("choice", "several"):
        for option in item.options:
            assert read.feedback[option.text].endswith(option.feedback)
            assert read.score([option.text]) == (1 if option.correct else 0)


def test_an_order_that_gift_would_read_as_its_own_is_refused():
    entry = (Option("a", "peace -> war"), Option("b", "war"))
    item = Item("x", "03-commentary", "order", "Which?", 1, "apply", entry)
    assert "->" in FORMATS["gift"].refuses(Asked(item))


def test_more_options_than_moodle_has_shares_for_are_refused():
    options = tuple(Option(f"o{n}", f"{n}", n < 11, "Yes.") for n in range(12))
    item = Item("x", "03-commentary", "several", "Which?", 1, "apply", options)
    assert "ten" in FORMATS["moodle"].refuses(Asked(item))


@for_each(NAMES)
def test_the_same_questions_give_the_same_bytes(name, files, tmp_path):
    path = tmp_path / name
    said = export_questions(name, "", path)
    assert path.read_bytes() == files[name][0].read_bytes()
    assert not any("replaced" in line for line in said)
    assert not any("replaced" in line for line in export_questions(name, "", path))


@pytest.mark.parametrize(("lesson", "ids"), [
    ("03", {"03-commentary"}),
    ("03-commentary", {"03-commentary"}),
    ("exercises", {one for one in course.list_lessons() if one.startswith("exercises-")}),
])  # fmt: skip
def test_one_lesson_is_enough(lesson, ids, tmp_path):
    export_questions("gift", lesson, tmp_path / "q.txt")
    read = READERS["gift"]((tmp_path / "q.txt").read_bytes())
    assert {BANK[one.name].lesson for one in read} == ids


def test_tagging_is_listed_for_the_lessons_that_are_written(tmp_path):
    said = export_questions("moodle", "03", tmp_path / "q.xml")
    (line,) = [line for line in said if "tags on words" in line]
    assert "03-commentary: alaska-summit, commentary" in line
    assert "02-agenda" not in line


def test_what_a_learner_must_be_shown_beside_a_question_is_listed(tmp_path):
    said = export_questions("moodle", "exercises-02-agenda", tmp_path / "q.xml")
    assert "Show the chart beside these, as the lesson does: ex-read-the-chart." in said


def test_the_reasons_of_the_pre_test_are_spoken_of(tmp_path):
    assert "pre-test" in export_questions("moodle", "pre", tmp_path / "q.xml")[-1]
    assert "pre-test" not in export_questions("moodle", "02", tmp_path / "r.xml")[-1]


def test_the_command_writes_a_file_with_the_name_of_its_format(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["framingkit", "export-questions", "--format", "qti21"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 0
    assert f"Of {len(BANK)} questions, {len(BANK)} are in" in capsys.readouterr().err
    assert READERS["qti21"]((tmp_path / "questions-qti21.zip").read_bytes())


@pytest.mark.parametrize(("format", "lesson", "sentence"), [
    ("word", "", "no format 'word'. Choose one of: moodle, qti12, qti21, gift"),
    ("moodle", "07", "no lesson '07'. Choose one of: 00-start-here"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_with_the_choices(format, lesson, sentence, tmp_path):
    with pytest.raises(FramingkitError, match=re.escape(sentence)):
        export_questions(format, lesson, tmp_path / "q")
    assert not list(tmp_path.iterdir())


def test_a_file_of_somebody_else_is_never_replaced_and_an_earlier_one_is_kept(tmp_path):
    path = tmp_path / "q.txt"
    path.write_text("My own questions", "utf-8")
    with pytest.raises(FramingkitError, match="already exists"):
        export_questions("gift", "03", path)
    assert path.read_text("utf-8") == "My own questions"
    path.unlink()
    export_questions("gift", "03", path)
    earlier = path.read_bytes()
    said = export_questions("gift", "02", path)
    assert (tmp_path / "q.txt.bak").read_bytes() == earlier
    assert any("kept as" in line for line in said)


@pytest.mark.parametrize("entry", ['shown = "x"\ntitle = "y"\nwords = ["z"]', 'title = "y"', ""])
def test_a_material_shows_one_thing(entry):
    with pytest.raises(FramingkitError, match="one thing to show"):
        parse_materials(f'[[material]]\nitems = ["a"]\n{entry}')


def test_the_reader_of_html_finds_lines():
    assert words("<p>a &amp; <strong>b</strong></p><p>c</p>") == "a & b\nc"
