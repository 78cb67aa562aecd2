"""Going on from a downloaded file: nothing is lost, mixed up, or brought back unasked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_samples import TEXT, answer, remove, tag

from framingkit.errors import FramingkitError
from framingkit.hand_ins import OthersFileError, collect, continue_from
from framingkit.work import find_log, go_on_as, open_log, sheet_to_bytes, start_somebody_else
from framingkit.work import folder as work_folder

NAME = "amber-heron-417.answers.json"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    return at(tmp_path / "here" / "work", monkeypatch)


def at(folder, monkeypatch):
    """Sit down at a computer: its work folder, and nothing open yet."""
    folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("FRAMINGKIT_WORK", str(folder))
    monkeypatch.setattr(work_folder, "_open", [])
    return folder


def do(log, *acts):
    log.open_text(TEXT)
    log.record(acts)
    return log


def file_of(log):
    return sheet_to_bytes(log.sheet("0"))


def shown(log):
    log.refresh()
    sheet = log.sheet("0")
    tags = {span["id"] for document in sheet["documents"] for span in document["spans"]}
    return tags, {one["item"]: one["response"] for one in sheet["responses"]}


def test_an_empty_place_goes_on_as_whoever_made_the_file(tmp_path, monkeypatch):
    one = do(open_log(), tag(1), answer(2))
    file = file_of(one)
    at(tmp_path / "there", monkeypatch)
    log = open_log()
    assert log.learner != one.learner

    said = continue_from(log, file, NAME)

    assert (log.learner, log.coder) == (one.learner, one.coder)
    assert said == [
        f"You are now {one.coder}.", "1 tag and 1 answer came from the file.",
        "Your other work here stays as it was.",
    ]  # fmt: skip
    assert shown(log) == shown(one)
    assert json.loads(file_of(log)) == json.loads(file)
    assert continue_from(log, file, NAME) == ["Everything in that file was here before."]
    monkeypatch.setattr(work_folder, "_open", [])
    assert open_log().learner == one.learner


def test_work_at_two_places_comes_together(tmp_path, monkeypatch):
    one = do(open_log(), tag(1), tag(2, start=20), answer(3, "first"))
    at(tmp_path / "there", monkeypatch)
    log = open_log()
    continue_from(log, file_of(one), NAME)
    do(log, remove(4, target="tab-a.1", client="tab-b"), tag(5, client="tab-b", start=40))
    do(one, answer(6, "second"), tag(7, start=60))
    file = file_of(log)
    at(tmp_path / "here" / "work", monkeypatch)
    here = open_log()

    said = continue_from(here, file, NAME)

    assert said[:2] == [
        "1 tag and 0 answers came from the file.",
        "1 tag went, because you had removed them there.",
    ]
    tags, answers = shown(here)
    assert tags == {"tab-a.2", "tab-b.5", "tab-a.7"}
    assert answers["what-chess-hides"] == {"text": "second"}


def test_what_was_removed_here_does_not_come_back(tmp_path):
    log = do(open_log(), tag(1), tag(2, start=20))
    file = file_of(log)
    do(log, remove(3, target="tab-a.1"))

    assert continue_from(log, file, NAME) == ["Everything in that file was here before."]
    assert shown(log)[0] == {"tab-a.2"}


def test_the_file_of_somebody_else_is_refused_and_its_learner_offered(tmp_path, monkeypatch):
    other = do(open_log(), tag(1), answer(2))
    file, name = file_of(other), other.coder
    at(tmp_path / "there", monkeypatch)
    mine = do(open_log(), tag(1, client="tab-m"))
    before, me = mine.path.read_bytes(), mine.learner

    with pytest.raises(OthersFileError, match=f"the work of {name}, and you are {mine.coder}"):
        continue_from(mine, file, NAME)
    assert (mine.learner, mine.path.read_bytes()) == (me, before)

    said = continue_from(mine, file, NAME, begin=True)

    assert said[0] == f"You are now {name}."
    assert shown(mine) == shown(other)
    assert (tmp_path / "there" / "x").parent.joinpath(find_log(None).path.name).exists()
    go_on_as(me, mine)
    assert mine.path.read_bytes() == before
    assert shown(mine)[0] == {"tab-m.1"}


def test_one_learner_of_a_shared_computer_does_not_get_the_work_of_the_other():
    log = do(open_log(), tag(1))
    file = file_of(log)
    start_somebody_else(log)
    do(log, tag(1, client="tab-z"))

    with pytest.raises(OthersFileError):
        continue_from(log, file, NAME)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"learner": ""}, "is damaged"),
        ({"acts": {}}, "does not say whose it is"),
        ({"format": "another"}, "is not an answer sheet"),
        ({"schema": 9}, "newer framingkit"),
        ({"acts": {"b" * 16: {"tab-a": [[1, 2**40]]}}}, "is damaged: It names more acts"),
        ({"documents": [{}]}, "is damaged"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(tmp_path, change, reason):
    log = do(open_log(), tag(1))
    before = log.path.read_bytes()
    data = json.loads(file_of(log)) | change

    with pytest.raises(FramingkitError, match=reason):
        continue_from(log, json.dumps(data).encode(), NAME)

    assert log.path.read_bytes() == before
    assert [*log.path.parent.glob("*.jsonl")] == [log.path]


def test_what_does_not_fit_beside_what_is_here_is_refused_whole(tmp_path, monkeypatch):
    log = do(open_log(), tag(1))
    file = file_of(do(log, tag(2, start=20), tag(3, start=40)))
    at(tmp_path / "there", monkeypatch)
    monkeypatch.setattr("framingkit.work.limits.MOST_TAGS", 1)
    new = open_log()
    me = new.learner

    with pytest.raises(FramingkitError, match=r"Nothing was taken in\..* no more can be"):
        continue_from(new, file, NAME)

    assert new.learner == me
    assert not new.has_header


ACTS = st.lists(
    st.tuples(st.sampled_from(["tag", "remove", "answer"]), st.integers(1, 4)), max_size=8
)


@given(ACTS, ACTS, ACTS)
def test_in_whatever_order_files_go_between_places_all_show_the_same(
    tmp_path_factory, before, here, there
):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("places")
        at(folder / "one", patch)
        one = open_log()
        work(one, before + here[:1], "tab-a")
        first = file_of(one)
        at(folder / "two", patch)
        two = open_log()
        if one.has_header:
            continue_from(two, first, NAME)
            assert shown(two) == shown(one)
        work(two, there, "tab-b")
        if not (one.has_header and two.has_header):
            return
        at(folder / "one", patch)
        again = open_log()
        work(again, here, "tab-c")
        continue_from(again, file_of(two), NAME)
        continue_from(two, file_of(again), NAME)
        assert shown(two) == shown(again)


def work(log, acts, client):
    for kind, number in acts:
        seq, target = log.state.seq + 1, f"tag.{number}"
        if kind == "tag":
            do(log, tag(seq, client=client, target=target, start=20 * number))
        elif kind == "remove":
            do(log, remove(seq, target=target, client=client))
        else:
            do(log, answer(seq, f"answer {number} of {client}", client=client))


def test_files_of_all_places_collect_to_one_learner(tmp_path, monkeypatch):
    one = do(open_log(), tag(1))
    folder = tmp_path / "hand-ins"
    folder.mkdir()
    (folder / "from-lab.answers.json").write_bytes(file_of(one))
    at(tmp_path / "site", monkeypatch)
    log = open_log()
    continue_from(log, file_of(one), NAME)
    do(log, tag(5, client="tab-b", start=40))
    (folder / "from-site.answers.json").write_bytes(file_of(log))

    collected = collect(folder, tmp_path / "class.jsonl.gz")

    assert len(collected.class_file) == 1
    [learner] = collected.class_file
    assert learner.coder == log.coder
