"""Every text is shown as it is: no markup is read into it, and no mathematics."""

from html.parser import HTMLParser

from helpers.for_each import for_each
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base import element


class _Texts(HTMLParser):
    """Collect the pieces of text that a typesetter looks at, each for itself."""

    def __init__(self, page):
        super().__init__()
        self.texts = []
        self.feed(page)
        self.close()

    def handle_data(self, data):
        self.texts.append(data)


@for_each(
    ["from $5 to $10", "$$x$$", r"\(x\) \[y\]", r"\begin{a}b\end{a} \ref{c}", r"\$5 $", "<b>$"]
)
def test_a_sign_of_mathematics_is_alone_in_its_element(words):
    texts = _Texts(element("p", words)).texts

    assert "".join(texts) == words
    assert all(len(one) == 1 for one in texts if "$" in one or "\\" in one)


@given(st.text(alphabet=st.one_of(st.sampled_from("$\\<>&\"'"), st.characters(codec="utf-8"))))
def test_a_text_reads_the_same_on_a_page(words):
    page = element("td", words)

    assert "".join(_Texts(page).texts) == words


def test_a_title_and_an_attribute_hold_text_alone():
    assert element("title", "$5") == "<title>$5</title>"
    assert element("p", title="$5") == '<p title="$5"></p>'
