"""What the kit prints, on A4 and on Letter: a leaf for each sheet, three for the answers."""

import re

from make_worksheets import for_teachers, worksheets

SHEETS = worksheets()
MOST = dict.fromkeys(SHEETS, 2) | {"answers.html": 6}
SMALLEST = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.trim() && text.parentElement.checkVisibility())
      sizes.push(parseFloat(getComputedStyle(text.parentElement).fontSize) * 0.75);
  }
  return Math.min(...sizes.filter((size) => size > 0));
}"""


def test_every_sheet_fits_on_its_pages_in_letters_that_can_be_read(page):
    pages = {**SHEETS, "answers.html": for_teachers()["answers.html"]}
    page.emulate_media(media="print")
    for name, content in pages.items():
        page.set_content(content.decode())
        assert page.evaluate(SMALLEST) >= 9.49, name
        for paper in ("A4", "Letter"):
            printed = page.pdf(format=paper)
            counted = len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
            assert 1 <= counted <= MOST[name], f"{name} has {counted} pages of {paper}"
