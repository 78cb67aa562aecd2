"""What the tests of the tagging widget share: taggers to open, and hands to use them with."""

import hashlib
import time

from playwright.sync_api import expect

from framingkit import course
from framingkit.course.documents import Document, Section
from framingkit.course.readings import Reference
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work.log import WorkLog

CODES = (
    "ceremony_symbol", "game_metaphor", "war_metaphor", "nature_metaphor",
    "scare_quotes", "either_or_question", "hedge", "vague_attribution",
)  # fmt: skip
ARTICLE, CODEBOOK = course.load_article(), course.load_codebook()

_RANGE = """
(host, [start, end]) => {
  const find = (place, last) => {
    let rest = place;
    for (const paragraph of host.querySelectorAll("p")) {
      const { length } = paragraph.textContent;
      if (rest > length) { rest -= length + 1; continue; }
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (rest < node.length || (last && rest === node.length)) return [node, rest];
        rest -= node.length;
      }
      return [paragraph, 0];
    }
  };
  const range = document.createRange();
  range.setStart(...find(start, false));
  range.setEnd(...find(end, true));
"""
SELECT = (
    _RANGE + "host.focus(); getSelection().setBaseAndExtent(range.startContainer,"
    " range.startOffset, range.endContainer, range.endOffset); }"
)
EDGES = (
    _RANGE + "const all = [...range.getClientRects()].filter((box) => box.width);"
    "const [a, b] = [all[0], all[all.length - 1]];"
    "return [[a.left + 1, a.y + a.height / 2], [b.right - 1, b.y + b.height / 2]]; }"
)


def make_tagger(tmp_path, section="commentary", codes=CODES, **traits):
    """Make a tagger of the article that soon notices when nobody answers."""
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    settings = {"patience": 400} | traits
    return SpanTagger(ARTICLE, section, CODEBOOK, codes=codes, work_log=log, **settings)


def document_of(text, before="", id="sample", title="Sample"):
    """Make a document whose one section comes after some other characters."""
    whole = before + text
    section = Section("all", title, len(before), len(whole))
    return Document(id, title, whole, hashlib.sha256(whole.encode()).hexdigest(), (section,))


def tagger_of(tmp_path, text, before="", codes=CODES, codebook=CODEBOOK, **traits):
    """Make a tagger of any text."""
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    settings = {"patience": 400} | traits
    return SpanTagger(
        document_of(text, before), "all", codebook, codes=codes, work_log=log, **settings
    )


def with_reference(tmp_path, section="commentary"):
    reference = course.load_reference("alaska-summit")
    assert isinstance(reference, Reference)
    return make_tagger(tmp_path, section, reference=reference)


def host(handle, view=0):
    return handle.view(view).locator(".fk-text")


def shown_text(handle, view=0):
    """Read the text from the page as the learner sees it, paragraph by paragraph."""
    paragraphs = host(handle, view).locator("p")
    return "\n".join(paragraphs.evaluate_all("all => all.map((one) => one.textContent)"))


def units(text, words, nth=0):
    """Find words; count as JavaScript does."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    first = len(text[:start].encode("utf-16-le")) // 2
    return [first, first + len(words.encode("utf-16-le")) // 2]


def select(handle, words, nth=0, view=0):
    """Select words as assistive technology does: at once, without a key or a mouse."""
    host(handle, view).evaluate(SELECT, units(handle.widget.text, words, nth))


def edges(handle, words, nth=0):
    """Give the points where the words begin and end on the screen."""
    return host(handle).evaluate(EDGES, units(handle.widget.text, words, nth))


def drag(handle, words, nth=0):
    (x1, y1), (x2, y2) = edges(handle, words, nth)
    mouse = handle.page.mouse
    mouse.move(x1, y1)
    mouse.down()
    mouse.move((x1 + x2) / 2, (y1 + y2) / 2)
    mouse.move(x2, y2)
    mouse.up()


def tag(handle, words, key="1", nth=0):
    """Tag words by keyboard, and wait until Python has them."""
    count = len(handle.widget.annotations.spans)
    select(handle, words, nth)
    handle.page.keyboard.press(key)
    until(handle.page, lambda: len(handle.widget.annotations.spans) == count + 1)


def send_tags(tagger, spans):
    """Tag as another tab does; the places count as Python does."""
    text = tagger.document.text
    operations = [
        {
            "kind": "tag", "id": f"other-{n}", "client": "other", "seq": n, "target": f"other.{n}",
            "span": {"start": start, "end": end, "label": label, "quote": text[start:end]},
        }
        for n, (start, end, label) in enumerate(spans, start=1)
    ]  # fmt: skip
    tagger._receive(tagger, {"kind": "operations", "operations": operations}, [])


def tags(handle):
    """Say what Python has."""
    return [(span.quote, span.label) for span in handle.widget.annotations.spans]


def until(page, holds, seconds=5.0):
    """Let the page go on until something holds."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "waited in vain"
        page.wait_for_timeout(15)
    return found


def until_tags(handle, *wanted):
    """Wait until Python has exactly these tags, in reading order."""
    end = time.monotonic() + 5
    while tags(handle) != list(wanted) and time.monotonic() < end:
        handle.page.wait_for_timeout(15)
    assert tags(handle) == list(wanted), tags(handle)


def said(handle):
    """Wait for nothing; give the line that screen readers speak."""
    return handle.root.locator(".fk-aloud")


def palette(handle):
    return handle.root.locator(".fk-palette")


def rows(handle):
    return handle.root.locator(".fk-list > li")


def show_side(handle, name):
    """Choose what stands beside the text."""
    handle.root.locator(".fk-tabs button").filter(has_text=name).click()


def open_search(handle):
    handle.root.get_by_text("Tag by typing the words").click()


def compare(handle):
    """Compare, and give the notes in the margin."""
    handle.root.get_by_role("button", name="Compare with the reference").click()
    expect(handle.root.get_by_role("region")).to_be_focused()
    return handle.root.get_by_role("region")


def open_everything(handle):
    """Show all that can be shown at one time."""
    for words, key in (("red carpet", "1"), ("The red carpet is", "2"), ("formality", "7")):
        tag(handle, words, key)
    handle.root.get_by_role("button", name="Compare with").click()
    expect(handle.root.get_by_role("region")).to_be_focused()
    for summary in handle.root.locator(".fk-search > summary").all():
        summary.click()
    while (again := handle.root.locator(".fk-again:visible")).count():
        again.first.click()
    show_side(handle, "Codes")
    handle.root.locator(".fk-card summary").first.click()
    handle.root.get_by_label("Words in the text").fill("carpet")
    show_side(handle, "Your tags")
    rows(handle).first.locator(".fk-jump").click()
    expect(rows(handle).first.get_by_label("Why?")).to_be_visible()
    select(handle, "goodwill")
    expect(palette(handle)).to_be_visible()
