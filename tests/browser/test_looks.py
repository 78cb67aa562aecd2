"""A code looks the same wherever it is shown, and an article looks like one, in every theme."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from make_worksheets import worksheets
from report_samples import class_sheets, collected, reported

from framingkit import course
from framingkit.base import PASSAGE_STYLE, WIDGET_TOKENS, Html, web_page
from framingkit.base.tokens import CODES
from framingkit.course import AnnotationSet, Span
from framingkit.feedback import codes_page, mark_html, reference_page
from framingkit.reports.beside import class_view
from framingkit.reports.beside_page import view_html
from framingkit.settling import make_agenda, settling_html

ARTICLE, CODEBOOK, REFERENCE = (
    course.load_article(),
    course.load_codebook(),
    course.load_reference(),
)
SPANS = REFERENCE.annotation_set.spans
# what is drawn for each chip: its colour, and the line beside it or below its words
LOOKS = """() => [...document.querySelectorAll(".framingkit-chip")]
  .map(chip => {
    const near = chip.closest("mark") ?? chip.parentElement.querySelector(".framingkit-line");
    const style = getComputedStyle(chip);
    return [chip.textContent.trim().toLowerCase(), style.backgroundColor, style.color,
            near ? getComputedStyle(near).backgroundImage : ""];
  })"""
TOKENS = """names => Object.fromEntries(names.map(name => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style = `background: var(--fk-${name}) var(--fk-${name}-line); color: var(--fk-ground)`;
  const { backgroundColor, backgroundImage, color } = getComputedStyle(probe);
  const found = [backgroundColor, color, backgroundImage];
  probe.remove();
  return [name, found];
}))"""


def settling():
    """Show what two people have to settle, of whom one tagged as the reference and one nothing."""
    readers = [AnnotationSet(ARTICLE.id, "mara", SPANS), AnnotationSet(ARTICLE.id, "ben", ())]
    return settling_html(make_agenda(readers, ARTICLE, CODEBOOK), {})


def class_map():
    """Show each section beside four learners who tagged as the reference, and two who tagged it."""
    for section in ARTICLE.sections:
        if section.kind == "text":
            inside = tuple(
                span for span in SPANS if section.start <= span.start and span.end <= section.end
            )
            whole = (Span(section.start, section.end, "loaded_word"),)
            readers = [
                AnnotationSet(ARTICLE.id, f"reader-{number}", inside if number < 4 else whole)
                for number in range(6)
            ]
            view = class_view(readers, ARTICLE, section.id, CODEBOOK.devices)
            yield view_html(section.title, [], view)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Make one page of each kind that shows codes."""
    sections = [one.id for one in ARTICLE.sections if one.kind == "text"]
    folder = tmp_path_factory.mktemp("looks")
    sheets = class_sheets(9)
    for one in sheets:
        one["responses"] = one["responses"][:1]
    return {
        "passages": web_page(
            "Passages", *(mark_html(ARTICLE, SPANS, CODEBOOK, one) for one in sections)
        ),
        "reference": web_page(
            "Reference",
            *(
                Html(
                    reference_page(ARTICLE, REFERENCE, CODEBOOK, one).html.replace(
                        "<details>", "<details open>"
                    )
                )
                for one in sections
            ),
        ),
        "codes": web_page("Codes", Html(codes_page(CODEBOOK.codes).html)),
        "settling": web_page("Settling", settling()),
        "report": reported(folder, collected(folder, "b", sheets))[0],
        "class map": web_page("Class map", *class_map()),
        "worksheet": worksheets()["codebook.html"],
    }


@pytest.fixture
def opened(browser, pages):
    """Open pages in any theme; all are closed at the end."""
    contexts = []

    def show(body, width=1366, **more):
        contexts.append(browser.new_context(viewport={"width": width, "height": 768}, **more))
        page = contexts[-1].new_page()
        page.set_content(body.decode() if isinstance(body, bytes) else body)
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_code_has_one_colour_and_one_line_on_every_page(opened, pages, theme):
    wanted = None
    for name, body in pages.items():
        page = opened(body, color_scheme=theme)
        wanted = wanted or page.evaluate(TOKENS, list(CODES))
        found = page.evaluate(LOOKS)
        shown = {chip for chip, *_ in found}
        # a class uses the codes of its lessons, and no others
        some = {"report": 8, "class map": 4}.get(name)
        assert shown == set(CODES) if some is None else len(shown) >= some, f"{name}: {shown}"
        for chip, colour, text, lines in found:
            assert [colour, text] == wanted[chip][:2], f"{name}: {chip}"
            assert not lines or wanted[chip][2] in lines, f"{name}: {chip}"
    assert len({tuple(look) for look in wanted.values()}) == 14


def test_a_notebook_shows_the_same_colours_as_a_page_in_both_of_its_themes(opened, pages):
    for theme, light in (("light", "true"), ("dark", "false")):
        own = opened(pages["codes"], color_scheme=theme).evaluate(LOOKS)
        lab = (
            f'<style>{WIDGET_TOKENS}{PASSAGE_STYLE}</style><body data-jp-theme-light="{light}">'
            f"{codes_page(CODEBOOK.codes).html}"
        )
        assert opened(lab, color_scheme="light").evaluate(LOOKS) == own
        page = opened(lab)
        page.emulate_media(media="print")
        assert page.evaluate(LOOKS) == opened(pages["codes"], color_scheme="light").evaluate(LOOKS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_four_steps_of_heat_have_a_shade_and_a_line_each(opened, pages, theme):
    looks = []
    for name in ("report", "class map"):
        page = opened(pages[name], color_scheme=theme)
        looks.append(
            page.evaluate(
                """() => [1, 2, 3, 4].map(level => {
                  const mark = document.querySelector(`.framingkit-key .framingkit-level-${level}`);
                  const { backgroundColor, borderBottomStyle } = getComputedStyle(mark);
                  const probe = document.body.appendChild(document.createElement("i"));
                  probe.style.backgroundColor = `var(--fk-heat-${level})`;
                  return [borderBottomStyle, backgroundColor,
                          backgroundColor === getComputedStyle(probe).backgroundColor];
                })"""
            )
        )
    assert looks[0] == looks[1]
    assert [line for line, _, _ in looks[0]] == ["dotted", "dashed", "solid", "double"]
    assert all(same for _, _, same in looks[0])
    assert len({shade for _, shade, _ in looks[0]}) == 4


def test_with_forced_colours_a_code_is_told_by_its_chip_and_marked_words_are_underlined(
    opened, pages
):
    page = opened(pages["passages"], forced_colors="active")
    chip = page.locator(".framingkit-article .framingkit-chip").first
    mark = page.locator(".framingkit-article mark").first

    assert chip.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    assert mark.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"


# the numbers in the margin, and for each the first word after it
NUMBERS = """() => [...document.querySelectorAll(".framingkit-article small")].map(small => {
  const number = small.firstElementChild.getBoundingClientRect();
  const range = document.createRange();
  let next = document.createTreeWalker(small.closest("p"), NodeFilter.SHOW_TEXT);
  next.currentNode = small.lastElementChild.firstChild;
  let node;
  while ((node = next.nextNode()) && node.parentElement.matches("sup, sup *, small, small *"));
  range.setStart(node, 0);
  range.setEnd(node, 1);
  const word = range.getClientRects()[0], middle = number.top + number.height / 2;
  return {
    n: small.textContent, inline: small.className, top: number.top,
    level: middle > word.top && middle < word.bottom, beside: number.right <= word.left + 1,
    family: getComputedStyle(small.closest("p")).fontFamily,
  };
})"""


@pytest.mark.parametrize("width", [1366, 683, 390])
def test_a_number_is_in_the_margin_level_with_its_sentence_and_covers_no_other(
    opened, pages, width
):
    page = opened(pages["passages"], width)
    numbers = page.evaluate(NUMBERS)
    tops = [one["top"] for one in numbers if not one["inline"]]

    assert len(numbers) == len(ARTICLE.sentences())
    wrong = [one["n"] for one in numbers if not (one["level"] and one["beside"])]
    assert wrong == []
    assert all(b - a >= 10 for a, b in zip(tops, tops[1:], strict=False))
    assert all(one["family"].startswith("Charter") for one in numbers)


def test_the_article_has_the_measure_of_a_book_and_no_page_is_cut_on_a_phone(opened, pages):
    page = opened(pages["passages"])
    widest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll(".framingkit-article p")].map(p => {
          const style = getComputedStyle(p);
          return p.clientWidth - parseFloat(style.paddingLeft);
        }))"""
    )
    assert 500 <= widest <= 36 * 16 + 1
    for name, body in pages.items():
        small = opened(body, 390)
        assert small.evaluate("document.documentElement.scrollWidth") <= 390, name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_checker_finds_no_fault_on_any_page(opened, pages, theme):
    for name in ("passages", "reference", "codes", "settling", "worksheet"):
        page = opened(pages[name], color_scheme=theme)
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]] == [], (
            name
        )


def test_marks_of_the_reference_do_not_depend_on_how_many_codes_are_shown():
    one = mark_html(
        ARTICLE, [span for span in SPANS if span.label == "hedge"], CODEBOOK, "commentary"
    )
    every = mark_html(ARTICLE, SPANS, CODEBOOK, "commentary")

    assert set(re.findall(r"--c:var\(--fk-(\w\w)\)", one)) == {"he"}
    assert len(set(re.findall(r"--c:var\(--fk-(\w\w)\)", every))) > 3
