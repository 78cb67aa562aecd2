"""Two to four texts on one event, compared row by row."""

import pytest

from framingkit.course import Document, Section, Span, load_codebook
from framingkit.errors import FramingkitError
from framingkit.feedback import Coverage, Report
from framingkit.feedback.coverage_rows import NO_PART, names_and_figures, sections_of
from framingkit.notebook.comparing import compare_coverage, names_of

CODEBOOK = load_codebook()
CABLE = ["cable-talks-a", "cable-talks-b", "cable-talks-c"]


def text(id, **parts):
    """Make a text of named parts, each a line."""
    sections, at = [], 0
    for name, words in parts.items():
        sections.append(Section(name, name.title(), at, at + len(words)))
        at += len(words) + 1
    return Document(id, id.upper(), "\n".join(parts.values()), "0" * 64, tuple(sections))


ONE = text("one", lead="It could rain in Skell.", talks="They met at noon.")
TWO = text("two", talks="It may rain, and it could snow on 12 May.", ending="Perhaps.")


def tag(document, words, label):
    start = document.text.index(words)
    return Span(start, start + len(words), label, words)


@pytest.fixture
def compared():
    first = Report("A", ONE, (tag(ONE, "could", "hedge"),), {"lead": ("ceremony",)}, "tags")
    hedges = (tag(TWO, "may", "hedge"), tag(TWO, "could", "hedge"))
    second = Report("B", TWO, (*hedges, tag(TWO, "snow", "nature_metaphor")), {}, "tags")
    return Coverage((first, second), CODEBOOK)


def test_codes_are_counted_with_their_words(compared):
    rows = [(row.name, [(one.count, one.words) for one in row.counts]) for row in compared.by_code]

    assert rows == [("Nature metaphor", [(0, 9), (1, 11)]), ("Hedge", [(1, 9), (2, 11)])]


def test_parts_are_aligned_by_their_names_and_a_missing_one_is_no_zero(compared):
    rows = {row.name: [one and one.rate for one in row.counts] for row in compared.by_section}

    assert rows == {"Lead": [20.0, None], "Talks": [0.0, 30.0], "Ending": [None, 0.0]}
    assert compared.order[1].cells == ("part 2 of 2", "part 1 of 2")


def test_a_part_that_only_a_later_text_has_comes_where_it_has_it():
    first = Report("A", text("a", lead="A.", ending="B."), (), {}, "")
    second = Report("B", text("b", lead="A.", talks="C.", ending="B.", notes="D."), (), {}, "")

    assert [one.id for one in sections_of([first, second])] == ["lead", "talks", "ending", "notes"]


def test_frames_claims_and_what_is_left_out(compared):
    assert compared.frames[0].cells == ("Ceremony and symbol", NO_PART)
    assert compared.frames[1].cells == ("not named", "not named")
    assert compared.claims == compared.voices == ()
    assert [(row.name, row.cells) for row in compared.left_out] == [
        ("Codes", ("Nature metaphor", "nothing that the others have")),
        ("Names and figures", ("12; May", "Skell")),
    ]


def test_a_name_counts_as_left_out_only_if_it_is_nowhere_in_the_text():
    assert "Ilka" not in compare_coverage(CABLE).left_out[2].cells[0]
    assert list(names_and_figures(ONE)) == ["Skell"]


def test_a_mark_tells_its_counterparts(compared):
    (view,) = compared.side_by_side()["views"]
    said = [mark["said"] for mark in view["marks"]]

    assert said[0] == "“could” [1] in A: Hedge. B: “may” [1]; “could” [1]."
    assert said[-1] == "“snow” [1] in B: Nature metaphor. A: no tag with this code."


def test_pieces_give_every_text_back_whole_and_every_mark_its_words():
    long = "It could be cold.\nIt may rain.\nNobody knows."
    whole = text("long", lead="A.", talks=long)
    spans = (tag(whole, "could be cold.\nIt may rain.\nNobody", "booster"),
             tag(whole, "may", "hedge"), tag(whole, "cold", "nature_metaphor"))  # fmt: skip
    other = Report("B", text("b", lead="C."), (), {}, "")
    (view,) = Coverage((Report("A", whole, spans, {}, ""), other), CODEBOOK).side_by_side()["views"]
    cell = view["rows"][1]["cells"][0]

    lines = ["".join(piece[0] for piece in pieces) for _, pieces in cell["paragraphs"]]
    covered = {
        number: [p[0] for _, pieces in cell["paragraphs"] for p in pieces if number in p[2] + p[3]]
        for number in range(3)
    }
    names = {mark["name"]: "".join(covered[n]) for n, mark in enumerate(view["marks"])}
    assert lines == long.splitlines()
    assert names == {
        "Booster": "could be cold.It may rain.Nobody", "Hedge": "may", "Nature metaphor": "cold",
    }  # fmt: skip
    assert [p[2] for _, pieces in cell["paragraphs"] for p in pieces if p[0] == "Nobody"] == [[0]]


def test_the_reports_of_the_kit_differ_as_they_were_written():
    cable = compare_coverage(CABLE)
    first = {row.name: row.counts for row in cable.by_code}

    assert [one.count for one in first["Ceremony symbol"]] == [4, 0, 0]
    assert [one.count for one in first["War metaphor"]] == [0, 3, 0]
    assert [row.cells[2].split(";")[0] for row in cable.frames[:4]] == ["Economic stakes"] * 4
    assert cable.claims[9].cells == ("leaves it out", "states it [5]", "leaves it out")
    assert cable.voices[2].cells == ("“observers”; “it is said”; “some”", "nobody", "“engineers”")


@pytest.mark.parametrize("what", ["devices by code", "devices by section", "voices"])
def test_a_chart_has_its_words_and_its_table(what):
    figure = compare_coverage(CABLE).figure(what)
    page = figure._repr_html_()

    assert "Report A: most in" in figure.alt
    assert f'alt="{figure.alt}"' in page
    assert '<th scope="col">Report C</th>' in page
    assert figure.caption in page


def test_without_matplotlib_the_table_draws_the_bars(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    page = compare_coverage(CABLE[:2]).figure()._repr_html_()

    assert "data:image" not in page
    assert "1.9 (4) ████████████" in page


def test_what_cannot_be_compared_is_refused_with_a_sentence(compared):
    first = compared.reports[0]
    with pytest.raises(FramingkitError, match="needs 2 to 4 different texts, but got 'one'"):
        Coverage((first,), CODEBOOK)
    with pytest.raises(FramingkitError, match="needs 2 to 4 different texts"):
        Coverage((first, first), CODEBOOK)
    with pytest.raises(FramingkitError, match="has no code 'irony'"):
        Coverage((first, Report("B", TWO, (Span(0, 2, "irony"),), {}, "")), CODEBOOK)
    with pytest.raises(FramingkitError, match="“devices by section” or “voices”"):
        compared.figure("sources")
    with pytest.raises(FramingkitError, match="has no reference reading in the kit"):
        compare_coverage([ONE, TWO])


def test_texts_are_named_by_what_differs_in_their_titles():
    titles = ["Cable talks, report A (constructed)", "Cable talks, report B (constructed)"]
    texts = [Document(str(n), title, "", "", ()) for n, title in enumerate(titles)]

    assert names_of(texts) == ["Report A", "Report B"]
    assert names_of([texts[0], texts[0]]) == [
        "Cable talks, report A (1)",
        "Cable talks, report A (2)",
    ]
