import base64
import io
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import image

from framingkit.base import chip_html, figures
from framingkit.base.figures import described_bars, draw_png
from framingkit.errors import FramingkitError

SECTIONS = [("headline", 4), ("agenda", 6), ("commentary", 22), ("ending", 16)]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def bars():
    return described_bars("Tags by section", SECTIONS, "The agenda is plain.")


def test_the_alt_text_says_kind_title_unit_extremes_and_point(bars):
    assert bars.alt == (
        "Tags by section. Bar chart with 4 bars, counting tags. Highest: commentary (22). "
        "Lowest: headline (4). The agenda is plain."
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "There is nothing to show yet."),
        ([("a", 0)], "Every bar: 0."),
        ([("a", 2), ("b", 2), ("c", 1)], "Highest: a, b (2). Lowest: c (1)."),
        ([(name, 1) for name in "abcd"] + [("e", 2.5)], "Highest: e (2.5). Lowest: 4 bars (1)."),
    ],
)
def test_ties_and_empty_charts_are_said_in_words(rows, said):
    assert said in described_bars("T", rows, "").alt


def test_picture_caption_and_numbers_are_one_piece_of_html(bars):
    assert repr(bars) == f"Figure: {bars.alt}"
    page = bars._repr_html_()
    assert f'alt="{bars.alt}"' in page
    assert "<figcaption>The agenda is plain.</figcaption>" in page
    assert '<th scope="row">commentary</th><td>22</td>' in page
    assert '<th scope="col">tags</th>' in page
    source = re.search(r'src="data:image/png;base64,([^"]+)"', page)
    assert base64.b64decode(source[1]).startswith(PNG)


def test_the_same_bars_give_the_same_bytes_whatever_the_reader_has_set(bars):
    import matplotlib

    first = draw_png(bars)
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 30}):
        again = draw_png(bars)
        assert matplotlib.rcParams["font.size"] == 30

    assert first == again


def test_other_numbers_give_another_picture(bars):
    other = described_bars("Tags by section", [*SECTIONS[:3], ("ending", 17)], "")

    assert draw_png(bars) != draw_png(other)


def test_a_chart_with_an_end_of_its_own_shows_how_far_a_bar_is_from_it(monkeypatch):
    half = described_bars("How sure", [("Now", 50)], "Half.", end=100)

    assert draw_png(half) != draw_png(described_bars("How sure", [("Now", 50)], "Half."))
    monkeypatch.setattr(figures, "draw_png", lambda figure: None)
    assert "█" * 10 in half._repr_html_()
    assert "█" * 11 not in half._repr_html_()


def test_without_matplotlib_the_table_draws_the_bars(bars, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    page = bars._repr_html_()

    assert "<img" not in page
    assert f"<td>22</td><td>{'█' * 20}</td>" in page
    assert f"<td>4</td><td>{'█' * 4}</td>" in page


def test_a_bar_of_a_code_has_its_colour_and_its_chip():
    rows = [("Ceremony symbol", 3), ("Hedge", 2)]
    plain, own = (described_bars("T", rows, "", chips=chips) for chips in ((), ("CS", "HE")))
    picture = image.imread(io.BytesIO(draw_png(own)))
    seen = {tuple(round(255 * part) for part in pixel[:3]) for pixel in picture.reshape(-1, 4)}

    assert {(0xA0, 0x1A, 0x63), (0x1D, 0x5C, 0x9E)} <= seen
    assert chip_html("CS") in own._repr_html_()
    assert "framingkit-chip" not in plain._repr_html_()


def test_nothing_is_drawn_before_it_is_shown():
    code = (
        "import sys; from framingkit.base import described_bars;"
        "described_bars('T', [('a', 1)], ''); print('matplotlib' in sys.modules)"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"


def test_too_many_bars_are_only_a_table():
    many = described_bars("T", [(str(number), number) for number in range(100)], "")

    assert draw_png(many) is None
    assert many._repr_html_().count('<th scope="row">') == 100


@pytest.mark.parametrize(
    "number", [-1, float("nan"), float("inf"), pytest.param(10**400, id="huge"), True, "3", None]
)
def test_a_number_that_cannot_be_drawn_is_refused_by_name(number):
    with pytest.raises(FramingkitError, match="'agenda'"):
        described_bars("T", [("agenda", number)], "")


def test_dollar_signs_are_never_read_as_maths():
    bars = described_bars("$\\frac{$ and $x^$", [("$\\nothing{$", 1)], "", unit="$_$")

    assert draw_png(bars).startswith(PNG)


hard = st.one_of(
    st.text(st.characters(), max_size=80),
    st.text(st.sampled_from("$\\{}_^<>&\"'\n\x00\ud83c🏔م漢"), max_size=80),
)


@pytest.mark.slow
@settings(max_examples=25)
@given(title=hard, caption=hard, rows=st.lists(st.tuples(hard, st.integers(0, 10**12)), max_size=3))
def test_whatever_the_words_the_chart_is_drawn_and_can_be_saved(title, caption, rows):
    bars = described_bars(title, rows, caption, unit=title)

    page = bars._repr_html_()

    page.encode("utf-8")
    repr(bars).encode("utf-8")
    assert ("<img" in page) == bool(rows)
    assert all(len(name) <= figures._LONGEST for name, _ in bars.rows)
